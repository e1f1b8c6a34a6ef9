"""What the geometry of thresholds claims is what the engine does, on random policies and histories; and its limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from escalation.checks import check
from escalation.evaluation.explanation import explain
from escalation.evaluation.records import ConditionReport
from escalation.evaluation.truth import MET, UNMET, Verdict
from escalation.policy.conditions import Operator
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.source import Route
from tests.evaluation.strategies import Fragment, World, worlds
from tests.evaluation.test_properties import run

HEAD = "language: 1\nname: x\ncalendar: iso-week\nstages: [{name: a}, {name: b}, {name: c}]\n"
MOVES = """\
moves:
  - {name: up, from: a, to: b, trigger: low}
  - {name: more, from: b, to: c, trigger: low}
  - {name: down, from: [b, c], to: a, trigger: high}
"""


def places(policy: Policy, rule: str) -> set[Route]:
    """Give the routes at which a rule finds something."""
    at = {(one.place.line, one.place.column) for one in check(policy, select={rule})}
    return {route for route, spans in policy.source.spans.items() if spans.value in at}


def verdicts(world: World) -> Iterator[tuple[Route, Verdict]]:
    for outcome in run(world.policy, world.history):
        for move in explain(outcome.evaluation).moves:
            for guard in move.guards:
                for inner in (guard, *guard.below):
                    yield from told(inner.condition) if inner.condition else ()


def told(report: ConditionReport) -> Iterator[tuple[Route, Verdict]]:
    """Give the verdicts on a condition and its parts; a comparison with one threshold is reported on the threshold."""
    alone = report.route[:-1] if report.route[-1] in set(Operator) else report.route
    yield alone, report.verdict
    for part in report.parts:
        if part.route[:-1] != report.route or part.route[-1] not in set(Operator):
            yield from told(part)


@settings(max_examples=150)
@given(worlds())
def test_no_history_meets_what_is_found_to_be_never_met(world: World) -> None:
    never = places(world.policy, "condition-never-met")
    assert [route for route, verdict in verdicts(world) if verdict is MET and route in never] == []


@settings(max_examples=150)
@given(worlds(Fragment(absent=(None,), in_extremes=("unknown",))))
def test_no_history_fails_to_meet_what_is_found_to_be_always_met(world: World) -> None:
    always = places(world.policy, "condition-always-met")
    assert [route for route, verdict in verdicts(world) if verdict is UNMET and route in always] == []


def rules(text: str) -> list[str]:
    geometry = {"condition-never-met", "condition-always-met", "dead-row", "bands-gap", "threshold-gap"}
    geometry |= {"opposite-moves-overlap"}
    return [one.rule for one in check(loads(HEAD + text), select=geometry)]


def pair(low: str, high: str, metrics: str = "x: {kind: level}") -> list[str]:
    """Check a ladder that a first condition leads up, and a second one down."""
    triggers = f"low: {{when: {low}, missing: unknown}}, high: {{when: {high}, missing: unknown}}"
    return rules(f"metrics: {{{metrics}}}\ntriggers: {{{triggers}}}\n{MOVES}")


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("{metric: x, below: 5}", "{metric: x, at_least: 5}", []),
        ("{metric: x, below: 5}", "{metric: x, above: 5}", ["threshold-gap"]),
        ("{metric: x, below: 5}", "{metric: x, above: 7}", []),
        ("{metric: x, at_most: 5}", "{metric: x, at_least: 5}", ["opposite-moves-overlap"]),
        ("{not: {metric: x, at_least: 5}}", "{metric: x, above: 5}", ["threshold-gap"]),
        ("{all: [{metric: x, below: 5}, {metric: z, below: 1}]}", "{metric: x, above: 5}", ["threshold-gap"]),
        ("{any: [{metric: x, below: 5}, {metric: z, below: 1}]}", "{metric: x, above: 4}", ["opposite-moves-overlap"]),
        ("{metric: x, below: 5}", "{metric: z, above: 5}", ["opposite-moves-overlap"]),
    ],
)  # fmt: skip
def test_gaps_and_overlaps_of_two_conditions(low: str, high: str, found: list[str]) -> None:
    assert pair(low, high, "x: {kind: level}, z: {kind: level}") == found


@pytest.mark.parametrize(
    ("up", "down", "found"),
    [
        ("{until: 2021-06-30}", "{from: 2021-04-01}", ["threshold-gap"]),
        ("{from: 2021-06-30}", "{}", ["threshold-gap"]),
        ("{until: 2021-06-30}", "{from: 2021-07-01}", []),
    ],
)
def test_a_gap_lies_between_moves_that_are_in_force_on_the_same_day(up: str, down: str, found: list[str]) -> None:
    below = "low: {when: {metric: x, below: 5}, missing: unknown}"
    above = "high: {when: {metric: x, above: 5}, missing: unknown}"
    there = f"{{name: up, from: a, to: b, trigger: low, valid: {up}}}"
    back = f"{{name: down, from: b, to: a, trigger: high, valid: {down}}}"
    text = f"metrics: {{x: {{kind: level}}}}\ntriggers: {{{below}, {above}}}\nmoves: [{there}, {back}]\n"
    assert rules(text) == found


def test_that_nothing_applies_where_nothing_changes_is_meant() -> None:
    metrics = "x: {kind: level}, gain: {change: {of: x, over: 4 weeks}}"
    assert pair("{metric: gain, below: 0}", "{metric: gain, above: 0}", metrics) == []
    assert pair("{metric: gain, below: 1}", "{metric: gain, above: 1}", metrics) == ["threshold-gap"]


def test_a_threshold_that_a_rounded_metric_never_has_is_no_gap() -> None:
    rounded = "x: {kind: level, decimals: 0}"
    assert pair("{metric: x, below: 5.5}", "{metric: x, above: 5.5}", rounded) == []
    assert pair("{metric: x, below: 5}", "{metric: x, above: 5}", rounded) == ["threshold-gap"]


def test_of_a_figure_that_exists_rounded_only_no_gap_and_no_overlap_is_claimed() -> None:
    reported = "x: {kind: level, reported: {step: 1, how: down}}"
    assert pair("{metric: x, below: 5}", "{metric: x, above: 5}", reported) == []
    assert pair("{any: [{metric: x, below: 5}, {metric: x, at_least: 5}]}", "{metric: x, above: 9}", reported) == []


def test_metrics_that_share_an_input_cause_no_overlap() -> None:
    tied = "x: {kind: level}, twice: {product: {of: x, by: 2}}"
    assert pair("{metric: x, below: 5}", "{metric: twice, above: 10}", tied) == []


def test_bands_and_extremes_follow_from_what_they_look_at() -> None:
    tied = "x: {kind: level}, z: {kind: level}, top: {highest: {of: [x, z]}}"
    assert pair("{all: [{metric: top, below: 5}, {metric: x, above: 6}]}", "{metric: z, above: 9}", tied) == [
        "condition-never-met"
    ]
    band = "x: {kind: level}, band: {bands: {of: x, rows: [{below: 5, value: 1}, {otherwise: 2}]}}"
    assert pair("{metric: band, equal_to: 1}", "{metric: x, at_least: 5}", band) == []
    assert pair("{metric: band, equal_to: 1}", "{metric: x, above: 5}", band) == ["threshold-gap"]


def test_a_figure_that_may_be_absent_can_meet_what_no_figure_meets() -> None:
    ranged = "x: {kind: level, range: [0, 9]}"
    assert pair("{all: [{metric: x, below: 3}, {metric: x, above: 4}]}", "{metric: x, above: 8}", ranged) == [
        "condition-never-met"
    ]
    absent = "{all: [{metric: x, below: 3, missing: met}, {metric: x, above: 4, missing: met}]}"
    assert pair(absent, "{metric: x, above: 8}", ranged) == []


def test_a_figure_and_its_rounded_self_lie_on_different_sides_of_a_threshold() -> None:
    rounded = "x: {kind: level}, r: {highest: {of: [x]}, decimals: 0}"
    never = "{all: [{metric: r, at_least: 1}, {metric: x, at_most: %s}]}"
    always = "{any: [{metric: r, below: 1}, {metric: x, above: 0.5}]}"
    assert pair(never % 0.5, always, rounded) == []
    assert pair(never % 0.4, "{metric: x, above: 3}", rounded) == ["condition-never-met"]


def test_a_computed_value_outside_its_range_is_missing() -> None:
    ranged = "x: {kind: level}, z: {kind: level}, m: {lowest: {of: [x, z], missing: ignore}, range: [0, 100]}"
    absent = "{all: [{metric: m, at_least: 1, missing: met}, {metric: x, at_most: 0}]}"
    assert pair(absent, "{metric: x, above: 3}", ranged) == []
    assert pair(absent.replace(", missing: met", ""), "{metric: x, above: 3}", ranged) == ["condition-never-met"]


def test_a_row_that_wins_while_a_figure_is_passed_over_is_not_dead() -> None:
    bands = "b: {bands: {of: x, rows: [{otherwise: 3}]}}"
    bands += ", row: {bands: {of: top, rows: [{below: 1, value: 1}, {otherwise: 2}]}}"
    for gap, found in (("ignore", []), ("unknown", ["dead-row"])):
        top = f"top: {{highest: {{of: [z, b], missing: {gap}}}}}"
        metrics = f"metrics: {{x: {{kind: level}}, z: {{kind: level}}, {top}, {bands}}}\ntriggers: {{}}\n"
        assert rules(metrics) == found


def test_a_trigger_that_asks_for_weeks_may_be_unmet_while_its_condition_is_met() -> None:
    long = "long: {when: {metric: x, below: 5}, for: 3 weeks, missing: unknown}"
    at_first = "{all: [{metric: x, below: 5}, {not: {trigger: long}}]}"
    text = f"metrics: {{x: {{kind: level}}}}\ntriggers: {{{long}, t: {{when: {at_first}, missing: unknown}}}}\n"
    assert rules(text) == []
    assert rules(text.replace("for: 3 weeks, ", "")) == ["condition-never-met"]
    assert rules(text.replace("for: 3 weeks", "since: entry")) == []


def test_a_condition_is_dead_only_if_it_is_under_every_dated_value() -> None:
    metrics = "metrics: {x: {kind: level}}\ntriggers: {t: {when: {metric: x, above: p, below: 5}, missing: unknown}}\n"
    dated = "parameters: {p: {dated: [{from: 2020-01-01, value: 6}, {from: 2021-01-01, value: %s}]}}\n"
    assert rules(metrics + dated % 4) == []
    assert rules(metrics + dated % 7) == ["condition-never-met"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("{below: 5, value: 1}, {otherwise: 2}", []),
        ("{below: 5, value: 1}, {at_least: 5, value: 2}", []),
        ("{below: 5, value: 1}, {above: 5, value: 2}", ["bands-gap"]),
        ("{at_least: 0, value: 1}, {otherwise: 2}", ["dead-row"]),
        ("{below: 5, value: 1}, {below: 7, value: 2}, {at_most: 6, value: 3}, {otherwise: 4}", ["dead-row"]),
        ("{equal_to: 5, value: 1}, {below: 5, value: 2}, {at_least: 5, value: 3}", []),
        ("{below: 5, at_least: 5, value: 1}, {otherwise: 2}", ["dead-row"]),
    ],
)
def test_rows_that_never_win_and_values_that_no_row_takes(rows: str, found: list[str]) -> None:
    metrics = f"{{x: {{kind: flow, range: [0, null]}}, b: {{bands: {{of: x, rows: [{rows}]}}}}}}"
    assert rules(f"metrics: {metrics}\ntriggers: {{}}\n") == found


def test_more_combinations_than_can_be_tried_are_left_to_the_exact_analysis() -> None:
    metrics = ", ".join(f"m{n}: {{kind: level}}" for n in range(12))
    never = ", ".join(f"{{metric: m{n}, below: 1}}, {{metric: m{n}, above: 2}}" for n in range(12))
    assert rules(f"metrics: {{{metrics}}}\ntriggers: {{t: {{when: {{all: [{never}]}}, missing: hold}}}}\n") == []
