"""Mending a file: what is mended is found no more, and nothing else is changed."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.checks import check
from escalation.checks.fixes import FIXES, SAFE, mended
from escalation.errors import Refused, RequestError
from escalation.policy.load import loads
from escalation.policy.source import read
from tests.checks.defects import DEFECTS, SOUND

TODAY = date(2026, 1, 1)
LADDER = SOUND.read_text(encoding="utf-8")


def fix(text: str, *rules: str) -> str:
    return mended("policy.yaml", text.encode(), rules=rules or SAFE, today=TODAY).text


def rules_found(text: str) -> set[str]:
    try:
        return {one.rule for one in check(loads(text), today=TODAY)}
    except Refused as refused:
        return {one.rule for one in refused.diagnostics}


@pytest.mark.parametrize(
    ("old", "broken"),
    [("title: Normal supply", "title: no"), ("title: Drought plan 12/2020", "title: 2020-06-01")],
)
def test_a_text_that_needs_quotes_gets_them(old: str, broken: str) -> None:
    text = LADDER.replace(old, broken)
    word = broken.removeprefix("title: ")
    assert rules_found(text) == {"surprising-scalar"}
    assert fix(text) == text.replace(broken, f'title: "{word}"')


def test_several_texts_of_one_line_get_quotes_at_once() -> None:
    text = LADDER.replace("{name: normal, title: Normal supply}", "{name: normal, title: {en: on, id: no}}")
    assert 'title: {en: "on", id: "no"}}' in fix(text)


def test_a_number_in_an_odd_form_is_not_quoted_for_it_may_be_meant_as_one() -> None:
    text = LADDER.replace("title: Normal supply", "title: 010")
    assert fix(text) == text


@pytest.mark.parametrize("form", ["  - {entry}  {comment}", "  {comment}\n  - {entry}"])
def test_a_suppression_that_answers_nothing_is_deleted(form: str) -> None:
    entry = "{name: normal, title: Normal supply}"
    line = form.format(entry=entry, comment="# escalation: ignore[no-way-up] -- why")
    text = LADDER.replace(f"  - {entry}", line)
    assert rules_found(text) == {"unused-suppression"}
    assert fix(text) == LADDER


def test_of_a_suppression_that_answers_something_only_the_other_name_is_deleted() -> None:
    entry = "  report: {title: A report}  # escalation: ignore[%s] -- read by hand\n"
    text = LADDER.replace("sources:\n", "sources:\n" + entry % "no-way-up, uncited-source")
    assert fix(text) == LADDER.replace("sources:\n", "sources:\n" + entry % "uncited-source")


def test_line_ends_and_the_byte_order_mark_are_kept() -> None:
    text = "\ufeff" + LADDER.replace("title: Normal supply", "title: no").replace("\n", "\r\n")
    assert fix(text) == text.replace("title: no}", 'title: "no"}')


def test_a_fix_that_is_not_safe_is_made_only_by_name() -> None:
    text = DEFECTS["0.3 for 30 percent"].text
    assert fix(text) == text
    assert fix(text, "fraction-for-percent") == LADDER


@pytest.mark.parametrize(
    "name", ["misspelt metric", "misspelt parameter", "misspelt stage", "misspelt key", "misspelt source"]
)
def test_a_misspelt_name_becomes_the_one_probably_meant(name: str) -> None:
    defect = DEFECTS[name]
    assert fix(defect.text) == defect.text
    assert fix(defect.text, defect.rule) == LADDER


def test_mending_twice_is_mending_once() -> None:
    text = LADDER.replace("title: Normal supply", "title: no").replace("below: low", "below: loww")
    once = fix(text, *FIXES)
    assert rules_found(once) == set()
    assert fix(once, *FIXES) == once


def test_what_is_mended_means_the_same_otherwise() -> None:
    text = LADDER.replace("title: Normal supply", 'title: "no"')
    assert read("a", fix(text.replace('"no"', "no")).encode()).tree == read("b", text.encode()).tree


@pytest.mark.parametrize("text", ["", "a: [", "\x00", "name: é", "- no", "no: no", "title: >\n  no"])
def test_what_cannot_be_mended_stays_as_it_is_or_gets_quotes(text: str) -> None:
    assert fix(text).replace('"', "") == text


def test_every_fix_is_of_a_rule_and_another_rule_is_refused() -> None:
    with pytest.raises(RequestError, match="no fix for `no-way-back`"):
        fix(LADDER, "no-way-back")


def test_a_file_in_another_encoding_is_left_alone() -> None:
    assert mended("policy.yaml", "title: é".encode("latin-1")).counts == {}


def test_a_word_probably_meant_takes_the_place_of_the_word_and_not_of_its_key() -> None:
    for right, wrong in (("calendar: iso-week", "calendar: iso-wek"), ("missing: unknown", "missing: unkown")):
        assert right in LADDER
        assert fix(LADDER.replace(right, wrong), "unknown-word") == LADDER


def test_names_get_quotes_where_they_are_keys_and_wherever_they_are_used() -> None:
    text = "language: 1\nname: x\ncalendar: iso-week\nstages: [{name: a}, {name: b}]\nmetrics:\n  y: {kind: level}\n"
    text += "triggers:\n  off: {when: {metric: y, below: 5}, missing: unknown}\n"
    text += "moves: [{name: on, from: a, to: b, trigger: off}]\n"
    outcome = mended("policy.yaml", text.encode(), today=TODAY)
    assert "surprising-scalar" not in rules_found(outcome.text)
    assert outcome.counts == {"surprising-scalar": 5}
