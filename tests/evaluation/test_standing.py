"""Streaks and the verdict of a trigger, against all ways in which unknown weeks can turn out (SEMANTICS 6 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest

from escalation.evaluation.reading import Gap
from escalation.evaluation.standing import NONE, Standing, Streak, counted, enter, judged
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, verdict_of
from escalation.policy.model import Trigger
from tests.evaluation.worlds import policy

HISTORIES = [weeks for size in range(1, 6) for weeks in product([MET, UNMET, UNKNOWN], repeat=size)]


def trigger(missing: str, weeks: int) -> Trigger:
    text = f"{{high: {{when: {{metric: x, at_least: 5}}, missing: {missing}, for: {weeks} weeks}}}}"
    return policy(triggers=text).triggers["high"]


def run(one: Trigger, conditions: Sequence[Verdict]) -> tuple[Streak, Verdict]:
    streak, verdict = NONE, UNMET
    for condition in conditions:
        before, streak = streak, counted(streak, condition, one, (Gap("x", 0),))
        verdict = judged(before, streak, condition, one)
    return streak, verdict


def ending(conditions: Sequence[bool]) -> int:
    """Count how many weeks in a row were met up to the last one."""
    return len(conditions) - max((week for week, met in enumerate(conditions, start=1) if not met), default=0)


def outcomes(conditions: Sequence[Verdict]) -> list[int]:
    choices = [{MET: [True], UNMET: [False], UNKNOWN: [True, False]}[one] for one in conditions]
    return [ending(completion) for completion in product(*choices)]


@pytest.mark.parametrize("weeks", [1, 2, 3, 4])
def test_without_a_convention_the_counts_are_the_extremes_of_what_can_be(weeks: int) -> None:
    one = trigger("unknown", weeks)
    for conditions in HISTORIES:
        streak, verdict = run(one, conditions)
        possible = outcomes(conditions)
        assert (streak.least, streak.most) == (min(*possible, weeks), min(max(possible), weeks))
        enough = {count >= weeks for count in possible}
        assert verdict is (UNKNOWN if len(enough) > 1 else verdict_of(holds=enough.pop()))


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_weeks_without_data_do_not_count_where_they_hold(weeks: int) -> None:
    one = trigger("hold", weeks)
    for conditions in HISTORIES:
        streak, _ = run(one, conditions)
        known = [condition is MET for condition in conditions if condition is not UNKNOWN]
        assert streak.least == streak.most == min(ending(known), weeks)


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_a_week_without_data_ends_a_streak_where_it_breaks(weeks: int) -> None:
    one = trigger("break", weeks)
    for conditions in HISTORIES:
        streak, _ = run(one, conditions)
        assert streak.least == streak.most == min(ending([condition is MET for condition in conditions]), weeks)


@pytest.mark.parametrize("missing", ["unknown", "hold", "break"])
@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_a_trigger_is_met_only_in_a_week_whose_condition_is_met(weeks: int, missing: str) -> None:
    one = trigger(missing, weeks)
    for conditions in HISTORIES:
        _, verdict = run(one, conditions)
        assert verdict is not MET or conditions[-1] is MET
        assert verdict is UNMET or conditions[-1] is not UNMET


def test_a_streak_names_what_was_missing_in_the_weeks_that_may_count() -> None:
    one = trigger("unknown", 3)
    first = counted(NONE, UNKNOWN, one, (Gap("cases", 1),))
    second = counted(first, UNKNOWN, one, (Gap("beds", 2),))
    assert [gap.name for gaps in second.gaps for gap in gaps] == ["cases", "beds"]
    third = counted(counted(counted(second, MET, one, ()), MET, one, ()), MET, one, ())
    assert third.gaps == ()


def test_entering_a_stage_restarts_what_counts_since_entry() -> None:
    world = policy(
        triggers="{high: {when: {metric: x, at_least: 5}, for: 4 weeks, missing: hold},"
        " fresh: {when: {metric: x, at_least: 5}, for: 4 weeks, missing: hold, since: entry}}"
    )
    standing = Standing(stage="a", dwell=7, streaks=(Streak(3, 3), Streak(2, 2)))
    assert enter(world, standing, "b") == Standing(stage="b", dwell=0, streaks=(Streak(3, 3), NONE))
