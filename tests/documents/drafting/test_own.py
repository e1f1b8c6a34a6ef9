"""Our own drafts, spoilt by hand in one place, are found out there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from escalation.documents.drafting import check
from escalation.documents.layout.render import write
from escalation.documents.papers.instruments.instrument import instrument
from tests.documents.papers.acts import climbed


@cache
def own(stage: str, held: str = "") -> tuple[str, date]:
    """Give the draft of a stage for the first week of the illustration that has a figure, and the last day of it.

    `held` is what the draft holds besides.
    """
    policy, observations, subjects = climbed()
    for one in subjects:
        paper = instrument(policy, observations, replace(one, prepared_for=stage))
        text = write(paper, "md").decode().replace("\N{NO-BREAK SPACE}", " ") if paper is not None else ""
        if "dosis pertama sebesar " in text and held in text:
            return text, one.explanation.last_day
    raise AssertionError(f"no draft has a figure and `{held}`")


@pytest.mark.parametrize(
    ("stage", "old", "new", "rule"),
    [
        ("appeal", "Masyarakat diimbau mengikuti", "Masyarakat wajib mengikuti", "words-of-obligation"),
        ("appeal", "# RANCANGAN SURAT", "# SURAT", "draft-not-marked"),
        ("appeal", "dosis pertama sebesar ", "dosis pertama sebesar 9", "figure-not-in-trace"),
        ("instruction", "pada tanggal …", "pada tanggal 3 Maret 2022", "date-filled-in"),
        ("instruction", "Nomor 440/1395/SET.COVID-19 ", "", "followed-up-without-number"),
        ("appeal", "2022, di Kota Bekasi", "2021, di Kota Bekasi", "figure-not-in-trace"),
        ("instruction", "(di bawah 70 %)", "(di bawah 60 %)", "figure-not-in-trace"),
        ("instruction", "(di bawah 70 %)", "(di atas 70 %)", "figure-not-in-trace"),
        ("instruction", "(di bawah 4 poin persen)", "(di bawah 70 poin persen)", "figure-not-in-trace"),
        ("instruction", "2 (dua) minggu berturut-turut", "4 (empat) minggu berturut-turut", "figure-not-in-trace"),
        ("instruction", "2 (dua) minggu", "2 (tiga) minggu", "words-differ-from-number"),
        ("perwal", "(di bawah 70 %)", "(di bawah 60 %)", "figure-not-in-trace"),
        ("perwal", "poin persen (di bawah 4 poin persen)", "% (di bawah 4 poin persen)", "figure-not-in-trace"),
        ("perda", "(di bawah 70 %)", ", belum mencapai target 75 %", "figure-not-in-trace"),
        ("perda", "Februari 2022, di", "Januari 2022, di", "figure-not-in-trace"),
        ("perda", "DATA, sampai", "DATA 2022-W02, sampai", "figure-not-in-trace"),
        ("instruction", "KETIGA :", "KEDUA :", "points-misnumbered"),
        ("perwal", "### Pasal 10", "### PASAL 10", "heading-misspelt"),
        ("perwal", "ini mulai berlaku pada tanggal diundangkan", "ini mulai berlaku pada tanggal 1 Maret 2021",
         "entry-into-force-past"),
        ("perwal", "NOMOR … TAHUN … TENTANG P", "NOMOR 7 TAHUN 2022 TENTANG P", "number-filled-in"),
        ("perwal", "dosis pertama sebesar ", "dosis pertama sebesar 9", "figure-not-in-trace"),
        ("perwal", "dimaksud dalam huruf a, ", "dimaksud dalam ", "last-consideration-refers-wrongly"),
        ("perwal", "1. Undang-Undang Nomor 4", "1. Instruksi Menteri Nomor 4", "lower-norm-as-basis"),
        ("perwal", "MEMUTUSKAN:", "MEMUTUSKAN", "decision-formula-wrong"),
        ("perwal", "Berita Daerah Kota Bekasi.", "Lembaran Daerah Kota Bekasi.", "wrong-gazette"),
        ("perda", "Dengan Persetujuan Bersama", "Dengan persetujuan", "joint-approval-missing"),
        ("perda", "Rp500.000,00 (lima ratus ribu rupiah)", "Rp500.000.000,00 (lima ratus juta rupiah)",
         "penalty-above-ceiling"),
        ("perda", "Rp500.000,00 (lima ratus ribu", "Rp500.000,00 (lima puluh ribu", "words-differ-from-number"),
        ("perda", "dimaksud dalam Pasal 4 dipidana", "dimaksud dalam Pasal 44 dipidana", "reference-to-nowhere"),
        ("perwal", "SEKRETARIS DAERAH KOTA BEKASI", "SEKRETARIS DAERAH KOTA BOGOR", "another-region-named"),
        ("perwal", "Berita Daerah Kota Bekasi", "Berita Daerah Kota Bogor", "another-region-named"),
        ("appeal", "WALI KOTA BEKASI,", "WALI KOTA BOGOR,", "another-region-named"),
        ("appeal", "di Kota Bekasi cakupan", "di Kota Bogor cakupan", "another-region-named"),
        ("perwal", "Peraturan Wali Kota tentang Pelaksanaan", "Peraturan Wali Kota tentang Percepatan",
         "considered-name-differs"),
        ("instruction", "Instruksi ini mulai", "Keputusan ini mulai", "called-by-another-kind"),
        ("perwal", "Undang-Undang Nomor 25 Tahun 2009", "UU No. 25 Tahun 2009", "citation-in-short"),
        ("appeal", "Masyarakat diimbau", "Masyarakat harus", "words-of-obligation"),
        ("appeal", "belum divaksinasi tetap dilayani", "belum divaksinasi tidak dilayani", "words-of-obligation"),
        ("instruction", "Warga yang tidak memenuhi", "Bukti vaksinasi menjadi syarat. Warga yang tidak memenuhi",
         "words-of-obligation"),
        ("perda", "dipidana dengan pidana denda", "dikenai denda", "fine-of-no-kind"),
        ("perwal", "angka ILUSTRASI, BUKAN DATA, sampai", "data sampai", "illustration-not-said"),
        ("perwal", "dimaksud dalam Pasal 3 dikenai", "dimaksud dalam Pasal 5 dikenai", "sanction-of-no-duty"),
        ("perwal", "Tahun 1984 Nomor 20,", "Tahun 1994 Nomor 20,", "basis-cited-otherwise"),
        ("perwal", "perlu menetapkan Peraturan Wali Kota tentang", "perlu mengatur", "conclusion-missing"),
        ("perwal", "3. Penyelenggara Pelayanan adalah", "4. Penyelenggara Pelayanan adalah", "definitions-misnumbered"),
        ("perda", "BAB VI KETENTUAN PIDANA", "BAB VI SANKSI", "penalty-outside-its-chapter"),
        ("perda", "masyarakat Kota Bekasi belum", "masyarakat Kota Bogor belum", "another-region-mentioned"),
        ("perwal", "SEKRETARIS DAERAH KOTA BEKASI,", "SEKRETARIS DAERAH,", "region-left-out"),
        ("perda", "#### Pasal 6\n\nCukup jelas.\n\n", "", "elucidation-incomplete"),
    ],
)  # fmt: skip
def test_a_draft_of_ours_that_was_spoilt_is_found_out(stage: str, old: str, new: str, rule: str) -> None:
    text, day = own(stage, old)
    spoilt = text.replace(old, new, 1)
    line = spoilt.count("\n", 0, text.index(old)) + 1
    found = [one.place.line for one in check(spoilt, day, select={rule})]
    assert found
    assert not new or rule == "joint-approval-missing" or line in found
