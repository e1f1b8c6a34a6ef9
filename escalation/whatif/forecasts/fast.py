"""What draws pick, compiled by numba (extra `fast`): the words of `philox`, bit for bit, and never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from escalation.whatif.forecasts.philox import HALF, LOW, MULTIPLIERS, ROUNDS

if TYPE_CHECKING:
    from escalation.whatif.forecasts.past import Places
    from escalation.whatif.forecasts.philox import Numbers, Words

TILE = 256
FIRST, SECOND = MULTIPLIERS


@njit(nogil=True, cache=True)
def draw(keys: Numbers, scenarios: Words, rest: Numbers, found: Numbers) -> None:
    """Set `found` [word, lane] to the words of some scenarios; `rest` is what follows the scenario in the counter."""
    for lane in range(len(scenarios)):
        c0, c1, c2, c3 = np.uint64(scenarios[lane]), rest[0], rest[1], rest[2]
        for turn in range(ROUNDS):
            first, second = FIRST * c0, SECOND * c2
            c0, c1 = (second >> HALF) ^ c1 ^ keys[turn, 0], second & LOW
            c2, c3 = (first >> HALF) ^ c3 ^ keys[turn, 1], first & LOW
        found[0, lane], found[1, lane], found[2, lane], found[3, lane] = c0, c1, c2, c3


@njit(nogil=True, cache=True)
def pick(  # noqa: PLR0917 - compiled: by place
    keys: Numbers,
    scenarios: Words,
    own: Numbers,
    shared: Numbers,
    following: np.uint64,
    starts: Places,
    sizes: Places,
    found: Places,
) -> None:
    """Set `found` [scenario] as `Picking.picked` does; `own` and `shared` are the rests of both counters."""
    mine, ours = np.empty((4, TILE), np.uint64), np.empty((4, TILE), np.uint64)
    count = np.uint64(len(starts))
    for first in range(0, len(scenarios), TILE):
        size = min(TILE, len(scenarios) - first)
        some = scenarios[first : first + size]
        draw(keys, some, own, mine)
        draw(keys, some, shared, ours)
        for lane in range(size):
            follows = mine[3, lane] < following
            which = ours[0, lane] if follows else mine[0, lane]
            turned = ours[2, lane] if follows else mine[2, lane]
            place = np.int64((which * count) >> HALF)
            whose = np.int64((mine[1, lane] * np.uint64(sizes[place])) >> HALF)
            found[first + lane] = np.int64(turned >> np.uint64(31)) * len(starts) + starts[place] + whose
