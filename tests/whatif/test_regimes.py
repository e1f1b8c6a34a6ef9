"""Regimes: the same draws under halved supply, a campaign, a stop, or an uptake that a person gives."""

from __future__ import annotations

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.policy.metrics import Kind
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import given, prepare
from escalation.whatif.forecasts.past import Past
from escalation.whatif.forecasts.regimes import AS_BEFORE, NAMED, Regime
from tests.whatif.families import past_of, uptake

DRAWS = Draws(seed=7, count=200)
NORTH = "Region 00"
MANY = past_of(uptake("noise", 1).values * 1e6, uptake("noise", 1).populations[:, 0] * 1e6)
BEKASI = past_of(np.array([[1_506_334.0, 1_507_071.0]]), np.array([2_016_006.0]))


def paths(regime: Regime, past: Past | None = None) -> Floats:
    known = uptake("noise", 1) if past is None else past
    return prepare(known, weeks=12, origin=known.first + 44).forecast(NORTH, DRAWS, regime=regime).paths


def shares(found: Floats) -> Floats:
    """Give the weekly shares of those not yet reached behind the first week."""
    weekly: Floats = np.diff(found, axis=1) / (MANY.populations[0, 0] - found[:, :-1])
    return weekly


def test_half_the_supply_halves_the_share_of_those_not_yet_reached() -> None:
    before, halved = shares(paths(AS_BEFORE, MANY)), shares(paths(NAMED["supply halves"], MANY))
    assert np.allclose(halved, before / 2)


def test_a_campaign_doubles_it() -> None:
    before, doubled = shares(paths(AS_BEFORE, MANY)), shares(paths(NAMED["campaign doubles"], MANY))
    assert np.allclose(doubled, before * 2)


def test_after_a_stop_nothing_moves() -> None:
    latest = uptake("noise", 1).values[0, 44]
    assert (paths(NAMED["stop"]) == latest).all()


def test_a_stop_of_some_weeks_begins_and_ends() -> None:
    found = paths(Regime(name="no supply in weeks 3 and 4", factor=0, begins=3, weeks=2))
    before = paths(AS_BEFORE)
    assert np.array_equal(found[:, :2], before[:, :2])
    assert np.array_equal(found[:, 1], found[:, 3])
    assert (found[:, 4] > found[:, 3]).mean() > 0.9


def test_a_regime_of_no_weeks_changes_nothing() -> None:
    assert np.array_equal(paths(Regime(name="never", factor=0, weeks=0)), paths(AS_BEFORE))
    assert np.array_equal(paths(Regime(name="later", factor=0, begins=13)), paths(AS_BEFORE))


def test_a_regime_of_a_late_region_begins_in_the_first_week_of_the_forecast() -> None:
    past = uptake("noise", 1)
    past.values[0, 43:45] = np.nan
    before, stopped = paths(AS_BEFORE, past), paths(NAMED["stop"], past)
    assert (stopped == stopped[:, :1]).all()
    assert (stopped[:, 0] > past.values[0, 42]).all()
    assert (stopped[:, 0] < before[:, 0]).mean() > 0.9


def test_a_count_without_population_gains_half_as_much() -> None:
    past = past_of(uptake("noise", 1).values)
    latest = past.values[0, 44]
    assert np.allclose(paths(NAMED["supply halves"], past) - latest, (paths(AS_BEFORE, past) - latest) / 2, atol=12)


def test_a_weekly_uptake_given_in_people_is_one_path_that_ends_at_the_population() -> None:
    found = given(BEKASI, NORTH, Regime(name="20,000 a week", people=20_000), weeks=30)
    assert found.paths[0, :2].tolist() == [1_527_071, 1_547_071]
    assert found.paths[0, -1] == 2_016_006
    assert found.draws is None
    assert found.first.number == BEKASI.last + 1


def test_a_weekly_uptake_given_in_points_is_of_the_population() -> None:
    found = given(BEKASI, NORTH, Regime(name="two points a week", points=2), weeks=2)
    assert found.paths[0].tolist() == [1_507_071 + 40_320, 1_507_071 + 80_640]


def test_people_are_whole() -> None:
    found = given(BEKASI, NORTH, Regime(name="two and a half", people=2.6), weeks=2)
    assert found.paths[0].tolist() == [1_507_074, 1_507_076]


def test_a_given_uptake_takes_the_place_of_the_drawn_one_for_its_weeks() -> None:
    found = paths(Regime(name="300 a week", people=300, begins=2, weeks=3))
    assert np.array_equal(found[:, 0], paths(AS_BEFORE)[:, 0])
    assert (np.diff(found[:, :4], axis=1) == 300).all()
    assert len(np.unique(found[:, 4] - found[:, 3])) > 10


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"factor": 2.0, "people": 5.0}, "says in two ways"),
        ({"people": 5.0, "points": 1.0}, "says in two ways"),
        ({"factor": -1.0}, "is no number from 0 up"),
        ({"factor": float("nan")}, "is no number from 0 up"),
        ({"people": float("inf")}, "is no number from 0 up"),
        ({"begins": 0}, "are counted from 1"),
        ({"weeks": -1}, "are counted from 1"),
    ],
)
def test_a_regime_that_cannot_be_is_refused(parts: dict[str, float], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        Regime(name="odd", **parts)  # type: ignore[arg-type]


def test_a_regime_that_does_not_fit_the_metric_is_refused() -> None:
    flow = past_of(uptake("noise", 1).values, kind=Kind.FLOW)
    with pytest.raises(RequestError, match="is about a cumulative metric; `doses` is a flow"):
        paths(NAMED["stop"], flow)
    with pytest.raises(RequestError, match="percentage points of a population that is not known"):
        given(past_of(BEKASI.values), NORTH, Regime(name="a point", points=1), weeks=2)
    with pytest.raises(RequestError, match="gives no weekly uptake"):
        given(BEKASI, NORTH, NAMED["stop"], weeks=2)
