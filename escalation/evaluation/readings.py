"""What is known of one region: the value of each metric in each week (SEMANTICS 2 and 3)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from escalation.evaluation.comparison import TOLERANCE, Interval, compare
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, every
from escalation.observations import Observation, Observations
from escalation.periods import Week, last_day_of
from escalation.policy.metrics import (
    PERCENT,
    Bands,
    Change,
    Difference,
    Highest,
    InputMetric,
    Kind,
    Lag,
    Lowest,
    Mean,
    Metric,
    Pair,
    Per,
    Product,
    Projection,
    Ratio,
    Reported,
    Row,
    Several,
    Sum,
    operands,
)
from escalation.policy.model import Policy


class Reading(NamedTuple):
    """The value of a metric in a week, or none, naming the inputs for want of which there is none.

    `interval` is where the true value lies if only a rounded figure exists; `fault` says why a value that has all
    its inputs is missing: `division-by-zero`, `no-band`, `outside-range`, `unusable`.
    """

    value: float | None
    missing: tuple[str, ...] = ()
    interval: Interval | None = None
    fault: str = ""


class Known:
    """The observations of one input metric that were known: by week the newest, and its reading."""

    __slots__ = ("absent", "max_age", "newest", "readings", "weeks")

    def __init__(self, name: str, metric: InputMetric, known: Iterable[Observation]) -> None:
        found = {one.week: one for one in known}
        self.weeks = list(found)
        self.newest = list(found.values())
        self.readings = [_observation(name, metric, one.value) for one in self.newest]
        self.max_age = None if metric.kind is Kind.ATTRIBUTE else metric.max_age
        self.absent = Reading(None, (name,))

    def place_for(self, week: int) -> int:
        """Find the observation that stands for a week: its own, or an earlier one that may be carried; -1 for none."""
        index = bisect_right(self.weeks, week) - 1
        if index >= 0 and self.max_age is not None and week - self.weeks[index] > self.max_age:
            return -1
        return index

    def at(self, week: int) -> Reading:
        """Give the reading of the observation that stands for a week."""
        index = self.place_for(week)
        return self.readings[index] if index >= 0 else self.absent


class Readings:
    """All readings of one region, as known on a date; each is computed once."""

    def __init__(self, policy: Policy, observations: Observations, region: str, *, as_of: date | None = None) -> None:
        self.policy = policy
        self.region = region
        self.as_of = as_of
        self.span = observations.span(region, as_of=as_of)
        self._known = {
            name: Known(name, metric, observations.known(region, name, as_of=as_of))
            for name, metric in policy.inputs.items()
        }
        self._readings: dict[str, dict[int, Reading]] = {name: {} for name in policy.metrics}
        self._makers: dict[str, Callable[[int], Reading]] = {
            name: self._known[name].at if name in self._known else partial(OPERATIONS[type(metric)], self, metric)
            for name, metric in policy.metrics.items()
        }

    def at(self, name: str, week: int) -> Reading:
        """Give the value of a metric in a week."""
        readings = self._readings[name]
        found = readings.get(week)
        if found is None:
            found = self._makers[name](week)
            decimals = self.policy.metrics[name].decimals
            if decimals is not None and found.value is not None:
                found = found._replace(value=half_up(found.value, decimals))
            readings[week] = found
        return found

    def observed(self, name: str, week: int) -> Observation | None:
        """Give the observation of an input metric that stands for a week: its own, or an earlier one carried."""
        known = self._known[name]
        index = known.place_for(week)
        return known.newest[index] if index >= 0 else None

    def gaps(self, name: str, week: int) -> list[tuple[str, int]]:
        """Name the inputs and their weeks for want of which a metric has no value in a week."""
        found: list[tuple[str, int]] = []
        waiting, seen = [(name, week)], {(name, week)}
        while waiting:
            one = waiting.pop()
            if self.at(*one).value is not None:
                continue
            if one[0] in self._known:
                found.append(one)
            fresh = [need for need in needs(self.policy.metrics[one[0]], one[1]) if need not in seen]
            seen.update(fresh)
            waiting += reversed(fresh)
        return found

    def last_week_of(self, name: str, *, before: int) -> int | None:
        """Give the week of the newest observation of an input metric up to a week, however old."""
        known = self._known[name]
        index = bisect_right(known.weeks, before) - 1
        return known.weeks[index] if index >= 0 else None


def half_up(value: float, decimals: int) -> float:
    """Round a half away from zero; what lies within the tolerance of a half is a half.

    >>> half_up(55.45, 1), half_up(-2.5, 0), half_up(1e12, 0)
    (55.5, -3.0, 1000000000000.0)
    """
    scaled = abs(value) * 10**decimals
    rounded = math.floor(scaled + 0.5 + min(TOLERANCE * max(1.0, scaled), 1e-6)) / 10**decimals
    return math.copysign(rounded, value) if rounded else 0.0


def needs(metric: Metric, week: int) -> list[tuple[str, int]]:
    """Name the metrics, each with its week, that a metric is computed from in a week."""
    named = [name for _, name in operands(metric)]
    match metric:
        case Change(change=window):
            return [(window.of, week), (window.of, week - window.over)]
        case Lag(lag=delay):
            return [(delay.of, week - delay.by)]
        case Mean(mean=window) | Sum(sum=window):
            return [(window.of, earlier) for earlier in range(week - window.over + 1, week + 1)]
        case Projection(projection=trend):
            return [(trend.of, earlier) for earlier in range(week - trend.from_last + 1, week + 1)]
        case _:
            return [(name, week) for name in named]


def _observation(name: str, metric: InputMetric, value: float) -> Reading:
    if math.isnan(value):
        return Reading(None, (name,), fault="unusable")
    low, high = metric.bounds
    if (low is not None and value < low) or (high is not None and value > high):
        return Reading(None, (name,), fault="outside-range")
    if metric.reported is None:
        return Reading(value)
    return Reading(value, interval=rounded_from(value, metric.reported))


def rounded_from(value: float, reported: Reported) -> Interval:
    """Give the interval of values that round to a figure."""
    if reported.how == "down":
        return Interval(value, value + reported.step, open_high=True)
    if reported.how == "up":
        return Interval(value - reported.step, value, open_low=True)
    return Interval(value - reported.step / 2, value + reported.step / 2, open_high=True)


def _ratio(readings: Readings, metric: Ratio, week: int) -> Reading:
    return _divided(readings, metric.ratio, week, 100.0 if metric.unit == PERCENT else 1.0)


def _per(readings: Readings, metric: Per, week: int) -> Reading:
    return _divided(readings, metric.per, week, metric.per.scale)


def _divided(readings: Readings, pair: Pair, week: int, scale: float) -> Reading:
    part, whole = readings.at(pair.of, week), readings.at(pair.to, week)
    if part.value is None or whole.value is None:
        return _missing(part, whole)
    if whole.value == 0:
        return Reading(None, readings.policy.inputs_of(pair.to), fault="division-by-zero")
    return Reading(part.value / whole.value * scale)


def _change(readings: Readings, metric: Change, week: int) -> Reading:
    now, then = readings.at(metric.change.of, week), readings.at(metric.change.of, week - metric.change.over)
    if now.value is None or then.value is None:
        return _missing(now, then)
    return Reading(now.value - then.value)


def _sum(readings: Readings, metric: Sum, week: int) -> Reading:
    return _total(readings, metric.sum.of, week, metric.sum.over)


def _mean(readings: Readings, metric: Mean, week: int) -> Reading:
    total = _total(readings, metric.mean.of, week, metric.mean.over)
    return total if total.value is None else Reading(total.value / metric.mean.over)


def _total(readings: Readings, name: str, week: int, over: int) -> Reading:
    window = [readings.at(name, earlier) for earlier in range(week - over + 1, week + 1)]
    values = [reading.value for reading in window if reading.value is not None]
    return Reading(math.fsum(values)) if len(values) == over else _missing(*window)


def _lag(readings: Readings, metric: Lag, week: int) -> Reading:
    return readings.at(metric.lag.of, week - metric.lag.by)


def _difference(readings: Readings, metric: Difference, week: int) -> Reading:
    first, second = readings.at(metric.difference.of, week), _operand(readings, metric.difference.minus, week)
    if first.value is None or second.value is None:
        return _missing(first, second)
    return Reading(first.value - second.value)


def _product(readings: Readings, metric: Product, week: int) -> Reading:
    first, second = readings.at(metric.product.of, week), _operand(readings, metric.product.by, week)
    if first.value is None or second.value is None:
        return _missing(first, second)
    return Reading(first.value * second.value)


def _operand(readings: Readings, operand: str | float, week: int) -> Reading:
    return readings.at(operand, week) if isinstance(operand, str) else Reading(operand)


def _highest(readings: Readings, metric: Highest, week: int) -> Reading:
    return _extreme(readings, metric.highest, week, max)


def _lowest(readings: Readings, metric: Lowest, week: int) -> Reading:
    return _extreme(readings, metric.lowest, week, min)


def _extreme(readings: Readings, several: Several, week: int, pick: Callable[..., Any]) -> Reading:
    found = [readings.at(name, week) for name in several.of]
    present = [reading for reading in found if reading.value is not None]
    if not present or (several.missing == "unknown" and len(present) < len(found)):
        return _missing(*found)
    value = pick(reading.value for reading in present)
    if all(reading.interval is None for reading in present):
        return Reading(value)
    intervals = [reading.interval or Interval(reading.value, reading.value) for reading in present]  # type: ignore[arg-type]
    # An end belongs to the extreme where all that share it (nearer end) or one of them (farther end) can take it.
    low, open_low = pick((one.low, one.open_low) for one in intervals)
    high, closed_high = pick((one.high, not one.open_high) for one in intervals)
    return Reading(value, interval=Interval(low, high, open_low, not closed_high))


def _projection(readings: Readings, metric: Projection, week: int) -> Reading:
    trend = metric.projection
    weeks = range(week - trend.from_last + 1, week + 1)
    window = [readings.at(trend.of, earlier) for earlier in weeks]
    values = [reading.value for reading in window if reading.value is not None]
    if len(values) < trend.from_last:
        return _missing(*window)
    middle = (trend.from_last - 1) / 2
    mean = math.fsum(values) / trend.from_last
    spread = math.fsum((i - middle) ** 2 for i in range(trend.from_last))
    slope = math.fsum((i - middle) * (value - mean) for i, value in enumerate(values)) / spread
    target = Week.of(trend.by, readings.policy.calendar).number
    return Reading(mean + slope * (target - weeks[0] - middle))


def _bands(readings: Readings, metric: Bands, week: int) -> Reading:
    reading = readings.at(metric.bands.of, week)
    if reading.value is None:
        return reading
    day = last_day_of(readings.policy.calendar, week)
    possible: list[float] = []
    for row in metric.bands.rows:
        if absent := _not_in_force(readings.policy, row, day):
            return Reading(None, absent)
        verdict = MET if row.otherwise is not None else _row_holds(readings.policy, row, reading, day)
        if verdict is not UNMET:
            possible.append(row.otherwise if row.value is None else row.value)  # type: ignore[arg-type]
        if verdict is MET:
            break
    else:
        return Reading(None, readings.policy.inputs_of(metric.bands.of), fault="no-band")
    if len(set(possible)) == 1:
        return Reading(possible[0])
    return Reading(possible[-1], interval=Interval(min(possible), max(possible)))


def _not_in_force(policy: Policy, row: Row, day: date) -> tuple[str, ...]:
    """Name the dated parameters of a row that have no value yet."""
    named = [limit for _, limit in row.limits if isinstance(limit, str)]
    return tuple(limit for limit in named if policy.parameters[limit].on(day) is None)


def _row_holds(policy: Policy, row: Row, reading: Reading, day: date) -> Verdict:
    thresholds = [
        (operator, limit if isinstance(limit, float) else policy.parameters[limit].on(day))
        for operator, limit in row.limits
    ]
    return every(
        UNKNOWN if limit is None or reading.value is None else compare(reading.value, operator, limit, reading.interval)
        for operator, limit in thresholds
    )


def _missing(*readings: Reading) -> Reading:
    """Give no value, naming every input that is missing."""
    names = [name for reading in readings if reading.value is None for name in reading.missing]
    fault = next((reading.fault for reading in readings if reading.fault), "")
    return Reading(None, tuple(dict.fromkeys(names)), fault=fault)


OPERATIONS: Mapping[type, Callable[[Readings, Any, int], Reading]] = {
    Ratio: _ratio,
    Per: _per,
    Change: _change,
    Mean: _mean,
    Sum: _sum,
    Lag: _lag,
    Difference: _difference,
    Product: _product,
    Highest: _highest,
    Lowest: _lowest,
    Projection: _projection,
    Bands: _bands,
}
