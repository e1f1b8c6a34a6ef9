"""One mistake, one finding: what merely follows is told beside it, and on its own where nothing else is told."""

from __future__ import annotations

import pytest

from escalation.checks import check
from escalation.diagnostics import Diagnostic
from escalation.policy.load import loads

HEAD = """
language: 1
name: reservoir
calendar: iso-week
metrics: {storage: {unit: percent, kind: level}, rain: {unit: mm, kind: flow}}
stages: [{name: mild}, {name: firm}, {name: strict}]
"""
TRIGGERS = {
    "low": "{when: {metric: storage, below: 40}, missing: unknown}",
    "high": "{when: {metric: storage, at_least: 60}, missing: unknown}",
    "lean": "{when: {metric: storage, below: 60}, missing: unknown}",
    "fair": "{when: {metric: storage, at_least: 50}, missing: unknown}",
    "torn": "{when: {all: [{metric: storage, below: 40}, {metric: storage, above: 60}]}, missing: unknown}",
    "all-torn": "{when: {all: [{trigger: torn}, {metric: rain, below: 1}]}, missing: unknown}",
    "half-torn": "{when: {any: [{trigger: torn}, {metric: rain, below: 1}]}, missing: unknown}",
    "two-of-two": "{when: {count: {of: [{trigger: torn}, {metric: rain, below: 1}], at_least: 2}}, missing: unknown}",
    "one-of-two": "{when: {count: {of: [{trigger: torn}, {metric: rain, below: 1}], at_least: 1}}, missing: unknown}",
    "early": "{when: {metric: storage, below: 40}, for: 2 weeks, missing: unknown}",
    "late": "{when: {metric: storage, below: 40}, for: 3 weeks, missing: unknown}",
    "brief": "{when: {all: [{trigger: late}, {not: {trigger: early}}]}, missing: unknown}",
}
OF_FIGURES = frozenset({"condition-never-met", "never-in-force", "dead-move", "unreachable-stage"})
OF_PAIRS = frozenset({"opposite-moves-overlap", "order-decides", "ping-pong"})
OF_ENTRIES = frozenset({"shadowed-move", "repeated-move", "stage-without-entry", "unreachable-stage"})

UP = "  - {name: up, from: mild, to: firm, trigger: %s}\n"
ON = "  - {name: further, from: firm, to: strict, trigger: %s}\n"
DOWN = "  - {name: down, from: [firm, strict], to: mild, trigger: %s}\n"


def text(moves: str) -> str:
    """Write a policy of some moves, with the triggers that they name and those that these name."""
    written, rest = "", dict(TRIGGERS)
    while named := [name for name in rest if f"trigger: {name}}}" in (moves + written).replace(",", "}")]:
        written += "".join(f"  {name}: {rest.pop(name)}\n" for name in named)
    return f"{HEAD}triggers:\n{written}moves:\n{moves}"


def found(moves: str, select: frozenset[str]) -> list[Diagnostic]:
    return list(check(loads(text(moves)), select=select))


def rules(moves: str, select: frozenset[str]) -> list[str]:
    return [one.rule for one in found(moves, select)]


def test_a_contradiction_names_the_dead_move_and_the_stages_behind_it() -> None:
    (one,) = found(UP % "torn" + ON % "low" + DOWN % "high", OF_FIGURES)
    assert one.rule == "condition-never-met"
    assert [other.message for other in one.related] == [
        "so the stage `firm` can never be reached",
        "so the stage `strict` can never be reached",
        "so the move `up` can never be recommended: its trigger `torn` can never be met",
    ]


@pytest.mark.parametrize("rule", ["dead-move", "unreachable-stage"])
def test_what_follows_is_told_where_nothing_that_it_follows_from_is(rule: str) -> None:
    assert set(rules(UP % "torn" + ON % "low" + DOWN % "high", frozenset({rule}))) == {rule}


@pytest.mark.parametrize("rule", ["condition-never-met", "dead-move"])
def test_a_stage_follows_from_either_of_what_bars_its_move(rule: str) -> None:
    assert rules(UP % "torn" + DOWN % "high", frozenset({rule, "unreachable-stage"})) == [rule]


def test_what_follows_is_told_where_the_contradiction_has_been_answered() -> None:
    policy = text(UP % "torn").replace(
        "  torn: ", "  # escalation: ignore[condition-never-met] -- an example\n  torn: "
    )
    assert [one.rule for one in check(loads(policy), select=OF_FIGURES)] == ["dead-move"]


