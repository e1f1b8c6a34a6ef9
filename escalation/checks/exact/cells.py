"""What the conditions of a policy can tell apart: the axes they rest on, each cut into points and open intervals."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from escalation.checks.exact.budget import NotProved
from escalation.checks.exact.spans import span
from escalation.evaluation.reading import half_up
from escalation.evaluation.readings import Readings
from escalation.observations import NO_WEEK, tabulate
from escalation.periods import last_day_of
from escalation.policy.conditions import Comparison, JudgementLeaf, Limits, walk
from escalation.policy.metrics import (
    Bands,
    Highest,
    InputMetric,
    Kind,
    Lag,
    Lowest,
    Reported,
)
from escalation.policy.model import Policy
from escalation.policy.operands import operands

REGION = "region"
SAME, NEAR = 1e-13, 1e-9
"""Cuts that differ by less than the first, relative to their size, are one; those that differ by less than the second
are too near to be told apart from what the tolerance of comparisons blurs."""


class Cell(NamedTuple):
    """A point (low and high are equal), an open interval, or no value; `value` stands for all of it."""

    value: float | None
    low: float = math.nan
    high: float = math.nan


class Axis(NamedTuple):
    """A metric that can move by itself, and the cells that the policy can tell apart."""

    name: str
    cells: tuple[Cell, ...]


NOTHING = Cell(None)
ANSWERS = (Cell(1.0, 1.0, 1.0), Cell(0.0, 0.0, 0.0))


def given(policy: Policy, start: int, series: Mapping[str, Sequence[float | None]]) -> Readings:
    """Give the readings of metrics with one value a week, computed metrics too; the rest follows by the engine.

    A computed metric without a value has none, whatever its operands are: it is put down as unusable. An attribute has
    its first value, and every week counts as one of the data.
    """
    fixed = {name for name, metric in policy.inputs.items() if metric.kind is Kind.ATTRIBUTE}
    computed = policy.metrics.keys() - policy.inputs.keys()
    entries = [(REGION, NO_WEEK, name, values[0]) for name, values in series.items() if name in fixed]
    entries += [
        (
            REGION,
            start + index,
            name,
            None if name in fixed else math.nan if name in computed and value is None else value,
        )
        for name, values in series.items()
        for index, value in enumerate(values)
    ]
    return Readings(policy, tabulate(policy.calendar, entries), REGION)


def snapshot(policy: Policy, week: int, values: Mapping[str, float | None]) -> Readings:
    """Give the readings of one week in which the axes have some values."""
    return given(policy, week, {name: (value,) for name, value in values.items()})


def bases(policy: Policy, name: str) -> tuple[str, ...]:
    """Name the axes that a metric rests on: itself, or what its bands and extremes look at."""
    metric = policy.metrics[name]
    match metric:
        case Bands():
            return bases(policy, metric.bands.of)
        case Highest(highest=several) | Lowest(lowest=several):
            return tuple(dict.fromkeys(base for operand in several.of for base in bases(policy, operand)))
        case _:
            return (name,)


def axes(policies: Sequence[tuple[Policy, Collection[str]]], weeks: Sequence[int], *, gaps: bool) -> dict[str, Axis]:
    """Give the axes that some triggers of policies with the same metrics rest on, and the judgements they require.

    They are cut wherever one of the policies cuts by the thresholds in force in some weeks. With `gaps` any can be
    missing.
    """
    found: dict[str, set[float]] = {}
    judgements: dict[str, None] = {}
    for policy, triggers in policies:
        for name in triggers:
            for _, leaf in walk(policy.triggers[name].when, ()):
                if isinstance(leaf, JudgementLeaf):
                    judgements[leaf.judgement] = None
                elif isinstance(leaf, Comparison):
                    for week in weeks:
                        for axis, cut in _pulled_back(policy, week, leaf.metric, _numbers(policy, week, leaf) or {0.0}):
                            found.setdefault(axis, set()).add(cut)
        judgements |= dict.fromkeys(name for move in policy.moves for name in move.requires or ())
    missing = (NOTHING,) if gaps else ()
    owners = {name: policy for policy, _ in reversed(policies) for name in policy.metrics}
    result = {name: Axis(name, (*cells_of(owners[name], name, cuts), *missing)) for name, cuts in found.items()}
    return result | {name: Axis(name, (*ANSWERS, *missing)) for name in judgements}


def _numbers(policy: Policy, week: int, limits: Limits) -> set[float]:
    day = last_day_of(policy.calendar, week)
    found = (limit if isinstance(limit, float) else policy.parameters[limit].on(day) for _, limit in limits.limits)
    return {limit for limit in found if limit is not None}


def _pulled_back(policy: Policy, week: int, name: str, cuts: set[float]) -> Iterator[tuple[str, float]]:
    """Say where the axes below a metric must be cut so that it can be told on which side of its cuts it lies."""
    metric = policy.metrics[name]
    if isinstance(metric, Highest | Lowest):
        cuts = cuts | {bound for bound in metric.bounds if bound is not None}
    if metric.decimals is not None:
        cuts = cuts | {edge for cut in cuts for edge in jumps(cut, metric.decimals)}
    match metric:
        case Bands():
            rows = {number for row in metric.bands.rows for number in _numbers(policy, week, row)}
            yield from _pulled_back(policy, week, metric.bands.of, rows or {0.0})
        case Highest(highest=several) | Lowest(lowest=several):
            for operand in several.of:
                yield from _pulled_back(policy, week, operand, cuts)
        case InputMetric(reported=Reported() as reported):
            offsets = {"down": (-1.0, 0.0), "up": (0.0, 1.0), "nearest": (-0.5, 0.0, 0.5)}[reported.how]
            yield from ((name, cut + offset * reported.step) for cut in cuts for offset in offsets)
        case Lag() if _is_rounded(policy, name):
            raise NotProved(f"`{name}` looks back at a figure that is only known rounded")
        case _:
            yield from ((name, cut) for cut in cuts)


def _is_rounded(policy: Policy, name: str) -> bool:
    """Say whether a metric carries the interval of a rounded figure along."""
    metric = policy.metrics[name]
    if isinstance(metric, InputMetric):
        return metric.reported is not None
    carried = isinstance(metric, Bands | Highest | Lowest | Lag)
    return carried and any(_is_rounded(policy, operand) for _, operand in operands(metric))


def jumps(cut: float, decimals: int) -> Iterator[float]:
    """Give the values next to a cut at which rounding jumps."""
    size = 10.0**-decimals
    grid = round(cut / size)
    yield from ((grid * 2 - 1) * size / 2, (grid * 2 + 1) * size / 2)


def cells_of(policy: Policy, name: str, cuts: Iterable[float]) -> list[Cell]:
    """Cut the range of a metric into points and open intervals. Raise NotProved for cuts too near to each other."""
    low, high = span(policy, name)
    points: list[float] = []
    for cut in sorted(cuts):
        size = max(1.0, abs(cut))
        low = cut if abs(cut - low) <= NEAR * size else low
        high = cut if abs(cut - high) <= NEAR * size else high
        if not low <= cut <= high or (points and cut - points[-1] <= SAME * size):
            continue
        if points and cut - points[-1] < NEAR * size:
            raise NotProved(f"`{name}` is compared with {points[-1]:.15g} and {cut:.15g}, too near to be told apart")
        points.append(cut)
    if low > high:
        return [NOTHING]
    found: list[Cell] = []
    for index, (left, right) in enumerate(pairwise([low, *points, high])):
        if index:
            found.append(Cell(left, left, left))
        if left < right:
            found.append(Cell(between(left, right), left, right))
    found = found or [Cell(low, low, high)]
    decimals = policy.metrics[name].decimals
    if decimals is None:
        return found
    return _rounded(found, decimals, keep=isinstance(policy.metrics[name], InputMetric))


def _rounded(found: Sequence[Cell], decimals: int, *, keep: bool) -> list[Cell]:
    """Join the cells next to each other that are rounded to the same; `keep` the values themselves, if they are one."""
    joined: list[Cell] = []
    for value, same in groupby(found, lambda one: half_up(one.value or 0.0, decimals)):
        cells = list(same)
        alone = cells[0].value if keep and len(cells) == 1 else value
        joined.append(Cell(alone, cells[0].low, cells[-1].high))
    return joined


def between(low: float, high: float) -> float:
    """Choose a short number inside an open interval, of which an end may be infinite.

    >>> between(50, 70), between(4, math.inf), between(-math.inf, 4), between(0.2, 0.25)
    (60.0, 5.0, 3.0, 0.23)
    """
    if math.isinf(low) and math.isinf(high):
        return 0.0
    if math.isinf(high):
        return low + 10.0 ** max(0, math.floor(math.log10(abs(low) or 1)))
    if math.isinf(low):
        return high - 10.0 ** max(0, math.floor(math.log10(abs(high) or 1)))
    middle = (low + high) / 2
    for digits in range(-math.floor(math.log10(high - low)), 18):
        rounded = round(middle, digits)
        if low < rounded < high:
            return rounded
    return middle
