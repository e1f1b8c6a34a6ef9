"""Sources that are no longer in force: told once each, with what rests on them alone."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.checks import check
from escalation.policy.load import loads

TEXT = """
language: 1
name: schools
calendar: iso-week
sources: {act: {title: An act, until: 2021-06-30}}
parameters: {limit: {value: 100, source: act}}
metrics:
  incidence: {kind: level}
  twice: {product: {of: incidence, by: 2}, source: act}
triggers:
  over: {when: {metric: twice, at_least: limit}, missing: unknown, source: act}
  under: {when: {metric: incidence, below: 10}, missing: unknown, source: assumption}
stages: [{name: open}, {name: closed}]
moves:
  - {name: close, from: open, to: closed, trigger: over, source: act}
  - {name: reopen, from: closed, to: open, trigger: under, source: assumption}
"""


def expired(text: str, today: date) -> list[tuple[str, list[int]]]:
    found = check(loads(text), select={"expired-source"}, today=today)
    return [(one.message, [other.place.line for other in one.related]) for one in found]


def test_a_source_is_told_once_with_what_rests_on_it() -> None:
    message = "`act` ended on 2021-06-30, and 4 rules rest on it alone"
    assert expired(TEXT, date(2021, 7, 1)) == [(message, [6, 11, 9])]
    assert expired(TEXT, date(2021, 6, 30)) == []


def test_what_only_ended_moves_use_is_not_accused() -> None:
    ended = TEXT.replace("trigger: over,", "trigger: over, valid: {until: 2021-06-30},")
    assert expired(ended, date(2026, 1, 1)) == []


def test_what_another_move_still_uses_is_accused() -> None:
    ended = TEXT.replace("trigger: over,", "trigger: over, valid: {until: 2021-06-30},")
    still = ended.replace("below: 10", "below: limit")
    message = "`act` ended on 2021-06-30, and one rule rests on it alone"
    assert expired(still, date(2026, 1, 1)) == [(message, [6])]


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("from: 2021-02-01", "this holds from 2021-01-01, and `act` is in force from 2021-02-01"),
        ("date: 2021-01-05", "this holds from 2021-01-01, and `act` is of 2021-01-05"),
        ("date: 2020-01-01, from: 2021-01-01", None),
    ],
)
def test_a_rule_that_begins_before_its_source_is_in_force_is_told(plan: str, told: str | None) -> None:
    text = TEXT.replace("value: 100", "dated: [{from: 2021-01-01, value: 100}]").replace("until: 2021-06-30", plan)
    found = check(loads(text), select={"source-newer-than-rule"})
    assert [one.message for one in found] == ([told] if told is not None else [])


def test_a_source_that_ends_before_it_is_in_force_is_told() -> None:
    text = TEXT.replace("until: 2021-06-30", "from: 2021-07-01, until: 2021-06-30")
    found = check(loads(text), select={"source-ends-before-it-begins"})
    assert [one.message for one in found] == ["`act` is in force from 2021-07-01, and ends on 2021-06-30"]