def test_an_answer_to_an_echo_is_of_use() -> None:
    moves = UP % "torn" + "  # escalation: ignore[dead-move] -- an example\n"
    moves = "".join(reversed(moves.splitlines(keepends=True))) + ON % "low"
    assert rules(moves, OF_FIGURES | {"unused-suppression"}) == ["condition-never-met"]


@pytest.mark.parametrize("trigger", ["all-torn", "two-of-two"])
def test_a_contradiction_counts_through_what_is_made_of_it(trigger: str) -> None:
    assert rules(UP % trigger, OF_FIGURES) == ["condition-never-met"]


@pytest.mark.parametrize("trigger", ["half-torn", "one-of-two"])
def test_a_contradiction_that_leaves_the_move_alive_is_told_alone(trigger: str) -> None:
    (one,) = found(UP % trigger + ON % "low", OF_FIGURES)
    assert one.rule == "condition-never-met"
    assert [other.message for other in one.related] == ["so no figures can meet this condition"]


def test_a_move_dead_for_another_reason_is_told_beside_a_contradiction() -> None:
    assert rules(UP % "half-torn" + ON % "brief", OF_FIGURES) == ["condition-never-met", "dead-move"]


def test_a_stage_that_an_earlier_move_keeps_away_is_told() -> None:
    moves = UP % "low" + "  - {name: jump, from: mild, to: strict, trigger: early}\n"
    assert set(rules(moves, OF_ENTRIES | OF_FIGURES)) == {"unreachable-stage", "shadowed-move"}


def test_a_stage_with_two_entries_is_told_where_only_one_is_accounted_for() -> None:
    dead = "  - {name: jump, from: mild, to: strict, trigger: torn}\n"
    shadowed = "  - {name: late-jump, from: mild, to: strict, trigger: early}\n"
    assert "unreachable-stage" not in rules(UP % "low" + dead, OF_FIGURES)
    assert "unreachable-stage" in rules(UP % "low" + dead + shadowed, OF_FIGURES)


def test_a_move_that_the_law_never_allows_is_told_once() -> None:
    moves = UP.replace("}", ", valid: {from: 2021-09-06, until: 2021-09-11}}") % "low" + ON % "low" + DOWN % "high"
    assert rules(moves, OF_FIGURES - {"condition-never-met"}) == ["never-in-force"]
    assert rules(moves, OF_FIGURES - {"condition-never-met", "never-in-force"}) == ["dead-move"]


def test_a_stage_behind_one_without_entry_is_not_told() -> None:
    moves = ON % "low" + "  - {name: back, from: strict, to: mild, trigger: high}\n"
    assert rules(moves, OF_ENTRIES) == ["stage-without-entry"]
    assert rules(moves, frozenset({"unreachable-stage"})) == ["unreachable-stage"]


def test_of_stages_reached_only_from_each_other_the_mildest_is_told() -> None:
    (one,) = found(ON % "low" + "  - {name: back, from: strict, to: firm, trigger: high}\n", OF_ENTRIES)
    assert one.message == "the stage `firm` can never be reached"
    assert [other.message for other in one.related] == ["so the stage `strict` can never be reached"]


def test_a_repeated_move_is_not_told_as_shadowed_too() -> None:
    again = UP.replace("up", "again") % "low"
    assert rules(UP % "low" + again, OF_ENTRIES) == ["stage-without-entry", "repeated-move"]
    assert "shadowed-move" in rules(UP % "low" + again, OF_ENTRIES - {"repeated-move"})


def test_two_opposite_moves_that_overlap_are_told_once() -> None:
    (one,) = found(UP % "lean" + ON % "lean" + DOWN % "fair", OF_PAIRS)
    assert one.rule == "opposite-moves-overlap"
    assert one.related[-1].message.startswith("so the same figures every week lead from stage to stage")


@pytest.mark.parametrize("rule", ["order-decides", "ping-pong"])
def test_what_two_opposite_moves_do_is_told_where_their_overlap_is_not(rule: str) -> None:
    assert rules(UP % "lean" + ON % "lean" + DOWN % "fair", frozenset({rule})) == [rule]


def test_a_way_back_and_forth_of_other_moves_is_told_beside_an_overlap() -> None:
    moves = UP % "lean" + ON % "low" + "  - {name: ease, from: firm, to: mild, trigger: fair}\n"
    assert rules(moves, OF_PAIRS) == ["ping-pong"]
    more = moves + "  - {name: out, from: strict, to: mild, trigger: high}\n" + UP.replace("up", "x") % "low"
    assert "ping-pong" in rules(more, OF_PAIRS)
