"""The manual has the keys of what the commands that ask "what if" print as JSON: all of them, and no others."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from escalation.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
DATA = ROOT / "policies/bekasi-vaccination/observations-lingering.csv"
UNSAID = f"{BEKASI}/observations.csv"
AHEAD = ("--judge", "services_ready=yes", "--weeks", "4", "--draws", "32")
STANDINGS = """region,stage,since,decided
Kota Bekasi,appeal,2021-W36,
Kota Bekasi,instruction,2022-W12,2022-W10
Elsewhere,instruction,2022-W01,
"""
NAMES = {
    "first_doses": "METRIC",
    "elderly_first_doses": "METRIC",
    "services_ready": "JUDGEMENT",
    "first_dose_target": "PATH",
    "Elsewhere": "REGION",
}
AGAIN = {"methods", "horizon", "amended", "data_end_earlier"}
"""Within a record they have the keys that stand elsewhere in the manual."""
RUNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "`forecast` and `whatif`": (("whatif", *AHEAD, "--set", "first_dose_target=60"),),
    "`sweep`": (("sweep", "--over", "first_dose_target=60,70"),),
    "`regret`": (
        ("regret", *AHEAD, "--set", "first_dose_target=60", "--outcome", "weeks:perwal", "--prefer", "fewer"),
    ),
    "`forecast --from`": (("forecast", *AHEAD, "--from", "2022-W01"),),
    "`seek`": (("seek", "--outcome", "weeks:perwal", "--by", "first_dose_target", "--at-most", "6"),),
    "`tornado`": (("tornado", "--outcome", "weeks:perda", "--number", "first_dose_target"),),
    "`flip`": (("flip",),),
    "`stress`": (("stress",),),
    "`backtest`": (("backtest", "--set", "first_dose_target=60"), ("backtest", "--observations", UNSAID)),
}
"""By the heading of a section the runs that between them have every key."""


def tables() -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Give the tables of the manual, each with its heading: by key, the keys within it."""
    page = (ROOT / "escalation" / "manual" / "formats.md").read_text(encoding="utf-8")
    part = page.partition('\n### JSON of the commands that ask "what if"\n')[2].partition("\n### ")[0]
    for section in part.split("\n#### "):
        heading, _, text = section.partition("\n")
        rows = re.findall(r"^\| `([^`|]+)` \|([^|]*)\|", text, flags=re.MULTILINE)
        yield heading, {key: set(re.findall(r"`([^`]+)`", inner)) for key, inner in rows}


def flat(table: Mapping[str, set[str]]) -> set[str]:
    return {*table, *(f"{key}.{inner}" for key, keys in table.items() for inner in keys)}


def paths(value: object, before: str = "") -> Iterator[str]:
    """Give the keys of a record with those that they stand in, names of the policy and the data in capitals."""
    if isinstance(value, list):
        for one in value:
            yield from paths(one, before)
    if isinstance(value, dict):
        for key, one in value.items():
            path = before + NAMES.get(str(key), str(key))
            yield path
            if not (before and key in AGAIN):
                yield from paths(one, f"{path}.")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Write data of two regions, of which one ends earlier, and the other waits for a decision to take effect."""
    folder = tmp_path_factory.mktemp("given")
    lines = DATA.read_text(encoding="utf-8").splitlines()
    other = [line.replace("Kota Bekasi", "Elsewhere") for line in lines[1:-1]]
    (folder / "data.csv").write_text("\n".join([*lines, *other, ""]), encoding="utf-8")
    (folder / "standings.csv").write_text(STANDINGS, encoding="utf-8")
    return ("--observations", str(folder / "data.csv"), "--standings", str(folder / "standings.csv"))


def frame() -> set[str]:
    """Give the keys of the first table, which are those of all commands."""
    return flat(next(table for _, table in tables()))


@cache
def printed(run: tuple[str, ...], given: tuple[str, ...]) -> set[str]:
    command, *arguments = run
    result = CliRunner().invoke(main, [command, BEKASI, *given, *arguments, "--format", "json"])
    assert result.exit_code == 0, result.stderr
    return {*paths(json.loads(result.stdout))}


@pytest.mark.parametrize("heading", RUNS)
def test_the_manual_has_every_key_of_a_record_and_no_other(heading: str, given: tuple[str, ...]) -> None:
    found = dict(tables())
    told = {path for run in RUNS[heading] for path in printed(run, given)}
    assert told - frame() == flat(found[heading])


def test_the_manual_has_every_key_of_what_an_answer_rests_on(given: tuple[str, ...]) -> None:
    ((run,), *_) = RUNS.values()
    assert frame() <= printed(run, given)


def test_every_section_of_the_manual_on_records_is_held_to_the_output() -> None:
    assert {heading for heading, _ in tables() if heading} == {*RUNS}
