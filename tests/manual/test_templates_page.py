"""The page of templates says what they see, as the code has it. ESCALATION_RECORD=1 writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

from tests.manual.templates_page import MACROS, MARK, TEMPLATES, made

PAGE = Path(__file__).resolve().parents[2] / "escalation" / "manual" / "templates.md"


def test_the_page_of_templates_names_all_that_they_see() -> None:
    text = PAGE.read_text(encoding="utf-8")
    head, mark, _ = text.partition(MARK)
    assert mark
    page = made(head)
    if os.environ.get("ESCALATION_RECORD"):
        PAGE.write_text(page, encoding="utf-8")
    else:
        assert text == page


def test_every_macro_says_what_it_writes() -> None:
    for file in MACROS:
        text = (TEMPLATES / file).read_text(encoding="utf-8")
        assert text.count("{% macro ") == text.count(" #}\n{% macro ") > 0
