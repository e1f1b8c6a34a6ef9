"""Rows of typed values, as databases hold them, taken in as the texts of a table; no value is rounded on the way."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from escalation.observations.figures import DIGITS, Figure, Flaw
from escalation.observations.findings import Findings, shown
from escalation.observations.records import MAX_CELL

if TYPE_CHECKING:
    from escalation.observations.records import Record

MAX_COLUMNS = 1_000
FREE_WEIGHT = 6_500_000
MAX_RATIO = 20
"""Honest weekly data, packed as Parquet, unpack to 5 to 15 times their size by this measure; SQLite does not pack."""
MAX_WEIGHT = 512 * 2**20
ROW_WEIGHT, CELL_WEIGHT = 40, 2
"""What a row and a cell cost besides their characters, which weigh 1: about 0.2 microseconds each."""
USABLE = "hold it as text, number, date or truth value, or leave the column out of the query"


def records(
    columns: Sequence[str], rows: Iterable[Sequence[object]], packed: int, findings: Findings
) -> Iterator[Record]:
    """Give a header, which is row 0, and the rows numbered from 1, of a file of `packed` bytes.

    Raise Refused for more columns or cells than a file of its size can honestly hold.
    """
    if len(columns) > MAX_COLUMNS:
        raise findings.refuse("file-too-large", f"the table has more than {MAX_COLUMNS:,} columns", help=FEWER_COLUMNS)
    findings.columns = tuple(_printable(name) for name in columns)
    yield 0, list(columns), ""
    room = min(FREE_WEIGHT + MAX_RATIO * packed, MAX_WEIGHT)
    for number, row in enumerate(rows, start=1):
        cells = [value if type(value) is str else cell(value) for value in row]
        size = sum(map(len, cells))
        room -= ROW_WEIGHT + CELL_WEIGHT * len(cells) + size
        if room < 0:
            message = f"the table has more than {number - 1:,} rows, which a file of {packed:,} bytes should not have"
            raise findings.refuse("file-too-large", message, help=FEWER_ROWS)
        if size <= MAX_CELL or _is_bearable(number, cells, findings):
            yield number, cells, ""


FEWER_COLUMNS = "name the columns that are wanted in a query"
FEWER_ROWS = "split it by region or by year"


def _printable(name: str) -> str:
    return shown(name).strip("`")


def _is_bearable(number: int, cells: Sequence[str], findings: Findings) -> bool:
    long = next((index for index, text in enumerate(cells, start=1) if len(text) > MAX_CELL), None)
    if long is None:
        return True
    message = f"the cell is {len(cells[long - 1]):,} characters long; at most {MAX_CELL:,} are read"
    findings.add("cell-too-long", message, line=number, column=long, help="shorten it, or leave the column out")
    return False


def cell(value: object) -> str:
    """Give a value as the text of a cell: numbers in machine format, dates as 2021-09-12, a flaw for what is neither.

    >>> cell(Decimal("55.580")), cell(1120590), cell(0.1 + 0.2), cell(True), cell(None), cell(date(2021, 9, 12))
    ('55.580', '1120590', '0.3', 'yes', '', '2021-09-12')
    """
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return figure(value)
        case datetime() if value.tzinfo is None:
            return (
                value.date().isoformat()
            )  # the time of day says nothing of the week; with a time zone the day is open
        case date() | UUID():
            return str(value)
        case _:
            return flaw(type(value).__name__, "unreadable-value", USABLE)


def figure(value: float | Decimal, *, percent: bool = False) -> Figure:
    """Give a number in machine format: whole numbers and decimals digit for digit, others with the digits that hold."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        text = text.rstrip("0").removesuffix(".") if len(text) > DIGITS and "." in text else text
    else:
        text = str(value) if isinstance(value, int) else f"{value:.{DIGITS}g}"
    made = Figure(format(Decimal(text), "f") if "e" in text else text)
    made.percent = percent
    return made


def single(value: float) -> float:
    """Give the shortest decimal that is a number of 32 bits: 0.1, where 64 bits show 0.10000000149011612.

    >>> single(0.10000000149011612), single(1120590.0)
    (0.1, 1120590.0)
    """
    packed = struct.pack("f", value)
    shorter = (float(f"{value:.{digits}g}") for digits in range(6, 9))
    return next((one for one in shorter if struct.pack("f", one) == packed), value)


def flaw(text: str, rule: str, help_: str) -> Flaw:
    """Give what stands for a value that cannot be read."""
    made = Flaw(text)
    made.rule, made.help = rule, help_
    return made
