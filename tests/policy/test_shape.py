"""No mutation of a policy is answered by anything but our own sentences, each with its place."""

from __future__ import annotations

import copy
import json
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.errors import Refused
from escalation.policy.load import loads

POLICY = """
language: 1
name: reservoir
version: "1"
title: {en: Reservoir, id: Waduk}
jurisdiction: {name: Kota Bekasi, code: "3275"}
calendar: iso-week
sources: {plan: {title: Drought plan, date: "2019-05-01"}}
parameters:
  dry: {unit: percent, value: 40, range: [10, null], source: plan}
  wet: {unit: percent, dated: [{from: "2020-01-01", value: 70, source: assumption}]}
metrics:
  inflow: {unit: people, kind: flow, max_age: 1 week, basis: [gauge, unspecified], source: plan}
  storage: {unit: percent, kind: level, decimals: 1, title: Storage}
  printed: {unit: percent, kind: level, reported: {step: 1, how: down}}
  surveyed: {kind: judgement, by: board, max_age: always}
  share: {unit: percent, ratio: {of: inflow, to: storage}}
  rate: {per: {of: inflow, to: storage, scale: 1000}}
  gain: {change: {of: storage, over: 4 weeks}}
  late: {lag: {of: storage, by: 1 week}}
  rest: {difference: {of: storage, minus: 5}}
  twice: {product: {of: storage, by: storage}}
  top: {highest: {of: [storage, late], missing: ignore}}
  then: {projection: {of: storage, by: "2021-12-31", from_last: 3 weeks}}
  band: {bands: {of: storage, rows: [{below: 10, value: 1}, {at_least: 10, at_most: dry, value: 2}, {otherwise: 3}]}}
triggers:
  low:
    title: Low
    when:
      all:
        - {metric: storage, below: dry, missing: met}
        - not: {judgement: surveyed, is: "no"}
        - any: [{metric: gain, above: 0}, {metric: top, equal_to: 3}]
        - count: {of: [{metric: rest, at_least: 1}], at_least: 1}
    for: 2 weeks
    missing: unknown
    since: entry
    source: [plan, assumption]
  both: {when: {trigger: low}, missing: hold}
stages: [{name: normal, title: {en: Normal}, instrument: letter}, {name: drought}]
moves:
  - {name: up, from: [normal], to: drought, trigger: low, after: 4 weeks, requires: surveyed,
     valid: {from: "2021-01-01"}}
  - {name: down, from: any, to: normal, trigger: both}
locks: [{not_below: drought, from: "2021-07-03", until: "2021-07-20", source: plan}]
invariants: [{never: {from: normal, to: drought}}, {earliest: {stage: drought, weeks: 4}}]
simplifications: [None.]
"""
TREE = yaml.safe_load(POLICY)
ODD: st.SearchStrategy[object] = st.sampled_from(
    [
        *(None, True, False, 0, -1, 7, 1.5, 10**14, "", "x", "no", "2 weeks", "2021-02-30", "9" * 70, "a b", "[key]"),
        *("dry", [], [None], ["x"], [1, 2, 3], {}, {"x": 1}, {"[key]": None}, {"metric": "storage"}, [[]], {"en": 5}),
        *({"all": [], "any": []}, {"kind": "flow", "ratio": {}}, {"below": 1, "above": 2, "at_least": 3}),
    ]
)
FOREIGN = re.compile(
    r"pydantic|Input should|valid (string|integer|dict|tuple)|\\x|\x00"
    r"|\b(str|dict|tuple|NoneType|None|int|bool|Unquoted)\b"
)


