"""Answers of the compiled engine are those of numpy, on random policies that use the whole language."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import numpy as np
import pytest

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import FOLLOW
from escalation.policy.conditions import Operator
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.whatif.arrays import packing, sheet
from escalation.whatif.arrays.answers import by_numba, by_numpy, by_rows
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.margins import Margins
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.wiring import wired
from escalation.whatif.arrays.words import unpacked
from tests.whatif.ladders import whole_policy

FIRST, WEEKS, REGIONS = 105_000, 9, 3
ODD = (0.0, 0.5, 1.0, 1.0 + 5e-12, 1.5, 2.0 - 5e-12, 2.0, 2.5, 3.0, -1.0, 1e300, np.nan)


def some_figures(policy: Policy, seed: int, draws: int) -> dict[str, Floats]:
    """Give figures on and beside thresholds; some metrics are drawn and some known."""
    random = np.random.default_rng(seed)
    found = {}
    for place, (name, metric) in enumerate(policy.inputs.items()):
        is_known = metric.kind in (Kind.ATTRIBUTE, Kind.JUDGEMENT) or (place + seed) % 4 == 0
        found[name] = random.choice(ODD, (WEEKS, REGIONS, 1 if is_known else draws))
    return found


def differing_when_read_once(seed: int, kind: type[np.floating]) -> tuple[int, int]:
    """Count the questions that are answered in one reading of the values, and those that are answered otherwise."""
    policy, draws = whole_policy(seed), (64, 100, 5000)[seed % 3]
    questions = dict(enumerate(wired(Ladder(policy), FOLLOW, is_steered=False).questions))
    values = {name: grid.astype(kind) for name, grid in some_figures(policy, seed, draws).items()}
    compiled = by_rows(Figures(policy, values, first=FIRST, is_carried=True), questions)
    expected = by_numpy(Figures(policy, values, first=FIRST, is_carried=True), questions)
    return len(compiled), sum(bool((words != expected[key]).any()) for key, words in compiled.items())


def differing(seed: int) -> tuple[int, int]:
    """Count the questions that the compiled engine answers, and those that it answers otherwise."""
    policy, draws = whole_policy(seed), (64, 100, 1000)[seed % 3]
    questions = dict(enumerate(wired(Ladder(policy), FOLLOW, is_steered=False).questions))
    values = some_figures(policy, seed, draws)
    compiled = by_numba(Figures(policy, values, first=FIRST, is_carried=True), questions)
    expected = by_numpy(Figures(policy, values, first=FIRST, is_carried=True), questions)
    found = [place for place in questions if Key("met", place) in compiled]
    keys = [(Key("met", place), Key("unmet", place)) for place in found]
    wrong = sum(any((compiled[key] != expected[key]).any() for key in pair) for pair in keys)
    return len(found), wrong


@pytest.fixture(autouse=True)
def _numba() -> None:
    pytest.importorskip("numba", reason="numba is an extra")


@pytest.mark.parametrize("seed", range(150))
def test_the_answers_are_those_of_numpy(seed: int) -> None:
    assert differing(seed)[1] == 0


@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_answers_of_one_reading_are_those_of_numpy(kind: type[np.floating], monkeypatch: pytest.MonkeyPatch) -> None:
    import_module(packing.COMPILED)
    monkeypatch.setattr(packing, "SMALL", 0)
    found = [differing_when_read_once(seed, kind) for seed in range(60)]
    assert sum(answered for answered, _ in found) > 100
    assert sum(wrong for _, wrong in found) == 0


@pytest.mark.parametrize("operator", Operator)
def test_a_bound_between_two_figures_of_single_precision_is_moved_to_the_right_one(operator: Operator) -> None:
    import_module(packing.COMPILED)
    values = np.resize(np.nextafter(np.float32(0.3), np.array([0, 0.3, 1], np.float32)), (2, 60_000))
    asked = packing.Asked(operator, Margins(np.array([0.3]), np.array([0.3])), None)
    met, unmet = (unpacked(words[0], 60_000) for words in packing.answered(values, [asked]))
    wide = values.astype(np.float64)
    expected = {
        Operator.BELOW: wide <= 0.3,
        Operator.AT_LEAST: ~(wide <= 0.3),
        Operator.ABOVE: wide >= 0.3,
        Operator.AT_MOST: ~(wide >= 0.3),
        Operator.EQUAL_TO: ~((wide <= 0.3) | (wide >= 0.3)),
    }[operator]
    assert (met == expected).all()
    assert (unmet == ~expected).all()


def test_many_comparisons_of_computed_metrics_are_answered() -> None:
    assert sum(differing(seed)[0] for seed in range(150)) > 20


def swapped(one: int, other: int) -> Callable[[pytest.MonkeyPatch], None]:
    """Let one operator be taken for another."""
    return lambda monkeypatch: monkeypatch.setattr(
        sheet, "OPERATORS", {key: other if value == one else value for key, value in sheet.OPERATORS.items()}
    )


PLANTED: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "below for at most": swapped(sheet.BELOW, sheet.AT_MOST),
    "above for at least": swapped(sheet.AT_LEAST, sheet.ABOVE),
    "missing": lambda monkeypatch: monkeypatch.setattr(sheet, "MISSING", {None: 0, "met": 2, "unmet": 1}),
    "a week more": lambda monkeypatch: monkeypatch.setattr(
        sheet, "done", lambda metric, done=sheet.done: (found := done(metric)) and (found[0], found[1] + 1, found[2])
    ),
    "sums for means": lambda monkeypatch: monkeypatch.setattr(
        sheet, "done", lambda metric, done=sheet.done: (found := done(metric)) and (*found[:2], found[2] and 1.0)
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTED[name](monkeypatch)
    assert any(differing(seed)[1] for seed in range(150))
