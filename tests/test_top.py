"""What stands at the top of the package."""

from __future__ import annotations

from pathlib import Path

import pytest

import escalation

POLICY = """
language: 1
name: reservoir
calendar: iso-week
metrics: {storage: {unit: m3, kind: level}, size: {unit: m3, kind: attribute}}
triggers: {dry: {when: {metric: storage, below: 40}, missing: unknown}}
stages: [{name: normal}, {name: drought}]
moves: [{name: up, from: normal, to: drought, trigger: dry}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "observations.csv").write_text("region,week,storage\nNorth,2021-W30,5\n", encoding="utf-8")
    return tmp_path


def test_what_can_be_imported_is_listed() -> None:
    assert {"load", "read", "step", "replay", "Adopt", "Adoption"} <= {*dir(escalation)}
    assert all(getattr(escalation, name) is not None for name in escalation.__all__)


def test_a_policy_is_loaded_from_its_folder(folder: Path) -> None:
    assert escalation.load(folder) == escalation.load(folder / "policy.yaml")


def test_regions_beside_the_data_are_read(folder: Path) -> None:
    (folder / "regions.csv").write_text("region,size\nNorth,7\n", encoding="utf-8")
    observations = escalation.read(folder / "observations.csv", escalation.load(folder))
    assert observations.series["North", "size"][0].value == 7.0


def test_a_table_that_is_called_like_the_file_of_regions_is_not_read_twice(folder: Path) -> None:
    table = (folder / "observations.csv").rename(folder / "regions.csv")
    assert escalation.read(table, escalation.load(folder)).attribute_file == ""


def test_an_adoption_from_the_top_is_followed(folder: Path) -> None:
    policy = escalation.load(folder)
    observations = escalation.read(folder / "observations.csv", policy)
    rules = [escalation.Adoption(adopt=one) for one in (escalation.Adopt.FOLLOW, escalation.Adopt.NEVER)]
    stages = [[one.stage_after for one in escalation.replay(policy, observations, adoption=rule)] for rule in rules]
    assert stages == [["drought"], ["normal"]]
