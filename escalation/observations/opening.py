"""Opening a table, CSV or workbook: its header, its records, and the digest of its bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from escalation.errors import Refused, RequestError
from escalation.observations.findings import Findings
from escalation.observations.records import MAX_BYTES, Record, Records, delimiter_of, lines_of
from escalation.observations.workbook import read_sheet

STANDARD_INPUT = "-"
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
MAX_PACKED = 16 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it stands in its file: texts in rows, the header first."""

    header: Record
    records: Iterable[Record]
    findings: Findings
    delimiter: str
    digest: str


def open_table(path: str, *, delimiter: str | None = None, sheet: str | None = None) -> Table:
    """Open a file, or standard input (`-`), up to its header.

    Raise RequestError where there is no such file, Refused where it is empty, too large or not what its name says.
    """
    is_workbook = path.lower().endswith(WORKBOOKS)
    findings = Findings("<stdin>" if path == STANDARD_INPUT else path)
    data = _bytes_of(path, MAX_PACKED if is_workbook else MAX_BYTES, findings)
    digest = hashlib.sha256(data).hexdigest()
    if is_workbook or (path == STANDARD_INPUT and data.startswith(b"PK\x03\x04")):
        header, *rest = read_sheet(data, sheet, findings)
        return Table(header=header, records=rest, findings=findings, delimiter="", digest=digest)
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
        raise RequestError(f"there is no file `{path}`") from None
    except IsADirectoryError:
        raise RequestError(f"`{path}` is a folder, not a table") from None
    except (OSError, ValueError) as error:
        raise RequestError(f"`{path}` cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > most:
        message = f"the file is larger than {most // 2**20} MB"
        raise findings.refuse("file-too-large", message, help="split it by region or by year")
    return data
