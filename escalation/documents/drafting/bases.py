"""Legal basis (Mengingat)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from escalation.diagnostics import Severity
from escalation.documents.drafting.citations import Citation, citation, spelt_out
from escalation.documents.drafting.grounds import WITH_GROUNDS
from escalation.documents.drafting.model import Draft, Instrument, Item
from escalation.documents.drafting.registry import BYLAW_ONLY, Finding, rule

_MAKER = re.compile(r" Nomor\b")
GOVERNOR = 7
"""The rank of a governor's regulation, whose place beside by-laws of cities is not settled: it is not compared."""


def bases(draft: Draft) -> Iterator[tuple[Item, Citation]]:
    """Give each norm that a draft rests on, as far as it can be told which one that is."""
    for one in draft.bases.items if draft.bases else ():
        cited = citation(spelt_out(one.text))
        if cited is not None:
            yield one, cited


@rule(
    "legal-basis-missing",
    severity=Severity.ERROR,
    number="28",
    says=("the draft names no legal basis", "rancangan tidak memuat dasar hukum"),
    help=("write `Mengingat :` with the norm that gives the power", "tulis `Mengingat :` dengan dasar kewenangan"),
    of=WITH_GROUNDS,
)
def legal_basis_missing(draft: Draft) -> Iterator[Finding]:
    """A draft does not say on which law it rests.

    `Mengingat` names the norm that gives the power to make the act, and the one that orders it.

    Bad:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        MEMUTUSKAN:

    Good:

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

        Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;

        MEMUTUSKAN:
    """
    if draft.bases is None or not draft.bases.items:
        yield (draft.bases.at if draft.bases else draft.title.at()), {}


@rule(
    "lower-norm-as-basis",
    severity=Severity.ERROR,
    number="41",
    says=("`{said}` cannot be a legal basis of this draft", "`{said}` tidak dapat menjadi dasar hukum rancangan ini"),
    help=(
        "name only legislation of equal or higher rank; put the other into a consideration",
        "muat hanya peraturan yang setingkat atau lebih tinggi; sebutkan yang lain dalam konsiderans",
    ),
    of=WITH_GROUNDS,
)
def lower_norm_as_basis(draft: Draft) -> Iterator[Finding]:
    """Mengingat lists what is no legislation, or ranks below the draft.

    Only legislation of equal or higher rank gives power: no circular, instruction or decree, and for a Perda no
    Perwal. What was followed up may be named in Menimbang.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

        2. Instruksi Menteri Dalam Negeri Nomor 42 Tahun 2021;

    Good:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

        2. Peraturan Presiden Nomor 14 Tahun 2021;
    """
    for one, cited in bases(draft):
        if not cited.is_legislation or (draft.instrument is Instrument.BYLAW and cited.is_below_bylaw):
            yield one.passage.at(), {"said": cited.said}


@rule(
    "bases-out-of-order",
    severity=Severity.ERROR,
    number="43",
    says=("this basis belongs before the one above it", "dasar hukum ini seharusnya mendahului yang di atasnya"),
    help=(
        "order the bases by rank, and those of one rank by year and number",
        "urutkan menurut tata urutan peraturan, lalu menurut tahun dan nomor",
    ),
    of=WITH_GROUNDS,
)
def bases_out_of_order(draft: Draft) -> Iterator[Finding]:
    """The norms of Mengingat are not ordered by rank and date.

    The higher norm comes first; of the same rank, the older one. A governor's regulation is left out of the comparison.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

        2. Undang-Undang Nomor 9 Tahun 1996 tentang Pembentukan Kotamadya Daerah Tingkat II Bekasi;

    Good:

        Mengingat : 1. Undang-Undang Nomor 9 Tahun 1996 tentang Pembentukan Kotamadya Daerah Tingkat II Bekasi;

        2. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
    """
    ranked = [(one, cited) for one, cited in bases(draft) if cited.is_legislation and cited.rank != GOVERNOR]
    for (_, above), (one, below) in pairwise(ranked):
        if _order(below) < _order(above):
            yield one.passage.at(), {}


def _order(cited: Citation) -> tuple[int, int, int]:
    return cited.rank, cited.year or 0, cited.number or 0


