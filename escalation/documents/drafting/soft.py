"""Circulars and instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.denial import is_denied
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import SOFT, Finding, rule

_OBLIGES = re.compile(
    r"\b(?:(?:me|di)?wajib(?:kan)?|kewajiban|dilarang|larangan|melarang|sanksi|denda|(?:di|ter|)pidana(?:kan)?)\b",
    re.IGNORECASE,
)
_CITED = re.compile(r"\b(?:Undang-Undang|Peraturan|Keputusan|Instruksi|Surat Edaran)\b[^.;]{0,200}$")


@rule(
    "words-of-obligation",
    severity=Severity.ERROR,
    number="268",
    says=("`{word}` stands in {form}, which can oblige nobody outside the administration",
          "`{word}` terdapat dalam {form}, yang tidak dapat membebani masyarakat"),
    help=(
        "ask (`mengimbau`, `mengajak`, `agar`), or put the duty into a Peraturan",
        "gunakan kata imbauan (`mengimbau`, `mengajak`, `agar`), atau atur kewajiban dalam Peraturan",
    ),
    of=SOFT,
)  # fmt: skip
def words_of_obligation(draft: Draft) -> Iterator[Finding]:
    """A circular or an instruction speaks of duties, prohibitions or penalties.

    Neither is legislation. `Wajib` is for duties whose breach is sanctioned (Lampiran II no. 268), criminal provisions
    stand in laws and Perda only (pasal 15 UU 12/2011), and that a circular carries no sanction is doctrine. A sentence
    that denies a duty or a penalty is not found, nor is the name of another act.

    Bad:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Setiap warga wajib menunjukkan bukti vaksinasi dosis pertama.

    Good:

        # RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI COVID-19

        1. Setiap warga diimbau menunjukkan bukti vaksinasi dosis pertama; yang belum divaksinasi tidak dikenai sanksi.
    """
    form = "surat edaran" if draft.instrument is Instrument.CIRCULAR else "instruksi"
    for one in (draft.title, *(item.passage for item in draft.norms())):
        for at, found in one.finds(_OBLIGES):
            before = one.text[max(0, found.start() - 200) : found.start()]
            is_cited = one is not draft.title and _CITED.search(before)
            if not is_cited and not is_denied(one.text, found.start(), found.end()):
                yield at, {"word": found[0], "form": form}


@rule(
    "followed-up-without-number",
    severity=Severity.WARNING,
    number="practice",
    says=("what is followed up is not named by number", "yang ditindaklanjuti tidak disebut nomornya"),
    help=("name kind, number and title of what is followed up", "sebut jenis, nomor, dan judul yang ditindaklanjuti"),
    of=frozenset({Instrument.INSTRUCTION, Instrument.CIRCULAR}),
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
