"""Mutants: one small change each, killed by the cases that notice it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from escalation.cases.case import Cases
from escalation.cases.coverage import coverage
from escalation.cases.load import load
from escalation.cases.load import loads as loads_cases
from escalation.cases.mutants import mutants
from escalation.cases.mutate import UNWRITTEN, Fate, Judged, mutate, score
from escalation.cases.run import holds, play
from escalation.evaluation.ladder import Ladder
from escalation.policy.load import loads
from escalation.policy.template import new_policy
from escalation.policy.values import Language
from escalation.reports.strength import Strength, strength_text

POLICY = """
language: 1
name: heat
calendar: iso-week
parameters: {cold: {dated: [{from: 2020-01-01, value: 5}, {from: 2021-01-01, value: 6}]}}
metrics:
  mean: {kind: level}
  felt: {kind: level}
  worst: {highest: {of: [mean, felt], missing: ignore}}
  asked: {kind: judgement, by: board}
triggers:
  warm:
    when: {all: [{metric: mean, at_least: 30}, {metric: worst, above: 31, missing: met}]}
    for: 2 weeks
    missing: unknown
  cool: {when: {metric: mean, below: cold}, missing: break, since: entry}
stages: [{name: calm}, {name: alert}]
moves:
  - {name: up, from: calm, to: alert, trigger: warm, after: 2 weeks, requires: [asked]}
  - {name: over, from: calm, to: alert, trigger: cool}
  - {name: down, from: alert, to: calm, trigger: cool, valid: {from: 2021-01-01}}
locks: [{not_above: calm, from: 2021-06-01, until: 2021-06-30}]
"""
CASES = """
policy: p
cases:
  - name: two warm weeks lead to the alert
    since: 2021-W30
    start: 2021-W36
    series: {mean: 30, felt: 32}
    judgements: {asked: yes}
    expect: [{week: 2021-W36, recommend: hold}, {week: 2021-W37, recommend: escalate}]
"""


def changes() -> dict[str, str]:
    """Give every mutant of the policy: its change, and the line of the file with its place."""
    policy = loads(POLICY)
    return {one.change: str(policy.source.place(one.route)) for one in mutants(Ladder(policy))}


def test_thresholds_lengths_guards_parts_gaps_entries_and_orders_are_changed() -> None:
    assert set(changes()) == {
        "`at_least: 30` becomes 29.9970", "`at_least: 30` becomes 30.0030", "`at_least` becomes `above`",
        "`above: 31` becomes 30.9969", "`above: 31` becomes 31.0031", "`above` becomes `at_least`",
        "`value: 5` becomes 4.9995", "`value: 5` becomes 5.0005",
        "`value: 6` becomes 5.9994", "`value: 6` becomes 6.0006", "`below` becomes `at_most`",
        "`for: 2 weeks` becomes 1 week", "`for: 2 weeks` becomes 3 weeks", "`for: 1 week` becomes 2 weeks",
        "`after: 2 weeks` becomes 1 week", "`after: 2 weeks` becomes 3 weeks", "`after: 0 weeks` becomes 1 week",
        "`after` of `up` is dropped", "`valid` of `down` is dropped", "the lock is dropped",
        "`asked` is no longer required by `up`", "this part of the condition is dropped",
        "`missing: unknown` becomes `hold`", "`missing: unknown` becomes `break`",
        "`missing: break` becomes `hold`", "`missing: break` becomes `unknown`",
        "`missing: met` becomes `unmet`", "`missing: met` is dropped", "`missing: ignore` becomes `unknown`",
        "`since: entry` is added", "`since: entry` is dropped", "`over` comes before `up`",
    }  # fmt: skip


def test_a_change_has_its_place_in_the_file() -> None:
    assert changes()["`above: 31` becomes 31.0031"] == "policy.yaml:13:71"
    assert changes()["the lock is dropped"] == "policy.yaml:22:9"


def test_the_policy_itself_stays_what_it_is() -> None:
    policy = loads(POLICY)
    before = repr(policy.source.tree)
    assert all(one.policy.digest != policy.digest for one in mutants(Ladder(policy)))
    assert repr(policy.source.tree) == before


@pytest.fixture(scope="module")
def judged() -> dict[str, Judged]:
    """Give what becomes of each mutant, by its change."""
    policy = loads(POLICY)
    ladder = Ladder(policy)
    found = mutate(ladder, loads_cases(CASES, policy).cases, mutants(ladder))
    return {one.mutant.change: one for one in found}


def test_a_mutant_is_killed_by_a_case_that_it_fails(judged: dict[str, Judged]) -> None:
    assert judged["`at_least: 30` becomes 30.0030"].fate is Fate.KILLED
    assert judged["`for: 2 weeks` becomes 3 weeks"].fate is Fate.KILLED


def test_a_survivor_is_shown_with_a_case_that_would_kill_it(judged: dict[str, Judged]) -> None:
    survivor = judged["`at_least: 30` becomes 29.9970"]
    assert survivor.fate is Fate.SURVIVED
    policy = loads(POLICY)
    (case,) = loads_cases(f"policy: p\ncases:\n{survivor.killer}", policy).cases
    assert holds(Ladder(policy), case)
    assert not holds(Ladder(survivor.mutant.policy), case)


def test_a_mutant_that_means_the_same_is_equivalent() -> None:
    # With `for: 1` a week without data is unknown whatever `missing` says: there is no streak to keep.
    text = POLICY.replace(", since: entry", "")
    policy = loads(text)
    ladder = Ladder(policy)
    found = {one.mutant.route: one for one in mutate(ladder, (), mutants(ladder)) if one.fate is Fate.EQUIVALENT}
    assert ("triggers", "cool", "missing") in found


def test_what_the_analysis_cannot_prove_is_undecided_and_says_why() -> None:
    text = """
