"""Comparisons in each form and language."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.comparison.compared import Comparison
from escalation.comparison.history import Side, over_history
from escalation.comparison.inputs import over_inputs
from escalation.comparison.words import changes
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.reports.comparison_json import comparison_json
from escalation.reports.comparison_markdown import comparison_markdown
from escalation.reports.comparison_text import comparison_text
from tests.comparison.pairs import RESERVOIR, both, changed, edits, observed_in
from tests.evaluation.strategies import World, made, worlds


def compared(old: Policy, new: Policy) -> Comparison:
    found = changes(old, new)
    return Comparison(old=old, new=new, changes=found, inputs=over_inputs(old, new, found))


@settings(max_examples=60)
@given(worlds(), st.data(), st.sampled_from(Language))
def test_every_comparison_can_be_printed_in_every_form(world: World, data: st.DataObject, language: Language) -> None:
    other = made(data.draw(edits(world.tree)))
    sides = [Side(policy=policy, observations=observed_in(world), record={}) for policy in (world.policy, other)]
    whole = compared(world.policy, other)
    printed = Comparison(
        old=whole.old, new=whole.new, changes=whole.changes, inputs=whole.inputs, history=over_history(*sides)
    )
    document = json.loads(comparison_json(printed, language=language))
    assert document["same_policy"] == (document["changes"] == [])
    assert (document["inputs"]["relation"] != "equal") >= bool(document["history"]["differing"])
    for text in (comparison_text(printed, language=language), comparison_markdown(printed, language=language)):
        assert text.endswith("\n")
        assert not re.search(r"\{[a-z]+\}", text)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            {"  - {name: emergency}\n": "  - {name: emergency}\n  - {name: closure}\n"},
            "only before: none; only after: closure",
        ),
        ({"  - {name: normal, title": "  - {name: watch}\n  - {name: normal, title"}, "before normal, after watch"),
    ],
)
def test_other_stages_are_said(edit: dict[str, str], said: str) -> None:
    assert said in comparison_text(compared(*both(edit)), language=Language.ENGLISH)


def test_names_are_code_in_markdown_and_stand_as_they_are_in_the_html_of_a_summary() -> None:
    old, new = both({"value: 40": "value: 30", "en: Drought": "en: 'a-`b` <i>'"})
    printed = comparison_markdown(compared(old, new), language=Language.ENGLISH)
    assert "| parameter `low` \\(Low storage\\): value | 40 % | 30 % |" in printed
    assert "<summary>Looser, in a-`b` &lt;i&gt;: before hold, after relax to Normal</summary>" in printed
    assert "\\`" not in printed


def test_a_text_over_several_lines_stands_on_one() -> None:
    old, new = loads(RESERVOIR), loads(changed({"en: Drought": r'en: "one\ntwo"'}))
    assert "title: Drought -> one two" in comparison_text(compared(old, new), language=Language.ENGLISH)


def test_the_forms_say_the_same_in_indonesian() -> None:
    comparison = compared(*both({"value: 40": "value: 30"}))
    assert "Lebih longgar: dari keadaan yang sama" in comparison_text(comparison, language=Language.INDONESIAN)
    assert "**Lebih longgar: dari keadaan yang sama" in comparison_markdown(comparison, language=Language.INDONESIAN)
