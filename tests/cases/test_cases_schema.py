"""The JSON Schema of cases says what the models and the notation say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from escalation.cases import schema
from escalation.cli import main
from escalation.policy.source import read
from tests.cases.test_load import ONE
from tests.policy.test_schema import plain, undescribed

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = sorted(ROOT.glob("policies/*/cases.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(schema.schema())


def errors(text: bytes) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(plain(read("cases.yaml", text).tree))]


def test_the_committed_schema_is_that_of_the_models_and_of_the_command() -> None:
    committed = (ROOT / "escalation" / "cases" / schema.FILE).read_text(encoding="utf-8")
    assert committed == schema.text()
    assert CliRunner().invoke(main, ["schema", "--cases"]).stdout == committed


def test_one_schema_is_asked_for_at_a_time() -> None:
    result = CliRunner().invoke(main, ["schema", "--cases", "--scenario"])
    assert (result.exit_code, result.stdout) == (2, "")


def test_the_schema_is_one_and_describes_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())
    assert undescribed(schema.schema()) == []


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: path.parent.name)
def test_the_cases_of_every_policy_shipped_fit_the_schema(file: Path) -> None:
    assert errors(file.read_bytes()) == []


def checked(file: Path, tmp_path: Path) -> int:
    """Run the checker of YAML files that editors and CI use, and give its exit code."""
    (tmp_path / schema.FILE).write_text(schema.text(), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(tmp_path / schema.FILE), str(file)]
    return subprocess.run(command, check=False, capture_output=True).returncode


def test_another_checker_reads_the_schema_alike(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(ONE.format("series: {storage: 40 4O}", "recommend: hold"), encoding="utf-8")
    assert [checked(file, tmp_path) for file in (*SHIPPED, bad)] == [0] * len(SHIPPED) + [1]


@pytest.mark.parametrize(
    "keys",
    [
        "series: {storage: 41-1x2 _ _x3 unusable 70.5 -3+.5x2 7x4}",
        'series: {storage: ["40+1x3", 5, _], area: 4, flow: "revised(71->69, 2021-W42) 70"}',
        "judgements: {surveyed: yes, agreed: no _ yesx3, seen: [yes, no]}",
        "decisions: {2021-W38: drought, 2021-W39: {stage: crisis, decided: 2021-W37}}",
        "adopt: follow\n    lag: 2 weeks\n    up_to: drought\n    as_of: 2021-09-12",
        "since: 2021W30",
    ],
)
def test_what_can_be_written_fits_the_schema(keys: str) -> None:
    values = (
        "streaks: {dry: [1, 2], wet: 3}, values: {storage: _, flow: 4.5, agreed: yes}, countdown: {up: never, on: 4}"
    )
    assert errors(ONE.format(keys, values.replace("on:", "further:")).encode()) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("series: {storage: 40 4O}", "recommend: hold"),
        ("series: {storage: 40+1}", "recommend: hold"),
        ("series: {storage: {a: 1}}", "recommend: hold"),
        ("series: {storage: [true]}", "recommend: hold"),
        ("judgements: {surveyed: 4}", "recommend: hold"),
        ("judgements: {surveyed: maybe}", "recommend: hold"),
        ("since: soon", "recommend: hold"),
        ("since: 36", "recommend: hold"),
        ("decisions: {2021-W37: 5}", "recommend: hold"),
        ("decisions: {2021-W37: {decided: 2021-W36}}", "recommend: hold"),
        ("adopt: never", "recommend: hold"),
        ("lag: 2", "recommend: hold"),
        ("seris: {storage: 4}", "recommend: hold"),
        ("note: none", "recommend: stay"),
        ("note: none", "recomend: hold"),
        ("note: none", "triggers: {dry: yes}"),
        ("note: none", "streaks: {dry: [1]}"),
        ("note: none", "values: {storage: [1]}"),
        ("note: none", "countdown: {up: soon}"),
    ],
)
def test_editors_see_mistakes_of_shape(keys: str, expected: str) -> None:
    assert errors(ONE.format(keys, expected).encode()) != []
