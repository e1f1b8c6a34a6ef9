"""Many weeks: what people do with recommendations."""

from __future__ import annotations

import pytest

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import Adopt, Adoption, stand
from escalation.evaluation.step import step
from escalation.observations.standings import StageInForce
from tests.evaluation.worlds import FIRST, policy, readings, replayed, told

WORLD = policy(
    triggers="""
  high: {when: {metric: x, at_least: 5}, missing: unknown}
  low: {when: {metric: x, below: 2}, missing: unknown}
""",
    moves="""
  - {name: up, from: a, to: b, trigger: high}
  - {name: onward, from: b, to: c, trigger: high, after: 1 week}
  - {name: down, from: [b, c], to: a, trigger: low}
""",
    locks="[{not_above: b, from: 2021-02-01, until: 2021-02-28}]",
)
RISING = {"x": [3.0, 5.0, 5.0, 5.0, 1.0]}


def test_followed_recommendations_take_effect_at_the_end_of_the_week() -> None:
    outcomes = replayed(WORLD, readings(WORLD, RISING))
    assert told(outcomes) == ["hold>a", "escalate>b", "escalate>c", "hold>c", "relax>a"]
    assert [one.evaluation.stage for one in outcomes] == ["a", "a", "b", "c", "c"]
    assert [one.evaluation.dwell for one in outcomes] == [0, 1, 1, 1, 2]


def test_with_a_lag_the_stage_holds_until_the_decision_takes_effect() -> None:
    outcomes = replayed(WORLD, readings(WORLD, RISING), adoption=Adoption(lag=2))
    assert told(outcomes) == ["hold>a", "escalate>a", "hold>a", "hold>b", "relax>b"]
    pending = [one.evaluation.before.pending for one in outcomes]
    assert [one and one.to for one in pending] == [None, None, "b", "b", None]


def test_a_move_may_have_a_lag_of_its_own() -> None:
    outcomes = replayed(WORLD, readings(WORLD, RISING), adoption=Adoption(lags={"onward": 1}))
    assert told(outcomes) == ["hold>a", "escalate>b", "escalate>b", "hold>c", "relax>a"]


def test_a_recommendation_that_is_followed_by_chance_is_followed_where_the_draw_is_below_the_probability() -> None:
    draws = {FIRST + 1: 0.5, FIRST + 2: 0.49, FIRST + 3: 0.9, FIRST + 4: 0.0}
    adoption = Adoption(probability=0.5, chance=lambda _, week: draws[week])
    outcomes = replayed(WORLD, readings(WORLD, RISING), adoption=adoption)
    assert told(outcomes) == ["hold>a", "escalate>a", "escalate>b", "escalate>b", "relax>a"]


def test_a_matter_of_chance_without_draws_is_refused() -> None:
    with pytest.raises(RequestError, match="no `chance` is given"):
        replayed(WORLD, readings(WORLD, RISING), adoption=Adoption(probability=0.5))


def test_up_to_a_stage_what_leads_above_it_is_not_adopted() -> None:
    outcomes = replayed(WORLD, readings(WORLD, RISING), adoption=Adoption(up_to="b"))
    assert told(outcomes) == ["hold>a", "escalate>b", "escalate>b", "escalate>b", "relax>a"]


def test_never_adopted_recommendations_change_nothing() -> None:
    outcomes = replayed(WORLD, readings(WORLD, RISING), adoption=Adoption(adopt=Adopt.NEVER))
    assert told(outcomes) == ["hold>a", "escalate>a", "escalate>a", "escalate>a", "hold>a"]
    assert [one.evaluation.dwell for one in outcomes] == [0, 1, 2, 3, 4]


def test_recorded_stages_are_those_really_in_force() -> None:
    record = [("a", 0), ("b", 2), ("a", 4)]
    outcomes = replayed(WORLD, readings(WORLD, RISING), adoption=Adoption(adopt=Adopt.RECORDED), record=record)
    assert [one.evaluation.stage for one in outcomes] == ["a", "a", "b", "b", "a"]
    assert [one.evaluation.dwell for one in outcomes] == [0, 1, 0, 1, 0]
    assert [one.stage_after for one in outcomes] == ["a", "b", "b", "a", "a"]
    assert [one.unlawful for one in outcomes] == [False] * 5


def test_people_may_decide_otherwise_than_the_data_say() -> None:
    record = [("a", 0), ("b", 1)]
    calm = readings(WORLD, {"x": [3.0, 3.0]})
    outcomes = replayed(WORLD, calm, adoption=Adoption(adopt=Adopt.RECORDED), record=record)
    assert [(one.evaluation.stage, one.unlawful) for one in outcomes] == [("a", False), ("b", False)]


@pytest.mark.parametrize(
    ("record", "unlawful"),
    [
        ([("a", 0), ("c", 2)], 2),  # no move leads from a to c
        ([("a", 0), ("b", 3), ("c", 5)], 5),  # 14 February: locked
    ],
)
def test_a_recorded_change_that_no_lawful_move_makes_is_marked(record: list[tuple[str, int]], unlawful: int) -> None:
    known = readings(WORLD, {"x": [3.0] * 7})
    outcomes = replayed(WORLD, known, adoption=Adoption(adopt=Adopt.RECORDED), record=record)
    assert [week for week, one in enumerate(outcomes) if one.unlawful] == [unlawful]
    assert outcomes[-1].evaluation.stage == "c"


