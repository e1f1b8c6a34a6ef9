"""Opening a table, CSV, workbook or database: its header, its records, and the digest of its bytes."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from escalation.errors import Refused, RequestError
from escalation.observations.findings import Findings
from escalation.observations.parquet import read_parquet
from escalation.observations.records import MAX_BYTES, Record, Records, delimiter_of, lines_of
from escalation.observations.sqlite import MAGIC, read_sqlite
from escalation.observations.workbook import read_sheet

STANDARD_INPUT = "-"
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
PARQUET = (".parquet",)
DATABASES = (".sqlite", ".sqlite3", ".db")
SORTS = {WORKBOOKS: b"PK\x03\x04", PARQUET: b"PAR1", DATABASES: MAGIC}
"""What is no text: the endings of the names, and the bytes by which standard input is known."""
MAX_PACKED = 16 * 2**20
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://", re.ASCII)
EXPORT = (
    "export what is wanted to Parquet or CSV and name that file; of PostgreSQL: "
    "psql -c \"\\copy (select ...) to 'observations.csv' csv header\""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it stands in its file: texts in rows, the header first."""

    header: Record
    records: Iterable[Record]
    findings: Findings
    delimiter: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which table of a file is read: the sheet of a workbook, the table of a database, or what a SELECT gives."""

    sheet: str | None = None
    table: str | None = None
    query: str | None = None


WHOLE = Selection()


def open_table(path: str, *, delimiter: str | None = None, selection: Selection = WHOLE) -> Table:
    """Open a file, or standard input (`-`), up to its header.

    Raise RequestError where there is no such file or the selection does not fit it, Refused where it is empty, too
    large or not what its name says.
    """
    sort = next((endings for endings in SORTS if path.lower().endswith(endings)), ())
    findings = Findings("<stdin>" if path == STANDARD_INPUT else path)
    data = _bytes_of(path, MAX_PACKED if sort == WORKBOOKS else MAX_BYTES, findings)
    if path == STANDARD_INPUT:
        sort = next((endings for endings, magic in SORTS.items() if data.startswith(magic)), ())
    _refuse_unfit(selection, sort, findings.file)
    digest = hashlib.sha256(data).hexdigest()
    if selection.table is not None or selection.query is not None:
        chosen = f"{digest}\n{selection.table or ''}\n{selection.query or ''}"
        digest = hashlib.sha256(chosen.encode()).hexdigest()
    if sort:
        rows = _typed(data, sort, selection, findings)
        return Table(header=next(rows), records=rows, findings=findings, delimiter="", digest=digest)
    return _open_text(data, delimiter, findings, digest)


def _typed(data: bytes, sort: tuple[str, ...], selection: Selection, findings: Findings) -> Iterator[Record]:
    if sort == WORKBOOKS:
        return iter(read_sheet(data, selection.sheet, findings))
    if sort == PARQUET:
        return read_parquet(data, selection.query, findings)
    return read_sqlite(data, selection.table, selection.query, findings)


def _refuse_unfit(selection: Selection, sort: tuple[str, ...], file: str) -> None:
    if selection.table is not None and selection.query is not None:
        raise RequestError("a table and a query are given", help="give either --table or --query")
    if selection.table is not None and sort != DATABASES:
        raise RequestError(f"`{file}` is no database: it has no tables to choose from", help="leave --table out")
    if selection.query is not None and sort not in (DATABASES, PARQUET):
        raise RequestError(f"`{file}` is neither a database nor Parquet: nothing can be asked of it", help=NO_QUERY)


NO_QUERY = "leave --query out, and name columns in a mapping"


def _open_text(data: bytes, delimiter: str | None, findings: Findings, digest: str) -> Table:
    lines = iter(lines_of(data, findings))
    head = [next(lines)]
    while not head[-1].strip():
        head.append(next(lines))
    mark = delimiter or delimiter_of(head[-1])
    records = Records(chain(head, lines), mark, findings)
    rows = iter(records)
    first = next(rows, None)
    if first is None or first[0] != len(head):
        raise Refused(findings.listed())
    records.width = len(first[1])
    return Table(header=first, records=rows, findings=findings, delimiter=mark, digest=digest)


def _bytes_of(path: str, most: int, findings: Findings) -> bytes:
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(most + 1)
    except FileNotFoundError:
        if address := ADDRESS.match(path):
            message = f"data are read from files, and not from an address, as `{address[0]}` begins one"
            raise RequestError(message, help=EXPORT) from None
        raise RequestError(f"there is no file `{path}`", indonesian=(f"berkas `{path}` tidak ada", "")) from None
    except IsADirectoryError:
        raise RequestError(f"`{path}` is a folder, not a table") from None
    except (OSError, ValueError) as error:
        raise RequestError(f"`{path}` cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > most:
        message = f"the file is larger than {most // 2**20} MB"
        raise findings.refuse("file-too-large", message, help="split it by region or by year")
    return data
