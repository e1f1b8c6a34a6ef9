"""Observations on a grid."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from escalation.observations import read, tabulate
from escalation.policy.load import load
from escalation.whatif.arrays.panel import panel
from escalation.whatif.arrays.paths import replayed, tallied

LEVELS = Path(__file__).resolve().parents[2] / "policies" / "us-community-levels" / "policy.yaml"


@pytest.mark.parametrize("begun", [1, 9, 17])
def test_a_member_alone_has_the_figures_of_its_group_that_begin_before_its_own_rows(begun: int, tmp_path: Path) -> None:
    policy = load(LEVELS)
    rows = [f"Old,2022-W{week:02},Area,10,{week},5" for week in range(begun, 30)]
    rows += [f"New,2022-W{week:02},Area,10,,5" for week in range(28, 30)]
    text = "\n".join(["region,week,health_service_area,cases,admissions,beds", *rows]) + "\n"
    (tmp_path / "data.csv").write_text(text, encoding="utf-8")
    observations = read(tmp_path / "data.csv", policy)

    together, alone = panel(policy, observations), panel(policy, observations, regions=["New"])

    for name, values in together.values.items():
        lane = values[:, together.regions.index("New")]
        seen = {together.first + place: lane[place] for place in np.flatnonzero(~np.isnan(lane))}
        own = alone.values[name][:, 0]
        assert {alone.first + place: own[place] for place in np.flatnonzero(~np.isnan(own))} == seen


def test_data_of_no_region_have_no_weeks_and_are_replayed_all_the_same() -> None:
    policy = load(LEVELS)
    grid = panel(policy, tabulate(policy.calendar, []))
    assert replayed(grid).stage.shape == (grid.weeks, 0)
    assert not tallied(grid).stage.any()
