"""Positive controls: what a reader with `float()` and plain `csv` makes of the bad files that ours refuses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from escalation.errors import Refused
from escalation.observations import read
from tests.observations.vaccination import POLICY

FOLDER = Path(__file__).resolve().parent.parent / "files" / "err" / "data"


def naive(name: str, column: str) -> list[float]:
    """Read a column as most scripts do."""
    figures = []
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                figures.append(float(row[column]))
            except (TypeError, ValueError):
                continue
    return figures


def ours(name: str, column: str) -> list[float]:
    try:
        series = read(FOLDER / name, POLICY).series
    except Refused:
        return []
    return [one.value for (_, metric), found in series.items() if metric == column for one in found]


@pytest.mark.parametrize(
    ("name", "column", "wrong"),
    [
        ("grouped-or-decimal.csv", "cases", 513.849),
        ("arabic-digits.csv", "cases", 449.0),
        ("fullwidth-digits.csv", "cases", 449.0),
        ("exponent.csv", "cases", 1000.0),
        ("underscore.csv", "cases", 1000.0),
        ("nan-and-inf.csv", "cases", float("inf")),
        ("leading-zeros.csv", "cases", 32.0),
        ("percent-above-100.csv", "elderly", 5558.0),
        ("unquoted-decimal-comma.csv", "cases", 55.0),
        ("many-digits.csv", "cases", 1234567890123456.0),
        ("duplicate-week.csv", "first_doses", 1216443.0),
        ("weeks-that-do-not-exist.csv", "cases", 1.0),
        ("column-twice.csv", "cases", 6.0),
        ("too-many-fields.csv", "cases", 5.0),
    ],
)
def test_a_naive_reader_takes_what_ours_refuses(name: str, column: str, wrong: float) -> None:
    assert wrong in naive(name, column)
    assert wrong not in ours(name, column)


def test_a_naive_reader_loses_rows_in_an_open_quote() -> None:
    assert naive("unclosed-quote.csv", "cases") == [5.0, 6.0]
    assert ours("unclosed-quote.csv", "cases") == [5.0, 7.0, 8.0, 9.0]
