"""Commands that suppose something, asked about the illustration, and what they are to come to."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner, Result

from escalation.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = ROOT / "policies/bekasi-vaccination"
FIGURES = BEKASI / "observations-illustration.csv"
AHEAD = ("--weeks", "12", "--draws", "100", "--judge", "services_ready=yes")
COMMANDS = {
    "forecast": ("forecast", *AHEAD),
    "sweep on record": ("sweep", "--over", "first_dose_target=55,60,70", "--over", "slow_gain=3,4"),
    "sweep ahead": ("sweep", "--over", "first_dose_target=55,70", *AHEAD),
    "seek on record": ("seek", "--outcome", "weeks:instruction", "--at-most", "4", "--by", "first_dose_target"),
    "seek ahead": ("seek", "--outcome", "recommended:perwal", "--below", "10%", "--by", "first_dose_target", *AHEAD),
    "tornado on record": ("tornado", "--outcome", "weeks:perwal", "--by", "20%"),
    "tornado ahead": ("tornado", "--outcome", "weeks:perwal", "--number", "first_dose_target", *AHEAD),
    "stress": ("stress",),
    "flip": ("flip",),
}
BESIDE = {
    "whatif": ("whatif", *AHEAD),
    "regret": ("regret", "--outcome", "weeks:instruction", "--prefer", "fewer", *AHEAD),
}
"""Commands that set what is supposed beside the policy as it is."""
AT_ONCE = "name: at-once, from: appeal, to: perwal, trigger: target-missed-and-slow, source: assumption"
AMENDED = ("--set", "moves.to-perwal.after=2", "--drop", "moves.to-perda", "--add", AT_ONCE)


def run(name: str, *arguments: str, policy: str | Path = BEKASI, data: Path = FIGURES) -> Result:
    command, *options = (COMMANDS | BESIDE).get(name, (name,))
    return CliRunner().invoke(main, [command, str(policy), "--observations", str(data), *options, *arguments])


def rows(name: str, *arguments: str, policy: Path = BEKASI, data: Path = FIGURES) -> str:
    """Give the rows of a command, whatever the scenario is called."""
    result = run(name, *arguments, "--format", "csv", policy=policy, data=data)
    assert result.exit_code == 0, result.stderr
    return re.sub("^(baseline|scenario),", "", result.stdout, flags=re.MULTILINE)


def amended_policy(folder: Path) -> Path:
    """Give the policy file that `AMENDED` is to be equal to."""
    text = (BEKASI / "policy.yaml").read_text(encoding="utf-8")
    start = text.index("  - name: to-perwal")
    slower = text[:start] + re.sub(r"after: \d+ weeks", "after: 2 weeks", text[start:], count=1)
    without = re.sub(r"  - name: to-perda\n(    .*\n|\n)*", f"  - {{{AT_ONCE}}}\n\n", slower)
    assert without.count("\n  - name: to-") == text.count("\n  - name: to-") - 1
    (folder / "policy.yaml").write_text(without, encoding="utf-8")
    return folder


def scaled(folder: Path, factor: float) -> Path:
    """Give the data with all first doses multiplied."""
    header, *lines = FIGURES.read_text(encoding="utf-8").splitlines()
    place = header.split(",").index("first_doses")
    cells = [line.split(",") for line in lines]
    for row in cells:
        row[place] = str(float(row[place]) * factor) if row[place] else ""
    file = folder / "scaled.csv"
    file.write_text("\n".join([header, *map(",".join, cells)]) + "\n", encoding="utf-8")
    return file


def scenarios(folder: Path, text: str) -> str:
    file = folder / "scenarios.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)
