"""The findings of `check` for people: each with its line, the other half of a conflict and the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from escalation.diagnostics import Place, Severity, visible
from escalation.reports.excerpt import MARKED, WIDTH, WORD, excerpt
from escalation.reports.findings import Checked, Finding, Findings, counted

Paint = Callable[[str, str], str]
"""Colours a text for what it is: `error`, `warning`, `info`, `mark`, `faint` or `strong`."""


def plain(text: str, what: str) -> str:
    """Leave a text as it is: for files, pipes and those who want no colour."""
    del what
    return text


def findings_text(run: Findings, *, paint: Paint = plain, width: int = WIDTH) -> str:
    """Print the findings file by file, each file closed by its counts; lines of a file are cut to `width`."""
    lines: list[str] = []
    for file in run.files:
        for finding in file.findings:
            lines += _finding(finding, file, paint, width, MARKED if run.of == "policy" else WORD)
        lines.append(closing(file, run))
    return "\n".join(lines) + "\n"


def closing(file: Checked, run: Findings) -> str:
    """Say how many findings a file has, and how many numbers of a policy that can be used are assumed."""
    errors = file.counts[Severity.ERROR]
    line = f"{visible(file.file)}: {counted(errors, 'error')}, {counted(len(file.findings) - errors, 'other finding')}"
    return line if errors or run.of == "draft" else f"{line}, {counted(len(file.assumptions), 'assumption')}"


def _finding(finding: Finding, file: Checked, paint: Paint, width: int, marked: re.Pattern[str]) -> Iterator[str]:
    one = finding.diagnostic
    severity = paint(f"{one.severity}:", one.severity)
    yield f"{paint(str(one.place), 'strong')}: {severity} {one.message} {paint(f'[{one.rule}]', 'faint')}"
    yield from _excerpt(one.place, file, paint, width, marked)
    for other in one.related:
        yield f"  {other.place}: {other.message}"
        yield from _excerpt(other.place, file, paint, width, marked)
    if one.help:
        yield f"  {paint('help:', 'strong')} {one.help}"


def _excerpt(place: Place, file: Checked, paint: Paint, width: int, marked: re.Pattern[str]) -> Iterator[str]:
    if place.file != file.file:
        return
    shown = excerpt(file.lines, place.line, column=place.column, width=width, marked=marked)
    if shown is None:
        return
    yield f"{paint(f'{shown.number:>6} |', 'faint')} {shown.text}"
    if shown.mark:
        yield f"{paint('       |', 'faint')} {paint(shown.mark, 'mark')}"
