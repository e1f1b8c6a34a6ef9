"""How norms are cited, and whether they are still in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.bases import bases
from escalation.documents.drafting.citations import KINDS_IN_SHORT, Citation, numbered
from escalation.documents.drafting.grounds import WITH_GROUNDS, considerations
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.passage import Passage, Position
from escalation.documents.drafting.registry import ALL, Finding, rule
from escalation.documents.papers.phrases import SENTENCES
from escalation.instruments import Fact, load_pack
from escalation.instruments.model import Repeal
from escalation.policy.values import Language

_YEAR = r"(?:/| Tahun | Th\.? ?)[0-9]{4}\b(?![/.])"
_IN_SHORT = re.compile(
    rf"\b(?:{KINDS_IN_SHORT}) (?:(?:No\b\.?|Nomor) ?:? ?)?[0-9]{{1,4}}(?:{_YEAR})?"
    rf"|\bUUD(?: NRI)?(?: Tahun)? 1945\b|\b(?:No\b\.? ?|Nomor ?: ?)[0-9]{{1,4}}{_YEAR}"
    rf"|\b(?:Undang-Undang|Peraturan (?:Pemerintah|Presiden|Daerah)) (?:Nomor )?[0-9]{{1,3}}/[0-9]{{4}}\b"
)
_RANKS = {"undang_undang": 2, "peraturan_pemerintah": 3, "peraturan_presiden": 4, "peraturan_menteri": 5}
"""Ranks of the pack, as citations count them."""


@rule(
    "citation-in-short",
    severity=Severity.WARNING,
    number="47, 49",
    says=("`{found}` cites a norm in short", "`{found}` menyebut peraturan dengan singkatan"),
    help=(
        "write kind, number and year in full: `Undang-Undang Nomor 25 Tahun 2009 tentang ...`",
        "tulis lengkap: `Undang-Undang Nomor 25 Tahun 2009 tentang ...`",
    ),
    of=ALL,
)
def citation_in_short(draft: Draft) -> Iterator[Finding]:
    """A norm is cited with an abbreviation.

    Legal texts name kind, number, year and title of what they cite: `UU`, `Perpres`, `No.` and `25/2009` belong in
    notes and the press.

    Bad:

        Mengingat : 1. UU No. 25 Tahun 2009 tentang Pelayanan Publik;

    Good:

        Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;
    """
    for one in draft.passages():
        if one is not draft.title:
            yield from ((at, {"found": found[0].strip()}) for at, found in one.finds(_IN_SHORT))


@rule(
    "basis-no-longer-in-force",
    severity=Severity.WARNING,
    number="41-42",
    says=("`{said}` was repealed on {day} by {by} ({certainty})",
          "`{said}` dicabut pada {day} dengan {by} ({kepastian})"),
    help=(
        "look it up, and cite what holds on the day of the law; `--date` gives that day",
        "periksa, dan sebut peraturan yang berlaku pada tanggal hukum itu (`--date`)",
    ),
    of=ALL,
)  # fmt: skip
def basis_no_longer_in_force(draft: Draft, *, on: date) -> Iterator[Finding]:
    """A draft rests on a norm that was repealed before the day of the law.

    What no longer holds gives no power. Known are the repeals in the pack `indonesia-city`, and a finding says how
    certain each of them is. Looked at are Mengingat, the considerations, and the opening and points of a circular or an
    instruction; the norm that a draft repeals itself is another finding.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 6 Tahun 2018 tentang Kekarantinaan Kesehatan;

    Good:

        Mengingat : 1. Undang-Undang Nomor 17 Tahun 2023 tentang Kesehatan;
    """
    gone = _repealed_by(on)
    for at, cited in _cited(draft):
        for fact in gone.get((cited.rank, cited.number, cited.year), ()):
            certainty, kepastian = SENTENCES[fact.certainty.value]
            yield at, {"said": f"{cited.said} {cited.number}/{cited.year}", "day": fact.from_, "certainty": certainty,
                       "by": fact.value.by.in_language(Language.INDONESIAN), "kepastian": kepastian}  # fmt: skip


def _repealed_by(day: date) -> dict[tuple[int, int | None, int | None], tuple[Fact[Repeal], ...]]:
    """Give the repeals that the pack of Indonesian cities knows on a day, by rank, number and year of the norm."""
    pack = load_pack("indonesia-city")
    return {
        (_RANKS.get(norm.value.rank or "", -1), norm.value.number, norm.value.year): (fact,)
        for name, fact in pack.repeals.items()
        for norm in pack.norms[name]
        if fact.covers(day)
    }


def _cited(draft: Draft) -> Iterator[tuple[Position, Citation]]:
    """Give the norms that a draft rests on: those of Mengingat, and those that its reasons name with their numbers."""
    yield from ((one.passage.at(), cited) for one, cited in bases(draft) if cited.number is not None)
    for passage in _resting(draft):
        yield from ((passage.at(start), cited) for start, cited in numbered(passage.text))


def _resting(draft: Draft) -> Iterator[Passage]:
    yield from (one.passage for top in considerations(draft) for one in top.all())
    if draft.instrument is not None and draft.instrument.is_soft:
        yield from (*draft.opening, *(one.passage for one in draft.norms()))


@rule(
    "norm-of-a-later-year",
    severity=Severity.ERROR,
    number="28",
    says=("`{said}` is of a year after {day}", "`{said}` bertahun setelah {day}"),
    help=("look number and year up; `--date` gives the day of the law",
          "periksa nomor dan tahunnya; `--date` menentukan tanggal hukum"),
    of=WITH_GROUNDS,
)  # fmt: skip
def norm_of_a_later_year(draft: Draft, *, on: date) -> Iterator[Finding]:
    """A draft rests on a norm whose year is still to come.

    Either number and year are swapped or misspelt, or the law of another day is asked about.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2041 tentang Pemerintahan Daerah;

    Good:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
    """
    for one, cited in bases(draft):
        if cited.year is not None and cited.year > on.year:
            yield one.passage.at(), {"said": f"{cited.said} {cited.number}/{cited.year}", "day": on.isoformat()}
