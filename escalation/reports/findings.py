"""What one run of `check` or `check-draft` found, as every reporter reads it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from escalation.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from escalation.policy.notes import Position
    from escalation.policy.source import Route, Source

WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A diagnostic with what names it from one version of a file to the next, its line numbers left out.

    `path` is the file as reports name it; `route` leads to the place through the keys of the file, and is empty where
    the file cannot be read. `fingerprint` depends on the rule, the route and the message, or without a route on the
    text of the line.
    """

    diagnostic: Diagnostic
    path: str
    route: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file and what is wrong with it; `lines` are its text, left out where nothing is wrong."""

    file: str
    path: str
    findings: tuple[Finding, ...]
    assumptions: tuple[Place, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Count the findings of each severity."""
        return Counter(one.diagnostic.severity for one in self.findings)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All files of one run, what they are, and the severity from which on a finding fails it."""

    files: tuple[Checked, ...]
    fail_on: Severity = Severity.ERROR
    of: Literal["policy", "draft"] = "policy"

    @property
    def command(self) -> str:
        """The command that made the run."""
        return "check" if self.of == "policy" else "check-draft"

    @cached_property
    def worst_first(self) -> tuple[Finding, ...]:
        """All findings, errors before warnings, in the order of the files."""
        found = [one for file in self.files for one in file.findings]
        return tuple(sorted(found, key=lambda one: WORST_FIRST.index(one.diagnostic.severity)))

    def is_failing(self, severity: Severity) -> bool:
        """Say whether a finding of this severity fails the run."""
        return WORST_FIRST.index(severity) <= WORST_FIRST.index(self.fail_on)

    @property
    def has_failed(self) -> bool:
        """Whether any finding fails the run."""
        return any(self.is_failing(one.diagnostic.severity) for one in self.worst_first)


def checked(
    path: Path,
    diagnostics: tuple[Diagnostic, ...],
    *,
    root: Path,
    source: Source | None = None,
    lines: tuple[str, ...] = (),
    assumptions: tuple[Place, ...] = (),
) -> Checked:
    """Make the record of one file; `root` is the folder from which reports count, `source` what could be read."""
    name = relative(path, root)
    routes = _routes(source) if source is not None and diagnostics else {}
    seen: Counter[tuple[str, ...]] = Counter()
    findings = []
    for one in diagnostics:
        route = routes.get((one.place.line, one.place.column), "")
        identity = (one.rule, route or _line(lines, one.place.line).strip(), one.message)
        seen[identity] += 1
        digest = hashlib.sha256("\n".join((*identity, str(seen[identity]))).encode()).hexdigest()
        findings.append(Finding(diagnostic=one, path=name, route=route, fingerprint=digest))
    return Checked(file=str(path), path=name, findings=tuple(findings), assumptions=assumptions, lines=lines)


def relative(path: Path, root: Path) -> str:
    """Name a file from a folder, with slashes; one outside the folder keeps its whole path.

    >>> relative(Path("/repository/policies/policy.yaml"), Path("/repository"))
    'policies/policy.yaml'
    """
    whole = path.absolute()
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


def is_within(path: str) -> bool:
    """Say whether the name that a report gives a file is one inside its folder."""
    return not PurePath(path).is_absolute()


def counted(number: int, what: str) -> str:
    """Count things in words.

    >>> counted(1, "error"), counted(0, "warning")
    ('1 error', '0 warnings')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def outcome(run: Findings) -> str:
    """Say in half a line what a run found."""
    found = [one.diagnostic.severity for one in run.worst_first]
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    listed = [counted(found.count(severity), word) for severity, word in words.items() if severity in found]
    plural = {"policy": "policies", "draft": "drafts"}[run.of]
    files = f"1 {run.of}" if len(run.files) == 1 else f"{len(run.files):,} {plural}"
    return f"{', '.join(listed) or 'no findings'} in {files}"


def _line(lines: tuple[str, ...], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _routes(source: Source) -> dict[Position, str]:
    """Find the route to each place; where several begin, the outermost."""
    found: dict[Position, str] = {}
    for route, spans in source.spans.items():
        for position in (spans.key, spans.value):
            if position is not None and position not in found:
                found[position] = route_text(source.tree, route)
    return found


def route_text(tree: object, route: Route) -> str:
    """Print a route, the entries of lists by their names where they have one: their numbers change with every edit.

    >>> route_text({"moves": [{"name": "lift", "after": 4}]}, ("moves", 0, "after"))
    'moves[lift].after'
    """
    text = ""
    for step in route:
        if isinstance(step, str) and isinstance(tree, dict):
            tree = tree.get(step)
            text += f".{step}" if text else step
        elif isinstance(step, int) and isinstance(tree, list):
            tree = tree[step]
            name = tree.get("name") if isinstance(tree, dict) else None
            text += f"[{name if isinstance(name, str) else step}]"
    return text
