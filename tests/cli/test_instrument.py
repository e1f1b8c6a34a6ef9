"""The law of a date, printed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from escalation.instruments import PACKS, Certainty, Form, FormKind, Reach
from escalation.instruments.model import (
    Approval,
    Basis,
    Clock,
    Days,
    Duty,
    LegalPaper,
    Planning,
    Publication,
    Sanctions,
    Signatory,
    Step,
)
from escalation.policy.draft import Money
from escalation.reports.law_words import INDONESIAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]


FINE = "fine amount 50000000, currency IDR"
CATEGORIES = "I 1000000, II 10000000, III 50000000"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-01-01", f"reach imprisonment, {FINE}, jail months 6"),
        ("2026-01-02", f"reach fine, {FINE}, fine category III, jail months 0, categories {CATEGORIES}"),
    ],
)
def test_the_sanctions_of_a_by_law_are_those_of_the_day(run: Run, day: str, said: str) -> None:
    printed = run("instrument", "indonesia-city", "perda", "--date", day).stdout
    assert [line for line in printed.splitlines() if line.startswith("  sanctions:")] == [f"  sanctions: {said}"]


def test_every_unconfirmed_fact_says_so(run: Run) -> None:
    facts = json.loads(run("instrument", "indonesia-city", "--date", "2021-09-09", "--format", "json").stdout)["forms"]
    unconfirmed = [fact for form in facts for fact in form["facts"] if fact["certainty"] == "unconfirmed"]
    printed = run("instrument", "indonesia-city", "--date", "2021-09-09").stdout
    assert len(unconfirmed) == printed.count("unconfirmed, not to be relied on") == 11


def test_the_json_names_the_title_of_every_source_it_cites(run: Run) -> None:
    found = json.loads(run("instrument", "indonesia-city", "--date", "2026-01-02", "--format", "json").stdout)
    cited = {source for form in found["forms"] for fact in form["facts"] for source in fact["source"]}
    assert cited - {"assumption"} == set(found["sources"])


@pytest.mark.parametrize("name", ["notice", "order", "regulation", "by_law"])
def test_forms_of_another_legal_order_are_printed_too(run: Run, name: str) -> None:
    assert f"\n{name}: " in run("instrument", "generic", name, "--date", "2021-09-09").stdout


def test_a_pack_of_ones_own_with_a_mistake_is_told_its_line_and_column(run: Run, folder: Path) -> None:
    (folder / "city.yaml").write_text("pack: 2\nname: city\ntitle: City\nforms: {}\n", encoding="utf-8")
    result = run("instrument", "city.yaml", "--date", "2021-09-09")
    assert result.exit_code == 2
    assert "city.yaml:1:7: error: " in result.stderr


@pytest.mark.parametrize("arguments", [("nowhere",), ("generic", "perda"), ("nowhere.yaml",)])
def test_what_is_not_there_is_told_with_what_is(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("instrument", *arguments, "--date", "2021-09-09")
    assert result.exit_code == 2
    assert "help: " in result.stderr


def test_all_that_packs_may_say_has_its_indonesian_word() -> None:
    values = (Signatory, Approval, Step, Duty, Days, Planning, Sanctions, Basis, Publication, Money, LegalPaper)
    keys = {name for one in values for name in one.model_fields}
    said = {one.value for kind in (Reach, FormKind, Certainty) for one in kind}
    said |= {"policy_rule", "internal_command", "decision", "legislation", "officials", "public", "business"}
    forms = set(Form.model_fields) - {"title", "kind", "act", "short", "rank", "lead_time"}
    assert keys | said | forms | {*get_args(Clock), "yes", "no"} <= set(INDONESIAN)


def test_the_law_is_told_in_indonesian(run: Run) -> None:
    printed = run("instrument", "indonesia-city", "perwal", "--date", "2022-07-01", "--lang", "id").stdout
    assert "hukum per 1 Juli 2022" in printed
    assert "  sanksi: paling berat administratif\n      dipastikan, sejak 2011-08-12: " in printed
    assert not re.search(r"(?<![a-z])(reported|confirmed|within|required|from|until|office) ", printed)


def test_every_text_of_a_pack_is_in_both_languages(run: Run) -> None:
    for pack in PACKS:
        english, indonesian = (
            json.loads(run("instrument", pack, "--date", "2022-07-01", "--format", "json", "--lang", one).stdout)
            for one in ("en", "id")
        )
        notes = [
            (one["note"], other["note"])
            for form, twin in zip(english["forms"], indonesian["forms"], strict=True)
            for one, other in zip(form["facts"], twin["facts"], strict=True)
            if one["note"] is not None and not one["note"].startswith(("Pasal", "Lampiran II no. 39."))
        ]
        assert [one for one, other in notes if one == other] == []


def test_what_is_not_known_for_a_date_says_so(run: Run) -> None:
    printed = run("instrument", "indonesia-city", "perda", "--date", "1990-01-01").stdout
    assert "  sanctions: not known for this date\n" in printed
    assert "UU 23/2014" not in printed
    document = json.loads(
        run("instrument", "indonesia-city", "perda", "--date", "1990-01-01", "--format", "json").stdout
    )
    assert "sanctions" in document["forms"][0]["not_known"]
    now = run("instrument", "indonesia-city", "perda", "--date", "2026-11-27").stdout
    assert "not known for this date" not in now


def test_a_whole_pack_is_printed_with_its_sources_and_their_days(run: Run) -> None:
    printed = run("instrument", "indonesia-city", "--date", "2021-11-28").stdout
    assert "  uu-23-2014: UU 23/2014 (LN 2014/244, TLN 5587) (of 2014-09-30, in force from 2014-10-02)\n" in printed
    assert "\nsources:\n" not in run("instrument", "indonesia-city", "perda", "--date", "2021-11-28").stdout
    assert "\nsources:\n" not in run("instrument", "generic", "--date", "2021-11-28").stdout
