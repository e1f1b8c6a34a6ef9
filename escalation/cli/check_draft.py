"""`escalation check-draft`: what a draft of an instrument does against the rules on how such texts are written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from escalation.cli.inputs import DONE, FINDINGS, NO_INPUT, Day, language_option, told
from escalation.cli.reporting import findings_options, publish, refuse_to_overwrite, refuse_unknown_rules, repository

if TYPE_CHECKING:
    from datetime import date

    from escalation.policy.values import Language
    from escalation.reports.findings import Checked


@click.command("check-draft")
@click.argument("drafts", nargs=-1, type=click.Path())
@click.option("--date", "on", type=Day(), help="The day of the law; today without it.")
@findings_options
@language_option
@told
def command(
    *,
    drafts: tuple[str, ...],
    on: date | None,
    form: str,
    also: tuple[tuple[str, str], ...],
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    lang: str,
) -> None:
    """Say what is wrong with drafts of instruments: circular, instruction, decree, regulation, by-law.

    DRAFTS are Indonesian drafts in Markdown or Word (.docx), or folders with .md files in them or below; those of a
    folder whose title names no instrument are left out. Exits with 1 where a draft has an error, with 3 where there is
    none to check.
    """
    from datetime import datetime

    from escalation.cli.matching import matching
    from escalation.diagnostics import Severity
    from escalation.documents.drafting import RULES
    from escalation.policy.values import Language
    from escalation.reports.findings import Findings

    files, absent = matching(drafts, names=("*.md",))
    for complaint in absent:
        click.echo(f"error: {complaint}", err=True)
    refuse_unknown_rules(select, ignore, RULES)
    refuse_to_overwrite(files, [file for _, file in also], what="draft")
    named = {Path(name) for name in drafts}
    day = on or datetime.now().astimezone().date()
    records = [
        one
        for file in files
        if (one := _examined(file, day, select, ignore, Language(lang), is_named=file in named)) is not None
    ]
    if not records:
        click.echo("error: no draft to check", err=True)
        sys.exit(NO_INPUT)
    run = Findings(files=tuple(records), fail_on=Severity(fail_on), of="draft")
    publish(run, form, also)
    sys.exit(NO_INPUT if absent else FINDINGS if run.has_failed else DONE)


def _examined(
    file: Path, day: date, select: tuple[str, ...], ignore: tuple[str, ...], language: Language, *, is_named: bool
) -> Checked | None:
    """Check one draft; None for a file of a folder whose title names no instrument."""
    from escalation.documents.drafting import check, names_instrument, read_draft
    from escalation.errors import Refused
    from escalation.reports.findings import checked

    root = repository()
    try:
        draft = read_draft(file)
    except Refused as refused:
        return checked(file, refused.diagnostics, root=root)
    if not is_named and not names_instrument(draft.text):
        click.echo(f"note: {file} is left out: its title names no instrument", err=True)
        return None
    found = check(draft.text, day, file=str(file), select=select or None, ignore=ignore, language=language)
    return checked(file, draft.located(found, language), root=root, lines=draft.lines if found else ())
