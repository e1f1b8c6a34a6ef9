"""What is said where nothing could be evaluated, or a region is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

REFUSED = "region,week,storage\nNorth,02/08/2021,41.5\nNorth,09/08/2021,38.2\n"


def write(folder: Path, name: str, text: str) -> None:
    (folder / "reservoir" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", ["evaluate", "explain", "replay"])
def test_where_every_row_is_refused_the_findings_come_first(run: Run, folder: Path, command: str) -> None:
    write(folder, "observations.csv", REFUSED)
    result = run(command, "reservoir")
    assert result.exit_code == 3
    first, *_, last = result.stderr.splitlines()
    assert first.endswith("`02/08/2021` is not a date: the row is not read [unreadable-date]")
    assert last == "error: no row of `reservoir/observations.csv` could be used"


@pytest.mark.parametrize("command", ["evaluate", "explain", "replay"])
def test_where_every_row_is_refused_json_holds_the_findings(run: Run, folder: Path, command: str) -> None:
    write(folder, "observations.csv", REFUSED)
    result = run(command, "reservoir", "--format", "json")
    assert result.exit_code == 3
    assert [one["rule"] for one in json.loads(result.stdout)["findings"]] == ["unreadable-date"] * 2


@pytest.mark.parametrize("arguments", [["evaluate"], ["evaluate", "--region", "North"], ["explain"], ["replay"]])
def test_rows_that_name_no_region_are_told_too(run: Run, folder: Path, arguments: list[str]) -> None:
    write(folder, "observations.csv", "region,week,storage\nNorth,2021-W30,20,5\n")
    command, *options = arguments
    result = run(command, "reservoir", *options)
    assert result.exit_code == 3
    assert "[shifted-columns]" in result.stderr


def test_a_table_without_rows_is_told(run: Run, folder: Path) -> None:
    write(folder, "observations.csv", "region,week,storage\n")
    result = run("evaluate", "reservoir")
    assert result.exit_code == 3
    assert "observations.csv:1: warning: the table has a header and no rows [no-rows]" in result.stderr


def test_of_many_findings_the_rest_is_counted(run: Run, folder: Path) -> None:
    rows = "".join(f"North,W{number},1\n" for number in range(12))
    write(folder, "observations.csv", f"region,week,storage\n{rows}")
    assert "and 2 more findings; `--format json` prints them all" in run("evaluate", "reservoir").stderr


def test_a_region_whose_stage_is_on_record_only_later_is_left_out_with_a_warning(run: Run, folder: Path) -> None:
    write(folder, "standings.csv", "region,stage,since\nNorth,normal,2021-W30\nSouth,drought,2021-W33\n")
    result = run("evaluate", "reservoir", "--format", "json")
    assert result.exit_code == 0
    assert "warning: no stage is on record for `South` before 2021-W33; it is left out" in result.stderr
    printed = json.loads(result.stdout)
    assert [one["region"] for one in printed["evaluations"]] == ["North"]
    assert printed["stage_unknown"] == {"South": "2021-W33"}


def test_a_replay_that_begins_later_than_the_data_says_so(run: Run, folder: Path) -> None:
    write(folder, "standings.csv", "region,stage,since\nNorth,normal,2021-W31\nSouth,drought,2021-W33\n")
    result = run("replay", "reservoir", "--format", "csv")
    assert result.stdout.splitlines()[1].startswith("North,2021-W31,")
    north, south = result.stderr.splitlines()
    assert north.endswith("`North` before 2021-W31; it is replayed from then on, its data begin in 2021-W30")
    assert south == "warning: no stage is on record for `South` before 2021-W33; it is left out"


def test_a_misspelt_region_is_answered_with_the_one_that_is_like_it(run: Run) -> None:
    result = run("evaluate", "reservoir", "--region", "north")
    assert result.exit_code == 2
    assert "help: did you mean `North`?" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["replay"],
        ["stress"],
        ["sweep", "--over", "low_storage=30,40"],
        ["seek", "--outcome", "weeks:drought", "--at-most", "1", "--by", "low_storage", "--from", "10", "--to", "60"],
    ],
)
def test_stages_on_record_that_begin_behind_the_data_are_refused(arguments: list[str], run: Run, folder: Path) -> None:
    write(folder, "standings.csv", "region,since,stage\nNorth,2023-W01,drought\nSouth,2023-W02,normal\n")
    command, *others = arguments
    result = run(command, "reservoir", *others)
    assert result.exit_code == 2
    assert "no stage is on record for `North` before 2023-W01, and the data end before then" in result.stderr
    assert "help: add the stage that was in force before then to the standings" in result.stderr


def test_a_sweep_leaves_a_region_out_whose_stage_is_on_record_only_later(run: Run, folder: Path) -> None:
    write(folder, "standings.csv", "region,since,stage\nSouth,2023-W02,normal\n")
    result = run("sweep", "reservoir", "--over", "low_storage=30,40")
    assert "no stage is on record for `South` before 2023-W02; it is left out" in result.stderr
    assert "regions: 1" in result.stdout


@pytest.mark.parametrize("address", ["postgres://me:secret@host/data", "postgresql+psycopg://host/data"])
def test_an_address_of_a_database_is_answered_with_how_to_export(address: str, run: Run) -> None:
    result = run("evaluate", "reservoir", "--observations", address)
    assert result.exit_code == 2
    assert "data are read from files, and not from an address" in result.stderr
    assert "help: export what is wanted to Parquet or CSV and name that file" in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize("command", ["evaluate", "flip"])
def test_of_stages_on_record_that_begin_later_it_is_said_and_not_that_nothing_was_known(
    command: str, run: Run, folder: Path
) -> None:
    write(folder, "standings.csv", "region,since,stage\nNorth,2023-W01,drought\nSouth,2023-W02,normal\n")
    result = run(command, "reservoir")
    assert result.exit_code == 2
    assert "error: no stage is on record for `North` before 2023-W01" in result.stderr
    assert "nothing was known" not in result.stderr
    write(folder, "standings.csv", "region,since,stage\nNorth,2021-W30,normal\nSouth,2023-W02,normal\n")
    result = run(command, "reservoir")
    assert result.exit_code == 0
    assert "warning: no stage is on record for `South` before 2023-W02; it is left out" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["replay"],
        ["stress"],
        ["flip"],
        ["sweep", "--over", "low_storage=30,40"],
        ["tornado", "--outcome", "weeks:drought"],
    ],
)
def test_a_region_of_the_standings_that_the_data_do_not_name_is_told(
    arguments: list[str], run: Run, folder: Path
) -> None:
    write(folder, "standings.csv", "region,since,stage\nNorht,2021-W20,drought\n")
    command, *others = arguments
    english, indonesian = (run(command, "reservoir", *others, "--lang", one) for one in ("en", "id"))
    assert "their stages are not used: `Norht` (did you mean `North`?)" in english.stdout
    assert "sehingga tahapnya tidak dipakai: `Norht` (maksudnya `North`?)" in indonesian.stdout
    assert "did you mean `North`?" in run(command, "reservoir", *others, "--format", "csv").stderr


@pytest.mark.parametrize("arguments", [["backtest"], ["replay", "--adopt", "rule: recorded"]])
def test_what_compares_with_the_record_is_refused_where_none_of_its_regions_is_in_the_data(
    arguments: list[str], run: Run, folder: Path
) -> None:
    write(folder, "standings.csv", "region,since,stage\nNorht,2021-W20,drought\n")
    command, *others = arguments
    english, indonesian = (run(command, "reservoir", *others, "--lang", one) for one in ("en", "id"))
    assert english.exit_code == 2
    assert "`Norht` (did you mean `North`?)" in english.stderr
    assert indonesian.stderr.startswith("kesalahan: catatan tahap memuat wilayah yang tidak ada dalam data")


@pytest.mark.parametrize("command", ["evaluate", "replay"])
def test_where_nothing_is_evaluated_it_is_said_in_the_language_asked_for(run: Run, folder: Path, command: str) -> None:
    write(folder, "observations.csv", REFUSED)
    *_, last = run(command, "reservoir", "--lang", "id").stderr.splitlines()
    assert last == "kesalahan: tidak satu pun baris `reservoir/observations.csv` dapat dipakai"


@pytest.mark.parametrize("command", ["evaluate", "replay", "flip", "stress"])
def test_regions_left_out_are_told_in_the_language_asked_for(run: Run, folder: Path, command: str) -> None:
    write(folder, "standings.csv", "region,stage,since\nNorth,normal,2021-W30\nSouth,drought,2021-W33\n")
    told = run(command, "reservoir", "--lang", "id").stderr
    assert (
        "peringatan: belum ada tahap yang tercatat untuk `South` sebelum 2021-W33; wilayah ini dikesampingkan" in told
    )
    assert "warning" not in told
