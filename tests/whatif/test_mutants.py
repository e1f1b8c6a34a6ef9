"""The comparison with the reference engine notices every mistake planted in the array engine."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import Adoption
from escalation.policy.conditions import Operator
from escalation.whatif.arrays import answers, circuit, computed, figures, margins, paths, wiring
from escalation.whatif.arrays.circuit import NO
from escalation.whatif.arrays.words import ALL
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import differences, some_adoption, some_history, some_record

Plant = Callable[[pytest.MonkeyPatch], None]
SEEDS = range(1000, 1200)


def boundary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(answers.HOLDING, Operator.AT_MOST, ("less",))


def tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    def exact(threshold: float) -> tuple[float, float]:
        return math.nextafter(threshold, -math.inf), math.nextafter(threshold, math.inf)

    monkeypatch.setattr(margins, "_around", exact)


def off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    reaches = circuit.Counter.reaches
    monkeypatch.setattr(circuit.Counter, "reaches", lambda self, number: reaches(self, max(number - 1, 0)))


def missing_is_unmet(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = answers._compared

    def closed(*arguments: object) -> object:
        met, _ = compared(*arguments)  # type: ignore[arg-type]
        return met, ~met

    monkeypatch.setattr(answers, "_compared", closed)


def priority(monkeypatch: pytest.MonkeyPatch) -> None:
    class Reversed(Ladder):
        def __init__(self, policy: object) -> None:
            super().__init__(policy)  # type: ignore[arg-type]
            self.exits = {stage: exits[::-1] for stage, exits in self.exits.items()}

    monkeypatch.setattr(paths, "Ladder", Reversed)


def dwell_not_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to = circuit.Counter.set_to

    def kept(self: circuit.Counter, number: int, where: int) -> None:
        if number > 1:
            set_to(self, number, where)

    monkeypatch.setattr(circuit.Counter, "set_to", kept)


def streaks_since_entry_not_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    effect = wiring._Week.effect

    def kept(self: wiring._Week, effects: list[int]) -> None:
        streaks, self.streaks = self.streaks, []
        effect(self, effects)
        self.streaks = streaks

    monkeypatch.setattr(wiring._Week, "effect", kept)


def float32(monkeypatch: pytest.MonkeyPatch) -> None:
    on_record = figures.Figures._on_record

    def short(self: figures.Figures, *arguments: object) -> object:
        found = on_record(self, *arguments)  # type: ignore[arg-type]
        return found._replace(value=found.value.astype(np.float32).astype(np.float64))

    monkeypatch.setattr(figures.Figures, "_on_record", short)


def lag(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(ladder: Ladder, adoption: Adoption, **options: bool) -> object:
        later = Adoption(adopt=adoption.adopt, lag=adoption.lag + 1, up_to=adoption.up_to)
        return wiring.wired(ladder, later, is_steered=options["is_steered"])

    monkeypatch.setattr(paths, "wired", late)


def lock(monkeypatch: pytest.MonkeyPatch) -> None:
    law = paths.law
    monkeypatch.setattr(paths, "law", lambda *arguments: {key: words | ALL for key, words in law(*arguments).items()})


def carry(monkeypatch: pytest.MonkeyPatch) -> None:
    carried = figures.carried
    forever = {"max_age": None}
    monkeypatch.setattr(figures, "carried", lambda metric, seen: carried(metric.model_copy(update=forever), seen))


def window(monkeypatch: pytest.MonkeyPatch) -> None:
    before = computed._before
    monkeypatch.setattr(computed, "_before", lambda array, weeks: before(array, weeks + 1 if weeks else 0))


def pending(monkeypatch: pytest.MonkeyPatch) -> None:
    recommend = wiring._Week.recommend

    def eager(self: wiring._Week, evaluated: list[int]) -> object:
        self.waiting = self.pending = NO
        return recommend(self, evaluated)

    monkeypatch.setattr(wiring._Week, "recommend", eager)


def interval(monkeypatch: pytest.MonkeyPatch) -> None:
    relations = answers.relations
    monkeypatch.setattr(
        answers, "relations", lambda values, threshold: relations(values._replace(ends=None), threshold)
    )


def gap_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring._Streak, "clear", lambda self, where: None)


PLANTED: tuple[Plant, ...] = (
    boundary,
    tolerance,
    off_by_one,
    missing_is_unmet,
    priority,
    dwell_not_reset,
    streaks_since_entry_not_reset,
    float32,
    lag,
    lock,
    carry,
    window,
    pending,
    interval,
    gap_holds,
)


def is_noticed() -> bool:
    """Compare both engines until they differ."""
    for seed in SEEDS:
        random = Random(seed)  # noqa: S311 - the same histories every time
        policy = whole_policy(seed)
        observations = some_history(policy, random)
        record = some_record(policy, observations, random)
        if any(differences(policy, observations, some_adoption(policy, random), record)):
            return True
    return False


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_mistake_is_noticed(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as planted:
        plant(planted)
        found = is_noticed()
    assert found


def test_nothing_is_noticed_without_one() -> None:
    assert not is_noticed()
