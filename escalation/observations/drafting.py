"""Drafting the mapping of a foreign table: guesses for a person to read, each of which says that it is one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import PurePath

from escalation.observations.dates import TIMED, Order, isoformat, orders_of
from escalation.observations.figures import Figure, Locale, Unreadable, reader
from escalation.observations.findings import shown
from escalation.observations.opening import Table, open_table
from escalation.periods import DATE, WEEK

LOOKED_AT = 5_000
REGION_WORDS = (
    "region", "wilayah", "kabupaten", "kab", "kota", "kecamatan", "kelurahan", "desa", "daerah", "county", "city",
    "district", "province", "provinsi", "area",
)  # fmt: skip
TIME_WORDS = (
    "date",
    "tanggal",
    "tgl",
    "week",
    "minggu",
    "periode",
    "period",
    "waktu",
    "bulan",
    "month",
    "tahun",
    "year",
)
CODE_WORDS = ("fips", "code", "kode", "id", "hsa", "zip", "nik", "no")
METRIC_WORDS = ("metric", "indicator", "indikator", "variable", "variabel", "measure")
VALUE_WORDS = ("value", "nilai", "figure", "angka", "jumlah")
BLANKS = ("NA", "N/A", "n/a", "na", "-", "--", "null", "NULL", "None", "...", "#N/A")
SLUG = re.compile(r"[^a-z0-9]+")
MOST_METRICS = 200
LEVEL_WORDS = ("target", "sasaran", "population", "populasi", "penduduk", "capacity", "kapasitas")
ANSWERS = dict.fromkeys(("yes", "y", "ya", "true", "sudah"), "yes") | dict.fromkeys(
    ("no", "n", "tidak", "tdk", "false", "belum"), "no"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a foreign table: its name and its cells, blank ones left out."""

    name: str
    cells: tuple[str, ...]
    rows: tuple[str, ...] = ()
    """The cells of all rows, blank ones too."""
    as_percent: bool = False
    """Whether its numbers are written with a percent sign, or a workbook shows them with one."""

    def holds(self, *patterns: re.Pattern[str]) -> bool:
        """Say whether nearly all cells have one of some forms: below a table there may be a line of totals."""
        fitting = sum(any(pattern.fullmatch(cell) for pattern in patterns) for cell in self.cells)
        return bool(self.cells) and fitting * 10 >= len(self.cells) * 9

    def figures(self, cells: Iterable[str] | None = None) -> list[str]:
        """Give the cells, or some of them, without percent signs and the usual signs for a gap."""
        some = self.cells if cells is None else cells
        return [cell.removesuffix("%").rstrip() for cell in some if cell and cell not in BLANKS]

    def is_numeric(self, locale: Locale | None) -> bool:
        """Say whether all cells but the usual signs for a gap are numbers of a locale."""
        figures = self.figures()
        return bool(figures) and all(_is_number(cell, locale) for cell in figures)

    def answers(self) -> dict[str, str]:
        """Give the words for yes and no, if all cells but the usual signs for a gap are such words."""
        words = dict.fromkeys(cell.casefold() for cell in self.cells if cell not in BLANKS)
        return {word: ANSWERS[word] for word in words} if words.keys() <= ANSWERS.keys() else {}

    def names(self, *words: str) -> bool:
        """Say whether the name has one of some words in it."""
        parts = SLUG.sub(" ", self.name.lower()).split()
        return any(word in parts for word in words)


def draft(path: str | os.PathLike[str]) -> str:
    """Give the text of a mapping for a table, with a list of metrics for the policy as comments.

    Raise Refused or RequestError where the table cannot be read.
    """
    table = open_table(os.fspath(path))
    columns = _columns(table)
    locale, numbers = _locale(columns)
    keys, found, order = _keys(columns, PurePath(path).stem)
    taken = {column.name for column in found.values()}
    tidy = _tidy([column for column in columns if column.name not in taken], locale)
    used = taken | {column.name for column in tidy}
    left = [column for column in columns if column.name and column.name not in used]
    measured = (
        [] if tidy else [one for one in left if one.is_numeric(locale) and not one.names(*CODE_WORDS, *TIME_WORDS)]
    )
    judged = [] if tidy else [one for one in left if one not in measured and one.answers()]
    rest = [column for column in left if column not in measured and column not in judged]
    chains = _chains(found, order)
    gaps = sorted({cell for column in (*measured, *judged, *tidy[1:]) for cell in column.cells if cell in BLANKS})
    lines = [
        f"# A draft: how {PurePath(path).name} is read. Everything here is guessed: read it and correct it.",
        *_warned(columns),
        *keys,
        *([f"delimiter: {json.dumps(table.delimiter)}"] if table.delimiter not in ("", ",") else []),
        *numbers,
        *([f"missing: [{', '.join(map(_quoted, gaps))}]"] if gaps else []),
        *_judgements(judged),
        *_metrics([*measured, *judged], tidy),
        *_groups(rest),
        *([f"ignore: [{', '.join(_quoted(column.name) for column in rest)}]"] if rest else []),
        "",
        "# For the policy; units and kinds are guessed from names and from the first rows:",
        "# metrics:",
        *(f"#   {name}: {_declared(one, locale, chains)}" for name, one in _names([*measured, *judged]).items()),
        *(f"#   {name}: {{unit: number, kind: flow}}" for name in (_tidy_names(tidy[0]) if tidy else ())),
    ]
    return "\n".join(lines) + "\n"


