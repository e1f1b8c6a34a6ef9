"""One vocabulary of outcomes: how they are asked for, and what outlooks come to in them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.whatif.checked import by_reference
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outcomes import Kind, Outcome, by_region, outcome, outcomes, over_all
from escalation.whatif.outlook import outlook
from escalation.whatif.retraced import Lived, lived
from tests.whatif.clinic import clinic
from tests.whatif.test_agreement import plain
from tests.whatif.test_outlook import COURSES

POLICY = clinic()


@pytest.mark.parametrize("asked", outcomes(tuple(POLICY.ranks)), ids=str)
def test_an_outcome_is_read_as_it_is_written(asked: Outcome) -> None:
    assert outcome(str(asked), POLICY) == asked


def test_without_a_word_it_is_whether_the_last_stage_is_recommended() -> None:
    assert str(outcome(None, POLICY)) == f"recommended:{POLICY.stages[-1].name}"


@pytest.mark.parametrize(
    ("text", "said", "remedy"),
    [
        ("recomended:law", "`recomended:law` is no outcome", "did you mean `recommended`?"),
        ("happiness", "`happiness` is no outcome", "`weeks:STAGE`, `changes`"),
        ("weeks", "`weeks` is asked of one stage", "write `weeks:law`"),
        ("changes:law", "`changes` is asked of all stages", "write `changes`"),
        ("first:ordr", "`ordr` is not a stage of this policy", "did you mean `order`?"),
        ("in-force:law", "`in-force` is now `weeks`", "write `weeks:law`"),
        ("probability:law", "`probability` is now `recommended`", "write `recommended:law`"),
    ],
)
def test_what_is_no_outcome_is_refused_with_what_to_write(text: str, said: str, remedy: str) -> None:
    with pytest.raises(RequestError) as caught:
        outcome(text, POLICY)
    assert said in str(caught.value)
    assert remedy in caught.value.help
    message, indonesian = caught.value.indonesian
    assert message != str(caught.value)
    assert indonesian != caught.value.help


@pytest.mark.parametrize("name", ["followed", "late, and by chance", "a decision pending"])
def test_an_outlook_comes_to_what_its_draws_come_to_in_the_reference_engine(name: str) -> None:
    course, draws = COURSES[name], Draws(seed=3, count=40)
    found = outlook(course, draws)
    of_region = [
        [lived(course.policy, path, course.record.get(region, ())) for path in by_reference(alone, draws)]
        for region in course.regions
        for alone in [replace(course, regions=(region,))]
    ]
    paths = [path for own in of_region for path in own]
    for asked in outcomes(found.stages):
        assert over_all(found).of(asked) == pytest.approx(measured(asked, paths, found.stages, course.now + 1))
        alone = [measured(asked, own, found.stages, course.now + 1) for own in of_region]
        assert by_region(found).of(asked).tolist() == pytest.approx(alone)


def measured(asked: Outcome, paths: list[list[Lived]], stages: tuple[str, ...], first: int) -> float:
    """Measure an outcome of paths, by its definition."""
    rank = stages.index(asked.stage) if asked.stage is not None else -1
    called = sorted(next((one.week - first for one in path if one.recommended == rank), math.inf) for path in paths)
    if asked.kind is Kind.RECOMMENDED:
        return sum(week < math.inf for week in called) / len(paths)
    if asked.kind is Kind.FIRST:
        return called[(len(called) + 1) // 2 - 1]
    if asked.kind is Kind.SHORTEST_STAY:
        stays = sorted(plain([one.stage for one in path], path[-1].after) or math.inf for path in paths)
        return stays[(len(stays) + 1) // 2 - 1]
    return float(np.mean([counted(asked.kind, rank, path) for path in paths]))


def counted(kind: Kind, rank: int, path: list[Lived]) -> int:
    """Count what a path has of an outcome that is a mean."""
    changes = [one for one in path if one.after != one.stage]
    if kind is Kind.WEEKS:
        return sum(one.stage == rank for one in path)
    if kind is Kind.UNDETERMINED:
        return sum(one.is_undetermined for one in path)
    if kind is Kind.CHANGES:
        return len(changes)
    return sum(one.week - before.week <= 4 and one.after == before.stage for before, one in pairwise(changes))
