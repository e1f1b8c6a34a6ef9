"""A run of text taken out of Markdown that still knows where each of its characters stands in the file."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Position = tuple[int, int]
"""A line and a column, both counted from 1."""

SENTENCE_END = re.compile(r"(?<![A-Z])(?<!No)(?<!Nomor)\. (?=[A-Z])")
"""The full stop with which a sentence ends, where another one follows it."""

FURTHEST = 400
"""Characters before a word that can bear on it."""

_TOKEN = re.compile(
    r"\\(?P<kept>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<gap><[bB][rR] ?/?>|\s+)"
    r"|(?P<dropped></?[A-Za-z][^<>]{0,200}>|\*+|`+|(?<!\w)_+(?=[^\W_])|(?<=[^\W_])_+(?!\w))"
)
"""What Markdown writes otherwise than it reads: escapes, entities, breaks, tags and emphasis."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text without Markdown; `spots` say where its runs begin: offset in the text, line, column."""

    text: str
    spots: tuple[tuple[int, int, int], ...]

    def at(self, offset: int = 0) -> Position:
        """Give the place in the file of a character of the text."""
        found = self.spots[max(0, bisect_right(self.spots, (offset, 1 << 30, 0)) - 1)]
        return found[1], found[2] + max(0, offset - found[0])

    def part(self, start: int, end: int | None = None) -> Passage:
        """Cut a part out, without the spaces around it."""
        end = len(self.text) if end is None else end
        cut = self.text[start:end]
        start += len(cut) - len(cut.lstrip())
        text = cut.strip()
        first = (0, *self.at(start))
        inside = [(at - start, line, column) for at, line, column in self.spots if start < at < start + len(text)]
        return Passage(text, (first, *inside))

    def finds(self, pattern: re.Pattern[str]) -> Iterator[tuple[Position, re.Match[str]]]:
        """Find a pattern in the text, each time with its place."""
        return ((self.at(match.start()), match) for match in pattern.finditer(self.text))


def passage(line: str, number: int, *, column: int = 1) -> Passage:
    r"""Take the text out of a line of Markdown; `column` is that of its first character.

    >>> one = passage(r"\(1\) **Setiap** orang &amp; badan", 7)
    >>> one.text, one.at(4), one.at(11)
    ('(1) Setiap orang & badan', (7, 9), (7, 18))
    """
    pieces: list[str] = []
    spots: list[tuple[int, int, int]] = []
    length = 0
    for at, text in _pieces(line):
        if text == " " and (not pieces or pieces[-1].endswith(" ")):
            continue
        if not spots or column + at - spots[-1][2] != length - spots[-1][0]:
            spots.append((length, number, column + at))
        pieces.append(text)
        length += len(text)
    text = "".join(pieces).rstrip()
    return Passage(text, tuple(spots) or ((0, number, column),))


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    last = 0
    for match in _TOKEN.finditer(line):
        if match.start() > last:
            yield last, line[last : match.start()]
        last = match.end()
        if match["kept"]:
            yield match.start() + 1, match["kept"]
        elif match["entity"]:
            yield match.start(), html.unescape(match["entity"]).replace("\u00a0", " ")
        elif match["gap"]:
            yield match.start(), " "
    if last < len(line):
        yield last, line[last:]


def before(found: re.Match[str], *, most: int = FURTHEST) -> str:
    """Give the characters before a word that was found in a text, so many at the most."""
    return found.string[max(0, found.start() - most) : found.start()]


def joined(passages: Iterable[Passage]) -> Passage:
    """Join passages with a space between them. Raise ValueError where there is none."""
    texts: list[str] = []
    spots: list[tuple[int, int, int]] = []
    length = 0
    for one in passages:
        spots += [(length + at, line, column) for at, line, column in one.spots]
        texts.append(one.text)
        length += len(one.text) + 1
    if not texts:
        raise ValueError("nothing to join")
    return Passage(" ".join(texts), tuple(spots))
