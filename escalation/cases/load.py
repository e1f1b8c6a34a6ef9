"""Reading a file of cases: its shape, then what it says of its policy, every mistake at once with its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.cases.case import Cases
from escalation.cases.entries import Entries
from escalation.cases.model import CaseEntry, CasesFile
from escalation.diagnostics import Diagnostic, Place, in_order
from escalation.errors import Refused, RequestError
from escalation.policy.defects import MOST_MISTAKES, Defect, diagnosed
from escalation.policy.load import load as load_policy
from escalation.policy.shape import Flawed, attempt, validated
from escalation.policy.source import Source, read, read_file

if TYPE_CHECKING:
    from escalation.policy.model import Policy

__all__ = ["load", "loads"]


def load(path: str | os.PathLike[str]) -> Cases:
    """Read a file of cases and the policy that it names. Raise Refused with all mistakes of either."""
    source = read_file(path)
    named = source.tree.get("policy") if isinstance(source.tree, dict) else None
    if not isinstance(named, str):
        validated(CasesFile, source)
    try:
        policy = load_policy(Path(path).parent / str(named))
    except RequestError as error:
        defect = Defect(rule="no-policy", route=("policy",), message=str(error), help=error.help)
        raise Refused(diagnosed([defect], source)) from None
    return _made(source, policy)


def loads(text: str | bytes, policy: Policy, *, file: str = "cases.yaml") -> Cases:
    """Read cases of a policy that has been read; `file` is the name that messages give the text."""
    return _made(read(file, text.encode() if isinstance(text, str) else text), policy)


def _made(source: Source, policy: Policy) -> Cases:
    file = attempt(CasesFile, source.tree, source)
    flaws = diagnosed(file.defects, source, unlisted=file.unlisted) if isinstance(file, Flawed) else ()
    entries = Entries(policy)
    sound = _sound(source, file) if isinstance(file, Flawed) else enumerate(file.cases)
    cases = tuple(entries.case(entry, ("cases", index)) for index, entry in sound)
    if flaws or entries.defects:
        raise Refused(in_order([*flaws, *_placed(entries, source)]))
    return Cases(source=source, policy=policy, cases=tuple(case for case in cases if case is not None))


def _sound(source: Source, flawed: Flawed) -> Iterator[tuple[int, CaseEntry]]:
    """Give the cases without a mistake of shape, so that their other mistakes are told at once too."""
    listed = source.tree.get("cases") if isinstance(source.tree, dict) else None
    for index, raw in enumerate(listed if isinstance(listed, list) else ()):
        if ("cases", index) not in flawed.broken:
            entry = attempt(CaseEntry, raw, source)
            if not isinstance(entry, Flawed):
                yield index, entry


def _placed(entries: Entries, source: Source) -> Iterator[Diagnostic]:
    """Give the mistakes their places, those within a text that of the part that cannot be read."""
    yield from diagnosed([defect for defect, before in entries.defects if not before], source)
    lines = source.text.split("\n")
    for defect, before in [one for one in entries.defects if one[1]][:MOST_MISTAKES]:
        for diagnostic in diagnosed([defect], source):
            yield replace(diagnostic, place=_within(diagnostic.place, lines, before))


def _within(place: Place, lines: list[str], before: int) -> Place:
    """Find the place of a character of a text that begins at a place: so many that are no blanks stand before it."""
    line, column = place.line - 1, place.column - 1
    if lines[line][column : column + 1] in ("|", ">"):
        line, column = line + 1, 0
    elif lines[line][column : column + 1] in ('"', "'"):
        column += 1
    while line < len(lines):
        for at, character in enumerate(lines[line][column:], start=column):
            if character == " ":
                continue
            if before == 0:
                return replace(place, line=line + 1, column=at + 1)
            before -= 1
        line, column = line + 1, 0
    return place