def test_no_stage_is_in_force_before_the_first_on_record() -> None:
    with pytest.raises(RequestError, match="2021-W03"):
        replayed(WORLD, readings(WORLD, RISING), record=[("a", 2)], weeks=range(1))


def test_what_counts_since_entry_counts_alike_in_a_replay_and_in_one_week_of_it() -> None:
    world = policy(
        triggers="{e: {when: {metric: x, at_least: 5}, missing: unknown, since: entry},"
        " t: {when: {not: {trigger: e}}, for: 3 weeks, missing: unknown}}",
        moves="[{name: up, from: a, to: b, trigger: t}, {name: go, from: b, to: c, trigger: t}]",
    )
    known = readings(world, {"x": [9.0] * 8})
    record = (("a", 0), ("b", 5))
    whole = replayed(world, known, adoption=Adoption(adopt=Adopt.RECORDED), record=record)
    stages = tuple(StageInForce(stage=stage, since=FIRST + since) for stage, since in record)
    standing = stand(Ladder(world), known, stages, FIRST + 6)
    assert standing.streaks == whole[5].evaluation.standing.streaks


def test_a_decision_that_the_law_forbids_when_it_would_take_effect_lapses() -> None:
    # The lock holds from 1 to 28 February. Decided in W03, it would take effect in W06, which ends on 14 February.
    known = readings(WORLD, {"x": [1.0, 1.0, *[5.0] * 9]})
    outcomes = replayed(WORLD, known, adoption=Adoption(lag=3), record=[("b", 0)], weeks=range(FIRST + 2, FIRST + 11))
    told_of = {week: (one.evaluation.recommendation.value, one.lapsed) for week, one in enumerate(outcomes, start=3)}
    assert told_of[3] == ("escalate", None)
    assert told_of[6] == ("hold", "c")
    assert told_of[7] == ("hold", None)
    assert told_of[8] == ("hold", None)
    assert told_of[9] == ("escalate", None)
    assert outcomes[-1].stage_after == "b"


STAYING = policy(
    triggers="{high: {when: {metric: x, at_least: 5}, for: 2 weeks, missing: unknown, since: entry}}",
    moves="[{name: up, from: a, to: b, trigger: high}, {name: onward, from: b, to: c, trigger: high, after: 2 weeks}]",
)


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_each_week_evaluated_from_the_record_of_a_replay_stands_as_it_did_in_it(lag: int) -> None:
    known = readings(STAYING, {"x": [3.0, *[6.0] * 14]})
    outcomes = replayed(STAYING, known, adoption=Adoption(lag=lag))
    adopted = [week for week, one in enumerate(outcomes) if one.evaluation.recommendation == "escalate"]
    assert len(adopted) == 2
    # What is recommended from the figures of a week is decided in the next one.
    later = [
        StageInForce(stage=str(outcomes[week].evaluation.to), since=FIRST + week + lag, decided=FIRST + week + 1)
        for week in adopted
    ]
    record = (StageInForce(stage="a", since=FIRST), *later)
    ladder = Ladder(STAYING)
    effective = {one.since for one in later}
    for one in outcomes:
        week = one.evaluation.week
        again = step(ladder, stand(ladder, known, record, week), known, week)
        if (
            week in effective
        ):  # the replay changes the stage at the end of this week, the record in it: 0 weeks either way
            assert (again.stage, again.dwell) == (one.stage_after, 0)
        else:
            assert again.before == one.evaluation.before
            assert (again.recommendation, again.to) == (one.evaluation.recommendation, one.evaluation.to)


def test_a_stage_that_was_not_decided_by_then_is_not_yet_known() -> None:
    known = readings(WORLD, RISING)
    ladder = Ladder(WORLD)
    record = (StageInForce(stage="a", since=FIRST), StageInForce(stage="b", since=FIRST + 4, decided=FIRST + 2))
    pending = [stand(ladder, known, record, FIRST + week).pending for week in range(5)]
    assert [one and (one.move, one.to, one.effective - FIRST) for one in pending] == [
        None, None, ("up", "b", 4), ("up", "b", 4), None,
    ]  # fmt: skip
    silent = (record[0], StageInForce(stage="b", since=FIRST + 4))
    assert stand(ladder, known, silent, FIRST + 3).pending is None


@pytest.mark.parametrize("adopt", Adopt)
def test_a_decision_on_record_takes_effect_in_its_week_whatever_is_adopted(adopt: Adopt) -> None:
    record = (StageInForce(stage="a", since=FIRST), StageInForce(stage="b", since=FIRST + 3, decided=FIRST + 1))
    known = readings(WORLD, {"x": [3.0, 9.0, 9.0, 3.0, 3.0]})
    outcomes = replayed(WORLD, known, weeks=range(FIRST + 1, FIRST + 5), adoption=Adoption(adopt=adopt), stages=record)
    assert told(outcomes) == ["hold>a", "hold>b", "hold>b", "hold>b"]
    assert [one.evaluation.dwell for one in outcomes] == [1, 2, 0, 1]
