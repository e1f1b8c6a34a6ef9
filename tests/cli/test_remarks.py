"""What a bare recommendation hides: moves that could be made, pending decisions, what the record and the data lack."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

JUDGED = """\
language: 1
name: river
calendar: iso-week
metrics:
  storage: {unit: percent, kind: level, decimals: 1}
  agreed: {kind: judgement, by: pupr, title: {en: Rationing agreed, id: Penjatahan disepakati}}
triggers: {low: {title: Low, when: {metric: storage, below: 15}, missing: unknown}}
stages: [{name: normal}, {name: alert, title: Alert}, {name: emergency, title: Emergency}]
moves:
  - {name: jump, from: normal, to: emergency, trigger: low, requires: [agreed], title: {en: At once, id: Sekaligus}}
  - {name: to-alert, from: normal, to: alert, trigger: low}
  - {name: back, from: emergency, to: normal, trigger: low, valid: {until: 2020-12-31}}
"""
WEEKS = "region,week,storage\nNorth,2021-W30,12.9\nSouth,2021-W30,30\n"


@pytest.fixture
def river(folder: Path) -> Path:
    """Give a folder with a policy of which a move that cannot be decided stands before one that could be made."""
    (folder / "river").mkdir()
    (folder / "river" / "policy.yaml").write_text(JUDGED, encoding="utf-8")
    (folder / "river" / "observations.csv").write_text(WEEKS, encoding="utf-8")
    return folder / "river"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_move_that_could_be_made_is_named_behind_one_that_cannot_be_decided(run: Run, river: Path, form: str) -> None:
    result = run("evaluate", str(river), "--region", "North", "--format", form)
    printed = result.stdout.replace("\\", "")
    assert "undetermined: cannot say whether to move to Emergency" in printed
    also = "whether the move “At once” to Emergency comes first is unknown"
    assert f"Every guard of the move `to-alert` to Alert is met; {also}" in printed
    assert f"every guard is met; {also}" in printed


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_table_remarks_what_could_be_done(run: Run, river: Path, form: str) -> None:
    lines = run("evaluate", str(river), "--format", form).stdout.splitlines()
    assert [line.rstrip(" |").endswith("all guards met: Alert") for line in lines if "North" in line] == [True]


def test_machines_are_told_the_moves_that_could_be_made(run: Run, river: Path) -> None:
    (row, _) = csv.DictReader(io.StringIO(run("evaluate", str(river), "--format", "csv").stdout))
    assert (row["recommendation"], row["move"], row["also_met"]) == ("undetermined", "jump", "to-alert")
    document = json.loads(run("evaluate", str(river), "--format", "json").stdout)
    assert [one["also_met"] for one in document["evaluations"]] == [["to-alert"], []]


def test_a_pending_decision_is_remarked_and_named_as_what_comes_first(run: Run, river: Path) -> None:
    rows = "North,normal,2021-W01,\nNorth,emergency,2021-W32,2021-W30\n"
    (river / "standings.csv").write_text(f"region,stage,since,decided\n{rows}", encoding="utf-8")
    assert "decided: Emergency, from 2021-W32; all guards met: Alert" in run("evaluate", str(river)).stdout
    one = run("evaluate", str(river), "--region", "North").stdout
    assert "every guard is met, but the decision that waits to take effect comes first" in one
    (row, _) = csv.DictReader(io.StringIO(run("evaluate", str(river), "--format", "csv").stdout))
    assert (row["recommendation"], row["pending_to"], row["pending_week"]) == ("hold", "emergency", "2021-W32")


@pytest.mark.parametrize(("language", "summary"), [("en", "All guards met: Alert"), ("id", "Semua syarat terpenuhi")])
def test_the_memo_on_one_region_begins_with_its_answer_and_what_could_be_done(
    run: Run, river: Path, language: str, summary: str
) -> None:
    run("evaluate", str(river), "--region", "North", "--memo", "memo.md", "--lang", language)
    memo = Path("memo.md").read_text(encoding="utf-8")
    assert summary in memo.partition("## A. ")[0]
    assert {"en": "At once → Emergency", "id": "Sekaligus → Emergency"}[language] in memo
    assert memo.count({"en": "its parts stand above", "id": "rinciannya di atas"}[language]) == 1


def test_a_metric_that_is_rounded_is_printed_with_its_decimals(run: Run, river: Path) -> None:
    printed = run("explain", str(river), "--region", "North").stdout
    assert "storage 12.9 %; asked: below 15 % (difference -2.1 percentage points)" in printed


def test_of_a_judgement_it_is_said_that_nobody_has_judged(run: Run, river: Path) -> None:
    (river / "observations.csv").write_text(
        "region,week,storage,agreed,source\nNorth,2021-W29,12.9,yes,letter\nNorth,2021-W30,12.9,,\n", encoding="utf-8"
    )
    (river / "policy.yaml").write_text(JUDGED.replace("by: pupr", "by: pupr, max_age: 0 weeks"), encoding="utf-8")
    assert "Rationing agreed not judged since 2021-W30 (last judgement: 2021-W29)" in run("evaluate", str(river)).stdout
    (river / "policy.yaml").write_text(JUDGED.replace("by: pupr", "by: pupr, max_age: 1 week"), encoding="utf-8")
    assert "penilaian 2021-W29, masih dipakai setelah 1 minggu" in run("explain", str(river), "--lang", "id").stdout


def test_a_stage_on_record_that_no_lawful_move_led_to_is_a_finding(run: Run, river: Path) -> None:
    rows = "North,emergency,2021-W01\nNorth,normal,2021-W20\nNorth,alert,2021-W22\nNorth,normal,2021-W31\n"
    (river / "standings.csv").write_text(f"region,stage,since\n{rows}", encoding="utf-8")
    run("evaluate", str(river), "--memo", "memo.html")
    for printed in (run("evaluate", str(river)).stdout, Path("memo.html").read_text(encoding="utf-8")):
        assert "standings.csv:3: warning: `normal` on record for `North` from 2021-W20: by no lawful move" in printed
        assert printed.count("[unlawful-record]") == 1


def test_findings_on_regions_that_were_not_asked_for_are_left_out(run: Run, river: Path) -> None:
    (river / "observations.csv").write_text(f"{WEEKS}South,2021-W29,much\n,2021-W29,30\n", encoding="utf-8")
    assert "of `South`" in run("evaluate", str(river)).stdout
    printed = run("evaluate", str(river), "--region", "North", "--memo", "memo.md").stdout
    for text in (printed, Path("memo.md").read_text(encoding="utf-8").replace("\\", "")):
        assert "of `South`" not in text
        assert "[blank-region]" in text


def test_more_than_ten_findings_say_how_to_see_the_rest(run: Run, river: Path) -> None:
    (river / "observations.csv").write_text(WEEKS + ",2021-W29,30\n" * 12, encoding="utf-8")
    assert "  and 2 more; --format json lists all\n" in run("evaluate", str(river)).stdout


def test_failures_are_told_with_the_words_of_the_language(run: Run) -> None:
    result = run("evaluate", "reservoir", "--stage", "normal", "--lang", "id")
    assert result.stderr.startswith("kesalahan: ")
    assert "\n  saran: " in result.stderr
