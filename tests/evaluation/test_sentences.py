"""The sentences of explanations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalation.evaluation.catalogue import SENTENCES
from escalation.evaluation.truth import Verdict
from escalation.policy.values import Language
from escalation.policy.wording import number, quantity

FILLED = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_fill_in_the_same(key: str) -> None:
    english, indonesian = SENTENCES[key]
    assert set(FILLED.findall(english)) == set(FILLED.findall(indonesian))
    assert english
    assert indonesian


def test_every_sentence_is_said_somewhere(project: Path) -> None:
    said = "".join(
        path.read_text(encoding="utf-8")
        for path in (project / "escalation").rglob("*.py")
        if path.name != "catalogue.py"
    )
    composed = {key for key in SENTENCES if f'"{key}"' not in said}
    prefixes = set(re.findall(r'f"([a-z.-]+\.)\{', said)) | set(re.findall(r'f"([a-z.]+-?)\{', said))
    for key in composed:
        assert any(key.startswith(prefix) for prefix in prefixes), key


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_word(verdict: Verdict) -> None:
    assert f"word.{verdict.value}" in SENTENCES


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        (0.0, "0", "0"),
        (-0.001, "0.00", "0,00"),
        (1120590, "1,120,590", "1.120.590"),
        (55.5846, "55.58", "55,58"),
        (-4.5, "-4.50", "-4,50"),
        (1e15, "1,000,000,000,000,000", "1.000.000.000.000.000"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value: float, english: str, indonesian: str) -> None:
    assert number(value, Language.ENGLISH) == english
    assert number(value, Language.INDONESIAN) == indonesian


@pytest.mark.parametrize("value", [69.999999, 70.0000001, 69.995, 70.004, 69.99999999])
def test_a_value_beside_a_threshold_never_looks_like_it(value: float) -> None:
    assert float(number(value, Language.ENGLISH, apart_from=70)) != 70


def test_a_percentage_has_a_space_before_its_sign() -> None:
    assert quantity(55.58, "percent", Language.INDONESIAN) == "55,58 %"
