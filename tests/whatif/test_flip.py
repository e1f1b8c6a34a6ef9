"""Tipping values: exact on both sides in the reference engine, and no smaller change tips."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from escalation.errors import RequestError
from escalation.evaluation.library import Record, evaluate_latest
from escalation.evaluation.step import Recommendation
from escalation.observations import Entry, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar
from escalation.policy.amend import amend
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.whatif.flip import Flip, flip, flips
from escalation.whatif.numbers import Sort
from escalation.whatif.standpoint import Answer, answer
from escalation.whatif.tips import Tips, Touch
from tests.whatif.clinic import FIRST, clinic, data
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import some_history, some_record

VISITS = [10.0, 55.0, 60.0, 30.0, 15.0, 53.0, 52.0]
HOLD = Answer(Recommendation.HOLD, None)


def by_name(found: Flip) -> dict[str, Tips]:
    return {tips.number.name: tips for tips in found.tips}


def asked(
    policy: Policy, observations: Observations, found: Flip, tips: Tips, value: float, *, record: Record | None = None
) -> Answer | None:
    """Ask the reference engine with another value of a number, as `evaluate` does; none where it is refused."""
    number = tips.number
    if number.sort is Sort.FIGURE:
        key = found.region, number.name
        known = observations.series[key]
        held = max(place for place, one in enumerate(known) if one.week == number.week)
        known = (*known[:held], known[held]._replace(value=value), *known[held + 1 :])
        observations = Observations(
            **{name: getattr(observations, name) for name in Observations.__slots__ if name != "series"},
            series={**observations.series, key: known},
        )
    else:
        is_weeks = number.sort in (Sort.FOR, Sort.AFTER)
        try:
            policy = amend(policy, {number.name: int(value) if is_weeks else value})
        except RequestError:
            return None
    (one,) = evaluate_latest(policy, observations, [found.region], week=found.week, record=record)
    return answer(one)


def between(random: Random, tips: Tips, *, is_up: bool) -> list[float]:
    """Give values on the way to a tipping value, or all the way to the end where there is none."""
    number = tips.number
    tip = tips.higher if is_up else tips.lower
    if tip is not None:
        end = tip.last
    elif is_up:
        end = min(number.high if number.high is not None else 1e4, number.present + 1e4)
    else:
        end = max(number.low if number.low is not None else -1e4, number.present - 1e4)
    if (end < number.present) if is_up else (end > number.present):
        return []
    near = min(max(number.present + (3 if is_up else -3), min(end, number.present)), max(end, number.present))
    drawn = [random.uniform(number.present, end) for _ in range(6)]
    drawn += [random.uniform(number.present, near) for _ in range(10)]
    return [*{float(round(one)) for one in drawn}] if number.is_whole else [*drawn, end]


def begun(policy: Policy, observations: Observations, random: Random) -> Record:
    """Give stages on record that begin before the latest week of their regions, each once in a row and again."""
    record = some_record(policy, observations, random)
    return {
        region: stages
        for region, stages in record.items()
        if (span := observations.span(region)) is not None and stages[0].since <= span[1]
    }


@settings(max_examples=25)
@given(st.integers(0, 10_000))
@example(63)  # the same stage takes effect twice in a row
@example(3209)  # two limits of a table are equal but for the tolerance
def test_no_smaller_change_tips_a_random_policy(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    observations = some_history(policy, random)
    record = begun(policy, observations, random) if seed % 2 else None
    for found in flips(policy, observations, regions=observations.regions, record=record)[:2]:
        for tips in found.tips:
            for is_up, tip in ((False, tips.lower), (True, tips.higher)):
                if tip is not None:
                    said = [
                        asked(policy, observations, found, tips, one, record=record)
                        for one in (tip.last, tip.first, tip.written)
                    ]
                    assert said == [found.present, tip.then, tip.then], (seed, tips)
                    assert tip.then != found.present, (seed, tips)
                if tips.is_undecided:
                    continue
                for value in between(random, tips, is_up=is_up):
                    same = asked(policy, observations, found, tips, value, record=record)
                    assert same in (found.present, None), (seed, tips, value)


@pytest.mark.parametrize("seed", range(1, 12, 2))
def test_many_regions_tip_where_each_of_them_does(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    observations = some_history(policy, random)
    record = begun(policy, observations, random)
    together = flips(policy, observations, regions=observations.regions, record=record)
    assert together == tuple(flip(policy, observations, region=one, record=record) for one in observations.regions)
    assert len({one.week for one in together}) > 1


def test_a_threshold_on_a_figure_tips_just_beyond_it() -> None:
    tips = by_name(flip(clinic(), data(visits=VISITS), region="East"))["triggers.busy.when.at_least"]
    assert tips.lower is None
    assert tips.higher is not None
    assert (tips.number.present, tips.higher.written) == (50, 52.01)
    assert 52 < tips.higher.first < 52 + 1e-8
    assert tips.higher.then == HOLD


def test_a_longer_duration_tips_where_the_streak_ends() -> None:
    tips = by_name(flip(clinic(), data(visits=VISITS), region="East"))["triggers.busy.for"]
    assert tips.higher is not None
    assert (tips.higher.last, tips.higher.first, tips.higher.then) == (2, 3, HOLD)


def test_a_counted_figure_tips_at_a_whole_number() -> None:
    found = flip(clinic(), data(visits=VISITS), region="East")
    tips = by_name(found)["visits"]
    assert found.present == Answer(Recommendation.ESCALATE, "order")
    assert tips.lower is not None
    assert (tips.lower.last, tips.lower.first, tips.number.week) == (50, 49, FIRST + 6)


def test_a_computed_metric_tips_through_the_figure_behind_it() -> None:
    record = {"East": (StageInForce(stage="order", since=FIRST),)}
    doses = [100.0 + 20 * week for week in range(9)]
    found = flip(clinic(), data(doses=doses, visits=[30.0] * 9), region="East", record=record)
    assert found.present.recommendation is Recommendation.UNDETERMINED
    tips = by_name(found)["doses"]
    assert tips.higher is not None
    assert (tips.higher.last, tips.higher.first) == (599, 600)
    assert tips.higher.then == HOLD
    people = by_name(found)["people"]
    assert people.lower is not None
    assert people.lower.first * 0.6 <= doses[-1] < people.lower.last * 0.6


def test_a_judgement_is_turned_round() -> None:
    ready = tabulate(
        Calendar.ISO,
        [
            *((Entry("East", FIRST + week, "doses", 100.0 + 20 * week)) for week in range(9)),
            Entry("East", FIRST, "people", 1000.0),
            Entry("East", FIRST + 8, "ready", 1.0, 0, "board"),
        ],
    )
    record = {"East": (StageInForce(stage="order", since=FIRST),)}
    found = flip(clinic(), ready, record=record)
    tips = by_name(found)["ready"]
    assert tips.lower is not None
    assert (tips.lower.last, tips.lower.first, tips.higher) == (1, 0, None)


def test_the_range_of_a_parameter_is_kept() -> None:
    record = {"East": (StageInForce(stage="order", since=FIRST),)}
    found = flip(clinic(), data(doses=[950.0] * 9, visits=[30.0] * 9), region="East", record=record)
    target = by_name(found)["target"]
    assert (target.number.high, target.higher) == (90, None)  # 95 would tip


def test_the_nearest_comes_first() -> None:
    tips = flip(clinic(), data(visits=VISITS), region="East").tips
    assert [one.nearest for one in tips] == sorted(one.nearest for one in tips)
    assert len({one.nearest for one in tips}) > 2


def test_nothing_tips_while_a_decision_is_pending() -> None:
    stages = (
        StageInForce(stage="appeal", since=FIRST),
        StageInForce(stage="order", since=FIRST + 9, decided=FIRST + 3),
    )
    found = flip(clinic(), data(visits=VISITS), region="East", record={"East": stages})
    assert found.is_pending
    assert found.tips == ()
    assert found.present == HOLD


def test_a_figure_that_is_known_rounded_is_not_guessed() -> None:
    policy = amend(clinic(), {"metrics.visits.reported": {"step": 10, "how": "down"}})
    tips = by_name(flip(policy, data(visits=VISITS), region="East"))["visits"]
    assert tips.is_undecided


def test_a_week_before_the_data_is_refused() -> None:
    with pytest.raises(RequestError, match="nothing was known of `East` by then"):
        flip(clinic(), data(visits=VISITS), region="East", week="2021-W01")


TABLE = """
language: 1
name: table
calendar: iso-week
parameters: {gate: {value: 2.4}}
metrics:
  beds: {kind: level, reported: {step: 1, how: down}}
  band: {bands: {of: beds, rows: [{below: gate, value: 1}, {below: 2.5, value: 9}, {otherwise: 3}]}}
