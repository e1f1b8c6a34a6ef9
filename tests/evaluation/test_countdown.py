"""When a move could be recommended, were its condition to hold from now on (SEMANTICS 11)."""

from __future__ import annotations

from itertools import product

import pytest

from escalation.evaluation.countdown import countdown
from escalation.evaluation.explanation import explain
from escalation.policy.model import Policy
from tests.evaluation.worlds import Figures, evaluated, policy


def weeks(of: Policy, figures: list[float | None], *, move: int = 0) -> int | None:
    evaluation = evaluated(of, {"x": figures}, len(figures) - 1)
    return countdown(evaluation, evaluation.ladder.exits["a"][move]).weeks


PLAIN = policy(triggers="{t: {when: {metric: x, at_least: 5}, for: 3 weeks, missing: hold}}",
               moves="[{name: up, from: a, to: b, trigger: t, after: 4 weeks}]")  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([1], 4),  # the streak lacks 3 weeks, the stay 4
        ([1, 1, 1, 1, 5], 2),  # the streak lacks 2, the stay none
        ([5, 5, 5, 5], 1),
        ([5, 5, None, 5, 5], 0),
    ],
)
def test_the_furthest_of_what_streak_and_stay_lack_counts(figures: list[float | None], expected: int) -> None:
    assert weeks(PLAIN, figures) == expected


def nested(when: str, *, for_: int) -> Policy:
    return policy(
        triggers=f"""
  slow: {{when: {{metric: x, at_least: 5}}, for: 3 weeks, missing: unknown}}
  quick: {{when: {{metric: x, at_least: 5}}, for: 2 weeks, missing: unknown}}
  t: {{when: {when}, for: {for_} weeks, missing: unknown}}
""",
        moves="[{name: up, from: a, to: b, trigger: t}]",
    )


@pytest.mark.parametrize(
    ("when", "for_", "expected"),
    [
        ("{trigger: slow}", 1, 3),
        ("{trigger: slow}", 2, 4),  # met for the first time in three weeks, for the second in four
        ("{all: [{trigger: slow}, {trigger: quick}]}", 1, 3),
        ("{any: [{trigger: slow}, {trigger: quick}]}", 1, 2),
        ("{any: [{trigger: slow}, {metric: x, at_least: 5}]}", 2, 2),
        ("{not: {trigger: slow}}", 2, 1),  # not met for one week already
        ("{count: {of: [{trigger: slow}, {trigger: quick}, {metric: x, at_least: 5}], at_least: 2}}", 1, 2),
    ],
)
def test_a_trigger_waits_for_those_it_rests_on(when: str, for_: int, expected: int) -> None:
    assert weeks(nested(when, for_=for_), [1]) == expected


@pytest.mark.parametrize("for_", [1, 2])
def test_the_weeks_counted_down_are_those_in_which_it_comes_true(for_: int) -> None:
    world = nested("{all: [{trigger: slow}, {trigger: quick}]}", for_=for_)
    expected = weeks(world, [1])
    assert expected is not None
    recommended = [evaluated(world, {"x": [1, *[9.0] * 6]}, week).recommendation for week in range(7)]
    assert recommended.index("escalate") == expected  # type: ignore[arg-type]


OUTLOOKS = [
    (inner, outer, weeks, for_, when)
    for inner in ("unknown", "hold", "break")
    for outer in ("unknown", "hold", "break")
    for weeks in (1, 2, 3)
    for for_ in (1, 2, 3)
    for when in ("all: [{trigger: i}, {metric: z, above: 0}]", "any: [{trigger: i}, {trigger: j}]")
]


@pytest.mark.parametrize(("inner", "outer", "weeks_", "for_", "when"), OUTLOOKS)
def test_a_nested_countdown_is_when_it_comes_true(inner: str, outer: str, weeks_: int, for_: int, when: str) -> None:
    world = policy(
        metrics="{x: {kind: level}, z: {kind: level}}",
        triggers=f"""
  i: {{when: {{metric: x, above: 0}}, for: {weeks_} weeks, missing: {inner}}}
  j: {{when: {{metric: x, above: 0}}, for: 2 weeks, missing: {outer}}}
  t: {{when: {{{when}}}, for: {for_} weeks, missing: {outer}}}
""",
        moves="[{name: up, from: a, to: b, trigger: t}]",
    )
    for past in product([1.0, None, 0.0], repeat=4):
        series: dict[str, Figures | float] = {"x": [*past, *[1.0] * 9], "z": [1.0] * 13}
        now = evaluated(world, series, 3)
        if now.recommendation == "escalate":
            continue
        true = next(week for week in range(1, 10) if evaluated(world, series, 3 + week).recommendation == "escalate")
        counted = countdown(now, now.ladder.exits["a"][0]).weeks
        # Where only this week is unknown, what is missing may still arrive and make it this week: 0, not 1.
        assert counted in ({true, 0} if now.recommendation == "undetermined" and true == 1 else {true}), past


def test_triggers_named_twice_at_every_depth_are_looked_at_once() -> None:
    deep = "".join(
        f"  t{depth}: {{when: {{any: [{{trigger: t{depth - 1}}}, {{trigger: t{depth - 1}}}]}}, missing: unknown}}\n"
        for depth in range(1, 31)
    )
    world = policy(
        triggers=f"\n  t0: {{when: {{metric: x, at_least: 5}}, for: 2 weeks, missing: unknown}}\n{deep}",
        moves="[{name: up, from: a, to: b, trigger: t30}]",
    )
    evaluation = evaluated(world, {"x": [1]}, 0)
    assert explain(evaluation).moves[0].countdown == countdown(evaluation, evaluation.ladder.exits["a"][0])
    assert weeks(world, [1]) == 2
