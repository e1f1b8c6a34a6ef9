"""Elucidation (Penjelasan)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import Finding, rule

BYLAW_ONLY = frozenset({Instrument.BYLAW})
_ARTICLE = re.compile(r"(?:Pasal|PASAL) (?P<number>[0-9]{1,3}[A-Z]?)\b")
_NORM = re.compile(r"\b(?:wajib|dilarang|dikenai sanksi|dipidana)\b")


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
    says=("the elucidation says nothing on `Pasal {article}`", "penjelasan tidak memuat `Pasal {article}`"),
    help=("write the article and `Cukup jelas.` where nothing is to be explained",
          "tulis pasalnya dan `Cukup jelas.` bila tidak ada yang perlu dijelaskan"),
    of=BYLAW_ONLY,
)  # fmt: skip
def elucidation_incomplete(draft: Draft) -> Iterator[Finding]:
    """An article has no place in the elucidation.

    The elucidation goes through the articles one by one; one that needs no explanation is `Cukup jelas.`

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

        II. PASAL DEMI PASAL

        Pasal 1

        Cukup jelas.

        Pasal 2

        Cukup jelas.
    """
    if draft.elucidation is None:
        return
    explained = {
        found["number"] for one in draft.elucidation.passages if (found := _ARTICLE.match(one.text)) is not None
    }
    for article in draft.articles:
        if article.number not in explained:
            yield draft.elucidation.at, {"article": article.number}


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
