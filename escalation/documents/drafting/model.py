"""A draft of a legal instrument, taken apart: every part with the place at which it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from escalation.documents.drafting.blocks import Style
from escalation.documents.drafting.passage import Passage, Position

GENERAL_PART = re.compile(r"(?:I\.? )?UMUM\b", re.IGNORECASE)
"""With what the elucidation begins below its title."""
MOST_TITLE_LINES = 12
_AMENDS = re.compile(r"\bTENTANG PERUBAHAN (?:KE\w+ (?:BELAS )?)?ATAS\b", re.IGNORECASE)


class Instrument(StrEnum):
    """What a draft is a draft of, as its title says."""

    CIRCULAR = "surat_edaran"
    INSTRUCTION = "instruksi"
    DECREE = "keputusan"
    REGULATION = "perwal"
    BYLAW = "perda"

    @property
    def is_legislation(self) -> bool:
        """Whether it is legislation, which Lampiran II of UU 12/2011 is written for."""
        return self in {Instrument.REGULATION, Instrument.BYLAW}

    @property
    def is_soft(self) -> bool:
        """Whether it binds officials at most."""
        return self in {Instrument.CIRCULAR, Instrument.INSTRUCTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered part of the text with the parts below it; one without a number has no `mark`.

    `at` is the place of the mark.
    """

    mark: str
    style: Style
    passage: Passage
    at: Position
    items: tuple[Item, ...] = ()

    @property
    def text(self) -> str:
        """What it says, without what stands below it."""
        return self.passage.text

    @property
    def last(self) -> Item:
        """The part with which it ends: itself, or the last one of those below it."""
        return self.items[-1].last if self.items else self

    def all(self) -> Iterator[Item]:
        """Give it and all parts below it, in order."""
        yield self
        for one in self.items:
            yield from one.all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading within the body: `BAB`, `Bagian` or `Paragraf` with its number and title.

    `said` is how it is written.
    """

    kind: str
    number: str
    title: str
    at: Position
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A Pasal: its number, the headings that it stands under, and what it says; an ayat is a part of style `(1)`.

    `said` is how its heading is written.
    """

    number: str
    at: Position
    said: str
    chapter: Heading | None
    parts: tuple[Item, ...]

    def all(self) -> Iterator[Item]:
        """Give every part, in order."""
        for one in self.parts:
            yield from one.all()

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join(one.text for one in self.all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A labelled part of the opening (`Menimbang`) and its items."""

    at: Position
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elucidation:
    """The elucidation: where it begins, and its paragraphs."""

    at: Position
    passages: tuple[Passage, ...]

    @property
    def head(self) -> tuple[Passage, ...]:
        """The lines of its title."""
        return tuple(takewhile(lambda one: not GENERAL_PART.match(one.text), self.passages[:MOST_TITLE_LINES]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft that has been read.

    `before` stands above the title (letterhead, banner), `opening` between title and Menimbang, `approval` between
    Mengingat and MEMUTUSKAN, `decision` is MEMUTUSKAN itself and `enacting` what follows Menetapkan. `points` are the
    parts of a body without articles, `closing` everything from the closing formula or the place and date on, `trace`
    what says from which data the draft was made.
    """

    file: str
    instrument: Instrument | None
    title: Passage
    before: tuple[Passage, ...]
    opening: tuple[Passage, ...]
    considerations: Group | None
    bases: Group | None
    approval: tuple[Passage, ...]
    decision: Passage | None
    enacting: Passage | None
    addressees: Group | None
    headings: tuple[Heading, ...]
    articles: tuple[Article, ...]
    points: tuple[Item, ...]
    closing: tuple[Passage, ...]
    elucidation: Elucidation | None
    trace: tuple[Passage, ...]

    @property
    def amends(self) -> bool:
        """Whether it amends another act, so that its articles and their numbers are those of that act."""
        return _AMENDS.search(self.title.text) is not None

    def norms(self) -> Iterator[Item]:
        """Give every part of the body: those of the articles, or the points."""
        for article in self.articles:
            yield from article.all()
        for point in self.points:
            yield from point.all()

    def passages(self) -> Iterator[Passage]:
        """Give all that the instrument says from the title to the end of the elucidation, in order of the parts."""
        yield self.title
        yield from self.opening
        for group in (self.considerations, self.bases):
            if group is not None:
                yield from (item.passage for one in group.items for item in one.all())
        yield from self.approval
        if self.enacting is not None:
            yield self.enacting
        yield from (one.passage for one in self.norms())
        yield from self.closing
        if self.elucidation is not None:
            yield from self.elucidation.passages
