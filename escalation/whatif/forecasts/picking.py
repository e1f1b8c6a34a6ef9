"""What the draws of a region pick among residual paths: the same for all metrics whose past has the same gaps."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from escalation.whatif.forecasts.draws import SHARED_STREAM, STREAM, Draws
from escalation.whatif.forecasts.past import Places
from escalation.whatif.forecasts.philox import keys, number, places

COMPILED = "escalation.whatif.forecasts.fast"
"""Taken where it is loaded: that costs as much as a few million picks."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picking:
    """How the draws of a region pick a path in each of `blocks`: an origin, one of those that share it, a way.

    `starts` and `sizes` [path] are those of the `Pool`; the paths picked are numbered through both its ways.
    """

    name: str
    blocks: int
    starts: Places
    sizes: Places

    def picked(self, draws: Draws, block: int) -> Places:
        """Give the path that each draw picks in a block."""
        return self.by_numba(draws, block) if COMPILED in sys.modules else self.by_numpy(draws, block)

    def by_numpy(self, draws: Draws, block: int) -> Places:
        """Give it with numpy."""
        which, whose, turned, _ = draws.mixed(self.name, block)
        place = places(which, len(self.starts))
        return places(turned, 2) * len(self.starts) + self.starts[place] + places(whose, self.sizes[place])

    def by_numba(self, draws: Draws, block: int) -> Places:
        """Give it from compiled draws. Raise ImportError where numba is not installed."""
        from escalation.whatif.forecasts import fast  # noqa: PLC0415 - an extra, and slow to load

        found = np.empty(draws.count, dtype=np.int64)
        own = np.array([number(self.name), block, STREAM], dtype=np.uint64)
        shared = np.array([0, block, SHARED_STREAM], dtype=np.uint64)
        following = np.uint64(draws.following)
        fast.pick(keys(draws.seed), draws.scenarios, own, shared, following, self.starts, self.sizes, found)
        return found

    @property
    def ways(self) -> int:
        """Count the ways to pick in all blocks together."""
        return int((2 * len(self.starts)) ** self.blocks)

    def is_like(self, other: Picking) -> bool:
        """Say whether every draw picks the same here and there."""
        return (
            (self.name, self.blocks) == (other.name, other.blocks)
            and np.array_equal(self.starts, other.starts)
            and np.array_equal(self.sizes, other.sizes)
        )

    def alike(self, draws: Draws) -> Places:
        """Number the draws, each below `ways`: those that pick alike in all blocks have the same number."""
        found = np.zeros(draws.count, dtype=np.int64)
        for block in range(self.blocks):
            found = found * (2 * len(self.starts)) + self.picked(draws, block)
        return found
