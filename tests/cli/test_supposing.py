"""Options that suppose something: the same in every command, and the same as in a file."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from zipfile import ZipFile

import click
import pytest
from click.testing import CliRunner

from escalation.cli import main, outcomes
from escalation.whatif.outcomes import known
from tests.cli.supposed import (
    AMENDED,
    AT_ONCE,
    BEKASI,
    BESIDE,
    COMMANDS,
    FIGURES,
    ROOT,
    amended_policy,
    rows,
    run,
    scaled,
    scenarios,
)

WITH_ADOPTION = [name for name in COMMANDS if name != "flip"]
COLUMNS = ["`--scenario`", "`--set`", "`--drop`", "`--add`", "`--data`", "`--adopt`"]


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    return amended_policy(tmp_path)


@pytest.mark.parametrize("name", COMMANDS)
def test_amendments_come_to_what_the_amended_policy_file_comes_to(name: str, amended: Path) -> None:
    found = rows(name, *AMENDED)
    assert found == rows(name, policy=amended)
    assert found != rows(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_edits_come_to_what_the_edited_data_come_to(name: str, tmp_path: Path) -> None:
    found = rows(name, "--data", "scale: first_doses, by: 1.2")
    assert found == rows(name, data=scaled(tmp_path, 1.2))
    assert found != rows(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_options_come_to_what_a_scenario_of_a_file_comes_to(name: str, tmp_path: Path) -> None:
    file = scenarios(
        tmp_path,
        "scenarios:\n  - {name: other, drop: moves.to-perwal}\n  - name: one\n"
        "    set: {moves.to-perwal.after: 2 weeks}\n    drop: moves.to-perda\n"
        f"    add: {{moves: [{{{AT_ONCE}}}]}}\n    data: [{{scale: first_doses, by: 1.2}}]\n",
    )
    found = run(name, "--scenario", f"{file}:one", "--format", "json")
    given = run(name, *AMENDED, "--data", "scale: first_doses, by: 1.2", "--format", "json")
    assert found.exit_code == 0, found.stderr
    documents = [re.sub('"(one|scenario)"', '"name"', one.stdout) for one in (found, given)]
    assert documents[0] == documents[1]


@pytest.mark.parametrize("name", WITH_ADOPTION)
def test_what_people_do_is_supposed_and_said(name: str) -> None:
    said = "Every recommendation is followed, up to `instruction`; it takes effect 2 weeks later."
    result = run(name, "--adopt", "rule: follow, lag: 2, up_to: instruction")
    assert said in result.stdout.splitlines(), result.stderr
    assert rows(name) != rows(name, "--adopt", "rule: follow, lag: 5")


SCALED = ("--data", "scale: first_doses, by: 1.2")


def test_what_is_set_beside_the_baseline_comes_to_what_a_forecast_of_it_does() -> None:
    given = (*AMENDED, *SCALED)
    found = list(csv.DictReader(io.StringIO(run("whatif", *given, "--format", "csv").stdout)))
    for scenario, options in (("baseline", ()), ("scenario", given)):
        alone = csv.DictReader(io.StringIO(run("forecast", *options, "--format", "csv").stdout))
        assert [one for one in found if one["scenario"] == scenario] == [{**one, "scenario": scenario} for one in alone]


def test_alternatives_and_futures_of_options_come_to_what_forecasts_of_them_do() -> None:
    printed = run("regret", *AMENDED, *SCALED, "--format", "csv").stdout
    (result,) = {"value", "result"} & {*printed.splitlines()[0].split(",")}
    found = {(row["alternative"], row["future"]): row[result] for row in csv.DictReader(io.StringIO(printed))}
    assert len(set(found.values())) > 2
    for alternative, chosen in (("baseline", ()), ("alternative", AMENDED)):
        for future, happening in (("baseline", ()), ("future", SCALED)):
            record = json.loads(run("forecast", *chosen, *happening, "--format", "json").stdout)
            (mean,) = [
                one["mean"]
                for one in record["numbers"]
                if one["outcome"].startswith("weeks") and one["stage"] == "instruction"
            ]
            assert float(found[alternative, future]) == pytest.approx(mean)


@pytest.mark.parametrize("name", BESIDE)
def test_beside_the_baseline_options_come_to_what_a_scenario_of_a_file_comes_to(name: str, tmp_path: Path) -> None:
    file = scenarios(
        tmp_path,
        "name: one\nset: {moves.to-perwal.after: 2 weeks}\ndrop: moves.to-perda\n"
        f"add: {{moves: [{{{AT_ONCE}}}]}}\nadopt: {{rule: follow, lag: 2}}\n",
    )
    options = (*AMENDED, "--adopt", "rule: follow, lag: 2")
    found, given = (run(name, *one, "--format", "json") for one in (("--scenario", file), options))
    assert found.exit_code == 0, found.stderr
    documents = [re.sub('"(one|scenario|alternative)(?=[":])', '"name', one.stdout) for one in (found, given)]
    assert documents[0] == documents[1]


@pytest.mark.parametrize("name", [*COMMANDS, *BESIDE])
def test_what_is_supposed_is_said_in_every_form(name: str, tmp_path: Path) -> None:
    given = ("--set", "moves.to-perwal.after=8", "--data", "scale: first_doses, by: 1.2")
    said = ("`moves.to-perwal.after` is 8 weeks (in the policy: 6 weeks).", "`first_doses`: multiplied by 1.20")
    text = run(name, *given, "--out", str(tmp_path / "report"))
    record = run(name, *given, "--format", "json", "--out", str(tmp_path / "book.xlsx"))
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    with ZipFile(tmp_path / "book.xlsx") as book:
        sheets = "".join(book.read(one).decode() for one in book.namelist() if one.endswith(".xml"))
    assert json.loads(record.stdout)
    for one in said:
        assert one in text.stdout
        assert one in record.stdout
        assert one in sheets
        assert re.sub("`", "", one) in re.sub("`|</?code>", "", page)
    assert "`moves.to-perwal.after` menjadi 8" in run(name, *given, "--lang", "id").stdout


def test_options_add_to_the_scenario_of_a_file(tmp_path: Path) -> None:
    file = scenarios(tmp_path, "name: one\nset: {moves.to-perwal.after: 2}\ndata: [{scale: first_doses, by: 1.2}]\n")
    stacked = rows("stress", "--scenario", file, "--drop", "moves.to-perda", "--data", "shift: first_doses, by: 9")
    given = ("--set", "moves.to-perwal.after=2", "--data", "scale: first_doses, by: 1.2")
    assert stacked == rows("stress", *given, "--drop", "moves.to-perda", "--data", "shift: first_doses, by: 9")


def test_the_horizon_of_a_scenario_counts_where_no_weeks_are_given(tmp_path: Path) -> None:
    file = scenarios(tmp_path, "name: one\ntitle: {en: Slow, id: Lambat}\nhorizon: 9\n")
    given = ("--draws", "9", "--judge", "services_ready=yes", "--scenario", file)
    command = ["forecast", str(BEKASI), "--observations", str(FIGURES), *given]
    lines = CliRunner().invoke(main, command).stdout.splitlines()
    assert "Horizon: 9 weeks." in lines
    assert "Scenario: one (Slow)" in lines
    assert "Horizon: 12 weeks." in CliRunner().invoke(main, [*command, "--weeks", "12"]).stdout


def test_the_manual_says_which_command_takes_which_option() -> None:
    page = (ROOT / "escalation/manual/whatif.md").read_text(encoding="utf-8")
    table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")]
    said = {row[0].strip("`"): row[1:7] for row in table if len(row) == 8}
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    for name, cells in said.items():
        command = commands[name]
        assert command is not None
        taken = {opt for one in command.params for opt in one.opts}
        assert cells == ["yes" if column.strip("`") in taken else "no" for column in COLUMNS], name
    named = {
        name
        for name, one in commands.items()
        if one is not None and {"--data", "--set"} <= {o for p in one.params for o in p.opts}
    }
    assert named <= said.keys()


@pytest.mark.parametrize("name", ["sweep", "tornado", "regret"])
def test_help_names_every_outcome(name: str) -> None:
    assert known() == outcomes.KNOWN
    command = main.get_command(click.Context(main), name)
    assert command is not None
    (option,) = [one for one in command.params if one.name == "outcome"]
    assert isinstance(option, click.Option)
    assert known() in (option.help or "")


@pytest.mark.parametrize(
    ("name", "titled"),
    [("seek on record", ": which values reach the goal"), ("flip", ": what would change the recommendation")],
)
def test_a_report_is_titled_with_what_is_asked(name: str, titled: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is an extra")
    assert run(name, "--out", str(tmp_path / "report")).exit_code == 0
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert f"Vaccination proof for public services{titled}</title>" in page


def beside(name: str, *arguments: str, of: str, policy: Path = BEKASI, data: Path = FIGURES) -> list[dict[str, str]]:
    """Give the rows of the result called `of`, without its name."""
    result = run(name, *arguments, "--format", "csv", policy=policy, data=data)
    assert result.exit_code == 0, result.stderr
    return [row for row in csv.DictReader(io.StringIO(result.stdout)) if row.pop("scenario", of) == of]


@pytest.mark.parametrize("name", ["replay", "backtest"])
def test_what_is_supposed_stands_beside_the_policy_as_it_is(
    name: str, amended: Path, record: str, tmp_path: Path
) -> None:
    given = ("--standings", record) if name == "backtest" else ()
    plain = "policy" if name == "backtest" else "baseline"
    edit = ("--data", "scale: first_doses, by: 1.3")
    found = {
        "as it is": beside(name, *given, *AMENDED, of=plain),
        "amended": beside(name, *given, *AMENDED, of="amended"),
        "edited": beside(name, *given, *edit, of="amended"),
    }
    assert found["as it is"] == beside(name, *given, of=plain)
    assert found["amended"] == beside(name, *given, of=plain, policy=amended)
    assert found["edited"] == beside(name, *given, of=plain, data=scaled(tmp_path, 1.3))
    assert found["as it is"] != found["amended"] != found["edited"] != found["as it is"]


@pytest.mark.parametrize("name", ["replay", "backtest"])
def test_a_result_beside_the_policy_says_what_is_supposed(name: str, record: str, tmp_path: Path) -> None:
    given = ("--standings", record, "--set", "moves.to-perwal.after=8", "--data", "stop: first_doses, from: 2022-W02")
    said = ("`moves.to-perwal.after` is 8 weeks", "standing still from 2022-W02 on", "What is supposed: policy ")
    text, document = run(name, *given).stdout, run(name, *given, "--format", "json").stdout
    assert run(name, *given, "--out", str(tmp_path / "book.xlsx")).exit_code == 0
    with ZipFile(tmp_path / "book.xlsx") as book:
        sheets = "".join(book.read(one).decode() for one in book.namelist() if one.endswith(".xml"))
    for one in said:
        assert one in text
        assert one in sheets
        assert any(one in sentence for sentence in json.loads(document)["supposed"])
    assert "Yang diandaikan: kebijakan " in run(name, *given, "--lang", "id").stdout


def test_a_replay_of_figures_that_are_late_knows_them_later(tmp_path: Path) -> None:
    late = ("--to", "2021-W47", "--data", "late: all, by: 2")
    rows_of = {of: beside("replay", *late, of=of) for of in ("baseline", "amended")}
    file = scenarios(tmp_path, "name: one\ndata: [{late: all, by: 2}]\n")
    assert beside("replay", "--to", "2021-W47", "--scenario", file, of="amended") == rows_of["amended"]
    undetermined = [sum(row["recommendation"] == "undetermined" for row in found) for found in rows_of.values()]
    assert undetermined[1] > undetermined[0]
    assert rows_of["amended"][-1]["week"] == "2021-W47"
    refused = run("replay", *late, "--from", "2021-W40")
    assert refused.exit_code == 2
    assert "leave --from and --as-of out" in refused.stderr


def test_a_replay_may_follow_with_the_lead_times_of_legal_forms() -> None:
    text = run("replay", "--adopt", "rule: follow, lag: instruments").stdout
    assert "after the lead time of its legal form (assumption), in weeks: `relax-to-appeal` 1" in text
    assert beside("replay", "--adopt", "rule: follow, lag: 2", of="x") == beside("replay", "--lag", "2", of="x")


def test_a_back_test_may_suppose_that_acts_take_time(record: str) -> None:
    late = run("backtest", "--standings", record, "--adopt", "rule: follow, lag: 4", "--format", "json")
    results = json.loads(late.stdout)["results"]
    assert results["policy"]["agree"] != results["amended"]["agree"]
    assert "it takes effect 4 weeks later." in late.stdout


@pytest.mark.parametrize("name", ["replay", "backtest"])
def test_what_is_amended_is_told_once_in_a_record_whatever_option_says_it(
    name: str, record: str, tmp_path: Path
) -> None:
    file = scenarios(tmp_path, "name: one\nset: {moves.to-perwal.after: 2}\ndrop: moves.to-perda\n")
    said = ["`moves.to-perwal.after` is 2 weeks (in the policy: 6 weeks).", "`moves.to-perda` is dropped."]
    for given in (("--scenario", file), ("--set", "moves.to-perwal.after=2", "--drop", "moves.to-perda")):
        result = run(name, "--standings", record, *given, "--format", "json")
        found = json.loads(result.stdout)
        assert [one for one in found["supposed"] if one in said] == said
        assert "amendments" not in found
