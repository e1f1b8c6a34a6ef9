"""Percentages that are probably fractions, by what the policy compares them with."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.observations import read
from escalation.policy.load import loads

POLICY = """
language: 1
name: cover
calendar: iso-week
parameters: {target: {unit: percent, value: 70}}
metrics:
  cover: {unit: percent, kind: level RANGE}
triggers:
  met: {when: {metric: cover, at_least: THRESHOLD}, missing: unknown}
stages: [{name: low}, {name: high}]
"""


def told(folder: Path, *values: str, threshold: str = "70", ends: str = "") -> list[str]:
    policy = loads(POLICY.replace("THRESHOLD", threshold).replace(" RANGE", f", range: {ends}" if ends else ""))
    rows = "".join(f"B,2021-W{week},{value}\n" for week, value in enumerate(values, start=36))
    (folder / "data.csv").write_text(f"region,week,cover\n{rows}", encoding="utf-8")
    return [one.message for one in read(folder / "data.csv", policy).findings]


def test_one_figure_is_enough_beside_a_threshold_far_above_it(tmp_path: Path) -> None:
    said = ["`cover` is in percent, and its only figure is 0.55; the policy compares it with 70"]
    assert told(tmp_path, "0.55") == told(tmp_path, "0.55", threshold="target") == said
    assert told(tmp_path, "0.55", "0.56") == [
        "`cover` is in percent, and none of its 2 figures is above 1; the policy compares it with 70"
    ]


def test_a_range_without_an_end_does_not_hide_a_fraction(tmp_path: Path) -> None:
    assert len(told(tmp_path, "0.55", ends="[0, null]")) == 1


@pytest.mark.parametrize(("threshold", "ends"), [("0.5", ""), ("3", "[0, 10]"), ("0.5", "[0, 5]")])
def test_small_percentages_are_no_fractions(tmp_path: Path, threshold: str, ends: str) -> None:
    assert told(tmp_path, "0.4", "0.5", "0.6", "0.7", threshold=threshold, ends=ends) == []


def test_beside_a_middling_threshold_three_figures_are_needed(tmp_path: Path) -> None:
    assert told(tmp_path, "0.4", "0.5", threshold="5") == []
    assert len(told(tmp_path, "0.4", "0.5", "0.6", threshold="5")) == 1


@pytest.mark.parametrize("value", ["0", "1", "55"])
def test_a_whole_number_is_no_fraction(tmp_path: Path, value: str) -> None:
    assert told(tmp_path, value) == []
