"""Streaks that one figure fills, and moves that come sooner than the act that they lead to."""

from __future__ import annotations

import pytest

from escalation.checks import check
from escalation.policy.load import loads

HEAD = "language: 1\nname: x\ncalendar: iso-week\nstages: [{name: a}]\n"


def streaks(metrics: str, when: str, weeks: int) -> list[str]:
    triggers = f"{{high: {{when: {when}, for: {weeks} weeks, missing: unknown}}}}"
    found = check(loads(f"{HEAD}metrics: {{{metrics}}}\ntriggers: {triggers}\n"), select={"carried-streak"})
    return [one.message for one in found]


@pytest.mark.parametrize(("weeks", "count"), [(2, 1), (3, 0)])
def test_a_figure_that_is_carried_as_long_as_the_streak_is_told(weeks: int, count: int) -> None:
    found = streaks("x: {kind: level, max_age: 2 weeks}", "{metric: x, above: 5}", weeks)
    assert found == ["one figure of `x` counts for 3 weeks, and `high` asks for no more"] * count


def test_a_metric_is_told_once_with_all_triggers_that_it_fills() -> None:
    triggers = ", ".join(f"{name}: {{when: {{metric: x, above: 5}}, for: 2 weeks, missing: unknown}}" for name in "pq")
    text = f"{HEAD}metrics: {{x: {{kind: level, max_age: 2 weeks}}}}\ntriggers: {{{triggers}}}\n"
    (one,) = check(loads(text), select={"carried-streak"})
    assert one.message == "one figure of `x` counts for 3 weeks, and 2 triggers ask for no more"
    assert [other.message for other in one.related] == ["`p` asks for 2 weeks", "`q` asks for 2 weeks"]


COUNTED = "c: {kind: cumulative, max_age: 4 weeks}"


@pytest.mark.parametrize(
    ("metrics", "when", "count"),
    [
        ("m: {kind: attribute}, s: {ratio: {of: c, to: m}}", "{metric: s, at_least: 5}", 0),
        ("m: {kind: level, max_age: always}, s: {ratio: {of: c, to: m}}", "{metric: s, at_least: 5}", 0),
        ("m: {kind: level, max_age: 4 weeks}, s: {ratio: {of: c, to: m}}", "{metric: s, at_least: 5}", 1),
        ("s: {change: {of: c, over: 2 weeks}}", "{metric: s, at_least: 5}", 1),
        ("s: {kind: level}", "{metric: c, below: 5}", 1),
        ("s: {kind: level}", "{not: {metric: c, at_least: 5}}", 1),
    ],
)
def test_of_a_count_that_never_falls_an_old_figure_that_is_high_enough_says_all(
    metrics: str, when: str, count: int
) -> None:
    assert len(streaks(f"{COUNTED}, {metrics}", when, 3)) == count


ACTS = """\
language: 1
name: x
calendar: iso-week
instruments: indonesia-city
metrics: {{x: {{kind: level}}}}
triggers: {{high: {{when: {{metric: x, above: 5}}, for: {weeks} weeks, missing: unknown}}}}
stages: [{{name: a, instrument: surat_edaran}}, {{name: b, instrument: {form}}}]
moves: [{{name: up, from: a, to: b, trigger: high}}]
"""


@pytest.mark.parametrize(
    ("form", "weeks", "told"),
    [
        ("instruksi_wali_kota", 1, []),
        ("perda", 1, ["`up` may come at once, and the form `perda` takes {days} days at least"]),
        ("perda", 2, ["`up` may come after one week, and the form `perda` takes {days} days at least"]),
        ("perda", 52, []),
    ],
)
def test_a_move_may_come_too_soon_only_for_an_act_that_takes_weeks(form: str, weeks: int, told: list[str]) -> None:
    found = [one.message for one in check(loads(ACTS.format(form=form, weeks=weeks)), select={"stay-below-lead-time"})]
    assert found == [message.format(days=50) for message in told]
