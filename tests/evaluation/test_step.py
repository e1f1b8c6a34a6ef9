"""One week: which move decides, what is missing, how far away the others are."""

from __future__ import annotations

import pytest

from escalation.evaluation.countdown import countdown
from escalation.evaluation.standing import NONE, Pending, Standing
from escalation.evaluation.step import step
from escalation.evaluation.truth import MET, UNKNOWN, UNMET
from tests.evaluation.worlds import FIRST, evaluated, policy

WORLD = policy(
    metrics="{x: {kind: level}, z: {kind: level}, ready: {kind: judgement, by: board}}",
    triggers="""
  high: {when: {metric: x, at_least: 5}, for: 2 weeks, missing: unknown}
  extreme: {when: {metric: z, at_least: 9}, missing: unknown}
  calm: {when: {metric: x, below: 2}, missing: unknown}
""",
    moves="""
  - {name: calm, from: b, to: a, trigger: calm}
  - {name: skip, from: a, to: c, trigger: extreme}
  - {name: up, from: [a, b], to: c, trigger: high, after: 1 week}
  - {name: asked, from: a, to: b, trigger: calm, requires: ready}
""",
)


def test_the_first_move_whose_guards_are_all_met_is_recommended() -> None:
    found = evaluated(WORLD, {"x": [5, 5], "z": [9, 9]}, 1)
    assert (found.recommendation, found.move, found.to) == ("escalate", "skip", "c")


def test_a_move_with_an_unmet_guard_is_passed_over() -> None:
    found = evaluated(WORLD, {"x": [5, 5], "z": [9, 0]}, 1)
    assert (found.recommendation, found.move) == ("escalate", "up")


def test_a_move_that_cannot_be_decided_stands_before_all_later_ones() -> None:
    found = evaluated(WORLD, {"x": [5, 5], "z": [9, None]}, 1)
    assert (found.recommendation, found.move, found.to, found.missing) == ("undetermined", "skip", "c", ("z",))


def test_a_later_stage_escalates_and_an_earlier_one_relaxes() -> None:
    assert evaluated(WORLD, {"x": [1]}, 0, stage="b").recommendation == "relax"
    assert evaluated(WORLD, {"x": [5, 5]}, 1, stage="b").recommendation == "escalate"


def test_without_a_move_to_make_the_stage_holds() -> None:
    found = evaluated(WORLD, {"x": [5, 3], "z": [0, 0]}, 1)
    assert (found.recommendation, found.move, found.missing) == ("hold", None, ())


def test_a_stage_without_exits_holds() -> None:
    assert evaluated(WORLD, {"x": [5, 5]}, 1, stage="c").recommendation == "hold"


def test_all_guards_of_all_moves_are_evaluated() -> None:
    found = evaluated(WORLD, {"x": [None, 5], "z": [9, 0]}, 1)
    assert found.guards == ((UNMET,), (MET, UNKNOWN), (UNMET, UNKNOWN))


def test_a_judgement_that_is_wanting_is_named() -> None:
    found = evaluated(WORLD, {"x": [5, 1], "z": [0, 0]}, 1)
    assert (found.recommendation, found.missing) == ("undetermined", ("ready",))


def test_the_dwell_grows_from_0_in_the_week_the_stage_takes_effect() -> None:
    assert [evaluated(WORLD, {"x": [0] * 4}, week, since=1).dwell for week in (1, 2, 3)] == [0, 1, 2]


def test_nothing_is_recommended_while_a_decision_is_pending() -> None:
    first = evaluated(WORLD, {"x": [5, 5, 5], "z": [9, 9, 9]}, 1)
    pending = Pending(move="skip", to="c", effective=FIRST + 4)
    waiting = Standing(stage="a", dwell=1, streaks=first.standing.streaks, pending=pending)
    found = step(first.ladder, waiting, first.situation.readings, FIRST + 2)
    assert (found.recommendation, found.move, found.standing.pending) == ("hold", None, pending)
    assert found.guards[0] == (MET,)


def test_a_step_changes_nothing() -> None:
    first = evaluated(WORLD, {"x": [5, 5], "z": [9, 9]}, 1)
    again = step(first.ladder, first.before, first.situation.readings, FIRST + 1)
    assert again.standing == first.standing
    assert first.before.stage == again.standing.stage == "a"


def test_what_counts_since_entry_is_0_in_the_week_the_stage_takes_effect() -> None:
    fresh = policy(triggers="{high: {when: {metric: x, at_least: 5}, for: 2 weeks, missing: unknown, since: entry}}")
    series = {"x": [5.0] * 5}
    found = [evaluated(fresh, series, week, since=1) for week in (1, 2, 3)]
    assert [one.standing.streaks[0].least for one in found] == [0, 1, 2]
    assert [one.recommendation for one in found] == ["hold", "hold", "escalate"]
    assert found[0].standing.streaks == (NONE,)


def test_a_trigger_leaf_has_the_verdict_of_the_same_week() -> None:
    nested = policy(
        triggers="{high: {when: {not: {trigger: calm}}, missing: unknown},"
        " calm: {when: {metric: x, below: 2}, for: 2 weeks, missing: unknown}}"
    )
    found = [evaluated(nested, {"x": [1, 1, 5]}, week).recommendation for week in range(3)]
    assert found == ["escalate", "hold", "escalate"]


def test_a_trigger_names_what_was_missing_weeks_ago() -> None:
    found = evaluated(WORLD, {"x": [None, 5], "z": [0, 0]}, 1)
    assert (found.recommendation, found.missing) == ("undetermined", ("x",))


COUNTED = policy(
    triggers="{high: {when: {metric: x, at_least: 5}, for: 3 weeks, missing: unknown}}",
    moves="[{name: up, from: a, to: b, trigger: high, after: 4 weeks},"
    " {name: late, from: a, to: b, trigger: high, valid: {from: 2021-03-01}},"
    " {name: gone, from: a, to: b, trigger: high, valid: {until: 2020-12-31}},"
    " {name: skip, from: a, to: c, trigger: high}]",
    locks="[{not_above: b, from: 2021-01-01, until: 2021-02-10}]",
)


@pytest.mark.parametrize(
    ("figures", "streak", "dwell", "weeks"),
    # 1 March 2021 is in the ninth week; the last day of the sixth, 14 February, is the first outside the lock.
    [([0.0], 3, 4, (4, 8, None, 5)), ([5.0], 2, 4, (4, 8, None, 5)), ([0.0, 5.0, 5.0], 1, 2, (2, 6, None, 3)),
     ([5.0, None], 3, 3, (3, 7, None, 4)), ([0.0] * 8, 3, 0, (3, 3, None, 3))],
)  # fmt: skip
def test_the_countdown_is_the_longest_of_streak_dwell_and_law(
    figures: list[float | None], streak: int, dwell: int, weeks: tuple[int | None, ...]
) -> None:
    found = evaluated(COUNTED, {"x": figures}, len(figures) - 1)
    counts = [countdown(found, exit_) for exit_ in found.ladder.exits["a"]]
    assert (counts[0].streak, counts[0].dwell) == (streak, dwell)
    assert tuple(one.weeks for one in counts) == weeks


def test_a_lock_without_end_means_never() -> None:
    world = policy(locks="[{not_above: a, from: 2021-01-01}]")
    found = evaluated(world, {"x": [5]}, 0)
    assert countdown(found, found.ladder.exits["a"][0]).weeks is None
