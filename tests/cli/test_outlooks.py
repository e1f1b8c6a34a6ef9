"""`escalation forecast` and `escalation whatif`: what they print, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from escalation.cli import main
from escalation.documents.charts.wording import percent
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.policy.values import Language
from tests.whatif.test_outlook import POLICY, some_past

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
AHEAD = ("--observations", f"{BEKASI}/observations-illustration.csv", "--weeks", "8", "--draws", "200")
READY = ("--judge", "services_ready=yes")
LAST, BEHIND = "2022-W19", "2022-W20"
"""The last week that is looked at, and the one behind it."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def test_a_forecast_says_what_it_rests_on() -> None:
    result = run("forecast", BEKASI, *AHEAD, *READY)
    assert result.exit_code == 0
    for said in (
        "200 draws of the figures to come, seed 0",
        "`services_ready` is yes in every week to come (assumption)",
        "Horizon: 8 weeks.",
        "past coverage",
        "40 of 40 random paths agree with the reference engine",
        "a person decides",
    ):
        assert said in result.stdout


def test_a_forecast_in_indonesian_is_indonesian_throughout() -> None:
    printed = run("forecast", BEKASI, *AHEAD, *READY, "--lang", "id").stdout
    for said in ("residu sendiri saja", "cakupan masa lalu", "40 dari 40 lintasan acak sama dengan mesin rujukan"):
        assert said in printed
    for english in ("residuals", "coverage", "random", "weeks", "draws"):
        assert english not in printed.replace("--weeks", "")


def test_the_parts_of_a_week_add_up() -> None:
    result = run("forecast", BEKASI, *AHEAD, *READY, "--format", "csv")
    rows = [*csv.DictReader(io.StringIO(result.stdout))]
    weeks = {row["week"] for row in rows}
    assert len(weeks) == 8
    for week in weeks:
        assert sum(float(row["in_force"]) for row in rows if row["week"] == week) == pytest.approx(1)


def test_the_record_for_machines_has_everything() -> None:
    record = json.loads(run("forecast", BEKASI, *AHEAD, *READY, "--format", "json").stdout)
    assert record["draws"] == 200
    assert record["horizon"] == {"first": "2022-W12", "weeks": 8}
    assert record["methods"].keys() == {"first_doses", "elderly_first_doses"}
    assert record["first_recommended"][1]["p50"] == "2022-W12"
    again = json.loads(run("forecast", BEKASI, *AHEAD, *READY, "--format", "json", "--workers", "2").stdout)
    assert again["scenarios"][0]["digest"] == record["scenarios"][0]["digest"]


def test_weeks_changes_and_the_shortest_stay_are_told_over_the_draws(tmp_path: Path) -> None:
    result = run("forecast", BEKASI, *AHEAD, *READY, "--out", str(tmp_path / "told.xlsx"))
    for line in (
        "    counted                    mean  5 %  50 %  95 %  any",
        "    Instruction, weeks         6.0   6    6     6     100",
        "    Regional by-law, weeks     0.0   0    0     0     0",
        "    changes of stage           2.0   2    2     2     100",
        "    shortest stay, weeks       6.0   6    6     6     100",
    ):
        assert line in result.stdout.splitlines()
    numbers = json.loads(run("forecast", BEKASI, *AHEAD, *READY, "--format", "json").stdout)["numbers"]
    assert [(one["outcome"], one["stage"]) for one in numbers[2:]] == [
        ("weeks", "perwal"),
        ("weeks", "perda"),
        ("changes", None),
        ("shortest-stay", None),
    ]
    assert numbers[-1] == {
        "scenario": "baseline", "region": "Kota Bekasi", "outcome": "shortest-stay", "stage": None,
        "mean": 6.0, "p5": 6, "p50": 6, "p95": 6, "share": 1.0,
    }  # fmt: skip
    sheet = load_workbook(tmp_path / "told.xlsx")["numbers"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["scenario", "region", "outcome", "stage", "mean", "p5", "p50", "p95", "share (%)"]
    assert rows[-1] == ["baseline", "Kota Bekasi", "shortest-stay", None, 6.0, 6, 6, 6, 100]


def test_without_a_completed_stay_none_is_told() -> None:
    never = ("whatif", BEKASI, *AHEAD, *READY, "--adopt", "never")
    printed = run(*never, "--lang", "id").stdout
    assert "    masa terpendek, minggu       –          –    –     –     0" in printed.splitlines()
    last = json.loads(run(*never, "--format", "json").stdout)["numbers"][-1]
    assert (last["scenario"], last["mean"], last["p50"], last["share"]) == ("scenario", None, None, 0.0)


def test_of_many_regions_a_line_each_has_the_strictest_stage_and_the_medians(tmp_path: Path) -> None:
    policy = loads(POLICY)
    rows = [
        f"{region},{Week(policy.calendar, one.week)},{one.value},100000\n"
        for (region, name), entries in some_past(policy).series.items()
        if name == "doses"
        for one in entries
    ]
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "data.csv").write_text("region,week,doses,people\n" + "".join(rows), encoding="utf-8")
    ahead = ("--observations", str(tmp_path / "data.csv"), "--weeks", "12", "--draws", "300", "--judge", "ready=yes")
    lines = run("forecast", str(tmp_path / "policy.yaml"), *ahead).stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("region "))
    assert "c: any, % of the draws  changes of stage, median  shortest stay, weeks, median" in lines[place]
    numbers = json.loads(run("forecast", str(tmp_path / "policy.yaml"), *ahead, "--format", "json").stdout)["numbers"]
    for number, line in enumerate(lines[place + 1 : place + 5]):
        strictest, changes, stay = numbers[5 * number + 2 : 5 * number + 5]
        shown = [percent(strictest["share"], Language.ENGLISH), *(str(one["p50"]) for one in (changes, stay))]
        assert re.split(r"  +", line)[-4:-1] == [one.replace("None", "–") for one in shown]


