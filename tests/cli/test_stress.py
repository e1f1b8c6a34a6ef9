"""`escalation stress`: what it prints, in each form."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main
from escalation.reports.stress import COLUMNS

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = ("--observations", f"{BEKASI}/observations-illustration.csv")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["stress", *arguments])


def test_strains_that_change_something_are_told_the_worst_first() -> None:
    result = run(BEKASI, *DATA)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    head = next(index for index, line in enumerate(lines) if line.startswith("Strain, the worst first"))
    assert lines[head + 1].split("  ")[0] == "all figures: reported 2 weeks late"
    assert "Strains that change no recommendation: 29 of 32 (--format csv lists them)" in lines
    assert lines[-1] == "A recommendation for consideration: a person decides."


def test_all_strains_stand_in_the_forms_for_machines() -> None:
    rows = [*csv.DictReader(io.StringIO(run(BEKASI, *DATA, "--format", "csv").stdout))]
    record = json.loads(run(BEKASI, *DATA, "--format", "json").stdout)
    assert len(rows) == len(record["rows"]) == 32
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["strain"] == record["rows"][0]["strain"] == "late all 2"
    assert record["baseline"] == {"region_weeks": 28, "escalations": 3, "undetermined": 1}


def test_it_speaks_indonesian() -> None:
    assert "semua angka: dilaporkan terlambat 2 minggu" in run(BEKASI, *DATA, "--lang", "id").stdout


def test_the_report_has_a_picture_and_every_strain(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures are drawn with the extra docs")
    result = run(BEKASI, *DATA, "--out", str(tmp_path / "report"), "--lang", "id")
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "semua angka: dilaporkan terlambat 2 minggu" in page
    rows = [*csv.DictReader((tmp_path / "report" / "summary.csv").read_text(encoding="utf-8").splitlines())]
    assert [row["strain"] for row in rows][:2] == ["late all 2", "unjudged services_ready"]
    assert len(rows) == 32


def test_data_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    table = tmp_path / "observations.csv"
    table.write_text("region,week,first_doses\nB,soon,5\n", encoding="utf-8")
    result = run(BEKASI, "--observations", str(table))
    assert result.exit_code == 3
    assert "unreadable-week" in result.stderr


def test_people_may_do_otherwise_than_follow_at_once() -> None:
    late = run(BEKASI, *DATA, "--adopt", "rule: follow, lag: 3")
    assert late.exit_code == 0, late.stderr
    assert "Every recommendation is followed; it takes effect 3 weeks later." in late.stdout.splitlines()
    never = json.loads(run(BEKASI, *DATA, "--adopt", "rule: never", "--format", "json").stdout)
    assert "No recommendation is followed." in never["supposed"]
    assert never["baseline"]["escalations"] == 1
    refused = run(BEKASI, *DATA, "--adopt", "rule: follow, probability: 0.5")
    assert refused.exit_code == 2
    assert "here chance decides whether people follow" in refused.stderr
