"""In Indonesian too a thing has one word."""

import re
from pathlib import Path

import pytest

import escalation
from escalation.policy.values import Language
from escalation.whatif.scenarios.scenario import called

PACKAGE = Path(escalation.__file__).parent
SOURCES = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]


@pytest.mark.parametrize(
    "other", ["mesin acuan", "Semula", r"(interval|rentang) (\{level\}|95) %", "poin persentase", r"[ }]s\.d\. "]
)
def test_a_thing_has_one_indonesian_word(other: str) -> None:
    assert [file.name for file in SOURCES if re.search(other, file.read_text())] == []


def test_a_scenario_that_nobody_has_named_is_a_word_of_the_language() -> None:
    english, indonesian = Language.ENGLISH, Language.INDONESIAN
    assert [called("baseline", one) for one in (english, indonesian)] == ["baseline", "acuan"]
    assert [called("scenario", indonesian), called("supply-halves", indonesian)] == ["skenario", "supply-halves"]
