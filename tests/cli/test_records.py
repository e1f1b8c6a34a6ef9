"""The records of the commands that ask "what if": what an answer rests on stands under the same keys in all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from escalation.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
ILLUSTRATED = ("--observations", f"{BEKASI}/observations-illustration.csv")
AHEAD = (*ILLUSTRATED, "--weeks", "8", "--draws", "64", "--seed", "7", "--judge", "services_ready=yes")
LOWER = ("--set", "first_dose_target=60")
OVER = ("--over", "first_dose_target=60,70")
COMING: dict[str, tuple[str, ...]] = {
    "forecast": ("forecast",),
    "whatif": ("whatif", *LOWER),
    "sweep": ("sweep", *OVER),
    "tornado": ("tornado", "--outcome", "weeks:perda", "--number", "first_dose_target"),
    "regret": ("regret", *LOWER, "--outcome", "weeks:perwal", "--prefer", "fewer"),
    "forecast --from": ("forecast", "--from", "2022-W03"),
    "seek": ("seek", "--outcome", "recommended:perwal", "--by", "moves.to-perwal.after", "--below", "50%"),
}
PAST: dict[str, tuple[str, ...]] = {
    "sweep": ("sweep", *OVER),
    "tornado": ("tornado", "--outcome", "weeks:perda", "--number", "first_dose_target"),
    "seek": ("seek", "--outcome", "weeks:perwal", "--by", "first_dose_target", "--at-most", "6"),
    "stress": ("stress",),
    "backtest": ("backtest",),
}
FRAME = ("regions", "horizon", "draws", "seed", "methods", "assumed", "supposed", "retraced")


def recorded(command: str, *arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(main, [command, BEKASI, *arguments, "--format", "json"])
    assert result.exit_code == 0, result.stderr
    record = json.loads(result.stdout)
    assert isinstance(record, dict)
    return record


def framed(record: dict[str, object]) -> tuple[str, ...]:
    """Give the keys behind those of the policy and the data, as many as there should be."""
    first = [*record].index("remarks") + 1
    return tuple(record)[first : first + len(FRAME)]


@pytest.mark.parametrize("name", COMING)
def test_what_an_answer_on_weeks_to_come_rests_on_stands_under_the_same_keys(name: str) -> None:
    command, *arguments = COMING[name]
    record = recorded(command, *AHEAD, *arguments)
    assert framed(record) == FRAME
    assert record["regions"] == ["Kota Bekasi"]
    assert isinstance(record["horizon"], dict)
    assert record["horizon"].keys() == {"first", "weeks"}
    assert (record["horizon"]["weeks"], record["draws"], record["seed"]) == (8, 64, 7)
    assert isinstance(record["methods"], dict)
    assert {tuple(one) for one in record["methods"].values()} == {("basis", "past_coverage")}
    assert record["assumed"] == {"services_ready": True}
    assert isinstance(record["supposed"], list)
    assert any("the measures do not change the metrics" in one for one in record["supposed"])


@pytest.mark.parametrize("name", PAST)
def test_what_an_answer_on_weeks_on_record_rests_on_stands_under_the_same_keys(name: str) -> None:
    command, *arguments = PAST[name]
    record = recorded(command, *ILLUSTRATED, *arguments)
    assert framed(record) == FRAME
    assert record["regions"] == ["Kota Bekasi"]
    assert record["horizon"] == {"first": "2021-W36", "weeks": 28}
    assert (record["draws"], record["seed"], record["methods"], record["assumed"]) == (None, None, {}, {})
    assert isinstance(record["supposed"], list)
    assert "Every recommendation is followed." in record["supposed"]
    assert "with the reference engine" in str(record["retraced"])


def test_an_answer_about_one_week_of_each_region_has_no_horizon() -> None:
    record = recorded("flip", *ILLUSTRATED, *LOWER)
    assert framed(record) == FRAME
    assert (record["regions"], record["horizon"], record["draws"]) == (["Kota Bekasi"], None, None)
    assert isinstance(record["supposed"], list)
    assert record["supposed"][0].startswith("`first_dose_target` is 60")
