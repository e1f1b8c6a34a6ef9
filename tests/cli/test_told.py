"""What every output of the what-if commands says, in each of its forms and in both languages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from escalation.cli import main
from escalation.policy.load import load

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
AHEAD = ("--observations", f"{BEKASI}/observations-illustration.csv", "--weeks", "8", "--draws", "200")
READY = ("--judge", "services_ready=yes")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


BLANK = ("--data", "missing: all, from: 2022-W12")


def test_that_the_policy_cannot_say_is_an_outcome_and_a_column() -> None:
    printed = run("whatif", BEKASI, *AHEAD, *READY, *BLANK).stdout
    assert "no stage is recommended in other draws" not in printed
    assert "cannot say in some week (weeks, mean: 0.0; with it 4.0)  0         100      100.0" in printed
    record = json.loads(run("whatif", BEKASI, *AHEAD, *READY, *BLANK, "--format", "json").stdout)
    assert {row["undetermined"] for row in record["rows"] if row["week"] == "2022-W19"} == {0.0, 1.0}
    (unknown,) = [one for one in record["scenarios"][1]["beside_baseline"] if one["outcome"] == "undetermined_ever"]
    assert (unknown["more_draws"], unknown["difference"]) == (200, 1.0)
    assert 0.95 < unknown["interval_low"] < 1 == unknown["interval_high"]
    rows = [*csv.DictReader(io.StringIO(run("whatif", BEKASI, *AHEAD, *READY, *BLANK, "--format", "csv").stdout))]
    assert {row["undetermined"] for row in rows if row["week"] == "2022-W18"} == {"0.0", "1.0"}


ILLUSTRATED = ("--observations", f"{BEKASI}/observations-illustration.csv")
FEW = ("--weeks", "3", "--draws", "50", *READY)
COMMANDS = {
    "regret": (
        *ILLUSTRATED,
        *FEW,
        "--scenario",
        f"{ROOT}/tests/files/alternatives.yaml",
        "--outcome",
        "changes",
        "--prefer",
        "fewer",
    ),
    "forecast": (*ILLUSTRATED, *FEW),
    "whatif": (*ILLUSTRATED, *FEW, "--set", "first_dose_target=60"),
    "sweep": (*ILLUSTRATED, "--over", "first_dose_target=60,70"),
    "seek": (*ILLUSTRATED, *FEW, "--outcome", "recommended:instruction", "--by", "first_dose_target", "--below", "50%"),
    "tornado": (*ILLUSTRATED, "--outcome", "weeks:perda", "--by", "30%"),
    "stress": ILLUSTRATED,
    "flip": ILLUSTRATED,
    "replay": ILLUSTRATED,
    "backtest": ILLUSTRATED,
}
MADE_UP = {"en": "ILLUSTRATION, NOT DATA: the figures are made up", "id": "ILUSTRASI, BUKAN DATA: angkanya karangan"}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_an_answer_rests_on_stands_above_it(command: str, language: str) -> None:
    options = (*COMMANDS[command], "--as-of", "2022-03-20", "--lang", language)
    printed = run(command, BEKASI, *options)
    assert printed.exit_code == 0, printed.stderr
    policy = load(f"{BEKASI}/policy.yaml")
    first, second, *others = printed.stdout.splitlines()
    assert first.endswith("(bekasi-vaccination 1.0.0)")
    assert policy.digest[:12] in second
    assert {"en": "data as of 20 March 2022", "id": "data per 20 Maret 2022"}[language] in second
    assert MADE_UP[language] in others
    record = json.loads(run(command, BEKASI, *options, "--format", "json").stdout)
    assert record["policy"]["digest"] == policy.digest
    assert record["policy"]["version"] == "1.0.0"
    assert record["observations"]["digest"][:12] in second
    assert record["observations"]["week"] in second
    assert (record["as_of"], record["illustrated"]) == ("2022-03-20", ["Kota Bekasi"])
    assert MADE_UP[language] in record["remarks"]


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_has_no_head_and_warns_of_what_it_would_say(command: str) -> None:
    assert f"warning: {MADE_UP['en']}" in run(command, BEKASI, *COMMANDS[command], "--format", "csv").stderr


@pytest.mark.parametrize("command", [one for one in COMMANDS if one != "replay"])
def test_pages_call_made_up_figures_so(command: str, tmp_path: Path) -> None:
    result = run(command, BEKASI, *COMMANDS[command], "--out", str(tmp_path / "report"))
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert f"<li>{MADE_UP['en']}</li>" in page
    assert policy_digest() in page


def policy_digest() -> str:
    return load(f"{BEKASI}/policy.yaml").digest


@pytest.mark.parametrize("command", COMMANDS)
def test_a_workbook_says_it_too(command: str, tmp_path: Path) -> None:
    out = tmp_path / "rows.xlsx"
    assert run(command, BEKASI, *COMMANDS[command], "--as-of", "2022-03-20", "--out", str(out)).exit_code == 0
    about = [*load_workbook(out)["about"].iter_rows(values_only=True)]
    assert ("remark", MADE_UP["en"]) in about
    assert ("observations as of", "2022-03-20") in about


@pytest.fixture
def spoilt(tmp_path: Path) -> tuple[str, ...]:
    """Give options for data with a figure that is none, and with a shorter region that has no stage on record."""
    rows = Path(f"{BEKASI}/observations-illustration.csv").read_text(encoding="utf-8").splitlines()
    first = rows[-1].split(",")
    place = rows[0].split(",").index("first_doses")
    bad = ",".join([*first[:place], "many", *first[place + 1 :]])
    shorter = [line.replace("Kota Bekasi", "Bogor") for line in rows[1:-3]]
    (tmp_path / "data.csv").write_text("\n".join([*rows[:-1], bad, *shorter, ""]), encoding="utf-8")
    standings = tmp_path / "standings.csv"
    standings.write_text("region,since,stage\nKota Bekasi,2021-W36,appeal\n", encoding="utf-8")
    return ("--observations", str(tmp_path / "data.csv"), "--standings", str(standings))


@pytest.mark.parametrize("command", [one for one in COMMANDS if one != "backtest"])
def test_what_is_assumed_unusable_or_short_is_told(command: str, spoilt: tuple[str, ...]) -> None:
    result = run(command, BEKASI, *COMMANDS[command], *spoilt)
    assert result.exit_code == 0, result.stderr
    unusable = "1 figure or row of the data could not be used; `escalation evaluate` lists them"
    assert f"warning: {unusable}" in result.stderr
    lines = result.stdout.splitlines()
    assert unusable in lines
    assert any(line.startswith("no stage in force was given of Bogor: the first is taken") for line in lines)
    assert "the data end before 2022-W11 in: Bogor (2022-W08)" in lines


SCENARIOS = f"""
policy: {BEKASI}/policy.yaml
scenarios:
  - name: lower
    title: {{en: A lower target, id: Sasaran lebih rendah}}
    note: {{en: Asked by the council, id: Diminta dewan}}
    set: {{first_dose_target: 65}}
    horizon: 12 weeks
  - {{name: never, data: [{{scale: first_doses, by: 0.9}}], adopt: {{rule: never}}}}
