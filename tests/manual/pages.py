"""What a page of the manual holds to be run: consoles, files and Python sessions, each where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FENCE = re.compile(r"(?P<indent> *)(?P<fence>`{3,})(?P<language>[\w-]*)(?P<rest>[^`]*)")
TITLE = re.compile(r"""\btitle=(["'])(?P<name>.+?)\1""")
FILE = re.compile(r"\s*<!-- file: (?P<name>.+?) -->\s*")
PROMPT = "$ "
EXIT = re.compile(r"\s#\s*exit:?\s+(?P<status>[0-9]+)\s*$")


class Kind(StrEnum):
    """What is done with a block."""

    CONSOLE = "console"
    FILE = "file"
    PYTHON = "python"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: `first` is the page's line (counted from 0) on which its text begins."""

    kind: Kind
    first: int
    indent: str
    lines: tuple[str, ...]
    name: str = ""

    @property
    def text(self) -> str:
        """The block's text without its indentation."""
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command of a console block with what it must print; `first` is its own line in the block."""

    first: int
    given: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def line(self) -> str:
        """What bash is given."""
        return "\n".join((self.given[0].removeprefix(PROMPT), *(line.removeprefix("> ") for line in self.given[1:])))

    @property
    def status(self) -> int:
        """The exit code that the page states: `# exit 2` at the end of the command, or 0."""
        stated = EXIT.search(self.given[-1])
        return int(stated["status"]) if stated else 0


def blocks(page: str) -> Iterator[Block]:
    """Find the blocks of a page that are run or written, in order; those in `sh` and other languages are left out."""
    lines = page.splitlines()
    number = 0
    while number < len(lines):
        if opening := FENCE.fullmatch(lines[number]):
            last = _closing(lines, number + 1, opening["fence"])
            indent = opening["indent"]
            text = tuple(line.removeprefix(indent) for line in lines[number + 1 : last])
            kind, name = _kind(opening, before=lines[number - 1] if number else "", text=text)
            if kind:
                yield Block(kind=kind, first=number + 1, indent=indent, lines=text, name=name)
            number = last
        number += 1


def commands(block: Block) -> Iterator[Command]:
    """Split a console block into its commands. Raise ValueError where it begins with something else."""
    if not block.lines or not block.lines[0].startswith(PROMPT):
        raise ValueError(f"line {block.first + 1}: a console block begins with `$ ` and a command")
    starts = [number for number, line in enumerate(block.lines) if line.startswith(PROMPT)]
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        output = start + 1
        while block.lines[output - 1].endswith("\\") and output < end:
            output += 1
        yield Command(first=start, given=block.lines[start:output], expected=block.lines[output:end])


def agrees(expected: Iterable[str], printed: Iterable[str]) -> bool:
    """Say whether an output is the one expected, where `...` on a line of its own stands for any lines or none.

    >>> agrees(["a", "...", "d"], ["a", "b", "c", "d"]), agrees(["a", "...", "d"], ["a", "d", "e"])
    (True, False)
    """
    pattern = "".join(r"(?:.*\n)*" if line.strip() == "..." else re.escape(line) + r"\n" for line in _trimmed(expected))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _trimmed(printed))) is not None


def replaced(page: str, changes: Iterable[tuple[Block, Iterable[str]]]) -> str:
    """Give the page with the lines of some of its blocks replaced."""
    lines = page.splitlines()
    for block, new in sorted(changes, key=lambda change: change[0].first, reverse=True):
        indented = [(block.indent + line).rstrip() for line in new]
        lines[block.first : block.first + len(block.lines)] = indented
    return "".join(f"{line}\n" for line in lines)


def _closing(lines: list[str], start: int, fence: str) -> int:
    for number in range(start, len(lines)):
        if lines[number].strip() == fence:
            return number
    raise ValueError(f"line {start}: the block is not closed")


def _kind(opening: re.Match[str], *, before: str, text: tuple[str, ...]) -> tuple[Kind | None, str]:
    if named := TITLE.search(opening["rest"]) or FILE.fullmatch(before):
        return Kind.FILE, named["name"]
    if opening["language"] == "console":
        return Kind.CONSOLE, ""
    if opening["language"] in {"python", "pycon"} and any(line.startswith(">>>") for line in text):
        return Kind.PYTHON, ""
    return None, ""


def _trimmed(lines: Iterable[str]) -> list[str]:
    trimmed = [line.rstrip() for line in lines]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed
