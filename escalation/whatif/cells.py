"""Values of a threshold cut into parts throughout which every comparison comes out the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.panel import Floats, Panel
from escalation.whatif.numbers import Number, beside
from escalation.whatif.tipping import crossings

MARGIN = 1e-3
"""Far more than the tolerance within which a threshold equals a value, in parts of them."""


class Cell(NamedTuple):
    """The first and the last of values throughout which the outcome is the same."""

    first: float
    last: float

    def nearest(self, value: float) -> float:
        """Give the value of the cell that is nearest to another."""
        return min(max(value, self.first), self.last)


def compared(grid: Panel, number: Number) -> list[set[float]]:
    """Give what a threshold is compared with over the weeks of a grid, for each region."""
    figures = Figures(grid.policy, grid.values, first=grid.first)
    arrays: list[Floats] = []
    for metric in number.metrics:
        values = figures.of(metric)
        arrays += [values.value, *((values.ends.low, values.ends.high) if values.ends is not None else ())]
    others = beside(grid.policy, number)
    return [{*others}.union(*(_numbers(one[:, lane]) for one in arrays)) for lane in range(len(grid.regions))]


def _numbers(values: Floats) -> set[float]:
    return {float(one) for one in np.unique(values[np.isfinite(values)])}


def cut(low: float, high: float, values: Collection[float]) -> list[Cell]:
    """Cut a range wherever a threshold begins to stand otherwise to one of the values it is compared with."""
    margin = MARGIN * (1 + max(abs(low), abs(high)))
    near = [value for value in values if low - margin <= value <= high + margin]
    cuts = [one for one in crossings(near) if low <= one.below and one.above <= high]
    begins = [low, *(one.above for one in cuts)]
    ends = [*(one.below for one in cuts), high]
    return [Cell(first, last) for first, last in zip(begins, ends, strict=True)]
