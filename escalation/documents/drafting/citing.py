"""How norms are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.bases import bases
from escalation.documents.drafting.citations import KINDS_IN_SHORT, Citation, Identity, identity_of
from escalation.documents.drafting.grounds import WITH_GROUNDS
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.registry import ALL, Finding, rule
from escalation.documents.papers.phrases import SENTENCES
from escalation.instruments import Certainty, Fact, load_pack
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
_SUPPLEMENTED = re.compile(r"\bsebagaimana telah\b")
BEFORE_SUPPLEMENTS = 1950
"""Laws up to this year stand in Berita Negara, or have no supplement: their gazette is not looked at."""


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
    "basis-without-gazette",
    severity=Severity.ERROR,
    number="47, 49",
    says=("`{said}` is cited without `{gazette}`", "`{said}` disebut tanpa `{gazette}`"),
    help=(
        "add the gazette in brackets: `(Lembaran Negara ..., Tambahan Lembaran Negara ...)`",
        "tambahkan dalam kurung: `(Lembaran Negara ..., Tambahan Lembaran Negara ...)`",
    ),
    of=WITH_GROUNDS,
)
def basis_without_gazette(draft: Draft) -> Iterator[Finding]:
    """A law, government regulation or Perda is cited without its gazette.

    In Mengingat, laws and government regulations are cited with Lembaran Negara and its supplement, Perda with Lembaran
    Daerah (no. 49). A number that was not looked up yet may be an ellipsis.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan;

    Good:

        Mengingat : 1. Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan (Lembaran Negara Republik Indonesia Tahun 2014 Nomor 292, Tambahan Lembaran Negara Republik Indonesia Nomor 5601);
    """  # noqa: E501 - a citation is one line
    for one, cited in bases(draft):
        if cited.year is not None and cited.year <= BEFORE_SUPPLEMENTS:
            continue
        wanted = ("Lembaran Negara", "Tambahan Lembaran Negara") if cited.has_national_gazette else (
            ("Lembaran Daerah",) if cited.is_bylaw else ()
        )  # fmt: skip
        text = _SUPPLEMENTED.split(one.text, maxsplit=1)[0]
        missing = next((gazette for gazette in wanted if gazette not in text), None)
        if missing is not None:
            yield one.passage.at(), {"said": cited.said, "gazette": missing}


@rule(
    "constitution-without-article",
    severity=Severity.ERROR,
    number="44",
    says=("the constitution is cited without an article", "`Undang-Undang Dasar` disebut tanpa pasal"),
    help=(
        "write `Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945`",
        "tulis `Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945`",
    ),
    of=WITH_GROUNDS,
)
def constitution_without_article(draft: Draft) -> Iterator[Finding]:
    """The constitution is a legal basis without an article.

    It is cited with the article, and the paragraph where there is one, from which the power comes.

    Bad:

        Mengingat : 1. Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;

    Good:

        Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;
    """
    for one, cited in bases(draft):
        if cited.is_constitution and not cited.has_article:
            yield one.passage.at(), {}


@rule(
    "basis-with-article",
    severity=Severity.ERROR,
    number="45",
    says=("`{said}` is cited with an article", "`{said}` disebut beserta pasalnya"),
    help=(
        "cite the act as a whole; the article may stand in a consideration",
        "sebut peraturannya saja; pasalnya dapat dimuat dalam konsiderans",
    ),
    of=WITH_GROUNDS,
)
def basis_with_article(draft: Draft) -> Iterator[Finding]:
    """An act other than the constitution is a legal basis with an article.

    In Mengingat only the constitution is cited with its article.

    Bad:

        Mengingat : 1. Pasal 65 Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

    Good:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
    """
    for one, cited in bases(draft):
        if cited.has_article and not cited.is_constitution:
            yield one.passage.at(), {"said": cited.said}


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
        if identity_of(known) != cited.identity:
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


_Norms = dict[Identity, tuple[re.Match[str], Fact[Norm]]]


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
        identity_of(fact.value): (told, fact)
        for facts in load_pack("indonesia-city").norms.values()
        for fact in sorted(facts, key=lambda one: list(Certainty).index(one.certainty), reverse=True)
        if (told := _CITED.search(fact.value.citation.in_language(Language.INDONESIAN))) is not None
    }
