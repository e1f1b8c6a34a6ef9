"""Amendments of parameters."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.errors import RequestError
from escalation.policy.amend import amend
from escalation.policy.load import loads

POLICY = loads("""
language: 1
name: reservoir
calendar: iso-week
sources: {decree: {title: "Decree 4/2021"}}
parameters:
  low: {unit: percent, value: 40, range: [10, 90], source: decree, note: "the decree says 40"}
  limit: {dated: [{from: 2020-01-01, value: 7, source: decree}, {from: 2021-01-01, value: 10, source: decree}]}
metrics: {storage: {unit: percent, kind: level}}
triggers: {dry: {when: {metric: storage, below: low}, missing: unknown, source: assumption}}
stages: [{name: normal}, {name: drought}]
moves: [{name: to-drought, from: normal, to: drought, trigger: dry}]
""")


def test_an_amended_number_is_the_questions_and_no_longer_its_sources_nor_the_files_assumption() -> None:
    amended = amend(POLICY, {"low": 30})
    assert amended.parameters["low"].value == 30
    assert amended.parameters["low"].source == ("--set",)
    assert amended.parameters["low"].note is None
    assert amended.citation(("--set",)) == "--set"
    assert POLICY.parameters["low"].value == 40


def test_an_amendment_stands_for_all_dates_of_a_dated_parameter() -> None:
    amended = amend(POLICY, {"limit": 8})
    assert amended.parameters["limit"].on(date(2020, 6, 1)) == amended.parameters["limit"].on(date(2022, 6, 1)) == 8


def test_an_amended_policy_has_a_digest_of_its_own() -> None:
    digests = {POLICY.digest, amend(POLICY, {"low": 30}).digest, amend(POLICY, {"low": 31}).digest}
    assert len(digests) == 3
    assert amend(POLICY, {"low": 30}).digest == amend(POLICY, {"low": 30}).digest


@pytest.mark.parametrize("value", [9.99, 90.01])
def test_a_value_outside_the_range_is_refused(value: float) -> None:
    with pytest.raises(RequestError, match="outside the range"):
        amend(POLICY, {"low": value})


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(RequestError, match="`high` is not a parameter"):
        amend(POLICY, {"high": 4})
