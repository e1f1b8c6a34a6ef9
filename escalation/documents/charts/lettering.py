"""Texts in pictures: without signs that act on their surroundings, in the letters of the font, broken into lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

FAMILY = "DejaVu Sans"
SIZE = 10.0
SMALL = 8.5
TITLE = 11.5
LINE = 1.25
"""The distance between two lines, in sizes of the font."""
ROOMY = 1.4
"""The same in the names of rows."""
POINTS = 72
"""To the inch."""

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
NO_SUCH_LETTER = "□"
CODE = "`"
JOINTS = "-_./"
"""Behind these a word that is too broad is broken, where it has one."""
HELD = "\N{NO-BREAK SPACE}%"
"""Stands for a percent sign and the space before it: no line begins with the sign."""


def inert(text: str) -> str:
    r"""Take from a text what is not seen or changes how others are read, and the marks of code, as pictures have none.

    >>> inert("North\u202e\n  East\x00: `after`")
    'North East: after'
    """
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign != CODE and (sign.isspace() or unicodedata.category(sign) not in UNSEEN)
    )
    return " ".join(kept.split())


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """Give the signs that the font has, by their numbers in Unicode."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family=FAMILY))).get_charmap())


def lettered(text: str) -> str:
    """Make a text inert, and replace the letters that the font lacks by a box."""
    letters = _letters()
    return "".join(sign if ord(sign) in letters else NO_SUCH_LETTER for sign in inert(text))


@lru_cache(maxsize=16_384)
def extent(text: str, *, is_bold: bool = False) -> tuple[float, float, float]:
    """Give breadth, height and descent of a text in letters of 100 points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FAMILY, size=text_to_path.FONT_SCALE, weight="bold" if is_bold else "normal")
    breadth, height, descent = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(breadth), float(height), float(descent)


def breadth(text: str, size: float = SIZE, *, is_bold: bool = False) -> float:
    """Give the breadth of a text in points."""
    return extent(text, is_bold=is_bold)[0] * size / 100


def broadest(text: str, size: float) -> float:
    """Give the breadth of the broadest line of a text that is broken into lines, in points."""
    return max(breadth(line, size) for line in text.split("\n"))


def line_count(text: str) -> int:
    """Count the lines of a text that is broken into lines."""
    return text.count("\n") + 1


def depth(text: str, size: float) -> float:
    """Give the height of a text that is broken into lines, in points."""
    return line_count(text) * size * LINE


def rows(names: Sequence[str], least: float) -> float:
    """Give the height of rows that have these names beside them, in inches.

    All are equally high: `least`, or what the lines of two neighbours need.
    """
    counts = [*map(line_count, names)]
    most = max((sum(pair) / 2 for pair in pairwise(counts)), default=max(counts))
    return len(names) * max(least, most * SIZE * ROOMY / POINTS)


def lines(text: str, width: float, size: float = SIZE, *, is_bold: bool = False) -> list[str]:
    """Break a text into lines no broader than `width` points; a word that is broader is broken too.

    >>> lines("campaign-doubles", 60)
    ['campaign-', 'doubles']
    """
    found: list[str] = []
    held = ""
    for word in _pieces(lettered(text).replace(" %", HELD), width, size, is_bold=is_bold):
        joined = f"{held} {word}" if held else word
        if held and breadth(joined, size, is_bold=is_bold) > width:
            found.append(held)
            joined = word
        held = joined
    return [*found, held] if held else found


def _pieces(text: str, width: float, size: float, *, is_bold: bool) -> Iterator[str]:
    for word in text.split(" "):
        piece = ""
        for sign in word:
            if piece and breadth(piece + sign, size, is_bold=is_bold) > width:
                cut = 1 + max(map(piece.rfind, JOINTS))
                yield piece[:cut] if cut else piece
                piece = piece[cut:] if cut else ""
            piece += sign
        yield piece


def wrapped(text: str, width: float, size: float = SIZE) -> str:
    """Give a text with breaks of lines so that it is no broader than `width` points."""
    return "\n".join(lines(text, width, size))
