"""Two policies over all inputs: what is equal, stricter, looser or mixed, and what is not compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.checks.exact import Budget, Relation, contrast
from escalation.checks.exact.witness import holds
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.step import Recommendation
from escalation.policy.load import load, loads
from tests.evaluation.worlds import policy

POLICIES = Path(__file__).resolve().parents[3] / "policies"
BEKASI = load(POLICIES / "bekasi-vaccination" / "policy.yaml")
LEVELS = load(POLICIES / "us-community-levels" / "policy.yaml")


@pytest.mark.parametrize("shipped", [BEKASI, LEVELS], ids=["bekasi", "levels"])
def test_a_policy_is_equal_to_itself(shipped: object) -> None:
    assert contrast(shipped, shipped).relation is Relation.EQUAL  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ("value: 70", "value: 65", Relation.LOOSER),
        ("after: 12 weeks", "after: 11 weeks", Relation.STRICTER),
        ("below: first_dose_target", "at_most: first_dose_target", Relation.STRICTER),
        ("for: 4 weeks", "for: 5 weeks", Relation.STRICTER),
        ("    requires: [services_ready]\n", "", Relation.STRICTER),
        ("missing: unknown", "missing: hold", Relation.STRICTER),
    ],
)
def test_every_kind_of_change_is_recognised_with_an_example(old: str, new: str, relation: Relation) -> None:
    text = BEKASI.source.text.replace(old, new, 1)
    found = contrast(BEKASI, loads(text))
    assert found.relation is relation
    assert found.witness is not None
    assert holds(Ladder(BEKASI), found.witness)


FLOOD = """\
language: 1
name: flood
calendar: iso-week
metrics: {rain: {kind: level}}
triggers: {wet: {when: {metric: rain, at_least: 40}, for: 2 weeks, missing: break}}
stages: [{name: low}, {name: high}]
moves: [{name: up, from: low, to: high, trigger: wet}]
"""


def test_an_example_in_which_both_say_what_to_do_goes_before_one_that_leaves_it_open() -> None:
    old, new = loads(FLOOD), loads(FLOOD.replace("at_least: 40}", "at_least: 40, missing: met}"))
    found = contrast(old, new)
    assert found.relation is Relation.STRICTER
    assert found.stricter is not None
    assert found.stricter.expected == ((1, Recommendation.HOLD, None, None),)


def test_an_example_leaves_it_open_what_to_do_where_there_is_no_other() -> None:
    old = loads(FLOOD.replace("missing: break", "missing: unknown"))
    found = contrast(old, loads(old.source.text.replace("at_least: 40}", "at_least: 40, missing: met}")))
    assert found.stricter is not None
    assert found.stricter.expected == ((1, Recommendation.UNDETERMINED, "high", "up"),)


def test_a_change_without_effect_is_equal() -> None:
    text = (POLICIES / "us-community-levels" / "policy.yaml").read_text(encoding="utf-8")
    assert contrast(LEVELS, loads(text.replace("equal_to: 3", "at_least: 3"))).relation is Relation.EQUAL


def test_the_search_can_end_at_the_first_difference() -> None:
    shorter = policy(moves="[{name: up, from: a, to: b, trigger: high, after: 1 week}]")
    found = contrast(policy(), shorter, any_difference=True)
    assert found.relation is Relation.LOOSER
    assert found.looser is not None
    assert found.looser.length == 1


def test_metrics_that_are_defined_otherwise_are_not_compared() -> None:
    other = policy(metrics="{x: {kind: level, range: [0, 9]}}")
    found = contrast(policy(), other)
    assert (found.relation, found.why) == (Relation.NOT_PROVED, "`x` is defined otherwise")


def test_policies_without_a_common_stage_are_not_compared() -> None:
    other = policy(stages="[{name: d}, {name: e}]", moves="[{name: up, from: d, to: e, trigger: high}]")
    assert contrast(policy(), other).relation is Relation.NOT_PROVED


def test_policies_by_different_calendars_are_not_compared() -> None:
    text = policy().source.text.replace("iso-week", "epi-week")
    assert contrast(policy(), loads(text)).relation is Relation.NOT_PROVED


def test_a_budget_that_is_used_up_proves_nothing_equal() -> None:
    assert contrast(BEKASI, BEKASI, budget=Budget(nodes=3)).relation is Relation.NOT_PROVED


def test_a_move_by_another_trigger_differs() -> None:
    one = "{when: {metric: x, at_least: 5}, missing: unknown}"
    moves = ("[{name: up, from: a, to: b, trigger: high}]", "[{name: up, from: a, to: b, trigger: same}]")
    old, new = (policy(triggers=f"{{high: {one}, same: {one}}}", moves=move) for move in moves)
    assert contrast(old, new).relation is Relation.DIFFERS


def test_a_difference_without_a_confirmed_example_keeps_the_opposite_from_being_claimed() -> None:
    world = {
        "metrics": """
  density: {unit: people, kind: attribute}
  cases: {unit: cases, kind: flow}""",
        "triggers": """
  busy:
    when: {any: [{metric: cases, above: 3}, {metric: cases, below: 1}]}
    for: 2 weeks
    missing: break
    source: assumption
  dense: {when: {all: [{trigger: busy}, {metric: density, above: 5}]}, missing: break, source: assumption}
  many: {when: {metric: cases, above: 9}, missing: break, source: assumption}""",
        "stages": "[{name: low}, {name: mid}, {name: high}]",
    }
    up = "{name: up, from: low, to: mid, trigger: dense, source: assumption}"
    top = "{name: top, from: mid, to: high, trigger: %s, source: assumption}"
    found = contrast(policy(**world, moves=f"[{up}, {top % 'dense'}]"), policy(**world, moves=f"[{top % 'many'}]"))
    assert found.stricter is not None
    assert found.relation is Relation.MIXED if found.looser else found.relation is Relation.NOT_PROVED


BEDS = {
    "metrics": "{x: {kind: level}, beds: {kind: level}}",
    "triggers": "{high: {when: {all: [{metric: x, at_least: 5}, {metric: beds, above: 8}]}, missing: unknown}}",
}
JUDGED = {
    "metrics": "{x: {kind: level}, ok: {kind: judgement, by: board}}",
    "moves": "[{name: up, from: a, to: b, trigger: high, requires: [ok]}]",
}


@pytest.mark.parametrize("sections", [BEDS, JUDGED], ids=["metric", "judgement"])
def test_what_asks_for_a_further_metric_or_judgement_is_looser_and_the_other_way_round(
    sections: dict[str, str],
) -> None:
    old, new = policy(), policy(**sections)
    assert (contrast(old, new).relation, contrast(new, old).relation) == (Relation.LOOSER, Relation.STRICTER)


def test_a_computed_metric_that_only_one_rests_on_is_made_of_its_inputs() -> None:
    sections = {
        "metrics": "{x: {kind: level}, beds: {kind: level}, all: {kind: level}, use: {ratio: {of: beds, to: all}}}",
        "triggers": "{high: {when: {all: [{metric: x, at_least: 5}, {metric: use, above: 8}]}, missing: unknown}}",
    }
    found = contrast(policy(**sections), policy())
    assert (found.relation, found.witness and found.witness.derived) == (Relation.STRICTER, ())


TOP = "{name: more, from: b, to: d, trigger: high}"
UP = "{name: up, from: a, to: b, trigger: high}"


def test_a_move_to_an_added_strictest_stage_is_stricter_and_the_other_way_round() -> None:
    new = policy(stages="[{name: a}, {name: b}, {name: c}, {name: d}]", moves=f"[{UP}, {TOP}]")
    assert contrast(policy(), new).relation is Relation.STRICTER
    assert contrast(new, policy()).relation is Relation.LOOSER


def test_a_stage_by_another_name_is_neither_stricter_nor_milder() -> None:
    new = policy(stages="[{name: a}, {name: d}, {name: c}]", moves="[{name: up, from: a, to: d, trigger: high}]")
    found = contrast(policy(), new)
    assert (found.relation, found.stricter, found.looser) == (Relation.DIFFERS, None, None)


def test_ladders_that_turn_the_stages_round_are_not_compared() -> None:
    new = policy(stages="[{name: a}, {name: c}, {name: b}]")
    assert contrast(policy(), new).relation is Relation.NOT_PROVED


def test_policies_that_only_an_attribute_that_changes_could_tell_apart_are_equal() -> None:
    sections = {
        "metrics": "{area: {kind: attribute}}",
        "triggers": "{big: {when: {metric: area, above: 1}, for: 2 weeks, missing: hold},"
        " high: {when: {all: [{metric: area, at_most: 1}, {trigger: big}]}, missing: hold}}",
    }
    assert contrast(policy(**sections), policy(**sections, moves="[]")).relation is Relation.EQUAL


def test_what_only_computed_metrics_set_directly_show_holds_if_they_can_move_so() -> None:
    metrics = "{x: {kind: level}, same: {ratio: {of: x, to: x}}}"
    triggers = "{high: {when: {metric: same, at_least: 2}, missing: unknown}}"
    found = contrast(policy(metrics=metrics, triggers=triggers), policy(metrics=metrics, triggers=triggers, moves="[]"))
    assert (found.relation, found.is_free) == (Relation.LOOSER, True)
    assert not contrast(policy(), policy(moves="[]")).is_free


def test_an_example_of_inputs_is_preferred_to_one_that_sets_computed_metrics_directly() -> None:
    metrics = "{x: {kind: level}, same: {ratio: {of: x, to: x}}}"
    triggers = (
        "{odd: {when: {metric: same, at_least: 2}, missing: unknown},"
        " high: {when: {metric: x, at_least: 5}, missing: unknown}}"
    )
    moves = "[{name: one, from: a, to: b, trigger: odd}, {name: other, from: a, to: b, trigger: high}]"
    sections = {"metrics": metrics, "triggers": triggers}
    found = contrast(policy(**sections, moves=moves), policy(**sections, moves="[]"))
    assert (found.relation, found.looser and found.looser.derived) == (Relation.LOOSER, ())
