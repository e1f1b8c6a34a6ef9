"""The compiled engine lays residual paths digit for digit as numpy does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from escalation.policy.metrics import Kind
from escalation.whatif.forecasts import laying
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import prepare
from escalation.whatif.forecasts.past import Past
from escalation.whatif.forecasts.residuals import FittedResiduals
from tests.whatif.families import late_reports, levels, past_of, uptake

RANDOM = np.random.default_rng(8)
WANDERING = RANDOM.normal(0, 3, (20, 70)).cumsum(axis=1)
BETWEEN = RANDOM.uniform(0, 3, (20, 70))
PASTS = {
    "people among a population": uptake("noise", 1),
    "a population nearly reached": uptake("logistic", 2),
    "late reports": late_reports(3),
    "people, population unknown": past_of(uptake("noise", 4).values),
    "a flow": levels(5),
    "a figure without bounds": past_of(WANDERING, kind=Kind.LEVEL),
    "a figure between bounds": past_of(BETWEEN, kind=Kind.LEVEL, bounds={"low": 0.0, "high": 3.0}),
    "a figure below a bound": past_of(BETWEEN, kind=Kind.LEVEL, bounds={"high": 3.0}),
}
DRAWS = Draws(seed=3, count=700, together=0.5)


def laid(past: Past, region: str, weeks: int) -> tuple[bool, bool]:
    """Lay the paths of a region with numba; say whether it could, and whether they are those of numpy."""
    prepared = prepare(past, weeks=weeks)
    assert isinstance(prepared.fitted, FittedResiduals)
    found = np.full((weeks, 3, DRAWS.count), np.nan)
    is_laid = prepared.fitted.lay(found, region, DRAWS, lane=1)
    return is_laid, np.array_equal(found[:, 1], prepared.forecast(region, DRAWS).paths.T)


@pytest.mark.parametrize("weeks", [1, 2, 12, 45, 104])
@pytest.mark.parametrize("name", PASTS)
def test_the_paths_are_those_of_numpy(name: str, weeks: int) -> None:
    pytest.importorskip("numba", reason="numba is an extra")
    past = PASTS[name]
    late = past.values.copy()
    late[4, -2:] = np.nan
    assert laid(past, "Region 02", weeks) == (True, True)
    assert laid(replace(past, values=late), "Region 04", weeks) == (True, True)


PLANTED: dict[str, Callable[[laying.Laying], laying.Laying]] = {
    "floor": lambda by: by._replace(floor=by.floor * 1.001),
    "level": lambda by: by._replace(level=by.level * 1.001),
    "carrying": lambda by: by._replace(carrying=laying.SUMS),
    "top": lambda by: by._replace(top=by.top + 1),
    "high": lambda by: by._replace(high=by.latest),
    "recent": lambda by: by._replace(recent=by.recent - 1),
    "lead": lambda by: by._replace(lead=by.lead + 1),
    "whole": lambda by: by._replace(is_whole=False),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="numba is an extra")
    from escalation.whatif.forecasts import residuals  # noqa: PLC0415 - where the mistake is planted

    right = laying.laying

    def wrong(*given: Any, **options: Any) -> laying.Laying | None:  # noqa: ANN401 - what it stands for takes
        by = right(*given, **options)
        return by and PLANTED[name](by)

    monkeypatch.setattr(residuals, "laying", wrong)
    assert laid(PASTS["people among a population"], "Region 02", 104) == (True, False)
