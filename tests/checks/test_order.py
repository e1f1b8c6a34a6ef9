"""Of which moves it is said that their order decides, and how."""

from __future__ import annotations

import pytest

from escalation.checks import check
from escalation.policy.load import loads

HEAD = """
language: 1
name: reservoir
calendar: iso-week
metrics: {a: {kind: level}, b: {kind: level}}
triggers:
  one: {when: {metric: a, above: 5}, missing: unknown}
  other: {when: {metric: b, above: 5}, missing: unknown}
stages: [{name: mild}, {name: firm}, {name: strict}, {name: last}]
moves:
"""
BEGIN = """\
  - {name: begin, from: mild, to: last, trigger: one}
  - {name: half, from: mild, to: strict, trigger: other}
"""
ENTER = "  - {name: enter, from: last, to: firm, trigger: other}\n"


def found(first: tuple[str, str], second: tuple[str, str], *, before: str = "") -> list[tuple[str, str]]:
    moves = zip(("first", "second"), ("one", "other"), (first, second), strict=True)
    text = "".join(
        f"  - {{name: {name}, from: {origin}, to: {goal}, trigger: {by}}}\n" for name, by, (origin, goal) in moves
    )
    one_of = {"milder-move-first", "order-decides"}
    return [(one.rule, one.message) for one in check(loads(HEAD + before + text), select=one_of)]


def test_the_usual_order_is_taken_as_meant() -> None:
    assert found(("mild", "strict"), ("mild", "firm")) == []
    assert found(("last", "mild"), ("last", "firm"), before=BEGIN) == []


def test_a_milder_stage_before_a_stricter_one_is_told_once_with_its_stages() -> None:
    message = (
        "`first` stands before `second`, which leads further, and both can be met in the same week of `mild`, `firm`"
    )
    told = found(("[mild, firm]", "strict"), ("[mild, firm]", "last"), before=ENTER)
    assert told == [("milder-move-first", message)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("last", "firm"), ("last", "mild")),
        (("strict", "last"), ("strict", "mild")),
        (("strict", "mild"), ("strict", "last")),
    ],
)
def test_what_else_order_decides_is_a_remark(first: tuple[str, str], second: tuple[str, str]) -> None:
    message = f"`first` and `second` can be met in the same week of `{first[0]}`: their order decides"
    assert found(first, second, before=BEGIN) == [("order-decides", message)]


@pytest.mark.parametrize("move", ["up", "jump"])
def test_what_is_said_of_two_moves_is_answered_at_either_of_them(move: str) -> None:
    lines = [
        "  - {name: up, from: mild, to: firm, trigger: one}",
        "  - {name: jump, from: mild, to: strict, trigger: other}",
    ]
    comment = "  # escalation: ignore[milder-move-first] -- one step at a time"
    answered = [f"{line}{comment}" if f"name: {move}," in line else line for line in lines]
    rules = [{one.rule for one in check(loads(HEAD + "\n".join(text) + "\n"))} for text in (lines, answered)]
    assert "milder-move-first" in rules[0]
    assert not {"milder-move-first", "unused-suppression"} & rules[1]