def _columns(table: Table) -> list[Column]:
    width = len(table.header[1])
    rows = [cells for _, cells, _ in islice(table.records, LOOKED_AT) if len(cells) == width]
    columns = []
    for index, name in enumerate(table.header[1]):
        cells = [row[index] for row in rows if row[index].strip()]
        as_percent = any(cell.percent if isinstance(cell, Figure) else cell.rstrip().endswith("%") for cell in cells)
        texts = tuple(cell.strip() for cell in cells)
        everywhere = tuple(row[index].strip() for row in rows)
        columns.append(Column(name=name.strip(), cells=texts, rows=everywhere, as_percent=as_percent))
    return columns


def _is_number(text: str, locale: Locale | None) -> bool:
    try:
        reader(locale)(text)
    except Unreadable:
        return False
    return True


def _locale(columns: Sequence[Column]) -> tuple[Locale | None, list[str]]:
    """Guess how numbers are written, by the columns that are numbers in one way and in no other."""
    numeric = {locale: {column.name for column in columns if column.is_numeric(locale)} for locale in (None, *Locale)}
    most = max(map(len, numeric.values()))
    fitting = [locale for locale, found in numeric.items() if len(found) == most]
    if None in fitting or not fitting:
        return None, []
    if len(fitting) > 1:
        return fitting[0], ["# numbers: id or en? the first rows can be read both ways; choose one"]
    return fitting[0], [f"numbers: {fitting[0]}     # 1.120.590 and 55,58 are id, 1,120,590 and 55.58 are en"]


def _warned(columns: Sequence[Column]) -> Iterator[str]:
    """Say what must be changed in the table, because no mapping helps."""
    if 2 * sum(bool(column.name) for column in columns) < len(columns):
        yield "# The first line of the table does not look like a header: delete what stands above the header."
    for column in columns:
        if column.as_percent:
            name = _quoted(column.name)
            yield f"# In the column {name} figures have a percent sign, and are not read: write 55, not 55% or 0.55."


def _keys(columns: Sequence[Column], stem: str) -> tuple[list[str], dict[str, Column], Order | None]:
    """Guess the columns of regions, weeks, dates, bases and sources by their role, and how dates are written."""
    order, orders = _order(columns)
    dates = [column for column in columns if column.holds(DATE, TIMED) or (orders and orders_of(column.cells))]
    known = next((column for column in dates if column.names("as", "reported", "updated")), None)
    found = {
        "region": _region([column for column in columns if column not in dates]),
        "week": next((column for column in columns if column.holds(WEEK)), None),
        "date": next((column for column in dates if column is not known), known),
        "as_of": known,
        "basis": next((column for column in columns if column.names("basis")), None),
        "source": next((column for column in columns if column.names("source", "sumber")), None),
    }
    if found["week"] is not None:
        found["date"] = None
    lines = [f"{role}: {_quoted(column.name)}" for role, column in found.items() if column is not None]
    if found["region"] is None:
        lines.insert(0, f"region: {{is: {_quoted(stem)}}}     # no column names regions: write the name of the region")
    lines += order
    if found["week"] is None and found["date"] is None:
        lines.append("# week: no column holds weeks as 2021-W36 or dates as 2021-09-12")
        for column in columns:
            if column.names(*TIME_WORDS) and column.cells:
                lines.append(
                    f"#   {_quoted(column.name)} holds {shown(column.cells[0])}: write weeks or dates like those"
                )
    present = {role: column for role, column in found.items() if column is not None}
    return lines, present, min(orders, default=None)


def _chains(found: Mapping[str, Column], order: Order | None) -> list[list[int]]:
    """Give the numbers of the rows of each region and counting basis, in the order of their weeks."""
    chains: dict[tuple[str, ...], list[int]] = {}
    whose = [found[role].rows for role in ("region", "basis") if role in found]
    when = [found[role].rows for role in ("week", "date", "as_of") if role in found]
    for number in range(max((len(column.rows) for column in found.values()), default=0)):
        chains.setdefault(tuple(rows[number] for rows in whose), []).append(number)
    for chain in chains.values():
        chain.sort(key=lambda number: [isoformat(rows[number], order) for rows in when])
    return list(chains.values())


