"""The other commands, and what all have in common."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from escalation.cli import SUMMARIES, main

Run = Callable[..., Result]


def test_a_sound_policy_checks_clean_and_its_assumptions_are_counted(run: Run) -> None:
    result = run("check", "reservoir")
    assert result.exit_code == 0
    assert "0 errors" in result.stdout
    assert "assumptions" in result.stdout


def test_a_mistake_is_exit_1_with_its_line_and_column(run: Run, folder: Path) -> None:
    policy = folder / "reservoir" / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("below: low_storage", "below: low_storrage"), "utf-8")
    result = run("check", "reservoir/policy.yaml")
    assert result.exit_code == 1
    assert "reservoir/policy.yaml:10:36: error" in result.stdout
    assert "did you mean `low_storage`?" in result.stdout


def test_check_prints_json(run: Run) -> None:
    document = json.loads(run("check", "reservoir", "--format", "json").stdout)
    assert document["diagnostics"] == []
    assert document["assumptions"]["reservoir/policy.yaml"]


@pytest.mark.parametrize("arguments", [["check"], ["check", "nothing"], ["check", "reservoir", "nothing.yaml"]])
def test_checking_nothing_is_exit_3(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 3


def test_the_schema_is_json_and_can_be_written(run: Run, folder: Path) -> None:
    printed = run("schema").stdout
    assert json.loads(printed)["$schema"].endswith("2020-12/schema")
    assert run("schema", "--out", "policy.schema.json").exit_code == 0
    assert (folder / "policy.schema.json").read_text(encoding="utf-8") == printed


def test_the_diagram_marks_the_stage_in_force(run: Run, folder: Path) -> None:
    assert "stateDiagram-v2" in run("diagram", "reservoir", "--stage", "drought").stdout
    assert run("diagram", "reservoir", "--format", "svg", "--out", "ladder.svg").exit_code == 0
    assert (folder / "ladder.svg").read_text(encoding="utf-8").startswith("<svg")
    assert run("diagram", "reservoir", "--stage", "flood").exit_code == 2


def test_init_makes_a_folder_that_checks_clean_and_evaluates(run: Run) -> None:
    assert run("init", "my-policy").exit_code == 0
    checked = run("check", "my-policy")
    assert checked.exit_code == 0
    assert "0 errors, 0 other findings" in checked.stdout
    assert run("evaluate", "my-policy").exit_code == 0


def test_init_overwrites_nothing(run: Run, folder: Path) -> None:
    before = (folder / "reservoir" / "policy.yaml").read_bytes()
    result = run("init", "reservoir")
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert (folder / "reservoir" / "policy.yaml").read_bytes() == before


def test_init_drafts_the_mapping_of_a_foreign_table(run: Run, folder: Path) -> None:
    (folder / "foreign.csv").write_text("county;date;storage_pct\nNorth;2021-08-01;41,5\n", encoding="utf-8")
    assert run("init", "--from", "foreign.csv").exit_code == 0
    assert "county" in (folder / "foreign.map.yaml").read_text(encoding="utf-8")


def test_init_asks_for_one_thing(run: Run) -> None:
    assert run("init").exit_code == 2
    assert run("init", "x", "--from", "y.csv").exit_code == 2


def test_the_manual_lists_its_pages_and_prints_each(run: Run) -> None:
    pages = [line.split()[0] for line in run("manual").stdout.splitlines()]
    assert {"getting-started", "language", "semantics", "data", "formats"} <= set(pages)
    for page in pages:
        assert run("manual", page).stdout.startswith("# ")
    assert run("manual", "nothing").exit_code == 2


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_has_help_that_begins_as_the_list_says(run: Run, name: str) -> None:
    command = main.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help
    assert run(name, "--help").exit_code == 0


def test_an_unknown_command_is_exit_2_and_answered_with_the_one_that_is_like_it(run: Run) -> None:
    assert run("decide").exit_code == 2
    mistyped = run("forecats")
    assert mistyped.exit_code == 2
    assert "Did you mean 'forecast'?" in mistyped.stderr


@pytest.mark.parametrize(
    ("file", "begins"),
    [("ladder.svg", "<svg "), ("ladder.mmd", "stateDiagram-v2"), ("ladder.md", "```mermaid\nstateDiagram-v2")],
)
def test_the_form_of_a_diagram_goes_by_the_ending_of_its_file(run: Run, folder: Path, file: str, begins: str) -> None:
    assert run("diagram", "reservoir", "--out", file).exit_code == 0
    assert (folder / file).read_text(encoding="utf-8").startswith(begins)


def test_a_form_that_contradicts_the_ending_is_refused(run: Run, folder: Path) -> None:
    result = run("diagram", "reservoir", "--format", "mermaid", "--out", "ladder.svg")
    assert result.exit_code == 2
    assert "`ladder.svg` is a file for svg, and --format asks for mermaid" in result.stderr
    assert not (folder / "ladder.svg").exists()


def test_a_diagram_never_overwrites_its_policy(run: Run, folder: Path) -> None:
    before = (folder / "reservoir" / "policy.yaml").read_bytes()
    assert run("diagram", "reservoir", "--out", "reservoir/policy.yaml").exit_code == 2
    assert (folder / "reservoir" / "policy.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "asked", [("evaluate", "--memo", "memo.md"), ("backtest", "--format", "json"), ("stress", "--keep", "kept")]
)
def test_an_interrupted_command_ends_with_130_without_a_traceback_or_a_half_written_file(
    asked: tuple[str, ...], folder: Path
) -> None:
    # A process that was started in the background may have been told to ignore the interrupt: this one is not.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heeding}; from escalation.cli import main; main()"
    command = (sys.executable, "-c", program, asked[0], "reservoir", "--observations", "-", *asked[1:])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, text=True
    ) as running:
        assert running.stdin is not None
        # Longer than a pipe holds: by its end the command has begun to read.
        running.stdin.write("region,week,storage\n" * 100_000)
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert errors == "interrupted\n"
    assert sorted(path.name for path in folder.iterdir()) == ["reservoir"]


@pytest.mark.parametrize("command", ["evaluate", "replay", "explain"])
def test_a_table_in_the_place_of_the_policy_is_answered_with_what_to_name(run: Run, command: str) -> None:
    result = run(command, "reservoir/observations.csv")
    assert result.exit_code == 2
    assert "error: `reservoir/observations.csv` is a table, and no policy" in result.stderr
    assert "--observations reservoir/observations.csv" in result.stderr


def test_no_mapping_is_drafted_of_a_yaml_file(run: Run, folder: Path) -> None:
    result = run("init", "--from", "reservoir/policy.yaml")
    assert result.exit_code == 2
    assert "error: `reservoir/policy.yaml` is a YAML file, and no table" in result.stderr
    assert not (folder / "reservoir" / "policy.map.yaml").exists()


def test_regions_beside_the_data_are_read_where_the_policy_has_none(run: Run, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "reservoir" / "observations.csv").rename(folder / "data" / "weekly.csv")
    (folder / "data" / "regions.csv").write_text("region\nNorth\n", encoding="utf-8")
    result = run("evaluate", "reservoir", "--observations", "data/weekly.csv", "--format", "csv")
    assert [line.split(",")[0] for line in result.stdout.splitlines()] == ["region", "North"]