def routes(node: object, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [route, *(found for key, value in inner for found in routes(value, (*route, key)))]


ROUTES = routes(TREE)[1:]


@st.composite
def mutants(draw: st.DrawFn) -> object:
    """Give the tree of a good policy with one to four places replaced, left out, added to or renamed."""
    tree = copy.deepcopy(TREE)
    for _ in range(draw(st.integers(1, 4))):
        *way, last = draw(st.sampled_from(ROUTES))
        node = tree
        try:
            for key in way:
                node = node[key]
            action = draw(st.sampled_from(["replace", "delete", "rename", "add"]))
            if action == "replace":
                node[last] = copy.deepcopy(draw(ODD))
            elif action == "delete":
                del node[last]
            elif action == "add" and isinstance(node, dict):
                node[draw(st.sampled_from(["[key]", "kind", "any", "value", "colour", "by"]))] = copy.deepcopy(
                    draw(ODD)
                )
            elif isinstance(node, dict):
                node[draw(st.sampled_from([f"{last}s", "9x", "[key]", str(last)[1:] or "y"]))] = node.pop(last)
        except (KeyError, IndexError, TypeError):
            continue
    return tree


def test_the_policy_before_any_mutation_is_good() -> None:
    assert loads(json.dumps(TREE)).name == "reservoir"
    assert loads(POLICY).name == "reservoir"


@settings(max_examples=1500)
@given(mutants())
def test_whatever_is_wrong_is_said_in_the_words_of_the_file(tree: object) -> None:
    try:
        loads(json.dumps(tree, indent=1))
    except Refused as refused:
        for one in refused.diagnostics:
            assert one.place.line >= 1
            assert one.place.column >= 1
            assert not FOREIGN.search(f"{one.message} {one.help}"), str(one)
            assert one.message[0] == "`" or one.message[0].islower() or one.message[0].isdigit()
        places = [(one.place, one.message) for one in refused.diagnostics]
        assert places == sorted(places)


def test_the_search_for_foreign_words_finds_them() -> None:
    said = ["Input should be a valid string", "not a str", "None is not allowed", "pydantic"]
    assert all(FOREIGN.search(words) for words in said)


def told(text: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        loads(text)
    return [f"{one.place.line}:{one.place.column} {one.rule}" for one in refused.value.diagnostics]


def at(text: str, fragment: str) -> str:
    index = text.index(fragment)
    return f"{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


def test_a_key_that_looks_like_a_mark_of_the_reader_keeps_its_place() -> None:
    text = POLICY.replace("{name: drought}]", '{name: drought, "[key]": 1}]')
    place = at(text, '"[key]"')
    assert told(text) == [f"{place} unknown-key"]


def test_a_mistake_beside_an_operation_is_not_looked_for_inside_it() -> None:
    text = POLICY.replace("share: {unit: percent", "share: {unit: 5")
    assert told(text) == [f"{at(text, '5, ratio')} wrong-type"]
    text = POLICY.replace("ratio: {of: inflow, to: storage}}", "ratio: {of: inflow, to: storage}, of: x}")
    assert told(text) == [f"{at(text, 'of: x')} unknown-key"]


def test_a_misspelt_section_is_told_once() -> None:
    text = POLICY.replace("\nstages:", "\nstage:")
    assert told(text) == ["2:1 missing-key", f"{at(text, 'stage:')} unknown-key"]


def test_mistakes_of_shape_and_of_reference_are_told_together() -> None:
    text = POLICY.replace("value: 40", "value: forty").replace("to: drought, trigger: low", "to: draught, trigger: low")
    assert told(text) == [f"{at(text, 'forty')} bad-number", f"{at(text, 'draught')} unknown-stage"]


def test_both_halves_of_a_conflict_keep_their_places_where_other_entries_are_broken() -> None:
    stages = "stages: [{name: 5}, {name: drought}, {name: drought}]"
    with pytest.raises(Refused) as refused:
        loads(re.sub(r"stages: .*", stages, POLICY))
    (twice,) = (one for one in refused.value.diagnostics if one.rule == "duplicate-stage")
    assert (twice.place.column, twice.related[0].place.column) == (45, 28)


def test_an_empty_value_never_takes_a_guard_away() -> None:
    text = POLICY.replace("requires: surveyed", "requires: ")
    assert told(text) == [f"{at(text, 'requires')} empty-value"]


def test_a_scale_given_to_a_ratio_is_answered_with_per() -> None:
    with pytest.raises(Refused) as raised:
        loads(POLICY.replace("ratio: {of: inflow, to: storage}", "ratio: {of: inflow, to: storage, per: 100000}"))
    (one,) = raised.value.diagnostics
    assert (one.rule, one.message) == ("unknown-key", "`per` is not a key here")
    assert one.help == "a `ratio` counts per one: write `per: {of, to, scale}` instead, as `scale: 100000`"
