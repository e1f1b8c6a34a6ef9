"""Elucidation (Penjelasan)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import GENERAL_PART, Draft
from escalation.documents.drafting.passage import Position
from escalation.documents.drafting.registry import BYLAW_ONLY, Finding, rule

_ARTICLE = re.compile(r"(?:Pasal|PASAL) (?P<number>[0-9]{1,3}[A-Z]?)\b")
_HEADED = {"", "cukup jelas"}
"""What may follow an article on its line in the elucidation, where the line is its heading."""
_PARTS = {
    "I. UMUM": GENERAL_PART,
    "II. PASAL DEMI PASAL": re.compile(r"(?:II\.? )?PASAL DEMI PASAL\b", re.IGNORECASE),
}
_NORM = re.compile(r"\b(?:wajib|dilarang|dikenai sanksi|dipidana)\b")


def _explained(draft: Draft, *, as_heading: bool = False) -> Iterator[tuple[Position, str]]:
    """Give the articles with which paragraphs of the elucidation begin, or of which they are headings, in order."""
    for one in draft.elucidation.passages if draft.elucidation else ():
        found = _ARTICLE.match(one.text)
        if found is not None and not (as_heading and one.text[found.end() :].strip(" .").lower() not in _HEADED):
            yield one.at(), found["number"]


@rule(
    "elucidation-missing",
    severity=Severity.ERROR,
    number="174",
    says=(
        "a Perda has an elucidation, and the draft has none",
        "rancangan Perda ini tidak memuat penjelasan",
    ),
    help=(
        "write `PENJELASAN ATAS ...` with `I. UMUM` and `II. PASAL DEMI PASAL` after the closing block",
        "tulis `PENJELASAN ATAS ...` dengan `I. UMUM` dan `II. PASAL DEMI PASAL` setelah bagian penutup",
    ),
    of=BYLAW_ONLY,
)
def elucidation_missing(draft: Draft) -> Iterator[Finding]:
    """A Perda has no elucidation.

    Every Perda has one: a general part, and one on each article.

    Bad:

        Pasal 1

        Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.

    Good:

        Pasal 1

        Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        I. UMUM
    """
    if draft.elucidation is None:
        yield (draft.closing[-1].at() if draft.closing else draft.title.at()), {}


@rule(
    "elucidation-incomplete",
    severity=Severity.ERROR,
    number="174-191",
    says=("the elucidation has no `{part}`", "penjelasan tidak memuat `{part}`"),
    help=("write the article and `Cukup jelas.` where nothing is to be explained",
          "tulis pasalnya dan `Cukup jelas.` bila tidak ada yang perlu dijelaskan"),
    of=BYLAW_ONLY,
    of_whole_acts=True,
)  # fmt: skip
def elucidation_incomplete(draft: Draft) -> Iterator[Finding]:
    """An article has no place in the elucidation, or one of its two parts is missing.

    The elucidation has a general part, `I. UMUM`, and goes through the articles one by one under
    `II. PASAL DEMI PASAL`; one that needs no explanation is `Cukup jelas.`

    Bad:

        Pasal 1

        Ketentuan.

        Pasal 2

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        II. PASAL DEMI PASAL

        Pasal 1

        Cukup jelas.

    Good:

        Pasal 1

        Ketentuan.

        Pasal 2

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        I. UMUM

        Penyakit menular dicegah bersama.

        II. PASAL DEMI PASAL

        Pasal 1

        Cukup jelas.

        Pasal 2

        Cukup jelas.
    """
    if draft.elucidation is None:
        return
    explained = {number for _, number in _explained(draft)}
    for article in draft.articles:
        if article.number not in explained:
            yield draft.elucidation.at, {"part": f"Pasal {article.number}"}
    for part, pattern in _PARTS.items():
        if not any(pattern.match(one.text) for one in draft.elucidation.passages):
            yield draft.elucidation.at, {"part": part}


@rule(
    "norm-in-elucidation",
    severity=Severity.ERROR,
    number="174-191",
    says=("`{word}` makes the elucidation a norm", "`{word}` membuat penjelasan memuat norma"),
    help=(
        "put the norm into an article; the elucidation only explains",
        "muat norma dalam pasal; penjelasan hanya menjelaskan",
    ),
    of=BYLAW_ONLY,
)
def norm_in_elucidation(draft: Draft) -> Iterator[Finding]:
    """The elucidation rules something.

    It explains the articles. It neither widens nor narrows them, and holds no norm.

    Bad:

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 1

        Setiap orang wajib membawa bukti vaksinasi.

    Good:

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 1

        Bukti vaksinasi dapat berupa sertifikat elektronik.
    """
    for one in draft.elucidation.passages if draft.elucidation else ():
        yield from ((at, {"word": found[0]}) for at, found in one.finds(_NORM))


@rule(
    "elucidation-out-of-order",
    severity=Severity.ERROR,
    number="174-191",
    says=("`Pasal {article}` is explained here, where it is out of order or there is no such article",
          "`Pasal {article}` dijelaskan di sini, padahal tidak urut atau tidak ada"),
    help=("explain the articles of the act one by one, in their order",
          "jelaskan pasal-pasal naskah ini satu demi satu, menurut urutannya"),
    of=BYLAW_ONLY,
    of_whole_acts=True,
)  # fmt: skip
def elucidation_out_of_order(draft: Draft) -> Iterator[Finding]:
    """The elucidation explains articles in another order, or articles that there are not.

    Numbers of articles change while a draft is written, and the elucidation is forgotten.

    Bad:

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 1

        Cukup jelas.

        Pasal 2

        Cukup jelas.

    Good:

        Pasal 1

        Ketentuan.

        Ditetapkan di Bekasi

        ## PENJELASAN ATAS RANCANGAN PERATURAN DAERAH KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        Pasal 1

        Cukup jelas.
    """
    places = {one.number: place for place, one in enumerate(draft.articles)}
    furthest = -1
    for at, number in _explained(draft, as_heading=True):
        place = places.get(number, -1)
        if place <= furthest:
            yield at, {"article": number}
        furthest = max(furthest, place)
