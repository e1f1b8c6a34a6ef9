"""The stages in force on record, beside the regions of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

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
