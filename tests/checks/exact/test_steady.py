"""Inputs that, the same every week, lead from a stage to another and back again."""

from __future__ import annotations

import pytest

from escalation.checks.exact import Analysis, analyse
from tests.evaluation.worlds import policy

UP = "{name: up, from: a, to: b, trigger: high, after: 2 weeks}"
BACK = f"[{UP}, {{name: down, from: b, to: a, trigger: high, after: 1 week}}]"


def test_the_same_figures_that_lead_there_and_back_are_found() -> None:
    found = analyse(policy(moves=BACK))
    assert found.steady is not None
    assert sorted(found.steady.moves) == ["down", "up"]
    assert found.flap is not None
    assert found.flap.weeks == 1


def there_and_back(metrics: str, up: str, down: str) -> Analysis:
    triggers = f"{{high: {{when: {up}, missing: unknown}}, low: {{when: {down}, missing: unknown}}}}"
    moves = "[{name: up, from: a, to: b, trigger: high}, {name: down, from: b, to: a, trigger: low}]"
    return analyse(policy(metrics=metrics, triggers=triggers, moves=moves))


@pytest.mark.parametrize(
    "third",
    [
        "{change: {of: x, over: 4 weeks}}",
        "{difference: {of: x, minus: mean}}",
        "{difference: {of: x, minus: late}}",
    ],
)
def test_a_way_back_that_needs_figures_to_move_is_no_steady_one(third: str) -> None:
    past = "late: {lag: {of: x, by: 1 week}}, mean: {mean: {of: late, over: 3 weeks}}"
    metrics = f"{{x: {{kind: level}}, {past}, third: {third}}}"
    found = there_and_back(metrics, "{metric: x, at_least: 5}", "{metric: third, above: 0}")
    assert found.steady is None
    assert found.flap is not None


def test_a_metric_over_its_own_past_is_one_where_figures_stay_the_same() -> None:
    metrics = "{x: {kind: flow}, late: {lag: {of: x, by: 1 week}}, times: {ratio: {of: x, to: late}}, z: {kind: level}}"
    up = "{metric: z, at_least: 5}"
    assert there_and_back(metrics, up, "{metric: times, below: 1}").steady is None
    assert there_and_back(metrics, up, "{metric: times, at_most: 1}").steady is not None


@pytest.mark.parametrize(
    "metric",
    [
        "{unit: percent, ratio: {of: x, to: m}}",
        "{sum: {of: x, over: 4 weeks}}",
        "{projection: {of: x, by: 2030-01-01, from_last: 3 weeks}}",
    ],
)
def test_the_same_inputs_that_lead_there_and_back_by_computed_metrics_are_given(metric: str) -> None:
    metrics = f"{{x: {{kind: level}}, m: {{kind: level}}, third: {metric}}}"
    steady = there_and_back(metrics, "{metric: third, at_least: 5}", "{metric: third, above: 4}").steady
    assert steady is not None
    assert steady.witness is not None
    assert steady.witness.derived == ()
    assert all(len(set(values)) == 1 for values in steady.witness.series.values())


def test_a_judgement_asked_for_anew_is_no_steady_figure() -> None:
    metrics = "{x: {kind: level}, ready: {kind: judgement, by: board}}"
    found = analyse(policy(metrics=metrics, moves=BACK.replace("after: 1 week}", "after: 1 week, requires: ready}")))
    assert found.steady is None
