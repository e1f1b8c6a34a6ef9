"""The stages in force on record, beside the regions of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.errors import Refused
from escalation.observations.dates import Order
from escalation.observations.standings import doubts, read_standings
from tests.observations.vaccination import POLICY


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("standings.csv")


def doubtful(table: Path, rows: str, *regions: str) -> list[str]:
    table.write_text("region,stage,since\n" + rows, encoding="utf-8")
    return [str(one) for one in doubts(read_standings(table, POLICY), regions, first_stage="appeal")]


def test_a_misspelt_region_is_told_with_what_follows_from_it(table: Path) -> None:
    (said,) = doubtful(table, "Kota Bekasih,instruction,2021-W30\n", "Kota Bekasi")
    assert said == (
        "standings.csv:2: warning: the data name no region `Kota Bekasih`: its stage is not used, and `Kota Bekasi` "
        "is taken to be in the first stage, `appeal` [standing-without-data]\n  help: did you mean `Kota Bekasi`?"
    )


def test_a_misspelt_later_row_is_told_too(table: Path) -> None:
    (said,) = doubtful(table, "Bogor,appeal,2021-W30\nBogorr,instruction,2021-W35\n", "Bogor")
    assert said.startswith("standings.csv:3: warning: the data name no region `Bogorr`: its stage is not used [")
    assert said.endswith("help: did you mean `Bogor`?")


def test_a_region_of_which_there_are_no_data_is_told_without_a_guess(table: Path) -> None:
    (said,) = doubtful(table, "Bogor,appeal,2021-W30\nSurabaya,instruction,2021-W35\n", "Bogor")
    assert said.startswith("standings.csv:3: warning: the data name no region `Surabaya`: its stage is not used [")
    assert "did you mean" not in said


def test_two_regions_that_differ_in_capitals_or_spaces_are_told_with_both_places(table: Path) -> None:
    (said,) = doubtful(table, "BOGOR,appeal,2021-W30\nBogor,instruction,2021-W35\n", "BOGOR", "Bogor")
    assert said == (
        "standings.csv:3: warning: `Bogor` and `BOGOR` differ only in capital letters or spaces: they count as two "
        "regions [similar-regions]\n  standings.csv:2: `BOGOR` stands here\n"
        "  help: write the name of a region in one way everywhere"
    )


def test_a_record_that_fits_the_data_leaves_no_doubt(table: Path) -> None:
    assert doubtful(table, "Bogor,appeal,2021-W30\nBogor,instruction,2021-W35\n", "Bogor", "Depok") == []


def refused(table: Path, text: str, order: Order | None = None) -> list[str]:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as error:
        read_standings(table, POLICY, dates=order)
    return [str(one) for one in error.value.diagnostics]


def test_semicolons_are_read_as_in_the_data(table: Path) -> None:
    table.write_text("region;stage;since\nBogor;instruction;2021-W30\n", encoding="utf-8")
    assert [one.stage for one in read_standings(table, POLICY)["Bogor"]] == ["instruction"]


def test_a_header_in_capital_letters_is_told_with_the_column_that_was_meant(table: Path) -> None:
    said = refused(table, "Region,Stage,Since\nBogor,appeal,2021-W30\n")
    assert len(said) == 3
    assert said[0].endswith("help: did you mean `Region`? call a column `region`")


def test_dates_are_read_in_the_order_declared(table: Path) -> None:
    text = "region,stage,since,decided\nBogor,appeal,02/08/2021,01/07/2021\n"
    (undeclared,) = refused(table, text)
    assert undeclared.endswith("declare `dates: dmy` (day first) or `dates: mdy` in the mapping of the data")
    (one,) = read_standings(table, POLICY, dates=Order.DAY_FIRST)["Bogor"]
    (other,) = read_standings(table, POLICY, dates=Order.MONTH_FIRST)["Bogor"]
    assert one.since - other.since == 25


@pytest.mark.parametrize("written", ["Imbauan", "appel", "APPEAL"])
def test_a_title_or_misspelt_name_is_answered_with_the_stage_that_was_meant(table: Path, written: str) -> None:
    (said,) = refused(table, f"region,stage,since\nBogor,{written},2021-W30\n")
    assert said.endswith("help: did you mean `appeal`?")


def test_every_row_that_cannot_be_read_is_told_at_once(table: Path) -> None:
    said = refused(table, 'region,stage,since\nBogor,flood,2021-W30\nBogor,appeal\n,appeal,2021-W60\n"Bogor,x\n')
    assert [one.partition("[")[2].partition("]")[0] for one in said] == [
        "unknown-stage", "shifted-columns", "blank-region", "unreadable-week", "unclosed-quote",
    ]  # fmt: skip


def test_lines_without_content_are_passed_over(table: Path) -> None:
    table.write_text("\nregion,stage,since\n,,\n\nBogor,appeal,2021-W30\n", encoding="utf-8")
    assert list(read_standings(table, POLICY)) == ["Bogor"]
