"""The option that names the outcome of a what-if."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")
KNOWN = "`recommended:STAGE`, `first:STAGE`, `weeks:STAGE`, `changes`, `undone`, `undetermined`, `shortest-stay`"
"""All outcomes, as help names them: it is printed without the modules that work them out."""


def outcome_option(what: str, *, without: str | None = None) -> Callable[[F], F]:
    """Add the option: `what` says what it is for, and `without` what is shown where it is left out, if it may be."""
    end = "." if without is None else f"; {without}."
    return click.option("--outcome", required=without is None, metavar="OUTCOME", help=f"{what}: {KNOWN}{end}")
