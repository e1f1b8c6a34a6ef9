"""Elements that are called otherwise and are the same: told as renamed, and compared as one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from escalation.checks.exact.contrast import Relation
from escalation.comparison.changes import Action
from escalation.comparison.inputs import over_inputs
from escalation.comparison.renames import matched, renamed_inputs
from escalation.comparison.sentences import Teller
from escalation.comparison.words import changes
from escalation.policy.values import Language
from tests.comparison.pairs import both, line


def told(edits: Mapping[str, str]) -> list[str]:
    """Say each change between the small policy and the same with parts replaced on a line."""
    old, new = both(edits)
    under, renames = matched(old, new)
    teller = Teller(old=under, new=new, language=Language.ENGLISH)
    return [line(change, teller).removesuffix(": ") for change in (*renames, *changes(under, new))]


@pytest.mark.parametrize(
    ("edits", "sentence"),
    [
        ({"  low: {unit": "  least: {unit", "below: low": "below: least", "at_least: low": "at_least: least"},
         "= parameter `low` is now called `least`"),
        ({"month": "four_weeks"}, "= metric `month` is now called `four_weeks`"),
        ({"  dry:": "  drying:", "trigger: dry": "trigger: drying"}, "= trigger `dry` is now called `drying`"),
        ({"emergency": "crisis", "to-crisis": "to-emergency"}, "= stage `emergency` is now called `crisis`"),
        ({"name: relief": "name: lift"}, "= move `relief` is now called `lift`"),
    ],
)  # fmt: skip
def test_an_element_that_only_has_another_name_is_renamed(edits: Mapping[str, str], sentence: str) -> None:
    assert told(edits) == [sentence]


def test_what_rests_on_a_renamed_element_may_be_renamed_as_well() -> None:
    edits = {"rain: {dated": "little: {dated", "below: rain}": "below: little}", "month": "sum4", "  dry:": "  drying:",
             "trigger: dry": "trigger: drying", "name: to-emergency": "name: alarm"}  # fmt: skip
    assert told(edits) == [
        "= parameter `rain` is now called `little`",
        "= metric `month` is now called `sum4`",
        "= trigger `dry` is now called `drying`",
        "= move `to-emergency` is now called `alarm`",
    ]


def test_a_renamed_element_may_have_another_title() -> None:
    edits = {"low: {unit": "least: {unit", ": low}": ": least}", "Low storage": "Least storage"}
    assert told(edits)[0] == "= parameter `low` is now called `least`"
    assert told(edits)[1].startswith("= parameter `least` (Least storage): title")


def test_an_element_that_is_also_defined_otherwise_is_removed_and_added() -> None:
    assert told({"low: {unit": "least: {unit", ": low}": ": least}", "value: 40": "value: 41"})[:2] == [
        "parameter `low` (Low storage) removed: {unit: percent, value: 40, range: [10, 90]}",
        "parameter `least` (Low storage) added: {unit: percent, value: 41, range: [10, 90]}",
    ]


def test_one_of_two_that_are_defined_alike_is_not_guessed() -> None:
    twins = "  one: {value: 5}\n  two: {value: 5}\nmetrics:"
    old, _ = both({})
    before = both({"metrics:": twins})[1]
    after = both({"metrics:": twins.replace("one", "three").replace("two", "four")})[1]
    assert matched(before, after)[1] == ()
    assert matched(old, before)[1] == ()


def test_a_stage_at_another_place_of_the_ladder_is_another_stage() -> None:
    old, new = both({"emergency": "crisis", "  - {name: crisis}\n": "", "stages:\n": "stages:\n  - {name: crisis}\n"})
    assert [change.section for change in matched(old, new)[1]] == []


def test_policies_that_differ_in_names_only_are_equal_on_all_data() -> None:
    old, new = both({"emergency": "crisis", "month": "sum4", "  dry:": "  drying:", "trigger: dry": "trigger: drying"})
    under, renames = matched(old, new)
    assert {change.action for change in renames} == {Action.RENAMED}
    assert over_inputs(under, new, (*renames, *changes(under, new))).relation is Relation.EQUAL


def test_a_renamed_policy_is_still_compared_where_it_differs_otherwise() -> None:
    old, new = both({"emergency": "crisis", "value: 40": "value: 35"})
    under, renames = matched(old, new)
    found = over_inputs(under, new, (*renames, *changes(under, new)))
    assert found.relation is not Relation.EQUAL
    assert all(example.stage in new.ranks for example in found.examples)


def test_every_value_keeps_its_place_in_the_old_file() -> None:
    old, new = both({"month": "sum4", "emergency": "crisis", "for: 2 weeks": "for: 3 weeks"})
    under, renames = matched(old, new)
    assert renames[0].old is not None
    assert renames[0].old.place == old.source.place(("metrics", "month"))
    (longer,) = changes(under, new)
    assert longer.old is not None
    assert longer.old.place == old.source.place(("triggers", "dry", "for"))
    assert under.digest == old.digest


def test_an_input_is_found_in_the_data_by_its_name_and_is_not_matched() -> None:
    old, new = both({"rainfall": "precipitation"})
    assert matched(old, new)[1] == ()
    assert renamed_inputs(old, new) == {"rainfall": "precipitation"}
    assert (
        renamed_inputs(old, both({"rainfall: {unit: mm": "showers: {unit: cm", "of: rainfall": "of: showers"})[1]) == {}
    )
