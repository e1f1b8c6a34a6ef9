"""Computed metrics beside their operands, rounded figures and attributes: what random histories bring about."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from escalation.checks.exact import Relation, analyse, contrast
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.standing import NONE, Standing
from escalation.evaluation.step import step
from escalation.policy.model import Policy
from tests.agreement.ladders import STAGES, some_policy, tree
from tests.agreement.test_contrast import changed, kinds, made
from tests.agreement.test_windows import BEGIN, history, lived, wrong

POLICIES = 200
HISTORIES = 40
WEEKS = 6
CHUNKS = 4


def differing(old: Policy, new: Policy, random: Random) -> Iterator[str]:
    """Give the kinds of differences that random histories show, in every stage and after some stays."""
    ladders = (Ladder(old), Ladder(new))
    for _ in range(HISTORIES):
        observed = history(old, random, weeks=WEEKS)
        readings = [Readings(policy, observed, "R") for policy in (old, new)]
        for stage in STAGES:
            for dwell in (-1, 3):
                standings = [Standing(stage, dwell, (NONE,) * len(ladder.triggers)) for ladder in ladders]
                for week in range(BEGIN[old.calendar], BEGIN[old.calendar] + WEEKS):
                    one, other = (step(*given, week) for given in zip(ladders, standings, readings, strict=True))
                    standings = [one.standing, other.standing]
                    yield from kinds(old, stage, (one.recommendation, one.to), (other.recommendation, other.to))


def unsound(relation: Relation, seen: set[str]) -> set[str]:
    """Give what a relation rules out, and was seen."""
    ruled_out = {
        Relation.EQUAL: {"stricter", "looser", "other"},
        Relation.DIFFERS: {"stricter", "looser"},
        Relation.STRICTER: {"looser"},
        Relation.LOOSER: {"stricter"},
    }
    return ruled_out.get(relation, set()) & seen


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_happens_that_the_analysis_holds_impossible(chunk: int) -> None:
    size = POLICIES // CHUNKS
    found = {}
    for seed in range(chunk * size, (chunk + 1) * size):
        policy = some_policy(seed, mixed=True)
        found[seed] = wrong(analyse(policy, examples=False), lived(policy, Random(seed)))  # noqa: S311 - repeatable
    assert {seed: told for seed, told in found.items() if told} == {}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_difference_happens_that_the_contrast_rules_out(chunk: int) -> None:
    size = POLICIES // CHUNKS
    found = {}
    for seed in range(chunk * size, (chunk + 1) * size):
        random = Random(seed)  # noqa: S311 - repeatable
        whole = tree(random, dated=False, windows=False, mixed=True)
        old, new = made(whole), made(changed(random, whole))
        found[seed] = unsound(contrast(old, new).relation, set(differing(old, new, random)))
    assert {seed: told for seed, told in found.items() if told} == {}
