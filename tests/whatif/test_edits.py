"""Edits of the data: what the figures are afterwards, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import RequestError
from escalation.evaluation.library import replay
from escalation.observations import Entry, tabulate
from escalation.periods import Calendar, last_day_of
from escalation.whatif.scenarios.edits import Alters, Edit
from tests.whatif.clinic import FIRST, clinic, data, edit, effects, made, values

DOSES = [100.0, 200.0, 300.0, 400.0, 500.0]
COUNTS = data(doses=DOSES, visits=[10.0, 20.0, 30.0, 40.0])


@pytest.mark.parametrize(
    ("one", "metric", "expected"),
    [
        (edit(Alters.SCALE, "visits", weeks=(2, None), amount=0.5), "visits", [10, 20, 15, 20]),
        (edit(Alters.SCALE, "visits", weeks=(1, 2), amount=2), "visits", [10, 40, 60, 40]),
        (edit(Alters.SHIFT, "visits", weeks=(None, 0), amount=5), "visits", [15, 20, 30, 40]),
        (edit(Alters.SCALE, "area", amount=2), "area", [14]),
        (edit(Alters.PACE, "doses", weeks=(2, None), amount=0.5), "doses", [100, 200, 250, 300, 350]),
        (edit(Alters.PACE, "doses", weeks=(2, 3), amount=2), "doses", [100, 200, 400, 600, 700]),
        (edit(Alters.PACE, "doses", amount=0.5), "doses", [100, 150, 200, 250, 300]),
        (edit(Alters.PACE, "visits", weeks=(2, None), amount=0.5), "visits", [10, 20, 15, 20]),
        (edit(Alters.STOP, "doses", weeks=(2, None)), "doses", [100, 200, 200, 200, 200]),
        (edit(Alters.STOP, "doses", weeks=(2, 3)), "doses", [100, 200, 200, 200, 300]),
        (edit(Alters.STOP, "visits", weeks=(2, 2)), "visits", [10, 20, 0, 40]),
        (edit(Alters.CAMPAIGN, "doses", weeks=(1, 2), amount=10), "doses", [100, 210, 320, 420, 520]),
        (edit(Alters.CAMPAIGN, "doses", weeks=(3, None), amount=10), "doses", [100, 200, 300, 410, 520]),
        (edit(Alters.CAMPAIGN, "visits", weeks=(1, 2), amount=10), "visits", [10, 30, 40, 40]),
        (edit(Alters.MISSING, "doses", weeks=(1, 2)), "doses", [100, 400, 500]),
        (edit(Alters.REVISE, "doses", weeks=(1, 1), amount=250), "doses", [100, 250, 300, 400, 500]),
        (edit(Alters.REVISE, "visits", weeks=(3, 5), amount=1), "visits", [10, 20, 30, 1, 1, 1]),
        (edit(Alters.REVISE, "ready", weeks=(3, None), amount=1), "ready", [1, 1]),
        (edit(Alters.REVISE, "area", amount=9), "area", [9]),
        (edit(Alters.LATE, "doses", amount=2), "doses", DOSES),
    ],
)
def test_an_edit_gives_these_figures(one: Edit, metric: str, expected: list[float]) -> None:
    assert values(made(COUNTS, one), metric) == expected


def test_edits_follow_one_another_in_their_order() -> None:
    campaign, stop = (
        edit(Alters.CAMPAIGN, "doses", weeks=(2, None), amount=10),
        edit(Alters.STOP, "doses", weeks=(2, None)),
    )
    assert values(made(COUNTS, stop, campaign), "doses") == [100, 200, 210, 220, 230]
    assert values(made(COUNTS, campaign, stop), "doses") == [100, 200, 200, 200, 200]


def test_an_edit_of_some_regions_leaves_the_others_alone() -> None:
    east = replace(edit(Alters.SCALE, "visits", amount=2), regions=("East",))
    assert values(made(COUNTS, east), "visits", "West") == [10, 20, 30, 40]
    assert values(made(COUNTS, east), "visits", "East") == [20, 40, 60, 80]


def test_a_region_that_the_data_do_not_name_is_refused() -> None:
    with pytest.raises(RequestError, match="`Est` is not a region"):
        made(COUNTS, replace(edit(Alters.SCALE, "visits", amount=2), regions=("Est",)))


def test_the_observations_given_stay_as_they_are_and_the_new_ones_have_a_digest_of_their_own() -> None:
    one, other = edit(Alters.SCALE, "visits", amount=2), edit(Alters.SCALE, "visits", amount=3)
    digests = {COUNTS.digest, made(COUNTS, one).digest, made(COUNTS, other).digest, made(COUNTS, one, other).digest}
    assert len(digests) == 4
    assert made(COUNTS, one).digest == made(COUNTS, one).digest
    assert values(COUNTS, "visits") == [10, 20, 30, 40]
    assert made(COUNTS) is COUNTS


def test_a_figure_outside_its_range_is_a_finding_and_is_not_used() -> None:
    one = edit(Alters.CAMPAIGN, "doses", weeks=(3, None), amount=1000)
    assert [(effect.figures, effect.outside) for effect in effects(COUNTS, one)] == [(4, 2)]
    edited = made(COUNTS, one)
    assert [finding.rule for finding in edited.findings] == ["outside-range"]
    assert "makes 2 figures outside the range of the metric" in edited.findings[0].message
    missing = [
        outcome.evaluation.situation.readings.at("doses", FIRST + 4).value for outcome in replay(clinic(), edited)
    ]
    assert set(missing) == {None}


def test_a_figure_that_was_unusable_before_is_not_blamed_on_the_edit() -> None:
    (effect,) = effects(data(doses=[9000.0, float("nan"), 100.0]), edit(Alters.SCALE, "doses", amount=1.0))
    assert effect.outside == 0


def test_a_count_that_an_edit_makes_fall_is_a_finding() -> None:
    one = edit(Alters.SCALE, "doses", weeks=(1, 2), amount=3)
    assert [effect.falls for effect in effects(COUNTS, one)] == [2]
    assert [finding.rule for finding in made(COUNTS, one).findings] == ["falling-count"]
    assert effects(COUNTS, edit(Alters.PACE, "doses", weeks=(1, 2), amount=3))[0].falls == 0


def test_weeks_whose_figures_are_missing_are_still_evaluated() -> None:
    edited = made(COUNTS, edit(Alters.MISSING, "doses", "visits"))
    assert edited.span("East") == COUNTS.span("East")
    assert ("East", "doses") not in edited.series


def test_a_revised_week_after_the_data_is_a_week_of_them() -> None:
    edited = made(COUNTS, edit(Alters.REVISE, "visits", weeks=(9, 9), amount=1))
    assert edited.span("East") == (FIRST, FIRST + 9)


REVISED = tabulate(
    Calendar.ISO,
    [
        Entry("East", FIRST, "doses", 100.0),
        Entry("East", FIRST + 1, "doses", 200.0, known=last_day_of(Calendar.ISO, FIRST + 1).toordinal()),
        Entry("East", FIRST + 1, "doses", 180.0, known=last_day_of(Calendar.ISO, FIRST + 3).toordinal()),
        Entry("East", FIRST + 2, "doses", 300.0, known=last_day_of(Calendar.ISO, FIRST + 2).toordinal()),
        Entry("East", FIRST + 4, "doses", 500.0, known=last_day_of(Calendar.ISO, FIRST + 4).toordinal()),
    ],
)


def test_an_increase_is_counted_from_what_was_known_then() -> None:
    assert values(made(REVISED, edit(Alters.STOP, "doses", weeks=(2, None))), "doses") == [100, 200, 180, 200, 180]


def test_a_revised_figure_stands_for_all_earlier_ones_of_its_week() -> None:
    edited = made(REVISED, edit(Alters.REVISE, "doses", weeks=(1, 1), amount=7))
    assert values(edited, "doses") == [100, 7, 300, 500]
    assert edited.series["East", "doses"][1].known == last_day_of(Calendar.ISO, FIRST + 1).toordinal()


@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_a_late_figure_is_known_so_many_weeks_later(weeks: int) -> None:
    edited = made(REVISED, edit(Alters.LATE, "doses", amount=weeks))
    for place, week in ((0, FIRST), (3, FIRST + 2)):
        figure = edited.series["East", "doses"][place]
        before = last_day_of(Calendar.ISO, week + weeks - 1)
        assert figure not in list(edited.known("East", "doses", as_of=before))
        assert figure in list(edited.known("East", "doses", as_of=last_day_of(Calendar.ISO, week + weeks)))


def test_where_everything_is_late_so_are_the_rows() -> None:
    late = replace(edit(Alters.LATE, "doses", "visits", amount=2), is_all=True)
    edited = made(COUNTS, late)
    day = last_day_of(Calendar.ISO, FIRST + 3)
    assert COUNTS.span("East", as_of=day) == (FIRST, FIRST + 3)
    assert edited.span("East", as_of=day) == (FIRST, FIRST + 1)
    assert edited.span("East") == COUNTS.span("East")
    assert edited.span("East", as_of=date(2021, 8, 1)) is None


AMOUNTS = st.sampled_from([0.0, -0.0, 0.5, 1.0, 1e-300, 1e300, 1.7e308, -1e308]) | st.floats(
    allow_nan=False, allow_infinity=False
)
METRICS = {Alters.REVISE: ("doses", "visits", "people", "area"), Alters.SCALE: ("doses", "visits", "people", "area")}
ANY_EDIT = st.builds(
    lambda alters, first, weeks, amount: edit(
        alters,
        *METRICS.get(alters, ("doses", "visits")),
        weeks=(first, None if first is None or weeks is None else first + weeks),
        amount=float(int(amount) % 9) if alters is Alters.LATE else 0.0 if alters is Alters.STOP else amount,
    ),
    st.sampled_from(list(Alters)),
    st.none() | st.integers(-3, 8),
    st.none() | st.integers(0, 6),
    AMOUNTS,
)


@given(st.lists(ANY_EDIT, max_size=4), st.lists(st.none() | st.sampled_from([0.0, 5.0, 1e308, -1.0, inf]), max_size=5))
def test_every_edit_gives_figures_that_are_finite_or_not_a_number_and_a_replay_without_exception(
    edits: list[Edit], figures: list[float | None]
) -> None:
    edited = made(data(doses=figures, visits=figures), *edits)
    for found in edited.series.values():
        keys = [(one.week, one.known) for one in found]
        assert keys == sorted(set(keys))
        assert all(isnan(one.value) or abs(one.value) < inf for one in found) or not edits
    for outcome in replay(clinic(), edited):
        assert outcome.evaluation.recommendation