language: 1
name: nested
calendar: iso-week
metrics: {mean: {kind: level}}
triggers:
  warm: {when: {metric: mean, above: 10}, missing: break}
  high: {when: {trigger: warm}, for: 2 weeks, missing: break}
stages: [{name: calm}, {name: alert}]
moves: [{name: up, from: calm, to: alert, trigger: high, after: 9 weeks}]
"""
    ladder = Ladder(loads(text))
    found = {one.mutant.change: one for one in mutate(ladder, (), mutants(ladder)) if "warm" in one.mutant.route}
    other = found["`since: entry` is added"]
    assert (other.fate, other.killer) == (Fate.UNDECIDED, "")
    assert "counts since entry" in other.reason


def test_equivalent_mutants_do_not_count(judged: dict[str, Judged]) -> None:
    killed, left = (next(one for one in judged.values() if one.fate is fate) for fate in (Fate.KILLED, Fate.SURVIVED))
    same = Judged(mutant=left.mutant, fate=Fate.EQUIVALENT)
    assert score([killed, same]) == 100
    assert score([killed, left, same]) == 50
    assert score([]) == 100


def left(cases: Cases) -> list[str]:
    """Say what cases do not cover, and which mutants they do not notice."""
    ladder = Ladder(cases.policy)
    missed = coverage(ladder, [play(ladder, case) for case in cases.cases]).missed
    judged = mutate(ladder, cases.cases, mutants(ladder))
    unnoticed = [one for one in judged if one.fate in (Fate.SURVIVED, Fate.UNDECIDED)]
    return [*map(repr, missed), *(f"{one.mutant.change} {one.mutant.route} {one.reason}" for one in unnoticed)]


@pytest.mark.parametrize("name", ["bekasi-vaccination", "us-community-levels"])
def test_the_cases_of_the_shipped_policies_cover_them_and_notice_every_mutant(project: Path, name: str) -> None:
    assert left(load(project / "policies" / name / "cases.yaml")) == []


def test_so_do_the_cases_of_a_new_policy(tmp_path: Path) -> None:
    for name, text in new_policy("dry-season").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    cases = load(tmp_path / "cases.yaml")
    ladder = Ladder(cases.policy)
    assert [one.case.name for one in (play(ladder, case) for case in cases.cases) if one.differences] == []
    assert left(cases) == []


def test_a_survivor_has_a_case_or_a_reason() -> None:
    changes = """
language: 1
name: changes
calendar: iso-week
metrics: {x: {kind: level}, c: {change: {of: x, over: 2 weeks}}}
triggers:
  t:
    when: {all: [{metric: c, equal_to: 1, missing: met}, {metric: x, above: 0.5}]}
    for: 3 weeks
    missing: hold
stages: [{name: a}, {name: b}]
moves: [{name: up, from: a, to: b, trigger: t}]
"""
    ladder = Ladder(loads(changes))
    survivors = [one for one in mutate(ladder, (), mutants(ladder)) if one.fate is Fate.SURVIVED]
    assert [one.mutant.change for one in survivors if not one.killer] == []
    told = replace(survivors[0], killer="", reason=UNWRITTEN)
    said = strength_text(Strength(policy=ladder.policy, judged=(told,)), language=Language.ENGLISH)
    assert f"no case notices ({UNWRITTEN}): {told.mutant.change}" in said
