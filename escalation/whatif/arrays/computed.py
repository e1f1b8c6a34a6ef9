"""Metrics computed from others, for all weeks and lanes at once, digit for digit as `evaluation.operations` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np

from escalation.evaluation.comparison import TOLERANCE
from escalation.periods import Week
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
    Pair,
    Per,
    Product,
    Projection,
    Ratio,
    Several,
    Sum,
)
from escalation.policy.model import Policy
from escalation.whatif.arrays.margins import margins
from escalation.whatif.arrays.panel import Bools, Floats


class Ends(NamedTuple):
    """Where the true values lie if only rounded figures exist; an open end does not belong."""

    low: Floats
    high: Floats
    open_low: Bools
    open_high: Bools


class Values(NamedTuple):
    """The values of a metric, [week, ..., lane]; not a number where there is none."""

    value: Floats
    ends: Ends | None = None


class Figures(Protocol):
    """What gives the values of metrics, and of thresholds."""

    policy: Policy
    first: int

    def of(self, name: str) -> Values:
        """Give the values of a metric."""

    def threshold(self, threshold: float | str) -> Floats:
        """Give a number, or a parameter week by week; not a number where it has no value yet."""


def half_up(value: Floats, decimals: int) -> Floats:
    """Round halves away from zero, as `evaluation.reading.half_up` does."""
    scaled = np.abs(value) * float(10**decimals)
    rounded = np.floor(scaled + 0.5 + np.minimum(TOLERANCE * np.maximum(1.0, scaled), 1e-6)) / float(10**decimals)
    return np.where(rounded == 0, 0.0, np.copysign(rounded, value))


def _before(array: Floats, weeks: int) -> Floats:
    """Give the values so many weeks before; not a number before the first week."""
    if weeks == 0:
        return array
    found = np.full_like(array, np.nan)
    found[weeks:] = array[: len(array) - weeks] if weeks < len(array) else found[weeks:]
    return found


def _divided(figures: Figures, pair: Pair, scale: float) -> Values:
    part, whole = figures.of(pair.of).value, figures.of(pair.to).value
    return Values(np.where(whole == 0, np.nan, part / whole * scale))


def _ratio(figures: Figures, metric: Ratio) -> Values:
    return _divided(figures, metric.ratio, 100.0 if metric.unit == PERCENT else 1.0)


def _per(figures: Figures, metric: Per) -> Values:
    return _divided(figures, metric.per, metric.per.scale)


def _change(figures: Figures, metric: Change) -> Values:
    now = figures.of(metric.change.of).value
    return Values(now - _before(now, metric.change.over))


def _total(figures: Figures, name: str, over: int) -> Floats:
    """Add from the earliest week on, as the reference does: floats give another last digit in another order."""
    value = figures.of(name).value
    found = _before(value, over - 1)
    for weeks in range(over - 2, -1, -1):
        found = found + _before(value, weeks)
    return found


def _sum(figures: Figures, metric: Sum) -> Values:
    return Values(_total(figures, metric.sum.of, metric.sum.over))


def _mean(figures: Figures, metric: Mean) -> Values:
    return Values(_total(figures, metric.mean.of, metric.mean.over) / metric.mean.over)


def _lag(figures: Figures, metric: Lag) -> Values:
    found, weeks = figures.of(metric.lag.of), metric.lag.by
    ends = found.ends
    if ends is not None:
        ends = Ends(_before(ends.low, weeks), _before(ends.high, weeks), *(_shifted(one, weeks) for one in ends[2:]))
    return Values(_before(found.value, weeks), ends)


def _shifted(truths: Bools, weeks: int) -> Bools:
    return np.roll(truths, weeks, axis=0)  # what comes round stands where the ends are no numbers


def _operand(figures: Figures, operand: str | float) -> Floats:
    return figures.of(operand).value if isinstance(operand, str) else np.array([operand])


def _difference(figures: Figures, metric: Difference) -> Values:
    return Values(figures.of(metric.difference.of).value - _operand(figures, metric.difference.minus))


def _product(figures: Figures, metric: Product) -> Values:
    return Values(figures.of(metric.product.of).value * _operand(figures, metric.product.by))


def _highest(figures: Figures, metric: Highest) -> Values:
    return _extreme(figures, metric.highest, np.fmax, _some)


def _lowest(figures: Figures, metric: Lowest) -> Values:
    return _extreme(figures, metric.lowest, np.fmin, _every)


Shared = list[tuple[Bools, Bools]]
"""Of several intervals where each has the end that was picked, and where it has a property there."""


def _extreme(
    figures: Figures, several: Several, pick: Callable[..., Floats], shared: Callable[[Shared], Bools]
) -> Values:
    """Pick among the values that are there, and among the ends of their intervals."""
    found = [figures.of(name) for name in several.of]
    is_missing = several.missing == "unknown"

    def picked(arrays: Iterable[Floats]) -> Floats:
        listed = list(arrays)
        best = listed[0]
        for array in listed[1:]:
            best = pick(best, array)
        if is_missing:
            for array in listed:
                best = np.where(np.isnan(array), np.nan, best)
        return best

    value = picked(one.value for one in found)
    if all(one.ends is None for one in found):
        return Values(value)
    ends = [ends_of(one) for one in found]
    low, high = picked(one.low for one in ends), picked(one.high for one in ends)
    lows = [(one.low == low, one.open_low) for one in ends]
    highs = [(one.high == high, ~one.open_high) for one in ends]
    return Values(value, Ends(low, high, shared(lows), ~shared(highs)))


def _some(shared: Shared) -> Bools:
    """Say where one of those that share an end has a property."""
    found = shared[0][0] & shared[0][1]
    for shares, has in shared[1:]:
        found = found | (shares & has)
    return found


def _every(shared: Shared) -> Bools:
    """Say where all of those that share an end have a property."""
    found = ~shared[0][0] | shared[0][1]
    for shares, has in shared[1:]:
        found = found & (~shares | has)
    return found


def ends_of(values: Values) -> Ends:
    """Give the ends; both are the value itself where it is exact."""
    if values.ends is not None:
        return values.ends
    closed = np.zeros(values.value.shape, dtype=bool)
    return Ends(values.value, values.value, closed, closed)


def _projection(figures: Figures, metric: Projection) -> Values:
    trend = metric.projection
    value, number = figures.of(trend.of).value, trend.from_last
    window = [_before(value, weeks) for weeks in range(number - 1, -1, -1)]
    middle = (number - 1) / 2
    mean = _added(window) / number
    spread = float(sum((place - middle) ** 2 for place in range(number)))
    slope = _added([(place - middle) * (one - mean) for place, one in enumerate(window)]) / spread
    first = figures.first + np.arange(len(value)) - (number - 1)
    target = Week.of(trend.by, figures.policy.calendar).number
    ahead = (target - first - middle).reshape(-1, *[1] * (value.ndim - 1))
    return Values(mean + slope * ahead)


def _added(arrays: list[Floats]) -> Floats:
    found = arrays[0]
    for array in arrays[1:]:
        found = found + array
    return found


Limit = tuple[Operator, Floats]


def _bands(figures: Figures, metric: Bands) -> Values:
    """Give the value of the first row that holds; of a rounded figure all that its interval may give."""
    found = figures.of(metric.bands.of)
    rows: list[tuple[list[Limit], float]] = []
    for row in metric.bands.rows:
        limits = [(operator, figures.threshold(limit)) for operator, limit in row.limits]
        given = row.value if row.value is not None else row.otherwise
        rows.append((limits, float(given or 0)))
    thresholds = [threshold for limits, _ in rows for _, threshold in limits]
    value = _first(rows, found.value)
    for threshold in thresholds:
        value = np.where(np.isnan(threshold), np.nan, value)
    if found.ends is None:
        return Values(value)
    low = high = value
    lacking = np.isnan(value)
    for sample, counts in _samples(found.ends, thresholds):
        possible = _first(rows, sample)
        lacking = lacking | (counts & np.isnan(possible))
        low = np.where(counts, np.fmin(low, possible), low)
        high = np.where(counts, np.fmax(high, possible), high)
    closed = np.zeros(low.shape, dtype=bool)
    return Values(np.where(lacking, np.nan, value), Ends(low, high, closed, closed))


def _first(rows: list[tuple[list[Limit], float]], value: Floats) -> Floats:
    found = np.full(
        np.broadcast_shapes(value.shape, *(limit.shape for limits, _ in rows for _, limit in limits)), np.nan
    )
    for limits, given in reversed(rows):
        holds = ~np.isnan(value)
        for operator, threshold in limits:
            holds = holds & held(operator, value, threshold)
        found = np.where(holds, given, found)
    return found


def held(operator: Operator, value: Floats, threshold: Floats) -> Bools:
    """Say where a value stands to a threshold as an operator wants (SEMANTICS 4); nowhere where one is missing."""
    less, more = margins(threshold)
    match operator:
        case Operator.BELOW:
            return value <= less
        case Operator.AT_MOST:
            return value < more
        case Operator.ABOVE:
            return value >= more
        case Operator.AT_LEAST:
            return value > less
        case Operator.EQUAL_TO:
            return (value > less) & (value < more)


def _samples(ends: Ends, thresholds: list[Floats]) -> Iterable[tuple[Floats, Bools]]:
    """Give one value of each part into which thresholds cut intervals, and where it is one."""
    shape = np.broadcast_shapes(ends.low.shape, *(one.shape for one in thresholds))
    low, high = np.broadcast_to(ends.low, shape), np.broadcast_to(ends.high, shape)
    yield low, np.broadcast_to(~ends.open_low, shape)
    yield high, np.broadcast_to(~ends.open_high, shape)
    cuts = [low, *(np.clip(one, low, high) for one in thresholds), high]
    for cut in cuts[1:-1]:
        yield cut, (low < cut) & (cut < high)
    ordered = np.sort(np.stack(cuts), axis=0)
    for one, other in pairwise(ordered):
        yield (one + other) / 2, one < other


COMPUTE: Mapping[type, Callable[[Figures, Any], Values]] = {
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
