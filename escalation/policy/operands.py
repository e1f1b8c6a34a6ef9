"""What a metric is computed from: its operation and operands, how far back it looks, its unit."""

from __future__ import annotations

from collections.abc import Mapping

from escalation.policy.metrics import (
    OPERATIONS,
    PERCENT,
    PERCENTAGE_POINTS,
    Bands,
    Change,
    Derived,
    Difference,
    Highest,
    InputMetric,
    Lag,
    Lowest,
    Mean,
    Metric,
    Per,
    Product,
    Projection,
    Ratio,
    Sum,
)


def operands(metric: Metric) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """Name the metrics that a metric is computed from, each with its route inside the metric; none for an input."""
    match metric:
        case Ratio(ratio=pair):
            return ((("ratio", "of"), pair.of), (("ratio", "to"), pair.to))
        case Per(per=pair):
            return ((("per", "of"), pair.of), (("per", "to"), pair.to))
        case Difference(difference=minus):
            found = ((("difference", "of"), minus.of), (("difference", "minus"), minus.minus))
        case Product(product=times):
            found = ((("product", "of"), times.of), (("product", "by"), times.by))
        case Highest(highest=several):
            return tuple((("highest", "of", index), name) for index, name in enumerate(several.of))
        case Lowest(lowest=several):
            return tuple((("lowest", "of", index), name) for index, name in enumerate(several.of))
        case InputMetric():
            return ()
        case _:
            operation = operation_of(metric)
            return (((operation, "of"), getattr(metric, operation).of),)
    return tuple((route, name) for route, name in found if isinstance(name, str))


def look_back(metric: Metric) -> int:
    """Count the weeks before the present one that an operation looks at."""
    match metric:
        case Change(change=window):
            return window.over
        case Mean(mean=window) | Sum(sum=window):
            return window.over - 1
        case Lag(lag=delay):
            return delay.by
        case Projection(projection=trend):
            return trend.from_last - 1
        case _:
            return 0


def operation_of(metric: Derived) -> str:
    """Name the operation of a derived metric."""
    return next(key for key in OPERATIONS if key in type(metric).model_fields)


def unit_of(metrics: Mapping[str, Metric], name: str) -> str | None:
    """Give the unit of a metric: its own, or the one that its operation makes of its operand's."""
    metric = metrics[name]
    if metric.unit is not None or isinstance(metric, InputMetric):
        return metric.unit
    first = operands(metric)[0][1]
    match metric:
        case Ratio() | Per() | Product() | Bands():
            return None
        case Change() | Difference() if unit_of(metrics, first) == PERCENT:
            return PERCENTAGE_POINTS
        case _:
            return unit_of(metrics, first)