def _order(columns: Sequence[Column]) -> tuple[list[str], set[Order]]:
    """Guess in which order dates such as 12/09/2021 are written, by all columns of such dates together."""
    found = [orders for column in columns if (orders := orders_of(column.cells))]
    if not found:
        return [], set()
    orders = set.intersection(*found)
    if len(orders) == 1:
        (order,) = orders
        return [f"dates: {order}     # 31/12/2021 is dmy, 12/31/2021 is mdy"], orders
    return ["# dates: dmy or mdy? the first rows can be read both ways; choose one"], {*Order}


def _region(columns: Sequence[Column]) -> Column | None:
    texts = [column for column in columns if column.cells and not column.is_numeric(None)]
    named = [column for word in REGION_WORDS for column in (*texts, *columns) if column.names(word) and column.cells]
    return named[0] if named else None


def _tidy(columns: Sequence[Column], locale: Locale | None) -> tuple[Column, ...]:
    """Find the column of metrics and that of values, if each row of the table names its metric."""
    metric = next((one for one in columns if one.names(*METRIC_WORDS) and not one.is_numeric(locale)), None)
    value = next((one for one in columns if one.names(*VALUE_WORDS) and one.is_numeric(locale)), None)
    return (metric, value) if metric is not None and value is not None and metric.cells else ()


def _tidy_names(metric: Column) -> dict[str, str]:
    texts = dict.fromkeys(metric.cells)
    return {name: column.name for name, column in _names(Column(name=text, cells=()) for text in texts).items()}


def _metrics(measured: Sequence[Column], tidy: Sequence[Column]) -> Iterator[str]:
    if tidy:
        yield f"metric: {_quoted(tidy[0].name)}"
        yield f"value: {_quoted(tidy[1].name)}"
        yield "# On the left stand the names of the metrics of your policy: replace those that are other ones there."
        yield "metrics:"
        yield from (f"  {name}: {_quoted(text)}" for name, text in islice(_tidy_names(tidy[0]).items(), MOST_METRICS))
        return
    if measured:
        yield "# On the left stand the names of the metrics of your policy: replace those that are other ones there."
    yield "metrics:" if measured else "metrics: {}     # no column of numbers was found"
    yield from (f"  {name}: {_quoted(column.name)}" for name, column in _names(measured).items())


def _groups(rest: Sequence[Column]) -> Iterator[str]:
    """Propose columns that may name groups of regions, as comments: the policy must name the group."""
    for name, column in _names(one for one in rest if one.names(*REGION_WORDS, "group", "basin", "hsa")).items():
        yield f"# groups: {{{name}: {_quoted(column.name)}}}     # if a metric of the policy has `group: {name}`"


def _names(columns: Iterable[Column]) -> dict[str, Column]:
    names: dict[str, Column] = {}
    for column in columns:
        slug = SLUG.sub("_", column.name.lower()).strip("_")[:50] or "metric"
        slug = slug if slug[0].isalpha() else f"m_{slug}"
        number = 2
        name = slug
        while name in names:
            name, number = f"{slug}_{number}", number + 1
        names[name] = column
    return names


def _unit(column: Column) -> str:
    if column.as_percent or "%" in column.name or column.names("pct", "percent", "persen", "percentage"):
        return "percent"
    return "people" if column.names("people", "doses", "persons", "orang", "jiwa", "dosis", "population") else "number"


def _judgements(judged: Sequence[Column]) -> Iterator[str]:
    words = {word: answer for column in judged for word, answer in column.answers().items() if word != answer}
    if words:
        listed = ", ".join(f"{_quoted(word)}: {answer}" for word, answer in words.items())
        yield f"judgements: {{{listed}}}     # words that mean yes or no"


def _declared(column: Column, locale: Locale | None, chains: Sequence[Sequence[int]]) -> str:
    if column.answers():
        return "{kind: judgement, by: name-of-the-role}"
    return f"{{unit: {_unit(column)}, kind: {_kind(column, locale, chains)}}}"


def _kind(column: Column, locale: Locale | None, chains: Sequence[Sequence[int]]) -> str:
    """Guess the kind: a count that hardly ever falls from week to week of a region is cumulative."""
    read = reader(locale)
    series = [[read(cell) for cell in column.figures([column.rows[row] for row in chain])] for chain in chains]
    distinct = {figure for figures in series for figure in figures}
    if _unit(column) == "percent" or column.names(*LEVEL_WORDS) or len(distinct) == 1:
        return "level"
    steps = [after - before for figures in series for before, after in pairwise(figures)]
    return "cumulative" if 4 * sum(step < 0 for step in steps) < len(steps) else "flow"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
