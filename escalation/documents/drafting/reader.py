"""Reads the Markdown of a draft into its parts; what it cannot place it keeps where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from escalation.documents.drafting.blocks import ORDINALS, Block, blocks
from escalation.documents.drafting.model import (
    MOST_TITLE_LINES,
    Article,
    Draft,
    Elucidation,
    Group,
    Heading,
    Instrument,
)
from escalation.documents.drafting.passage import Passage, Position, joined, passage
from escalation.documents.drafting.tree import tree

_KINDS = (
    (Instrument.BYLAW, re.compile(r"PERATURAN DAERAH\b")),
    (Instrument.REGULATION, re.compile(r"PERATURAN (?:WALI ?KOTA|BUPATI|GUBERNUR|KEPALA DAERAH)\b")),
    (Instrument.INSTRUCTION, re.compile(r"INSTRUKSI\b")),
    (Instrument.DECREE, re.compile(r"KEPUTUSAN\b")),
    (Instrument.CIRCULAR, re.compile(r"SURAT EDARAN\b")),
)
_TITLE = re.compile(r"(?:RANCANGAN[ :-]*)?(?:PERATURAN|INSTRUKSI|KEPUTUSAN|SURAT EDARAN)\b")
_NAMED = re.compile(r"\bTENTANG\s+\S")
_CHAPTER = re.compile(r"BAB +(?P<number>[IVXLCDM0-9]+)\b[ .:–-]*(?P<title>.*)", re.IGNORECASE)
_SECTION = re.compile(r"(?P<kind>Bagian|Paragraf) +(?P<number>[Kk]e\w+(?: [Bb]elas)?|[0-9]+)\b[ .:–-]*(?P<title>.*)")
_ARTICLE = re.compile(r"Pasal +(?P<number>[0-9]+[A-Z]?)\.?", re.IGNORECASE)
_DECIDES = re.compile(r"(?:M ?E ?M ?U ?T ?U ?S ?K ?A ?N|Memutuskan) ?:?")
_APPROVES = re.compile(r"(?i:Dengan persetujuan)\b|DEWAN PERWAKILAN RAKYAT\b")
_CLOSES = re.compile(
    r"Agar setiap orang\b.*|(?:Ditetapkan|Dikeluarkan|Diundangkan) di\b.*|TEMBUSAN.*|Tembusan.*"
    r"|(?:(?:[aA]\.?[nN]\.? ?)?(?:WALI ?KOTA|BUPATI|GUBERNUR|SEKRETARIS DAERAH)\b[A-Z ]*,)"
)
_ELUCIDATES = re.compile(r"(?:RANCANGAN )?PENJELASAN\b(?! UMUM)")
_ANNEX = re.compile(r"LAMPIRAN\b")
_TRACES = re.compile(r"(?:Jejak|Asal rancangan|Trace|What this draft was made from)\b", re.IGNORECASE)


class _Place(Enum):
    """Where in a draft the reader is."""

    BEFORE = auto()
    TITLE = auto()
    OPENING = auto()
    GROUP = auto()
    APPROVAL = auto()
    DECISION = auto()
    ENACTING = auto()
    BODY = auto()
    CLOSING = auto()
    ELUCIDATION = auto()
    ANNEX = auto()
    TRACE = auto()


_AT_THE_END = {_Place.CLOSING, _Place.ELUCIDATION, _Place.ANNEX, _Place.TRACE}


@dataclass(slots=True, kw_only=True)
class _Group:
    label: str
    at: Position
    held: list[Block]


@dataclass(slots=True, kw_only=True)
class _Article:
    number: str
    at: Position
    said: str
    chapter: Heading | None
    held: list[Block]


@dataclass(slots=True, kw_only=True)
class _Parts:
    """What has been read so far; `texts` holds the passages of the places that are not taken further apart."""

    texts: dict[_Place, list[Passage]] = field(default_factory=lambda: {place: [] for place in _Place})
    groups: list[_Group] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    articles: list[_Article] = field(default_factory=list)
    points: list[Block] = field(default_factory=list)

    def whole(self, place: _Place) -> Passage | None:
        """Give all that was read at a place as one passage."""
        return joined(self.texts[place]) if self.texts[place] else None

    def group(self, label: str) -> Group | None:
        """Give the first labelled part of a name."""
        found = next((one for one in self.groups if one.label == label), None)
        return Group(at=found.at, items=tree(found.held)) if found else None


def read(text: str, *, file: str = "draft.md") -> Draft:
    """Take a draft apart; any text gives a draft, of which parts may be missing."""
    parts, place = _Parts(), _Place.BEFORE
    for block in blocks(text):
        place = _where(parts, block, place)
        _KEEP.get(place, _keep_text)(parts, block, place)
    title = parts.whole(_Place.TITLE) or passage("", 1)
    elucidation = tuple(parts.texts[_Place.ELUCIDATION])
    return Draft(
        file=file,
        instrument=_instrument(title.text),
        title=title,
        before=tuple(parts.texts[_Place.BEFORE]),
        opening=tuple(parts.texts[_Place.OPENING]),
        considerations=parts.group("Menimbang"),
        bases=parts.group("Mengingat"),
        approval=tuple(parts.texts[_Place.APPROVAL]),
        decision=parts.whole(_Place.DECISION),
        enacting=parts.whole(_Place.ENACTING),
        addressees=parts.group("Kepada"),
        headings=tuple(parts.headings),
        articles=tuple(
            Article(number=one.number, at=one.at, said=one.said, chapter=one.chapter, parts=tree(one.held))
            for one in parts.articles
        ),
        points=tree(parts.points),
        closing=tuple(parts.texts[_Place.CLOSING]),
        elucidation=Elucidation(at=elucidation[0].at(), passages=elucidation) if elucidation else None,
        trace=tuple(parts.texts[_Place.TRACE]),
    )


def _instrument(title: str) -> Instrument | None:
    """Tell what a title names: in capitals anywhere before the name, or in any letters at its beginning."""
    said = re.split(r"\bTENTANG\b", title, maxsplit=1, flags=re.IGNORECASE)[0]
    begins = re.sub(r"^RANCANGAN[ :–-]*", "", said.upper())
    return next((one for one, pattern in _KINDS if pattern.search(said) or pattern.match(begins)), None)


def _where(parts: _Parts, block: Block, place: _Place) -> _Place:
    """Say to which part of the draft a block belongs, from what it says and from the part before it."""
    text, is_title = block.text, bool(parts.texts[_Place.TITLE])
    if _TRACES.match(text) and not block.mark:
        return _Place.TRACE
    if place in _AT_THE_END or (is_title and _ELUCIDATES.match(text) and block.level):
        return _after_the_body(text, place)
    if block.label:
        return _labelled(block.label)
    if not is_title and (block.level == 1 or _TITLE.match(text)):
        return _Place.TITLE
    if place is _Place.TITLE and _goes_on(parts.texts[_Place.TITLE]):
        return _Place.TITLE
    if _DECIDES.fullmatch(text):
        return _Place.DECISION
    if _ARTICLE.fullmatch(text) or _CHAPTER.fullmatch(text) or _SECTION.fullmatch(text):
        return _Place.BODY
    if place is _Place.ENACTING and not (block.mark or parts.texts[place]):
        return place
    if place is _Place.BODY:
        return _Place.CLOSING if _CLOSES.fullmatch(text) and not block.mark else _Place.BODY
    return _in_the_opening(block, place)


def _goes_on(title: list[Passage]) -> bool:
    """Say whether a title, of which some lines have been read, lacks its name."""
    return len(title) < MOST_TITLE_LINES and not _NAMED.search(joined(title).text)


def _after_the_body(text: str, place: _Place) -> _Place:
    if place is not _Place.TRACE and _ELUCIDATES.match(text) and text.partition(" TENTANG ")[0].isupper():
        return _Place.ELUCIDATION
    return _Place.ANNEX if _ANNEX.match(text) else place


def _labelled(label: str) -> _Place:
    match label.capitalize():
        case "Menetapkan":
            return _Place.ENACTING
        case "Untuk":
            return _Place.BODY
        case other:
            return _Place.BODY if other.upper() in ORDINALS else _Place.GROUP


def _in_the_opening(block: Block, place: _Place) -> _Place:
    """Say where a block stands that no word of its own assigns to a part, before the body has begun."""
    match place:
        case _Place.BEFORE | _Place.APPROVAL:
            return place
        case _Place.GROUP if _APPROVES.match(block.text) and not block.mark:
            return _Place.APPROVAL
        case _Place.TITLE | _Place.OPENING:
            return _Place.BODY if block.mark or block.level else _Place.OPENING
        case _:
            return place if place is _Place.GROUP else _Place.BODY


def _keep_text(parts: _Parts, block: Block, place: _Place) -> None:
    if block.text:
        parts.texts[place].append(block.passage)


def _keep_in_group(parts: _Parts, block: Block, place: _Place) -> None:
    del place
    if block.label:
        parts.groups.append(_Group(label=block.label.capitalize(), at=block.at, held=[]))
    if block.text:
        # The label has been kept; what follows it on its line is the first item.
        parts.groups[-1].held.append(replace(block, label=""))


def _keep_in_body(parts: _Parts, block: Block, place: _Place) -> None:
    del place
    heading = _heading(block)
    if found := _ARTICLE.fullmatch(block.text):
        chapters = [one for one in parts.headings if one.kind == "BAB"]
        last = chapters[-1] if chapters else None
        number = found["number"].upper()
        parts.articles.append(_Article(number=number, at=block.at, said=block.text, chapter=last, held=[]))
    elif heading is not None:
        parts.headings.append(heading)
    elif _is_title_of_heading(parts, block):
        parts.headings[-1] = replace(parts.headings[-1], title=block.text)
    elif parts.articles:
        parts.articles[-1].held.append(block)
    elif block.text or block.label in ORDINALS:
        parts.points.append(replace(block, label="") if block.label.capitalize() == "Untuk" else block)


def _heading(block: Block) -> Heading | None:
    if found := _CHAPTER.fullmatch(block.text):
        return Heading(kind="BAB", number=found["number"], title=found["title"], at=block.at, said=block.text)
    if found := _SECTION.fullmatch(block.text):
        return Heading(kind=found["kind"], number=found["number"], title=found["title"], at=block.at, said=block.text)
    return None


def _is_title_of_heading(parts: _Parts, block: Block) -> bool:
    """Say whether a block is the title of the heading above it, written on a line of its own."""
    if not parts.headings or parts.headings[-1].title or block.mark:
        return False
    return not parts.articles or parts.articles[-1].at < parts.headings[-1].at


_KEEP = {_Place.GROUP: _keep_in_group, _Place.BODY: _keep_in_body}
