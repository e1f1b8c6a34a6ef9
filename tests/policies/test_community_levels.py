"""The community levels against the levels that were published, and the made-up counties on the thresholds."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from escalation.evaluation.library import replay
from escalation.observations import read
from escalation.periods import Week
from escalation.policy.load import load

if TYPE_CHECKING:
    from escalation.policy.model import Policy

TABLE = "us-community-levels-new-jersey.csv"


@pytest.fixture(scope="module")
def folder(project: Path) -> Path:
    return project / "policies" / "us-community-levels"


@pytest.fixture(scope="module")
def policy(folder: Path) -> Policy:
    return load(folder / "policy.yaml")


@pytest.fixture(scope="module")
def table(project: Path) -> Path:
    path = project.parent / "shared" / "data" / TABLE
    if not path.is_file():
        pytest.skip(f"{TABLE} is not part of the project: put it in ../shared/data to compare")
    return path


def test_every_published_level_is_the_stage_of_its_week(folder: Path, policy: Policy, table: Path) -> None:
    observations = read(table, policy, map=folder / "new-jersey.map.yaml")
    stages = {(one.evaluation.region, one.evaluation.week): one.stage_after for one in replay(policy, observations)}
    with table.open(encoding="utf-8", newline="") as lines:
        published = {
            (row["county"], Week.parse(row["week_published"], policy.calendar).number): row["published_level"]
            for row in csv.DictReader(lines)
        }
    assert len(published) == 1_344
    assert stages == published


def test_the_published_table_is_read_without_findings(folder: Path, policy: Policy, table: Path) -> None:
    observations = read(table, policy, map=folder / "new-jersey.map.yaml")
    assert observations.findings == ()
    assert len(observations.regions) == 21


def test_the_made_up_counties_lie_on_the_thresholds(folder: Path, policy: Policy) -> None:
    # A to F have 199.99 cases, G to I 200. Admissions and beds: A 9.9 and 9.9, B 10 and 9.9, C 9.9 and 10, D 19.9 and
    # 14.9, E 20 and 14.9, F 19.9 and 15, G to I as A to C. J and K lack one, L both: it stays what it was.
    observations = read(folder / "observations.csv", policy)
    stages: dict[str, str] = {}
    for one in replay(policy, observations):
        letter = one.evaluation.region[-1]
        stages[one.stage_after] = stages.get(one.stage_after, "") + letter
    assert stages == {"low": "AL", "medium": "BCDGJ", "high": "EFHIK"}


def test_the_made_up_counties_say_that_they_are_no_data(folder: Path) -> None:
    rows = (folder / "observations.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == 12
    assert all(row.startswith("Boundary ") and row.endswith(',"illustration, not data"') for row in rows)
