"""`escalation check`: what is wrong with a policy file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import DONE, FINDINGS, NO_INPUT, policy_file, told

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.diagnostics import Diagnostic


@click.command("check")
@click.argument("policies", nargs=-1, type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@told
def command(policies: tuple[str, ...], form: str) -> None:
    """Say what is wrong with policy files: their shape, their references, their units.

    POLICIES are files, or folders with a policy.yaml. Exits with 1 where a file has an error, with 3 where there is
    no file to check.
    """
    files = [policy_file(path) for path in policies]
    absent = [file for file in files if not file.is_file()]
    for file in absent:
        click.echo(f"error: there is no file `{file}`", err=True)
    if absent or not files:
        click.echo("error: no policy file to check", err=True)
        sys.exit(NO_INPUT)
    checked = [_checked(file) for file in files]
    _print(files, checked, form)
    errors = any(one.severity == "error" for found, _ in checked for one in found)
    sys.exit(FINDINGS if errors else DONE)


def _checked(file: Path) -> tuple[tuple[Diagnostic, ...], tuple[Any, ...]]:
    from datetime import datetime

    from escalation.checks import assumptions, check
    from escalation.errors import Refused
    from escalation.policy.load import load

    try:
        policy = load(file)
    except Refused as refused:
        return refused.diagnostics, ()
    today = datetime.now().astimezone().date()
    return check(policy, today=today), tuple(policy.source.place(route) for route in assumptions(policy))


def _print(files: list[Path], checked: list[tuple[tuple[Diagnostic, ...], tuple[Any, ...]]], form: str) -> None:
    if form == "json":
        from escalation.reports.records import diagnostics_json

        everything = [one for found, _ in checked for one in found]
        assumed = {
            str(file): [str(place) for place in places] for file, (_, places) in zip(files, checked, strict=True)
        }
        click.echo(diagnostics_json(everything, files=[str(file) for file in files], assumptions=assumed), nl=False)
        return
    for file, (found, places) in zip(files, checked, strict=True):
        for one in found:
            click.echo(str(one))
        errors = sum(1 for one in found if one.severity == "error")
        others = len(found) - errors
        click.echo(f"{file}: {_count(errors, 'error')}, {_count(others, 'other finding')}"
                   + (f", {_count(len(places), 'assumption')}" if not errors else ""))  # fmt: skip


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
