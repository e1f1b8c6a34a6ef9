"""What is found wrong with the text of one file, while it is read."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import NoReturn

from escalation.diagnostics import Diagnostic, Place, Related, Severity, in_order
from escalation.errors import Refused
from escalation.policy.scalars import Fault

Position = tuple[int, int]
"""Line and column in characters, both counted from 1."""

MOST_FINDINGS = 100


class Notes:
    """What is wrong with one file, up to a hundred findings."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []
        self.doubtful_lines: set[int] = set()
        self.first_bad_indent = sys.maxsize

    @property
    def are_full(self) -> bool:
        """Say whether nothing more is listed."""
        return len(self.found) >= MOST_FINDINGS

    def add(self, fault: Fault, at: Position, *, related: str = "", there: Position = (0, 0)) -> None:
        """Note a fault. Below a line that a tab indents nothing is what it seems, and nothing is said of it."""
        if self.are_full or (at[0] >= self.first_bad_indent and fault.rule not in {"tab", "hidden-character"}):
            return
        other = (Related(place=Place(file=self.file, line=there[0], column=there[1]), message=related),)
        self.found.append(
            Diagnostic(
                rule=fault.rule,
                severity=Severity.ERROR,
                message=fault.message,
                place=Place(file=self.file, line=at[0], column=at[1]),
                help=fault.help,
                related=other if related else (),
            )
        )

    def refuse(self, fault: Fault, at: Position) -> NoReturn:
        """Note a fault beyond which nothing can be read."""
        self.add(fault, at)
        raise Refused(in_order(self.found))

    def refuse_if_any(self) -> None:
        """Raise Refused with all that was noted, if anything was."""
        diagnostics = in_order(self.found)
        if self.are_full:
            more = "there may be more mistakes than these"
            diagnostics += (replace(diagnostics[-1], rule="too-many-mistakes", message=more, help="", related=()),)
        if diagnostics:
            raise Refused(diagnostics)
