"""Figures of inputs that bring computed metrics where an example needs them, found by drawing near and then tried.

Denominators are held at one number, so that computed metrics are sums of multiples of the inputs of some weeks. Then
each week is put right in turn, by the smallest change, until none is wrong. It may fail where there are such figures;
what it finds is tried on the engine like every example.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from escalation.checks.exact.cells import Cell
from escalation.periods import Week
from escalation.policy.metrics import (
    PERCENT,
    Change,
    Difference,
    InputMetric,
    Kind,
    Lag,
    Mean,
    Metric,
    Per,
    Product,
    Projection,
    Ratio,
    Sum,
    look_back,
    operands,
)
from escalation.policy.model import Policy

WHOLE = 1_000_000.0
"""What things are divided by, where the range allows it."""
SWEEPS = 300
MARGIN = 0.02
EXACT = 1e-12
EAGER = 1.5

Key = tuple[str, int]
Series = dict[str, tuple[float | None, ...]]


class Form(NamedTuple):
    """A sum of multiples of the inputs of some weeks, and a number."""

    terms: Mapping[Key, float]
    number: float = 0.0

    def value(self, figures: Mapping[Key, float]) -> float:
        """Work the sum out."""
        return self.number + math.fsum(factor * figures[key] for key, factor in self.terms.items())

    def times(self, factor: float) -> Form:
        """Multiply by a number."""
        return Form({key: one * factor for key, one in self.terms.items()}, self.number * factor)


class NotLinear(Exception):
    """A metric is no sum of multiples of inputs."""


def added(forms: Sequence[Form]) -> Form:
    """Add some sums."""
    terms: dict[Key, float] = {}
    for form in forms:
        for key, factor in form.terms.items():
            terms[key] = terms.get(key, 0.0) + factor
    return Form({key: factor for key, factor in terms.items() if factor}, math.fsum(form.number for form in forms))


@dataclass(slots=True)
class Linear:
    """The metrics of a policy as sums of inputs; `fixed` holds the inputs that things are divided or multiplied by."""

    policy: Policy
    first: int
    fixed: dict[str, float] = field(default_factory=dict)

    def fix(self, names: Sequence[str]) -> None:
        """Hold at one number whatever some metrics divide by."""
        for name in names:
            metric = self.policy.metrics[name]
            self.fix([operand for _, operand in operands(metric)])
            held = metric.ratio.to if isinstance(metric, Ratio) else metric.per.to if isinstance(metric, Per) else None
            if isinstance(metric, Product) and isinstance(metric.product.by, str):
                held = metric.product.by
            if held is not None:
                self.fixed |= {leaf: _whole(self.policy.inputs[leaf]) for leaf in self.policy.inputs_of(held)}

    def form(self, name: str, week: int) -> Form:
        """Give a metric in a week, counted from the first of the example. Raise NotLinear where it is no such sum."""
        if name in self.fixed:
            return Form({}, self.fixed[name])
        metric = self.policy.metrics[name]
        match metric:
            case InputMetric():
                return Form({(name, week): 1.0})
            case Ratio():
                return self._share(metric.ratio.of, metric.ratio.to, week, 100.0 if metric.unit == PERCENT else 1.0)
            case Per():
                return self._share(metric.per.of, metric.per.to, week, metric.per.scale)
            case Product():
                by = metric.product.by
                return self.form(metric.product.of, week).times(by if isinstance(by, float) else self._held(by, week))
            case _:
                return added(
                    [self.form(of, week - ago).times(factor) for of, ago, factor in self._window(metric, week)]
                )

    def _share(self, of: str, to: str, week: int, scale: float) -> Form:
        return self.form(of, week).times(scale / self._held(to, week))

    def _held(self, name: str, week: int) -> float:
        form = self.form(name, week)
        if form.terms or not form.number:
            raise NotLinear(name)
        return form.number

    def _window(self, metric: Metric, week: int) -> Iterator[tuple[str, int, float]]:
        """Say from which metrics, how many weeks ago and how often a metric is added up."""
        match metric:
            case Change(change=window):
                yield from ((window.of, 0, 1.0), (window.of, window.over, -1.0))
            case Mean(mean=window):
                yield from ((window.of, ago, 1 / window.over) for ago in range(window.over))
            case Sum(sum=window):
                yield from ((window.of, ago, 1.0) for ago in range(window.over))
            case Lag(lag=delay):
                yield delay.of, delay.by, 1.0
            case Difference(difference=pair) if isinstance(pair.minus, str):
                yield from ((pair.of, 0, 1.0), (pair.minus, 0, -1.0))
            case Projection(projection=trend):
                middle = (trend.from_last - 1) / 2
                spread = math.fsum((place - middle) ** 2 for place in range(trend.from_last))
                ahead = Week.of(trend.by, self.policy.calendar).number - self.first - week + middle
                for ago in range(trend.from_last):
                    yield trend.of, ago, 1 / trend.from_last + (middle - ago) * ahead / spread
            case _:
                raise NotLinear(str(metric))


def _whole(metric: InputMetric) -> float:
    low, high = metric.bounds
    return min(max(WHOLE, low or 0.0), high if high is not None else WHOLE)


def reach_back(policy: Policy, name: str) -> int:
    """Count the weeks before the present one that a metric looks at, by way of others too."""
    metric = policy.metrics[name]
    below = (reach_back(policy, operand) for _, operand in operands(metric))
    return look_back(metric) + max(below, default=0)


class Row(NamedTuple):
    """A sum that must lie in an open interval, or be a number where both ends are the same."""

    form: Form
    low: float
    high: float
    margin: float
    """How far from the ends the sum is put where it has to be changed."""

    def holds(self, figures: Mapping[Key, float]) -> bool:
        """Say whether the sum lies where it must."""
        value = self.form.value(figures)
        if self.low == self.high:
            return abs(value - self.low) <= EXACT * max(1.0, abs(self.low))
        return self.low < value < self.high

    def wrong(self, figures: Mapping[Key, float]) -> float:
        """Say by how much the sum should be changed."""
        value = self.form.value(figures)
        low, high = self.low + self.margin, self.high - self.margin
        return low - value if value < low else high - value if value > high else 0.0

    def correct(self, figures: dict[Key, float]) -> None:
        """Change the inputs as little as possible so that the sum lies where it must."""
        by = self.wrong(figures)
        if by:
            by *= 1.0 if self.low == self.high else EAGER
            size = math.fsum(factor * factor for factor in self.form.terms.values())
            for key, factor in self.form.terms.items():
                figures[key] += by * factor / size


def _row(form: Form, low: float, high: float) -> Row:
    size = high - low
    if math.isinf(size):
        size = max(1.0, abs(low if math.isfinite(low) else high))
    return Row(form, low, high, MARGIN * size)


def drawn(policy: Policy, first: int, weeks: Sequence[Sequence[Mapping[str, Cell]]]) -> tuple[int, Series] | None:
    """Find figures of inputs; for each week are given the choices of cells, one of which all axes must lie in.

    Gives how many weeks earlier than the first they begin, and the series; none where no such figures are found.
    """
    names = [*dict.fromkeys(name for choices in weeks for choice in choices for name in choice)]
    linear = Linear(policy, first)
    linear.fix(names)
    earlier = max((reach_back(policy, name) for name in names), default=0)
    try:
        rows = [[_rows(linear, choice, week) for choice in choices] for week, choices in enumerate(weeks)]
    except NotLinear:
        return None
    if not all(rows):
        return None
    keys = {key for choices in rows for choice in choices for row in choice for key in row.form.terms}
    inputs = sorted({name for name, _ in keys})
    span = range(-earlier, len(weeks))
    laws = [*_laws(policy, linear, inputs, names, span)]
    for wide in (True, False):
        figures = {(name, week): _middle(policy.inputs[name]) for name in inputs for week in span}
        if _settled(figures, [_widest(choices) if wide else choices for choices in rows], laws):
            break
    else:
        return None
    series: Series = {name: tuple(figures[name, week] for week in span) for name in inputs}
    return earlier, series | {name: (value,) * len(span) for name, value in linear.fixed.items()}


def _widest(choices: Sequence[Sequence[Row]]) -> list[Sequence[Row]]:
    """Keep the choices with the fewest points: room is easier to find in an interval."""
    points = [sum(row.low == row.high for row in choice) for choice in choices]
    return [choice for choice, count in zip(choices, points, strict=True) if count == min(points)]


def _rows(linear: Linear, choice: Mapping[str, Cell], week: int) -> list[Row]:
    rows = (_row(linear.form(name, week), cell.low, cell.high) for name, cell in choice.items())
    return [row for row in rows if row.form.terms or row.low <= row.form.number <= row.high or _impossible(row)]


def _impossible(row: Row) -> bool:
    raise NotLinear(str(row.form.number))


def _laws(policy: Policy, linear: Linear, inputs: Sequence[str], names: Sequence[str], span: range) -> Iterator[Row]:
    """Give what inputs and computed metrics must obey whatever is wanted: their ranges, and that sums do not fall."""
    for name in inputs:
        metric = policy.inputs[name]
        for week in span:
            if metric.bounds != (None, None):
                yield _closed(Form({(name, week): 1.0}), *metric.bounds)
            if week > span[0] and metric.kind in (Kind.CUMULATIVE, Kind.ATTRIBUTE):
                growth = Form({(name, week): 1.0, (name, week - 1): -1.0})
                yield _closed(growth, 0.0, 0.0 if metric.kind is Kind.ATTRIBUTE else None)
    for name in {below for one in names for below in _computed(policy, one)}:
        if policy.metrics[name].bounds != (None, None):
            yield from (_closed(linear.form(name, week), *policy.metrics[name].bounds) for week in range(span.stop))


def _closed(form: Form, low: float | None, high: float | None) -> Row:
    """Give a row whose ends are allowed."""
    ends = (-math.inf if low is None else low, math.inf if high is None else high)
    if ends[0] == ends[1]:
        return Row(form, *ends, 0.0)
    slack = EXACT * max(1.0, *(abs(end) for end in ends if math.isfinite(end)))
    return Row(form, ends[0] - slack, ends[1] + slack, min(1.0, (ends[1] - ends[0]) * MARGIN))


def _computed(policy: Policy, name: str) -> Iterator[str]:
    metric = policy.metrics[name]
    if not isinstance(metric, InputMetric):
        yield name
        for _, operand in operands(metric):
            yield from _computed(policy, operand)


def _middle(metric: InputMetric) -> float:
    low, high = metric.bounds
    if low is not None and high is not None:
        return (low + high) / 2
    return max(low or 0.0, WHOLE / 2 if metric.kind is Kind.CUMULATIVE else 1.0)


def _settled(figures: dict[Key, float], rows: Sequence[Sequence[Sequence[Row]]], laws: Sequence[Row]) -> bool:
    """Put right week after week, each towards the choice that is nearest, until nothing is wrong."""
    for _ in range(SWEEPS):
        nearest = [min(choices, key=lambda choice: sum(_distance(row, figures) for row in choice)) for choices in rows]
        wanted = [*(row for choice in nearest for row in choice), *laws]
        if all(row.holds(figures) for row in wanted):
            return True
        for row in wanted:
            row.correct(figures)
    return False


def _distance(row: Row, figures: Mapping[Key, float]) -> float:
    size = math.sqrt(math.fsum(factor * factor for factor in row.form.terms.values())) or 1.0
    return abs(row.wrong(figures)) / size


def rounded(series: Mapping[str, tuple[float | None, ...]], digits: int) -> Series:
    """Give figures with so many digits, counted from the first of the largest."""
    return {name: tuple(_rounded(value, values, digits) for value in values) for name, values in series.items()}


def _rounded(value: float | None, values: Sequence[float | None], digits: int) -> float | None:
    size = max((abs(one) for one in values if one), default=1.0)
    return value if value is None else round(value, digits - 1 - math.floor(math.log10(size))) + 0.0
