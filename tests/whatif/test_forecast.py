"""Forecasts: what paths look like, that they know nothing of the future, and that no chunking changes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.policy.metrics import Kind
from escalation.policy.values import BothLanguages, Language
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import BUILT_IN, DEFAULT, Method, method, prepare
from escalation.whatif.forecasts.residuals import RECENT, ResidualPaths
from tests.whatif.families import FIRST, levels, past_of, uptake

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.past import Past

DRAWS = Draws(seed=7, count=300)
ORIGIN = FIRST + 44
NORTH = "Region 00"


def paths(past: Past, region: str = NORTH, *, weeks: int = 12, draws: Draws = DRAWS, origin: int = ORIGIN) -> Floats:
    return prepare(past, weeks=weeks, origin=origin).forecast(region, draws).paths


def test_paths_of_a_count_are_whole_never_fall_and_never_pass_the_population() -> None:
    past = uptake("stalls", 1)
    for region, row in past.rows.items():
        found = paths(past, region, weeks=26)
        assert np.array_equal(found, np.rint(found))
        assert (np.diff(found, axis=1) >= 0).all()
        assert (found >= past.values[row, 44]).all()
        assert (found <= past.populations[row, 0]).all()


def test_paths_begin_in_the_week_behind_the_origin() -> None:
    forecast = prepare(uptake("noise", 1), weeks=3, origin=ORIGIN).forecast(NORTH, DRAWS)
    assert forecast.first.number == ORIGIN + 1
    assert forecast.labels == ("2022-W29", "2022-W30", "2022-W31")
    assert forecast.paths.shape == (300, 3)


def test_quantiles_are_given_by_week() -> None:
    forecast = prepare(uptake("noise", 1), weeks=4, origin=ORIGIN).forecast(NORTH, DRAWS)
    found = forecast.quantiles([0.1, 0.5, 0.9])
    assert found.shape == (3, 4)
    assert np.array_equal(found[1], np.median(forecast.paths, axis=0))


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_shock_after_the_origin_changes_no_forecast(name: str) -> None:
    past = uptake("two waves", 1)
    shocked = past.values.copy()
    shocked[:, 45:] = past.populations[:, 45:]
    shock = replace(past, values=shocked, populations=np.where(np.arange(70) > 44, 1e9, past.populations))
    one, other = (prepare(known, weeks=12, origin=ORIGIN, by=BUILT_IN[name]) for known in (past, shock))
    assert np.array_equal(one.forecast(NORTH, DRAWS).paths, other.forecast(NORTH, DRAWS).paths)
    later = [prepare(known, weeks=12, origin=ORIGIN + 2).forecast(NORTH, DRAWS).paths for known in (past, shock)]
    assert not np.array_equal(later[0], later[1])


def test_residual_paths_lie_wholly_in_the_past() -> None:
    past = uptake("noise", 1)
    fitted = ResidualPaths().fit(past.until(ORIGIN), weeks=12)
    # 44 weekly steps up to the origin; an origin needs 3 before it and 12 behind it
    assert fitted.pool.origins == 44 - 3 - 12 + 1
    assert fitted.pool.paths.shape == (2, 20 * 30, 12)


@pytest.mark.parametrize("cuts", [(100,), (1, 2, 250)])
@pytest.mark.parametrize("name", ["residual-paths", "last-rate"])
def test_any_chunking_gives_the_same_paths(name: str, cuts: tuple[int, ...]) -> None:
    prepared = prepare(uptake("stalls", 2), weeks=26, origin=ORIGIN, by=BUILT_IN[name])
    whole = prepared.forecast(NORTH, DRAWS).paths
    edges = (0, *cuts, 300)
    parts = [
        prepared.forecast(NORTH, replace(DRAWS, first=first, count=last - first)).paths
        for first, last in pairwise(edges)
    ]
    assert np.array_equal(np.concatenate(parts), whole)


def test_the_order_and_number_of_the_regions_asked_for_change_no_path() -> None:
    prepared = prepare(uptake("stalls", 2), weeks=8)
    one = [prepared.forecast(region, DRAWS).paths for region in ("Region 03", NORTH)]
    assert np.array_equal(one[1], prepared.forecast(NORTH, DRAWS).paths)


def test_another_seed_gives_other_paths() -> None:
    past = uptake("noise", 1)
    assert not np.array_equal(paths(past), paths(past, draws=replace(DRAWS, seed=8)))


def correlation(common: float, together: float) -> float:
    """Correlate two regions in forecasts from a past in which their uptake has so much in common."""
    rng = np.random.default_rng(3)
    noise = common**0.5 * rng.normal(size=(1, 120)) + (1 - common) ** 0.5 * rng.normal(size=(20, 120))
    reached = 1 - np.cumprod(1 - 0.01 * np.exp(noise / 2), axis=1)
    prepared = prepare(past_of(np.round(reached * 1e6), np.full(20, 1e6)), weeks=8)
    draws = Draws(seed=3, count=4_000, together=together)
    ends = [prepared.forecast(region, draws).paths[:, -1] for region in ("Region 00", "Region 01")]
    return float(np.corrcoef(ends[0], ends[1])[0, 1])


@pytest.mark.parametrize("common", [0.0, 0.5, 0.9])
def test_regions_that_share_the_draw_move_together_as_much_as_they_did(common: float) -> None:
    assert correlation(common, together=1) == pytest.approx(common, abs=0.15)


def test_regions_that_do_not_share_it_move_by_themselves() -> None:
    assert abs(correlation(0.9, together=0)) < 0.05
    assert correlation(0.9, together=0.5) == pytest.approx(0.9 / 4, abs=0.1)


def test_sharing_the_draw_changes_no_region_by_itself() -> None:
    prepared = prepare(uptake("stalls", 1), weeks=8)
    alone, shared = (
        np.quantile(prepared.forecast(NORTH, Draws(seed=3, count=20_000, together=together)).paths, [0.1, 0.5, 0.9])
        for together in (0, 1)
    )
    assert np.allclose(alone, shared, rtol=0.02)


def test_metrics_with_the_same_weeks_on_record_draw_the_same_weeks_of_the_same_region() -> None:
    past = levels(1)
    twice = replace(past, metric="twice", values=past.values * 2)
    one, other = paths(past), paths(twice)
    assert np.allclose(one * 2, other)


def test_a_region_alone_has_its_own_residuals_and_says_so() -> None:
    past = uptake("noise", 1)
    alone = past_of(past.values[:1], past.populations[:1, 0])
    assert prepare(alone, weeks=12).forecast(NORTH, DRAWS).basis.en == (
        "own residuals only, of the share of those not yet reached: paths of 12 weeks from 55 origins, "
        "half of them reversed"
    )
    assert "residuals of 20 regions" in prepare(past, weeks=12).forecast(NORTH, DRAWS).basis.in_language(
        Language.ENGLISH
    )


def test_of_too_many_residual_paths_some_are_left_out_evenly() -> None:
    fitted = ResidualPaths().fit(uptake("noise", 1, regions=60, weeks=80), weeks=12)
    assert fitted.pool.paths.shape == (2, 2_000, 12)
    assert fitted.pool.origins == 79 - 3 - 12 + 1
    assert fitted.pool.sizes.max() - fitted.pool.sizes.min() <= 1


def test_short_paths_are_laid_one_behind_the_other() -> None:
    climbing = past_of(np.arange(20.0).reshape(1, -1) * 5, kind=Kind.LEVEL)
    fitted = ResidualPaths(is_reversing=False).fit(climbing, weeks=30)
    assert fitted.pool.block == 12
    assert (fitted.paths(NORTH, DRAWS) == 95 + 5 * np.arange(1, 31)).all()


def test_paths_laid_one_behind_the_other_are_drawn_anew() -> None:
    values = np.random.default_rng(1).normal(size=(1, 60)).cumsum(axis=1)
    fitted = ResidualPaths().fit(past_of(values, kind=Kind.LEVEL), weeks=60)
    found, block = fitted.paths(NORTH, Draws(seed=1, count=4_000)), fitted.pool.block
    first, second = found[:, 1] - found[:, 0], found[:, block + 1] - found[:, block]
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.06


def test_the_same_paths_come_from_any_machine() -> None:
    # Whole numbers only: no random or transcendental function of a library has a part in them.
    steps = np.array([3, 8, 5, 13, 2, 9] * 5)
    past = past_of(np.cumsum(np.stack([steps, steps[::-1]]), axis=1).astype(float), np.array([400.0, 900.0]))
    found = prepare(past, weeks=6).forecast("Region 01", Draws(seed=1, count=3)).paths
    assert found.astype(int).tolist() == [
        [209, 211, 224, 229, 237, 240],
        [200, 206, 209, 220, 220, 228],
        [211, 213, 219, 223, 232, 235],
    ]


def test_a_region_with_a_late_figure_is_forecast_from_it_on() -> None:
    past = uptake("noise", 1)
    values = past.values.copy()
    values[0, 43:45] = np.nan
    late = replace(past, values=values)
    found = paths(late)
    assert found.shape == (300, 12)
    assert (found >= past.values[0, 42]).all()
    assert found[:, 0].mean() > past.values[0, 42] * 1.01


def test_a_missing_week_leaves_out_the_residuals_that_would_cross_it() -> None:
    past = uptake("noise", 1)
    values = past.values.copy()
    values[:, 20] = np.nan
    whole, gap = (ResidualPaths().fit(one.until(ORIGIN), weeks=4) for one in (past, replace(past, values=values)))
    # steps 19 and 20 are missing: no run of 7 steps that begins at 13 to 20
    assert whole.pool.origins - gap.pool.origins == 8


def test_a_series_that_never_moved_stays_where_it_is() -> None:
    assert (paths(past_of(np.full((3, 70), 500.0), np.full(3, 900.0))) == 500).all()
    assert (paths(past_of(np.full((3, 70), 7.5), kind=Kind.LEVEL)) == 7.5).all()
    assert np.allclose(paths(past_of(np.full((3, 70), 7.5), kind=Kind.LEVEL, bounds={"low": 0, "high": 100})), 7.5)
    assert (paths(past_of(np.full((3, 70), 0.0), kind=Kind.FLOW, bounds={"low": 0})) == 0).all()


def test_a_count_that_has_passed_its_population_stays() -> None:
    past = uptake("noise", 1)
    values = past.values.copy()
    values[0, 30:] = past.populations[0, 30:] + 10
    with pytest.raises(RequestError, match="has 0 weekly steps"):
        paths(replace(past, values=values))
    values[0, 30:44] = past.populations[0, 30:44] - 1
    assert (paths(replace(past, values=values)) == values[0, 44]).all()


@pytest.mark.parametrize(
    ("bounds", "shift"), [({"low": 0.0}, 0.0), ({"low": 0.0, "high": 400.0}, 0.0), ({}, -50.0), ({"high": 400.0}, 0.0)]
)
def test_paths_of_a_flow_stay_in_its_range(bounds: dict[str, float], shift: float) -> None:
    values = np.minimum(levels(1).values, 400.0) + shift
    past = past_of(values, kind=Kind.FLOW, bounds=bounds)
    for region in past.names:
        found = paths(past, region, weeks=26)
        assert found.min() >= bounds.get("low", -np.inf)
        assert found.max() <= bounds.get("high", np.inf)
        assert found.std(axis=0).min() > 0


def test_a_count_without_population_never_falls_and_has_no_end() -> None:
    past = uptake("noise", 1)
    found = paths(past_of(past.values), weeks=26)
    assert (np.diff(found, axis=1) >= 0).all()
    assert found.max() > past.populations[0, 0]


def test_too_few_weeks_in_a_row_are_refused_with_the_number_that_is_needed() -> None:
    values = np.full((1, 17), np.nan)
    values[0, [0, 5, 10, 15, 16]] = [463_810, 1_120_590, 1_401_126, 1_506_334, 1_507_071]
    with pytest.raises(RequestError) as refused:
        prepare(past_of(values, np.array([2_016_006.0])), weeks=12)
    assert str(refused.value) == "`doses` is on record for at most 2 weeks in a row; a forecast needs 15"
    assert "how many people are reached each week" in refused.value.help


@pytest.mark.parametrize(("kind", "needed"), [(Kind.CUMULATIVE, 15), (Kind.LEVEL, 12)])
def test_just_enough_weeks_in_a_row_are_enough(kind: Kind, needed: int) -> None:
    values = np.cumsum(np.arange(1.0, needed + 1)).reshape(1, -1)
    assert prepare(past_of(values, kind=kind), weeks=12).forecast(NORTH, DRAWS).paths.shape == (300, 12)
    with pytest.raises(RequestError, match=f"at most {needed - 1} weeks in a row; a forecast needs {needed}"):
        prepare(past_of(values[:, 1:], kind=kind), weeks=12)


def test_a_region_without_recent_figures_is_refused_and_the_others_are_forecast() -> None:
    past = uptake("noise", 1)
    values = past.values.copy()
    values[0, 44 - RECENT :] = np.nan
    prepared = prepare(replace(past, values=values), weeks=4, origin=ORIGIN)
    with pytest.raises(RequestError, match="`doses` of Region 00 has 0 weekly steps in the 8 weeks up to 2022-W28"):
        prepared.forecast(NORTH, DRAWS)
    assert prepared.forecast("Region 01", DRAWS).paths.shape == (300, 4)


def test_a_forecast_from_a_week_behind_the_data_begins_behind_that_week() -> None:
    past = uptake("noise", 1)
    forecast = prepare(past, weeks=4, origin=past.last + 3).forecast(NORTH, DRAWS)
    assert forecast.first.number == past.last + 4
    longer = prepare(past, weeks=7).forecast(NORTH, DRAWS)
    assert forecast.paths.mean(axis=0) == pytest.approx(longer.paths[:, 3:].mean(axis=0), rel=0.01)
    with pytest.raises(RequestError, match="has 0 weekly steps in the 8 weeks up to"):
        prepare(past, weeks=4, origin=past.last + 8).forecast(NORTH, DRAWS)


def test_a_forecast_from_before_the_data_is_refused() -> None:
    past = uptake("noise", 1)
    for before in (0, 1, 50):
        with pytest.raises(RequestError, match="on record for at most 0 weeks in a row"):
            prepare(past, weeks=4, origin=past.first - 1 - before)


def crossing(target: float, seed: int) -> float:
    """Give the probability that a region has reached a share of its people in 12 weeks."""
    past = uptake("stalls", 1)
    ends = paths(past, draws=Draws(seed=seed, count=200), origin=FIRST + 20)[:, -1]
    return float((ends >= target * past.populations[0, 0]).mean())


def test_common_draws_cut_the_variance_of_a_threshold_change_at_least_tenfold() -> None:
    # a quarter of a point; for half a point it is tenfold: the fewer scenarios change, the more is cut
    seeds = range(40)
    lower = np.array([crossing(0.84, seed) for seed in seeds])
    higher = np.array([crossing(0.8425, seed) for seed in seeds])
    paired, unpaired = np.var(lower - higher), np.var(lower[:-1] - higher[1:])
    assert 0.2 < lower.mean() < 0.8
    assert lower.mean() > higher.mean()
    assert unpaired > 10 * paired


def test_what_is_out_of_reach_is_refused() -> None:
    past = uptake("noise", 1)
    with pytest.raises(RequestError, match="over 0 weeks"):
        prepare(past, weeks=0)
    with pytest.raises(RequestError, match=r"`doses` has figures above 1e\+150"):
        prepare(past_of(np.full((1, 30), 1e200)), weeks=4)
    with pytest.raises(RequestError, match="`doses` has no figures of Nowhere"):
        prepare(past, weeks=4).forecast("Nowhere", DRAWS)
    with pytest.raises(RequestError, match="is a probability"):
        Draws(seed=1, count=1, together=1.5)
    with pytest.raises(RequestError, match="scenarios from number"):
        Draws(seed=1, count=0)


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("kind", [Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL])
@pytest.mark.parametrize("largest", [1.0, 1e6, 1e150])
def test_random_pasts_give_numbers_or_a_plain_refusal(name: str, kind: Kind, largest: float) -> None:
    rng = np.random.default_rng(5)
    refused = 0
    for _ in range(60):
        values = rng.random((3, rng.integers(14, 40))) ** rng.integers(1, 20) * largest
        values[rng.random(values.shape) < rng.choice([0, 0.05, 0.3])] = np.nan
        bounds: dict[str, float] = [{}, {"low": 0.0}, {"low": 0.0, "high": largest}][rng.integers(3)]
        population = rng.random(3) * largest if rng.random() < 0.5 else None
        past = past_of(values, population, kind=kind, bounds=bounds)
        try:
            found = prepare(past, weeks=int(rng.integers(1, 30)), by=BUILT_IN[name]).forecast(NORTH, DRAWS).paths
        except RequestError:
            refused += 1
            continue
        assert np.isfinite(found).all()
    assert refused < 50


@dataclass(frozen=True)
class Flat:
    """A method from elsewhere: everything stays as it is."""

    name: str = "flat"
    short: int = 0
    fall: float = 0.0

    def fit(self, past: Past, *, weeks: int) -> Flat:
        del past, weeks
        return self

    def paths(self, region: str, draws: Draws) -> Floats:
        del region
        paths: Floats = np.full((draws.count, 12 - self.short), 8.0) - self.fall * np.arange(12 - self.short)
        return paths

    def basis(self, region: str) -> BothLanguages:
        return BothLanguages(en=f"nothing but {region}", id=f"hanya {region}")


def test_a_method_from_elsewhere_is_held_to_what_the_metric_can_be() -> None:
    past = past_of(np.full((1, 30), 3.0), kind=Kind.LEVEL, bounds={"high": 5.0})
    assert (prepare(past, weeks=12, by=Flat()).forecast(NORTH, DRAWS).paths == 5).all()
    count = past_of(np.full((1, 30), 3.0), np.full(1, 7.0))
    assert (prepare(count, weeks=12, by=Flat(fall=1)).forecast(NORTH, DRAWS).paths == 7).all()
    with pytest.raises(RequestError, match="the method `flat` gives paths of the shape"):
        prepare(past, weeks=12, by=Flat(short=1)).forecast(NORTH, DRAWS)


def test_installed_methods_are_found_by_their_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "flat_forecast-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: flat-forecast\nVersion: 1.0\n", encoding="utf-8")
    (installed / "entry_points.txt").write_text("[escalation.forecasts]\nflat = flat_forecast:FLAT\n", encoding="utf-8")
    (tmp_path / "flat_forecast.py").write_text("FLAT = 'whatever is installed'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    found: Method | str = method("flat")
    assert found == "whatever is installed"
    assert method("residual-paths") is DEFAULT


def test_a_method_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(RequestError, match="`prophet` is not a method of forecasts") as refused:
        method("prophet")
    assert refused.value.help == "there are `last-rate`, `residual-paths`, `straight-line`"
