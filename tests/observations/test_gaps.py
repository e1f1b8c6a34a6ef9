"""Weeks that lie so far apart that a year was probably mistyped."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.observations import read
from tests.observations.vaccination import POLICY


def gaps(folder: Path, *rows: str) -> list[str]:
    table = folder / "data.csv"
    table.write_text("region,week,first_doses,basis\n" + "".join(f"{row},facility\n" for row in rows), "utf-8")
    return [str(one).partition("data.csv:")[2] for one in read(table, POLICY).findings if one.rule == "long-gap"]


def test_a_mistyped_year_is_told_with_its_row(tmp_path: Path) -> None:
    (said,) = gaps(tmp_path, "Bekasi,2025-W30,1", "Bekasi,2052-W31,2", "Bogor,2025-W30,1")
    assert said == (
        "3: warning: 2052-W31 of `Bekasi` comes 1,410 weeks after 2025-W30, the week before it in the data [long-gap]\n"
        "  help: correct the year, if it is mistyped"
    )


@pytest.mark.parametrize(("last", "told"), [("2021-W52", 0), ("2022-W01", 1)])
def test_two_years_are_no_gap_and_a_week_more_is(tmp_path: Path, last: str, told: int) -> None:
    assert len(gaps(tmp_path, "Bekasi,2020-W01,1", f"Bekasi,{last},2")) == told


def test_a_row_without_figures_after_a_gap_is_told_too(tmp_path: Path) -> None:
    (said,) = gaps(tmp_path, "Bekasi,2025-W30,1", "Bekasi,2052-W31,")
    assert said.startswith(" warning: 2052-W31 of `Bekasi`")


def test_many_years_without_a_gap_are_no_finding(tmp_path: Path) -> None:
    assert gaps(tmp_path, *(f"Bekasi,{year}-W30,{year}" for year in range(2010, 2021))) == []


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("region,week,first_doses\n", encoding="utf-8")
    assert [one.rule for one in read(tmp_path / "data.csv", POLICY).findings] == ["no-rows"]
