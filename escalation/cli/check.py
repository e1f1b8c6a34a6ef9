"""`escalation check`: what is wrong with policy files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from escalation.cli.fixing import FixingCommand, fix, fix_option
from escalation.cli.inputs import DONE, FINDINGS, NO_INPUT, told
from escalation.cli.reporting import findings_options, publish, refuse_to_overwrite, refuse_unknown_rules, repository

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from escalation.reports.findings import Checked


@click.command("check", cls=FixingCommand)
@click.argument("policies", nargs=-1, type=click.Path())
@findings_options
@fix_option
@told
def command(
    *,
    policies: tuple[str, ...],
    form: str,
    also: tuple[tuple[str, str], ...],
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fixes: tuple[str, ...],
) -> None:
    """Say what is wrong with policy files: their shape, their names, their numbers, their ladder.

    POLICIES are files, or folders with policy.yaml files in them or below. Exits with 1 where a file has an error, with
    3 where one of them is no file to check, or holds none; the others are checked all the same.
    """
    from datetime import datetime

    from escalation.checks import RULES
    from escalation.cli.matching import matching
    from escalation.diagnostics import Severity
    from escalation.reports.findings import Findings

    files, absent = matching(policies)
    for complaint in absent:
        click.echo(f"error: {complaint}", err=True)
    if not files:
        click.echo("error: no policy file to check", err=True)
        sys.exit(NO_INPUT)
    refuse_unknown_rules(select, ignore, RULES)
    refuse_to_overwrite(files, [file for _, file in also], what="policy")
    today = datetime.now().astimezone().date()
    fix(files, fixes, today)
    records = tuple(examined(file, select=select, ignore=ignore, today=today) for file in files)
    run = Findings(files=records, fail_on=Severity(fail_on))
    publish(run, form, also)
    sys.exit(NO_INPUT if absent else FINDINGS if run.has_failed else DONE)


def examined(file: Path, *, select: Collection[str], ignore: Collection[str], today: date) -> Checked:
    """Check one file: why it cannot be used, or what the rules find and which of its numbers are assumed."""
    from escalation.checks import assumptions, check
    from escalation.errors import Refused
    from escalation.policy.load import made
    from escalation.policy.source import read_file
    from escalation.reports.findings import checked

    root = repository()
    source = None
    try:
        source = read_file(file)
        policy = made(source)
    except Refused as refused:
        return checked(file, refused.diagnostics, root=root, source=source, lines=_lines(file))
    found = check(policy, select=select or None, ignore=ignore, today=today)
    assumed = tuple(source.place(route) for route in assumptions(policy))
    lines = tuple(source.text.split("\n")) if found else ()
    return checked(file, found, root=root, source=source, lines=lines, assumptions=assumed)


def _lines(file: Path) -> tuple[str, ...]:
    """Read the lines to be shown beside findings, as far as the reader of policies would."""
    from escalation.policy.source import LARGEST

    with file.open("rb") as stream:
        return tuple(stream.read(LARGEST).decode("utf-8-sig", "replace").split("\n"))
