"""How norms are cited, and whether they are still in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.bases import bases
from escalation.documents.drafting.citations import KINDS_IN_SHORT, Citation, numbered
from escalation.documents.drafting.grounds import WITH_GROUNDS, reasons
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.passage import Position
from escalation.documents.drafting.registry import ALL, Finding, rule
from escalation.documents.papers.phrases import SENTENCES
from escalation.instruments import Certainty, Fact, load_pack
from escalation.instruments.model import Repeal
from escalation.policy.origins import Norm
from escalation.policy.values import Language

_YEAR = r"(?:/| Tahun | Th\.? ?)[0-9]{4}\b(?![/.])"
_IN_SHORT = re.compile(
    rf"\b(?:{KINDS_IN_SHORT}) (?:(?:No\b\.?|Nomor) ?:? ?)?[0-9]{{1,4}}(?:{_YEAR})?"
    rf"|\bUUD(?: NRI)?(?: Tahun)? 1945\b|\b(?:No\b\.? ?|Nomor ?: ?)[0-9]{{1,4}}{_YEAR}"
    rf"|\b(?:Undang-Undang|Peraturan (?:Pemerintah|Presiden|Daerah)) (?:Nomor )?[0-9]{{1,3}}/[0-9]{{4}}\b"
)
_CITED = re.compile(
    r"Nomor [0-9]{1,4} Tahun [0-9]{4} tentang (?P<name>[^;]{1,300}?)"
    r"(?=;|$| sebagaimana telah| \((?:Lembaran|Berita|LN))"
    r"(?: \((?:Lembaran|Berita) Negara Republik Indonesia (?P<gazette>Tahun \S{1,4} Nomor [^\s,);]{1,5})"
    r"(?:, Tambahan Lembaran Negara Republik Indonesia (?P<supplement>Nomor [^\s,);]{1,5}))?)?"
)
"""A norm as Mengingat cites it, with its own gazette."""
_AMENDED = re.compile(r"\bdiubah\b")
_AMENDMENT = re.compile(r"\bNomor (?P<number>[0-9]{1,3}) Tahun (?P<year>[0-9]{4})\b")
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
        if (fact := gone.get(cited.identity)) is not None:
            certainty, kepastian = SENTENCES[fact.certainty.value]
            yield at, {"said": cited.numbered, "day": fact.from_, "certainty": certainty,
                       "by": fact.value.by.in_language(Language.INDONESIAN), "kepastian": kepastian}  # fmt: skip


def _repealed_by(day: date) -> dict[_Identity, Fact[Repeal]]:
    """Give the repeals that the pack of Indonesian cities knows on a day, by what tells a norm from others."""
    pack = load_pack("indonesia-city")
    return {
        _identity(norm.value): fact
        for name, fact in pack.repeals.items()
        for norm in pack.norms[name]
        if fact.covers(day)
    }


def _cited(draft: Draft) -> Iterator[tuple[Position, Citation]]:
    """Give the norms that a draft rests on: those of Mengingat, and those that its reasons name with their numbers."""
    yield from ((one.passage.at(), cited) for one, cited in bases(draft) if cited.number is not None)
    for passage in reasons(draft):
        yield from ((passage.at(start), cited) for start, cited in numbered(passage.text))


_Identity = tuple[int, int | None, int | None]


def _identity(norm: Norm) -> _Identity:
    """Give what tells a norm of the pack from others, as `Citation.identity` does."""
    return _RANKS.get(norm.rank or "", -1), norm.year, norm.number


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
            yield one.passage.at(), {"said": cited.numbered, "day": on.isoformat()}


@rule(
    "basis-cited-otherwise",
    severity=Severity.WARNING,
    number="47, 49",
    says=("`{said}` is cited {how}, where the pack has `{wanted}` ({certainty})",
          "`{said}` disebut {bagaimana}, sedangkan paket memuat `{wanted}` ({kepastian})"),
    help=("look number, year, title, gazette and last amendment up",
          "periksa nomor, tahun, judul, lembaran, dan perubahan terakhirnya"),
    of=WITH_GROUNDS,
)  # fmt: skip
def basis_cited_otherwise(draft: Draft, *, on: date) -> Iterator[Finding]:
    """A legal basis has another title, number, gazette or last amendment than the pack of legal forms knows.

    Compared are the norms of the pack `indonesia-city`: a title or a gazette that differs, and a title that is that of
    a norm of the same kind with another number. What the pack leaves open is not compared. A last amendment is
    missing, or older than the one of the pack on the day of the law; the pack may not know a newer one.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Umum (Lembaran Negara Republik Indonesia Tahun 2009 Nomor 112, Tambahan Lembaran Negara Republik Indonesia Nomor 5038);

    Good:

        Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik (Lembaran Negara Republik Indonesia Tahun 2009 Nomor 112, Tambahan Lembaran Negara Republik Indonesia Nomor 5038);
    """  # noqa: E501 - a citation is one line
    norms = _known_norms()
    for one, cited in bases(draft):
        told = _CITED.search(one.text) if cited.year is None or cited.year <= on.year else None
        if told is not None:
            for part, wanted, fact in _differences(told, cited, norms):
                yield one.passage.at(told.start(part)), _cited_otherwise(cited, told[part], wanted, fact)
        if (older := _older_amendment(one.text, cited, on)) is not None:
            yield one.passage.at(), _cited_otherwise(cited, *older)


def _cited_otherwise(cited: Citation, found: str, wanted: str, fact: Fact[Norm]) -> dict[str, object]:
    """Say with what a norm is cited, or that it is without an amendment, and what the pack has."""
    how, bagaimana = (f"with `{found}`", f"dengan `{found}`") if found else ("without amendment", "tanpa perubahannya")
    certainty, kepastian = SENTENCES[fact.certainty.value]
    filled = {"wanted": wanted, "certainty": certainty, "kepastian": kepastian}
    return {"said": cited.numbered, "how": how, "bagaimana": bagaimana, **filled}


def _older_amendment(text: str, cited: Citation, day: date) -> tuple[str, str, Fact[Norm]] | None:
    """Give the last amendment of a citation and that of the pack on a day, where the former is missing or older."""
    for fact in (fact for facts in load_pack("indonesia-city").norms.values() for fact in facts if fact.covers(day)):
        known = fact.value
        if _identity(known) != cited.identity:
            continue
        wanted, found = _last_amendment(known.citation.in_language(Language.INDONESIAN)), _last_amendment(text)
        if wanted is not None and (found is None or _age(found) < _age(wanted)):
            return (
                (f"diubah dengan {found[0]}" if found else ""),
                f"diubah terakhir dengan {cited.said} {wanted[0]}",
                fact,
            )
    return None


def _last_amendment(text: str) -> re.Match[str] | None:
    """Give the latest of the acts by which a norm is amended, as its citation says; None where there is none."""
    amended = _AMENDED.search(text)
    return max(_AMENDMENT.finditer(text, amended.end()), key=_age, default=None) if amended else None


def _age(found: re.Match[str]) -> tuple[int, int]:
    return int(found["year"]), int(found["number"])


_Norms = dict[_Identity, tuple[re.Match[str], Fact[Norm]]]


def _differences(told: re.Match[str], cited: Citation, norms: _Norms) -> Iterator[tuple[str, str, Fact[Norm]]]:
    """Give the parts of a citation that the pack has otherwise, with what it has; `…` is what nobody looked up."""
    if (known := norms.get(cited.identity)) is not None:
        for part in ("name", "gazette", "supplement"):
            found, wanted = told[part] or "", known[0][part] or ""
            if found and wanted and "…" not in found + wanted and found.lower() != wanted.lower():
                yield part, wanted, known[1]
                return
        return
    for (rank, year, number), (other, fact) in norms.items():
        if rank == cited.rank and other["name"].lower() == told["name"].lower():
            yield "name", f"Nomor {number} Tahun {year}", fact
            return


def _known_norms() -> _Norms:
    """Give how the pack of Indonesian cities cites its norms, taken apart, by what tells them apart.

    Of several facts on a norm the most certain one is given: they differ in what amended it.
    """
    return {
        _identity(fact.value): (told, fact)
        for facts in load_pack("indonesia-city").norms.values()
        for fact in sorted(facts, key=lambda one: list(Certainty).index(one.certainty), reverse=True)
        if (told := _CITED.search(fact.value.citation.in_language(Language.INDONESIAN))) is not None
    }
