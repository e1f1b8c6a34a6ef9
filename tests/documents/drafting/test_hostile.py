"""Drafts that mean harm, or make no sense, are read and checked within a bounded time, and never with a traceback."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.documents.drafting import check
from escalation.documents.drafting.files import LARGEST
from escalation.documents.drafting.harness import MOST_FINDINGS

FOLDER = Path(__file__).parent.parent.parent / "files" / "drafts"
DAY = date(2026, 11, 23)
BYLAW = "# RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG X\n\n"
CIRCULAR = "# RANCANGAN SURAT EDARAN NOMOR … TENTANG X\n\n"
SLOWEST = 20.0
"""Seconds of the processor for a draft of the largest size; most take three, what is quadratic takes minutes."""

NASTY = {
    "comments": "<!-- ",
    "tags": "<a ",
    "escapes": "\\",
    "title": "# RANCANGAN PERATURAN DAERAH NOMOR TAHUN TENTANG ",
    "letters": BYLAW + "Menimbang : a. x;\n\nb. bahwa huruf a sampai dengan ",
    "bases": BYLAW + "Mengingat : 1. Undang-Undang ",
    "references": BYLAW + "Pasal 1\n\nsebagaimana dimaksud dalam Pasal 2 ",
    "penalties": BYLAW + "Pasal 1\n\ndipidana pidana kurungan denda ",
    "definitions": BYLAW + "Pasal 1\n\nyang dimaksud dengan:\n\n1. a yang selanjutnya disebut ",
    "numbers": BYLAW + "Menimbang : a. 1.000 ",
    "brackets": BYLAW + "Pasal 1\n\n14 (a ",
    "repeals": BYLAW + "Pasal 1\n\ndicabut semua peraturan ",
    "duties": CIRCULAR + "1. Peraturan wajib ",
    "formula": BYLAW + "Pasal 1\n\nx\n\nAgar setiap orang mengetahuinya, memerintahkan pengundangan ",
    "cells": BYLAW + "|",
    "rules": BYLAW + "-",
}
TRACE = "\n\n---\n\nAsal rancangan ini:\n\n- Angka: a, Kota X, 2021-W47: 74,76 %\n- Ambang: a: di bawah 70 %\n"
REPEATED = {name: (text[:-30], text[-30:]) for name, text in NASTY.items()} | {
    "breaches": (BYLAW, "Pasal 1\n\nmelanggar ketentuan sebagaimana dimaksud dalam Pasal 1\n\n"),
    "offices": (BYLAW + "Pasal 1\n\nx\n\nDitetapkan di X\n\n", "WALI KOTA A B C D E F G "),
    "names": (BYLAW + "Menimbang : a. ", "perlu menetapkan Peraturan Daerah x tentang "),
    "thresholds": (CIRCULAR + TRACE, "74,76 % (di bawah 60 %) "),
    "citations": (BYLAW + "Mengingat : ", "1. UU No. 1 Tahun 2000 tentang A (Lembaran \n\n"),
    "elucidation": (BYLAW + "Pasal 1\n\nx\n\nDitetapkan di X\n\n## PENJELASAN ATAS X\n\n", "Pasal 1\n\n"),
}
"""What stands before, and what is repeated after it."""


@pytest.mark.parametrize("name", REPEATED)
def test_a_large_draft_that_means_harm_is_checked_in_a_bounded_time(name: str) -> None:
    head, unit = REPEATED[name]
    begun = time.process_time()
    check((head + unit * (LARGEST // len(unit)))[: LARGEST - 1] + "x", DAY)
    assert time.process_time() - begun < SLOWEST


def test_of_a_mistake_made_everywhere_a_part_is_told() -> None:
    text = CIRCULAR + "1. Masyarakat wajib divaksinasi.\n\n" * (2 * MOST_FINDINGS)
    for_each = [one for one in check(text, DAY) if one.rule == "words-of-obligation"]
    assert len(for_each) == MOST_FINDINGS + 1
    assert for_each[-1].message == "more of these are not listed"


@given(st.text(max_size=300))
def test_any_text_is_checked_without_a_traceback(text: str) -> None:
    for head in ("", BYLAW, CIRCULAR):
        check(head + text, DAY)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
@given(chance=st.randoms(use_true_random=False))
def test_a_draft_with_lines_in_any_order_is_checked_without_a_traceback(file: Path, chance: random.Random) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    shuffled = chance.sample(lines, k=chance.randint(1, len(lines)))
    for one in check("\n".join(shuffled), DAY):
        assert 1 <= one.place.line <= len(shuffled)
        assert one.place.column >= 1
        assert one.message
