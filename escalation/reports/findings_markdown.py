"""The findings of `check` as Markdown: for a comment on a pull request, or the summary of a job."""

from __future__ import annotations

from escalation.reports.findings import Finding, Findings, counted, outcome
from escalation.reports.markdown import formatted

MOST_SHOWN = 50
LONGEST = 60_000
"""A comment on GitHub has at most 65,536 characters."""


def findings_markdown(run: Findings) -> str:
    """Print the counts, then the findings worst first; of many, or long ones, the first, and how many there are."""
    found = run.worst_first
    heading = "failed" if run.has_failed else "passed"
    rows = [_row(one) for one in found[:MOST_SHOWN]]
    while rows and sum(len(row) + 1 for row in rows) > LONGEST:
        rows.pop()
    lines = [f"### {run.of.capitalize()} check {heading}: {outcome(run)}", ""]
    if rows:
        lines += ["| | Place | Finding | Remedy |", "| --- | --- | --- | --- |", *rows, ""]
    if len(rows) < len(found):
        lines += [f"{counted(len(found) - len(rows), 'more finding')}: run `escalation {run.command}` to see all.", ""]
    if len(run.files) <= MOST_SHOWN:
        lines += [_assumed(run), ""] if any(file.assumptions for file in run.files) else []
    return "\n".join(lines)


def _row(finding: Finding) -> str:
    one = finding.diagnostic
    place = ":".join(str(part) for part in (finding.path, one.place.line, one.place.column) if part)
    said = "<br>".join(
        [f"{formatted(one.message)} ({formatted(f'`{one.rule}`')})"]
        + [f"{formatted(other.message)}: {other.place.line}:{other.place.column}" for other in one.related]
    )
    return f"| {one.severity} | {formatted(f'`{place}`')} | {said} | {formatted(one.help)} |"


def _assumed(run: Findings) -> str:
    listed = [
        f"{formatted(f'`{file.path}`')}: {counted(len(file.assumptions), 'assumption')}"
        for file in run.files
        if file.assumptions
    ]
    return "Numbers that no source backs: " + "; ".join(listed) + "."
