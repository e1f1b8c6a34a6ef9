"""How results leave the commands as workbooks: `--out FILE.xlsx`, beside what is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from escalation.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from escalation.documents.report.model import Report
    from escalation.evaluation.sentences import Speaker
    from escalation.reports.basis import Basis
    from escalation.reports.outlook import Outlooks
    from escalation.reports.spreadsheet import Grid

workbook_option = click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Also write the rows to a workbook."
)

out_option = click.option(
    "--out", type=click.Path(path_type=Path), metavar="FOLDER|FILE.xlsx",
    help="Also write a report with pictures to a folder, or the numbers to a workbook.",
)  # fmt: skip


def check_workbook(out: Path | None) -> None:
    """Raise RequestError where a path that is given names no workbook, or one that could not be written."""
    from escalation.errors import RequestError
    from escalation.reports.spreadsheet import check, is_workbook

    if out is None:
        return
    if not is_workbook(out):
        raise RequestError(f"`{out}` is no workbook", help="name a file that ends with .xlsx, or print --format csv")
    check(out)


def check_out(out: Path | None) -> bool:
    """Say whether a path that is given names a workbook and not the folder of a report.

    Raise RequestError where it could not be written.
    """
    if out is None:
        return False
    from escalation.documents.report import folder
    from escalation.reports import spreadsheet

    is_workbook = spreadsheet.is_workbook(out)
    (spreadsheet if is_workbook else folder).check(out)
    return is_workbook


def write_report(report: Report, folder: Path) -> None:
    """Write a report to a folder, and warn of what was left out."""
    from escalation.documents.report.folder import write

    for left_out in write(report, folder):
        click.echo(f"warning: {left_out}", err=True)


def write_workbook(
    out: Path,
    title: str,
    rows: Sequence[Mapping[str, object]],
    *,
    columns: Sequence[str],
    basis: Basis,
    speaker: Speaker,
    said: Iterable[str],
    results: Iterable[str] = (),
    shares: Iterable[str] = (),
    behind: Sequence[Grid] = (),
) -> None:
    """Write rows, other grids `behind` them, and what they rest on.

    `said` are the sentences on what is supposed, and `results` those on what came of it.
    """
    from escalation.reports.spreadsheet import Grid, Spreadsheet, rests_on, spreadsheet

    first = Grid(title=title, columns=tuple(columns), rows=rows, shares=frozenset(shares))
    write_file(out, spreadsheet(Spreadsheet(grids=(first, *behind), about=rests_on(basis, speaker, said, results))))


def write_outlooks(out: Path, outlooks: Outlooks, speaker: Speaker) -> None:
    """Write the rows of outlooks, the parts of the draws in percent."""
    from escalation.reports import outlook as told
    from escalation.reports.spreadsheet import Grid
    from escalation.whatif.scenarios.scenario import called

    shared, is_alone = told.labels_of_all(outlooks), len(outlooks.told) == 1
    said = [label.in_language(speaker.language) for label in shared]
    for one in outlooks.told:
        own = (label.in_language(speaker.language) for label in one.labels if label not in shared)
        said += [label if is_alone else f"{called(one.name, speaker.language)}: {label}" for label in own]
    said += [*told.scenarios_said(outlooks, speaker), *told.methods_said(outlooks, speaker)]
    said += [told.draws_said(outlooks, speaker)]
    numbers = Grid(
        title="numbers",
        columns=told.SPREAD_COLUMNS,
        rows=told.spread_rows(outlooks),
        shares=frozenset({"share"}),
    )
    write_workbook(
        out,
        "outlook",
        told.outlook_rows(outlooks),
        columns=told.COLUMNS,
        basis=outlooks.basis,
        speaker=speaker,
        said=said,
        results=[*told.waiting_said(outlooks, speaker), outlooks.retraced],
        shares=told.COLUMNS[4:],
        behind=[numbers],
    )
