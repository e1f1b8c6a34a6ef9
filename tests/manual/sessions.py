"""A page of the manual, carried out in a folder of its own as a reader would."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from tests.manual.pages import Block, Kind, agrees, blocks, commands, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 60  # seconds that a command of the manual may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a block: its lines as they would be if recorded now, and how it differs from what was printed."""

    block: Block
    lines: tuple[str, ...]
    difference: str


def carry_out(page: str, folder: Path) -> tuple[Outcome, ...]:
    """Run and write the blocks of a page in order, in a folder that becomes the working directory meanwhile."""
    names: dict[str, object] = {"__name__": "__main__"}
    outcomes = []
    with contextlib.chdir(folder):
        for block in blocks(page):
            match block.kind:
                case Kind.FILE:
                    _write(block, folder)
                case Kind.CONSOLE:
                    outcomes.append(_console(block, folder))
                case Kind.PYTHON:
                    outcomes.append(_python(block, names))
    return tuple(outcomes)


def recorded(page: str, outcomes: Iterable[Outcome]) -> str:
    """Give the page as it would stand if what was printed were true; outputs that agree stay as they are."""
    return replaced(page, [(outcome.block, outcome.lines) for outcome in outcomes if outcome.difference])


def _write(block: Block, folder: Path) -> None:
    path = (folder / block.name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"line {block.first}: `{block.name}` lies outside the page's folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def _console(block: Block, folder: Path) -> Outcome:
    lines: list[str] = []
    difference = ""
    for command in commands(block):
        status, printed = _run(command.line, folder)
        right = agrees(command.expected, printed)
        lines += [*command.given, *(command.expected if right else printed)]
        if not right:
            difference += _difference(command.expected, printed, first=block.first + command.first)
        if status != command.status:
            difference += f"line {block.first + command.first + 1}: exit {status}, not {command.status}\n"
    return Outcome(block=block, lines=tuple(lines), difference=difference)


def _run(line: str, folder: Path) -> tuple[int, list[str]]:
    environment = {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ("bash", "-c", line),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LONGEST,
        check=False,
    )
    return done.returncode, [line.rstrip() for line in done.stdout.decode("utf-8").rstrip().splitlines()]


class _Session(doctest.DocTestRunner):
    """Keeps what each example gave, where doctest would print it."""

    def __init__(self) -> None:
        super().__init__(verbose=False, optionflags=doctest.ELLIPSIS)
        self.given: dict[int, str] = {}

    def report_failure(
        self,
        out: object,  # noqa: ARG002 - doctest's signature
        test: doctest.DocTest,  # noqa: ARG002 - doctest's signature
        example: doctest.Example,
        got: str,
    ) -> None:
        self.given[example.lineno] = got

    def report_unexpected_exception(
        self,
        out: object,  # noqa: ARG002 - doctest's signature
        test: doctest.DocTest,  # noqa: ARG002 - doctest's signature
        example: doctest.Example,
        exc_info: tuple[object, ...],
    ) -> None:
        self.given[example.lineno] = (
            f"Traceback (most recent call last):\n...\n{type(exc_info[1]).__name__}: {exc_info[1]}\n"
        )


def _python(block: Block, names: dict[str, object]) -> Outcome:
    test = doctest.DocTestParser().get_doctest(block.text, {}, "page", None, block.first)
    test.globs = names
    session = _Session()
    with contextlib.redirect_stdout(io.StringIO()):
        session.run(test, clear_globs=False)
    lines = list(block.lines)
    difference = ""
    for example in reversed(test.examples):
        if example.lineno in session.given:
            start = example.lineno + example.source.count("\n")
            end = start + example.want.count("\n")
            printed = session.given[example.lineno].splitlines()
            difference = _difference(lines[start:end], printed, first=block.first + start) + difference
            lines[start:end] = printed
    return Outcome(block=block, lines=tuple(lines), difference=difference)


def _difference(expected: Iterable[str], printed: Iterable[str], *, first: int) -> str:
    return "\n".join((f"line {first + 1}:", *unified_diff([*expected], [*printed], "page", "printed", lineterm=""), ""))
