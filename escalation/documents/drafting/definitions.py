"""Definitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from escalation.diagnostics import Severity
from escalation.documents.drafting.blocks import Style
from escalation.documents.drafting.model import Draft, Item
from escalation.documents.drafting.passage import Passage
from escalation.documents.drafting.registry import Finding, rule

_INTRODUCES = re.compile(r"\b[Yy]ang dimaksud dengan ?:")
_TERM = re.compile(
    r"(?P<term>[^,;:]{1,80}?),?(?: yang selanjutnya (?:disebut|disingkat) (?P<short>[^,;:]{1,80}?),?)? adalah\b"
)
_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"\w")
_COMPOUNDS = {
    "daerah": (
        re.compile(
            r"\b(?:perangkat|pemerintah|pemerintahan|peraturan|kepala|sekretaris|milik|rakyat|lembaran|berita|antar|hukum"
            r"|keuangan|pendapatan|belanja|pajak|retribusi|urusan)[ -]$",
            re.IGNORECASE,
        ),
        re.compile(
            r" (?:lain(?:nya)?|otonom|asal|tujuan|tertinggal|aliran|rawan|perbatasan|provinsi|kabupaten|kota)\b"
        ),
    ),
    "kota": (re.compile(r"\b(?:wali|antar)[ -]$", re.IGNORECASE), re.compile(r" (?:lain(?:nya)?|asal|tujuan)\b")),
}
"""Words of which a term in small letters may be a part: what stands before it, and after it."""
MOST_TERMS = 200
"""So many definitions of one draft are looked at."""


def definitions(draft: Draft) -> tuple[Item, ...]:
    """Give the definitions of a draft, each as the item that gives it."""
    return tuple(
        below
        for article in draft.articles
        for one in article.all()
        if _INTRODUCES.search(one.text)
        for below in one.items
        if below.style is not Style.NONE
    )[:MOST_TERMS]


def term_of(one: Item) -> str:
    """Give the term that a definition defines, the short one where it gives one; empty where it defines nothing."""
    found = _TERM.match(one.text)
    return (found["short"] or found["term"]).strip() if found else ""


def terms(draft: Draft) -> Iterator[str]:
    """Give the terms that a draft defines."""
    return (term for one in definitions(draft) if (term := term_of(one)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A place at which a defined term is used: the definition, and what is written where."""

    of: Item
    passage: Passage
    start: int
    said: str


def uses(draft: Draft) -> Iterator[Use]:
    """Find every use of a defined term in the articles, in whatever letters, its own definition left out."""
    known: dict[tuple[str, ...], dict[int, dict[str, Item]]] = {}
    for one in definitions(draft):
        if term := term_of(one).lower():
            first = tuple(_WORD.findall(term)[:2])
            known.setdefault(first, {}).setdefault(len(term), {}).setdefault(term, one)
    for part in (one for article in draft.articles for one in article.all()):
        words = list(_WORD.finditer(part.text))
        for word, after in zip_longest(words, words[1:]):
            pair = (word[0].lower(), after[0].lower() if after else "")
            for length, of_length in (*known.get(pair[:1], {}).items(), *known.get(pair, {}).items()):
                said = part.text[word.start() : word.start() + length]
                of = of_length.get(said.lower())
                is_whole = not _LETTER.match(part.text, word.start() + length)
                if of is not None and of.at != part.at and is_whole:
                    yield Use(of=of, passage=part.passage, start=word.start(), said=said)


def _widest(found: Iterable[Use]) -> Iterator[Use]:
    """Leave out uses within a longer one: `vaksinasi` in `sasaran vaksinasi`, where both are defined."""
    above: Use | None = None
    for one in sorted(found, key=lambda use: (use.passage.at(), use.start, -len(use.said))):
        is_within = (
            above is not None
            and above.passage is one.passage
            and one.start + len(one.said) <= above.start + len(above.said)
        )
        if not is_within:
            above = one
            yield one


def _is_of_a_compound(one: Use) -> bool:
    """Say whether a term in small letters is a part of another word: `perangkat daerah`, where `Daerah` is defined."""
    before, after = _COMPOUNDS.get(one.said, (None, None))
    end = one.start + len(one.said)
    text = one.passage.text
    return bool((before and before.search(text[: one.start])) or (after and after.match(text, end)))


def _defined(draft: Draft) -> Iterator[tuple[Item, str]]:
    """Give each definition with its term."""
    return ((one, term) for one in definitions(draft) if (term := term_of(one)))


@rule(
    "definition-unused",
    severity=Severity.WARNING,
    number="96-102",
    says=("`{term}` is defined and never used", "`{term}` didefinisikan tetapi tidak digunakan"),
    help=("delete the definition, or use the term", "hapus batasan pengertian itu, atau gunakan istilahnya"),
)
def definition_unused(draft: Draft) -> Iterator[Finding]:
    """A term is defined and not used.

    General provisions define only what the articles use again and again. A use within another definition counts.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan kartu identitas.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.
    """
    used = Counter(term_of(one.of) for one in uses(draft))
    yield from ((one.passage.at(), {"term": term}) for one, term in _defined(draft) if not used[term])


@rule(
    "definition-used-once",
    severity=Severity.INFO,
    number="96-102",
    says=("`{term}` is defined and used once only", "`{term}` didefinisikan tetapi hanya digunakan satu kali"),
    help=("say what is meant where it is used", "jelaskan langsung di tempat penggunaannya"),
)
def definition_used_once(draft: Draft) -> Iterator[Finding]:
    """A term is defined and used once.

    Only what is used again and again is defined. A term that stands in one place is explained there.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        (1) Setiap orang menunjukkan Bukti Vaksinasi.

        (2) Petugas memeriksa Bukti Vaksinasi.
    """
    used = Counter(term_of(one.of) for one in uses(draft))
    yield from ((one.passage.at(), {"term": term}) for one, term in _defined(draft) if used[term] == 1)


