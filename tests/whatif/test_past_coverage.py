"""Past coverage: near nominal where the method is right, far from it where it is wrong, blind to what came later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from escalation.whatif.forecasts.baselines import LastRate
from escalation.whatif.forecasts.past_coverage import LEVELS, PastCoverage, coverage, crps, held
from escalation.whatif.forecasts.residuals import ResidualPaths
from tests.bench.bench_forecast import new_jersey
from tests.whatif.families import UPTAKE, late_reports, levels, past_of, uptake

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.whatif.forecasts.forecast import Method
    from escalation.whatif.forecasts.past import Past

TOLERANCE = 0.12
"""Forecasts from one week share its surprises: 8 weeks of origin and two series leave chance that much."""


def twelve_weeks(pasts: list[Past], by: Method) -> list[float]:
    """Give of each level the share held 12 weeks ahead, over several series."""
    found = [coverage(one, weeks=12, by=by, origins=8).horizons[-1] for one in pasts]
    return [float(one) for one in np.mean([one.held for one in found], axis=0)]


def pasts(family: str) -> list[Past]:
    return [
        uptake(family, seed) if family in UPTAKE else late_reports(seed) if family == "late reports" else levels(seed)
        for seed in (0, 1)
    ]


@pytest.mark.parametrize("family", [*UPTAKE, "late reports", "flow"])
def test_intervals_of_the_default_method_hold_about_what_they_say(family: str) -> None:
    assert twelve_weeks(pasts(family), ResidualPaths()) == pytest.approx(LEVELS, abs=TOLERANCE)


@pytest.mark.parametrize(
    ("wrong", "family"),
    [
        (ResidualPaths(is_reversing=False), "logistic"),
        (LastRate(), "logistic"),
        (LastRate(), "noise"),
        (LastRate(), "flow"),
    ],
)
def test_a_wrong_method_fails_that_tolerance(wrong: Method, family: str) -> None:
    found = twelve_weeks(pasts(family), wrong)
    assert found != pytest.approx(LEVELS, abs=TOLERANCE)
    assert found[1] < LEVELS[1] - 2 * TOLERANCE


def test_the_default_method_errs_less_than_the_simple_one() -> None:
    for family in UPTAKE:
        last = coverage(pasts(family)[0], weeks=12, origins=3).horizons[-1]
        assert last.crps < 0.6 * last.crps_beside


def test_each_horizon_counts_its_forecasts_and_later_ones_err_more() -> None:
    found = coverage(uptake("noise", 3), weeks=12, origins=4)
    assert [one.weeks for one in found.horizons] == [1, 2, 4, 8, 12]
    assert {one.forecasts for one in found.horizons} == {20 * 4}
    assert found.origins == 4
    errors = [one.crps for one in found.horizons]
    assert errors == sorted(errors)


def test_of_many_regions_some_are_taken_unless_they_are_named() -> None:
    past = uptake("noise", 3, regions=120)
    assert coverage(past, weeks=2, origins=1).regions == 50
    assert coverage(past, weeks=2, origins=1, regions=["Region 07", "Region 08"]).horizons[-1].forecasts == 2


def test_what_came_is_left_out_where_it_is_missing() -> None:
    past = uptake("noise", 3)
    values = past.values.copy()
    values[:, -1] = np.nan
    found = coverage(replace(past, values=values), weeks=4, origins=4)
    assert [(one.weeks, one.forecasts) for one in found.horizons] == [(1, 80), (2, 80), (4, 60)]


def test_the_future_of_an_origin_is_used_only_to_score_it() -> None:
    past = uptake("noise", 3)
    jumped = past.values.copy()
    jumped[:, -4:] = past.populations[:, -4:]
    found = coverage(replace(past, values=jumped), weeks=4, origins=1).horizons[-1]
    assert found.held == (0, 0, 0)
    assert coverage(past, weeks=4, origins=1).horizons[-1].held[-1] > 0.8


def test_scores_are_in_percent_of_the_population() -> None:
    past = uptake("noise", 3)
    tenfold = past_of(past.values * 10, past.populations[:, 0] * 10)
    one, other = (coverage(known, weeks=4, origins=2) for known in (past, tenfold))
    assert one.is_percent
    assert one.horizons[-1].crps == pytest.approx(other.horizons[-1].crps, rel=0.02)


def test_a_past_that_is_too_short_has_no_past_coverage() -> None:
    past = uptake("noise", 3, weeks=20)
    assert coverage(past, weeks=4, origins=2).horizons[-1].forecasts == 40
    short = coverage(uptake("noise", 3, weeks=18), weeks=4)
    assert short.horizons == ()
    assert str(short) == "past coverage not measured: the data are too short"


def test_past_coverage_is_said_in_a_line() -> None:
    found = coverage(uptake("noise", 3), weeks=4, origins=2)
    share = [f"{100 * one:.0f} %" for one in found.horizons[-1].held]
    assert str(found) == (
        f"past coverage 4 weeks ahead: 50 % intervals held {share[0]}, 80 % intervals held {share[1]}, "
        f"95 % intervals held {share[2]} (forecasts: 40, regions: 20, weeks of origin: 2)"
    )


def test_the_same_past_has_the_same_coverage() -> None:
    def once() -> PastCoverage:
        return coverage(uptake("noise", 3), weeks=4, origins=2)

    assert once() == once()


def test_an_interval_holds_its_ends() -> None:
    sample = np.arange(101.0)
    assert held(sample, 90.0, [0.5, 0.8]) == (False, True)
    assert held(sample, 90.1, [0.8]) == (False,)
    assert held(np.full(5, 3.0), 3.0, [0.5]) == (True,)


def test_the_score_is_that_of_its_definition() -> None:
    rng = np.random.default_rng(1)
    sample, came = rng.normal(size=40), 0.3
    plain = np.abs(sample - came).mean() - np.abs(sample[:, np.newaxis] - sample).mean() / 2
    assert crps(sample, came) == pytest.approx(plain)


def test_the_weekly_figures_of_new_jersey_are_forecast_better_than_by_the_simple_method(project: Path) -> None:
    table = project.parent / "shared" / "data" / "us-community-levels-new-jersey.csv"
    if not table.is_file():
        pytest.skip(f"{table.name} is not part of the project: put it in ../shared/data to measure")
    for metric, past in new_jersey(table).items():
        assert len(past.names) == (21 if metric == "cases" else 9)
        last = coverage(past, weeks=12, origins=6).horizons[-1]
        assert 0.6 < last.held[1] < 0.95
        assert last.crps < 0.75 * last.crps_beside
