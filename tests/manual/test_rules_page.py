"""The page of the rules is what the rules say of themselves. ESCALATION_RECORD=1 writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

from tests.manual.rules_page import MARK, made

PAGE = Path(__file__).resolve().parent.parent.parent / "escalation" / "manual" / "rules.md"


def test_the_page_of_the_rules_says_what_the_rules_say() -> None:
    text = PAGE.read_text(encoding="utf-8")
    head, mark, _ = text.partition(MARK)
    assert mark
    page = made(head)
    if os.environ.get("ESCALATION_RECORD"):
        PAGE.write_text(page, encoding="utf-8")
    else:
        assert text == page
