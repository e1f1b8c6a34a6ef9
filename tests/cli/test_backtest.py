"""`escalation backtest`: its report and its workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from escalation.cli import main

POLICY = """
language: 1
name: reservoir
calendar: iso-week
metrics: {storage: {unit: percent, kind: level}}
triggers:
  dry: {when: {metric: storage, below: 40}, missing: unknown, source: assumption}
  wet: {when: {metric: storage, at_least: 40}, missing: unknown, source: assumption}
stages: [{name: normal}, {name: drought, title: {en: Drought, id: Kekeringan}}]
moves:
  - {name: to-drought, from: normal, to: drought, trigger: dry}
  - {name: to-normal, from: drought, to: normal, trigger: wet}
"""
DATA = """region,week,storage,stage
North,2021-W01,60,normal
North,2021-W02,30,normal
North,2021-W03,30,drought
South,2021-W01,60,normal
South,2021-W02,60,normal
South,2021-W03,60,normal
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "observations.csv").write_text(DATA, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["backtest", str(folder), "--recorded", "stage", *arguments])


def test_the_text_says_what_it_rests_on_and_that_both_engines_agree(folder: Path) -> None:
    lines = run(folder).stdout.splitlines()
    assert lines[1].endswith(", up to 2021-W03; data as of: all that they hold")
    assert "The weeks on record, 2021-W01 to 2021-W03" in lines
    assert "2 of 2 random paths agree with the reference engine" in lines
    assert any("5 of 6 region-weeks" in line for line in lines)


def test_the_column_of_the_stages_is_not_told_as_one_that_nobody_reads(folder: Path) -> None:
    data = folder / "observations.csv"
    data.write_text(DATA.replace("storage,stage", "storage,stage,note").replace("\n", ",ok\n")
                    .replace("note,ok", "note"), encoding="utf-8")  # fmt: skip
    assert "not read: `note`" in run(folder).stdout


def test_a_column_that_is_not_there_or_holds_no_stages_is_told_once(folder: Path) -> None:
    missing, other = (run(folder, "--recorded", column) for column in ("stag", "storage"))
    assert missing.exit_code == other.exit_code == 2
    assert "there is no column `stag`" in missing.stderr
    assert "did you mean `stage`?" in missing.stderr
    assert other.stderr.count("error:") == 1
    assert "none of 6 rows names a stage" in other.stderr


def test_the_report_has_every_region_and_the_stages_week_by_week(folder: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures are drawn with the extra docs")
    result = run(folder, "--out", str(folder / "report"), "--set", "triggers.dry.for=2", "--lang", "id")
    assert result.exit_code == 0, result.stderr
    page = (folder / "report" / "report.html").read_text(encoding="utf-8")
    assert "terlalu ketat" in page
    assert "Dengan yang diandaikan" in page
    assert "\N{EM SPACE}terlewat" in page
    assert "Tidak ada yang berubah (dari minggu yang mengikuti minggu yang tercatat)" in page


def test_csv_without_a_row_says_beside_it_that_policy_and_record_agree(folder: Path) -> None:
    (folder / "observations.csv").write_text(DATA.replace("2021-W02,30,", "2021-W02,50,"), encoding="utf-8")
    result = run(folder, "--format", "csv")
    assert result.stdout == "scenario,region,week,policy,record,undetermined\n"
    assert "The policy: agrees with the stage on record: 6 of 6 region-weeks (100.0 %)" in result.stderr


def test_the_strip_has_the_weeks_that_are_compared(folder: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures are drawn with the extra docs")
    record, report = folder / "standings.csv", folder / "report"
    record.write_text("region,stage,since\nNorth,normal,2021-W02\nSouth,normal,2021-W02\n", encoding="utf-8")
    (folder / "observations.csv").write_text(DATA.replace(",stage", "").replace(",normal", "").replace(",drought", ""))
    result = CliRunner().invoke(main, ["backtest", str(folder), "--standings", str(record), "--out", str(report)])
    assert result.exit_code == 0, result.stderr
    assert "in the weeks 2021-W02 to 2021-W03" in (report / "report.html").read_text(encoding="utf-8")


def test_manifest_and_rows_stand_beside_the_page(folder: Path) -> None:
    pytest.importorskip("matplotlib", reason="pictures are drawn with the extra docs")
    assert run(folder, "--out", str(folder / "report"), "--set", "triggers.dry.for=2", "--lang", "id").exit_code == 0
    manifest = json.loads((folder / "report" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["data"]["last_week"] == "2021-W03"
    assert manifest["retraced"] == "4 dari 4 lintasan acak sama dengan mesin rujukan"
    rows = (folder / "report" / "summary.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1] == "policy,North,3,2,0,2,1,1,0,1,0,1.0"
    assert rows[3] == "amended,North,3,3,0,2,1,1,0,1,0,0.0"


def test_json_has_no_ranks_but_all_counts(folder: Path) -> None:
    found = json.loads(run(folder, "--format", "json").stdout)
    assert found["horizon"] == {"first": "2021-W01", "weeks": 3}
    assert found["results"]["policy"]["policy_moves"] == {"changes": 1, "flips": 0}
    data = (folder / "observations.csv").read_text(encoding="utf-8").replace("2021-W03,30", "2021-W03,60")
    (folder / "observations.csv").write_text(data, encoding="utf-8")
    undone = json.loads(run(folder, "--format", "json").stdout)
    assert undone["results"]["policy"]["policy_moves"] == {"changes": 2, "flips": 1}
    assert found["retraced"] == "2 of 2 random paths agree with the reference engine"
    assert "regions" not in found["results"]["policy"]
