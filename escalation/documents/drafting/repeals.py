"""Repeals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.citations import Citation, numbered
from escalation.documents.drafting.model import Draft, Instrument, Item
from escalation.documents.drafting.registry import ALL, Finding, rule

_REPEALS = re.compile(r"\b(?:dicabut|dinyatakan tidak berlaku)\b")
_NORM = re.compile(r"\b(?:peraturan|ketentuan|keputusan|instruksi)\b", re.IGNORECASE)
_LICENCE = re.compile(r"\b(?:izin|lisensi)\b", re.IGNORECASE)
_LEFT_OPEN = re.compile("Nomor … Tahun … tentang [A-Z]")
_SWEEPING = re.compile(
    r"\b(?:semua|segala|seluruh)\b.{0,80}\b(?:peraturan|ketentuan|keputusan)\b.{0,120}"
    r"\b(?:bertentangan|dicabut|tidak berlaku)\b",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\bdicabut dan dinyatakan tidak berlaku\b")


def repealing(draft: Draft) -> Iterator[Item]:
    """Give each part of the body that repeals norms, with what stands below it; revoking a licence is no repeal."""
    tops = draft.points if draft.instrument is not None and not draft.instrument.is_legislation else ()
    for parts in (*(article.parts for article in draft.articles), tops):
        for part in parts:
            text = " ".join(one.text for one in part.all())
            if _REPEALS.search(text) and _NORM.search(text) and not _LICENCE.search(text):
                yield part


def repealed(draft: Draft) -> Iterator[tuple[Item, Citation]]:
    """Give each norm that a draft repeals, with the part that names it."""
    for part in repealing(draft):
        for one in part.all():
            yield from ((one, cited) for _, cited in numbered(one.text))


@rule(
    "repeal-without-name",
    severity=Severity.ERROR,
    number="145-147",
    says=("the repeal does not name the act that is repealed", "pencabutan tidak menyebut peraturan yang dicabut"),
    help=(
        "name kind, number, year and title of every act that is repealed",
        "sebut jenis, nomor, tahun, dan judul setiap peraturan yang dicabut",
    ),
)
def repeal_without_name(draft: Draft) -> Iterator[Finding]:
    """A repeal does not say which act it repeals.

    An act that is no longer needed is repealed by name, with its gazette. "All provisions that conflict with this one"
    leaves everybody to find out what still holds. Number and year may still be open, `Nomor … Tahun … tentang` with the
    title: people fill them.

    Bad:

        Pasal 4

        Semua peraturan yang bertentangan dengan Peraturan Wali Kota ini dicabut dan dinyatakan tidak berlaku.

    Good:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi (Berita Daerah Kota Bekasi Tahun 2020 Nomor 28) dicabut dan dinyatakan tidak berlaku.
    """  # noqa: E501 - a provision is one line
    for part in repealing(draft):
        texts = list(part.all())
        sweeping = next((one for one in texts if _SWEEPING.search(one.text)), None)
        if sweeping is not None or not any(list(numbered(one.text)) or _LEFT_OPEN.search(one.text) for one in texts):
            yield (sweeping or part).passage.at(), {}


@rule(
    "repeal-worded",
    severity=Severity.ERROR,
    number="145-147",
    says=("the repeal is not worded `dicabut dan dinyatakan tidak berlaku`",
          "pencabutan tidak dirumuskan `dicabut dan dinyatakan tidak berlaku`"),
    help=("write `dicabut dan dinyatakan tidak berlaku`", "tulis `dicabut dan dinyatakan tidak berlaku`"),
)  # fmt: skip
def repeal_worded(draft: Draft) -> Iterator[Finding]:
    """A repeal is not worded in the formula.

    What is in force is repealed with `dicabut dan dinyatakan tidak berlaku`.

    Bad:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut.

    Good:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut dan dinyatakan tidak berlaku.
    """
    for part in repealing(draft):
        if not any(_FORMULA.search(one.text) for one in part.all()):
            found = next(one for one in part.all() if _REPEALS.search(one.text))
            start = _REPEALS.search(found.text)
            yield found.passage.at(start.start() if start else 0), {}


@rule(
    "repeal-of-higher-norm",
    severity=Severity.ERROR,
    number="158",
    says=(
        "`{said}` ranks above the draft, which cannot repeal it",
        "`{said}` lebih tinggi daripada rancangan yang mencabut",
    ),
    help=("repeal it by an act of the same or higher rank", "cabut dengan peraturan yang setingkat atau lebih tinggi"),
    of=ALL,
)
def repeal_of_higher_norm(draft: Draft) -> Iterator[Finding]:
    """A draft repeals a norm that ranks above it.

    An act is repealed by one of the same or of a higher rank: a Perwal cannot repeal a Perda, so that stepping down
    from a Perda needs a Perda. A circular, an instruction or a decree repeals no legislation.

    Bad:

        Pasal 4

        Peraturan Daerah Kota Bekasi Nomor 15 Tahun 2020 tentang Adaptasi dicabut dan dinyatakan tidak berlaku.

    Good:

        Pasal 4

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut dan dinyatakan tidak berlaku.
    """
    for one, cited in repealed(draft):
        is_higher = not cited.is_below_bylaw and (draft.instrument is not Instrument.BYLAW or not cited.is_bylaw)
        is_soft = draft.instrument is not None and not draft.instrument.is_legislation
        if is_higher or (is_soft and cited.is_legislation):
            yield one.passage.at(), {"said": cited.numbered}
