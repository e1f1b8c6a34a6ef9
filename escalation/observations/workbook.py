"""Workbooks (.xlsx), which may come from strangers: weighed before they are opened, and no formula is trusted.

They are read in this process. What bounds the reading are the limits below: members and sizes by the directory of the
archive, then markup, counted in the unpacked bytes, because time and memory grow with the elements and not the bytes.
"""

from __future__ import annotations

import importlib.util
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import repeat
from typing import TYPE_CHECKING, Protocol, cast

from escalation.errors import Refused, RequestError, install
from escalation.observations.findings import Findings, resembling, shown
from escalation.observations.typed import MAX_COLUMNS, figure, flaw

if TYPE_CHECKING:
    from escalation.observations.records import Record

MAX_MEMBERS = 1_000
MAX_UNPACKED = 128 * 2**20
MAX_RATIO = 100
"""Sheets of real tables pack about ten to one."""
FREE_MARKUP = 200_000
"""Elements and end tags of sheets and texts; each byte of the packed file allows one more."""
MAX_FURNITURE = 60_000
"""Elements and end tags of styles, relations and whatever else is no cell."""


class Cell(Protocol):
    """A cell as openpyxl reads it."""

    value: object
    data_type: str
    number_format: str


class Sheet(Protocol):
    """A sheet as openpyxl reads it, row by row."""

    title: str

    def iter_rows(self, *, min_row: int = ..., max_col: int = ...) -> Iterator[tuple[Cell, ...]]:
        """Give the rows, each padded to the same width; all rows that are not in the file are one object."""

    def reset_dimensions(self) -> None:
        """Forget the size that the file declares."""


def read_sheet(data: bytes, wanted: str | None, findings: Findings) -> list[Record]:
    """Read a sheet of a workbook, the first one by default, as records whose cells are texts.

    Raise Refused for what is no workbook or a hostile one, RequestError without the extra `excel`.
    """
    if any(importlib.util.find_spec(name) is None for name in ("openpyxl", "defusedxml")):
        raise RequestError("a workbook is read with openpyxl and defusedxml", help=INSTALL)
    has_formulas = _weigh(data, findings)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of the workbook that hold no cells
            return list(_records(data, wanted, findings, has_formulas=has_formulas))
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - whatever openpyxl stumbles over, the file is at fault
        if any(type(one).__module__.startswith("defusedxml") for one in (error, error.__cause__, error.__context__)):
            raise findings.refuse("hostile-workbook", "the workbook defines entities of its own") from None
        message = f"the workbook cannot be read ({type(error).__name__})"
        raise findings.refuse("not-a-table", message, help="save it again as .xlsx, or as `CSV UTF-8`") from None


INSTALL = f"{install('excel')[0]}, or save the sheet as `CSV UTF-8`"


def _weigh(data: bytes, findings: Findings) -> bool:
    """Raise Refused for what would take too long to read or unpack to too much; say whether there are formulas."""
    if not data:
        raise findings.refuse("empty-file", "the file is empty")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "this is a workbook of the old format (.xls), or one with a password"
        raise findings.refuse("not-a-table", message, help="save it as .xlsx without a password, or as `CSV UTF-8`")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _weigh_directory(archive.infolist(), findings)
            return _weigh_markup(archive, len(data), findings)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        message = f"this is not a workbook ({type(error).__name__})"
        raise findings.refuse("not-a-table", message, help="save it as .xlsx, or as `CSV UTF-8`") from None


def _weigh_directory(members: list[zipfile.ZipInfo], findings: Findings) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    names = {member.filename for member in members}
    if len(members) > MAX_MEMBERS or len(names) < len(members):
        message = f"the workbook has {len(members):,} members, at most {MAX_MEMBERS:,} are read, each name once"
        raise findings.refuse("hostile-workbook", message)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed + 2**20:
        message = f"the workbook unpacks from {packed:,} to {unpacked:,} bytes, which no table does"
        raise findings.refuse("hostile-workbook", message)
    if "[Content_Types].xml" not in names:
        raise findings.refuse("not-a-table", "this is an archive, not a workbook")


