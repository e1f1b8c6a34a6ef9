"""`escalation sweep`: what it prints, in each form, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.policy.load import load
from tests.cli.sheets import about, of_csv, sheet

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = ("--observations", f"{BEKASI}/observations-illustration.csv")
TARGET = ("--over", "first_dose_target=55,60,70")
AFTER = ("--over", "moves.to-perwal.after=4..8/2")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["sweep", BEKASI, *DATA, *arguments])


def test_one_number_has_a_row_for_each_value() -> None:
    result = run(*TARGET)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "Varied: `first_dose_target`, 55 to 70; the policy has 70 (*)" in lines
    assert [line.split()[:3] for line in lines if line.startswith(("55", "60", "* 70"))] == [
        ["55", "0", "–"],
        ["60", "100", "2021-W41"],
        ["*", "70", "100"],
    ]
    assert "3 of 3 random paths agree with the reference engine" in lines


@pytest.mark.parametrize(("language", "word"), [("en", "Policy"), ("id", "Kebijakan")])
def test_the_policy_is_told_by_its_digest(language: str, word: str) -> None:
    said = f"{word} {load(BEKASI).digest[:12]}; data: "
    assert any(line.startswith(said) for line in run(*TARGET, "--lang", language).stdout.splitlines())
    record = json.loads(run(*TARGET, "--lang", language, "--format", "json").stdout)
    assert record["policy"]["digest"] == load(BEKASI).digest


def test_two_numbers_are_a_map_of_the_outcome_asked_for() -> None:
    lines = run(*AFTER, *TARGET, "--outcome", "first:perwal").stdout.splitlines()
    assert lines[-14].split()[-5:] == ["→", "55", "60", "*", "70"]
    assert lines[-12].split() == ["*", "6", "–", "2021-W47", "2021-W47"]


def test_behind_a_map_stands_in_how_many_weeks_the_policy_cannot_say() -> None:
    lines = run(*AFTER, *TARGET, "--outcome", "first:perwal").stdout.splitlines()
    assert lines[-9] == "Weeks in which the policy cannot say, mean"
    assert lines[-6].split() == ["*", "6", "0.0", "1.0", "1.0"]
    found = run(
        "--over", "slow_gain=1,3", "--over", "moves.to-perwal.after=6,8", "--outcome", "weeks:perda", "--lang", "id"
    ).stdout
    assert "Minggu yang tidak pasti, rata-rata: 1,0 dengan setiap pasangan" in found
    assert "Minggu yang tidak pasti, rata-rata:" not in run(*AFTER, *TARGET, "--outcome", "undetermined").stdout


def test_one_number_has_a_row_for_each_value_of_the_outcome_asked_for() -> None:
    lines = run(*TARGET, "--outcome", "weeks:perwal").stdout.splitlines()
    (head,) = [place for place, line in enumerate(lines) if line == "Mayoral regulation: weeks in force, mean"]
    assert [line.split() for line in lines[head + 1 : head + 5]] == [
        ["first_dose_target", "(%)", "weeks:perwal", "cannot", "say,", "weeks"],
        ["55", "0.0", "0.0"],
        ["60", "12.0", "1.0"],
        ["*", "70", "12.0", "1.0"],
    ]
    lines = run(*TARGET, "--outcome", "undetermined").stdout.splitlines()
    assert lines[-8].split() == ["first_dose_target", "(%)", "undetermined"]


def test_values_of_one_number_have_the_same_decimals() -> None:
    lines = run("--over", "slow_gain=3.5..4.5/0.5").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines if line[:4] in ("3.5 ", "* 4.", "4.5 ")] == ["3.5", "* 4.0", "4.5"]


def test_another_number_may_be_set_throughout() -> None:
    as_it_is, slower = (run(*TARGET, *more).stdout for more in ((), ("--set", "moves.to-perwal.after=8")))
    assert "`moves.to-perwal.after` is 8 weeks (in the policy: 6 weeks)." in slower
    assert "2021-W47" in as_it_is
    assert "2021-W49" in slower
    assert load(BEKASI).digest[:12] not in slower


def test_all_outcomes_stand_in_the_forms_for_machines() -> None:
    rows = [*csv.DictReader(io.StringIO(run(*TARGET, "--format", "csv").stdout))]
    record = json.loads(run(*TARGET, "--format", "json").stdout)
    assert len(rows) == len(record["rows"]) == 3 * (3 * 4 + 4)
    found = {(row["first_dose_target"], row["outcome"], row["stage"]): row["result"] for row in rows}
    assert found["60.0", "weeks", "perwal"] == "12.0"
    assert found["60.0", "first", "perwal"] == "2021-W47"
    assert found["55.0", "first", "perwal"] == ""
    assert record["varied"] == [{"path": "first_dose_target", "unit": "percent", "present": 70}]


def test_weeks_to_come_are_indonesian_throughout() -> None:
    ahead = ("--weeks", "8", "--draws", "64", "--judge", "services_ready=yes", "--lang", "id")
    printed = run(*AFTER, *ahead).stdout
    assert "40 dari 40 lintasan acak sama dengan mesin rujukan" in printed
    for english in ("draws", "weeks on", "residuals", "coverage", "Assumes", "(weeks)"):
        assert english not in printed


def test_a_report_is_written_with_a_picture_of_each_outcome(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    assert run(*AFTER, *TARGET, "--out", str(folder)).exit_code == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 6
    assert re.search("<title[^>]*>[^<`]* after of “[^<`]+</title>", page) is not None
    assert "<code>after</code> of “" in page
    assert len((folder / "summary.csv").read_text(encoding="utf-8").splitlines()) == 1 + 6 * 9


def test_a_workbook_has_the_rows_of_csv_and_what_they_rest_on(tmp_path: Path) -> None:
    out = tmp_path / "sweep.xlsx"
    written = run(*TARGET, "--out", str(out), "--format", "csv")
    assert written.exit_code == 0, written.stderr
    assert sheet(out, "sweep") == of_csv(written.stdout)
    assert "Every recommendation is followed." in about(out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--over", "first_dose_target=70..40"), "names no values"),
        (("--over", "first_dose_target=many"), "names no values"),
        (("--over", "first_dose_target=0..100/0.0001"), "names more than 2,500 values"),
        (("--over", "first_dose_target=60,130"), "outside the range"),
        ((*TARGET, "--outcome", "first:mayor"), "`mayor` is not a stage of this policy"),
        ((*TARGET, "--outcome", "in-force:perda"), "`in-force` is now `weeks`"),
        ((*TARGET, "--judge", "services_ready=yes"), "--judge is about weeks to come"),
        (
            (*TARGET, "--set", "first_dose_target=65"),
            "`first_dose_target` is both varied and supposed: `first_dose_target=65`",
        ),
        ((*TARGET, *AFTER, "--over", "slow_gain=1..3"), "3 numbers are varied"),
    ],
)
def test_what_cannot_be_swept_is_refused(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("more", [(), ("--weeks", "8")])
def test_without_a_week_on_record_nothing_is_swept(more: tuple[str, ...], tmp_path: Path) -> None:
    empty = tmp_path / "observations.csv"
    empty.write_text("region,week,first_doses\n", encoding="utf-8")
    result = run(*TARGET, "--observations", str(empty), *more)
    assert result.exit_code == 3
    assert "no row of" in result.stderr


def test_the_shortest_stay_is_told_in_weeks_and_none_where_there_is_none(tmp_path: Path) -> None:
    lines = run(*AFTER, *TARGET, "--outcome", "shortest-stay").stdout.splitlines()
    assert "Shortest stay, weeks that half of all do not exceed, none counting as longer" in lines
    assert [line.split()[-3:] for line in lines[-13:-10]] == [["–", "4", "4"], ["–", "6", "6"], ["–", "8", "8"]]
    rows = csv.DictReader(io.StringIO(run(*TARGET, "--format", "csv").stdout))
    assert [row["result"] for row in rows if row["outcome"] == "shortest-stay"] == ["", "6.0", "6.0"]
    assert run(*AFTER, *TARGET, "--outcome", "shortest-stay", "--out", str(tmp_path / "report")).exit_code == 0
    assert "Shortest stay" not in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
