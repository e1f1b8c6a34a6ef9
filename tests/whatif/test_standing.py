"""Of many regions the array engine counts the streaks of the past, as the reference engine counts them one by one."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.standing import Standing
from escalation.observations import tabulate
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.whatif.coming import Course
from escalation.whatif.standing import MANY, at_once, standings
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import Record, some_history, some_record

SLOW = loads(
    "{language: 1, name: slow, calendar: iso-week, metrics: {x: {kind: level}}, triggers: {low: {when: {metric: x, "
    "below: 1}, for: 3 weeks, missing: unknown}}, stages: [{name: a}, {name: b}], "
    "moves: [{name: up, from: a, to: b, trigger: low}]}"
)


def some_course(policy: Policy, random: Random) -> Course:
    observations = some_history(policy, random)
    spans = [span for region in observations.regions if (span := observations.span(region)) is not None]
    now = max(last for _, last in spans)
    record: Record = {
        region: stages
        for region, stages in some_record(policy, observations, random).items()
        if stages[0].since <= now + 1
    }
    return Course(
        policy=policy,
        observations=observations,
        regions=tuple(region for region in observations.regions if observations.span(region) is not None),
        now=now,
        weeks=4,
        forecasts={},
        record=record,
    )


def seen(policy: Policy, standing: Standing) -> tuple[object, ...]:
    """Give what the coming weeks rest on: streaks up to one week less than is asked."""
    most = [trigger.for_ - 1 for trigger in policy.triggers.values()]
    pairs = zip(standing.streaks, most, strict=True)
    return (standing[:2], standing.pending, [(min(one.least, end), min(one.most, end)) for one, end in pairs])


@pytest.mark.parametrize("seed", range(150))
def test_both_engines_find_the_same_standings(seed: int) -> None:
    random, policy = Random(seed), whole_policy(seed)  # noqa: S311 - the same histories every time
    ladder = Ladder(policy)
    for _ in range(3):
        course = some_course(policy, random)
        expected = [seen(policy, one) for one in course.begun(ladder)]
        assert [seen(policy, one) for one in at_once(course, ladder)] == expected


def test_many_regions_stand_as_each_of_them_alone() -> None:
    figures = [(f"R{region}", 105_000 + week, "x", float(week < region)) for region in range(MANY) for week in range(9)]
    observations = tabulate(SLOW.calendar, figures)
    course = Course(
        policy=SLOW, observations=observations, regions=observations.regions, now=105_008, weeks=4, forecasts={}
    )
    ladder = Ladder(SLOW)
    found = [seen(SLOW, one) for one in standings(course, ladder)]
    assert found == [seen(SLOW, one) for one in course.begun(ladder)]
    assert len({str(one) for one in found}) > 1


def test_a_region_without_a_stage_on_record_yet_is_refused() -> None:
    random = Random(0)  # noqa: S311 - the same history every time
    policy = whole_policy(0)
    course = some_course(policy, random)
    late = some_record(policy, course.observations, random)
    region, stages = next(iter(late.items()))
    behind = tuple(replace(one, since=course.now + 5) for one in stages[:1])
    asked = Course(
        policy=policy,
        observations=course.observations,
        regions=course.regions,
        now=course.now,
        weeks=4,
        forecasts={},
        record={region: behind},
    )
    for find in (at_once, Course.begun):
        with pytest.raises(RequestError, match=f"no stage is on record for `{region}`"):
            find(asked, Ladder(policy))
