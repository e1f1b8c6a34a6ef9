"""The tree of a paper: what a template says, free of any format; every writer takes it and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from escalation.documents.layout.sheet import Sheet
from escalation.documents.numbering import letters, roman

Media: TypeAlias = Literal["svg", "png"]
BLANK = "…"
"""What a place prints that a person fills."""


@dataclass(frozen=True, slots=True)
class Text:
    """Letters of one look; no line break is in them."""

    text: str
    is_strong: bool = False
    is_emphatic: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


Inline: TypeAlias = Text | Break
Line: TypeAlias = tuple[Inline, ...]
Style: TypeAlias = Literal["plain", "centre", "right", "note"]
MARKERS = ("1", "a", "A", "I", "(1)", "a)", "1)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of a paper (1), of a chapter or section (2), of an article or a part (3), of what is below (4)."""

    level: int
    content: Line
    is_centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    content: Line
    style: Style = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list; `marker` is one of MARKERS, or None for dots."""

    marker: str | None
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A label such as Menimbang, and what stands behind its colon."""

    label: Line
    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Labels with their contents, in three columns: label, colon, content."""

    rows: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table; `depth` indents it."""

    content: Line
    is_header: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `widths` are shares of the width of the page, one a column, and come to 100."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by the name that templates give it; title and `alt` say what it shows to those who do not see it.

    `draw` draws it, as the writer of a form asks for it.
    """

    name: str
    title: str
    alt: str
    draw: Callable[[Media], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its caption."""

    picture: Picture
    caption: Line = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature block; on the right unless `is_left`."""

    lines: tuple[Line, ...]
    is_left: bool = False

    @property
    def has_room(self) -> bool:
        """Whether room for a signature is left before the last line, a name that is still to be written."""
        return len(self.lines) > 1 and plain(self.lines[-1]) == BLANK


Block: TypeAlias = Heading | Paragraph | Listing | Grounds | Table | Figure | PageBreak | Signature


MOST_WHOLE = 1200
"""Signs in some 14 lines as broad as the page."""
TOGETHER = 8
"""Lines of a trace that stay together at its end: so many a last page has at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a paper was made from: in one line for the foot of each page, and in full for its end, under a heading."""

    short: str
    heading: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: its title is the only heading of level 1 among its blocks; banner and trace are never missing.

    `word` fills a Word template of the office, where it has one for this paper.
    """

    language: str
    sheet: Sheet
    title: Heading
    banner: Line
    blocks: tuple[Block, ...]
    trace: Trace
    word: Callable[[], bytes] | None = None


def plain(line: Line, *, between: str = " ") -> str:
    """Give the text of a line without its looks; line breaks become `between`.

    >>> plain((Text("BAB I"), Break(), Text("KETENTUAN", True), Text(" UMUM", True)))
    'BAB I KETENTUAN UMUM'
    """
    return "".join(one.text if isinstance(one, Text) else between for one in line)


def marker(kind: str, number: int) -> str:
    """Give the marker of the item with a number in a list of a kind (one of MARKERS).

    >>> [marker(kind, 2) for kind in MARKERS]
    ['2.', 'b.', 'B.', 'II.', '(2)', 'b)', '2)']
    """
    sign = kind.strip("()")
    counted = {"1": str(number), "a": letters(number), "A": letters(number).upper(), "I": roman(number)}[sign]
    return kind.replace(sign, counted) if kind != sign else f"{counted}."


def is_long(row: Sequence[Cell], widths: Sequence[int]) -> bool:
    """Say whether a row of a table may be broken by the end of a page: one of its cells has some 14 lines or more."""
    return any(len(plain(cell.content)) * 100 > MOST_WHOLE * width for cell, width in zip(row, widths, strict=True))


def following(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Give each block, and whether it stays on the page on which the next one begins.

    What leads to a list, a table or a picture does; and so does what stands around a signature, which is never alone:
    of grounds the last row.
    """
    for one, after in zip(blocks, (*blocks[1:], None), strict=False):
        is_text = isinstance(one, Paragraph | Listing | Grounds)
        is_around = (is_text and isinstance(after, Signature)) or (
            isinstance(one, Signature) and isinstance(after, Signature | Paragraph)
        )
        yield one, is_around or (isinstance(one, Paragraph) and isinstance(after, Listing | Table | Figure))


def inner(block: Block) -> Iterator[Block]:
    """Give a block and all blocks within it."""
    yield block
    contents: tuple[tuple[Block, ...], ...] = ()
    match block:
        case Listing(items=items):
            contents = items
        case Grounds(rows=rows):
            contents = tuple(row.content for row in rows)
    for content in contents:
        for part in content:
            yield from inner(part)
