"""Policies that look back: what random histories bring about, the analysis must have thought possible."""

from __future__ import annotations

from random import Random

import pytest

from escalation.checks.exact import Analysis, Claim, analyse
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import stand
from escalation.evaluation.standing import enter
from escalation.evaluation.step import is_adoptable, step
from escalation.observations import NO_WEEK, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar, Week
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from tests.agreement.brute import ANSWERS, GRID, Seen
from tests.agreement.ladders import some_policy

POLICIES = 100
HISTORIES = 25
EARLY, WEEKS = 4, 8
CHUNKS = 2
BEGIN = {calendar: Week.parse("2021-W01", calendar).number for calendar in Calendar}


def history(policy: Policy, random: Random, *, weeks: int) -> Observations:
    """Give random figures of all inputs; an attribute has one of them all the time."""
    entries = [
        (
            "R",
            NO_WEEK if metric.kind is Kind.ATTRIBUTE else BEGIN[policy.calendar] + week,
            name,
            random.choice(ANSWERS if metric.kind is Kind.JUDGEMENT else GRID),
        )
        for name, metric in policy.inputs.items()
        for week in range(1 if metric.kind is Kind.ATTRIBUTE else weeks)
    ]
    return tabulate(policy.calendar, entries)


def lived(policy: Policy, random: Random) -> Seen:
    """Let random histories happen, and people follow now and then."""
    ladder, seen = Ladder(policy), Seen()
    begin = BEGIN[policy.calendar]
    for _ in range(HISTORIES):
        readings = Readings(policy, history(policy, random, weeks=EARLY + WEEKS), "R")
        entered = begin + EARLY
        standing = stand(ladder, readings, (StageInForce(stage="a", since=entered),), entered)
        for age in range(WEEKS):
            evaluation = step(ladder, standing, readings, entered + age)
            seen.note(evaluation, age)
            standing = evaluation.standing
            if is_adoptable(evaluation) and random.random() < 0.7:
                standing = enter(policy, standing, str(evaluation.to))
    return seen


def wrong(found: Analysis, seen: Seen) -> list[str]:
    stages = [one for one in found.stages[1:] if one.claim is not Claim.NOT_PROVED]
    moves = [one for one in found.moves if one.claim is not Claim.NOT_PROVED]
    told = [f"{one.stage} is sooner" for one in stages if _is_sooner(one.earliest, seen.reached.get(one.stage))]
    told += [f"{one.move} is sooner" for one in moves if _is_sooner(one.earliest, seen.fired.get(one.move))]
    return told + [f"{one.move} is met" for one in moves if one.claim is Claim.NEVER and one.move in seen.met]


def _is_sooner(earliest: int | None, seen: int | None) -> bool:
    return seen is not None and (earliest is None or seen < earliest)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_happens_that_the_analysis_holds_impossible(chunk: int) -> None:
    size = POLICIES // CHUNKS
    found = {}
    for seed in range(chunk * size, (chunk + 1) * size):
        policy = some_policy(seed, windows=True)
        found[seed] = wrong(analyse(policy, examples=False), lived(policy, Random(seed)))  # noqa: S311 - repeatable
    assert {seed: told for seed, told in found.items() if told} == {}


def test_most_answers_have_an_example_of_figures_that_can_be_observed() -> None:
    claims = [one.claim for seed in range(60) for one in analyse(some_policy(seed, windows=True)).moves]
    possible, free = claims.count(Claim.POSSIBLE), claims.count(Claim.IF_FREE)
    assert possible > 5 * free
