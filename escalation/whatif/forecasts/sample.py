"""Draws that stand for others: where few paths can be picked, each is followed once and counts as often as it is."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.picking import Picking

FEW = 2
"""Ways to pick for each draw up to which they are looked for: with two, one draw in five picks as another does."""


class Sample(NamedTuple):
    """Draws, for how many each stands, [draw], and the place of the one that stands for each of all draws."""

    draws: Draws
    weights: NDArray[np.int64]
    places: NDArray[np.int64]

    def cut(self, first: int, end: int) -> Sample:
        """Give those from the place `first` to before `end`; where there are fewer, others that stand for none."""
        places = np.minimum(np.arange(first, end), len(self.weights) - 1)
        weights = np.where(np.arange(first, end) < len(self.weights), self.weights[places], 0)
        return Sample(self.draws.only(places), weights, self.places - first)


def every(draws: Draws) -> Sample:
    """Let each draw stand for itself."""
    return Sample(draws, np.ones(draws.count, dtype=np.int64), np.arange(draws.count))


def sample(pickings: Sequence[Picking], draws: Draws) -> Sample:
    """Give one draw of all those that pick alike in every way."""
    ways = prod(one.ways for one in pickings)
    if ways > FEW * draws.count:
        return every(draws)
    numbers = np.zeros(draws.count, dtype=np.int64)
    for one in pickings:
        numbers = numbers * one.ways + one.alike(draws)
    weights = np.bincount(numbers, minlength=ways)
    places = np.zeros(ways, dtype=np.int64)
    places[numbers] = np.arange(draws.count)
    held = np.flatnonzero(weights)
    return Sample(draws.only(places[held]), weights[held], (np.cumsum(weights > 0) - 1)[numbers])
