"""Metrics computed from others, one operation each (SEMANTICS 3): what lacks an operand lacks its gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from escalation.evaluation.comparison import HOLDS, Interval, relation
from escalation.evaluation.reading import Cause, Gap, Reading
from escalation.periods import Week, last_day_of
from escalation.policy.conditions import Operator
from escalation.policy.metrics import (
    PERCENT,
    Bands,
    Change,
    Difference,
    Highest,
    Lag,
    Lowest,
    Mean,
    Metric,
    Pair,
    Per,
    Product,
    Projection,
    Ratio,
    Several,
    Sum,
)
from escalation.policy.model import Policy
from escalation.policy.operands import operands


class Figures(Protocol):
    """What gives the values of metrics."""

    policy: Policy

    def at(self, name: str, week: int) -> Reading:
        """Give the value of a metric in a week."""

    def inputs_of(self, name: str) -> tuple[str, ...]:
        """Name the metrics on record that a metric rests on."""


def needs(metric: Metric, week: int) -> list[tuple[str, int]]:
    """Name the metrics, each with its week, that a metric is computed from in a week."""
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
            return [(name, week) for _, name in operands(metric)]


def faulty(figures: Figures, name: str, week: int, cause: Cause) -> Reading:
    """Give no value, for a fault that the figures behind a metric lead to."""
    return Reading(None, tuple(Gap(leaf, week, cause) for leaf in figures.inputs_of(name)))


def _missing(*readings: Reading) -> Reading:
    return Reading(None, tuple(dict.fromkeys(gap for one in readings if one.value is None for gap in one.gaps)))


def _ratio(figures: Figures, metric: Ratio, week: int) -> Reading:
    return _divided(figures, metric.ratio, week, 100.0 if metric.unit == PERCENT else 1.0)


def _per(figures: Figures, metric: Per, week: int) -> Reading:
    return _divided(figures, metric.per, week, metric.per.scale)


def _divided(figures: Figures, pair: Pair, week: int, scale: float) -> Reading:
    part, whole = figures.at(pair.of, week), figures.at(pair.to, week)
    if part.value is None or whole.value is None:
        return _missing(part, whole)
    if whole.value == 0:
        return faulty(figures, pair.to, week, Cause.DIVISION_BY_ZERO)
    return Reading(part.value / whole.value * scale)


def _change(figures: Figures, metric: Change, week: int) -> Reading:
    now, then = figures.at(metric.change.of, week), figures.at(metric.change.of, week - metric.change.over)
    if now.value is None or then.value is None:
        return _missing(now, then)
    return Reading(now.value - then.value)


def _sum(figures: Figures, metric: Sum, week: int) -> Reading:
    return _total(figures, metric.sum.of, week, metric.sum.over)


def _mean(figures: Figures, metric: Mean, week: int) -> Reading:
    total = _total(figures, metric.mean.of, week, metric.mean.over)
    return total if total.value is None else Reading(total.value / metric.mean.over)


def _total(figures: Figures, name: str, week: int, over: int) -> Reading:
    window = [figures.at(name, earlier) for earlier in range(week - over + 1, week + 1)]
    values = [reading.value for reading in window if reading.value is not None]
    return Reading(added(values)) if len(values) == over else _missing(*window)


def added(values: Iterable[float]) -> float:
    """Add in order: the array engine adds in the same one, and Python's own `sum` is not the same in every version."""
    total = 0.0
    for value in values:
        total += value
    return total


def _lag(figures: Figures, metric: Lag, week: int) -> Reading:
    return figures.at(metric.lag.of, week - metric.lag.by)


def _difference(figures: Figures, metric: Difference, week: int) -> Reading:
    first, second = figures.at(metric.difference.of, week), _operand(figures, metric.difference.minus, week)
    if first.value is None or second.value is None:
        return _missing(first, second)
    return Reading(first.value - second.value)


def _product(figures: Figures, metric: Product, week: int) -> Reading:
    first, second = figures.at(metric.product.of, week), _operand(figures, metric.product.by, week)
    if first.value is None or second.value is None:
        return _missing(first, second)
    return Reading(first.value * second.value)


