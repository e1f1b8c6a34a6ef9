"""The exact analysis against brute force on random policies, and mistakes planted in it, which must be noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from escalation.checks.exact import Analysis, Claim, analyse, cells
from escalation.checks.exact.stepper import Stepper
from escalation.evaluation.standing import Streak
from escalation.periods import Week
from escalation.policy.model import Policy
from tests.agreement.brute import Seen, tried
from tests.agreement.ladders import some_policy

WEEKS = 6
POLICIES = 500
CHUNKS = 10
DATED = 20


def starts(policy: Policy, *, dated: bool) -> range:
    """Give the weeks in which the first stage takes effect: around the dates of the policy, or any one."""
    first = Week.parse("2021-W01", policy.calendar).number
    return range(first - 2, first + 5) if dated else range(first, first + 1)


def differences(found: Analysis, seen: Seen) -> list[str]:
    """Say where the analysis and brute force do not agree about the weeks that were tried."""
    told = []
    for reach in found.stages[1:]:
        told += _differs(f"stage {reach.stage}", reach.earliest, seen.reached.get(reach.stage))
    for firing in found.moves:
        told += _differs(f"move {firing.move}", firing.earliest, seen.fired.get(firing.move))
        if firing.claim is Claim.NEVER and firing.move in seen.met:
            told.append(f"{firing.move} is met")
    conflicts = {(one.stage, one.first, one.second) for one in found.conflicts}
    return told + [f"conflict {one}" for one in seen.together - conflicts]


def _differs(what: str, analysed: int | None, brute: int | None) -> list[str]:
    within = analysed if analysed is not None and analysed < WEEKS else None
    return [] if within == brute else [f"{what}: {analysed} by analysis, {brute} by brute force"]


def disagreements(seeds: range, *, dated: bool = False) -> dict[int, list[str]]:
    found = {}
    for seed in seeds:
        policy = some_policy(seed, dated=dated)
        seen = tried(policy, weeks=WEEKS, starts=starts(policy, dated=dated))
        found[seed] = differences(analyse(policy), seen)
    return {seed: told for seed, told in found.items() if told}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_analysis_agrees_with_brute_force(chunk: int) -> None:
    size = POLICIES // CHUNKS
    assert disagreements(range(chunk * size, (chunk + 1) * size)) == {}


def test_the_analysis_agrees_with_brute_force_where_the_law_changes() -> None:
    assert disagreements(range(DATED), dated=True) == {}


def without_points(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cells.cells_of
    monkeypatch.setattr(cells, "cells_of", lambda *given: [one for one in whole(*given) if one.low != one.high])


def with_short_streaks(monkeypatch: pytest.MonkeyPatch) -> None:
    short = Stepper.shortened
    monkeypatch.setattr(Stepper, "shortened", lambda self, streaks: short(self, tuple(shorter(one) for one in streaks)))


def shorter(streak: Streak) -> Streak:
    return Streak(min(streak.least, 1), min(streak.most, 1))


def with_short_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stepper, "stayed", lambda self, stage, dwell: min(dwell + 1, self.stays[stage] - 1))


def without_new_beginnings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stepper, "entered", lambda _self, _stage, streaks: streaks)


MISTAKES = (without_points, with_short_streaks, with_short_stays, without_new_beginnings)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_planted_in_the_analysis_is_noticed(
    mistake: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake(monkeypatch)
    assert any(disagreements(range(start, start + 10)) for start in range(0, 150, 10))
