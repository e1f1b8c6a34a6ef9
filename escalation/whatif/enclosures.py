"""Between which ends the metrics of a region lie while one observed figure runs from a value to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from math import isfinite
from typing import NamedTuple

from escalation.evaluation.comparison import HOLDS, LESS, MORE, relation
from escalation.evaluation.operations import added
from escalation.evaluation.reading import half_up
from escalation.evaluation.readings import Readings
from escalation.periods import Week, last_day_of
from escalation.policy.metrics import (
    PERCENT,
    Bands,
    Change,
    Difference,
    Highest,
    InputMetric,
    Lag,
    Lowest,
    Mean,
    Measured,
    Per,
    Product,
    Projection,
    Ratio,
    Several,
    Sum,
    Table,
    Trend,
)

NOISE = 1e-13
"""Of a line drawn through figures, what rounding may add to the sum of its terms, relative to their size."""


class Unsure(Exception):
    """Within the run of the figure a metric is missing for some values and not for others, or changes its band."""


class Ends(NamedTuple):
    """The least and the greatest value."""

    low: float
    high: float


class Enclosures:
    """The ends of every metric, as seen from one week, while the figure that stands for `name` lies in `run`.

    Weeks that the figure does not reach are read as they are on record. Arithmetic on the ends is that of the engine,
    which rounds alike at both, so no value lies outside; what is missing for every value is none.
    """

    def __init__(self, readings: Readings, name: str, since: int, run: Ends) -> None:
        self.readings = readings
        self.policy = readings.policy
        self.name = name
        self.since = since
        self.run = run
        self._found: dict[tuple[str, int], Ends | None] = {}

    def at(self, name: str, week: int) -> Ends | None:
        """Give the ends of a metric in a week. Raise Unsure where it is not the same throughout that there are any."""
        key = name, week
        if key not in self._found:
            self._found[key] = self._ends(name, week)
        return self._found[key]

    def _ends(self, name: str, week: int) -> Ends | None:
        metric = self.policy.metrics[name]
        if isinstance(metric, InputMetric):
            if name != self.name or not self._stands(week):
                return self._on_record(name, week)
            return _rounded(self.run, metric.decimals)
        found = self._computed(metric, week)
        if found is None:
            return None
        found = _rounded(found, metric.decimals)
        sides = {_side(value, *metric.bounds) for value in found}
        if len(sides) > 1:
            raise Unsure
        return found if sides == {0} else None

    def _stands(self, week: int) -> bool:
        observed = self.readings.observed(self.name, week)
        return observed is not None and observed.week == self.since

    def _on_record(self, name: str, week: int) -> Ends | None:
        reading = self.readings.at(name, week)
        if reading.interval is not None:
            raise Unsure
        return None if reading.value is None else Ends(reading.value, reading.value)

    def _computed(self, metric: Measured, week: int) -> Ends | None:  # noqa: C901 - a branch for each operation
        match metric:
            case Ratio(ratio=pair):
                scale = 100.0 if metric.unit == PERCENT else 1.0
                return self._divided(self.at(pair.of, week), self.at(pair.to, week), scale)
            case Per(per=pair):
                return self._divided(self.at(pair.of, week), self.at(pair.to, week), pair.scale)
            case Change(change=window):
                return _less(self.at(window.of, week), self.at(window.of, week - window.over))
            case Lag(lag=delay):
                return self.at(delay.of, week - delay.by)
            case Mean(mean=window):
                total = self._total(window.of, week, window.over)
                return None if total is None else Ends(*(end / window.over for end in total))
            case Sum(sum=window):
                return self._total(window.of, week, window.over)
            case Difference(difference=minus):
                return _less(self.at(minus.of, week), self._operand(minus.minus, week))
            case Product(product=times):
                return _corners(self.at(times.of, week), self._operand(times.by, week), lambda one, by: one * by)
            case Highest(highest=several):
                return self._extreme(several, week, max)
            case Lowest(lowest=several):
                return self._extreme(several, week, min)
            case Projection(projection=trend):
                return self._line(trend, week)
            case Bands(bands=table):
                return self._band(table, week)
        raise TypeError(f"no operation: {metric!r}")

    def _operand(self, operand: str | float, week: int) -> Ends | None:
        return self.at(operand, week) if isinstance(operand, str) else Ends(operand, operand)

    def _divided(self, part: Ends | None, whole: Ends | None, scale: float) -> Ends | None:
        if part is None or whole is None or whole == (0.0, 0.0):
            return None
        if whole.low <= 0 <= whole.high:
            raise Unsure
        return _corners(part, whole, lambda of, to: of / to * scale)

    def _window(self, name: str, week: int, over: int) -> list[Ends] | None:
        found = [self.at(name, earlier) for earlier in range(week - over + 1, week + 1)]
        present = [one for one in found if one is not None]
        return present if len(present) == over else None

    def _total(self, name: str, week: int, over: int) -> Ends | None:
        window = self._window(name, week, over)
        return None if window is None else Ends(added(one.low for one in window), added(one.high for one in window))

    def _extreme(self, several: Several, week: int, pick: Callable[[Iterator[float]], float]) -> Ends | None:
        found = [self.at(name, week) for name in several.of]
        present = [one for one in found if one is not None]
        if not present or (several.missing == "unknown" and len(present) < len(found)):
            return None
        return Ends(pick(one.low for one in present), pick(one.high for one in present))

    def _line(self, trend: Trend, week: int) -> Ends | None:
        window = self._window(trend.of, week, trend.from_last)
        if window is None:
            return None
        size, middle = trend.from_last, (trend.from_last - 1) / 2
        spread = added((place - middle) ** 2 for place in range(size))
        ahead = Week.of(trend.by, self.policy.calendar).number - (week - size + 1) - middle
        terms = [
            sorted((1 / size + (place - middle) / spread * ahead) * end for end in one)
            for place, one in enumerate(window)
        ]
        noise = NOISE * added(max(abs(low), abs(high)) for low, high in terms)
        return Ends(added(low for low, _ in terms) - noise, added(high for _, high in terms) + noise)

    def _band(self, table: Table, week: int) -> Ends | None:
        found = self.at(table.of, week)
        if found is None:
            return None
        rows = list(self._rows(table, last_day_of(self.policy.calendar, week)))
        if any(threshold is None for limits, _ in rows for _, threshold in limits):
            return None
        for limits, given in rows:
            known = [(holding, threshold) for holding, threshold in limits if threshold is not None]
            if any(relation(found.low, one) != relation(found.high, one) for _, one in known):
                raise Unsure
            if all(relation(found.low, one) in holding for holding, one in known):
                return Ends(given, given)
        return None

    def _rows(self, table: Table, day: date) -> Iterator[tuple[list[tuple[frozenset[int], float | None]], float]]:
        """Give of each row the relations that must hold to its thresholds in force on a day, and its value."""
        for row in table.rows:
            limits = [
                (HOLDS[operator], limit if isinstance(limit, float) else self.policy.parameters[limit].on(day))
                for operator, limit in row.limits
            ]
            yield limits, float((row.value if row.value is not None else row.otherwise) or 0)


def _rounded(ends: Ends, decimals: int | None) -> Ends:
    """Round both ends. Raise Unsure for what is too large."""
    found = ends if decimals is None else Ends(half_up(ends.low, decimals), half_up(ends.high, decimals))
    if not (isfinite(found.low) and isfinite(found.high)):
        raise Unsure
    return found


def _side(value: float, low: float | None, high: float | None) -> int:
    """Say whether a value lies below a range, in it or above it."""
    if low is not None and relation(value, low) is LESS:
        return LESS
    return MORE if high is not None and relation(value, high) is MORE else 0


def _less(one: Ends | None, other: Ends | None) -> Ends | None:
    return None if one is None or other is None else Ends(one.low - other.high, one.high - other.low)


def _corners(one: Ends | None, other: Ends | None, join: Callable[[float, float], float]) -> Ends | None:
    if one is None or other is None:
        return None
    found = [join(first, second) for first, second in product(one, other)]
    return Ends(min(found), max(found))
