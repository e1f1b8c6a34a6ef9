"""`escalation seek`: what it prints, in each form, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.reports.seek import COLUMNS
from tests.cli.sheets import about, of_csv, sheet

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = ("--observations", f"{BEKASI}/observations-illustration.csv")
ON_RECORD = ("--outcome", "weeks:instruction", "--by", "first_dose_target", "--at-most", "4")
AHEAD = (
    *("--outcome", "recommended:perda", "--by", "uptake:first_doses", "--below", "10%"),
    *("--judge", "services_ready=yes", "--draws", "300"),
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["seek", BEKASI, *DATA, *arguments])


def test_the_uptake_that_keeps_a_by_law_away_is_told() -> None:
    result = run(*AHEAD)
    assert result.exit_code == 0, result.stderr
    assert "Kota Bekasi: reached from 12,454 people a week to 2,016,006 people a week" in result.stdout
    assert "  with 12,453 people a week: 100 %\n  with 12,454 people a week: 0 %" in result.stdout
    assert "the outcome only falls with the input" in result.stdout
    assert "80 of 80 random paths agree with the reference engine" in result.stdout
    assert "Assumes that the measures do not change the metrics." in result.stdout


def test_the_campaign_that_makes_a_by_law_improbable_is_told() -> None:
    lingering = ("--observations", f"{BEKASI}/observations-lingering.csv")
    result = run(*lingering, *AHEAD, "--by", "campaign:first_doses", "--to", "10000")
    assert result.exit_code == 0, result.stderr
    (reached,) = [line for line in result.stdout.splitlines() if line.startswith("Kota Bekasi: reached from")]
    assert reached == "Kota Bekasi: reached from 535 people a week to 10,000 people a week"
    assert "at present, with 0 people a week: 2" in result.stdout


def test_a_threshold_on_record_is_told_exactly() -> None:
    result = run(*ON_RECORD)
    assert "Kota Bekasi: reached from 40 % to 56.08 %" in result.stdout
    assert "  at present, with 70 %: 6 weeks" in result.stdout
    assert "every stretch is listed" in result.stdout
    assert "2 of 2 values at the ends agree with the reference engine" in result.stdout


def test_the_forms_for_machines_have_every_value_that_was_tried() -> None:
    rows = [*csv.DictReader(io.StringIO(run(*ON_RECORD, "--format", "csv").stdout))]
    record = json.loads(run(*ON_RECORD, "--format", "json").stdout)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(record["rows"]) == 8
    assert record["answers"][0]["stretches"] == [{"first": 40.0, "last": float(rows[3]["value"])}]
    assert [row["reached"] for row in rows] == ["True"] * 4 + ["False"] * 4


def test_in_how_many_weeks_the_policy_cannot_say_stands_beside_every_outcome() -> None:
    rows = [*csv.DictReader(io.StringIO(run(*ON_RECORD, "--format", "csv").stdout))]
    assert {row["undetermined"] for row in rows} == {"0.0", "1.0"}
    (region,) = json.loads(run(*ON_RECORD, "--format", "json").stdout)["answers"]
    assert region["undetermined"] == [0.0, 1.0]
    text = run(*ON_RECORD).stdout
    assert "Kota Bekasi: the policy cannot say in 0 to 1 week, by the value." in text
    assert "(cannot say: 1 week)" in text
    assert "tidak pasti pada 0 sampai 1 minggu, menurut nilainya" in run(*ON_RECORD, "--lang", "id").stdout


def test_only_what_was_known_on_a_day_counts() -> None:
    early = run(*ON_RECORD, "--as-of", "2022-01-31")
    assert "data as of 31 January 2022" in early.stdout
    assert json.loads(run(*ON_RECORD, "--as-of", "2022-01-31", "--format", "json").stdout)["as_of"] == "2022-01-31"


def test_it_speaks_indonesian() -> None:
    said = run(*AHEAD, "--lang", "id").stdout
    assert "Dicari: peluang Peraturan Daerah direkomendasikan dalam 26 minggu di bawah 10 %" in said
    assert "tercapai dari 12.454 orang seminggu sampai 2.016.006 orang seminggu" in said
    assert "hasil hanya turun bersama masukan" in said


def test_percentages_tell_on_which_side_of_the_goal_they_lie() -> None:
    lingering = ("--observations", f"{BEKASI}/observations-lingering.csv")
    ahead = ("--outcome", "recommended:perda", "--below", "10%", "--judge", "services_ready=yes", "--draws", "1000")
    result = run(*lingering, *ahead, "--by", "campaign:first_doses", "--to", "10000")
    assert "with 499 people a week: 11 %" in result.stdout
    assert "with 500 people a week: 9.8 %" in result.stdout


def test_a_workbook_has_the_rows_of_csv_and_what_they_rest_on(tmp_path: Path) -> None:
    out = tmp_path / "seek.xlsx"
    written = run(*ON_RECORD, "--out", str(out), "--format", "csv")
    assert written.exit_code == 0, written.stderr
    assert sheet(out, "seek") == of_csv(written.stdout)
    assert "Every recommendation is followed." in about(out)


def test_a_report_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    result = run(*AHEAD, "--out", str(folder))
    assert result.exit_code == 0, result.stderr
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "answer: 12,454 people a week" in page
    assert "Kota Bekasi: reached from 12,454 people a week to 2,016,006 people a week; with 12,453" in page
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["draws"] == 300


@pytest.mark.parametrize(
    "edit",
    [
        "pace: elderly_first_doses, by: 0.5",
        "scale: first_doses, by: 0.99, to: 2021-W50",
        "missing: first_doses, from: 2022-W14, to: 2022-W15",
    ],
)
def test_an_uptake_is_sought_beside_edits_that_leave_its_figures_to_come(edit: str) -> None:
    assert run(*AHEAD, "--data", edit).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "weeks:perda", "--by", "elderly_target", "--at-most", "4"), "no value of `elderly_target`"),
        (("--outcome", "weeks:perda", "--by", "slow_gain"), "a goal has one limit"),
        (("--outcome", "perda", "--by", "slow_gain", "--below", "10%"), "`perda` is no outcome"),
        (("--outcome", "recommended:perda", "--by", "slow_gain", "--below", "10"), "a probability is a percentage"),
        (("--outcome", "weeks:perda", "--by", "slow_gain", "--below", "10%"), "weeks are no percentage"),
        (("--outcome", "changes", "--by", "slow_gain", "--below", "2"), "no input is sought for `changes`"),
        (("--outcome", "probability:perda", "--by", "slow_gain", "--below", "10%"), "is now `recommended`"),
        (("--outcome", "weeks:nothing", "--by", "slow_gain", "--below", "10"), "`nothing` is not a stage"),
        ((*AHEAD, "--by", "campaign:target_population"), "does not depend on `campaign:target_population`"),
        ((*AHEAD, "--uptake", "first_doses=5"), "both given and sought"),
        ((*AHEAD, "--data", "pace: first_doses, by: 0.5, from: 2022-W12"), "`pace` edits the same figures"),
        ((*AHEAD, "--data", "pace:first_doses,by:2"), "put a space behind the colon: `pace: first_doses`"),
        ((*AHEAD, "--data", "stop: first_doses"), "`stop` edits the same figures"),
        ((*ON_RECORD, "--out", "numbers.pdf"), "is the name of a file"),
        ((*ON_RECORD, "--draws", "5"), "--draws is about weeks to come"),
        ((*ON_RECORD, "--judge", "services_ready=yes"), "--judge is about weeks to come"),
        (
            ("--outcome", "weeks:perda", "--by", "first_dose_target", "--below", "5", "--from", "0", "--to", "90"),
            "0 is outside the range of `first_dose_target`: 40 to 95",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_sought_is_refused(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
