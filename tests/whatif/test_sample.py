"""Draws that pick alike are followed once, and what is counted is what all of them give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from escalation.whatif import outlook as outlooks
from escalation.whatif.forecasts import sample as samples
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.picking import Picking
from escalation.whatif.forecasts.sample import every, sample
from escalation.whatif.outlook import outlook
from tests.whatif.test_outlook import COURSES

DRAWS = Draws(seed=9, count=3000, first=17, together=0.6)


def some_picking(name: str, origins: int, blocks: int) -> Picking:
    """Give the picking of a pool in which every origin has one path more than the one before."""
    sizes = np.repeat(np.arange(1, origins + 1), np.arange(1, origins + 1))
    starts = np.repeat(np.cumsum(np.arange(origins)), np.arange(1, origins + 1))
    return Picking(name=name, blocks=blocks, starts=starts, sizes=sizes)


@pytest.mark.parametrize("together", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("seed", [0, 2**64 - 1])
@pytest.mark.parametrize("is_alone", [False, True])
def test_compiled_draws_pick_the_same(together: float, seed: int, *, is_alone: bool) -> None:
    pytest.importorskip("numba", reason="numba is an extra")
    places = np.arange(9)
    alone = Picking(name="A", blocks=2, starts=places, sizes=np.ones_like(places))
    picking = alone if is_alone else some_picking("A", 7, 2)
    draws = replace(DRAWS, together=together, seed=seed)
    for block in range(2):
        assert np.array_equal(picking.by_numba(draws, block), picking.by_numpy(draws, block))


def test_draws_with_the_same_number_pick_the_same_in_every_block() -> None:
    picking = some_picking("A", 3, 2)
    numbers = picking.alike(DRAWS)
    assert numbers.max() < picking.ways == 144
    picked = np.stack([picking.picked(DRAWS, block) for block in range(2)])
    for number in np.unique(numbers):
        assert len(np.unique(picked[:, numbers == number], axis=1).T) == 1


def test_a_sample_stands_for_all_draws_and_each_of_it_for_those_that_pick_alike() -> None:
    pickings = [some_picking("A", 3, 1), some_picking("A", 2, 2)]
    found = sample(pickings, DRAWS)
    assert found.weights.sum() == DRAWS.count
    assert len(found.weights) == found.draws.count < DRAWS.count
    numbers = [np.stack([one.alike(draws) for one in pickings]) for draws in (DRAWS, found.draws)]
    assert len(np.unique(numbers[1], axis=1).T) == found.draws.count
    for place, weight in enumerate(found.weights):
        assert (numbers[0] == numbers[1][:, [place]]).all(axis=0).sum() == weight


def test_draws_with_too_many_ways_to_pick_stand_for_themselves() -> None:
    found = sample([some_picking("A", 3, 20)], DRAWS)
    assert (found.weights == 1).all()
    assert np.array_equal(found.draws.scenarios, DRAWS.scenarios)


def test_a_part_of_a_sample_is_filled_up_with_draws_that_stand_for_none() -> None:
    found = every(replace(DRAWS, count=5)).cut(3, 8)
    assert found.weights.tolist() == [1, 1, 0, 0, 0]
    assert found.draws.scenarios.tolist() == [20, 21, 21, 21, 21]


@pytest.mark.parametrize("name", COURSES)
@pytest.mark.parametrize("cells", [1, 2000, outlooks.CELLS])
def test_an_outlook_counts_the_same_with_and_without_samples(
    name: str, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlooks, "CELLS", cells)
    course, draws = COURSES[name], replace(DRAWS, count=700)
    found = outlook(course, draws)
    monkeypatch.setattr(samples, "FEW", 0)
    alone = outlook(course, draws)
    for what in outlooks.COUNTED:
        assert np.array_equal(getattr(found, what), getattr(alone, what))
    assert (found.stage.sum(axis=-1) == draws.count).all()
