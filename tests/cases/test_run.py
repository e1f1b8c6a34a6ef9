"""What is expected of a week against what SEMANTICS gives, worked out by hand on a small policy."""

from __future__ import annotations

import pytest

from escalation.cases.load import loads
from escalation.cases.run import play
from escalation.evaluation.ladder import Ladder
from escalation.policy.load import loads as loads_policy
from escalation.policy.model import Policy
from tests.cases.reservoir import POLICY, told

DRY = "  series: {storage: 41-1x4, area: 5}\n"  # 41, 40, 39, 38, 37 from 2021-W36 on


def reservoir_until(day: str) -> Policy:
    """Give the reservoir's policy with a first move that ends on a day."""
    return loads_policy(
        POLICY.replace("trigger: dry, after: 2 weeks}", f"trigger: dry, after: 2 weeks, valid: {{until: {day}}}}}")
    )


@pytest.mark.parametrize(
    "expected",
    [
        "{week: 2021-W36, recommend: hold, dwell: 0, stage: normal, missing: []}",
        "{week: 2021-W38, recommend: hold, countdown: {to-drought: 1}, streaks: {dry: 1}, values: {gain: -1}}",
        "{week: 2021-W39, recommend: escalate, to: drought, move: to-drought, because: [dry]}",
        "{week: 2021-W39, triggers: {dry: met, wet: unmet}, stage_after: normal, streaks: {dry: [2, 2]}}",
        "{week: 2021-W36, values: {gain: _, surveyed: _}, triggers: {over: met, dry: unmet}}",
    ],
)
def test_what_is_as_expected_passes(expected: str) -> None:
    assert told(f"{DRY}  expect: [{expected}]\n") == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("recommend: hold", "recommend: escalate, not hold"),
        ("to: crisis", "to: drought, not crisis"),
        ("because: [wet]", "because: dry, not wet"),
        ("because: []", "because: dry, not none"),
        ("missing: [storage]", "missing: none, not storage"),
        ("dwell: 2", "dwell: 3, not 2"),
        ("triggers: {dry: unknown}", "trigger dry: met, not unknown"),
        ("streaks: {dry: [1, 2]}", "streak of dry: 2, 2, not 1, 2"),
        ("values: {storage: 38.1}", "value of storage: 38, not 38.1"),
        ("values: {storage: _}", "value of storage: 38, not none"),
        ("countdown: {to-drought: never}", "countdown of to-drought: 0, not never"),
        ("countdown: {to-crisis: 1}", "countdown of to-crisis: no move, not 1"),
        ("stage_after: drought", "stage_after: normal, not drought"),
        ("pending: drought", "pending: none, not drought"),
        ("unlawful: yes", "unlawful: no, not yes"),
    ],
)
def test_what_is_not_as_expected_is_told(expected: str, said: str) -> None:
    assert told(f"{DRY}  expect: [{{week: 2021-W39, {expected}}}]\n") == [said]


def test_a_number_alone_stands_for_every_week_of_the_case() -> None:
    assert told("  series: {storage: 30}\n  expect: [{week: 2022-W36, values: {storage: 30}}]\n") == []


def test_after_a_series_there_are_no_figures() -> None:
    expected = "{week: 2021-W41, recommend: undetermined, missing: [storage]}"
    assert told(f"  series: {{storage: 30x3}}\n  expect: [{expected}]\n") == []


@pytest.mark.parametrize(
    ("answers", "recommendation"),
    [("yes", "escalate"), ("nox2", "hold"), ('"yes"', "undetermined")],  # quoted it is one answer, too old in W38
)
def test_a_judgement_alone_stands_for_every_week_and_a_series_for_its_own(answers: str, recommendation: str) -> None:
    body = f"""\
  stage: drought
  since: 2021-W30
  series: {{storage: 30, inflow: 1}}
  judgements: {{surveyed: {answers}}}
  expect: [{{week: 2021-W38, recommend: {recommendation}}}]
"""
    assert told(body) == []


def test_the_triggers_met_within_the_one_that_decides_are_reasons_too() -> None:
    expected = "{week: 2021-W38, recommend: relax, because: [wet, over]}"
    assert told(f"  stage: drought\n  series: {{storage: 50, area: 1, inflow: 5}}\n  expect: [{expected}]\n") == []


