"""The words of comparisons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalation.comparison.catalogue import ASPECTS, SECTIONS, SENTENCES

FILLED = re.compile(r"{(\w+)}")
WORDS = {**SENTENCES, **{f"section {key}": pair for key, pair in SECTIONS.items()}, **ASPECTS}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_words_and_fill_in_the_same(key: str) -> None:
    english, indonesian = WORDS[key]
    assert set(FILLED.findall(english)) == set(FILLED.findall(indonesian))
    assert english
    assert indonesian


def test_every_sentence_is_said_somewhere(project: Path) -> None:
    modules = [
        *(project / "escalation" / "comparison").glob("*.py"),
        *(project / "escalation" / "reports").glob("comp*.py"),
    ]
    code = "".join(path.read_text(encoding="utf-8") for path in modules if path.name != "catalogue.py")
    made = re.findall(r'f"([a-z.-]+\.?{[^"]*)"', code)
    patterns = [re.sub(r"{[^}]*}", "[a-z.-]*", one.replace(".", r"\.")) for one in made]
    texts = set(re.findall(r"[\"']([a-z.-]+)[\"']", code))
    made_up = {key for key in SENTENCES if any(re.fullmatch(one, key) for one in patterns)}
    assert SENTENCES.keys() - made_up - texts - {f"{text}.one" for text in texts} == set()
