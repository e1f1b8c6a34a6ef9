"""How far a number is changed, and how far one outcome swings with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import floor, log10

from escalation.errors import RequestError
from escalation.policy.model import Policy
from escalation.whatif.numbers import Number, Sort, bounds
from escalation.whatif.seek import Tried
from escalation.whatif.varied import number as written

LAG = "adopt.lag"
"""The name of the weeks from a recommendation to its effect: no number of a policy has it."""
Check = Callable[[Mapping[str, float]], object]
"""Raises RequestError for numbers that a policy does not accept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A value that was to be tried and is not accepted, and why, in both languages."""

    value: float
    reason: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A number and how far it is changed, from `low` to `high`; an end is `present` where it is not changed that way.

    `number` is none of the lag. `is_held` says that its own range ends before the amount is reached; `refused` has what
    the policy does not accept.
    """

    name: str
    number: Number | None
    present: float
    low: float
    high: float
    is_held: bool = False
    refused: tuple[Refused, ...] = ()

    @property
    def is_weeks(self) -> bool:
        """Whether it is a length of time."""
        return self.number is None or self.number.sort is not Sort.THRESHOLD

    @property
    def is_matched(self) -> bool:
        """Whether only the value itself is meant, so that any other says another thing, near or far."""
        return self.number is not None and self.number.is_matched

    def tried(self, between: int) -> list[float]:
        """Give the ends besides the present value, ascending, and of weeks all between.

        Of a threshold so many values `between` the present one and each end are given too, with few digits.
        """
        if self.is_weeks:
            return [float(week) for week in range(int(self.low), int(self.high) + 1) if week != self.present]
        lower, higher = (_apart(self.present, end, between) for end in (self.low, self.high))
        return [*sorted({*lower, *higher})]


def reach(policy: Policy, number: Number, *, by: float, by_weeks: int, check: Check) -> Reach:
    """Say how far a number is changed: a threshold by a part of its range, or of itself where it has none."""
    least, most = bounds(policy, number)
    whole = most - least if least is not None and most is not None else abs(number.present)
    amount = by * whole if number.sort is Sort.THRESHOLD else by_weeks
    wanted = (round(number.present - amount, 12), round(number.present + amount, 12))
    held = (wanted[0] if least is None else max(wanted[0], least), wanted[1] if most is None else min(wanted[1], most))
    refused: list[Refused] = []
    ends = []
    for end in held:
        try:
            check({number.name: written(end)})
        except RequestError as error:
            refused.append(Refused(value=end, reason=(str(error), error.indonesian[0])))
            ends.append(number.present)
        else:
            ends.append(end)
    low, high = min(ends[0], number.present), max(ends[1], number.present)
    return Reach(
        name=number.name,
        number=number,
        present=number.present,
        low=low,
        high=high,
        is_held=held != wanted,
        refused=(*refused,),
    )


def still(number: Number) -> Reach:
    """Leave a number as it is."""
    return Reach(name=number.name, number=number, present=number.present, low=number.present, high=number.present)


def _apart(present: float, end: float, between: int) -> list[float]:
    """Give an end that is not the present value, and values in between at like distances, rounded to tell them apart.

    >>> _apart(45, 29, 2), _apart(0.1, 0.4, 1), _apart(5, 5, 2)
    ([39.7, 34.3, 29], [0.25, 0.4], [])
    """
    if end == present:
        return []
    step = (end - present) / (between + 1)
    digits = 1 - floor(log10(abs(step)))
    return [*(round(present + place * step, digits) for place in range(1, between + 1)), end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """What one number does to an outcome: all values that were tried, ascending, the present one among them.

    `is_exact` says that they stand for all values from one end to the other: the outcome is nowhere lower or higher.
    `intervals` has by value the ends of the 95 % interval of the difference from the present, where it was computed.
    """

    reach: Reach
    tried: tuple[Tried, ...]
    is_exact: bool
    intervals: Mapping[float, tuple[float, float]] = field(default_factory=dict)

    @property
    def lower(self) -> Tried | None:
        """The lowest value with its outcome; none where the number was not changed down."""
        return self.tried[0] if self.tried[0].value < self.reach.present else None

    @property
    def higher(self) -> Tried | None:
        """The highest value with its outcome; none where the number was not changed up."""
        return self.tried[-1] if self.tried[-1].value > self.reach.present else None

    @property
    def least(self) -> Tried:
        """The lowest outcome, at the value nearest to the present one."""
        return self._nearest(min(one.outcome for one in self.tried))

    @property
    def greatest(self) -> Tried:
        """The highest outcome, at the value nearest to the present one."""
        return self._nearest(max(one.outcome for one in self.tried))

    @property
    def unsaid(self) -> tuple[float, float]:
        """In how many weeks, as a mean, the policy cannot say with the values tried, at least and at most."""
        return min(one.unsaid for one in self.tried), max(one.unsaid for one in self.tried)

    @property
    def span(self) -> float:
        """How far the outcome swings; infinite between a week and never."""
        low, high = self.least.outcome, self.greatest.outcome
        return 0.0 if low == high else high - low

    @property
    def present(self) -> Tried:
        """The present value with its outcome."""
        return next(one for one in self.tried if one.value == self.reach.present)

    def _nearest(self, outcome: float) -> Tried:
        alike = (one for one in self.tried if one.outcome == outcome)
        return min(alike, key=lambda one: abs(one.value - self.reach.present))


def longest_first(swings: Iterable[Swing], *, never: int) -> tuple[Swing, ...]:
    """Order swings, `never` standing for a week that is not reached; alike ones stay in the order of the policy."""

    def length(one: Swing) -> float:
        return min(one.greatest.outcome, never) - min(one.least.outcome, never)

    return tuple(sorted(swings, key=lambda one: -length(one)))
