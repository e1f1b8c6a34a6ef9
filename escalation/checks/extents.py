"""Between which ends the values of a metric can lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from escalation.policy.metrics import Bands, Change, Difference, Highest, Lag, Lowest, Mean, Per, Product, Ratio, Sum
from escalation.policy.operands import operands

if TYPE_CHECKING:
    from escalation.policy.model import Policy

Extent = tuple[float | None, float | None]
"""The lowest and the highest value; none: there is no such end, or it is not known."""


def extent(policy: Policy, name: str) -> Extent:
    """Give the ends that a metric keeps to: those of the file or of its unit, or what follows from its operands."""
    bounds = policy.metrics[name].bounds
    return bounds if bounds != (None, None) else computed_extent(policy, name)


def computed_extent(policy: Policy, name: str) -> Extent:
    """Give the ends that follow from what a metric is computed from, whatever range it states itself.

    An operand of a `highest` that is passed over when it is missing sets no lower end; of a metric that is rounded
    nothing is said, for rounding may lead beyond.
    """
    metric = policy.metrics[name]
    if metric.decimals is not None:
        return None, None
    below = [policy.metrics[operand].bounds for _, operand in operands(metric)]
    lows, highs = [low for low, _ in below], [high for _, high in below]
    match metric:
        case Mean() | Lag():
            return below[0]
        case Ratio() | Per() if all(low is not None and low >= 0 for low in lows):
            return 0.0, None
        case Change():
            return _less(lows[0], highs[0]), _less(highs[0], lows[0])
        case Sum(sum=window):
            return _times(lows[0], window.over), _times(highs[0], window.over)
        case Difference() | Product():
            return _of_two(metric, below)
        case Highest(highest=several):
            sure = several.missing == "unknown"
            return _known(lows, max) if sure else _all_or_none(lows, min), _all_or_none(highs, max)
        case Lowest(lowest=several):
            sure = several.missing == "unknown"
            return _all_or_none(lows, min), _known(highs, min) if sure else _all_or_none(highs, max)
        case Bands(bands=table):
            given = [row.value if row.otherwise is None else row.otherwise for row in table.rows]
            values = [value for value in given if value is not None]
            return min(values), max(values)
        case _:
            return None, None


def _of_two(metric: Difference | Product, below: Sequence[Extent]) -> Extent:
    low, high = below[0]
    if isinstance(metric, Difference):
        minus = metric.difference.minus
        least, most = (minus, minus) if isinstance(minus, float) else below[1]
        return _less(low, most), _less(high, least)
    factor = metric.product.by
    if not isinstance(factor, float):
        return None, None
    one, other = _times(low, factor), _times(high, factor)
    return (one, other) if factor >= 0 else (other, one)


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _times(end: float | None, factor: float) -> float | None:
    return None if end is None else end * factor


def _known(ends: Sequence[float | None], choose: Callable[[list[float]], float]) -> float | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known else None


def _all_or_none(ends: Sequence[float | None], choose: Callable[[list[float]], float]) -> float | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None