def test_scenarios_stand_beside_the_baseline() -> None:
    result = run("whatif", BEKASI, *AHEAD, *READY, "--set", "moves.to-instruction.after=60", "--format", "csv")
    rows = [*csv.DictReader(io.StringIO(result.stdout))]
    last = {row["scenario"]: row["in_force"] for row in rows if row["week"] == "2022-W19" and row["stage"] == "appeal"}
    assert last == {"baseline": "0.0", "scenario": "1.0"}


def test_figures_to_come_are_edited() -> None:
    edit = "campaign: first_doses, people: 300000, from: 2022-W13"
    result = run("whatif", BEKASI, *AHEAD, *READY, "--data", edit, "--format", "csv")
    rows = [*csv.DictReader(io.StringIO(result.stdout))]
    strict = {
        row["scenario"]: row["in_force"] for row in rows if row["week"] == "2022-W19" and row["stage"] == "perwal"
    }
    assert strict == {"baseline": "1.0", "scenario": "0.0"}


def test_a_judgement_is_given_in_either_language() -> None:
    plain, beside = (run("forecast", BEKASI, *AHEAD, "--judge", f"services_ready={text}") for text in ("yes", "ya"))
    assert plain.exit_code == 0
    assert plain.stdout == beside.stdout


def test_a_given_uptake_needs_no_history() -> None:
    given = ("--uptake", "first_doses=5000", "--uptake", "elderly_first_doses=500")
    result = run("forecast", BEKASI, "--weeks", "8", "--draws", "1", *READY, *given, "--lang", "id")
    assert result.exit_code == 0
    assert "8 minggu ke depan" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("forecast", BEKASI), "a forecast needs"),
        (("forecast", BEKASI, *AHEAD, "--judge", "ready=yes"), "the judgements are: `services_ready`, `repeal_agreed`"),
        (("forecast", BEKASI, *AHEAD, "--judge", "services_ready=maybe"), "--judge services_ready=yes"),
        (("forecast", BEKASI, *AHEAD, "--judge", "services_ready"), "write it as NAME=VALUE"),
        (("forecast", BEKASI, "--judge", "services_ready=y", "--lang", "id"), "services_ready=ya atau --judge"),
        (("forecast", BEKASI, "--out", "told.xls"), "did you mean `told.xlsx`?"),
        (("forecast", BEKASI, "--out", "nowhere/told", "--lang", "id"), "saran: buat foldernya lebih dahulu"),
        (("forecast", BEKASI, "--out", str(ROOT / "tests"), "--lang", "id"), "folder `tests` memuat berkas lain"),
        (("forecast", BEKASI, "--out", "told.csv", "--lang", "id"), "saran: sebutkan folder untuk laporan"),
        (("forecast", BEKASI, "--observations", "no.csv", "--lang", "id"), "kesalahan: berkas `no.csv` tidak ada"),
        (("forecast", "nowhere", "--lang", "id"), "saran: periksa nama dan foldernya"),
        (("forecast", BEKASI, "--adopt", "lag: 3"), "help: write `rule: follow, lag: 3`"),
        (("forecast", BEKASI, *AHEAD, "--uptake", "doses=1"), "there are: `first_doses`, `elderly_first_doses`"),
        (("forecast", BEKASI, *AHEAD, "--uptake", "first_doses=many"), "--uptake first_doses=40000"),
        (("forecast", BEKASI, *AHEAD, "--method", "prophet"), "there are `last-rate`"),
        (("forecast", BEKASI, *AHEAD, "--region", "Bogor"), "`Bogor` is not a region of the observations"),
        (("whatif", BEKASI, *AHEAD), "no scenario to compare with the baseline"),
        (("whatif", BEKASI, *AHEAD, "--data", "late: first_doses, by: 2 weeks, from: 2022-W14"), "late"),
        (("whatif", BEKASI, *AHEAD, "--scenario", "none.yaml"), "none.yaml"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_report_is_written_beside_what_is_printed(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    printed = run("forecast", BEKASI, *AHEAD, *READY).stdout
    for folder in folders:
        result = run("forecast", BEKASI, *AHEAD, *READY, "--out", str(folder))
        assert result.exit_code == 0
        assert result.stdout == printed
    page = (folders[0] / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 5
    assert "40 of 40 random paths agree with the reference engine" in page
    manifest = json.loads((folders[0] / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["data"]["last_week"], manifest["draws"], manifest["seed"]) == ("2022-W11", 200, 0)
    files = [{one.name: one.read_bytes() for one in folder.iterdir()} for folder in folders]
    assert files[0] == files[1]


def test_a_report_is_not_written_over_other_files_and_this_is_said_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    result = run("forecast", "no such policy", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "holds other files, such as `notes.txt`" in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


def test_a_scenario_that_cannot_be_drawn_is_named_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.yaml"
    file.write_text(
        f"policy: {BEKASI}/policy.yaml\n"
        "scenarios:\n"
        "  - {name: lower, set: {first_dose_target: 65}}\n"
        "  - {name: thrice, data: [{scale: first_doses, by: 3}]}\n",
        encoding="utf-8",
    )
    result = run("whatif", BEKASI, *AHEAD, *READY, "--scenario", str(file))
    assert result.exit_code == 2
    assert (
        "the scenario `thrice`: the figures of `first_doses` leave no share of those not yet reached" in result.stderr
    )
    assert "--uptake METRIC=PEOPLE" in result.stderr


def test_one_is_told_in_the_singular() -> None:
    given = ("--observations", f"{BEKASI}/observations-illustration.csv", *READY)
    lines = run("forecast", BEKASI, *given, "--weeks", "1", "--draws", "1").stdout.splitlines()
    assert "1 draw of the figures to come, seed 0" in lines
    assert "1 of 1 random path agrees with the reference engine" in lines
    assert not [line for line in lines if " 1 weeks" in line or " 1 draws" in line]


def test_how_people_respond_is_worked_out_over_the_draws(tmp_path: Path) -> None:
    file = tmp_path / "scenarios.yaml"
    lifts = "{stage: instruction, lifts: first_doses, percent: 2000}"
    file.write_text(f"name: heeded\nhorizon: 12\nresponse: [{lifts}]\n", encoding="utf-8")
    given = ("--observations", f"{BEKASI}/observations-illustration.csv", *READY, "--draws", "100")
    result = run("whatif", BEKASI, *given, "--scenario", str(file), "--weeks", "12", "--format", "json")
    without, heeded = json.loads(result.stdout)["scenarios"]
    assert any("Response (assumption)" in label for label in heeded["supposed"])
    assert without["digest"] != heeded["digest"]


def test_a_stage_that_takes_effect_by_the_record_is_told(tmp_path: Path) -> None:
    record = tmp_path / "standings.csv"
    record.write_text(
        "region,stage,since,decided\nKota Bekasi,appeal,2021-W36,\nKota Bekasi,instruction,2022-W14,2022-W10\n",
        encoding="utf-8",
    )
    result = run("forecast", BEKASI, *AHEAD, "--standings", str(record), "--judge", "services_ready=yes")
    assert "Kota Bekasi: Instruction takes effect in 2022-W14 by the record" in result.stdout


def test_figures_that_are_late_are_said_to_change_nothing_ahead() -> None:
    late = ("--data", "late: first_doses, by: 4 weeks", "--judge", "services_ready=yes")
    assert "late change nothing in the weeks to come" in run("whatif", BEKASI, *AHEAD, *late).stdout


@pytest.mark.parametrize("is_within", [True, False])
def test_an_edit_that_begins_behind_the_last_week_is_said_to_change_nothing(*, is_within: bool) -> None:
    given = (*AHEAD, *READY, "--data", f"pace: first_doses, by: 0.5, from: {LAST if is_within else BEHIND}")
    lines = run("whatif", BEKASI, *given).stdout.splitlines()
    said = (
        f"`first_doses`: the edit from {BEHIND} on lies beyond the horizon, which ends with {LAST}: it changes nothing."
    )
    assert (said in lines) is not is_within


LINGERING = ("--observations", f"{BEKASI}/observations-lingering.csv", "--weeks", "2", "--draws", "500", *READY)


@pytest.mark.parametrize(
    ("language", "begins", "ends"),
    [
        (
            "en",
            "  Waiting one week: in ",
            "the recommendation of 2022-W10 (escalate to Instruction) differs in 2022-W11: hold.",
        ),
        (
            "id",
            "  Menunggu satu minggu: pada ",
            "rekomendasi 2022-W10 (naikkan ke Instruksi) berubah pada 2022-W11 menjadi: tetap.",
        ),
    ],
)
def test_a_forecast_says_what_waiting_one_week_may_change(language: str, begins: str, ends: str) -> None:
    lines = run("forecast", BEKASI, *LINGERING, "--lang", language).stdout.splitlines()
    (said,) = [line for line in lines if line.startswith(begins)]
    assert said.endswith(ends)


@pytest.mark.parametrize(
    ("language", "note"),
    [("en", "for waiting alone ask with --weeks 1"), ("id", "khusus soal menunggu, gunakan --weeks 1")],
)
def test_over_more_weeks_the_question_of_waiting_is_referred_to_one_week(
    language: str, note: str, tmp_path: Path
) -> None:
    given = ("forecast", BEKASI, *LINGERING, "--lang", language, "--out")
    assert run(*given, str(tmp_path / "several"), "--weeks", "8").stdout.count(note) == 1
    assert note not in run(*given, str(tmp_path / "one"), "--weeks", "1").stdout
    pages = [(tmp_path / name / "report.html").read_text(encoding="utf-8") for name in ("several", "one")]
    assert [page.count(note) for page in pages] == [1, 0]


def test_every_form_has_the_same_of_waiting() -> None:
    (waited,) = (record := json.loads(run("forecast", BEKASI, *LINGERING, "--format", "json").stdout))["waiting"]
    assert (waited["week"], waited["recommendation"], waited["to"]) == ("2022-W10", "escalate", "instruction")
    assert waited["next"] == record["horizon"]["first"]
    by_goal = {one["to"]: one["share"] for one in waited["becomes"]}
    assert by_goal.keys() == {"instruction", None}
    assert 0 < waited["changes"] == by_goal[None] < 1
    assert waited["compared"] == ["first_dose_coverage", "first_dose_gain"]
    rows = [*csv.DictReader(io.StringIO(run("forecast", BEKASI, *LINGERING, "--format", "csv").stdout))]
    assert {row["waiting_changes"] for row in rows if row["week"] == "2022-W11"} == {str(waited["changes"])}
    assert {row["waiting_changes"] for row in rows if row["week"] != "2022-W11"} == {""}


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ("2022-W12", "  Instruction is decided and takes effect in 2022-W12: until then nothing else is recommended"),
        (
            "2022-W11",
            "  Instruction takes effect in 2022-W11 by the record: what is recommended then is recommended from",
        ),
    ],
)
def test_a_decision_on_record_is_said_beside_what_waiting_changes(week: str, said: str, tmp_path: Path) -> None:
    record = tmp_path / "standings.csv"
    record.write_text(
        f"region,stage,since,decided\nKota Bekasi,appeal,2021-W36,\nKota Bekasi,instruction,{week},2022-W10\n",
        encoding="utf-8",
    )
    printed = run("forecast", BEKASI, *LINGERING, "--standings", str(record)).stdout
    assert "in none of the draws does the recommendation of 2022-W10 (hold) differ in 2022-W11" in printed
    assert said in printed


def test_without_a_stage_on_record_by_then_waiting_changes_no_recommendation(tmp_path: Path) -> None:
    record = tmp_path / "standings.csv"
    record.write_text("region,stage,since\nKota Bekasi,appeal,2022-W11\n", encoding="utf-8")
    printed = run("forecast", BEKASI, *LINGERING, "--standings", str(record)).stdout
    assert "Waiting one week: no stage is on record for 2022-W10" in printed
