"""Findings as values: what is wrong, where, how bad, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error stops the policy file from being used, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def visible(text: str) -> str:
    r"""Show what cannot be seen, or would end the line, as an escape: names of files come from anywhere.

    >>> visible("a folder\n\x1b[31m/policy.yaml")
    'a folder\\n\\x1b[31m/policy.yaml'
    """
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where something stands: a file, a line and a column counted from 1 (0: the whole file, the whole line).

    In a workbook `cell` is `sheet!B7`, in a database `table, row 7, storage`; it is printed instead of line and column.
    Of an option of a command `file` is the option with its value, `--drop moves.to-perda`, and the column one of that.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""

    @property
    def is_option(self) -> bool:
        """Whether it is an option of a command: no name of a file that is given to one begins with two dashes."""
        return self.file.startswith("--")

    def __str__(self) -> str:
        """Print as editors understand it.

        >>> print(Place(file="policy.yaml", line=3, column=7), Place(file="data.xlsx", cell="Sheet1!B7"))
        policy.yaml:3:7 data.xlsx:Sheet1!B7
        """
        file = visible(self.file)
        if self.is_option:
            return f"{file} column {self.column}" if self.column else file
        if self.cell:
            return f"{file}:{self.cell}"
        return ":".join([file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The other half of a conflict."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding. The message is lower case and without a full stop, with the author's words in backticks.

    `indonesian` holds the message and the help in Indonesian, where they were written in it.
    """

    rule: str
    severity: Severity
    message: str
    place: Place
    help: str = ""
    related: tuple[Related, ...] = ()
    indonesian: tuple[str, str] | None = None

    def __str__(self) -> str:
        """Print the finding on one line, and each related place and the help on a line of its own."""
        lines = [f"{self.place}: {self.severity}: {self.message} [{self.rule}]"]
        lines += [f"  {other.place}: {other.message}" for other in self.related]
        if self.help:
            lines.append(f"  help: {self.help}")
        return "\n".join(lines)


def in_order(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Sort findings by place, each said once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda one: (one.place, one.rule, one.message)))
