"""A small policy, and cases of it that are read and run."""

from __future__ import annotations

from functools import cache

from escalation.cases.case import Case
from escalation.cases.load import loads
from escalation.cases.run import Played, play
from escalation.evaluation.ladder import Ladder
from escalation.policy.load import loads as loads_policy
from escalation.policy.model import Policy

POLICY = """
language: 1
name: reservoir
calendar: iso-week
metrics:
  storage: {unit: percent, kind: level, max_age: 1 week}
  inflow: {kind: flow}
  area: {kind: attribute}
  gain: {unit: percentage points, change: {of: storage, over: 1 week}}
  surveyed: {kind: judgement, by: board, max_age: 1 week}
triggers:
  dry: {when: {metric: storage, below: 40}, for: 2 weeks, missing: unknown}
  wet: {when: {all: [{metric: storage, at_least: 40}, {metric: area, above: 0}]}, missing: unknown}
  over: {when: {any: [{trigger: wet}, {metric: inflow, above: 9}]}, missing: break}
stages: [{name: normal}, {name: drought}, {name: crisis}]
moves:
  - {name: to-drought, from: normal, to: drought, trigger: dry, after: 2 weeks}
  - {name: to-crisis, from: drought, to: crisis, trigger: dry, after: 3 weeks, requires: surveyed}
  - {name: back, from: any, to: normal, trigger: over, valid: {from: 2021-09-20}}
"""


@cache
def reservoir() -> Policy:
    return loads_policy(POLICY)


def case(body: str, *, name: str = "one") -> Case:
    """Read one case from its lines."""
    return cases(f"- name: {name}\n  start: 2021-W36\n" + body)[0]


def cases(text: str) -> tuple[Case, ...]:
    """Read the entries of a file of cases."""
    return loads(f"policy: policy.yaml\ncases:\n{text}", reservoir()).cases


def played(body: str) -> Played:
    """Read and run one case, which starts in 2021-W36."""
    return play(Ladder(reservoir()), case(body))


def told(body: str) -> list[str]:
    """Say what differs from what a case expects."""
    return [f"{one.what}: {one.found}, not {one.expected}" for one in played(body).differences]
