"""Forecasts from past weeks know nothing that came later, and what came is what the reference engine says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import sin

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.evaluation.library import replay
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption
from escalation.observations import Entry, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.whatif.asking import course
from escalation.whatif.checked import checked
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.hindcast import Hindcast, hindcast, known_then
from escalation.whatif.scenarios.scenario import BASELINE, applied
from escalation.whatif.week_outcomes import WeekKind, WeekOutcome

POLICY = loads("""
language: 1
name: wards
calendar: iso-week
metrics: {cases: {kind: flow, range: [0, null]}}
triggers:
  many: {when: {metric: cases, at_least: 100}, for: 2 weeks, missing: unknown, source: assumption}
  few: {when: {metric: cases, below: 60}, missing: unknown, source: assumption}
stages: [{name: open}, {name: careful}, {name: shut}]
moves:
  - {name: to-shut, from: careful, to: shut, trigger: many, after: 2 weeks}
  - {name: to-careful, from: open, to: careful, trigger: many}
  - {name: to-open, from: [careful, shut], to: open, trigger: few}
""")
START = Week.parse("2021-W01", POLICY.calendar)
ORIGIN = START + 29
NEVER = Adoption(adopt=Adopt.NEVER)
WARDS = ("East", "North", "South")
MANY = tuple(f"Ward {number:02}" for number in range(20))
WEEKS, DRAWS = 6, Draws(seed=3, count=400)
CAREFUL = WeekOutcome(kind=WeekKind.AT_LEAST, stage="careful")
CALLED = WeekOutcome(kind=WeekKind.RECOMMENDED, stage="shut")


def entries(*, weeks: int = 40, late: int = 0, wards: Sequence[str] = WARDS) -> Iterable[Entry]:
    """Give weekly cases of wards, each figure known from the first day of its week, or so many weeks later."""
    for place, ward in enumerate(wards):
        for week in range(weeks):
            cases = round(80 + 60 * sin(week / 4 + place) + 10 * sin(7 * week + place))
            known = (START + (week + late)).first_day.toordinal()
            yield Entry(ward, (START + week).number, "cases", float(cases), known)


def data(*more: Entry, weeks: int = 40, late: int = 0, wards: Sequence[str] = WARDS) -> Observations:
    return tabulate(POLICY.calendar, [*entries(weeks=weeks, late=late, wards=wards), *more])


def forecast(
    observations: Observations,
    record: dict[str, tuple[StageInForce, ...]] | None = None,
    adoption: Adoption = FOLLOW,
) -> Hindcast:
    return hindcast(POLICY, observations, ORIGIN, record=record, weeks=WEEKS, draws=DRAWS, adoption=adoption)


def test_figures_of_later_weeks_change_the_forecast_in_nothing() -> None:
    found = forecast(data())
    other = [one._replace(value=500.0) if one.week > ORIGIN.number else one for one in entries()]
    assert forecast(tabulate(POLICY.calendar, other)).outlook.digest == found.outlook.digest
    assert forecast(tabulate(POLICY.calendar, other)).came.digest != found.came.digest


def test_a_revision_published_later_changes_only_what_came() -> None:
    late = Entry("East", ORIGIN.number, "cases", 0.0, (ORIGIN + 1).first_day.toordinal())
    in_time = late._replace(known=ORIGIN.last_day.toordinal())
    plain, revised, known = forecast(data()), forecast(data(late)), forecast(data(in_time))
    assert revised.outlook.digest == plain.outlook.digest != known.outlook.digest
    assert revised.came.digest != plain.came.digest


def test_figures_that_were_not_published_by_then_are_not_known() -> None:
    found = forecast(data(late=2))
    assert found.outlook.first == ORIGIN + -1
    assert found.then.observations.weeks["East"][1] == (ORIGIN + -2).number
    assert found.then.is_dated


def test_a_stage_on_record_later_is_not_known() -> None:
    before = StageInForce(stage="careful", since=ORIGIN.number - 3)
    after = StageInForce(stage="shut", since=ORIGIN.number + 1)
    one, other = (forecast(data(), {"East": stages}) for stages in ((before,), (before, after)))
    assert one.outlook.digest == other.outlook.digest
    assert one.came.digest == other.came.digest
    decided = replace(after, since=ORIGIN.number + 3, decided=ORIGIN.number)
    assert forecast(data(), {"East": (before, decided)}).outlook.digest != one.outlook.digest


def test_it_is_the_forecast_of_that_day() -> None:
    """With the same stages, the counts are those of a forecast from data that end there."""
    found = forecast(data())
    made = applied(BASELINE, POLICY, data(weeks=30))
    then = checked(course(made, record=found.then.record, weeks=WEEKS), DRAWS)
    assert then.digest == found.outlook.digest


@pytest.mark.parametrize("wards", [WARDS, MANY], ids=len)
@pytest.mark.parametrize("kind", WeekKind)
@pytest.mark.parametrize("stage", ["careful", "shut"])
def test_crosses_stand_where_the_reference_engine_says_so(kind: WeekKind, stage: str, wards: Sequence[str]) -> None:
    found = forecast(data(wards=wards))
    first, rank = found.outlook.first.number, POLICY.ranks[stage]
    expected = np.zeros((WEEKS, len(wards)), dtype=bool)
    for outcome in replay(POLICY, data(wards=wards)):
        one = outcome.evaluation
        week, lane = one.week - first, found.outlook.regions.index(one.region)
        if 0 <= week < WEEKS and kind is WeekKind.AT_LEAST:
            expected[week, lane] = POLICY.ranks[one.stage] >= rank
        elif 0 <= week < WEEKS and one.to == stage:
            expected[week:, lane] = True
    assert len(wards) == len(WARDS) or expected.any()
    assert found.truly(WeekOutcome(kind=kind, stage=stage)).tolist() == expected.tolist()
    assert found.retraced.differing == ()
    assert found.retraced.paths == 40 + len(wards)


def test_regions_without_a_record_begin_where_the_policy_has_led_them() -> None:
    found = forecast(data(), {"East": (StageInForce(stage="shut", since=START.number),)})
    assert found.then.followed == ("North", "South")
    by_reference = {one.evaluation.region: one for one in replay(POLICY, data(weeks=30))}
    stages = [POLICY.stages[rank].name for rank in found.stages[0].tolist()]
    assert stages == ["shut", by_reference["North"].stage_after, by_reference["South"].stage_after]


def test_a_record_that_begins_later_is_none() -> None:
    later = (StageInForce(stage="shut", since=ORIGIN.number + 2, decided=ORIGIN.number),)
    assert known_then(POLICY, data(), ORIGIN, {"East": later}).followed == ("East", "North", "South")


def test_weeks_behind_the_data_are_not_on_record_and_not_scored() -> None:
    found = forecast(data(weeks=32))
    assert found.on_record.any(axis=1).tolist() == [True, True, False, False, False, False]
    assert not found.truly(CAREFUL)[2:].any()
    assert found.scored(CAREFUL).any(axis=1).tolist() == [False, True, False, False, False, False]
    assert found.scored(CALLED).any(axis=1).tolist() == [True, True, False, False, False, False]


def test_weeks_in_which_the_policy_cannot_say_are_told_apart_and_not_scored() -> None:
    gap = {("North", ORIGIN.number + 2), ("North", ORIGIN.number + 3)}
    found = forecast(tabulate(POLICY.calendar, [one for one in entries() if (one.region, one.week) not in gap]))
    lane = found.outlook.regions.index("North")
    assert [*np.flatnonzero(found.cannot_say[:, lane])] == [1, 2]
    assert not found.cannot_say[:, [one for one in range(3) if one != lane]].any()
    assert not found.scored(CALLED)[1:3, lane].any()


OPEN = StageInForce(stage="open", since=START.number)
PENDING = StageInForce(stage="careful", since=ORIGIN.number + 3, decided=ORIGIN.number)


@pytest.mark.parametrize(
    ("adoption", "record", "asked_from", "free_from"),
    [
        (FOLLOW, (OPEN,), 0, 1),
        (Adoption(lag=2), (OPEN,), 0, 3),
        (Adoption(lag=1, lags={"to-careful": 3}), (OPEN,), 0, 4),
        (Adoption(lag=3, lags={"to-open": 1}), (replace(PENDING, since=START.number, decided=None),), 0, 2),
        (Adoption(up_to="open"), (OPEN,), 0, WEEKS),
        (NEVER, (OPEN,), 0, WEEKS),
        (FOLLOW, (OPEN, PENDING), 2, 3),
        (Adoption(lag=2), (OPEN, PENDING), 2, 5),
    ],
)
def test_weeks_before_a_later_decision_can_be_in_force_are_known_for_certain_and_not_scored(
    adoption: Adoption, record: tuple[StageInForce, ...], asked_from: int, free_from: int
) -> None:
    found = forecast(data(), {"East": record}, adoption)
    assert (found.asked_from[0], found.free_from[0]) == (asked_from, free_from)
    for outcome, begin in ((CAREFUL, free_from), (CALLED, asked_from)):
        assert found.scored(outcome)[:, 0].tolist() == [False] * begin + [True] * (WEEKS - begin)
        is_settled = found.settled(outcome)
        assert found.chance(outcome)[is_settled].tolist() == found.unchanged(outcome)[is_settled].tolist()
        assert found.truly(outcome)[is_settled].tolist() == found.unchanged(outcome)[is_settled].tolist()


def test_nothing_changes_has_the_decisions_on_record() -> None:
    found = forecast(data(), {"East": (OPEN, PENDING)})
    assert found.unchanged(CAREFUL)[:, 0].tolist() == [0, 0, 1, 1, 1, 1]
    later = replace(PENDING, decided=ORIGIN.number + 1)
    assert not forecast(data(), {"East": (OPEN, later)}).unchanged(CAREFUL)[:, 0].any()


def test_no_forecast_follows_a_record_that_was_made_later() -> None:
    with pytest.raises(RequestError, match="were not known by then"):
        forecast(data(), {"East": (OPEN, PENDING)}, Adoption(adopt=Adopt.RECORDED))


def test_regions_whose_data_end_before_those_of_others_are_named() -> None:
    short = [one for one in entries() if one.region != "East" or one.week < ORIGIN.number]
    found = forecast(tabulate(POLICY.calendar, short))
    assert found.ending == {"East": ORIGIN + -1}
    assert forecast(data()).ending == {}


def test_a_region_of_which_nothing_was_known_is_left_out() -> None:
    more = [
        Entry("West", (ORIGIN + week).number, "cases", 50.0, (ORIGIN + week).last_day.toordinal())
        for week in range(1, 8)
    ]
    found = forecast(data(*more))
    assert found.left_out == ("West",)
    assert found.outlook.regions == ("East", "North", "South")


@pytest.mark.parametrize(
    ("origin", "message", "remedy"),
    [
        (START + -9, "nothing of the data was known by the end of 2020-W45", "they begin in 2021-W01"),
        (START + 39, "nothing that came after 2021-W40 is on record", "the data end in 2021-W40"),
        (START + 8, "`cases` is on record for at most 9 weeks in a row; a forecast needs 12", ""),
    ],
)
def test_a_week_from_which_nothing_can_be_forecast_or_seen_is_refused(origin: Week, message: str, remedy: str) -> None:
    with pytest.raises(RequestError, match=message.replace("(", "\\(")) as refused:
        hindcast(POLICY, data(), origin, weeks=WEEKS, draws=DRAWS)
    assert remedy in refused.value.help


@pytest.mark.parametrize(
    ("adoption", "careful"), [(FOLLOW, 1), (Adoption(lag=2), 3), (Adoption(up_to="open"), None), (NEVER, None)]
)
def test_what_came_follows_the_same_rule_as_the_forecast(adoption: Adoption, careful: int | None) -> None:
    """East has had many cases for weeks: how soon it is careful is a matter of the rule."""
    found = forecast(data(), {"East": (StageInForce(stage="open", since=START.number),)}, adoption)
    weeks = np.flatnonzero(found.truly(CAREFUL)[:, 0])
    assert (weeks[0] if len(weeks) else None) == careful
    drawn = np.flatnonzero(found.chance(CAREFUL)[:, 0])
    assert (drawn[0] if len(drawn) else None) == careful
    assert found.retraced.differing == ()
