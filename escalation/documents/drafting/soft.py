"""Circulars and instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import SOFT, Finding, rule

_ADDRESSES = re.compile(r"(?:Yth\b|Yang [Tt]erhormat|Kepada\b)")
_PUBLIC_TOLD = re.compile(
    r"(?P<whom>(?:(?:setiap|seluruh|semua|para) )?(?:orang|warga|masyarakat|penduduk|pengguna|pengunjung|pemohon"
    r"|pelanggan|pelaku usaha|pemilik)\b)"
    r"(?:(?!\b(?:agar|supaya|di(?:imbau|ajak|harapkan|mohon|anjurkan|sarankan|minta|dorong))\b)[^.;]){0,80}?"
    r" (?:agar|supaya) (?:(?:selalu|tetap|segera|wajib|harus|tidak) )?(?:me|ber|hadir\b|ikut\b|patuh\b)",
    re.IGNORECASE,
)
"""A sentence in which people are told to do something, and not that something be done for them."""


@rule(
    "public-instructed",
    severity=Severity.WARNING,
    number="practice",
    says=("`{whom}` is told what to do, and an instruction commands officials only",
          "`{whom}` diberi perintah, padahal instruksi hanya ditujukan kepada pejabat"),
    help=("tell officials to ask it (`Camat agar mengimbau warga ...`), or put it into a Peraturan",
          "perintahkan pejabat mengimbaunya (`Camat agar mengimbau warga ...`), atau atur dalam Peraturan"),
    of=frozenset({Instrument.INSTRUCTION}),
)  # fmt: skip
def public_instructed(draft: Draft) -> Iterator[Finding]:
    """A point of an instruction tells the public what to do.

    It binds the officials to whom it goes. What people are asked to do they are asked by these, and what they must do
    stands in legislation. A point in which people are served, or asked, is not found.

    Bad:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Setiap orang agar menunjukkan bukti vaksinasi.

    Good:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Camat agar mengimbau setiap orang menunjukkan bukti vaksinasi.
    """
    for one in draft.norms():
        first = one.items[0].text if one.items and one.text.endswith(":") else ""
        found = _PUBLIC_TOLD.match(f"{one.text.rstrip(' :')} {first}")
        if found is not None:
            yield one.passage.at(), {"whom": found["whom"]}


@rule(
    "followed-up-without-number",
    severity=Severity.WARNING,
    number="practice",
    says=("what is followed up is not named by number", "yang ditindaklanjuti tidak disebut nomornya"),
    help=("name kind, number and title of what is followed up", "sebut jenis, nomor, dan judul yang ditindaklanjuti"),
    of=SOFT,
)
def followed_up_without_number(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction follows up something that cannot be looked up.

    Instructions that only say "following the direction of" somebody have been criticised, as reported: nobody can read
    what the act rests on. This is good practice, and no rule of Lampiran II.

    Bad:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Menindaklanjuti arahan Presiden, dengan ini menginstruksikan:

    Good:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Menindaklanjuti Instruksi Menteri Dalam Negeri Nomor 42 Tahun 2021, dengan ini menginstruksikan:
    """
    for one in (*draft.opening, *(point.passage for top in draft.points for point in top.all())):
        start = one.text.find("enindaklanjuti ")
        if start >= 0 and "Nomor" not in one.text[start : start + 400]:
            yield one.at(max(0, start - 1)), {}


@rule(
    "addressees-missing",
    severity=Severity.WARNING,
    number="practice",
    says=("nobody is named to whom it goes", "tidak menyebut kepada siapa naskah ini ditujukan"),
    help=("name them after `Yth.` in a circular, after `Kepada :` in an instruction",
          "sebutkan setelah `Yth.` dalam surat edaran, setelah `Kepada :` dalam instruksi"),
    of=SOFT,
)  # fmt: skip
def addressees_missing(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction does not say to whom it goes.

    It binds officials at most, and only those to whom it goes.

    Bad:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Untuk :

        KESATU : Menyelenggarakan vaksinasi.

    Good:

        # RANCANGAN INSTRUKSI WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI

        Kepada : 1. Camat;

        Untuk :

        KESATU : Menyelenggarakan vaksinasi.
    """
    texts = (one.text for one in (*draft.before, *draft.opening, *(item.passage for item in draft.norms())))
    if not (draft.addressees and draft.addressees.items) and not any(_ADDRESSES.match(text) for text in texts):
        yield draft.title.at(), {}