@rule(
    "defined-term-in-lower-case",
    severity=Severity.ERROR,
    number="108",
    says=("the defined term `{term}` is written `{found}`", "istilah `{term}` ditulis `{found}`"),
    help=(
        "write a defined term as it is defined, with its capitals",
        "tulis istilah dengan huruf kapital sesuai batasannya",
    ),
)
def defined_term_in_lower_case(draft: Draft) -> Iterator[Finding]:
    """A defined term is written with other capitals than in its definition.

    The first letters of a defined term are capitals wherever it is used: in small letters it is another word,
    which nobody has defined. Where `Daerah` is defined, `perangkat daerah`, `daerah lain` and the like are other words.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan bukti vaksinasi.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.
    """
    for one in _widest(uses(draft)):
        term = term_of(one.of)
        if term[:1].isupper() and one.said != term and not one.said.isupper() and not _is_of_a_compound(one):
            yield one.passage.at(one.start), {"term": term, "found": one.said}


@rule(
    "definition-without-meaning",
    severity=Severity.ERROR,
    number="96-102",
    says=("the definition does not say `... adalah ...`", "batasan pengertian tidak berbentuk `... adalah ...`"),
    help=("write `Istilah adalah ...`, or `..., yang selanjutnya disebut Istilah, adalah ...`",
          "tulis `Istilah adalah ...` atau `... yang selanjutnya disebut Istilah adalah ...`"),
)  # fmt: skip
def definition_without_meaning(draft: Draft) -> Iterator[Finding]:
    """An item among the definitions defines nothing.

    Each gives a term and what it means; a definition holds no norm.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi wajib dibawa setiap orang.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.
    """
    for one in definitions(draft):
        if not term_of(one):
            yield one.passage.at(), {}


@rule(
    "definitions-misplaced",
    severity=Severity.ERROR,
    number="96-102",
    says=("definitions stand in `Pasal {article}`, not in the first", "batasan pengertian ada di `Pasal {article}`"),
    help=("put all definitions into the first article, in the chapter `KETENTUAN UMUM`",
          "muat semua batasan pengertian dalam pasal pertama, bab `KETENTUAN UMUM`"),
)  # fmt: skip
def definitions_misplaced(draft: Draft) -> Iterator[Finding]:
    """Definitions stand elsewhere than in the first article.

    They stand together in the general provisions, where a reader looks for them.

    Bad:

        Pasal 1

        Setiap orang menunjukkan Bukti Vaksinasi.

        Pasal 2

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Bukti Vaksinasi adalah keterangan bahwa seseorang telah divaksinasi.

        Pasal 2

        Setiap orang menunjukkan Bukti Vaksinasi.
    """
    for article in draft.articles[1:]:
        for one in article.all():
            if _INTRODUCES.search(one.text) and one.items:
                yield one.passage.at(), {"article": article.number}


@rule(
    "definition-twice",
    severity=Severity.ERROR,
    number="96-102",
    says=("`{term}` is defined twice", "`{term}` didefinisikan dua kali"),
    help=("leave one of the two definitions out", "hapus salah satu batasan pengertian itu"),
)
def definition_twice(draft: Draft) -> Iterator[Finding]:
    """A term is defined twice.

    Which of the two meanings holds cannot be told.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.

        2. Dinas adalah perangkat daerah di bidang kesehatan.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.
    """
    seen = set()
    for one, term in _defined(draft):
        if term.lower() in seen:
            yield one.passage.at(), {"term": term}
        seen.add(term.lower())


@rule(
    "definitions-misnumbered",
    severity=Severity.ERROR,
    number="96-102",
    says=("the definition is numbered `{found}`, where `{wanted}` is due",
          "batasan pengertian bernomor `{found}`, seharusnya `{wanted}`"),
    help=("number the definitions `1.`, `2.`, `3.` in order", "beri nomor `1.`, `2.`, `3.` secara berurutan"),
)  # fmt: skip
def definitions_misnumbered(draft: Draft) -> Iterator[Finding]:
    """The definitions are not numbered in order.

    Several definitions have Arabic numbers, so that they can be amended one by one.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.

        3. Vaksinasi adalah pemberian vaksin.

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.

        2. Vaksinasi adalah pemberian vaksin.
    """
    wanted, above = 0, None
    for one in definitions(draft):
        article = max((article for article in draft.articles if article.at < one.at), key=lambda article: article.at)
        wanted, above = (wanted + 1 if article.at == above else 1), article.at
        if one.mark != str(wanted):
            yield one.at, {"found": one.mark, "wanted": wanted}
            return


@rule(
    "definition-without-end",
    severity=Severity.ERROR,
    number="96-102",
    says=("the definition does not end with a full stop", "batasan pengertian tidak diakhiri tanda titik"),
    help=("end every definition with a full stop", "akhiri setiap batasan pengertian dengan tanda titik"),
)
def definition_without_end(draft: Draft) -> Iterator[Finding]:
    """A definition does not end with a full stop.

    Each is a sentence of its own, unlike the items of other lists.

    Bad:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan;

    Good:

        Pasal 1

        Dalam Peraturan Wali Kota ini yang dimaksud dengan:

        1. Dinas adalah Dinas Kesehatan.
    """
    for one in definitions(draft):
        if not one.last.text.endswith("."):
            yield one.last.passage.at(max(0, len(one.last.text) - 1)), {}
