"""The records of a CSV file, strictly: each with its line, and a finding instead of a record that cannot be trusted."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain, pairwise, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.observations.findings import Findings

MAX_BYTES = 64 * 2**20
MAX_LINE = 1_000_000
MAX_CELL = 32_767
LINES_OF_A_CELL = 3
BLOCK = 2**20
BOM = b"\xef\xbb\xbf"

Record = tuple[int, list[str], str]
"""The line it begins on, its cells, and the text of the line; in a workbook that text is empty."""

QUOTED = re.compile(r'"[^"]*"')
WHOLE = re.compile(r"[+-]?[0-9]+", re.ASCII)


def lines_of(data: bytes, findings: Findings) -> Iterator[str]:
    """Give the lines of a text without their ends. Raise Refused for bytes that are not UTF-8, or are no text."""
    data = data.removeprefix(BOM)
    if not data.strip():
        raise findings.refuse("empty-file", "the file is empty")
    if data.startswith(b"PK\x03\x04"):
        raise findings.refuse("not-a-table", "this is a workbook or an archive, not a text", help="name it *.xlsx")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:200].count(0) > 20:  # noqa: PLR2004 - half of UTF-16 is zeros
        raise findings.refuse("not-utf-8", "the file looks like UTF-16", help=SAVE_AS)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (bad := _first_bad_byte(data)) is not None:
        line = data.count(b"\n", 0, bad) + 1
        column = len(data[data.rfind(b"\n", 0, bad) + 1 : bad].decode(errors="replace")) + 1
        message = f"byte {bad + 1:,} of the file (0x{data[bad]:02x}) is not UTF-8"
        raise findings.refuse("not-utf-8", message, line=line, column=column, help=SAVE_AS)
    return chain.from_iterable(data[start:end].decode().removesuffix("\n").split("\n") for start, end in _blocks(data))


SAVE_AS = "save the table as `CSV UTF-8`"


def _blocks(data: bytes) -> Iterator[tuple[int, int]]:
    """Cut a text into blocks of whole lines, because all lines at once would take many times its size."""
    start = 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + BLOCK) + 1 or data.find(b"\n", start + BLOCK) + 1 or len(data)
        yield start, end
        start = end


def _first_bad_byte(data: bytes) -> int | None:
    for start, end in () if data.isascii() else _blocks(data):
        try:
            data[start:end].decode()
        except UnicodeDecodeError as error:
            return start + error.start
    return None


def delimiter_of(header: str) -> str:
    """Tell the delimiter by the header: the mark that it has most of outside quotes; a comma is the last to be taken.

    >>> delimiter_of("region,week,cases"), delimiter_of('region;week;"Cakupan (%), dosis 1"'), delimiter_of("a;b, c")
    (',', ';', ';')
    """
    bare = QUOTED.sub("", header)
    return max((";", "\t", "|", ","), key=lambda mark: (bare.count(mark), mark != ","))


class Records:
    """The records of the table one by one, blank lines left out; where quotes are wrong, a finding instead."""

    def __init__(self, lines: Iterable[str], delimiter: str, findings: Findings) -> None:
        self.width = 0
        self._delimiter = delimiter
        self._findings = findings
        self._numbered = chain(enumerate(lines, start=1), repeat((0, "")))
        self._again: deque[tuple[int, str]] = deque()
        self._line: list[str] = []
        take: Callable[[], str] = self._line.pop
        self._cells = csv.reader(iter(take, None), delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[Record]:
        """Give the records."""
        delimiter = self._delimiter
        for number, raw in self._numbered:
            if '"' in raw or len(raw) > MAX_CELL:
                yield from self._carefully(number, raw)
            elif raw:
                yield number, raw.split(delimiter), raw
            elif not number:
                return

    def _carefully(self, number: int, raw: str) -> Iterator[Record]:
        """Give the record of a line, and those of lines that were looked at as if its last cell went on."""
        self._again.append((number, raw))
        while self._again:
            number, raw = self._again.popleft()
            if len(raw) > MAX_CELL and not self._is_bearable(number, raw):
                continue
            if '"' not in raw:
                if raw:
                    yield number, raw.split(self._delimiter), raw
            elif record := self._with_quotes(number, raw):
                yield record

    def _is_bearable(self, number: int, raw: str) -> bool:
        if len(raw) > MAX_LINE:
            message = f"the line is {len(raw):,} characters long; at most {MAX_LINE:,} are read"
            self._findings.add("line-too-long", message, line=number)
            return False
        lengths = [len(cell) for cell in raw.split(self._delimiter)]
        if max(lengths) > MAX_CELL:
            message = f"the cell is {max(lengths):,} characters long; at most {MAX_CELL:,} are read"
            index = lengths.index(max(lengths))
            self._findings.add("cell-too-long", message, line=number, column=sum(lengths[:index]) + index + 1)
            return False
        return True

    def _with_quotes(self, number: int, raw: str) -> Record | None:
        """Read a record with quotation marks, which may go on in the next two lines."""
        text = raw
        taken: list[tuple[int, str]] = []
        while text.count('"') % 2 and len(taken) < LINES_OF_A_CELL - 1:
            following = self._again.popleft() if self._again else next(self._numbered)
            if not following[0]:
                break
            taken.append(following)
            text += "\n" + following[1]
        cells = None if text.count('"') % 2 else self._split(text)
        if cells is not None and (not taken or len(cells) == self.width):
            return number, cells, text
        self._again.extendleft(reversed(taken))
        if raw.count('"') % 2 or raw.endswith('"'):
            message = "the quotation mark is not closed: the row is not read"
            self._findings.add("unclosed-quote", message, line=number, column=raw.rfind('"') + 1, help=CLOSE)
        else:
            message = "a quoted cell goes on after its closing quotation mark: the row is not read"
            self._findings.add("bad-quote", message, line=number, help=CLOSE)
        return None

    def _split(self, text: str) -> list[str] | None:
        self._line.append(text)
        try:
            return next(self._cells)
        except (csv.Error, IndexError):
            self._line.clear()
            return None


CLOSE = 'put a cell with quotation marks between quotation marks, and double those inside: "5"" pipe"'


def columns_of(record: Record) -> list[int]:
    """Tell at which character of its line each cell begins, 0 where on a later line; in a workbook the column.

    >>> columns_of((2, ["Kota Bekasi", "2021-W36", "5"], '"Kota Bekasi",2021-W36,5'))
    [1, 15, 24]
    """
    _, cells, raw = record
    if not raw:
        return list(range(1, len(cells) + 1))
    if '"' not in raw:
        return [index + start for index, start in enumerate(accumulate(map(len, cells), initial=0), start=1)]
    starts = []
    position = 0
    for cell in cells:
        starts.append(0 if "\n" in raw[:position] else position + 1)
        quoted = raw[position : position + 1] == '"'
        position += len(cell) + 1 + (2 + cell.count('"') if quoted else 0)
    return starts


def report_shift(record: Record, width: int, delimiter: str, findings: Findings) -> None:
    """List that a row has more or fewer fields than the header, unless it is blank."""
    line, cells, _ = record
    if any(cell.strip(" \t") for cell in cells):
        fields = f"{len(cells)} field" if len(cells) == 1 else f"{len(cells)} fields"
        message = f"the row has {fields} and the header {width}: the row is not read"
        findings.add("shifted-columns", message, line=line, help=_shift_help(cells, width, delimiter))


def _shift_help(cells: list[str], width: int, delimiter: str) -> str:
    """Say what may have shifted the columns of a row: two neighbours that look like one number with a comma."""
    if len(cells) == width + 1 and not cells[-1].strip(" \t"):
        return "a delimiter too many stands at the end of the row: delete it"
    if delimiter == "," and len(cells) > width:
        for left, right in pairwise(cells):
            if WHOLE.fullmatch(left) and WHOLE.fullmatch(right) and len(right) <= 3:  # noqa: PLR2004 - decimals or a group
                return (
                    f"`{left},{right}` may be one number: put it in quotation marks, or semicolons between the "
                    "columns, and declare --numbers id or en"
                )
    return "count the delimiters; a cell that holds one stands in quotation marks"
