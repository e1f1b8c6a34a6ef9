"""Policies made to keep the rules busy: each rule does so much work and no more."""
# ruff: noqa: E501 - texts of files, put together

from __future__ import annotations

from time import perf_counter

import pytest

from escalation.checks import RULES, check
from escalation.checks.valuations import Allowance
from escalation.policy.load import loads
from escalation.policy.model import Policy

HEAD = "language: 1\nname: x\ncalendar: iso-week\n"
TRIGGER = "triggers: {t: {when: {metric: m, below: 1}, missing: hold}}\n"
RULES_OF_THE_FILE = {name for name, one in RULES.items() if not one.family.endswith((".order", ".proofs", ".reach"))}
IN_SECONDS = 1.0  # loosely, for busy machines: a tenth of it on an idle one


def lines(count: int, line: str) -> str:
    return "".join(line.replace("#", str(n)) for n in range(1, count + 1))


BUSY = {
    "a trigger for each of many stages": "metrics: {m: {kind: flow}}\ntriggers:\n"
    + lines(599, "  t#: {missing: hold, when: {metric: m, below: #}}\n")
    + "stages:\n"
    + lines(600, "  - {name: s#}\n")
    + "moves:\n"
    + lines(599, "  - {name: m#, from: s#, to: s600, trigger: t#}\n"),
    "moves from everywhere to everywhere": "metrics: {m: {kind: flow}}\ntriggers:\n"
    + lines(40, "  t#: {missing: hold, when: {metric: m, below: #}}\n")
    + "stages:\n"
    + lines(40, "  - {name: s#}\n")
    + "moves:\n"
    + lines(40, "  - {name: m#, from: any, to: s#, trigger: t#}\n"),
    "many tables of bands": "metrics:\n  m: {kind: flow}\n"
    + lines(90, "  b#: {bands: {of: m, rows: [" + lines(30, "{below: #, value: 1}, ") + "{otherwise: 2}]}}\n")
    + TRIGGER
    + "stages: [{name: a}]\n",
    "moves and locks": "metrics: {m: {kind: flow}}\n"
    + TRIGGER
    + "stages: [{name: a}, {name: b}]\nmoves:\n"
    + lines(1000, "  - {name: m#, from: a, to: b, trigger: t}\n")
    + "locks:\n"
    + lines(2000, "  - {not_above: a, from: 2021-01-01}\n"),
    "triggers that double at every step": "metrics: {m: {kind: flow}}\ntriggers:\n  t0: {when: {metric: m, below: 1}, missing: hold}\n"
    + "".join(f"  t{n}: {{when: {{all: [{{trigger: t{n - 1}}}, {{trigger: t{n - 1}}}]}}, missing: hold}}\n" for n in range(1, 32))
    + "stages: [{name: a}]\n",
    "suppressions on every line": "metrics: {m: {kind: flow}}\n"
    + TRIGGER
    + "stages: [{name: a}]\nparameters:\n"
    + lines(2400, "  p#: {value: 1}  @ escalation: ignore[dead-row, no-way-up] -- z\n").replace("@", "#"),
}  # fmt: skip


@pytest.mark.parametrize("text", BUSY.values(), ids=BUSY)
def test_a_policy_made_to_keep_the_rules_busy_is_checked_at_once(text: str) -> None:
    policy = loads(HEAD + text)
    assert min(seconds_for(policy) for _ in range(3)) < IN_SECONDS


def seconds_for(policy: Policy) -> float:
    start = perf_counter()
    check(policy, select=RULES_OF_THE_FILE)
    return perf_counter() - start


def test_work_is_granted_as_long_as_there_is_enough_of_it() -> None:
    allowance = Allowance(left=10)
    assert [allowance.grants(work) for work in (6, 6, 4, 1)] == [True, False, True, False]
