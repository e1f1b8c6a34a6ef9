"""Drafting the mapping of a foreign table: guesses for a person to read, each of which says that it is one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import PurePath

from escalation.observations.figures import Locale, Unreadable, reader
from escalation.observations.opening import Table, open_table
from escalation.periods import DATE, WEEK

LOOKED_AT = 5_000
REGION_WORDS = ("region", "wilayah", "kabupaten", "kota", "county", "city", "district", "province", "provinsi", "area")
CODE_WORDS = ("fips", "code", "kode", "id", "hsa", "zip", "nik", "no")
BLANKS = ("NA", "N/A", "n/a", "na", "-", "--", "null", "NULL", "None", "...", "#N/A")
SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a foreign table: its name and its cells, blank ones left out."""

    name: str
    cells: tuple[str, ...]

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Say whether all cells have a form."""
        return bool(self.cells) and all(pattern.fullmatch(cell) for cell in self.cells)

    def is_numeric(self, locale: Locale | None) -> bool:
        """Say whether all cells but the usual signs for a gap are numbers of a locale."""
        figures = [cell for cell in self.cells if cell not in BLANKS]
        return bool(figures) and all(_is_number(cell, locale) for cell in figures)

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
    keys, taken = _keys(columns, PurePath(path).stem)
    taken.update(column.name for column in columns if column.names(*CODE_WORDS))
    measured = [column for column in columns if column.name not in taken and column.is_numeric(locale)]
    names = _names(measured)
    used = {column.name for column in measured} | {name for name in taken if any(_quoted(name) in key for key in keys)}
    rest = [column.name for column in columns if column.name and column.name not in used]
    gaps = sorted({cell for column in measured for cell in column.cells if cell in BLANKS})
    lines = [
        f"# A draft: how {PurePath(path).name} is read. Everything here is guessed: read it and correct it.",
        *keys,
        *([f"delimiter: {json.dumps(table.delimiter)}"] if table.delimiter not in ("", ",") else []),
        *numbers,
        *([f"missing: [{', '.join(map(_quoted, gaps))}]"] if gaps else []),
        "metrics:" if names else "metrics: {}     # no column of numbers was found",
        *(f"  {name}: {_quoted(column.name)}" for name, column in names.items()),
        *([f"ignore: [{', '.join(map(_quoted, rest))}]"] if rest else []),
        "",
        "# For the policy; units and kinds are guessed from names and from the first rows:",
        "# metrics:",
        *(f"#   {name}: {{unit: {_unit(column)}, kind: {_kind(column, locale)}}}" for name, column in names.items()),
    ]
    return "\n".join(lines) + "\n"


def _columns(table: Table) -> list[Column]:
    width = len(table.header[1])
    rows = [cells for _, cells, _ in islice(table.records, LOOKED_AT) if len(cells) == width]
    return [
        Column(name=name.strip(), cells=tuple(cell for row in rows if (cell := row[index].strip())))
        for index, name in enumerate(table.header[1])
    ]


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


def _keys(columns: Sequence[Column], stem: str) -> tuple[list[str], set[str]]:
    """Guess the columns of regions, weeks, dates, bases and sources."""
    dates = [column for column in columns if column.holds(DATE)]
    known = next((column for column in dates if column.names("as", "reported", "updated")), None)
    found = {
        "region": _region(columns),
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
    if found["week"] is None and found["date"] is None:
        lines.append("# week: no column holds weeks as 2021-W36 or dates as 2021-09-12")
    return lines, {column.name for column in found.values() if column is not None}


def _region(columns: Sequence[Column]) -> Column | None:
    texts = [column for column in columns if column.cells and not column.is_numeric(None)]
    named = [column for word in REGION_WORDS for column in (*texts, *columns) if column.names(word) and column.cells]
    return named[0] if named else None


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
    if "%" in column.name or column.names("pct", "percent", "persen", "percentage"):
        return "percent"
    return "people" if column.names("people", "doses", "persons", "orang", "jiwa", "dosis", "population") else "number"


def _kind(column: Column, locale: Locale | None) -> str:
    """Guess the kind: a count that hardly ever falls from row to row is cumulative."""
    read = reader(locale)
    figures = [read(cell) for cell in column.cells if cell not in BLANKS]
    if _unit(column) == "percent" or len(set(figures)) == 1:
        return "level"
    falls = sum(after < before for before, after in pairwise(figures))
    return "cumulative" if falls * 4 < len(figures) - 1 else "flow"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
