"""A paper as Markdown for GitHub: no text of a policy or of data can become markup, a link or a mention."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.documents.layout.tree import (
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
    Text,
    marker,
)

SIGNS = re.compile(r"[\\`*_\[\]#|~$]")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "//": "&#47;&#47;", ".": "&#46;"}
STARTS = re.compile(r"([0-9]+)([.)])(?= |$)|([-+=])")
"""What begins a list, or underlines a heading, at the beginning of a line."""
HARD_BREAK = "\\\n"


def write(paper: Paper) -> str:
    """Write a paper: its title first, then the banner, all other blocks in their order, and the trace."""
    rest = [one for one in paper.blocks if one is not paper.title]
    trace = "\n".join(f"- {_line(line, joint=' ')}" for line in paper.trace.lines)
    head = [*_block(paper.title), f"**{_line(paper.banner, joint=' ', is_strong=True)}**"]
    return (
        "\n\n".join([*head, *(text for one in rest for text in _block(one)), "---", _line(paper.trace.heading), trace])
        + "\n"
    )


def _block(block: Block) -> Iterator[str]:
    """Give the paragraphs of a block."""
    match block:
        case Heading(level=level, content=content):
            yield f"{'#' * level} {_line(content, joint=' ')}"
        case Paragraph(content=content):
            yield _line(content)
        case Listing() | Grounds():
            yield from _items(block)
        case Table():
            yield "\n".join(_table(block))
        case Figure(picture=picture, caption=caption):
            yield f"*{_escaped(picture.alt)}*"
            if caption:
                yield _line(caption)
        case Signature(lines=lines):
            yield HARD_BREAK.join(_line(line) for line in lines)
        case PageBreak():
            return


def _items(block: Listing | Grounds) -> Iterator[str]:
    match block:
        case Grounds(rows=rows):
            for row in rows:
                yield from _led(f"{_line(row.label, joint=' ')} :", row.content)
        case Listing(marker=None):
            yield "\n".join(_dotted(block))
        case Listing(marker=str(kind), items=items):
            for number, item in enumerate(items, start=1):
                yield from _led(marker(kind, number), item)


def _led(label: str, content: tuple[Block, ...]) -> Iterator[str]:
    """Put a marker or a label before the first paragraph of what it leads."""
    first, *rest = [text for one in content for text in _block(one)] or [""]
    led = isinstance(content[0], Paragraph | Listing | Grounds) if content else True
    yield f"{label} {first}".rstrip() if led else f"{label}\n\n{first}"
    yield from rest


def _dotted(listing: Listing) -> Iterator[str]:
    """Give the lines of a list with dots; what follows the first paragraph of an item is indented."""
    for item in listing.items:
        first, *rest = [text for one in item for text in _block(one)] or [""]
        yield "- " + first.replace("\n", "\n  ")
        for text in rest:
            if not text.startswith("- "):
                yield ""
            yield "  " + text.replace("\n", "\n  ")


def _table(table: Table) -> Iterator[str]:
    head, *others = table.head or (tuple(Cell(content=()) for _ in table.widths),)
    yield _row(head)
    yield "|" + " --- |" * len(table.widths)
    yield from map(_row, (*others, *table.body))


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join("· " * cell.depth + _line(cell.content, joint="<br>") for cell in cells) + " |"


def _line(line: Line, *, joint: str = HARD_BREAK, is_strong: bool = False) -> str:
    """Write a line; `joint` stands where lines break, `is_strong` where all of it is strong already."""
    text = "".join(joint if isinstance(one, Break) else _look(one, is_strong=is_strong) for one in line)
    return STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text, count=1) if (
        STARTS.match(text)
    ) else text  # fmt: skip


def _look(one: Text, *, is_strong: bool) -> str:
    mark = ("**" if one.is_strong and not is_strong else "") + ("*" if one.is_emphatic else "")
    core = one.text.strip(" ")
    if not mark or not core:
        return _escaped(one.text)
    before, after = one.text.partition(core)[::2]
    return f"{before}{mark}{_escaped(core)}{mark[::-1]}{after}"


def _escaped(text: str) -> str:
    plain = SIGNS.sub(lambda found: f"\\{found[0]}", text)
    return re.sub("[&<>@]|(?<=:)//|(?<=www)[.]", lambda found: ENTITIES[found[0]], plain)
