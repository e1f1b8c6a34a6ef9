"""Intervals in which metrics lie, whatever their inputs are."""

from __future__ import annotations

import math
from collections.abc import Callable

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
    Per,
    Product,
    Ratio,
    Sum,
)
from escalation.policy.model import Policy

Span = tuple[float, float]
EVERYTHING: Span = (-math.inf, math.inf)


def span(policy: Policy, name: str) -> Span:
    """Give an interval in which a metric lies whatever its inputs are: a value outside its range is not used."""
    metric = policy.metrics[name]
    result = _span_of(metric, lambda operand: _operand(policy, operand))
    least, most = metric.bounds
    return (
        max(result[0], -math.inf if least is None else least),
        min(result[1], math.inf if most is None else most),
    )


def _operand(policy: Policy, operand: str | float) -> Span:
    return span(policy, operand) if isinstance(operand, str) else (operand, operand)


def _span_of(metric: Metric, of: Callable[[str | float], Span]) -> Span:
    match metric:
        case Ratio():
            return _quotient(of(metric.ratio.of), of(metric.ratio.to), 100.0 if metric.unit == PERCENT else 1.0)
        case Per():
            return _quotient(of(metric.per.of), of(metric.per.to), metric.per.scale)
        case Change():
            return _less(of(metric.change.of), of(metric.change.of))
        case Mean():
            return of(metric.mean.of)
        case Lag():
            return of(metric.lag.of)
        case Difference():
            return _less(of(metric.difference.of), of(metric.difference.minus))
        case Product():
            return _times(of(metric.product.of), of(metric.product.by))
        case Highest(highest=several) | Lowest(lowest=several):
            ends = [of(operand) for operand in several.of]
            return min(low for low, _ in ends), max(high for _, high in ends)
        case _:
            return _span_of_numbers(metric, of)


def _span_of_numbers(metric: Metric, of: Callable[[str | float], Span]) -> Span:
    match metric:
        case Sum():
            low, high = of(metric.sum.of)
            return low * metric.sum.over, high * metric.sum.over
        case Bands():
            either = [row.otherwise if row.value is None else row.value for row in metric.bands.rows]
            values = [value for value in either if value is not None]
            return min(values), max(values)
        case _:
            return EVERYTHING


def _less(one: Span, other: Span) -> Span:
    return one[0] - other[1], one[1] - other[0]


def _times(one: Span, other: Span) -> Span:
    ends = [0.0 if 0 in (a, b) else a * b for a in one for b in other]
    return min(ends), max(ends)


def _quotient(of: Span, to: Span, scale: float) -> Span:
    if to[0] <= 0 <= to[1]:
        if to[0] == 0 and of[0] >= 0:
            return 0.0, math.inf
        return EVERYTHING
    low, high = _times(of, (1 / to[1], 1 / to[0]))
    return low * scale, high * scale
