"""Opening."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.diagnostics import Severity
from escalation.documents.drafting.model import Draft, Instrument
from escalation.documents.drafting.registry import ALL, Finding, rule

_OFFICE = re.compile(r"(?:WALI ?KOTA|BUPATI|GUBERNUR)\b[^,.;:]{0,80}(?P<end>[,.;:]?)$")
_GRACE = re.compile(r"DENGAN RAHMAT TUHAN YANG MAHA ESA")


@rule(
    "grace-formula-missing",
    severity=Severity.ERROR,
    number="15",
    says=(
        "`DENGAN RAHMAT TUHAN YANG MAHA ESA` does not stand above the office before the considerations",
        "`DENGAN RAHMAT TUHAN YANG MAHA ESA` tidak ada di atas nama jabatan sebelum konsiderans",
    ),
    help=(
        "write it in capitals, above the office that makes the act",
        "tulis dengan huruf kapital, di atas nama jabatan",
    ),
)
def grace_formula_missing(draft: Draft) -> Iterator[Finding]:
    """The opening of legislation has no formula of grace.

    It is written in capitals, centred, before the office of who makes the act.

    Bad:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        WALI KOTA BEKASI,

    Good:

        # RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN … TENTANG VAKSINASI COVID-19

        DENGAN RAHMAT TUHAN YANG MAHA ESA

        WALI KOTA BEKASI,
    """
    texts = [one.text for one in draft.opening]
    grace = next((place for place, text in enumerate(texts) if _GRACE.search(text)), None)
    # The office above the title, in the letterhead, has no comma.
    offices = [place for place, text in enumerate(texts) if (found := _OFFICE.search(text)) and found["end"] == ","]
    if grace is None or (offices and offices[-1] < grace):
        yield (draft.title if grace is None else draft.opening[grace]).at(), {}


@rule(
    "office-without-comma",
    severity=Severity.ERROR,
    number="16",
    says=("the office that makes the act does not end with a comma", "nama jabatan tidak diakhiri tanda koma"),
    help=("write `WALI KOTA BEKASI,` in capitals before the considerations",
          "tulis `WALI KOTA BEKASI,` dengan huruf kapital sebelum konsiderans"),
    of=ALL - {Instrument.CIRCULAR},
)  # fmt: skip
def office_without_comma(draft: Draft) -> Iterator[Finding]:
    """The office before the considerations does not end with a comma.

    The office stands in capitals and ends with a comma, because the sentence goes on at `MEMUTUSKAN`.

    Bad:

        DENGAN RAHMAT TUHAN YANG MAHA ESA

        WALI KOTA BEKASI

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;

    Good:

        DENGAN RAHMAT TUHAN YANG MAHA ESA

        WALI KOTA BEKASI,

        Menimbang : a. bahwa cakupan vaksinasi di Kota Bekasi belum mencapai sasaran;
    """
    offices = [(one, found) for one in draft.opening if (found := _OFFICE.search(one.text))]
    for one, found in offices[-1:]:
        if found["end"] != ",":
            yield one.at(found.start()), {}
