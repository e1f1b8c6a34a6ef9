"""The numbers of a report as CSV and as Parquet."""

from __future__ import annotations

import csv
import unicodedata
from importlib.util import find_spec
from pathlib import Path

from escalation.documents.report.model import Cell, Sheet
from escalation.errors import install

NO_PARQUET = f"summary.parquet was left out: it is written by duckdb, which is not installed ({install('sql')[0]})"
SQL_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE"}


def inert(value: Cell) -> Cell:
    """Give a cell that no spreadsheet takes for a formula, and that says nothing by signs that nobody sees.

    >>> inert("=1+1"), inert("North"), inert(-2), inert(None)
    ("'=1+1", 'North', -2, '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    seen = "".join(sign for sign in value if sign in "\t\r\n" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    begins = unicodedata.normalize("NFKC", seen).lstrip(" \n")
    return f"'{seen}" if begins.startswith(("=", "+", "-", "@", "\t", "\r")) else seen


def write_csv(sheet: Sheet, path: Path) -> None:
    """Write the rows as CSV, texts made inert."""
    _write(sheet, path, [[inert(cell) for cell in row] for row in sheet.rows])


def can_write_parquet() -> bool:
    """Say whether the extra `sql` is installed."""
    return find_spec("duckdb") is not None


def write_parquet(sheet: Sheet, path: Path) -> None:
    """Write the rows as Parquet, texts as they are; the same rows give the same bytes with one version of duckdb."""
    import duckdb  # noqa: PLC0415 - of the extra `sql`

    rows = path.with_suffix(".rows")
    _write(sheet, rows, [["" if cell is None else cell for cell in row] for row in sheet.rows])
    with duckdb.connect(":memory:", config={"threads": "1"}) as connection:
        read = connection.read_csv(
            str(rows),
            header=True,
            dtype={name: SQL_TYPES[kind] for name, kind in sheet.columns},
            delimiter=",",
            quotechar='"',
            escapechar='"',
            na_values=[""],
            parallel=False,
        )
        read.write_parquet(str(path), compression="zstd")
    rows.unlink()


def _write(sheet: Sheet, path: Path, rows: list[list[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([name for name, _ in sheet.columns])
        writer.writerows(rows)
