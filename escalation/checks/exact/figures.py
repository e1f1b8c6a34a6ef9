"""Figures of inputs that bring computed metrics where an example needs them, found by drawing near and then tried.

What is divided by is held at one number, so that computed metrics are sums of multiples of inputs. Then each week is
put right in turn, by the smallest change, until none is wrong. It may fail where there are such figures; what it finds
is tried on the engine like every example. Values are not carried back one by one from each metric to its inputs: a
coverage and its growth, both wanted in every week, would contradict each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from escalation.checks.exact.cells import Cell
from escalation.checks.exact.linear import WHOLE, Form, Key, Linear, NotLinear
from escalation.checks.exact.spans import span
from escalation.policy.metrics import InputMetric, Kind
from escalation.policy.model import Policy
from escalation.policy.operands import operands

SWEEPS = 300
ROOMY = 100
"""In how many of the sweeps sums are given room to spare, which rounding then may use up."""
MARGIN = 0.02
EAGER = 1.5
EXACT = 1e-12
SLACK = 1e-9

Series = dict[str, tuple[float | None, ...]]


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

    Gives how many weeks earlier than the first they begin, and the series, without a value where one must be missing;
    none where no such figures are found.
    """
    return _drawn(Linear(policy, first), weeks)


def held(policy: Policy, first: int, choices: Sequence[Mapping[str, Cell]]) -> dict[str, float | None] | None:
    """Find figures of inputs that, the same in every week, keep all axes in one of some choices of cells.

    Gives none as the figure of an input that must be missing; nothing where no such figures are found.
    """
    found = _drawn(Linear(policy, first, constant=True), [choices])
    return None if found is None else {name: values[0] for name, values in found[1].items()}


def _drawn(linear: Linear, weeks: Sequence[Sequence[Mapping[str, Cell]]]) -> tuple[int, Series] | None:
    policy = linear.policy
    weeks = [_fullest(choices) for choices in weeks]
    names = [*dict.fromkeys(name for choices in weeks for choice in choices for name in choice)]
    linear.fix(names)
    earlier = max((linear.back(name) for name in names), default=0)
    try:
        rows = [
            [found for choice in choices if (found := _rows(linear, choice, week)) is not None]
            for week, choices in enumerate(weeks)
        ]
        keys = {key for choices in rows for choice in choices for row in choice for key in row.form.terms}
        gaps = _gaps(linear, weeks, keys)
    except NotLinear:
        return None
    if not all(rows):
        return None
    inputs = sorted({leaf for name in names for leaf in policy.inputs_of(name)} - linear.fixed.keys())
    every = range(-earlier, len(weeks))
    laws = [*_laws(policy, linear, inputs, names, every)]
    for wide in (True, False):
        figures = {(name, week): _middle(policy.inputs[name]) for name in inputs for week in every}
        if _settled(figures, [_widest(choices) if wide else choices for choices in rows], laws):
            break
    else:
        return None
    seen = {key: figure for key, figure in figures.items() if key not in gaps}
    series: Series = {name: tuple(seen.get((name, week)) for week in every) for name in inputs}
    return earlier, series | {name: (value,) * len(every) for name, value in linear.fixed.items()}


def _fullest(choices: Sequence[Mapping[str, Cell]]) -> list[Mapping[str, Cell]]:
    """Keep the choices that leave the same axes without a value, as few as possible."""
    gone = [{name for name, cell in choice.items() if cell.value is None} for choice in choices]
    fewest = min(gone, key=len, default=set())
    return [choice for choice, names in zip(choices, gone, strict=True) if names == fewest]


def _gaps(linear: Linear, weeks: Sequence[Sequence[Mapping[str, Cell]]], needed: set[Key]) -> set[Key]:
    """Choose inputs, as late as possible, without which the metrics that must have no value have none."""
    found: set[Key] = set()
    for week, choices in enumerate(weeks):
        for name, cell in choices[0].items() if choices else ():
            if cell.value is None:
                free = [key for key in linear.form(name, week).terms if key not in needed]
                if not free:
                    raise NotLinear(name)
                found.add(max(free, key=lambda key: key[1]))
    return found


def _widest(choices: Sequence[Sequence[Row]]) -> list[Sequence[Row]]:
    """Keep the choices with the fewest points: room is easier to find in an interval."""
    points = [sum(row.low == row.high for row in choice) for choice in choices]
    return [choice for choice, count in zip(choices, points, strict=True) if count == min(points)]


def _rows(linear: Linear, choice: Mapping[str, Cell], week: int) -> list[Row] | None:
    """Give a row for each metric with a value; none where one is a number, whatever the inputs are, and no such one."""
    rows = []
    for name, cell in choice.items():
        if cell.value is not None:
            row = _row(linear.form(name, week), cell.low, cell.high)
            if row.form.terms:
                rows.append(row)
            elif not row.holds({}) and row.form.number not in (set(cell[1:]) & set(span(linear.policy, name))):
                return None
    return rows


def _laws(policy: Policy, linear: Linear, inputs: Sequence[str], names: Sequence[str], every: range) -> Iterator[Row]:
    """Give what inputs and computed metrics must obey whatever is wanted: their ranges, and that sums do not fall."""
    for name in inputs:
        metric = policy.inputs[name]
        for week in every:
            if metric.bounds != (None, None):
                yield _closed(Form({(name, week): 1.0}), *metric.bounds)
            if week > every[0] and metric.kind in (Kind.CUMULATIVE, Kind.ATTRIBUTE):
                growth = Form({(name, week): 1.0, (name, week - 1): -1.0})
                yield _closed(growth, 0.0, 0.0 if metric.kind is Kind.ATTRIBUTE else None)
    for name in dict.fromkeys(below for one in names for below in _computed(policy, one)):
        if policy.metrics[name].bounds != (None, None):
            weeks = range(every.start + linear.back(name), every.stop)
            yield from (_closed(linear.form(name, week), *policy.metrics[name].bounds) for week in weeks)


def _closed(form: Form, low: float | None, high: float | None) -> Row:
    """Give a row whose ends are allowed."""
    ends = (-math.inf if low is None else low, math.inf if high is None else high)
    slack = 0.0 if low == high else SLACK * max(1.0, *(abs(end) for end in ends if math.isfinite(end)))
    return Row(form, ends[0] - slack, ends[1] + slack, 0.0)


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
    """Put right week after week, each towards the choice that is nearest, until nothing is wrong.

    At first sums get room to spare; where that keeps others from what they must be, only what is wrong is changed.
    """
    for sweep in range(SWEEPS):
        nearest = [min(choices, key=lambda choice: sum(_distance(row, figures) for row in choice)) for choices in rows]
        wanted = [*(row for choice in nearest for row in choice), *laws]
        if all(row.holds(figures) for row in wanted):
            return True
        for row in wanted:
            if sweep < ROOMY or not row.holds(figures):
                row.correct(figures)
    return False


def _distance(row: Row, figures: Mapping[Key, float]) -> float:
    size = math.sqrt(math.fsum(factor * factor for factor in row.form.terms.values())) or 1.0
    return abs(row.wrong(figures)) / size
