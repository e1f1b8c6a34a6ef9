"""What is wrong with a file: first as values located by routes, then as diagnostics with places and advice."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.diagnostics import Diagnostic, Place, Related, Severity, in_order

if TYPE_CHECKING:
    from escalation.policy.source import Route, Source

MOST_MISTAKES = 200
MOST_COMPARISONS = 3_000
"""So many names are compared with misspelt ones for one file: 40 ms."""
MOST_NAMED = 20
NEAR_IN_LENGTH = 3
LONGEST_COMPARED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something wrong at a place of the file; `related` are the routes of what it conflicts with, a word on each.

    `word` was written where one of the `known` ones was meant: the help names the nearest.
    """

    rule: str
    route: Route
    message: str
    help: str = ""
    on_key: bool = False
    word: str = ""
    known: Collection[str] = ()
    related: tuple[tuple[Route, str], ...] = ()


def diagnosed(
    defects: Iterable[Defect],
    source: Source,
    *,
    severity: Severity = Severity.ERROR,
    unlisted: int = 0,
    in_part: bool = False,
) -> tuple[Diagnostic, ...]:
    """Give defects their places in the file, in order; of more than 200 the last says how many are not listed.

    `in_part` says that there may be more than were counted.
    """
    told = {(position(source, one.route, on_key=one.on_key), one.rule, one.message): one for one in defects}
    listed = sorted(told)[:MOST_MISTAKES]
    unlisted += len(told) - len(listed)
    cheap = _Cheap()
    found = [_diagnostic(told[key], source, severity, cheap) for key in listed]
    return (*in_order(found), *([_more(unlisted, found[-1].place, severity, in_part=in_part)] if unlisted else []))


def position(source: Source, route: Route, *, on_key: bool = False) -> tuple[int, int]:
    """Give the line and column of a value or its key, like `Source.place`, but for sorting thousands."""
    while route not in source.spans:
        route = route[:-1]
    spans = source.spans[route]
    return spans.key if on_key and spans.key else spans.value


def _diagnostic(one: Defect, source: Source, severity: Severity, cheap: _Cheap) -> Diagnostic:
    return Diagnostic(
        rule=one.rule,
        severity=severity,
        message=one.message,
        place=source.place(one.route, key=one.on_key),
        help=one.help or cheap.advice(one.word, one.known),
        related=tuple(
            Related(place=source.place(route, key=one.on_key), message=message) for route, message in one.related
        ),
    )


def _more(count: int, place: Place, severity: Severity, *, in_part: bool) -> Diagnostic:
    message = (
        f"{'at least ' if in_part else ''}{count:,} more {'mistake is' if count == 1 else 'mistakes are'} not listed"
    )
    return Diagnostic(rule="too-many-mistakes", severity=severity, message=message, place=place)


class _Cheap:
    """Says what was probably meant, as long as that is cheap."""

    def __init__(self) -> None:
        self.left = MOST_COMPARISONS

    def advice(self, word: str, known: Collection[str]) -> str:
        if not word:
            return ""
        candidates = [name for name in known if abs(len(name) - len(word)) <= NEAR_IN_LENGTH][: self.left]
        self.left -= len(candidates)
        return advice(word, known, among=candidates)


def advice(word: str, known: Collection[str], *, among: Collection[str] | None = None) -> str:
    """Say which of the known names was probably meant, or else which there are; `among` are those compared."""
    listed = f"known here: {named(known)}" if known else ""
    return meant(word, known if among is None else among) or listed


def meant(word: str, known: Collection[str]) -> str:
    """Ask whether the known name most like one that was written was meant; empty where none is like it.

    >>> meant("tresholds", ["thresholds", "stages"])
    'did you mean `thresholds`?'
    """
    close = difflib.get_close_matches(word[:LONGEST_COMPARED], known, n=1)
    return f"did you mean `{close[0]}`?" if close else ""


def named(names: Collection[str]) -> str:
    """List names as a message shows them: in backticks, the first few of many.

    >>> named(["low", "high"]), named("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[-19:]
    ('`low`, `high`', '`S`, `T` and 6 more')
    """
    listed = ", ".join(f"`{name}`" for name in list(names)[:MOST_NAMED])
    return listed + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
