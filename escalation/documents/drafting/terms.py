"""The terms that a draft defines, and where it uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from escalation.documents.drafting.blocks import Style
from escalation.documents.drafting.model import Draft, Item
from escalation.documents.drafting.passage import Passage

INTRODUCES = re.compile(r"\b[Yy]ang dimaksud dengan ?:")
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
        if INTRODUCES.search(one.text)
        for below in one.items
        if below.style is not Style.NONE
    )[:MOST_TERMS]


def term_of(one: Item) -> str:
    """Give the term that a definition defines, the short one where it gives one; empty where it defines nothing."""
    found = _TERM.match(one.text)
    return (found["short"] or found["term"]).strip() if found else ""


def terms(draft: Draft) -> Iterator[str]:
    """Give the terms that a draft defines."""
    return (term for _, term in defined(draft))


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
                if of is not None and of.at != part.at and not _LETTER.match(part.text, word.start() + length):
                    yield Use(of=of, passage=part.passage, start=word.start(), said=said)


def widest(found: Iterable[Use]) -> Iterator[Use]:
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


def is_of_a_compound(one: Use) -> bool:
    """Say whether a term in small letters is a part of another word: `perangkat daerah`, where `Daerah` is defined."""
    before, after = _COMPOUNDS.get(one.said, (None, None))
    end = one.start + len(one.said)
    text = one.passage.text
    return bool((before and before.search(text[: one.start])) or (after and after.match(text, end)))


def defined(draft: Draft) -> Iterator[tuple[Item, str]]:
    """Give each definition with its term."""
    return ((one, term) for one in definitions(draft) if (term := term_of(one)))
