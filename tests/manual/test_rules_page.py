"""The pages of the rules are what the rules say of themselves. ESCALATION_RECORD=1 writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.manual.rules_page import MARK, made, made_for_drafts

MANUAL = Path(__file__).resolve().parent.parent.parent / "escalation" / "manual"


@pytest.mark.parametrize(("name", "made_from"), [("rules.md", made), ("drafting.md", made_for_drafts)])
def test_the_page_of_the_rules_says_what_the_rules_say(name: str, made_from: Callable[[str], str]) -> None:
    text = (MANUAL / name).read_text(encoding="utf-8")
    head, mark, _ = text.partition(MARK)
    assert mark
    page = made_from(head)
    if os.environ.get("ESCALATION_RECORD"):
        (MANUAL / name).write_text(page, encoding="utf-8")
    else:
        assert text == page