def _weigh_markup(archive: zipfile.ZipFile, packed: int, findings: Findings) -> bool:
    """Count elements and end tags, each of which takes time; an archive gives no more than its directory says.

    Formulas are read in a second pass, but they are rare where there are so many cells that it matters.
    """
    cells = furniture = 0
    has_formulas = False
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels")):
            continue
        content = archive.read(member)
        marks = content.count(b"<")
        if "/worksheets/sheet" in member.filename:
            behind = content.count(b"<", max(content.rfind(b"</sheetData>"), 0))
        else:
            behind = 0 if "sharedStrings" in member.filename else marks
        has_formulas |= marks > behind and (b"<f" in content or b":f" in content)
        cells += marks - behind
        furniture += behind
    if cells > FREE_MARKUP + packed or furniture > MAX_FURNITURE:
        message = f"the workbook has {cells + furniture:,} marks of XML in {packed:,} bytes, which no table does"
        raise findings.refuse("hostile-workbook", message)
    return has_formulas


def _records(data: bytes, wanted: str | None, findings: Findings, *, has_formulas: bool) -> Iterator[Record]:
    values = _sheet(data, wanted, findings, data_only=True)
    findings.sheet = values.title
    line, width = _corner(values, findings)
    rows = values.iter_rows(min_row=line, max_col=width)
    behind: Iterator[tuple[Cell | None, ...]] = repeat((None,) * width)
    if has_formulas:
        behind = iter(_sheet(data, wanted, findings, data_only=False).iter_rows(min_row=line, max_col=width))
    blank = None
    for number, row in enumerate(rows, start=line):
        formulas = next(behind)
        if row is blank:
            continue
        cells = [_text(cell, formula) for cell, formula in zip(row, formulas, strict=True)]
        if any(cells):
            yield number, cells, ""
        else:
            blank = row  # rows that are not in the file are one object, and there may be a million of them


def _sheet(data: bytes, wanted: str | None, findings: Findings, *, data_only: bool) -> Sheet:
    from openpyxl import load_workbook  # noqa: PLC0415 - of the extra `excel`

    book = load_workbook(BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    sheets = {sheet.title: cast("Sheet", sheet) for sheet in book.worksheets}
    if not sheets:
        raise findings.refuse("not-a-table", "the workbook has no sheet with cells")
    if wanted is not None and wanted not in sheets:
        help_ = resembling(wanted, sheets) or "the sheets are " + ", ".join(shown(title) for title in [*sheets][:10])
        raise findings.refuse("no-such-sheet", f"the workbook has no sheet {shown(wanted)}", help=help_)
    sheet = next(iter(sheets.values())) if wanted is None else sheets[wanted]
    sheet.reset_dimensions()  # what the file declares is not what it holds
    return sheet


def _corner(sheet: Sheet, findings: Findings) -> tuple[int, int]:
    """Find the row of the header and its width; cells to the right of it are no part of the table."""
    blank = None
    for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if row is blank:
            continue
        filled = [index for index, cell in enumerate(row, start=1) if cell.value not in (None, "")]
        if filled and filled[-1] > MAX_COLUMNS:
            message = f"the table has more than {MAX_COLUMNS:,} columns"
            raise findings.refuse("hostile-workbook", message, line=line, column=filled[-1])
        if filled:
            return line, filled[-1]
        blank = row
    raise findings.refuse("empty-file", f"the sheet {shown(sheet.title)} is empty")


def _text(cell: Cell, formula: Cell | None) -> str:
    """Give a cell as text: numbers in machine format, dates as 2021-09-12, a flaw where there is no value."""
    value = cell.value
    match value:
        case None:
            if formula is None or formula.data_type != "f":
                return ""
            return flaw(str(formula.value), "formula-not-calculated", CALCULATE)
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return figure(value, percent="%" in cell.number_format)
        case datetime():
            return value.date().isoformat()  # the time of day says nothing of the week
        case str() if cell.data_type == "e":
            return flaw(value, "spreadsheet-error", "repair the formula, or leave the cell empty")
        case _:
            return str(value)


CALCULATE = "open the workbook in a spreadsheet program and save it: a formula has no value before"
