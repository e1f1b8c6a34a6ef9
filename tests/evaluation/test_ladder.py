"""The machine: what `transitions` does with unbound cursors, and that only lawful moves pass."""

from __future__ import annotations

import inspect
from datetime import date
from typing import cast

import pytest
from transitions import Machine, MachineError
from transitions.core import Condition

from escalation.errors import UnlawfulMove
from escalation.evaluation.condition import Situation
from escalation.evaluation.ladder import Cursor, InForce, Judged, Ladder, LongEnough, NotLocked, Triggered
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict
from escalation.policy.model import Policy
from tests.evaluation.worlds import FIRST, policy, readings

WORLD = policy(
    metrics="{x: {kind: level}, ready: {kind: judgement, by: board}}",
    triggers="{high: {when: {metric: x, at_least: 5}, missing: unknown}}",
    moves="""
  - {name: up, from: a, to: b, trigger: high, after: 2 weeks, requires: ready, valid: {until: 2021-12-31}}
  - {name: skip, from: [a, b], to: c, trigger: high}
  - {name: home, from: any, to: a, trigger: high}
""",
    locks="[{not_above: b, from: 2021-06-01}, {not_below: b, from: 2022-01-01}]",
)
LADDER = Ladder(WORLD)


def situation(of: Policy = WORLD, *, week: int = 0, dwell: int = 9, high: Verdict = MET, ready: float = 1) -> Situation:
    known = readings(of, {"x": [0.0], "ready": [None] * week + [ready]})
    return Situation(known, FIRST + week, dwell, triggers={"high": high})


def test_a_cursor_is_driven_without_being_a_model_of_the_machine() -> None:
    cursor = Cursor("a")
    assert LADDER.machine.events["home"].trigger(Cursor("b"), situation=situation(), decided=False) is True
    assert LADDER.machine.events["up"].trigger(cursor, situation=situation(), decided=False) is True
    assert cursor.state == "b"
    assert LADDER.machine.models == []


def test_a_refused_event_leaves_the_cursor_where_it_is() -> None:
    cursor = Cursor("a")
    assert LADDER.machine.events["up"].trigger(cursor, situation=situation(high=UNMET), decided=False) is False
    assert cursor.state == "a"


def test_an_event_that_does_not_leave_the_stage_is_an_error_of_the_machine() -> None:
    with pytest.raises(MachineError):
        LADDER.machine.events["up"].trigger(Cursor("b"), situation=situation(), decided=False)


def test_transitions_compares_what_a_condition_answers_with_true() -> None:
    """The contract behind guards that answer a plain boolean: a truthy object would fail."""
    machine = Machine(model=None, states=["a", "b"], initial="a", auto_transitions=False, send_event=True)
    machine.add_transition("up", "a", "b", conditions=[lambda _: cast("bool", "yes")])
    assert machine.events["up"].trigger(Cursor("a")) is False
    assert "==" in inspect.getsource(Condition.check)


def test_no_move_by_passes_the_guards() -> None:
    assert set(LADDER.machine.events) == {"up", "skip", "home"}
    assert LADDER.machine.auto_transitions is False


def test_exits_stand_in_the_order_of_the_file_with_the_guards_of_the_machine() -> None:
    assert {stage: [exit_.move.name for exit_ in exits] for stage, exits in LADDER.exits.items()} == {
        "a": ["up", "skip"],
        "b": ["skip", "home"],
        "c": ["home"],
    }
    (up, skip), (_, home) = LADDER.exits["a"], LADDER.exits["b"]
    assert [type(guard) for guard in up.guards] == [InForce, LongEnough, Triggered, Judged]
    assert [type(guard) for guard in skip.guards] == [NotLocked, Triggered]
    assert [type(guard) for guard in home.guards] == [NotLocked, Triggered]
    assert (up.escalates, home.escalates) == (True, False)


@pytest.mark.parametrize(
    ("guard", "met", "unmet"),
    [
        (0, {"week": 0}, {"week": 60}),
        (1, {"dwell": 2}, {"dwell": 1}),
        (2, {"high": MET}, {"high": UNKNOWN}),
        (3, {"ready": 1.0}, {"ready": 0.0}),
    ],
)
def test_a_move_is_refused_when_any_one_guard_is_not_met(
    guard: int, met: dict[str, int], unmet: dict[str, int]
) -> None:
    one = LADDER.exits["a"][0].guards[guard]
    assert one.verdict(situation(**met)) is MET  # type: ignore[arg-type]
    assert one.verdict(situation(**unmet)) is not MET  # type: ignore[arg-type]
    assert LADDER.fire("a", "up", situation(**met)) == "b"  # type: ignore[arg-type]
    with pytest.raises(UnlawfulMove, match="a guard is not met"):
        LADDER.fire("a", "up", situation(**unmet))  # type: ignore[arg-type]


def test_a_judgement_that_is_not_on_record_is_unknown() -> None:
    known = readings(WORLD, {"x": [0.0]})
    assert Judged("ready").verdict(Situation(known, FIRST, 9)) is UNKNOWN


@pytest.mark.parametrize(("stage", "move"), [("b", "up"), ("a", "nowhere"), ("a", "to_c")])
def test_a_move_that_the_ladder_has_not_is_refused(stage: str, move: str) -> None:
    with pytest.raises(UnlawfulMove, match="no move"):
        LADDER.fire(stage, move, situation())


def test_people_may_decide_against_the_data_but_not_against_the_law() -> None:
    against = situation(high=UNMET, dwell=0, ready=0)
    assert LADDER.fire("a", "up", against, decided=True) == "b"
    with pytest.raises(UnlawfulMove):
        LADDER.fire("a", "up", situation(week=60), decided=True)


@pytest.mark.parametrize(
    ("day", "skip", "home"),
    [(date(2021, 5, 30), MET, MET), (date(2021, 6, 6), UNMET, MET), (date(2022, 1, 2), UNMET, UNMET)],
)
def test_locks_stand_against_moves_beyond_them_on_the_last_day_of_the_week(
    day: date, skip: Verdict, home: Verdict
) -> None:
    at = situation(week=(day.toordinal() - 1) // 7 - FIRST)
    assert at.day == day
    assert LADDER.exits["a"][1].guards[0].verdict(at) is skip
    assert LADDER.exits["b"][1].guards[0].verdict(at) is home


def test_triggers_come_after_those_they_rest_on() -> None:
    world = policy(
        triggers="{first: {when: {not: {trigger: last}}, missing: hold},"
        " mid: {when: {any: [{trigger: high}, {trigger: last}]}, missing: hold},"
        " last: {when: {trigger: high}, missing: hold}, high: {when: {metric: x, above: 1}, missing: hold}}"
    )
    assert [(index, name) for index, name, _, _ in Ladder(world).triggers] == [
        (3, "high"),
        (2, "last"),
        (0, "first"),
        (1, "mid"),
    ]
