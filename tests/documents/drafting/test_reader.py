"""Drafts are read whoever wrote them, and whatever they hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalation.documents.drafting import check, read_text
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.reader import read
from escalation.errors import Refused, RequestError

FOLDER = Path(__file__).parent.parent.parent / "files" / "drafts"
DAY = date(2026, 11, 23)

BY_HAND = """\
WALI KOTA BEKASI
PROVINSI JAWA BARAT

**RANCANGAN**
**PERATURAN WALI KOTA BEKASI**
NOMOR ... TAHUN ...
TENTANG
VAKSINASI COVID-19

DENGAN RAHMAT TUHAN YANG MAHA ESA
WALI KOTA BEKASI,

| Menimbang | : | a. | bahwa satu; |
|---|---|---|---|
| | | b. | bahwa dua; |

Mengingat: 1\\. Undang-Undang Nomor 23 Tahun 2014;

**M E M U T U S K A N :**

Menetapkan : PERATURAN WALI KOTA TENTANG VAKSINASI COVID-19.

BAB I
KETENTUAN UMUM

Pasal 1
Dalam Peraturan Wali Kota ini yang dimaksud dengan:
1. Daerah Kota adalah Kota Bekasi.
2. Wali Kota adalah
   Wali Kota Bekasi.

**Pasal 2**
\\(1\\) Setiap orang:
a. satu; dan
b. dua menurut
Pasal 1.
(2) Ketentuan lain.

Ditetapkan di Bekasi
pada tanggal ...
WALI KOTA BEKASI,
"""


@pytest.fixture(scope="module")
def by_hand() -> Draft:
    return read(BY_HAND)


def test_a_title_over_several_lines_is_one_title(by_hand: Draft) -> None:
    assert by_hand.title.text == ("RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR ... TAHUN ... TENTANG VAKSINASI COVID-19")
    assert by_hand.instrument is Instrument.REGULATION
    assert [one.text for one in by_hand.before] == ["WALI KOTA BEKASI PROVINSI JAWA BARAT"]


def test_considerations_in_a_table_are_read_with_their_places(by_hand: Draft) -> None:
    assert by_hand.considerations is not None
    assert [(one.mark, one.text, one.at) for one in by_hand.considerations.items] == [
        ("a", "bahwa satu;", (13, 19)),
        ("b", "bahwa dua;", (15, 7)),
    ]


def test_chapters_and_articles_are_read_without_marks_of_headings(by_hand: Draft) -> None:
    assert [(one.kind, one.number, one.title) for one in by_hand.headings] == [("BAB", "I", "KETENTUAN UMUM")]
    assert [(one.number, one.at) for one in by_hand.articles] == [("1", (26, 1)), ("2", (32, 3))]


def test_lines_that_follow_each_other_are_told_apart_by_their_marks(by_hand: Draft) -> None:
    first, second = by_hand.articles
    assert [one.text for one in first.all()][1:] == [
        "Daerah Kota adalah Kota Bekasi.",
        "Wali Kota adalah Wali Kota Bekasi.",
    ]
    assert [(one.mark, [below.mark for below in one.items]) for one in second.parts] == [("1", ["a", "b"]), ("2", [])]


def test_a_reference_at_the_beginning_of_a_line_is_no_article(by_hand: Draft) -> None:
    assert by_hand.articles[1].parts[0].items[1].text == "dua menurut Pasal 1."


def test_a_word_keeps_its_place_through_escapes_and_line_breaks(by_hand: Draft) -> None:
    item = by_hand.articles[1].parts[0].items[1]
    assert item.passage.at(item.text.index("Pasal 1")) == (36, 1)
    assert by_hand.articles[1].parts[0].passage.at() == (33, 7)


def test_articles_in_capitals_are_articles() -> None:
    draft = read(BY_HAND.replace("**Pasal 2**", "**PASAL 2.**"))
    assert [(one.number, one.said) for one in draft.articles] == [("1", "Pasal 1"), ("2", "PASAL 2.")]


def test_who_approves_a_by_law_is_no_legal_basis_where_the_phrase_is_missing() -> None:
    text = (FOLDER / "perda.md").read_text(encoding="utf-8").replace("Dengan Persetujuan Bersama\n\n", "")
    assert [one.rule for one in check(text, DAY)] == ["joint-approval-missing"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "#", "# \n## \n", "Menimbang", "Menimbang :", "(1)", "<!--", "| | |", "&#0;"]
)
def test_odd_texts_are_drafts_without_a_title(text: str) -> None:
    assert "unknown-draft" in {one.rule for one in check(text, DAY)}


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    for name, content, rule in (
        ("latin.md", b"# RANCANGAN \xe9", "draft-not-text"),
        ("nul.md", b"# RANCANGAN \0", "draft-not-text"),
        ("large.md", b"a" * 500_001, "draft-too-large"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused) as refused:
            read_text(tmp_path / name)
        assert [one.rule for one in refused.value.diagnostics] == [rule]


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be read"):
        read_text(tmp_path / "nothing.md")


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    text = (FOLDER / "perwal.md").read_text(encoding="utf-8")
    (tmp_path / "draft.md").write_bytes("\ufeff".encode() + text.replace("\n", "\r\n").encode())
    assert check(read_text(tmp_path / "draft.md"), DAY) == ()
