"""All that the templates of instruments see, one context for each kind of act.

No context has a field for a number, a year, a date or a signature: the templates leave their places blank, and people
fill them.
"""

from __future__ import annotations

from dataclasses import dataclass

from escalation.documents.papers.marks import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedFigure:
    """A figure of the draft and where the evaluation has it: metric or trigger by its name in the policy.

    `required` is what the draft says that is asked of it, with the thresholds; empty where it says nothing.
    """

    metric: str
    region: str
    week: str
    value: str
    required: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every act begins and ends with.

    `kind` is what the act is called (`Peraturan Wali Kota`), `act` the same with the name of the region; `remarks` say
    what whoever finishes the draft must look at, `marks` what it was made from, `data_until` up to which day its
    figures are; empty where it has none.
    """

    kind: str
    act: str
    subject: str
    office: str
    region: str
    within: str
    seat: str
    remarks: tuple[str, ...]
    figures: tuple[TracedFigure, ...]
    data_until: str
    marks: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence with its full stop, or one that ends with a colon and lists points, which end as the law wants it."""

    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a circular."""

    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order of an instruction, with its ordinal in words."""

    ordinal: str
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article; with one paragraph it is not numbered. `definitions` stand in the first article only.

    `elucidation` is what the elucidation of a by-law says of it.
    """

    number: int
    paragraphs: tuple[Passage, ...]
    definitions: tuple[str, ...] = ()
    elucidation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter, with its number in Roman capitals; without number and title where the act has no chapters."""

    number: str
    title: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promulgation:
    """Where the act is published, and who promulgates it; an empty `by` where nobody does."""

    venue: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elucidation:
    """The elucidation: its general part, and a remark on each article."""

    general: str
    articles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularContext:
    """A circular or notice."""

    head: Head
    addressees: tuple[str, ...]
    sections: tuple[Section, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionContext:
    """An instruction to officials."""

    head: Head
    opening: str
    addressees: tuple[str, ...]
    orders: tuple[Order, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationContext:
    """A regulation of the executive, or an order that binds the public."""

    head: Head
    considerations: tuple[str, ...]
    citations: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    promulgation: Promulgation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BylawContext:
    """A law or by-law, made together with an assembly."""

    head: Head
    considerations: tuple[str, ...]
    citations: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    promulgation: Promulgation | None
    enacted_with: str
    elucidation: Elucidation


InstrumentContext = CircularContext | InstructionContext | RegulationContext | BylawContext
