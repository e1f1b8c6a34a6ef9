"""What a policy says once it is read."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.errors import RequestError
from escalation.policy.load import load, loads
from escalation.policy.values import Language

POLICY = """
language: 1
name: reservoir
calendar: iso-week
sources: {plan: {title: Drought plan, date: 2019-05-01}, order: {title: Order 7}}
parameters:
  dry: {value: 40, source: plan}
  gate: {source: plan, dated: [{from: 2020-08-31, value: 7, source: order}, {from: 2021-03-14, value: 10}]}
metrics:
  storage: {unit: percent, kind: level}
  inflow: {unit: people, kind: flow, range: [0, null], basis: gauge}
  gain: {change: {of: storage, over: 4 weeks}}
  slow: {lag: {of: gain, by: 1 week}}
  both: {difference: {of: inflow, minus: slow}}
  band: {bands: {of: storage, rows: [{below: 10, value: 1}, {otherwise: 2}]}}
triggers:
  low: {when: {metric: storage, below: dry}, missing: unknown}
stages: [{name: normal, title: {id: Biasa}}, {name: alert}, {name: drought}]
moves:
  - {name: up, from: [drought, normal], to: alert, trigger: low}
  - {name: down, from: any, to: normal, trigger: low, requires: []}
"""
RESERVOIR = loads(POLICY.replace(", requires: []", ""))


def test_a_dated_parameter_has_the_value_in_force() -> None:
    gate = RESERVOIR.parameters["gate"]
    days = [date(2020, 8, 30), date(2020, 8, 31), date(2021, 3, 13), date(2021, 3, 14)]
    assert [gate.on(day) for day in days] == [None, 7, 7, 10]
    assert [gate.sources_on(day) for day in days] == [("plan",), ("order",), ("order",), ("plan",)]


def test_a_percentage_goes_from_0_to_100_unless_its_range_says_otherwise() -> None:
    assert RESERVOIR.inputs["storage"].bounds == (0, 100)
    assert RESERVOIR.inputs["inflow"].bounds == (0, None)


def test_units_follow_the_operations() -> None:
    assert RESERVOIR.units == {
        "storage": "percent",
        "inflow": "people",
        "gain": "percentage points",
        "slow": "percentage points",
        "both": "people",
        "band": None,
    }


def test_a_metric_names_the_inputs_it_rests_on() -> None:
    assert RESERVOIR.inputs_of("both") == ("inflow", "storage")


def test_moves_lead_out_of_named_stages_or_of_all_others_in_the_order_of_the_ladder() -> None:
    assert [RESERVOIR.origins(move) for move in RESERVOIR.moves] == [("normal", "drought"), ("alert", "drought")]


def test_a_title_in_one_language_serves_for_the_other() -> None:
    title = RESERVOIR.stages[0].title
    assert title is not None
    assert title.in_language(Language.ENGLISH) == "Biasa"


def test_a_policy_knows_its_file() -> None:
    assert str(RESERVOIR.source.place(("triggers", "low", "when", "below"))) == "policy.yaml:17:40"
    assert len(RESERVOIR.digest) == 64


def test_a_file_that_is_not_there_cannot_be_read() -> None:
    with pytest.raises(RequestError):
        load("no-such-folder/policy.yaml")
