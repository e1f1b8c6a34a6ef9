"""The replay of a scenario: each week on what was known by then, and with the response to the stages in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import RequestError
from escalation.evaluation.library import evaluate_latest
from escalation.evaluation.library import replay as replay_at_once
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome
from escalation.observations import Entry, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar, last_day_of, week_text
from escalation.whatif.scenarios.adopting import Lift
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.scenarios.replaying import replay, replay_weekly
from escalation.whatif.scenarios.responding import lifted
from escalation.whatif.scenarios.scenario import BASELINE, Scenario, applied
from tests.evaluation.strategies import World, worlds
from tests.evaluation.worlds import FIRST, observed, told
from tests.whatif.clinic import FIRST as CLINIC
from tests.whatif.clinic import clinic, data, edit, made, values

NEVER = Adoption(adopt=Adopt.NEVER)
ADOPTIONS = st.sampled_from([FOLLOW, NEVER, Adoption(lag=1), Adoption(lag=2), Adoption(up_to="b")])
RECORDS: list[tuple[StageInForce, ...]] = [
    (StageInForce(stage="b", since=FIRST),),
    (StageInForce(stage="a", since=FIRST), StageInForce(stage="b", since=FIRST + 3, decided=FIRST)),
    (StageInForce(stage="b", since=FIRST + 1), StageInForce(stage="c", since=FIRST + 3)),
]


def answers(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    return [
        (one.evaluation.week, one.evaluation.before, one.evaluation.standing, one.evaluation.recommendation,
         one.evaluation.guards, one.stage_after, one.unlawful, one.lapsed)
        for one in outcomes
    ]  # fmt: skip


@given(worlds(), ADOPTIONS, st.none() | st.sampled_from(RECORDS))
def test_where_every_figure_is_known_in_its_week_it_is_the_replay(
    world: World, adoption: Adoption, record: tuple[StageInForce, ...] | None
) -> None:
    known = observed(world.history)
    of = {"R": record} if record is not None else None
    expected = list(replay_at_once(world.policy, known, adoption=adoption, record=of))
    assert answers(list(replay_weekly(world.policy, known, adoption=adoption, record=of))) == answers(expected)


@given(worlds(), st.sampled_from(RECORDS))
def test_with_the_stages_on_record_too(world: World, record: tuple[StageInForce, ...]) -> None:
    known, of = observed(world.history), {"R": record}
    recorded = Adoption(adopt=Adopt.RECORDED)
    expected = list(replay_at_once(world.policy, known, adoption=recorded, record=of))
    assert answers(list(replay_weekly(world.policy, known, adoption=recorded, record=of))) == answers(expected)


def delayed(observations: Observations, delays: list[int]) -> Observations:
    """Let the figures of some weeks be known later, those of the first week at once."""
    entries = [
        Entry(region, one.week, metric, one.value, last_day_of(Calendar.ISO, one.week + delay).toordinal())
        for (region, metric), found in observations.series.items()
        for one in found
        for delay in [delays[(one.week - FIRST) % len(delays)] if one.week > FIRST else 0]
    ]
    return tabulate(Calendar.ISO, entries)


@given(worlds(), st.lists(st.integers(0, 4), min_size=1, max_size=7))
def test_each_week_is_what_the_engine_says_of_it_as_of_its_last_day(world: World, delays: list[int]) -> None:
    known = delayed(observed(world.history), delays)
    span = known.span("R")
    if span is None or span[0] != FIRST:
        return
    record = {"R": (StageInForce(stage="a", since=FIRST),)}
    for outcome in replay_weekly(world.policy, known, adoption=NEVER, record=record):
        week = outcome.evaluation.week
        as_of = last_day_of(Calendar.ISO, week)
        (expected,) = evaluate_latest(
            world.policy, known, ["R"], week=week_text(Calendar.ISO, week), record=record, as_of=as_of
        )
        assert outcome.evaluation.standing == expected.standing
        assert outcome.evaluation.guards == expected.guards


def test_a_late_figure_is_missing_in_its_week_and_stands_later() -> None:
    busy = data(visits=[60.0] * 5)
    late = made(busy, edit(Alters.LATE, "visits", amount=2))
    at_once = told(replay_weekly(clinic(), busy, regions=["East"]))
    assert at_once == ["hold>appeal", "escalate>order", "hold>order", "hold>order", "hold>order"]
    two_later = told(replay_weekly(clinic(), late, regions=["East"]))
    # Visits are carried for a week: when a figure comes it is two weeks old, and what stands for its own week is known.
    assert two_later == ["hold>appeal", "hold>appeal", *["undetermined>appeal"] * 3]


def test_a_figure_that_is_a_week_late_is_carried_where_the_policy_allows_it() -> None:
    late = made(data(visits=[60.0] * 5), edit(Alters.LATE, "visits", amount=1))
    assert told(replay_weekly(clinic(), late, regions=["East"]))[:3] == [
        "hold>appeal", "escalate>order", "hold>order",
    ]  # fmt: skip


def test_a_replay_at_once_knows_nothing_of_delays() -> None:
    busy = data(visits=[60.0] * 5)
    late = made(busy, edit(Alters.LATE, "visits", amount=2))
    assert told(list(replay_at_once(clinic(), late))) == told(list(replay_at_once(clinic(), busy)))


def test_where_everything_is_late_nothing_is_known_at_first() -> None:
    late = made(data(visits=[60.0] * 3), replace(edit(Alters.LATE, "visits", "doses", "people", amount=5), is_all=True))
    assert told(replay_weekly(clinic(), late, regions=["East"])) == ["hold>appeal"] * 3


def test_a_region_that_the_data_do_not_name_is_refused() -> None:
    with pytest.raises(RequestError, match="`North` is not a region"):
        list(replay_weekly(clinic(), data(visits=[1.0]), regions=["North"]))


@given(worlds(), ADOPTIONS)
def test_all_figures_known_at_once_it_is_the_replay(world: World, adoption: Adoption) -> None:
    known = delayed(observed(world.history), [3])
    expected = list(replay_at_once(world.policy, known, adoption=adoption))
    assert answers(list(replay_weekly(world.policy, known, adoption=adoption, is_as_known=False))) == answers(expected)


def lifts(**percent: float) -> tuple[Lift, ...]:
    return tuple(Lift(stages=(stage,), metric="doses", percent=one) for stage, one in percent.items())


def doses(outcomes: Iterable[Outcome]) -> list[float | None]:
    return [one.evaluation.situation.readings.at("doses", one.evaluation.week).value for one in outcomes]


BUSY = data(doses=[100.0, 200.0, 300.0, 400.0], visits=[60.0] * 4)


def test_a_response_changes_the_increase_of_the_weeks_in_which_the_stage_is_in_force() -> None:
    outcomes = list(replay_weekly(clinic(), BUSY, regions=["East"], response=lifts(order=50), is_as_known=False))
    assert [one.evaluation.stage for one in outcomes] == ["appeal", "appeal", "order", "order"]
    assert doses(outcomes) == [100, 200, 350, 500]


def test_a_response_to_the_stage_on_record_is_one_to_that_of_each_week() -> None:
    record = {"East": (StageInForce(stage="order", since=CLINIC), StageInForce(stage="appeal", since=CLINIC + 2))}
    recorded = Adoption(adopt=Adopt.RECORDED)
    outcomes = list(
        replay_weekly(clinic(), BUSY, regions=["East"], record=record, adoption=recorded, response=lifts(order=-100))
    )
    assert doses(outcomes) == [100, 100, 200, 300]


def test_a_response_to_a_decision_that_was_pending_at_first_begins_in_its_week() -> None:
    stages = (StageInForce(stage="appeal", since=CLINIC), StageInForce(stage="order", since=CLINIC + 2, decided=CLINIC))
    outcomes = list(
        replay_weekly(
            clinic(), BUSY, regions=["East"], record={"East": stages}, adoption=NEVER, response=lifts(order=50)
        )
    )
    assert [one.evaluation.stage for one in outcomes] == ["appeal", "appeal", "order", "order"]
    assert doses(outcomes) == [100, 200, 350, 500]


def test_where_weeks_lie_between_two_figures_the_mean_of_them_counts() -> None:
    known = lifted(data(doses=[100.0, None, 300.0]), clinic(), "East", {CLINIC + 2: "order"}, lifts(order=50))
    assert values(known, "doses") == [100, 350]


def test_a_flow_changes_by_the_percent_of_its_week_and_two_responses_follow_one_another() -> None:
    both = (
        Lift(stages=("order", "law"), metric="visits", percent=50),
        Lift(stages=("law",), metric="visits", percent=100),
    )
    known = lifted(BUSY, clinic(), "East", {CLINIC + 1: "order", CLINIC + 2: "law"}, both)
    assert values(known, "visits") == [60, 90, 180, 60]


def test_a_response_that_leads_to_no_number_leaves_a_figure_that_cannot_be_used() -> None:
    huge, lift = data(visits=[1e308]), Lift(stages=("order",), metric="visits", percent=1e9)
    (figure,) = values(lifted(huge, clinic(), "East", {CLINIC: "order"}, (lift,)), "visits")
    assert isnan(figure)


def test_a_scenario_is_replayed_as_it_asks() -> None:
    plain, late, answered, drawn = (
        applied(one, clinic(), BUSY)
        for one in (
            BASELINE,
            Scenario(name="late", edits=(edit(Alters.LATE, "visits", amount=2),)),
            Scenario(name="answered", response=lifts(order=50)),
            Scenario(name="drawn", adoption=Adoption(probability=0.5)),
        )
    )
    assert told(replay(plain, regions=["East"])) == ["hold>appeal", "escalate>order", "hold>order", "hold>order"]
    assert told(replay(late, regions=["East"]))[1] == "hold>appeal"
    assert doses(replay(answered, regions=["East"])) == [100, 200, 350, 500]
    assert told(replay(drawn, regions=["East"], chance=lambda _, week: float(week == CLINIC + 1)))[1:3] == [
        "escalate>appeal", "escalate>order",
    ]  # fmt: skip
    with pytest.raises(RequestError, match="chance"):
        list(replay(drawn))