@rule(
    "basis-without-semicolon",
    severity=Severity.ERROR,
    number="52",
    says=("a legal basis does not end with a semicolon", "dasar hukum tidak diakhiri tanda titik koma"),
    help=("end each with `;`, the last one too", "akhiri setiap dasar hukum dengan `;`, termasuk yang terakhir"),
    of=WITH_GROUNDS,
)
def basis_without_semicolon(draft: Draft) -> Iterator[Finding]:
    """A legal basis does not end with a semicolon.

    Each ends with a semicolon, the last one too.

    Bad:

        Mengingat : 1. Peraturan Presiden Nomor 14 Tahun 2021.

    Good:

        Mengingat : 1. Peraturan Presiden Nomor 14 Tahun 2021;
    """
    for one in draft.bases.items if draft.bases else ():
        if not one.last.text.endswith(";"):
            yield one.last.passage.at(max(0, len(one.last.text) - 1)), {}


@rule(
    "bases-misnumbered",
    severity=Severity.ERROR,
    number="52",
    says=("a legal basis is numbered `{found}`, where `{wanted}` is due",
          "dasar hukum bernomor `{found}`, seharusnya `{wanted}`"),
    help=("number the bases `1.`, `2.`, `3.` in order", "beri nomor `1.`, `2.`, `3.` secara berurutan"),
    of=WITH_GROUNDS,
)  # fmt: skip
def bases_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The numbers of the legal bases are missing, or out of order.

    Where there are several, each begins with an Arabic number and a full stop.

    Bad:

        Mengingat : a. Undang-Undang Nomor 9 Tahun 1996;

        b. Undang-Undang Nomor 23 Tahun 2014;

    Good:

        Mengingat : 1. Undang-Undang Nomor 9 Tahun 1996;

        2. Undang-Undang Nomor 23 Tahun 2014;
    """
    found = draft.bases.items if draft.bases else ()
    if len(found) > 1:
        for wanted, one in enumerate(found, start=1):
            if one.mark != str(wanted):
                yield one.at, {"found": one.mark or "-", "wanted": wanted}
                return


@rule(
    "basis-twice",
    severity=Severity.ERROR,
    number="28, 52",
    says=("`{said}` stands twice among the legal bases", "`{said}` dua kali menjadi dasar hukum"),
    help=("leave one of the two out", "hapus salah satunya"),
    of=WITH_GROUNDS,
)
def basis_twice(draft: Draft) -> Iterator[Finding]:
    """A norm is named twice in Mengingat.

    Either it is there once too often, or another one was meant.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

        2. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

    Good:

        Mengingat : 1. Undang-Undang Nomor 9 Tahun 1996 tentang Pembentukan Kotamadya Daerah Tingkat II Bekasi;

        2. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
    """
    seen = set()
    for one, cited in bases(draft):
        # Acts of the same rank are told apart by who made them: regulations of two ministers may share a number.
        who = cited.said, *cited.identity, _MAKER.split(spelt_out(one.text), maxsplit=1)[0]
        if cited.number is not None and who in seen:
            yield one.passage.at(), {"said": cited.numbered}
        seen.add(who)


@rule(
    "founding-bases-missing",
    severity=Severity.ERROR,
    number="39",
    says=("the bases of a Perda do not include {basis}", "dasar hukum Perda tidak memuat {basis}"),
    help=(
        "begin with Pasal 18 ayat (6) of the constitution, the law that founded the region, and UU 23/2014",
        "awali dengan Pasal 18 ayat (6) UUD 1945, undang-undang pembentukan daerah, dan UU 23/2014",
    ),
    of=BYLAW_ONLY,
)
def founding_bases_missing(draft: Draft) -> Iterator[Finding]:
    """A Perda does not name the three bases that every Perda has.

    These are pasal 18 ayat (6) of the constitution, the law that founded the region, and the law on regional
    government.

    Bad:

        Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;

        2. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

    Good:

        Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;

        2. Undang-Undang Nomor 9 Tahun 1996 tentang Pembentukan Kotamadya Daerah Tingkat II Bekasi;

        3. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
    """
    if draft.bases is None:
        return
    texts = [spelt_out(one.text) for one, _ in bases(draft)]
    wanted = {
        # The constitution without any article is what another rule is about.
        "`Pasal 18 ayat (6)`": any(text.startswith(("Pasal 18 ayat (6)", "Undang-Undang Dasar")) for text in texts),
        "`Undang-Undang ... tentang Pembentukan ...`": any(
            text.startswith("Undang-Undang") and "tentang Pembentukan" in text for text in texts
        ),
        "`Undang-Undang Nomor 23 Tahun 2014`": any("Nomor 23 Tahun 2014" in text for text in texts),
    }
    yield from ((draft.bases.at, {"basis": name}) for name, is_there in wanted.items() if not is_there)
