"""The figures of fan charts: quantiles of the paths that an outlook counts, thresholds as the policy has them."""

from __future__ import annotations

import numpy as np

from escalation.whatif.fans import compared, fanned
from escalation.whatif.forecasts.draws import Draws
from tests.whatif.test_outlook import COURSES, START, WEEKS

COURSE, DRAWS = COURSES["followed"], Draws(seed=5, count=200)


def test_bands_of_an_observed_metric_are_quantiles_of_its_forecast() -> None:
    found = fanned(COURSE, "B", "doses", DRAWS)
    paths = COURSE.forecasts["doses"].forecast("B", DRAWS).paths
    assert np.array_equal(found.median, np.median(paths, axis=0))
    assert np.array_equal(found.low[1], np.quantile(paths, 0.1, axis=0))
    assert np.allclose(found.high[1], np.quantile(paths, 0.9, axis=0))
    assert np.array_equal(found.samples, paths[:12])


def test_a_computed_metric_is_computed_on_every_path() -> None:
    doses, coverage = (fanned(COURSE, "B", metric, DRAWS) for metric in ("doses", "coverage"))
    assert np.allclose(coverage.samples, doses.samples / 1000)
    assert np.allclose(coverage.history, doses.history / 1000)


def test_the_record_ends_where_the_paths_begin() -> None:
    found = fanned(COURSE, "A", "doses", DRAWS)
    assert found.first.number + len(found.history) == START + 30
    assert found.median.shape == (WEEKS,)
    latest = COURSE.observations.series["A", "doses"][-1].value
    assert found.history[-1] == latest
    assert (found.samples[:, 0] >= latest).all()


def test_thresholds_are_those_that_triggers_compare_with() -> None:
    found = fanned(COURSE, "A", "gain", DRAWS)
    assert [limit for limit, _ in found.thresholds] == [4.0, 5.0]
    assert all(len(values) == len(found.history) + WEEKS for _, values in found.thresholds)
    assert compared(COURSE) == ("coverage", "gain")
