"""The usual layout of a policy file: only white space changes, so that comments, quotes and order stay as they are.

ruamel.yaml was tried and rejected: it drops the comments within a list in brackets that goes over several lines, moves
those of re-indented lines out of line, and writes `[{otherwise: 3}]` as `[otherwise: 3]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from escalation.errors import Refused, RequestError
from escalation.policy.notes import Position
from escalation.policy.scalars import shown
from escalation.policy.source import Source, read

STEP = 2
BEFORE_COMMENT = 2
_REST_OF_QUOTED = {'"': re.compile(r'(?:[^"\\]|\\.)*"'), "'": re.compile(r"(?:[^']|'')*'(?!')")}
_PLAIN_KEY = re.compile(r"(?P<key>.*?)\s*:(?=\s|$)")
_QUOTED_KEY = re.compile(r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:""")
_HEADER = re.compile(r"[|>][-+0-9]*(?=\s|$)")
_MARKER = re.compile(r"(?:---|\.\.\.)(?=\s|$)")


def in_layout(source: Source) -> str:
    r"""Give the text of a file in the usual layout. Raise RequestError where that would change what the file says.

    >>> print(in_layout(read("p.yaml", b"stages:   [ {name:  low},{name: high} ]")), end="")
    stages: [{name: low}, {name: high}]
    """
    text = _Layout(source).text()
    try:
        again = read(source.file, text.encode())
    except Refused:
        again = None
    if again is None or not _say_the_same(source, again) or _Layout(again).text() != text:
        remedy = "join texts that go over several lines, and brackets, in the way the manual writes them"
        raise RequestError(f"`{shown(source.file)}` cannot be formatted without changing what it says", help=remedy)
    return text


def _say_the_same(one: Source, other: Source) -> bool:
    """Compare values with their types, routes in their order, and every character that can be seen."""
    are_equal = repr(one.tree) == repr(other.tree) and list(one.spans) == list(other.spans)
    answers = [[(comment.said, _spoken_of(source, comment.speaks_of)) for comment in source.comments]
               for source in (one, other)]  # fmt: skip
    return are_equal and "".join(one.text.split()) == "".join(other.text.split()) and answers[0] == answers[1]


def _spoken_of(source: Source, line: int) -> str:
    return "".join(source.text.split("\n")[line - 1].split())


@dataclass(slots=True)
class _Level:
    """A list or a mapping in block style: the column at which its entries stood, and where they stand now."""

    old: int
    new: int
    is_list: bool


@dataclass(slots=True)
class _Block:
    """A text in block style: the column that its own must be beyond, and those at which its lines stood and stand."""

    beyond: int
    new: int
    keeps_blanks: bool
    old: int | None = None


