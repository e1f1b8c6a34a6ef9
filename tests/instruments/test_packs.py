"""The packs of legal forms: what they say of a day, and what is refused in one."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from escalation.errors import Refused, RequestError
from escalation.instruments import (
    PACKS,
    Certainty,
    FormKind,
    Pack,
    Reach,
    law,
    load_pack,
    loads_pack,
    read_pack,
    unknown,
)
from escalation.instruments.load import FOLDER
from escalation.instruments.model import facts_of
from escalation.policy.draft import Money
from escalation.policy.values import ASSUMPTION, Language
from escalation.reports.law import law_json, law_text

GOOD = """\
pack: 1
name: example
title: Example
sources: {law: {title: A law}}
forms:
  act:
    title: Act
    kind: primary_or_bylaw
    nature: {value: legislation, source: law, certainty: confirmed}
    binds: {value: [public], source: law, certainty: confirmed}
    sanctions:
      - {value: {reach: imprisonment}, source: law, certainty: confirmed, until: 2026-01-01}
      - {value: {reach: fine}, source: law, certainty: reported, from: 2026-01-02}
"""

REPEALED = """\
norms: {uu-1: {value: {citation: A}, source: law, certainty: confirmed, until: 2023-08-07}}
repeals: {uu-1: {value: {by: B}, source: law, certainty: reported, from: 2023-08-08}}
"""
OPEN = ", until: 2023-08-07"
STEP = "{value: {act: A, within: 3, clock: working, after: review}, source: law, certainty: confirmed}"


def faults(text: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        loads_pack(text)
    return [f"{one.place.line}:{one.place.column} {one.rule}" for one in refused.value.diagnostics]


@pytest.mark.parametrize("name", PACKS)
def test_the_packs_that_come_with_the_package_load_under_their_names(name: str) -> None:
    assert load_pack(name).name == name


def test_a_pack_that_does_not_exist_is_no_traceback() -> None:
    with pytest.raises(RequestError, match=r"no pack `\.\./policy`"):
        load_pack("../policy")


def test_the_forms_of_a_city_grow_harder_in_the_order_of_the_ladder() -> None:
    forms = load_pack("indonesia-city").forms
    assert list(forms) == ["surat_edaran", "instruksi_wali_kota", "perwal", "perda"]
    assert [form.kind.rank for form in forms.values()] == [0, 1, 3, 4]
    assert [form.is_soft for form in forms.values()] == [True, True, False, False]
    assert [name for name, form in forms.items() if form.needs_parent_norm] == ["perwal"]


def test_what_a_by_law_may_threaten_changes_between_the_first_and_the_second_of_january_2026() -> None:
    perda = load_pack("indonesia-city").forms["perda"]
    before, after = perda.sanctions_on(date(2026, 1, 1)), perda.sanctions_on(date(2026, 1, 2))
    assert before is not None
    assert after is not None
    assert (before.reach, before.jail_months, before.fine) == (Reach.IMPRISONMENT, 6, rupiah(50_000_000))
    assert (after.reach, after.jail_months, after.fine_category) == (Reach.FINE, 0, "III")
    assert perda.farthest is Reach.IMPRISONMENT


def test_the_harmonisation_of_a_mayoral_regulation_is_compulsory_from_its_day_on() -> None:
    perwal = load_pack("indonesia-city").forms["perwal"]
    acts = {day: [one.act.en for one in perwal.approvals_on(date(2022, 6, day))] for day in (15, 16)}
    assert "harmonisation" not in acts[15]
    assert "harmonisation" in acts[16]


def test_the_steps_to_a_by_law_carry_the_working_days_of_the_law() -> None:
    steps = [fact.value for fact in load_pack("indonesia-city").forms["perda"].procedure]
    limits = [(one.by.en, one.within) for one in steps if one.by is not None and one.within is not None]
    assert limits == [("the leaders of DPRD", 3), ("Mayor", 3), ("Governor", 7), ("Mayor", 30)]
    assert {one.clock for one in steps if one.within} == {"working"}


def test_the_law_of_a_day_leaves_out_what_does_not_hold_on_it() -> None:
    perwal = load_pack("indonesia-city").forms["perwal"]
    before, after = (law(perwal, date(2022, 6, day)) for day in (15, 16))
    added = [fact for _, fact in after if fact not in [fact for _, fact in before]]
    assert [fact.source for fact in added] == [("uu-13-2022",)] * 3


def test_the_harmonisation_of_a_by_law_is_by_who_did_it_on_the_day() -> None:
    steps = load_pack("indonesia-city").forms["perda"].procedure
    days = (date(2019, 10, 3), date(2019, 10, 4), date(2022, 6, 15), date(2022, 6, 16))
    who = [[one.value.by for one in steps if one.value.name == "harmonisation" and one.covers(day)] for day in days]
    assert [[by.en for by in found if by is not None] for found in who] == [
        ["Legal bureau"],
        ["the ministry of law"],
        ["the ministry of law"],
        ["Kantor Wilayah of the ministry of law"],
    ]


@pytest.mark.parametrize("language", Language)
def test_no_source_later_than_the_day_of_the_law_stands_without_a_word_on_it(language: Language) -> None:
    pack, word = load_pack("indonesia-city"), {"en": "not yet in force: from 16 June", "id": "belum berlaku: mulai 16"}
    before, since = (law_text(pack, pack.forms, date(2022, 6, day), language=language) for day in (15, 16))
    backing = [line for line in before.splitlines() if line.startswith("    ") and "UU 13/2022 (LN" in line]
    assert backing
    assert all(word[language.value] in line for line in backing)
    assert word[language.value] not in since


def test_the_participation_of_the_public_rests_on_the_law_of_the_day() -> None:
    perda = load_pack("indonesia-city").forms["perda"]
    days = (date(2022, 6, 15), date(2022, 6, 16))
    found = [[one for _, one in law(perda, day) if "participation" in str(one.value)] for day in days]
    assert [["uu-13-2022" in one.source for one in facts] for facts in found] == [[False], [True]]


def test_programs_are_told_of_a_source_that_is_later_than_the_day() -> None:
    pack = load_pack("indonesia-city")
    told = json.loads(law_json(pack, {"perwal": pack.forms["perwal"]}, date(2019, 1, 1)))
    assert "of 6 May 2020, after the day of this law" in told["sources"]["perwal-bekasi"]


def test_every_form_with_a_number_leaves_it_to_be_filled_in() -> None:
    forms = [form for name in PACKS for form in load_pack(name).forms.values()]
    assert all("{n}" in form.numbering.value for form in forms if form.numbering is not None)


def test_a_pack_is_read_from_a_file_and_its_mistakes_name_it(tmp_path: Path) -> None:
    file = tmp_path / "city.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert read_pack(file).name == "example"
    file.write_text(GOOD.replace("pack: 1", "pack: 2"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_pack(file)
    assert str(refused.value.diagnostics[0].place) == f"{file}:1:7"


def test_an_assumption_is_never_more_than_unconfirmed() -> None:
    facts = [fact for name in PACKS for form in load_pack(name).forms.values() for fact in facts_of(form)]
    assumed = [fact for fact in facts if ASSUMPTION in fact.source]
    assert assumed
    assert {fact.certainty for fact in assumed} == {Certainty.UNCONFIRMED}
    assert load_pack("indonesia-city").unconfirmed == 14
    assert all(fact in assumed for form in load_pack("generic").forms.values() for fact in facts_of(form))


def test_the_example_is_sound() -> None:
    assert loads_pack(GOOD).forms["act"].kind is FormKind.PRIMARY_OR_BYLAW


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("kind: primary_or_bylaw", "kind: bylaw", "8:11 unknown-word"),
        ("    binds: {value: [public], source: law, certainty: confirmed}\n", "", "7:5 missing-key"),
        ("[public], source: law", "[public], source: lw", "10:38 unknown-source"),
        ("[public], source: law", "[public], source: assumption", "10:61 assumed-fact"),
        ("certainty: reported", "certainty: perhaps", "13:56 unknown-word"),
        ("from: 2026-01-02", "from: 2026-01-01", "13:9 overlapping-facts"),
        (", from: 2026-01-02", "", "13:9 overlapping-facts"),
        ("until: 2026-01-01", "until: 2026-02-30", "12:82 bad-date"),
        ("{law: {title: A law}}", "{law: {title: A law}, other: {title: B}}", "4:32 uncited-source"),
        ("reach: fine", "reach: fine, fines: 3", "13:31 unknown-key"),
        ("pack: 1", "pack: 2", "1:7 unknown-word"),
        ("title: Act", "title: Act\n    rank: statute", "8:11 unknown-rank"),
        ("title: Act", f"title: Act\n    procedure: [{STEP}]", "8:68 unknown-step"),
        ("title: Act", f"title: Act\n    afterwards: [{STEP}]", "8:69 unknown-step"),
        (
            "title: Act",
            "title: Act\n    basis: {value: {norms: [uu-1]}, source: law, certainty: confirmed}",
            "8:29 unknown-norm",
        ),
        ("title: Example\n", f"title: Example\n{REPEALED.replace('uu-1:', 'uu-2:', 1)}", "5:11 unknown-norm"),
        ("title: Example\n", f"title: Example\n{REPEALED.replace(OPEN, '')}", "5:17 overlapping-facts"),
        ("title: Example\n", f"title: Example\n{REPEALED.replace(', from: 2023-08-08', '')}", "5:17 overlapping-facts"),
        (
            "title: Example\n",
            "title: Example\nnorms: {uu-1: {value: {citation: A}, source: lw, certainty: confirmed}}\n",
            "4:15 unknown-source",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_pack_is_found_in_its_place(old: str, new: str, found: str) -> None:
    assert faults(GOOD.replace(old, new)) == [found]


def test_every_key_of_a_pack_and_every_form_is_in_the_manual() -> None:
    page = (FOLDER.parent.parent / "manual" / "instruments.md").read_text(encoding="utf-8")
    schema = Pack.model_json_schema()
    keys = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})}
    words = set(re.findall(r"`([a-z_-]+)`", page))
    assert keys <= words
    assert {form for name in PACKS for form in load_pack(name).forms} <= words


def test_a_norm_is_cited_as_it_stood_on_the_day() -> None:
    pack = load_pack("indonesia-city")
    cited = {year: pack.norm_on("uu-23-2014", date(year, 6, 30)) for year in (2019, 2021, 2024)}
    assert cited[2019] is None
    assert cited[2021] is not None
    assert cited[2024] is not None
    assert "Undang-Undang Nomor 11 Tahun 2020" in str(cited[2021].value.citation.id)
    assert "Undang-Undang Nomor 6 Tahun 2023" in str(cited[2024].value.citation.id)
    assert cited[2024].certainty is Certainty.UNCONFIRMED


def test_what_repealed_a_norm_is_printed_from_its_day_on_with_its_certainty() -> None:
    pack = load_pack("indonesia-city")
    before, after = (law_text(pack, pack.forms, date(2023, 8, day)) for day in (7, 8))
    assert "uu-6-2018: Undang-Undang" in before
    assert "repealed:" not in before
    assert "uu-6-2018: Undang-Undang" not in after
    assert "uu-4-1984: by Undang-Undang Nomor 17 Tahun 2023 tentang Kesehatan\n      unconfirmed" in after
    assert "uu-6-2018: by Undang-Undang Nomor 17 Tahun 2023 tentang Kesehatan\n      reported" in after


def test_a_fine_has_the_lowest_category_that_holds_it() -> None:
    perda = load_pack("indonesia-city").forms["perda"]
    before, after = perda.sanctions_on(date(2026, 1, 1)), perda.sanctions_on(date(2026, 1, 2))
    assert before is not None
    assert after is not None
    assert before.category(rupiah(500_000)) is None
    fines = (500_000, 1_000_000, 1_000_001, 50_000_001)
    assert [after.category(rupiah(fine)) for fine in fines] == ["I", "I", "II", None]
    assert after.most("II") == rupiah(10_000_000)


def test_a_fine_in_another_currency_is_in_no_category_and_not_within_the_highest_one() -> None:
    after = load_pack("indonesia-city").forms["perda"].sanctions_on(date(2026, 1, 2))
    assert after is not None
    assert after.category(Money(amount=5, currency="EUR")) is None
    assert not after.carries(Money(amount=5, currency="EUR"))
    assert after.carries(rupiah(50_000_000))


def rupiah(amount: int) -> Money:
    return Money(amount=amount, currency="IDR")


def test_packs_are_files_of_the_package() -> None:
    assert {file.stem for file in Path(FOLDER).iterdir()} == set(PACKS)


DATED = GOOD.replace("{law: {title: A law}}", "{law: {title: A law, date: 2011-08-01, from: 2011-08-12}}").replace(
    "certainty: confirmed", "certainty: confirmed, from: 2011-08-12"
)


def test_a_fact_is_not_given_for_days_before_its_source_is_in_force() -> None:
    assert loads_pack(DATED).sources["law"].begins == date(2011, 8, 12)
    assert faults(DATED.replace("certainty: confirmed, from: 2011-08-12", "certainty: confirmed", 1)) == [
        "9:13 fact-before-source"
    ]
    assert faults(DATED.replace("confirmed, from: 2011-08-12}", "confirmed, from: 2011-08-11}", 1)) == [
        "9:75 fact-before-source"
    ]


def test_of_several_sources_the_earliest_counts_and_one_without_a_day_leaves_it_open() -> None:
    two = DATED.replace("{law: {", "{older: {title: B, date: 2000-01-01}, undated: {title: C}, law: {")
    with_older = two.replace("[public], source: law", "[public], source: [law, older, undated]")
    assert faults(with_older.replace("undated: {title: C}", "undated: {title: C, date: 2020-01-01}").replace(
        "undated], certainty: confirmed, from: 2011-08-12", "undated], certainty: confirmed, from: 1999-12-31"
    )) == ["10:89 fact-before-source"]  # fmt: skip
    loads_pack(with_older.replace("undated], certainty: confirmed, from: 2011-08-12", "undated], certainty: reported"))


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2011, 8, 11), date(2014, 10, 1)])
def test_no_fact_of_a_law_is_given_for_days_before_it_was_in_force(day: date) -> None:
    pack = load_pack("indonesia-city")
    begun = {name for name, one in pack.sources.items() if one.begins is None or one.begins <= day}
    given = [fact for form in pack.forms.values() for _, fact in law(form, day)]
    given += [fact for name in pack.norms if (fact := pack.norm_on(name, day)) is not None]
    assert given
    for one in given:
        assert ASSUMPTION in one.source or begun.intersection(one.source), one


def test_what_a_pack_does_not_know_for_a_day_is_named() -> None:
    perwal = load_pack("indonesia-city").forms["perwal"]
    assert ("sanctions",) in unknown(perwal, date(1990, 1, 1))
    assert ("sanctions",) not in unknown(perwal, date(2011, 8, 12))
    assert unknown(perwal, date(2022, 6, 16)) == ()
    assert all(unknown(form, date(1990, 1, 1)) == () for form in load_pack("generic").forms.values())


@pytest.mark.parametrize(
    ("day", "amended"),
    [
        (date(2020, 10, 5), None),
        (date(2020, 10, 6), ""),
        (date(2021, 2, 10), "Nomor 14 Tahun 2021 tentang Perubahan atas"),
        (date(2021, 5, 25), "Nomor 50 Tahun 2021 tentang Perubahan Kedua atas"),
        (date(2022, 2, 21), "Nomor 33 Tahun 2022 tentang Perubahan Ketiga atas"),
    ],
)
def test_the_vaccination_decree_is_cited_with_its_last_amendment(day: date, amended: str | None) -> None:
    fact = load_pack("indonesia-city").norm_on("perpres-99-2020", day)
    if amended is None:
        assert fact is None
        return
    assert fact is not None
    assert fact.certainty is Certainty.REPORTED
    cited = str(fact.value.citation.id)
    assert ("sebagaimana telah" in cited) == bool(amended)
    assert amended in cited
