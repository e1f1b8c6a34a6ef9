"""What `init` writes is a policy that loads, checks clean, reads its data and recommends something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import escalation
from escalation.errors import RequestError
from escalation.policy.load import loads
from escalation.policy.template import new_policy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in new_policy("dry-season").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_example_is_read_without_a_finding_and_recommends_a_step(folder: Path) -> None:
    policy = escalation.load(folder / "policy.yaml")
    observations = escalation.read(folder / "observations.csv", policy)
    evaluation = escalation.step(policy, observations)
    assert observations.findings == ()
    assert (evaluation.recommendation, evaluation.to) == ("escalate", "restrictions")


def test_the_example_bears_the_name_that_was_asked_for() -> None:
    policy = loads(new_policy("dry-season")["policy.yaml"])
    assert policy.name == "dry-season"
    assert policy.title is not None
    assert policy.title.en == "Dry season"


def test_the_threshold_of_the_example_is_marked_as_an_assumption() -> None:
    policy = loads(new_policy("dry-season")["policy.yaml"])
    assert [parameter.source for parameter in policy.parameters.values()] == [("assumption",)]


def test_every_row_of_the_example_says_that_it_is_one() -> None:
    _, *rows = new_policy("dry-season")["observations.csv"].splitlines()
    assert rows
    assert all(row.startswith("Example district,") and row.endswith("example: not measured") for row in rows)


def test_the_first_line_leads_editors_to_the_schema_beside_it(folder: Path) -> None:
    first, _, _ = (folder / "policy.yaml").read_text(encoding="utf-8").partition("\n")
    schema = folder / first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads(schema.read_text(encoding="utf-8"))["title"] == "Policy of the language 1"


def test_a_name_that_yaml_takes_for_something_else_stays_a_name() -> None:
    assert loads(new_policy("no")["policy.yaml"]).name == "no"


@pytest.mark.parametrize("name", ["", "2021", "a b", "../up", "a\n", "x" * 65, "pulih: 1", "é"])
def test_a_name_that_no_policy_can_have_is_refused(name: str) -> None:
    with pytest.raises(RequestError, match="cannot be the name of a policy"):
        new_policy(name)
