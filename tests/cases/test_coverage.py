"""Which goals a policy has, and which of them cases reach."""

from __future__ import annotations

import pytest

from escalation.cases.coverage import coverage
from escalation.cases.goals import Goal, Show, goals, neighbours
from escalation.cases.load import loads as loads_cases
from escalation.cases.run import play
from escalation.evaluation.ladder import Ladder
from escalation.policy.load import loads
from escalation.policy.model import Policy

POLICY = """
language: 1
name: heat
calendar: iso-week
parameters: {hot: {value: 30, source: assumption}}
metrics:
  mean: {unit: degrees, kind: level}
  felt: {kind: level, decimals: 1}
  told: {kind: level, reported: {step: 2, how: down}}
  band: {bands: {of: felt, rows: [{below: hot, value: 1}, {at_most: 40, value: 3}, {otherwise: 7}]}}
  worst: {highest: {of: [band], missing: ignore}}
  asked: {kind: judgement, by: board}
triggers:
  warm: {when: {metric: mean, at_least: hot}, for: 2 weeks, missing: unknown}
  bad: {when: {any: [{metric: worst, equal_to: 3}, {trigger: warm}]}, missing: break}
  sure: {when: {metric: mean, below: 10, missing: unmet}, missing: break}
stages: [{name: calm}, {name: alert}]
moves:
  - {name: up, from: calm, to: alert, trigger: bad, after: 2 weeks, requires: asked}
  - {name: down, from: alert, to: calm, trigger: sure, valid: {from: 2021-01-01}}
locks: [{not_above: calm, from: 2021-06-01, until: 2021-06-30}]
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return loads(POLICY)


def asked_for(policy: Policy, show: Show) -> list[str]:
    return [f"{one.move or one.stage}: {one.subject}" for one in goals(Ladder(policy)) if one.show is show]


def test_each_guard_of_each_move_is_a_goal(policy: Policy) -> None:
    assert asked_for(policy, Show.FIRED) == ["up: ", "down: "]
    assert asked_for(policy, Show.BLOCKED) == [
        "up: locks", "up: after", "up: bad", "up: asked", "down: valid", "down: sure",
    ]  # fmt: skip


def test_a_trigger_whose_absent_figures_count_as_unmet_cannot_be_open(policy: Policy) -> None:
    assert asked_for(policy, Show.OPEN) == ["up: bad", "up: asked"]


def test_a_trigger_that_only_others_rest_on_is_to_be_unknown(policy: Policy) -> None:
    assert asked_for(policy, Show.UNKNOWN) == [": warm"]


def test_every_stage_is_a_goal(policy: Policy) -> None:
    assert asked_for(policy, Show.STAGE) == ["calm: ", "alert: "]


@pytest.mark.parametrize(
    ("metric", "threshold", "found"),
    [
        ("mean", 30.0, (29.997, 30.003)),
        ("mean", 0.5, (0.4999, 0.5001)),
        ("felt", 30.0, (29.9, 30.1)),
        ("told", 30.0, (28.0, 32.0)),
        ("band", 3.0, (1.0, 7.0)),
        ("worst", 7.0, (3.0, None)),
        ("worst", 2.0, (1.0, 3.0)),
    ],
)
def test_the_nearest_values_are_a_smallest_step_away(
    policy: Policy, metric: str, threshold: float, found: tuple[float | None, float | None]
) -> None:
    assert neighbours(policy, metric, threshold) == found


def reached(policy: Policy, case: str) -> set[tuple[Show, str, str]]:
    """Give the goals that one case of one week reaches: what it shows, of which move or stage, and by what."""
    entry = f"policy: p\ncases:\n- name: a\n  start: 2021-W36\n{case}"
    (one,) = loads_cases(entry, policy).cases
    found = coverage(Ladder(policy), [play(Ladder(policy), one)])
    return {_told(goal) for goal in set(found.goals) - set(found.missed)}


def _told(goal: Goal) -> tuple[Show, str, str]:
    return (goal.show, goal.move or goal.stage, goal.subject)


UP = "  since: 2021-W30\n  series: {felt: 35}\n  judgements: {asked: yes}\n"


def test_a_recommended_move_fires(policy: Policy) -> None:
    found = reached(policy, f"{UP}  expect: [{{week: 2021-W36, recommend: escalate}}]\n")
    assert (Show.FIRED, "up", "") in found
    assert (Show.STAGE, "calm", "") in found
    assert (Show.EXACTLY, "", "worst") in found
    assert (Show.UNKNOWN, "", "warm") not in found  # one week of two, whatever it is: unmet


def test_a_move_is_blocked_by_the_only_guard_that_is_unmet(policy: Policy) -> None:
    young = UP.replace("W30", "W35")
    body = f"{young}  expect: [{{week: 2021-W36, recommend: hold}}]\n"
    assert (Show.BLOCKED, "up", "after") in reached(policy, body)
    assert (Show.BLOCKED, "up", "after") not in reached(policy, body.replace("yes", "no"))
    assert (Show.BLOCKED, "up", "asked") not in reached(policy, body.replace("yes", "no"))


def test_a_move_is_open_by_the_only_guard_that_is_unknown(policy: Policy) -> None:
    body = "  since: 2021-W30\n  series: {felt: 35}\n  expect: [{week: 2021-W36, recommend: undetermined}]\n"
    assert (Show.OPEN, "up", "asked") in reached(policy, body)


def test_weeks_of_which_no_recommendation_is_expected_do_not_count(policy: Policy) -> None:
    assert reached(policy, f"{UP}  expect: [{{week: 2021-W36, dwell: 6}}]\n") == set()


@pytest.mark.parametrize(
    ("figure", "shown"),
    [("39.9", {Show.BELOW}), ("40", {Show.EXACTLY}), ("40.1", {Show.ABOVE}), ("40.2", set()), ("39.8", set())],
)
def test_a_threshold_of_bands_is_met_exactly_just_below_and_just_above(
    policy: Policy, figure: str, shown: set[Show]
) -> None:
    found = reached(policy, f"  series: {{felt: {figure}}}\n  expect: [{{week: 2021-W36, recommend: hold}}]\n")
    assert {show for show, _, subject in found if subject == "felt"} == shown


def test_a_threshold_does_not_matter_in_a_stage_that_it_does_not_lead_out_of(policy: Policy) -> None:
    found = reached(policy, "  stage: alert\n  series: {felt: 40}\n  expect: [{week: 2021-W36, recommend: hold}]\n")
    assert "felt" not in {subject for _, _, subject in found}


def test_without_cases_nothing_is_covered(policy: Policy) -> None:
    found = coverage(Ladder(policy), [])
    assert (found.percent, found.missed) == (0, found.goals)
