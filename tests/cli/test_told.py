"""What every output of the what-if commands says, in each of its forms and in both languages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner, Result

from escalation.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = str(ROOT / "policies/bekasi-vaccination")
AHEAD = ("--observations", f"{BEKASI}/observations-illustration.csv", "--weeks", "8", "--draws", "200")
READY = ("--judge", "services_ready=yes")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


BLANK = ("--data", "missing: all, from: 2022-W12")


def test_that_the_policy_cannot_say_is_an_outcome_and_a_column() -> None:
    printed = run("whatif", BEKASI, *AHEAD, *READY, *BLANK).stdout
    assert "no stage is recommended in other draws" not in printed
    assert "cannot say in some week (weeks, mean: 0.0; with it 4.0)  0         100      100.0" in printed
    record = json.loads(run("whatif", BEKASI, *AHEAD, *READY, *BLANK, "--format", "json").stdout)
    assert {row["undetermined"] for row in record["rows"] if row["week"] == "2022-W19"} == {0.0, 1.0}
    (unknown,) = [one for one in record["scenarios"][1]["beside_baseline"] if one["outcome"] == "undetermined"]
    assert (unknown["more_draws"], unknown["difference"]) == (200, 1.0)
    assert 0.95 < unknown["interval"][0] < 1 == unknown["interval"][1]
    rows = [*csv.DictReader(io.StringIO(run("whatif", BEKASI, *AHEAD, *READY, *BLANK, "--format", "csv").stdout))]
    assert {row["undetermined"] for row in rows if row["week"] == "2022-W18"} == {"0.0", "1.0"}
