"""The notation of series: `1120590+5000x5 _ _` says in a few characters what a table says in a few rows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from escalation.errors import NotAWeek
from escalation.periods import Calendar, Week
from escalation.policy.numerals import plain
from escalation.policy.scalars import Fault, resolve, shown

MOST_WEEKS = 1_040
"""Twenty years: what one case may hold."""

_NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_TOKEN = re.compile(r"revised\([^()]*\)?|\S+")
_RUN = re.compile(rf"(?P<first>-?{_NUMBER}|_|yes|no|unusable)(?:(?P<step>[+-]{_NUMBER}))?(?:x(?P<more>[0-9]+))?")
_REVISED = re.compile(r"revised\(\s*(?P<old>[^\s,>]+?)\s*->\s*(?P<new>[^\s,>]+)\s*[,\s]\s*(?P<week>\S+)\s*\)")
_MOST_DIGITS = 4
_WORDS = {"yes": Decimal(1), "no": Decimal(0)}

_NUMBERS_HELP = "write a number, `a+bxN`, `a-bxN`, `axN`, `_` for no figure, or `revised(old->new, week)`"
_ANSWERS_HELP = "write `yes`, `no` or `_`, with `xN` for N more weeks"


class Misread(Exception):
    """A text is not a series: what is wrong, where it begins (counted from 0), and what to write instead."""

    def __init__(self, message: str, *, start: int, help: str = "") -> None:  # noqa: A002 - the word of diagnostics
        super().__init__(message)
        self.start = start
        self.help = help


class Run(NamedTuple):
    """A figure, and as many more as `more` says, each a step further; no `first`: no figure in these weeks.

    With `known` the figure is a revision: it is `first` from that day on (an ordinal), and `old` before.
    """

    first: Decimal | None
    step: Decimal = Decimal(0)
    more: int = 0
    known: int = 0
    old: Decimal | None = None

    @property
    def weeks(self) -> int:
        """Count the weeks that the run stands for."""
        return self.more + 1

    def values(self) -> Iterator[float | None]:
        """Give the figure of each week, as the decimals that were written make it."""
        if self.first is None or not self.step:
            yield from [None if self.first is None else float(self.first)] * self.weeks
        else:
            yield from (float(self.first + self.step * week) for week in range(self.weeks))


def read(text: str, calendar: Calendar, *, answers: bool = False) -> tuple[Run, ...]:
    """Read a series; `answers` asks for yes and no instead of numbers. Raise Misread for the first mistake.

    >>> runs = read("40-0.5x2 _ 41", Calendar.ISO)
    >>> [value for run in runs for value in run.values()]
    [40.0, 39.5, 39.0, None, 41.0]
    """
    runs: list[Run] = []
    weeks = 0
    for found in _TOKEN.finditer(text):
        run = _run(found[0], found.start(), calendar, answers=answers)
        weeks += run.weeks
        if weeks > MOST_WEEKS:
            raise Misread(f"the series is longer than {MOST_WEEKS:,} weeks", start=found.start(), help="shorten it")
        runs.append(run)
    if not runs:
        raise Misread("the series is empty", start=0, help=_ANSWERS_HELP if answers else _NUMBERS_HELP)
    return tuple(runs)


def _run(token: str, start: int, calendar: Calendar, *, answers: bool) -> Run:
    if token.startswith("revised"):
        return _revised(token, start, calendar, answers=answers)
    match = _RUN.fullmatch(token)
    if match is None:
        raise _unlike(token, start, answers=answers)
    first = _figure(match["first"], start, answers=answers)
    step, more = match["step"], match["more"]
    if step is not None and (first is None or more is None or answers):
        raise _unlike(token, start, answers=answers)
    if more is not None and len(more) > _MOST_DIGITS:
        message = f"the series is longer than {MOST_WEEKS:,} weeks"
        raise Misread(message, start=start + match.start("more"), help="shorten it")
    by = Decimal(0)
    if step is not None:
        by = _number(step[1:], start + match.start("step") + 1)
        by = -by if step[0] == "-" else by
    return Run(first, by, int(more or 0))


def _revised(token: str, start: int, calendar: Calendar, *, answers: bool) -> Run:
    match = _REVISED.fullmatch(token)
    if match is None:
        remedy = "write `revised(old->new, week)`, such as `revised(1216443->1120590, 2021-W37)`"
        raise Misread(f"`{shown(token)}` is not a revised figure", start=start, help=remedy)
    old = _figure(match["old"], start + match.start("old"), answers=answers)
    new = _figure(match["new"], start + match.start("new"), answers=answers)
    try:
        week = Week.parse(match["week"], calendar)
    except NotAWeek as error:
        raise Misread(str(error), start=start + match.start("week")) from None
    return Run(new, known=week.first_day.toordinal(), old=old)


def _figure(text: str, start: int, *, answers: bool) -> Decimal | None:
    """Read one figure or answer; `unusable` is one on record that cannot be used, and hides the earlier ones."""
    if text == "_":
        return None
    if text == "unusable":
        return Decimal("NaN")
    if answers is not (text in _WORDS):
        raise _unlike(text, start, answers=answers)
    return _WORDS[text] if answers else _number(text, start)


def _number(text: str, start: int) -> Decimal:
    value = resolve(text)
    if isinstance(value, Fault):
        raise Misread(value.message, start=start, help=value.help)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        remedy = "write plain digits, with a dot for decimals and no zero before them: 70, 55.58, 2016006"
        raise Misread(f"`{shown(text)}` is not a number", start=start, help=remedy)
    return Decimal(text)


def _unlike(token: str, start: int, *, answers: bool) -> Misread:
    what = "answer" if answers else "figure"
    return Misread(
        f"`{shown(token)}` is not a series of {what}s", start=start, help=_ANSWERS_HELP if answers else _NUMBERS_HELP
    )


def written(values: list[float | None], *, answers: bool = False) -> str:
    """Write figures as a series, runs of equal steps drawn together; not a number stands for an unusable one.

    >>> written([1120590.0, 1125590.0, 1130590.0, None, None, 7.0])
    '1120590+5000x2 _x1 7'
    """
    tokens: list[str] = []
    left = [None if value is None else Decimal(f"{value:.15g}") for value in values]
    while left:
        first = left[0]
        step = _step(first, left[1]) if len(left) > 1 else None
        length = 1
        while step is not None and length < len(left) and _step(left[length - 1], left[length]) == step:
            length += 1
        # Two figures are no run unless they are equal: `7 9` reads better than `7+2x1`.
        if length == 2 and step:  # noqa: PLR2004 - a pair
            length = 1
        tokens.append(_token(first, step if length > 1 else None, length - 1, answers=answers))
        left = left[length:]
    return " ".join(tokens)


def _step(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Give the step from a figure to the next, none where they cannot be of one run."""
    if one is None or other is None:
        return Decimal(0) if one is other else None
    if one.is_nan() or other.is_nan():
        return Decimal(0) if one.is_nan() and other.is_nan() else None
    return other - one


def _token(first: Decimal | None, step: Decimal | None, more: int, *, answers: bool) -> str:
    text = "_" if first is None else "unusable" if first.is_nan() else plain(first)
    if answers and text in ("0", "1"):
        text = "yes" if text == "1" else "no"
    by = f"{'+' if step > 0 else '-'}{plain(abs(step))}" if step else ""
    return f"{text}{by}x{more}" if more else text
