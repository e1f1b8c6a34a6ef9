"""Options that suppose something: the same in every command, and the same as in a file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZipFile

import click
import pytest
from click.testing import CliRunner, Result

from escalation.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = ROOT / "policies/bekasi-vaccination"
FIGURES = BEKASI / "observations-illustration.csv"
AHEAD = ("--weeks", "12", "--draws", "100", "--judge", "services_ready=yes")
COMMANDS = {
    "forecast": ("forecast", *AHEAD),
    "sweep on record": ("sweep", "--over", "first_dose_target=55,60,70", "--over", "slow_gain=3,4"),
    "sweep ahead": ("sweep", "--over", "first_dose_target=55,70", *AHEAD),
    "seek on record": ("seek", "--outcome", "weeks:instruction", "--at-most", "4", "--by", "first_dose_target"),
    "seek ahead": ("seek", "--outcome", "recommended:perwal", "--below", "10%", "--by", "uptake:first_doses", *AHEAD),
    "stress": ("stress",),
    "flip": ("flip",),
}
WITH_ADOPTION = [name for name in COMMANDS if name != "flip"]
AT_ONCE = "name: at-once, from: appeal, to: perwal, trigger: target-missed-and-slow, source: assumption"
AMENDED = ("--set", "moves.to-perwal.after=2", "--drop", "moves.to-perda", "--add", AT_ONCE)
COLUMNS = ["`--scenario`", "`--set`", "`--drop`", "`--add`", "`--data`", "`--adopt`"]


def run(name: str, *arguments: str, policy: str | Path = BEKASI, data: Path = FIGURES) -> Result:
    command, *options = COMMANDS.get(name, (name,))
    return CliRunner().invoke(main, [command, str(policy), "--observations", str(data), *options, *arguments])


def rows(name: str, *arguments: str, policy: Path = BEKASI, data: Path = FIGURES) -> str:
    """Give the rows of a command, whatever the scenario is called."""
    result = run(name, *arguments, "--format", "csv", policy=policy, data=data)
    assert result.exit_code == 0, result.stderr
    return re.sub("^(baseline|scenario),", "", result.stdout, flags=re.MULTILINE)


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    """Give the policy file that `AMENDED` is to be equal to."""
    text = (BEKASI / "policy.yaml").read_text(encoding="utf-8")
    start = text.index("  - name: to-perwal")
    slower = text[:start] + re.sub(r"after: \d+ weeks", "after: 2 weeks", text[start:], count=1)
    without = re.sub(r"  - name: to-perda\n(    .*\n|\n)*", f"  - {{{AT_ONCE}}}\n\n", slower)
    assert without.count("\n  - name: to-") == text.count("\n  - name: to-") - 1
    (tmp_path / "policy.yaml").write_text(without, encoding="utf-8")
    return tmp_path


@pytest.fixture
def more_doses(tmp_path: Path) -> Path:
    """Give the data with a fifth more first doses."""
    header, *lines = FIGURES.read_text(encoding="utf-8").splitlines()
    place = header.split(",").index("first_doses")
    cells = [line.split(",") for line in lines]
    for row in cells:
        row[place] = str(float(row[place]) * 1.2) if row[place] else ""
    file = tmp_path / "more.csv"
    file.write_text("\n".join([header, *map(",".join, cells)]) + "\n", encoding="utf-8")
    return file


def scenarios(folder: Path, text: str) -> str:
    file = folder / "scenarios.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("name", COMMANDS)
def test_amendments_come_to_what_the_amended_policy_file_comes_to(name: str, amended: Path) -> None:
    found = rows(name, *AMENDED)
    assert found == rows(name, policy=amended)
    assert found != rows(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_edits_come_to_what_the_edited_data_come_to(name: str, more_doses: Path) -> None:
    found = rows(name, "--data", "scale: first_doses, by: 1.2")
    assert found == rows(name, data=more_doses)
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


@pytest.mark.parametrize("name", COMMANDS)
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


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--set", "moves.to-perwal.aftr=8"), "--set moves.to-perwal.aftr=8: `aftr` is not a key here"),
        (
            ("--set", "moves.to-perwal.after=soon"),
            "--set moves.to-perwal.after=soon: `after` must be a number of weeks",
        ),
        (("--set", "first_dose_target=120"), "--set first_dose_target=120: 120 is outside the range"),
        (("--drop", "moves.to-prwal"), "--drop moves.to-prwal: `to-prwal` is not a move of this policy"),
        (
            ("--data", "pace: first_doses, bye: 0.5"),
            "--data 'pace: first_doses, bye: 0.5' column 20: `bye` is not a key here",
        ),
        (
            ("--data", "{pace: first_doses, by: 0.5, from: W40}"),
            "--data '{pace: first_doses, by: 0.5, from: W40}' column 36: `W40` is not a week",
        ),
        (("--data", "pace: first_doses, by: [1"), "--data 'pace: first_doses, by: [1' column 25: "),
        (("--data", "scale: first_doses, by: 2, regions: [Bogor]"), "column 1"),
        (("--add", "name: x, from: appeal, to: perda, trigger: dry"), "`dry` is not a trigger of this policy"),
        (("--add", "to-perda"), "--add to-perda"),
    ],
)
@pytest.mark.parametrize("name", ["sweep on record", "flip"])
def test_a_mistake_names_the_option_and_its_value(name: str, given: tuple[str, str], said: str) -> None:
    result = run(name, *given)
    assert result.exit_code == 2
    if said == "column 1":
        assert f"error: --data '{given[1]}': `Bogor` is not a region of the observations" in result.stderr
    else:
        assert said in result.stderr
    assert result.stderr.startswith(f"error: {given[0]} ")
    assert "options:" not in result.stderr


def test_a_mistake_is_told_in_indonesian_as_other_failures_are() -> None:
    lines = run("whatif", *AHEAD, "--data", "pace: first_doses, bye: 0.5", "--lang", "id").stderr.splitlines()
    assert lines == [
        "kesalahan: --data 'pace: first_doses, bye: 0.5' kolom 20: `bye` is not a key here",
        "  saran: did you mean `by`?",
    ]


def test_all_mistakes_are_told_at_once() -> None:
    given = (
        "--set",
        "moves.to-prwal.after=8",
        "--drop",
        "moves.x",
        "--data",
        "stop: doses",
        "--adopt",
        "up_to: x, rule: follow",
    )
    lines = [line for line in run("forecast", *AHEAD, *given).stderr.splitlines() if line.startswith("error: ")]
    assert [line.split()[1] for line in lines] == ["--set", "--drop", "--data", "--adopt"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("--drop", "moves.to-perda", "--drop", "moves.to-perda"),
            (
                "`drop moves.to-perda` changes what is dropped by `drop moves.to-perda`",
                "--drop moves.to-perda: the other",
            ),
        ),
        (
            ("--set", "moves.to-perwal.after=8", "--drop", "moves.to-perwal"),
            ("`drop moves.to-perwal` drops what is changed by", "--set moves.to-perwal.after=8: the other"),
        ),
        (
            ("--set", "first_dose_target=60", "--set", "parameters.first_dose_target.value=65"),
            ("changes the same as `first_dose_target=60`", "--set first_dose_target=60: the other"),
        ),
        (("--add", AT_ONCE, "--add", AT_ONCE), ("at-once", "--add")),
        (
            ("--data", "revise: first_doses, value: 1", "--data", "revise: first_doses, value: 2"),
            ("two edits give one figure another value", "--data 'revise: first_doses, value: 1': the other"),
        ),
    ],
)
@pytest.mark.parametrize("name", ["forecast", "stress"])
def test_two_options_of_one_thing_are_refused(name: str, given: tuple[str, ...], said: tuple[str, ...]) -> None:
    result = run(name, *given)
    assert result.exit_code == 2
    for one in said:
        assert one in result.stderr


def test_an_option_of_what_the_scenario_amends_is_refused(tmp_path: Path) -> None:
    file = scenarios(tmp_path, "name: one\nset: {first_dose_target: 60}\n")
    result = run("stress", "--scenario", file, "--set", "first_dose_target=65")
    assert result.exit_code == 2
    assert (
        "--set first_dose_target=65: `first_dose_target=65` changes the same as `first_dose_target=60`" in result.stderr
    )


def test_options_add_to_the_scenario_of_a_file(tmp_path: Path) -> None:
    file = scenarios(tmp_path, "name: one\nset: {moves.to-perwal.after: 2}\ndata: [{scale: first_doses, by: 1.2}]\n")
    stacked = rows("stress", "--scenario", file, "--drop", "moves.to-perda", "--data", "shift: first_doses, by: 9")
    given = ("--set", "moves.to-perwal.after=2", "--data", "scale: first_doses, by: 1.2")
    assert stacked == rows("stress", *given, "--drop", "moves.to-perda", "--data", "shift: first_doses, by: 9")


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("scenarios: [{name: one}, {name: two}]\n", (), {"en": "has 2 scenarios", "id": "memuat 2 skenario"}),
        ("name: one\n", (":two",), {"en": "has no scenario `two`", "id": "tidak memuat skenario `two`"}),
        ("name: one\nadopt: never\n", ("", "--adopt", "recorded"), {"en": "as well as --adopt", "id": "juga --adopt"}),
        (
            "name: one\nresponse: [{stage: perwal, lifts: first_doses, percent: 9}]\n",
            (),
            {"en": "respond", "id": "tanggapan"},
        ),
        ("name: one\ndata: [{late: all, by: 1}]\n", (), {"en": "that are late", "id": "yang terlambat"}),
        ("name: one\nadopt: {rule: follow, probability: 0.5}\n", (), {"en": "chance decides", "id": "menurut peluang"}),
    ],
)
def test_a_scenario_that_cannot_be_taken_is_refused(
    text: str, given: tuple[str, ...], said: dict[str, str], lang: str, tmp_path: Path
) -> None:
    suffix, *more = given or ("",)
    result = run("stress", "--scenario", f"{scenarios(tmp_path, text)}{suffix}", *more, "--lang", lang)
    assert result.exit_code == 2
    assert said[lang] in result.stderr


@pytest.mark.parametrize("name", ["sweep on record", "seek on record", "seek ahead"])
def test_a_number_is_not_both_supposed_and_tried(name: str) -> None:
    by = ("--by", "first_dose_target") if name.startswith("seek") else ()
    result = run(name, *by, "--set", "parameters.first_dose_target.value=65")
    assert result.exit_code == 2
    assert "and supposed: `parameters.first_dose_target.value=65`" in result.stderr


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
