"""The response of people to the stages in force in many draws, as `scenarios.responding` has it on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.panel import UNUSABLE, Bools, Floats
from escalation.whatif.arrays.words import Words, unpacked, words_for
from escalation.whatif.scenarios.adopting import Lift

Factors = Mapping[str, Floats]
"""By metric how many times as much it grows in each week to come, [week, region, draw]."""


def factors_of(
    lifts: Sequence[Lift], in_force: Mapping[Key, Words], ranks: Mapping[str, int], shape: tuple[int, int, int]
) -> Factors:
    """Give the factors that follow from stages in force, words by `stage S`; `shape` is weeks, regions and draws."""
    weeks, regions, draws = shape
    found: dict[str, Floats] = {}
    for lift in lifts:
        own = found.setdefault(lift.metric, np.ones(shape))
        for stage in lift.stages:
            words = in_force[Key("stage", ranks[stage])]
            held: Bools = unpacked(np.broadcast_to(words, (weeks, regions, words_for(draws))), draws)
            own[held] *= 1 + lift.percent / 100
    return found


def lifted_flow(values: Floats, factors: Floats) -> Floats:
    """Give the figures of a flow, [week, region, draw]: each changes by the factor of its week."""
    with np.errstate(over="ignore", invalid="ignore"):
        return _usable(values * factors, values)


def lifted_count(values: Floats, factors: Floats, *, base: Floats, age: Floats, most: Floats | None) -> Floats:
    """Give the figures of a cumulative count in the weeks to come, [week, region, draw].

    The increase since the figure before changes by the mean of the factors of the weeks in between. `base` [region, 1]
    is the newest figure on record, `age` weeks before the last week on record; `most` is what a count does not pass.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        week = np.arange(len(values)).reshape(-1, 1, 1)
        is_known = np.isfinite(values)
        newest = np.maximum.accumulate(np.where(is_known, week, -1), axis=0)
        before = np.concatenate([np.full_like(newest[:1], -1), newest[:-1]])
        so_far = np.cumsum(factors, axis=0)
        place, is_first = np.maximum(before, 0), before < 0
        earlier = np.where(is_first, base, np.take_along_axis(values, place, axis=0))
        passed = np.where(is_first, -age, np.take_along_axis(so_far, place, axis=0))
        mean = (so_far - passed) / np.where(is_first, week + 1 + age, week - before)
        gained = np.where(is_known & np.isfinite(earlier), (mean - 1) * (values - earlier), 0.0)
        found = _usable(values + np.cumsum(gained, axis=0), values)
    return found if most is None else np.where(np.isnan(found), found, np.minimum(found, np.fmax(most, values)))


def _usable(found: Floats, values: Floats) -> Floats:
    return np.where(np.isfinite(found) | np.isnan(values), found, UNUSABLE)
