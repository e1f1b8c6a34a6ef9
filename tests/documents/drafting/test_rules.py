"""The rules on drafts, each tried on the examples of its own page."""

from __future__ import annotations

import re
import textwrap
from datetime import date

import pytest

from escalation.checks import RULES as CHECKS
from escalation.documents.drafting import FAMILIES, RULES, DraftRule, check
from escalation.documents.drafting.model import Instrument
from escalation.policy.values import Language

DAY = date(2026, 11, 23)
KINDS = {
    Instrument.CIRCULAR: "SURAT EDARAN",
    Instrument.INSTRUCTION: "INSTRUKSI WALI KOTA BEKASI",
    Instrument.DECREE: "KEPUTUSAN WALI KOTA BEKASI",
    Instrument.REGULATION: "PERATURAN WALI KOTA BEKASI",
    Instrument.BYLAW: "PERATURAN DAERAH KOTA BEKASI",
}


def example(one: DraftRule, kind: str) -> str:
    """Give an example of a rule, below a title of an instrument on which the rule is tried where it has none."""
    found = re.search(rf"^{kind}:\n\n((?:    .*\n|\n)+)", one.page + "\n", re.MULTILINE)
    assert found is not None, f"{one.name} has no {kind.lower()} example"
    text = textwrap.dedent(found[1])
    if re.search("^# ", text, re.MULTILINE):
        return text
    of = next(kind for kind in (Instrument.REGULATION, *KINDS) if kind in one.of)
    return f"# RANCANGAN {KINDS[of]} NOMOR … TAHUN … TENTANG VAKSINASI COVID-19\n\n{text}"


@pytest.mark.parametrize("one", RULES.values(), ids=RULES)
def test_the_bad_example_of_a_rule_is_found_and_the_good_one_is_not(one: DraftRule) -> None:
    bad, good = (check(example(one, kind), DAY, select={one.name}) for kind in ("Bad", "Good"))
    assert bad
    assert good == ()


@pytest.mark.parametrize("one", RULES.values(), ids=RULES)
def test_a_rule_says_the_same_in_two_languages(one: DraftRule) -> None:
    english, indonesian = (
        check(example(one, "Bad"), DAY, select={one.name}, language=language) for language in Language
    )
    assert [found.place for found in english] == [found.place for found in indonesian]
    assert not {found.message for found in english} & {found.message for found in indonesian}
    for words in (one.says, one.help):
        assert all(not text.endswith(".") and text[0] == text[0].lower() for text in words)


@pytest.mark.parametrize("one", RULES.values(), ids=RULES)
def test_the_page_of_a_rule_begins_with_what_is_wrong(one: DraftRule) -> None:
    first, _, rest = one.page.partition("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    assert rest.partition("Bad:")[0].strip()
    assert one.number


def test_no_rule_on_drafts_has_the_name_of_a_rule_on_policies() -> None:
    assert set(RULES) & set(CHECKS) == set()


def test_every_rule_stands_in_a_family() -> None:
    assert {one.family for one in RULES.values()} == {family.__name__ for family in FAMILIES}
