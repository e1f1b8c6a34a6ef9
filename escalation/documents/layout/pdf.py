"""A paper as PDF/A-2b, tagged for screen readers, set by typst: its source is fixed, and the paper is data to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

import typst

from escalation.documents.layout.tree import (
    TOGETHER,
    Block,
    Break,
    Cell,
    Figure,
    Grounds,
    Heading,
    Line,
    Listing,
    PageBreak,
    Paper,
    Paragraph,
    Signature,
    Table,
    following,
    is_long,
    marker,
    plain,
)
from escalation.errors import RequestError

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

FALLBACKS = {"Bookman Old Style": ["TeX Gyre Bonum", "URW Bookman"], "Arial": ["Liberation Sans", "Arimo"]}
"""Free letters that take the room of those named; asked for where a folder of fonts is given."""
EMBEDDED = "Libertinus Serif"
"""The letters that typst brings along."""
LONG_WORD = re.compile(r"(\S{30,})")
CHUNK = 8
"""Signs of a long word that stay together; typst breaks no word that has no hyphens, but between boxes it does."""
NO_FONT = re.compile(r'the text `"(.*?)"` could not be displayed')
FIXED_TIME = 946684800
"""The second that files name as the one in which they were made: the first of 2000, so that a rerun is the same."""


def write(paper: Paper, *, fonts: Path | None = None) -> bytes:
    """Write a paper as PDF, in the letters of its sheet where the folder `fonts` has them.

    Raise RequestError for a letter that no font has; PDF/A allows none that cannot be shown.
    """
    if fonts is not None:
        examine(fonts)
    try:
        written = typst.compile(
            files("escalation").joinpath("documents", "templates", "paper.typ").read_bytes(),
            format="pdf",
            font_paths=_fonts(fonts),
            sys_inputs={"paper": json.dumps(_paper(paper, has_fonts=fonts is not None))},
            pdf_standards=["a-2b"],
            timestamp=FIXED_TIME,
        )
    except typst.TypstError as error:
        letter = NO_FONT.search(error.message)
        if letter is None:
            raise
        message = f"no font has the letter `{letter[1]}`, which the paper holds"
        raise RequestError(
            message, help="name a folder of fonts that has it by --fonts, or write another form"
        ) from None
    return written


@cache
def examine(folder: Path) -> str | None:
    """Name the letters that papers are to be set in, where a folder of fonts has none of them.

    Raise RequestError where there is no such folder, or no font in it.
    """
    if not folder.is_dir():
        raise RequestError(f"there is no folder `{folder}`", help="name a folder with fonts, or leave out --fonts")
    if len(_fonts(folder).fonts()) == len(_fonts(None).fonts()):
        raise RequestError(
            f"no font is in the folder `{folder}`", help="name a folder with .ttf or .otf files, or leave out --fonts"
        )
    asked = [name for first, others in FALLBACKS.items() for name in (first, *others)]
    return None if set(asked).intersection(_fonts(folder).families()) else ", ".join(asked)


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """Give typst's own fonts and those of a folder; never those of the machine, so that all machines write the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[] if folder is None else [folder])


def _paper(paper: Paper, *, has_fonts: bool) -> Json:
    return {
        "title": plain(paper.title.content),
        "centred": paper.title.is_centred,
        "language": paper.language,
        "sheet": asdict(paper.sheet),
        "fonts": [*([paper.sheet.font, *FALLBACKS[paper.sheet.font]] if has_fonts else []), EMBEDDED],
        "banner": plain(paper.banner),
        "short": paper.trace.short,
        "blocks": _blocks(paper.blocks),
        "trace": {
            "heading": _line(paper.trace.heading),
            "lines": [_line(one) for one in paper.trace.lines],
            "together": TOGETHER,
        },
    }


def _blocks(blocks: tuple[Block, ...]) -> Json:
    return [{**_block(one), "stays": stays} for one, stays in following(blocks)]


def _block(block: Block) -> Mapping[str, Json]:
    match block:
        case Heading(level=level, content=content, is_centred=is_centred):
            return {"kind": "heading", "level": level, "content": _line(content), "centred": is_centred}
        case Paragraph(content=content, style=style):
            return {"kind": "paragraph", "content": _line(content), "style": style}
        case Listing(marker=kind, items=items):
            markers = [marker(kind, number) for number in range(1, len(items) + 1)] if kind is not None else None
            return {"kind": "list", "markers": markers, "items": [_blocks(item) for item in items]}
        case Grounds(rows=rows):
            found = [{"label": _line(row.label), "content": _blocks(row.content)} for row in rows]
            return {"kind": "grounds", "rows": found}
        case Table(head=head, body=body, widths=widths):
            return {"kind": "table", "head": _rows(head, widths), "body": _rows(body, widths), "widths": list(widths)}
        case Figure(picture=picture, caption=caption):
            svg = picture.draw("svg").decode()
            return {"kind": "figure", "svg": svg, "alt": picture.alt, "caption": _line(caption)}
        case Signature(lines=lines, is_left=is_left, has_room=has_room):
            said = [_line(line) for line in lines]
            return {"kind": "signature", "lines": said, "left": is_left, "room": has_room}
        case PageBreak():
            return {"kind": "page"}


def _rows(rows: tuple[tuple[Cell, ...], ...], widths: Sequence[int]) -> Json:
    return [[_cell(cell, breaks=is_long(row, widths)) for cell in row] for row in rows]


def _cell(cell: Cell, *, breaks: bool) -> Json:
    return {"content": _line(cell.content), "header": cell.is_header, "depth": cell.depth, "breaks": breaks}


def _line(line: Line) -> Json:
    return list(_parts(line))


def _parts(line: Line) -> Iterator[Json]:
    for one in line:
        if isinstance(one, Break):
            yield "break"
        else:
            pieces: list[Json] = [
                [piece[start : start + CHUNK] for start in range(0, len(piece), CHUNK)] if place % 2 else piece
                for place, piece in enumerate(LONG_WORD.split(one.text))
            ]
            yield {"pieces": pieces, "strong": one.is_strong, "em": one.is_emphatic}