triggers: {few: {when: {metric: band, below: 5}, missing: unknown}}
stages: [{name: a}, {name: b}]
moves: [{name: up, from: a, to: b, trigger: few}]
"""


def test_two_numbers_of_a_table_that_change_places_tip_it() -> None:
    observations = tabulate(Calendar.ISO, [Entry("East", FIRST, "beds", 2.0)])
    found = flip(loads(TABLE), observations)
    assert found.present.recommendation is Recommendation.UNDETERMINED  # 2 may be 2.45, whose band is 9
    gate = by_name(found)["gate"]
    assert gate.higher is not None
    assert gate.higher.then == Answer(Recommendation.ESCALATE, "b")
    assert abs(gate.higher.first - 2.5) < 1e-9


LEVELS = """
language: 1
name: levels
calendar: iso-week
metrics:
  beds: {kind: level}
  level: {bands: {of: beds, rows: [{below: 40, value: 1}, {below: 60, value: 2}, {otherwise: 3}]}}
triggers: {medium: {when: {metric: level, equal_to: 2}, missing: unknown}}
stages: [{name: a}, {name: b}]
moves: [{name: up, from: a, to: b, trigger: medium}]
"""


def test_a_value_that_is_asked_for_exactly_comes_last() -> None:
    found = flip(loads(LEVELS), tabulate(Calendar.ISO, [Entry("East", FIRST, "beds", 45.0)]))
    asked_for = by_name(found)["triggers.medium.when.equal_to"]
    assert asked_for.touch is Touch.MATCH
    assert all(asked_for.is_hair(tip) for tip in asked_for.known)
    assert len(asked_for.known) == 2
    tipping = [one for one in found.tips if one.known]
    assert tipping[-1] == asked_for
    assert tipping[0].number.name == "beds"
    assert tipping[0].touch is None


def test_a_figure_on_a_threshold_is_the_nearest_there_is() -> None:
    found = flip(loads(LEVELS), tabulate(Calendar.ISO, [Entry("East", FIRST, "beds", 40.0)]))
    tips = by_name(found)
    on_it, below = tips["metrics.level.bands.rows.1.below"], tips["beds"]
    assert (on_it.touch, below.touch) == (Touch.FIGURE, Touch.FIGURE)
    assert on_it.higher is not None
    assert on_it.is_hair(on_it.higher)
    assert below.lower is not None
    assert below.is_hair(below.lower)
    assert below.higher is not None
    assert not below.is_hair(below.higher)
    assert {one.number.name for one in found.tips[:2]} == {on_it.number.name, "beds"}


def test_a_limit_that_another_of_its_table_equals_comes_last() -> None:
    policy = loads(TABLE.replace("{below: 2.5, value: 9}", "{below: 2.4, value: 9}"))
    found = flip(policy, tabulate(Calendar.ISO, [Entry("East", FIRST, "beds", 2.0)]))
    gate = by_name(found)["gate"]
    assert gate.touch is Touch.TABLE
    assert [tips for tips in found.tips if tips.known][-1].touch is Touch.TABLE
