"""`escalation flip`: what it prints, in each form, and what it writes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.reports.flip import COLUMNS

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = ("--observations", f"{BEKASI}/observations-lingering.csv")
TARGET = "First-dose target (`first_dose_target`)"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["flip", *arguments])


def test_the_nearest_tipping_value_is_told_first() -> None:
    result = run(BEKASI, *DATA)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    head = next(place for place, line in enumerate(lines) if line.startswith("Number, the nearest first"))
    assert lines[head + 1].split("  ")[0] == "Target population, figure of 2022-W10"
    (target,) = [line for line in lines if line.startswith(TARGET)]
    assert " ".join(target.split()[3:]) == "70 % 69.47 % (less) hold: stay at Appeal"
    assert lines[-1] == "A recommendation for consideration: a person decides."


def test_the_forms_for_machines_have_the_exact_neighbours() -> None:
    rows = [*csv.DictReader(io.StringIO(run(BEKASI, *DATA, "--format", "csv").stdout))]
    record = json.loads(run(BEKASI, *DATA, "--format", "json").stdout)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(record["rows"])
    target = next(row for row in record["rows"] if row["number"] == "first_dose_target")
    assert target["first"] < target["last"] < target["first"] + 1e-12
    assert (target["side"], target["written"], target["then"]) == ("lower", 69.47, "hold")


def test_an_earlier_week_may_be_asked_about() -> None:
    result = run(BEKASI, *DATA, "--week", "2021-W40")
    assert "Kota Bekasi, 2021-W40" in result.stdout


def test_what_cannot_change_it_is_told() -> None:
    assert "Cannot change it alone:\n  First-dose target" in run(BEKASI).stdout


def test_it_speaks_indonesian() -> None:
    said = run(BEKASI, *DATA, "--lang", "id").stdout
    assert "Target dosis pertama (`first_dose_target`)" in said
    assert "69,47 % (lebih kecil)" in said
    assert "tetap pada Imbauan" in said


def test_a_report_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    result = run(BEKASI, *DATA, "--out", str(folder))
    assert result.exit_code == 0, result.stderr
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Kota Bekasi, 2022-W10: escalate to Instruction; Stage in force: Appeal" in page
    assert "69.47 %" in page
    assert "first_dose_target" in (folder / "summary.csv").read_text(encoding="utf-8")


def test_a_region_that_is_not_in_the_data_is_refused() -> None:
    result = run(BEKASI, *DATA, "--region", "Bekas")
    assert result.exit_code == 2
    assert "`Bekas` is not a region of the observations" in result.stderr


def test_a_week_before_the_data_has_no_answer() -> None:
    result = run(BEKASI, *DATA, "--week", "2020-W01")
    assert result.exit_code == 3
    assert "nothing was known of any region by then" in result.stderr


LEVELS = str(ROOT / "policies/us-community-levels")


@pytest.mark.parametrize(
    ("language", "on_it", "exact"),
    [
        (
            "en",
            "anything more than 10 per 100k per 7 days: a figure lies on it",
            "anything less than 2: only this value",
        ),
        (
            "id",
            "berapa pun di atas 10 per 100k per 7 days: ada angka tepat padanya",
            "berapa pun di bawah 2: hanya nilai",
        ),
    ],
)
def test_of_a_change_however_small_it_is_said_what_lies_on_the_number(language: str, on_it: str, exact: str) -> None:
    said = run(LEVELS, "--region", "Boundary B", "--lang", language).stdout
    assert on_it in said
    assert exact in said
    assert "10.0000000001" not in said
    assert said.index(on_it) < said.index(exact)


def test_the_rows_say_what_lies_on_a_number() -> None:
    rows = [*csv.DictReader(io.StringIO(run(LEVELS, "--region", "Boundary B", "--format", "csv").stdout))]
    touched = {row["number"]: row["touch"] for row in rows if row["touch"]}
    assert touched == {"admissions_medium": "figure", "triggers.medium.when.any.1.all.2.equal_to": "match"}