def test_a_decision_takes_effect_in_its_week() -> None:
    body = """\
  series: {storage: 30}
  decisions: {2021-W38: drought}
  expect:
    - {week: 2021-W37, stage: normal, stage_after: drought}
    - {week: 2021-W38, stage: drought, dwell: 0}
"""
    assert told(body) == []


def test_a_decision_is_pending_from_the_week_in_which_it_was_taken() -> None:
    body = """\
  series: {storage: 30}
  decisions: {2021-W40: {stage: drought, decided: 2021-W38}}
  expect:
    - {week: 2021-W38, recommend: hold, pending: drought}
    - {week: 2021-W40, stage: drought, dwell: 0}
"""
    assert told(body) == []
    assert told(body.replace(", decided: 2021-W38", "")) == [
        "recommend: escalate, not hold",
        "pending: none, not drought",
    ]


def test_a_decision_that_the_law_forbids_when_it_would_take_effect_lapses() -> None:
    policy = reservoir_until("2021-10-03")  # the last day of 2021-W39
    entry = """\
- name: one
  start: 2021-W36
  series: {storage: 30}
  adopt: follow
  lag: 2 weeks
  expect: [{week: 2021-W38, recommend: escalate}, {week: 2021-W40, stage: normal, lapsed: drought}]
"""
    (case,) = loads(f"policy: p\ncases:\n{entry}", policy).cases
    assert play(Ladder(policy), case).differences == ()


def test_a_decision_that_is_no_lawful_move_fails_the_case_unless_that_is_expected() -> None:
    body = "  series: {storage: 30}\n  decisions: {2021-W38: crisis}\n  expect: [{week: 2021-W39, stage: crisis}]\n"
    assert told(body) == ["decision: no lawful move of the policy, not a lawful move"]
    assert told(body.replace("expect: [", "expect: [{week: 2021-W38, unlawful: yes}, ")) == []


def test_recommendations_can_be_followed_with_a_lag() -> None:
    body = """\
  series: {storage: 30}
  adopt: follow
  lag: 2 weeks
  expect:
    - {week: 2021-W38, recommend: escalate}
    - {week: 2021-W39, recommend: hold, stage: normal, pending: drought}
    - {week: 2021-W41, stage: drought, dwell: 1}
"""
    assert told(body) == []
    assert told(body.replace("escalate}", "escalate, pending: drought}")) == ["pending: none, not drought"]


def test_no_stage_above_the_highest_one_is_adopted() -> None:
    expected = "{week: 2021-W39, recommend: escalate, stage_after: normal}"
    assert told(f"  series: {{storage: 30}}\n  adopt: follow\n  up_to: normal\n  expect: [{expected}]\n") == []


def test_a_week_may_be_expected_as_it_was_known_at_two_times() -> None:
    body = """\
  series:
    storage: 30 30 30 revised(45->30, 2021-W41)
  expect:
    - {week: 2021-W39, as_of: 2021-W40, recommend: hold, values: {storage: 45}}
    - {week: 2021-W39, as_of: 2021-10-11, recommend: escalate}
    - {week: 2021-W39, recommend: escalate}
"""
    assert told(body) == []


def test_a_figure_revised_to_nothing_cannot_be_used_any_more() -> None:
    body = """\
  series: {storage: "30 30 revised(45->_, 2021-W41)"}
  expect:
    - {week: 2021-W38, as_of: 2021-W40, values: {storage: 45}}
    - {week: 2021-W38, values: {storage: _}}
"""
    assert told(body) == []


def test_an_unusable_figure_hides_the_one_before() -> None:
    assert told("  series: {storage: 30 unusable}\n  expect: [{week: 2021-W37, values: {storage: _}}]\n") == []


def test_streaks_are_counted_from_the_start_whatever_the_stage_was() -> None:
    body = "  since: 2021-W38\n  series: {storage: 30}\n  expect: [{week: 2021-W38, dwell: 0, streaks: {dry: 2}}]\n"
    assert told(body) == []


def test_a_computed_metric_may_be_given_directly() -> None:
    body = """\
  series: {gain: 3 _ 2, storage: 50}
  expect:
    - {week: 2021-W36, values: {gain: 3}}
    - {week: 2021-W37, values: {gain: _}}
"""
    assert told(body) == []
