"""An edit does the same to figures to come as to figures on record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.observations import tabulate
from escalation.policy.load import loads
from escalation.policy.metrics import Kind
from escalation.whatif.arrays.panel import UNUSABLE
from escalation.whatif.scenarios.altered import altered
from escalation.whatif.scenarios.edits import Alters, Edit, edited

WEEKS = 12
FIRST = 105_000
AMOUNTS = {Alters.SCALE: 1.5, Alters.SHIFT: 40.0, Alters.PACE: 0.5, Alters.CAMPAIGN: 30.0, Alters.REVISE: 77.0}


@pytest.mark.parametrize("last", [FIRST + 6, None])
@pytest.mark.parametrize("kind", [Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL])
@pytest.mark.parametrize("alters", [one for one in Alters if one is not Alters.LATE])
def test_both_give_the_same_figures(alters: Alters, kind: Kind, last: int | None) -> None:
    policy = loads(
        f"{{language: 1, name: a, calendar: iso-week, metrics: {{x: {{kind: {kind}}}}}, "
        "triggers: {t: {when: {metric: x, below: 1}, missing: hold}}, stages: [{name: a}]}"
    )
    figures = np.cumsum(np.random.default_rng(2).integers(0, 50, WEEKS)).astype(float)
    known = tabulate(policy.calendar, [("R", FIRST + week, "x", float(one)) for week, one in enumerate(figures)])
    edit = Edit(alters=alters, metrics=("x",), amount=AMOUNTS.get(alters, 0.0), first=FIRST + 4, last=last)
    changed, _ = edited(known, policy, [edit])
    on_record = np.full(WEEKS, np.nan)
    for one in changed.series["R", "x"]:
        on_record[one.week - FIRST] = one.value
    weeks = slice(4, None if last is None else 7)
    to_come = altered(figures[:, np.newaxis, np.newaxis], edit, weeks, kind=kind, most=None)[:, 0, 0]
    np.testing.assert_allclose(to_come, on_record, rtol=1e-12)


def test_a_count_does_not_pass_its_population_but_keeps_what_has() -> None:
    values = np.array([[90.0, 110.0], [95.0, 112.0]])[:, :, np.newaxis]
    edit = Edit(alters=Alters.CAMPAIGN, metrics=("x",), amount=20.0)
    found = altered(values, edit, slice(1, None), kind=Kind.CUMULATIVE, most=np.array([[100.0], [100.0]]))
    assert found[1, :, 0].tolist() == [100.0, 112.0]


def test_a_figure_that_is_taken_away_is_missing_also_of_a_count_with_a_population() -> None:
    values = np.array([90.0, 95.0])[:, np.newaxis, np.newaxis]
    edit = Edit(alters=Alters.MISSING, metrics=("x",))
    found = altered(values, edit, slice(1, None), kind=Kind.CUMULATIVE, most=np.array([[100.0]]))
    assert found[0, 0, 0] == 90
    assert np.isnan(found[1, 0, 0])


def test_a_pace_is_counted_from_the_newest_figure_over_weeks_without_any() -> None:
    values = np.array([np.nan, 80.0, np.nan, 90.0, 94.0])[:, np.newaxis, np.newaxis]
    edit = Edit(alters=Alters.PACE, metrics=("x",), amount=2.0)
    found = altered(values, edit, slice(2, None), kind=Kind.CUMULATIVE, most=np.array([[1000.0]]))
    np.testing.assert_array_equal(found[:, 0, 0], [np.nan, 80, np.nan, 100, 108])


def test_an_unknown_population_holds_no_campaign_back() -> None:
    values = np.array([90.0, 95.0])[:, np.newaxis, np.newaxis]
    edit = Edit(alters=Alters.CAMPAIGN, metrics=("x",), amount=20.0)
    found = altered(values, edit, slice(1, None), kind=Kind.CUMULATIVE, most=np.array([[np.nan]]))
    assert found[:, 0, 0].tolist() == [90, 115]


@pytest.mark.parametrize("kind", [Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL])
def test_figures_beyond_all_numbers_cannot_be_used(kind: Kind) -> None:
    values = np.array([1e308, 1.7e308, 1e308])[:, np.newaxis, np.newaxis]
    edit = Edit(alters=Alters.SHIFT, metrics=("x",), amount=1e308)
    twice = replace(edit, alters=Alters.SCALE, amount=0.0)
    found = altered(values, edit, slice(1, None), kind=kind, most=None)
    assert found[:, 0, 0].tolist() == [1e308, UNUSABLE, UNUSABLE]
    assert altered(found, twice, slice(1, None), kind=kind, most=None)[1:, 0, 0].tolist() == [UNUSABLE, UNUSABLE]


def test_late_figures_are_refused() -> None:
    edit = Edit(alters=Alters.LATE, metrics=("x",), amount=2)
    with pytest.raises(RequestError, match="late"):
        altered(np.zeros((3, 1, 1)), edit, slice(1, None), kind=Kind.FLOW, most=None)
