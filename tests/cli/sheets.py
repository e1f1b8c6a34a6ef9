"""What a workbook holds, beside what CSV has."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def sheet(path: Path, name: str) -> list[list[object]]:
    """Read the rows of a sheet, the heads first; percentages are parts again, and empty cells have no text."""
    openpyxl = pytest.importorskip("openpyxl", reason="workbooks are of the extra excel")
    heads, *rows = ([*row] for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True))
    shares = [str(head).endswith(" (%)") for head in heads]
    found = [[_cell(value, is_share=share) for value, share in zip(row, shares, strict=True)] for row in rows]
    return [[str(head).removesuffix(" (%)") for head in heads], *found]


def _cell(value: object, *, is_share: bool) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return pytest.approx(value / 100 if is_share else value)


def of_csv(text: str) -> list[list[object]]:
    """Give the rows of CSV, with numbers as numbers."""
    return [[_number(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


def about(path: Path) -> list[str]:
    """Give the sentences on what a workbook rests on."""
    return [str(cell) for row in sheet(path, "about") for cell in row if cell != ""]
