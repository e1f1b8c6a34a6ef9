"""What the law of a day allows a draft to threaten."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.diagnostics import Diagnostic
from escalation.documents.drafting import check
from escalation.policy.values import Language

BEFORE, FROM = date(2026, 1, 1), date(2026, 1, 2)
TITLE = "# RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI\n\nPasal 1\n\n"


def found(penalty: str, day: date, *, language: Language = Language.ENGLISH) -> tuple[Diagnostic, ...]:
    text = f"{TITLE}Setiap orang yang melanggar ketentuan dalam Pasal 1 dipidana dengan {penalty}.\n"
    return check(text, day, select={"penalty-above-ceiling"}, language=language)


@pytest.mark.parametrize(
    ("penalty", "before", "from_then"),
    [
        ("pidana kurungan paling lama 6 (enam) bulan", 0, 1),
        ("pidana kurungan paling lama 7 (tujuh) bulan", 1, 1),
        ("pidana kurungan paling lama 1 (satu) tahun", 1, 1),
        ("pidana penjara paling lama 1 (satu) bulan", 1, 1),
        ("pidana denda paling banyak Rp50.000.000,00 (lima puluh juta rupiah)", 0, 0),
        ("pidana denda paling banyak Rp50.000.001,00 (lima puluh juta satu rupiah)", 1, 1),
        ("pidana denda paling banyak kategori III", 0, 0),
        ("pidana denda paling banyak kategori IV", 1, 1),
    ],
)
def test_the_ceiling_is_that_of_the_day(penalty: str, before: int, from_then: int) -> None:
    assert [len(found(penalty, day)) for day in (BEFORE, FROM)] == [before, from_then]


def test_a_ceiling_that_is_reported_only_says_so() -> None:
    penalty = "pidana kurungan paling lama 3 (tiga) bulan"
    assert "(reported)" in found(penalty, FROM)[0].message
    assert "(menurut laporan)" in found(penalty, FROM, language=Language.INDONESIAN)[0].message
    assert "(confirmed)" in found("pidana penjara paling lama 1 (satu) bulan", BEFORE)[0].message


def test_rules_that_the_amendment_brought_are_not_tried_under_the_law_before_it() -> None:
    text = f"{TITLE}Kegiatan meliputi antara lain penyuluhan.\n"
    days = (date(2022, 6, 15), date(2022, 6, 16))
    assert [len(check(text, day, select={"open-ended-list"})) for day in days] == [0, 1]


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 0), (FROM, 1)])
def test_classes_of_offences_are_found_once_they_are_abolished(day: date, count: int) -> None:
    text = f"{TITLE}Tindak pidana sebagaimana dimaksud pada ayat (1) adalah pelanggaran.\n"
    assert len(check(text, day, select={"abolished-class-of-offence"})) == count


REPEALED = "Mengingat : 1. Undang-Undang Nomor 6 Tahun 2018 tentang Kekarantinaan Kesehatan;\n"


@pytest.mark.parametrize(("day", "count"), [(date(2023, 8, 7), 0), (date(2023, 8, 8), 1)])
def test_a_norm_that_was_repealed_is_found_from_that_day_on(day: date, count: int) -> None:
    text = TITLE.replace("Pasal 1\n\n", REPEALED)
    assert len(check(text, day, select={"basis-no-longer-in-force"})) == count


def test_a_repeal_that_is_not_confirmed_says_so() -> None:
    text = TITLE.replace("Pasal 1\n\n", REPEALED)
    english, indonesian = (
        check(text, FROM, select={"basis-no-longer-in-force"}, language=language)[0].message for language in Language
    )
    assert "Undang-Undang Nomor 17 Tahun 2023 tentang Kesehatan (reported" in english
    assert "(menurut laporan" in indonesian