"""


@pytest.fixture
def several(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    options = (*ILLUSTRATED, "--draws", "50", *READY)
    return ("whatif", BEKASI, *options, "--scenario", str(tmp_path / "scenarios.yaml"))


def test_a_scenario_is_told_with_its_title_and_what_it_rests_on(several: tuple[str, ...]) -> None:
    record = json.loads(run(*several, "--format", "json").stdout)
    baseline, lower, never = record["scenarios"]
    assert baseline["policy_digest"] == record["policy"]["digest"] == never["policy_digest"] != lower["policy_digest"]
    assert baseline["observations_digest"] == lower["observations_digest"] != never["observations_digest"]
    assert (lower["title"], lower["note"]) == ("A lower target", "Asked by the council")
    assert "12 weeks ahead" in lower["methods"]["first_doses"]["past_coverage"]
    assert "12 weeks ahead" not in baseline["methods"]["first_doses"]["past_coverage"]
    lines = run(*several, "--lang", "id").stdout.splitlines()
    begin = lines.index("Skenario: lower (Sasaran lebih rendah)")
    assert lines[begin + 1] == "Diminta dewan"
    data = lower["observations_digest"][:12]
    assert lines[begin + 2] == f"kebijakan {lower['policy_digest'][:12]}; data {data}"
    assert lines[begin + 3].startswith("`first_doses`: ")
    assert "lower: tidak dibandingkan per undian, karena minggunya lain daripada acuan" in lines


def test_the_page_has_the_titles_notes_and_digests_of_scenarios(several: tuple[str, ...], tmp_path: Path) -> None:
    assert run(*several, "--out", str(tmp_path / "report")).exit_code == 0
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "<li>A lower target: Asked by the council</li>" in page
    assert "<li>A lower target: policy " in page
    assert "<li>never: policy " in page


def test_the_weeks_of_a_sweep_are_those_evaluated(tmp_path: Path) -> None:
    (tmp_path / "late.csv").write_text("region,stage,since\nKota Bekasi,instruction,2021-W50\n", encoding="utf-8")
    options = ("sweep", BEKASI, *COMMANDS["sweep"], "--standings", str(tmp_path / "late.csv"))
    assert "The weeks on record, 2021-W50 to 2022-W11; regions: 1" in run(*options).stdout.splitlines()
    record = json.loads(run(*options, "--format", "json").stdout)
    assert record["horizon"] == {"first": "2021-W50", "weeks": 14}


def test_weeks_behind_the_day_that_is_asked_for_are_not_called_unusable() -> None:
    result = run("replay", BEKASI, *ILLUSTRATED, "--as-of", "2022-01-20")
    assert "up to 2022-W03" in result.stdout
    assert "could not be used" not in result.stdout + result.stderr
