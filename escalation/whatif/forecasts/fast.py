"""Residual paths picked and laid on a level, compiled by numba (extra `fast`): digit for digit as numpy does.

The words of `philox` are never kept, and what `ResidualPaths` and `Forecast` do in many passes over all draws is done
here week by week, for so many draws that they stay near the processor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from escalation.whatif.forecasts.drive import LARGEST
from escalation.whatif.forecasts.laying import AS_DRIVEN, ODDS, RATIOS, SHARES, SUMS
from escalation.whatif.forecasts.philox import HALF, LOW, MULTIPLIERS, ROUNDS

if TYPE_CHECKING:
    from escalation.whatif.arrays.panel import Floats
    from escalation.whatif.forecasts.laying import Laying
    from escalation.whatif.forecasts.past import Places
    from escalation.whatif.forecasts.philox import Numbers, Words

TILE = 512
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
    mine, ours = np.zeros((4, TILE), np.uint64), np.empty((4, TILE), np.uint64)
    is_own = bool(np.any(sizes > 1)) or following <= LOW  # otherwise all that is its own says nothing
    count = np.uint64(len(starts))
    for first in range(0, len(scenarios), TILE):
        size = min(TILE, len(scenarios) - first)
        some = scenarios[first : first + size]
        if is_own:
            draw(keys, some, own, mine)
        draw(keys, some, shared, ours)
        for lane in range(size):
            follows = mine[3, lane] < following
            which = ours[0, lane] if follows else mine[0, lane]
            turned = ours[2, lane] if follows else mine[2, lane]
            place = np.int64((which * count) >> HALF)
            whose = np.int64((mine[1, lane] * np.uint64(sizes[place])) >> HALF)
            found[first + lane] = np.int64(turned >> np.uint64(31)) * len(starts) + starts[place] + whose


@njit(nogil=True, inline="always")
def stand(by: Laying, level: Floats) -> None:
    """Turn levels into what residuals are laid on."""
    for i in range(TILE):
        value = level[i]
        if by.scale == ODDS:
            value = max(value, by.one)
            value = min(value, by.other)
            level[i] = (value - by.one + by.floor) / (by.other - value + by.floor)
        elif by.scale == RATIOS:
            distance = by.other * (value - by.one)
            level[i] = max(distance, 0.0) + by.floor


@njit(nogil=True, inline="always")
def apply(by: Laying, level: Floats, driven: Floats) -> None:
    """Turn the residuals in `driven` into values of the drive."""
    if by.scale == ODDS:
        above, below = by.other + by.floor, by.one - by.floor
        for i in range(TILE):
            odds = level[i] * driven[i]
            value = (odds * above + below) / (1.0 + odds)
            value = max(value, by.one)
            driven[i] = min(value, by.other)
    elif by.scale == RATIOS:
        for i in range(TILE):
            distance = level[i] * driven[i] - by.floor
            distance = max(distance, 0.0)
            driven[i] = by.one + by.other * min(distance, LARGEST)
    else:
        for i in range(TILE):
            value = level[i] + driven[i] * by.one
            value = max(value, -LARGEST)
            driven[i] = min(value, LARGEST)


@njit(nogil=True, inline="always")
def carry(by: Laying, driven: Floats, total: Floats, figure: Floats) -> None:
    """Turn the drive of a week into figures."""
    if by.carrying == AS_DRIVEN:
        figure[:] = driven
    elif by.carrying == SUMS:
        for i in range(TILE):
            total[i] += driven[i]
            figure[i] = by.latest + total[i]
    else:
        for i in range(TILE):
            total[i] *= 1.0 - driven[i]
            figure[i] = by.top - by.left * total[i]


@njit(nogil=True, inline="always")
def settle(by: Laying, figure: Floats, most: Floats) -> None:
    """Hold figures to what the metric can be; `most` are the highest so far."""
    if by.is_whole:
        for i in range(TILE):
            figure[i] = np.rint(figure[i])
    for i in range(TILE):
        value = figure[i]
        value = max(value, by.low)
        figure[i] = min(value, by.high)
    if by.is_cumulative:
        for i in range(TILE):
            most[i] = max(most[i], figure[i])
            figure[i] = most[i]


@njit(nogil=True, inline="always")
def miss(figure: Floats, lost: Floats, size: int) -> None:
    """Leave `lost` at nothing only where every figure so far is a number, and a finite one."""
    for i in range(size):
        lost[i] += figure[i] - figure[i]


@njit(nogil=True, inline="always")
def write(figure: Floats, found: Floats) -> None:
    """Set what is wanted to the figures."""
    for i in range(len(found)):
        found[i] = figure[i]


@njit(nogil=True, cache=True)
def lay(by: Laying, ways: Floats, picked: Places, found: Floats, lane: int) -> bool:
    """Set `found` [week, lane, draw] to the figures of a lane; say whether all are numbers.

    `ways` [week, way] are the residual paths, and `picked` [block, draw] those that the draws pick.
    """
    level, driven, total, figure, most, lost = np.zeros((6, TILE))
    recent = np.zeros((by.recent, TILE))
    length = len(ways)
    is_sound = True
    for first in range(0, picked.shape[1], TILE):
        size = min(TILE, picked.shape[1] - first)
        total[:] = 1.0 if by.carrying == SHARES else 0.0
        most[:] = -np.inf
        level[:] = by.level
        lost[:] = 0.0
        driven[:] = 1.0
        for week in range(by.lead + len(found)):
            place = week % length
            if place == 0:
                if week:
                    level[:] = recent[0]
                    for one in range(1, by.recent):
                        level += recent[one]
                    level /= by.recent
                stand(by, level)
            drawn, way = picked[week // length, first : first + size], ways[place]
            for i in range(size):
                driven[i] = way[np.uintp(drawn[i])]
            apply(by, level, driven)
            if place >= length - by.recent:
                recent[place - length + by.recent] = driven
            carry(by, driven, total, figure)
            miss(figure, lost, size)
            settle(by, figure, most)
            if week >= by.lead:
                write(figure, found[week - by.lead, lane, first : first + size])
        is_sound &= bool(np.all(lost[:size] == 0.0))
    return is_sound
