"""The rules of the checker, each tried on the examples of its own page."""

from __future__ import annotations

import re
import textwrap
from datetime import date

import pytest

from escalation.checks import RULES, assumptions, check
from escalation.checks.registry import Rule, rule
from escalation.diagnostics import Severity
from escalation.policy.load import loads

SECTIONS = {
    "language": "language: 1",
    "name": "name: example",
    "calendar": "calendar: iso-week",
    "metrics": "metrics: {}",
    "triggers": "triggers: {}",
    "stages": "stages: [{name: mild}, {name: strict}]",
}


def whole(example: str) -> str:
    """Make a whole policy of the sections that an example shows."""
    others = (text for key, text in SECTIONS.items() if not re.search(rf"^{key}:", example, re.MULTILINE))
    return "\n".join([*others, example])


TODAY = date(2026, 1, 1)


def example(one: Rule, kind: str) -> str:
    found = re.search(rf"^{kind}:\n\n((?:    .*\n|\n)+)", one.page + "\n", re.MULTILINE)
    assert found is not None, f"{one.name} has no {kind.lower()} example"
    return textwrap.dedent(found[1])


@pytest.mark.parametrize("one", RULES.values(), ids=RULES)
def test_the_bad_example_of_a_rule_is_found_and_the_good_one_is_not(one: Rule) -> None:
    everything = set(RULES)
    bad = check(loads(whole(example(one, "Bad"))), select=everything, today=TODAY)
    good = check(loads(whole(example(one, "Good"))), select=everything, today=TODAY)
    assert one.name in [found.rule for found in bad]
    assert one.name not in [found.rule for found in good]
    assert [found for found in good if found.severity is Severity.ERROR] == []


@pytest.mark.parametrize("one", RULES.values(), ids=RULES)
def test_the_page_of_a_rule_begins_with_what_is_wrong(one: Rule) -> None:
    first, _, rest = one.page.partition("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    assert rest.partition("Bad:")[0].strip()


@pytest.mark.parametrize("name", ["unit-mismatch", "Unit-Mismatch", "e501", "unit"])
def test_a_rule_has_a_name_of_its_own_in_words(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        rule(name, severity=Severity.ERROR)


def test_a_small_percentage_may_be_compared_with_a_fraction() -> None:
    metrics = "metrics: {deaths: {unit: percent, kind: level, range: [0, 10]}}\n"
    policy = loads(whole(metrics + "triggers: {t: {when: {metric: deaths, above: 0.5}, missing: hold}}"))
    assert check(policy, select={"fraction-for-percent"}) == ()


def test_a_threshold_on_the_end_of_a_range_is_not_outside_it() -> None:
    metrics = "metrics: {share: {unit: percent, kind: level}}\n"
    policy = loads(whole(metrics + "triggers: {t: {when: {metric: share, at_least: 100}, missing: hold}}"))
    assert check(policy, select={"threshold-outside-range"}) == ()


POLICY = """
language: 1
name: reservoir
calendar: iso-week
sources: {plan: {title: Drought plan}}
parameters:
  backed: {value: 40, source: plan}
  guessed: {value: 30, source: assumption}
  unsaid: {value: 20}
  dated: {source: plan, dated: [{from: 2020-01-01, value: 1}, {from: 2021-01-01, value: 2, source: assumption}]}
metrics:
  storage: {unit: percent, kind: level}
  backed_band: {bands: {of: storage, rows: [{below: 10, value: 1}, {otherwise: 2}]}, source: plan}
  band: {bands: {of: storage, rows: [{below: 10, value: 1}, {below: backed, value: 3}, {otherwise: 2}]}}
triggers:
  backed: {when: {metric: storage, below: 4}, for: 2 weeks, missing: hold, source: plan}
  named: {when: {metric: storage, below: guessed}, missing: hold}
  guessed:
    when: {any: [{metric: storage, at_least: 3, below: 4}, count: {of: [{trigger: backed}], at_least: 1}]}
    for: 2 weeks
    missing: hold
    source: [plan, assumption]
stages: [{name: normal}, {name: drought}]
moves:
  - {name: up, from: normal, to: drought, trigger: backed, after: 2 weeks, source: plan}
  - {name: down, from: drought, to: normal, trigger: guessed, after: 3 weeks}
  - {name: off, from: drought, to: normal, trigger: guessed}
locks:
  - {not_below: drought, until: 2021-01-01, source: plan}
  - {not_below: drought, from: 2022-01-01}
""".replace("name: off", 'name: "off"')


def test_every_number_that_no_source_backs_is_an_assumption() -> None:
    policy = loads(POLICY)
    assert assumptions(policy) == (
        ("parameters", "guessed", "value"),
        ("parameters", "unsaid", "value"),
        ("parameters", "dated", "dated", 1, "value"),
        ("metrics", "band", "bands", "rows", 0, "below"),
        ("triggers", "guessed", "when", "any", 0, "below"),
        ("triggers", "guessed", "when", "any", 0, "at_least"),
        ("triggers", "guessed", "when", "any", 1, "count", "at_least"),
        ("triggers", "guessed", "for"),
        ("moves", 1, "after"),
        ("locks", 1),
    )
    assert all(policy.source.place(route).line for route in assumptions(policy))
