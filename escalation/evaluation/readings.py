"""What is known of one region: the value of each metric in each week (SEMANTICS 2 and 3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from math import inf, isfinite, isnan

from escalation.evaluation.comparison import LESS, MORE, relation
from escalation.evaluation.operations import OPERATIONS, faulty, needs
from escalation.evaluation.reading import Cause, Gap, Reading, half_up, rounded_from
from escalation.observations import NO_WEEK, Observation, Observations
from escalation.policy.metrics import InputMetric, Kind, Metric
from escalation.policy.model import Policy
from escalation.policy.operands import operands


class Known:
    """The observations of one metric on record that were known: by week the newest, and its reading."""

    __slots__ = ("max_age", "name", "newest", "own", "readings", "weeks")

    def __init__(self, name: str, metric: Metric, known: Iterable[Observation]) -> None:
        found = {one.week: one for one in known}
        self.name = name
        self.weeks = list(found)
        self.newest = list(found.values())
        self.readings = _readings(name, metric, self.newest)
        self.own = dict(zip(self.weeks, self.readings, strict=True))
        self.max_age: int | None = 0
        if isinstance(metric, InputMetric):
            self.max_age = None if metric.kind is Kind.ATTRIBUTE else metric.max_age

    def place_for(self, week: int) -> int:
        """Find the observation that stands for a week: its own, or an earlier one that may be carried; -1 for none."""
        index = bisect_right(self.weeks, week) - 1
        return index if index < 0 or self.max_age is None or week - self.weeks[index] <= self.max_age else -1

    def at(self, week: int) -> Reading:
        """Give the reading of the observation that stands for a week."""
        found = self.own.get(week)
        if found is not None:
            return found
        index = self.place_for(week)
        if index < 0:
            return Reading(None, (Gap(self.name, week),))
        found = self.readings[index]
        if found.value is None and self.weeks[index] not in (week, NO_WEEK):
            return Reading(None, (found.gaps[0]._replace(week=week),))
        return found


class Readings:
    """All readings of one region, as known on a date; each is computed once.

    A computed metric of which the observations hold a series is read from there: only `tabulate` makes such.
    """

    def __init__(self, policy: Policy, observations: Observations, region: str, *, as_of: date | None = None) -> None:
        self.policy = policy
        self.region = region
        self.as_of = as_of
        self.span = observations.span(region, as_of=as_of)
        self._known = {
            name: Known(name, metric, observations.known(region, name, as_of=as_of))
            for name, metric in policy.metrics.items()
            if isinstance(metric, InputMetric) or (region, name) in observations.series
        }
        self._is_plain = len(self._known) == len(policy.inputs)
        self._readings: dict[str, dict[int, Reading]] = {name: {} for name in policy.metrics}
        self._makers = {
            name: _maker(name, metric) for name, metric in policy.metrics.items() if name not in self._known
        }

    def at(self, name: str, week: int) -> Reading:
        """Give the value of a metric in a week."""
        readings = self._readings[name]
        found = readings.get(week)
        if found is None:
            known = self._known.get(name)
            found = readings[week] = known.at(week) if known is not None else self._makers[name](self, week)
        return found

    def inputs_of(self, name: str) -> tuple[str, ...]:
        """Name the metrics on record that a metric rests on, in the order in which they are met."""
        if self._is_plain:
            return self.policy.inputs_of(name)
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = None
                waiting += [] if one in self._known else [operand for _, operand in operands(self.policy.metrics[one])]
        return tuple(one for one in found if one in self._known)

    def observed(self, name: str, week: int) -> Observation | None:
        """Give the observation of a metric on record that stands for a week: its own, or an earlier one carried."""
        known = self._known[name]
        index = known.place_for(week)
        return known.newest[index] if index >= 0 else None

    def last_usable(self, name: str, *, before: int) -> tuple[int, int] | None:
        """Give the week of the newest usable observation up to a week, and the first week for which it does not stand.

        None where there is no usable one by then.
        """
        known = self._known[name]
        newest = bisect_right(known.weeks, before) - 1
        found = next((index for index in range(newest, -1, -1) if known.readings[index].value is not None), None)
        if found is None:
            return None
        aged = known.weeks[found] + (known.max_age or 0) + 1
        return known.weeks[found], aged if found == newest else min(aged, known.weeks[found + 1])

    def roundings(self, name: str, week: int) -> Iterator[Gap]:
        """Name the rounded figures that make the value of a metric uncertain."""
        seen = {(name, week)}
        waiting = [(name, week)]
        while waiting:
            one = waiting.pop()
            if self.at(*one).interval is None:
                continue
            if one[0] in self._known:
                yield Gap(*one, Cause.ROUNDED)
            fresh = [need for need in needs(self.policy.metrics[one[0]], one[1]) if need not in seen]
            seen.update(fresh)
            waiting += reversed(fresh)

    def faults(self, *, until: int) -> Iterator[tuple[str, int, Cause]]:
        """Name the computed metrics that have no value although what they rest on has, with week and cause.

        Only what has been asked for so far, up to a week, is looked at.
        """
        for name, found in self._readings.items():
            if name in self._known:
                continue
            for week, reading in sorted(found.items()):
                needed = needs(self.policy.metrics[name], week)
                if reading.value is None and week <= until and all(self.at(*one).value is not None for one in needed):
                    yield name, week, reading.gaps[0].cause


def _maker(name: str, metric: Metric) -> Callable[[Readings, int], Reading]:
    """Give what computes a metric, rounds it, and passes over what lies outside its range.

    The readings are an argument, so that they do not hold themselves and go as soon as nobody needs them.
    """
    compute = OPERATIONS[type(metric)]
    (low, high), decimals = metric.bounds, metric.decimals

    def checked(readings: Readings, week: int) -> Reading:
        try:
            found = compute(readings, metric, week)
        except OverflowError:
            return faulty(readings, name, week, Cause.TOO_LARGE)
        if decimals is not None and found.value is not None:
            found = found._replace(value=half_up(found.value, decimals))
        if found.value is None:
            return found
        if not isfinite(found.value):
            return faulty(readings, name, week, Cause.TOO_LARGE)
        if is_outside(found.value, low, high):
            return faulty(readings, name, week, Cause.COMPUTED_OUTSIDE_RANGE)
        return found

    return checked


def is_outside(value: float | None, low: float | None, high: float | None) -> bool:
    """Say whether a value lies outside a range; within the tolerance of an end it lies on it."""
    if value is None:
        return False
    if low is not None and value < low and relation(value, low) is LESS:
        return True
    return high is not None and value > high and relation(value, high) is MORE


def _readings(name: str, metric: Metric, observations: Iterable[Observation]) -> list[Reading]:
    """Read the observations of one metric: what cannot be used has no value."""
    low, high = metric.bounds
    lowest, highest = -inf if low is None else low, inf if high is None else high
    reported = metric.reported if isinstance(metric, InputMetric) else None
    decimals = metric.decimals
    found: list[Reading] = []
    for one in observations:
        value = one.value
        if not lowest <= value <= highest:
            cause = Cause.UNUSABLE if isnan(value) else Cause.OUTSIDE_RANGE
            found.append(Reading(None, (Gap(name, one.week, cause),)))
            continue
        rounded = value if decimals is None else half_up(value, decimals)
        if not isfinite(rounded):
            found.append(Reading(None, (Gap(name, one.week, Cause.TOO_LARGE),)))
        else:
            found.append(Reading(rounded, interval=rounded_from(value, reported) if reported is not None else None))
    return found
