"""Suppressions: where they stand, what they must say, and when they no longer hold."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.checks import check
from escalation.errors import RequestError
from escalation.policy.load import loads

HEAD = "language: 1\nname: x\ncalendar: iso-week\nmetrics: {}\ntriggers: {}\nstages: [{name: a}]\n"
IGNORE = "# escalation: ignore[unused-parameter]"


def rules(text: str, *, today: date | None = None, ignore: frozenset[str] = frozenset()) -> list[str]:
    return [one.rule for one in check(loads(HEAD + text), today=today, ignore=ignore)]


def parameter(comment: str) -> str:
    return f"parameters:\n  p: {{value: 1, source: assumption}}  {comment}\n"


def test_a_comment_at_the_end_of_the_line_of_a_finding_answers_it() -> None:
    assert rules(parameter("")) == ["unused-parameter"]
    assert rules(parameter(f"{IGNORE} -- for the web page")) == []


def test_comments_alone_on_their_lines_speak_of_the_next_line_that_is_no_comment() -> None:
    above = f"parameters:\n  {IGNORE} -- for the web page\n  # more of it\n  p: {{value: 1, source: assumption}}\n"
    assert rules(above) == []
    assert rules(above.replace("  # more of it\n", "\n")) == ["unused-suppression", "unused-parameter"]


def test_one_comment_may_name_several_rules_each_of_which_must_be_of_use() -> None:
    text = "parameters:\n  p: {value: 1}  # escalation: ignore[unused-parameter, number-without-source] -- an example\n"
    assert rules(text) == []
    text = text.replace("number-without-source", "unit-mismatch")
    assert rules(text) == ["number-without-source", "unused-suppression"]


def test_a_finding_on_another_line_is_not_answered() -> None:
    entry = "{value: 1, source: assumption}"
    text = f"parameters:\n  p: {entry}\n  q:  {IGNORE} -- why\n    {entry}\n"
    assert rules(text) == ["unused-parameter"]


@pytest.mark.parametrize(
    "comment",
    [
        IGNORE,
        f"{IGNORE} --",
        f"{IGNORE} -- , until 2199-12-31",
        f"{IGNORE} -- why, until 2199-02-30",
        f"{IGNORE} -- why, until 31-12-2199",
        f"{IGNORE} -- why, until 1 January 2199",
        f"{IGNORE} -- until the end of 2199",
        f"{IGNORE} -- why until the vote, until 2199/12/31",
    ],
)
def test_of_a_suppression_without_reason_or_day_only_the_error_is_told(comment: str) -> None:
    assert rules(parameter(comment)) == ["bad-suppression"]
    assert rules(parameter(comment), ignore=frozenset({"bad-suppression"})) == ["unused-parameter"]


def test_a_suppression_without_reason_on_a_line_where_nothing_is_found_is_one_error() -> None:
    assert rules(f"parameters: {{}}\n  {IGNORE}\n") == ["bad-suppression"]


def test_a_suppression_without_reason_of_no_rule_is_told_twice() -> None:
    assert rules(f"parameters: {{}}\n  {IGNORE.replace('unused-p', 'unusd-p')}\n") == [
        "bad-suppression",
        "unknown-rule",
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "# escalation: ignore[] -- why",
        "# escalation: ignore unused-parameter -- why",
        "# escalation: allow[unused-parameter] -- why",
    ],
)
def test_a_suppression_without_rule_or_form_answers_nothing(comment: str) -> None:
    assert rules(parameter(comment)) == ["unused-parameter", "bad-suppression"]


def test_a_reason_may_speak_of_what_comes_until_then() -> None:
    assert rules(parameter(f"{IGNORE} -- not needed until the council has decided")) == []


@pytest.mark.parametrize("name", ["unusd-parameter", "unknown-metric", "unused-suppression"])
def test_a_rule_that_does_not_exist_or_cannot_be_ignored_is_named(name: str) -> None:
    assert "unknown-rule" in rules(parameter(f"# escalation: ignore[{name}] -- why"))


def test_a_suppression_holds_on_its_last_day_and_no_longer() -> None:
    text = parameter(f"{IGNORE} -- why, until 2027-01-31")
    assert rules(text, today=date(2027, 1, 31)) == rules(text, today=None) == []
    assert rules(text, today=date(2027, 2, 1)) == ["unused-parameter", "expired-suppression"]


def test_a_rule_that_was_not_tried_makes_no_suppression_unused() -> None:
    text = "parameters: {}\n  # escalation: ignore[unused-metric] -- why\n"
    assert rules(text) == ["unused-suppression"]
    assert rules(text, ignore=frozenset({"unused-metric"})) == []


@pytest.mark.parametrize(
    "text",
    [
        f'title: "a text that says\n  {IGNORE} -- why"\n',
        f"title: |\n  a text that says\n  {IGNORE} -- why\n",
        f"title: 'it''s\n  {IGNORE}'\n",
        f'"{IGNORE}": 1\n',
    ],
)
def test_what_stands_within_a_text_is_no_comment(text: str) -> None:
    policy = text if text.startswith("title") else f"sources: {{s: {{title: {text[:-4]}}}}}\n"
    assert loads(HEAD + policy).source.comments == ()


@pytest.mark.parametrize(
    "text", ["title: |  @\n  a text\n", "title: it's  @\n", "title:  @\n  'a'\n", "title: >\n  a\n@\n"]
)
def test_comments_beside_and_below_texts_are_found(text: str) -> None:
    found = loads(HEAD + text.replace("@", f"{IGNORE} -- why")).source.comments
    assert [one.said for one in found] == ["ignore[unused-parameter] -- why"]


def test_a_name_that_is_no_rule_s_is_refused() -> None:
    with pytest.raises(RequestError, match="no rule `unit-mismatsh`"):
        check(loads(HEAD), select={"unit-mismatsh"})


@pytest.mark.parametrize(
    "until",
    [
        ", until 2020-01-01",
        " until 2020-01-01",
        "; until 2020-01-01",
        ", Until 2020-01-01",
        ", until: 2020-01-01.",
        ", until 2020-01-01 (board)",
    ],
)
def test_a_day_is_understood_wherever_it_is_clear(until: str) -> None:
    text = parameter(f"{IGNORE} -- kept{until}")
    assert rules(text, today=date(2020, 1, 1)) == []
    assert rules(text, today=date(2020, 1, 2)) == ["unused-parameter", "expired-suppression"]


def test_until_what_has_no_year_is_part_of_the_reason() -> None:
    assert rules(parameter(f"{IGNORE} -- kept until the council has met"), today=date(2199, 1, 1)) == []


def test_a_capital_letter_makes_no_difference_to_a_suppression_and_a_heading_is_none() -> None:
    assert rules(parameter(f"{IGNORE.replace('esc', 'Esc')} -- for the web page")) == []
    assert rules(parameter("# Escalation: how it goes")) == ["unused-parameter"]