def _operand(figures: Figures, operand: str | float, week: int) -> Reading:
    return figures.at(operand, week) if isinstance(operand, str) else Reading(operand)


def _highest(figures: Figures, metric: Highest, week: int) -> Reading:
    return _extreme(figures, metric.highest, week, max)


def _lowest(figures: Figures, metric: Lowest, week: int) -> Reading:
    return _extreme(figures, metric.lowest, week, min)


def _extreme(figures: Figures, several: Several, week: int, pick: Callable[..., Any]) -> Reading:
    found = [figures.at(name, week) for name in several.of]
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


def _projection(figures: Figures, metric: Projection, week: int) -> Reading:
    trend = metric.projection
    weeks = range(week - trend.from_last + 1, week + 1)
    window = [figures.at(trend.of, earlier) for earlier in weeks]
    values = [reading.value for reading in window if reading.value is not None]
    if len(values) < trend.from_last:
        return _missing(*window)
    middle = (trend.from_last - 1) / 2
    mean = added(values) / trend.from_last
    spread = added((i - middle) ** 2 for i in range(trend.from_last))
    slope = added((i - middle) * (value - mean) for i, value in enumerate(values)) / spread
    target = Week.of(trend.by, figures.policy.calendar).number
    return Reading(mean + slope * (target - weeks[0] - middle))


def _bands(figures: Figures, metric: Bands, week: int) -> Reading:
    reading = figures.at(metric.bands.of, week)
    if reading.value is None:
        return reading
    rows, waiting = _rows(figures.policy, metric, last_day_of(figures.policy.calendar, week))
    if waiting:
        return Reading(None, tuple(Gap(name, week, Cause.NOT_IN_FORCE) for name in waiting))
    value = _first(rows, reading.value)
    possible = {value}
    if reading.interval is not None:
        thresholds = [threshold for limits, _ in rows for _, threshold in limits]
        possible = {_first(rows, one) for one in _samples(reading.interval, thresholds)}
    known = [one for one in possible if one is not None]
    if value is None or len(known) < len(possible):
        return faulty(figures, metric.bands.of, week, Cause.NO_BAND)
    return Reading(value, interval=Interval(min(known), max(known)) if len(known) > 1 else None)


Rows = list[tuple[list[tuple[frozenset[int], float]], float]]
"""Of each row the relations that must hold to its thresholds, and the value it gives."""


def _rows(policy: Policy, metric: Bands, day: date) -> tuple[Rows, list[str]]:
    """Give the rows with the thresholds in force on a day, and the parameters that have no value yet."""
    rows: Rows = []
    waiting: list[str] = []

    def in_force(limits: Iterable[tuple[Operator, float | str]]) -> Iterable[tuple[frozenset[int], float]]:
        for operator, threshold in limits:
            value = threshold if isinstance(threshold, float) else policy.parameters[threshold].on(day)
            if value is not None:
                yield HOLDS[operator], value
            else:
                waiting.append(str(threshold))

    for row in metric.bands.rows:
        given = row.value if row.value is not None else row.otherwise
        rows.append((list(in_force(row.limits)), float(given or 0)))
    return rows, waiting


def _first(rows: Rows, value: float) -> float | None:
    """Give the value of the first row that holds."""
    held = (given for limits, given in rows if all(relation(value, one) in holding for holding, one in limits))
    return next(held, None)


def _samples(interval: Interval, thresholds: Iterable[float]) -> Iterable[float]:
    """Give one value of each part into which thresholds cut an interval: the cuts, and what lies between two."""
    low, high = interval.low, interval.high
    cuts = sorted({low, high, *(one for one in thresholds if low < one < high)})
    if not interval.open_low:
        yield low
    yield from cuts[1:-1]
    yield from ((one + other) / 2 for one, other in pairwise(cuts))
    if not interval.open_high:
        yield high


OPERATIONS: Mapping[type, Callable[[Figures, Any, int], Reading]] = {
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