class _Layout:
    """The lines of a file as they are laid out one after the other."""

    def __init__(self, source: Source) -> None:
        self.ending = "\r\n" if "\r\n" in source.text else "\n"
        self.lines = source.text.replace("\r\n", "\n").split("\n")
        spans = source.spans.items()
        self.keys = {span.key for _, span in spans if span.key}
        self.starts = self.keys | {span.value for _, span in spans}
        self.blocks = {span.key: span.value[0] > span.key[0] for route, span in spans if span.key and len(route) == 1}
        self.out: list[str] = []
        self.waiting: list[tuple[int, str]] = []
        self.levels: list[_Level] = []
        self.depth = 0
        self.base = 0
        self.quote = ""
        self.block: _Block | None = None
        self.last_section: Position | None = None

    def text(self) -> str:
        """Lay out the whole file."""
        for number, line in enumerate(self.lines, start=1):
            self._line(number, line)
        self._settle(len(self.lines[-1]) + 1, 0)
        while self.out and not self.out[-1]:
            self.out.pop()
        return "".join(line + self.ending for line in self.out)

    def _line(self, number: int, line: str) -> None:
        stripped = line.strip()
        column = len(line) - len(line.lstrip())
        if self.block is not None and self._is_in_block(line, column):
            return
        if self.quote:
            new = self.base + STEP * self.depth if self.depth else self._inside
            self.out.append(self._scanned(" " * new, line, column) if stripped else "")
        elif not stripped or stripped.startswith("#"):
            self.waiting.append((column, stripped))
        elif self.depth:
            closers = len(stripped) - len(stripped.lstrip("]}"))
            new = self.base + STEP * max(0, self.depth - closers)
            self._settle(column, new)
            self.out.append(self._scanned(" " * new, line, column))
        elif _MARKER.match(line):
            self._settle(0, 0)
            self.out.append(line.rstrip())
        elif self._begins_something(number, line, column):
            self._structure(number, line, column)
        else:
            self._settle(column, self._inside)
            self.out.append(self._scanned(" " * self._inside, line, column, fresh=False))

    @property
    def _inside(self) -> int:
        """Where the lines of a text stand that goes over several."""
        return (self.levels[-1].new if self.levels else 0) + STEP

    def _is_in_block(self, line: str, column: int) -> bool:
        block = self.block
        if block is None:
            return False
        if not line.strip() and (block.old is None or len(line) <= block.old):
            self.out.append("")
            return True
        if column <= block.beyond:
            self.block = None
            while not block.keeps_blanks and self.out and not self.out[-1]:
                self.out.pop()
                self.waiting.append((0, ""))
            return False
        if block.old is None:
            block.old = column
        self.out.append(" " * (block.new + column - block.old) + line[column:])
        return True

    def _begins_something(self, number: int, line: str, column: int) -> bool:
        if line[column:].rstrip() == "-":
            return True
        if line.startswith("- ", column):
            column += 2 + len(line[column + 2 :]) - len(line[column + 2 :].lstrip())
            return line[column] == "#" or (number, column + 1) in self.starts
        return (number, column + 1) in self.starts

    def _structure(self, number: int, line: str, column: int) -> None:
        """Lay out a line that begins an entry: its dashes, its key, its value."""
        first, before = column, list(self.levels)
        prefix, new = "", None
        while (line.startswith("- ", column) or line[column:].rstrip() == "-") and (
            (number, column + 1) not in self.keys
        ):
            at = self._enter(column, is_list=True)
            new = at if new is None else new
            prefix += "- "
            column += 1 + len(line[column + 1 :]) - len(line[column + 1 :].lstrip())
        rest = line[column:]
        key = (_QUOTED_KEY.match(rest) or _PLAIN_KEY.match(rest)) if (number, column + 1) in self.keys else None
        if key:
            at = self._enter(column, is_list=False)
            new = at if new is None else new
        indent = new or 0
        self._settle(first, indent, before=before, section=(number, column + 1))
        self.base = indent + len(prefix)
        begin = " " * indent + prefix
        if key:
            begin += f"{key['key']}: "
            column += key.end() + len(rest[key.end() :]) - len(rest[key.end() :].lstrip())
        self.out.append(self._value(begin, line, column))

    def _enter(self, column: int, *, is_list: bool) -> int:
        """Find or open the level whose entries stand at a column; give the column at which they stand now."""
        levels = self.levels
        while levels and (levels[-1].old > column or (levels[-1].old == column and levels[-1].is_list > is_list)):
            levels.pop()
        if not levels or levels[-1].old < column or levels[-1].is_list is not is_list:
            levels.append(_Level(column, levels[-1].new + STEP if levels else 0, is_list))
        return levels[-1].new

    def _settle(
        self, column: int, new: int, *, before: list[_Level] | None = None, section: Position | None = None
    ) -> None:
        """Write the comments and blank lines that waited for the line that follows them."""
        levels = self.levels if before is None else before
        lines: list[str] = []
        for at, comment in self.waiting:
            if comment:
                indent = new if at == column or self.depth else _nearest(levels, at, new)
                lines.append(" " * indent + comment)
            elif (self.out or lines) and (lines or self.out)[-1]:
                lines.append("")
        self.waiting = []
        if section in self.blocks:
            if self.last_section and (self.blocks[section] or self.blocks[self.last_section]):
                _part(lines)
            self.last_section = section
        self.out += lines

    def _value(self, begin: str, line: str, column: int) -> str:
        """Lay out what follows the dashes and the key of a line."""
        header = _HEADER.match(line, column)
        if header is None:
            return self._scanned(begin, line, column)
        level = self.levels[-1]
        step = int("".join(character for character in header[0] if character.isdigit()) or 0)
        old = level.old + step if step else None
        self.block = _Block(level.old, level.new + (step or STEP), "+" in header[0], old)
        return self._scanned(begin + header[0], line, header.end(), fresh=False)

    def _scanned(self, begin: str, line: str, column: int, *, fresh: bool = True) -> str:
        """Lay out a piece of a line: the spaces of brackets, commas and colons within brackets, and of the comment."""
        pieces: list[str] = []
        while column < len(line):
            character = line[column]
            if self.quote:
                found = _REST_OF_QUOTED[self.quote].match(line, column)
                end = found.end() if found else len(line)
                pieces.append(line[column:end])
                self.quote, fresh, column = ("" if found else self.quote), False, end
            elif character == "#" and (column == 0 or line[column - 1] == " "):
                out = (begin + "".join(pieces)).rstrip()
                return out + " " * max(BEFORE_COMMENT, column - len(out)) + line[column:].rstrip()
            else:
                fresh = self._take(pieces, line, column, fresh)
                column += 1
        return (begin + "".join(pieces)).rstrip()

    def _take(self, pieces: list[str], line: str, column: int, fresh: bool) -> bool:  # noqa: FBT001 - the scanner's state
        """Take in one character, where a value may begin if `fresh`; say whether one may begin after it."""
        character, following = line[column], line[column + 1 : column + 2]
        if character == " " and fresh:
            return True
        if character in "\"'" and fresh:
            self.quote = character
        elif character in "[{" and fresh:
            self.depth += 1
            pieces.append(character)
            return True
        elif self.depth and (character in "]}," or (character == ":" and _is_colon(pieces, following))):
            while pieces and pieces[-1] == " ":
                pieces.pop()
            pieces.append(character)
            self.depth -= character in "]}"
            if character in ",:":
                pieces.append(" ")
            return character in ",:"
        pieces.append(character)
        return False


def _is_colon(pieces: list[str], following: str) -> bool:
    """Say whether a colon within brackets ends a key."""
    last = next((piece for piece in reversed(pieces) if piece != " "), "")
    return following in {"", " "} or last[-1:] in {'"', "'"}


def _nearest(levels: list[_Level], column: int, otherwise: int) -> int:
    """Find where a comment belongs that does not stand above the line that follows."""
    inner = [level.new for level in levels if level.old >= column]
    return inner[0] if inner else levels[-1].new if levels else otherwise


def _part(lines: list[str]) -> None:
    """Put a blank line before the comments that stand above a section, where there is none."""
    first = len(lines)
    while first and lines[first - 1].startswith("#"):
        first -= 1
    if not first or lines[first - 1]:
        lines.insert(first, "")
