"""Moves past stages: what is a short cut, and what leaves a stage out on the way up."""

from __future__ import annotations

import pytest

from escalation.checks import check
from escalation.policy.load import loads

HEAD = """
language: 1
name: reservoir
calendar: iso-week
metrics: {storage: {unit: percent, kind: level}}
triggers: {low: {when: {metric: storage, below: 40}, missing: unknown}}
stages: [{name: mild}, {name: firm}, {name: strict}, {name: last}]
moves:
"""


def found(*moves: tuple[str, str]) -> list[tuple[str, str]]:
    text = "".join(
        f"  - {{name: m{place}, from: {origin}, to: {goal}, trigger: low}}\n"
        for place, (origin, goal) in enumerate(moves)
    )
    one_of = {"skipped-stage", "move-past-stage"}
    return [(one.rule, one.message) for one in check(loads(HEAD + text), select=one_of)]


def test_a_short_cut_past_stages_that_are_also_climbed_is_a_remark() -> None:
    steps = ("mild", "firm"), ("firm", "strict"), ("strict", "last")
    assert found(*steps) == []
    assert found(*steps, ("mild", "last")) == [
        ("move-past-stage", "`m3` leads from `mild` to `last`, past `firm`, `strict`")
    ]


def test_of_the_stages_passed_the_one_that_is_not_climbed_is_told() -> None:
    message = "`m1` leads from `mild` to `last`, past `strict`, which no move escalates to"
    assert found(("mild", "firm"), ("mild", "last"), ("last", "strict")) == [("skipped-stage", message)]


def test_a_stage_that_a_move_from_any_leads_to_is_climbed() -> None:
    assert [rule for rule, _ in found(("any", "firm"), ("mild", "strict"))] == ["move-past-stage"]


@pytest.mark.parametrize("move", [("any", "last"), ("last", "mild")])
def test_a_move_from_any_and_one_that_relaxes_may_pass_stages(move: tuple[str, str]) -> None:
    assert found(("last", "firm"), move) == []


def test_a_stage_that_nothing_leads_to_is_not_told_here() -> None:
    assert found(("mild", "strict")) == []
