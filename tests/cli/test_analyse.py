"""`escalation analyse` from the outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def broken(folder: Path) -> Path:
    """Give a policy whose moves are never both met."""
    file = folder / "reservoir" / "policy.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("at_least: low_storage", "above: 200"), encoding="utf-8")
    return file


def test_a_sound_policy_is_analysed_with_examples(run: Run) -> None:
    result = run("analyse", "reservoir")
    assert result.exit_code == 0
    assert "drought  earliest week 1" in result.stdout
    assert "- name: drought in week 1" in result.stdout


def test_a_move_that_can_never_be_is_exit_1(run: Run, broken: Path) -> None:
    result = run("analyse", str(broken))
    assert result.exit_code == 1
    assert "to-normal   never: its trigger `wet` can never be met" in result.stdout


def test_the_analysis_speaks_indonesian(run: Run) -> None:
    assert "paling cepat minggu 1" in run("analyse", "reservoir", "--lang", "id").stdout


def test_the_analysis_is_json_for_machines(run: Run) -> None:
    found = json.loads(run("analyse", "reservoir", "--format", "json").stdout)
    assert [(one["stage"], one["claim"], one["earliest"]) for one in found["stages"]] == [
        ("normal", "possible", 0),
        ("drought", "possible", 1),
    ]
    assert found["moves"][0]["witness"]["series"]["storage"]


def test_a_policy_that_is_not_there_is_exit_2(run: Run) -> None:
    assert run("analyse", "nothing").exit_code == 2
