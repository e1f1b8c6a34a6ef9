"""Mending a policy file: edits of its text that answer findings, and change nothing else of what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from escalation.checks.harness import check
from escalation.errors import Refused, RequestError
from escalation.policy.defects import named
from escalation.policy.load import loads

if TYPE_CHECKING:
    from datetime import date

    from escalation.diagnostics import Diagnostic

MOST_ROUNDS = 20
"""Mending a mistake of the text may bring to light one of names: so often the file is looked at again."""

_QUOTE = re.compile(r'quote it: "(?P<word>[^"\\…]+)"')
_MEANT = re.compile(r"did you mean `(?P<meant>[^`]+)`\?")
_WRITTEN = re.compile(r"`(?P<word>[^`…]+)`")
_SUPPRESSED = re.compile(r"is found by `(?P<rule>[a-z-]+)`")
_NUMBER = re.compile(r"0?\.[0-9]+")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A piece of one line, columns counted from 0, and what takes its place; with `whole` the line itself goes."""

    line: int
    start: int
    end: int
    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """How findings of a rule are mended; a safe fix cannot change what the author meant."""

    edit: Callable[[str, Diagnostic], Edit | None]
    safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The text of a file after mending, and how many findings of which rule were mended."""

    text: str
    counts: Mapping[str, int]


def _quoted(line: str, one: Diagnostic) -> Edit | None:
    found = _QUOTE.fullmatch(one.help)
    return _replaced(line, one, found["word"], f'"{found["word"]}"') if found else None


def _meant(line: str, one: Diagnostic) -> Edit | None:
    """Replace the word of the message that stands where the finding is: others name the key or what is allowed."""
    meant = _MEANT.search(one.help)
    words = _WRITTEN.findall(one.message) if meant else []
    edits = (_replaced(line, one, word, meant["meant"]) for word in words) if meant else ()
    return next((edit for edit in edits if edit is not None), None)


def _times_hundred(line: str, one: Diagnostic) -> Edit | None:
    found = _NUMBER.match(line, one.place.column - 1)
    return _replaced(line, one, found[0], f"{(Decimal(found[0]) * 100).normalize():f}") if found else None


def _without_suppression(line: str, one: Diagnostic) -> Edit | None:
    start = one.place.column - 1
    comment, rule = line[start:], _SUPPRESSED.search(one.message)
    names = re.search(r"\[(?P<names>[^\]]*)\]", comment)
    if rule is None or names is None:
        return None
    kept = [name for part in names["names"].split(",") if (name := part.strip()) and name != rule["rule"]]
    if kept:
        return Edit(line=one.place.line, start=start + names.start(1), end=start + names.end(1), text=", ".join(kept))
    before = line[:start].rstrip(" ")
    return Edit(line=one.place.line, start=len(before), end=len(line.rstrip("\r")), text="", whole=not before)


def _replaced(line: str, one: Diagnostic, old: str, new: str) -> Edit | None:
    """Replace a word that stands where the finding is, within quotes or without."""
    start = one.place.column - 1
    start += line[start : start + 1] in {'"', "'"} and not line.startswith(old, start)
    if not line.startswith(old, start):
        return None
    return Edit(line=one.place.line, start=start, end=start + len(old), text=new)


_NAMES = (
    "unknown-metric",
    "unknown-parameter",
    "unknown-trigger",
    "unknown-stage",
    "unknown-source",
    "unknown-judgement",
)
FIXES: Mapping[str, Fix] = {
    "surprising-scalar": Fix(edit=_quoted, safe=True),
    "unused-suppression": Fix(edit=_without_suppression, safe=True),
    "fraction-for-percent": Fix(edit=_times_hundred, safe=False),
    **dict.fromkeys((*_NAMES, "unknown-key", "unknown-word"), Fix(edit=_meant, safe=False)),
}
"""The fixes by the name of the rule whose findings they mend."""

SAFE = frozenset(name for name, fix in FIXES.items() if fix.safe)


def mended(file: str, data: bytes, *, rules: Collection[str] = SAFE, today: date | None = None) -> Mended:
    """Mend what the fixes of some rules can mend, again and again until nothing is left for them.

    A file that is not UTF-8 stays as it is. Raise RequestError for a rule that has no fix.
    """
    for name in rules:
        if name not in FIXES:
            raise RequestError(f"there is no fix for `{name}`", help=f"there are fixes for {named(FIXES)}")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Mended(text="", counts={})
    counts: Counter[str] = Counter()
    for _ in range(MOST_ROUNDS):
        found = [one for one in _findings(file, text, today) if one.rule in rules]
        bom, lines = _lines(text)
        edits = {one: edit for one in found if (edit := _edit(lines, one)) is not None}
        tried = bom + _edited(lines, edits.values())
        # Mending one mistake may bring to light others of the same rule: what counts is that this one is gone.
        left = set(_findings(file, tried, today)) if edits else set()
        gone = Counter(one.rule for one in edits if one not in left)
        if not gone:
            break
        text = tried
        counts.update(gone)
    return Mended(text=text, counts=counts)


def _findings(file: str, text: str, today: date | None) -> tuple[Diagnostic, ...]:
    try:
        return check(loads(text, file=file), today=today)
    except Refused as refused:
        return refused.diagnostics


def _lines(text: str) -> tuple[str, list[str]]:
    """Take a text apart: a byte order mark or nothing, and the lines."""
    bom = _BOM if text.startswith(_BOM) else ""
    return bom, text.removeprefix(_BOM).split("\n")


def _edit(lines: Sequence[str], one: Diagnostic) -> Edit | None:
    if not (0 < one.place.line <= len(lines) and one.place.column):
        return None
    return FIXES[one.rule].edit(lines[one.place.line - 1], one)


def _edited(lines: Sequence[str], edits: Iterable[Edit]) -> str:
    """Carry out edits, at most one for each place."""
    mended: list[str | None] = [*lines]
    by_place = {(edit.line, edit.start): edit for edit in edits}
    for place in sorted(by_place, reverse=True):
        edit = by_place[place]
        line = mended[edit.line - 1]
        if line is not None:
            mended[edit.line - 1] = None if edit.whole else line[: edit.start] + edit.text + line[edit.end :]
    return "\n".join(line for line in mended if line is not None)
