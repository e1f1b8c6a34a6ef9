"""`escalation replay`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
COLUMNS = ["region", "week", "stage", "dwell", "recommendation", "to", "move", "missing", "stage_after"]


def rows_of(result: Result) -> list[dict[str, str]]:
    """Read the rows that a replay printed."""
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_each_region_and_week_has_a_row_with_the_promised_columns(run: Run) -> None:
    result = run("replay", "reservoir", "--format", "csv")
    assert result.stdout.splitlines()[0] == ",".join(COLUMNS)
    assert [(row["region"], row["week"], row["stage"], row["stage_after"]) for row in rows_of(result)] == [
        ("North", "2021-W30", "normal", "normal"),
        ("North", "2021-W31", "normal", "normal"),
        ("North", "2021-W32", "normal", "drought"),
        ("South", "2021-W31", "normal", "normal"),
        ("South", "2021-W32", "normal", "normal"),
    ]


def test_json_carries_the_same_rows(run: Run) -> None:
    rows = json.loads(run("replay", "reservoir", "--format", "json").stdout)["rows"]
    assert list(rows[0]) == COLUMNS
    assert rows[2]["recommendation"] == "escalate"
    assert rows[2]["missing"] == []


def test_a_lag_delays_the_effect(run: Run, folder: Path) -> None:
    data = folder / "reservoir" / "observations.csv"
    data.write_text(data.read_text(encoding="utf-8") + "North,2021-W33,38\nNorth,2021-W34,38\n", encoding="utf-8")
    result = run("replay", "reservoir", "--region", "North", "--lag", "1", "--format", "csv")
    assert [(row["recommendation"], row["stage"], row["dwell"], row["stage_after"]) for row in rows_of(result)] == [
        ("hold", "normal", "0", "normal"),
        ("hold", "normal", "1", "normal"),
        ("escalate", "normal", "2", "normal"),
        ("hold", "normal", "3", "drought"),
        ("hold", "drought", "1", "drought"),
    ]


def test_never_adopting_leaves_the_stage(run: Run) -> None:
    result = run("replay", "reservoir", "--adopt", "never", "--format", "csv")
    assert {row["stage_after"] for row in rows_of(result)} == {"normal"}


def test_no_stage_above_the_one_named_is_adopted(run: Run) -> None:
    result = run("replay", "reservoir", "--up-to", "normal", "--format", "csv")
    assert {row["stage_after"] for row in rows_of(result)} == {"normal"}


def test_recorded_stages_are_taken_as_they_were(run: Run, folder: Path) -> None:
    (folder / "stages.csv").write_text("region,stage,since\nNorth,normal,2021-W30\nNorth,drought,2021-W31\n", "utf-8")
    result = run(
        "replay",
        "reservoir",
        "--region",
        "North",
        "--standings",
        "stages.csv",
        "--adopt",
        "recorded",
        "--format",
        "csv",
    )
    assert [(row["stage"], row["dwell"], row["stage_after"]) for row in rows_of(result)] == [
        ("normal", "0", "drought"),
        ("drought", "0", "drought"),
        ("drought", "1", "drought"),
    ]


def test_a_recorded_change_by_no_move_of_the_policy_is_told(run: Run, folder: Path) -> None:
    policy = folder / "reservoir" / "policy.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(
        text.replace("to: drought, trigger: dry,", "to: drought, trigger: dry, valid: {from: 2030-01-01},"), "utf-8"
    )
    (folder / "stages.csv").write_text("region,stage,since\nNorth,normal,2021-W30\nNorth,drought,2021-W31\n", "utf-8")
    result = run("replay", "reservoir", "--region", "North", "--standings", "stages.csv", "--adopt", "recorded")
    assert "warning: `drought` on record for `North` from 2021-W31: by no lawful move of the policy" in result.stderr


def test_recorded_without_a_record_is_refused(run: Run) -> None:
    result = run("replay", "reservoir", "--adopt", "recorded")
    assert result.exit_code == 2
    assert "no stage is on record for `North`" in result.stderr


def test_a_lag_belongs_to_following(run: Run) -> None:
    assert run("replay", "reservoir", "--adopt", "never", "--lag", "2").exit_code == 2


def test_weeks_can_be_chosen_and_an_empty_choice_is_exit_3(run: Run) -> None:
    chosen = run("replay", "reservoir", "--from", "2021-W32", "--to", "2021-W32", "--format", "csv")
    assert {row["week"] for row in rows_of(chosen)} == {"2021-W32"}
    assert run("replay", "reservoir", "--to", "2020-W01").exit_code == 3


def test_an_amendment_gives_both_replays(run: Run) -> None:
    result = run("replay", "reservoir", "--region", "North", "--set", "low_storage=30", "--format", "csv")
    last = {row["scenario"]: row["stage_after"] for row in rows_of(result) if row["week"] == "2021-W32"}
    assert last == {"baseline": "drought", "amended": "normal"}


def test_of_two_replays_the_weeks_in_which_they_differ_are_told(run: Run, folder: Path) -> None:
    given = ("replay", "reservoir", "--set", "low_storage=30")
    english, indonesian = (run(*given, "--lang", one, "--out", f"{one}.xlsx").stdout for one in ("en", "id"))
    assert "The two replays differ in 1 of 5 region-weeks: North 2021-W32\n" in english
    assert "Kedua hasil berbeda pada 1 dari 5 minggu-wilayah: North 2021-W32\n" in indonesian
    assert (folder / "en.xlsx").is_file()
    alike = run("replay", "reservoir", "--set", "low_storage=40").stdout
    assert "Both replays have the same stages and recommendations in every week." in alike


def test_the_text_is_a_table_in_the_language_asked_for(run: Run) -> None:
    assert "\nwilayah  minggu    tahap " in run("replay", "reservoir", "--lang", "id").stdout


def test_a_text_that_a_spreadsheet_would_run_is_made_inert(run: Run) -> None:
    data = "region,week,storage\n=1+1,2021-W30,50\n"
    result = run("replay", "reservoir/policy.yaml", "--observations", "-", "--format", "csv", stdin=data)
    assert result.stdout.splitlines()[1].startswith("'=1+1,")


def test_weeks_in_the_wrong_order_are_a_wrong_request(run: Run) -> None:
    result = run("replay", "reservoir", "--from", "2021-W32", "--to", "2021-W31")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: the first week, 2021-W32, comes after the last, 2021-W31\n  help: ")


def test_a_week_thousands_of_years_after_the_data_is_a_wrong_request(run: Run) -> None:
    for arguments in (["replay", "reservoir", "--to", "9997-W20"], ["evaluate", "reservoir", "--week", "9997-W20"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "weeks after the last row of the data (2021-W32)" in result.stderr


def test_the_text_says_what_it_was_made_from_and_that_nobody_has_decided(run: Run) -> None:
    printed = run("replay", "reservoir", "--region", "North", "--lag", "2", "--up-to", "drought").stdout
    assert printed.startswith("Reservoir (reservoir)\nPolicy ")
    assert "; data: reservoir/observations.csv (" in printed
    assert "every recommendation is followed and takes effect 2 weeks later. Nobody has decided this." in printed
    assert "No stage above Drought is adopted." in printed
    assert "  low_storage (parameters.low_storage)\n" in printed
    assert "no stage in force was given" in printed
    assert printed.endswith("a person decides.\n")


def test_the_text_names_stages_by_their_titles(run: Run) -> None:
    printed = run("replay", "reservoir", "--lang", "id").stdout
    assert "Hal ini belum diputuskan siapa pun." in printed
    assert "naikkan      Kekeringan" in printed
    assert "drought" not in printed.partition("Asumsi")[0].replace("to-drought", "")


def test_other_adoptions_are_said_as_well(run: Run, folder: Path) -> None:
    assert "no recommendation is followed" in run("replay", "reservoir", "--adopt", "never").stdout
    (folder / "stages.csv").write_text("region,stage,since\nNorth,normal,2021-W30\n", "utf-8")
    recorded = run("replay", "reservoir", "--region", "North", "--standings", "stages.csv", "--adopt", "recorded")
    assert "The stages in force are those on record." in recorded.stdout
