"""The sentences of explanations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

import pytest

from escalation.evaluation.catalogue import SENTENCES
from escalation.evaluation.condition import Enough, Every, Opposite, Some
from escalation.evaluation.reading import Cause
from escalation.evaluation.step import Recommendation
from escalation.evaluation.truth import Verdict
from escalation.policy.conditions import Operator
from escalation.policy.origins import Apart
from escalation.policy.values import Language
from escalation.policy.wording import number, quantity
from escalation.reports.records import REPLAY_COLUMNS

FILLED = re.compile(r"{(\w+)}")
FAMILIES: Mapping[str, Iterable[str]] = {
    "also-met.{}": ("undetermined", "recommended", "pending"),
    "answer.{}": ("yes", "no", "none"),
    "basis.{}": ("facility", "resident", "unspecified"),
    "column.{}": (*REPLAY_COLUMNS, "scenario"),
    "condition.{}": [part.kind for part in (Every, Some, Opposite, Enough)],
    "countdown.passed.{}": ("undetermined", "recommended", "pending"),
    "guard.{}": ("lock-floor", "lock-ceiling"),
    "guard.{}.unmet": ("lock-floor", "lock-ceiling"),
    "guard.judgement.{}": [verdict.value for verdict in Verdict],
    "missing.{}": [*(cause for cause in Cause if cause is not Cause.NOT_IN_FORCE), "judgement"],
    "missing.never.{}": ("figure", "judgement"),
    "missing.since.{}": ("figure", "judgement"),
    "missing.rule.{}": ("met", "unmet"),
    "operator.{}": Operator,
    "period.{}": ("both", "from", "until", "always"),
    "recommendation.{}": Recommendation,
    "source.{}": get_args(Apart),
    "why.{}": (Recommendation.ESCALATE, Recommendation.RELAX, Recommendation.HOLD),
    "word.{}": (*Recommendation, *(verdict.value for verdict in Verdict), "baseline", "amended"),
}
"""The keys that the code puts together, with all that may be filled in."""


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_fill_in_the_same(key: str) -> None:
    english, indonesian = SENTENCES[key]
    assert set(FILLED.findall(english)) == set(FILLED.findall(indonesian))
    assert english
    assert indonesian


def parts_of_speech(project: Path) -> tuple[set[str], set[str]]:
    """Give the texts that the package holds, and those with something filled in, as `word.{}`."""
    texts, composed = set(), set()
    for path in sorted((project / "escalation").rglob("*.py")):
        if path.name != "catalogue.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    composed.add(
                        "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
                    )
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts.add(node.value)
    return texts, composed


def test_every_sentence_is_said_somewhere(project: Path) -> None:
    texts, composed = parts_of_speech(project)
    said = {pattern.format(word) for pattern, words in FAMILIES.items() for word in words}
    assert said <= set(SENTENCES)
    assert set(SENTENCES) - texts - said == set()
    families = {
        one for one in composed if any(re.fullmatch(re.escape(one).replace(r"\{\}", ".+"), key) for key in SENTENCES)
    }
    assert {one for one in families if one[0] != "{" and "." in one} == set(FAMILIES)


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
