"""Means, quantiles and shares of numbers over draws are those of the draws one by one."""

from __future__ import annotations

import math
from dataclasses import replace
from math import ceil

import numpy as np
import pytest

from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outcomes import Kind, Outcome, by_region
from escalation.whatif.outlook import Outlook, outlook
from escalation.whatif.spreads import PERCENTS, quantile, spreads
from tests.whatif.test_outlook import COURSES


def one_by_one(counts: np.ndarray) -> list[int]:
    """Give the number of every draw, the least first."""
    return np.repeat(np.arange(len(counts)), counts).tolist()


@pytest.mark.parametrize("seed", range(40))
def test_a_quantile_is_the_least_number_that_enough_draws_do_not_exceed(seed: int) -> None:
    random = np.random.default_rng(seed)
    counts = random.integers(0, 4, random.integers(1, 12))
    counts[random.integers(len(counts))] += 1
    draws = one_by_one(counts)
    for percent in (1, 5, 25, 50, 75, 95, 100):
        found = quantile(counts, percent)
        assert found == draws[ceil(percent * len(draws) / 100) - 1]
        assert sum(one <= found for one in draws) * 100 >= percent * len(draws)
        assert sum(one < found for one in draws) * 100 < percent * len(draws)


def test_a_quantile_at_the_very_share_is_not_rounded_away() -> None:
    assert quantile(np.array([5, 95]), 5) == 0
    assert quantile(np.array([4, 96]), 5) == 1
    assert quantile(np.array([10**15, 19 * 10**15 + 1]), 5) == 1


@pytest.fixture(scope="module")
def found() -> Outlook:
    return outlook(replace(COURSES["followed"], weeks=12), Draws(seed=2, count=900))


def test_every_number_of_a_region_is_described(found: Outlook) -> None:
    for lane in range(len(found.regions)):
        told = spreads(found, lane)
        assert [one.of for one in told] == [Kind.WEEKS] * 3 + [Kind.CHANGES, Kind.SHORTEST_STAY]
        assert [one.rank for one in told] == [0, 1, 2, None, None]
        for one, counts in zip(told, [*found.weeks_in[lane], found.changes[lane]], strict=False):
            draws = one_by_one(counts)
            assert one.mean == pytest.approx(sum(draws) / 900)
            assert one.quantiles == tuple(draws[ceil(percent * 9) - 1] for percent in PERCENTS)
            assert one.median == draws[449]
            assert one.share == sum(draw > 0 for draw in draws) / 900


def test_a_draw_without_a_shortest_stay_counts_as_one_with_a_longer_one(found: Outlook) -> None:
    lanes = range(len(found.regions))
    told = [(spreads(found, lane)[-1], one_by_one(found.shortest_stay[lane])) for lane in lanes]
    for one, draws in told:
        stays = [*(draw for draw in draws if draw), *(None for draw in draws if not draw)]
        assert one.share == sum(draw > 0 for draw in draws) / 900
        assert one.quantiles == tuple(stays[ceil(percent * 9) - 1] for percent in PERCENTS)
        assert (one.mean is None) is (one.share < 1)
    assert any(0.05 < one.share < 0.5 for one, _ in told)


def test_the_shortest_stay_has_a_mean_where_all_draws_have_one(found: Outlook) -> None:
    stays = np.zeros_like(found.shortest_stay)
    stays[0, [2, 5]] = 300, 600
    told = spreads(replace(found, shortest_stay=stays), 0)[-1]
    assert (told.mean, told.quantiles, told.share) == (4.0, (2, 5, 5), 1.0)


@pytest.mark.parametrize("course", COURSES)
def test_the_median_of_a_forecast_is_the_one_that_sweeps_and_tornados_tell(course: str) -> None:
    found = outlook(replace(COURSES[course], weeks=12), Draws(seed=2, count=300))
    told = by_region(found).of(Outcome(kind=Kind.SHORTEST_STAY)).tolist()
    for lane, other in enumerate(told):
        median = spreads(found, lane)[-1].median
        assert (math.inf if median is None else median) == other


def test_where_no_draw_has_a_stay_there_is_no_mean_and_no_quantile() -> None:
    (*_, changes, stay) = spreads(outlook(COURSES["never"], Draws(seed=2, count=50)), 0)
    assert (changes.mean, changes.quantiles, changes.share) == (0.0, (0, 0, 0), 0.0)
    assert (stay.mean, stay.quantiles, stay.median, stay.share) == (None, (None, None, None), None, 0.0)
