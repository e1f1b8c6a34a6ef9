"""A line of a file as a message shows it, with a mark beneath the words that it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 96
TAB = 4
MARKED = re.compile(r"""
    "(?:[^"\\]|\\.)*"        # a text in double quotes
    | '(?:[^']|'')*'         # or in single ones
    | [^\s,\[\]{}:#"'][^,\[\]{}:#]*(?<!\s)   # words without quotes
    | .
""", re.VERBOSE)  # fmt: skip
WORD = re.compile(r"[^\s,.;:()]+|.")
"""One word of a text in prose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A line of a file, fit to be printed, and the carets beneath it with the spaces before them."""

    number: int
    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A character as it is shown, and how many columns of a terminal it fills."""

    shown: str
    width: int


def excerpt(
    lines: Sequence[str], line: int, *, column: int, width: int = WIDTH, marked: re.Pattern[str] = MARKED
) -> Excerpt | None:
    r"""Show the line with carets under the words at a column, both counted from 1; None where there is no such line.

    What is marked is the value of YAML that begins there, or what `marked` finds. A line wider than `width` is cut to
    the neighbourhood of the mark. What cannot be seen is shown as `�`.

    >>> shown = excerpt(["a: 1", "stage: nowhere  # yet"], 2, column=8)
    >>> print(shown.text, shown.mark, sep="\n")
    stage: nowhere  # yet
           ^^^^^^^
    """
    if not 0 < line <= len(lines) or not lines[line - 1].strip():
        return None
    text = lines[line - 1].rstrip("\r\n")
    cells = _cells(text)
    if column < 1:
        return Excerpt(number=line, text=_shown(cells), mark="")
    start = min(column - 1, len(cells))
    found = marked.match(text, start)
    end = found.end() if found else start + 1
    first, last = _window(cells, start, min(end, len(cells)), width)
    before = "…" if first else ""
    after = "…" if last < len(cells) else ""
    carets = "^" * max(1, _width(cells[start : min(end, last)]))
    return Excerpt(
        number=line,
        text=before + _shown(cells[first:last]).rstrip() + after,
        mark=" " * (len(before) + _width(cells[first:start])) + carets,
    )


def _window(cells: list[_Cell], start: int, end: int, width: int) -> tuple[int, int]:
    """Choose the cells to show: all that fit, the mark within them, a third of the room before it."""
    if _width(cells) <= width:
        return 0, len(cells)
    room = width - 2
    first = start
    while first and _width(cells[first - 1 : start]) <= max(room // 3, room - _width(cells[start:])):
        first -= 1
    last = start
    while last < len(cells) and _width(cells[first : last + 1]) <= room:
        last += 1
    return first, max(last, min(end, start + 1))


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _shown(cells: list[_Cell]) -> str:
    return "".join(cell.shown for cell in cells)


def _cells(text: str) -> list[_Cell]:
    cells: list[_Cell] = []
    for character in text:
        if character == "\t":
            cells.append(_Cell(" " * TAB, TAB))
        elif unicodedata.category(character) in {"Mn", "Me"}:
            cells.append(_Cell(character, 0))
        elif not character.isprintable():
            cells.append(_Cell("\ufffd", 1))
        else:
            cells.append(_Cell(character, 2 if unicodedata.east_asian_width(character) in "WF" else 1))
    return cells
