"""Results as workbooks: typed cells, texts that stay texts, the same bytes again."""

from __future__ import annotations

import io
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from escalation.cli import main
from escalation.reports.spreadsheet import Grid, Spreadsheet, spreadsheet

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
AHEAD = ("--observations", f"{BEKASI}/observations-illustration.csv", "--weeks", "4", "--draws", "100")
ROWS = (
    {"region": "=1+1", "week": "2021-W36", "dwell": True, "share": 0.666, "missing": ["a", "b"]},
    {"region": "#N/A", "week": "+62", "dwell": None, "share": 1.0, "missing": "x\x00\x1by"},
)
GRID = Grid(
    title="replay",
    columns=("region", "week", "dwell", "share", "missing"),
    rows=ROWS,
    shares=frozenset({"share"}),
)
MADE = Spreadsheet(grids=(GRID,), about=(("what", "is"), ("policy", "=cmd()")))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def cells(content: bytes, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content))[sheet].iter_rows()]


def test_numbers_are_numbers_and_texts_are_texts() -> None:
    sheet = load_workbook(io.BytesIO(spreadsheet(MADE)))["replay"]
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [("=1+1", "s"), ("2021-W36", "s"), (True, "b"), (66.6, "n"), ("a b", "s")],
        [("#N/A", "s"), ("+62", "s"), (None, "n"), (100, "n"), ("xy", "s")],
    ]
    assert sheet["D2"].number_format == "0.0"
    assert sheet["D1"].value == "share (%)"
    assert sheet.freeze_panes == "A2"


def test_what_is_said_of_the_results_is_no_formula_either() -> None:
    assert load_workbook(io.BytesIO(spreadsheet(MADE)))["about"]["B2"].data_type == "s"


def test_the_same_results_are_the_same_bytes() -> None:
    first = spreadsheet(MADE)
    time.sleep(2.1)  # a zip file counts in steps of two seconds
    assert spreadsheet(MADE) == first


def test_a_replay_is_written_as_a_workbook_beside_what_is_printed(tmp_path: Path) -> None:
    plain = run("replay", BEKASI)
    result = run("replay", BEKASI, "--out", str(tmp_path / "weeks.xlsx"))
    assert result.exit_code == 0
    assert result.stdout == plain.stdout
    content = (tmp_path / "weeks.xlsx").read_bytes()
    assert cells(content, "replay")[0][:4] == ["region", "week", "stage", "dwell"]
    said = {str(name): text for name, text in cells(content, "about")}
    assert len(str(said["policy sha256"])) == 64
    assert said["decision"] == "A recommendation for consideration: a person decides."


def test_an_outlook_is_written_as_a_workbook_in_percent(tmp_path: Path) -> None:
    result = run("forecast", BEKASI, *AHEAD, "--judge", "services_ready=yes", "--out", str(tmp_path / "a.xlsx"))
    assert result.exit_code == 0, result.output
    head, *rows = cells((tmp_path / "a.xlsx").read_bytes(), "outlook")
    assert head == [
        "scenario",
        "region",
        "week",
        "stage",
        "in_force (%)",
        "entered (%)",
        "recommended (%)",
        "undetermined (%)",
        "waiting_changes (%)",
    ]
    assert sum(float(str(row[4])) for row in rows if row[2] == rows[0][2]) == pytest.approx(100)
    about = cells((tmp_path / "a.xlsx").read_bytes(), "about")
    assert ["supposed", "Horizon: 4 weeks."] in about
    assert any(str(text).startswith("Kota Bekasi: Waiting one week: ") for name, text in about if name == "result")


def test_a_stress_test_is_written_as_a_workbook(tmp_path: Path) -> None:
    result = run("stress", BEKASI, *AHEAD[:2], "--out", str(tmp_path / "s.xlsx"))
    assert result.exit_code == 0, result.output
    head, worst, *_ = cells((tmp_path / "s.xlsx").read_bytes(), "stress")
    assert dict(zip(map(str, head), worst, strict=True))["strain"] == "late all 2"
    said = str(cells((tmp_path / "s.xlsx").read_bytes(), "about"))
    assert "Assumes that the measures do not change the metrics." in said


def test_a_backtest_of_a_table_of_a_database_is_written_as_a_workbook(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "w.sqlite")) as database:
        database.execute("create table staff (name)")
        database.execute("create table weekly (region, week, first_doses, stage)")
        rows = [("Kota Bekasi", "2021-W36", 5, "appeal"), ("Kota Bekasi", "2021-W37", 6, "instruction")]
        database.executemany("insert into weekly values (?, ?, ?, ?)", rows)
        database.commit()
    data = ("--observations", str(tmp_path / "w.sqlite"), "--table", "weekly", "--recorded", "stage")
    result = run("backtest", BEKASI, *data, "--out", str(tmp_path / "b.xlsx"))
    assert result.exit_code == 0, result.output
    head, together, *of_regions = cells((tmp_path / "b.xlsx").read_bytes(), "results")
    assert (
        dict(zip(map(str, head), together, strict=True)).items()
        >= {"weeks": 2, "agree": 1, "policy_changes": 0}.items()
    )
    assert [row[:4] for row in of_regions] == [["policy", "Kota Bekasi", 2, 1]]
    assert cells((tmp_path / "b.xlsx").read_bytes(), "backtest")[1:] == [
        ["policy", "Kota Bekasi", "2021-W37", "appeal", "instruction", False]
    ]


def test_what_came_of_it_stands_in_sheets_and_is_called_a_result(tmp_path: Path) -> None:
    data = ("--observations", f"{BEKASI}/observations-lingering.csv", "--judge", "services_ready=yes", "--draws", "64")
    scored = run("forecast", BEKASI, *data, "--from", "2022-W02", "--weeks", "8", "--out", str(tmp_path / "f.xlsx"))
    assert scored.exit_code == 0, scored.output
    head, *scores = cells((tmp_path / "f.xlsx").read_bytes(), "scores")
    assert [row[0] for row in scores] == ["at-least:instruction", "at-least:perwal", "at-least:perda"]
    assert all(isinstance(row[head.index("brier")], int | float) for row in scores)
    ahead = ("--weeks", "4", "--set", "first_dose_target=60", "--outcome", "weeks:perwal", "--prefer", "fewer")
    regretted = run("regret", BEKASI, *data, *ahead, "--lang", "id", "--out", str(tmp_path / "r.xlsx"))
    assert regretted.exit_code == 0, regretted.output
    book = (tmp_path / "r.xlsx").read_bytes()
    assert len(cells(book, "worst")) == len(cells(book, "greatest_regret")) == 3
    about = cells(book, "about")
    assert about[0] == ["hal", "isi"]
    assert {"kebijakan", "pengandaian", "hasil", "keputusan"} <= {row[0] for row in about}


@pytest.mark.parametrize(
    ("out", "said"),
    [("a.csv", "is no workbook"), ("no/a.xlsx", "there is no folder"), ("a.xlsx", "is a folder")],
)
def test_a_place_that_will_not_do_is_told_before_the_work(tmp_path: Path, out: str, said: str) -> None:
    (tmp_path / "a.xlsx").mkdir()
    result = run("replay", BEKASI, "--out", str(tmp_path / out))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
