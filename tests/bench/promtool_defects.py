"""Which of the planted defects `promtool check rules` finds on an equivalent file of Prometheus rules.

python -m tests.bench.promtool_defects   (needs promtool, of Debian's package `prometheus`)

A rule file knows metrics, thresholds and durations. Stages, moves, sources, units and legal forms have no place in it:
defects of those are counted as not expressible. A parameter is a recorded constant, a trigger an alert, a table of
bands a recorded expression; the stage that an alert leads to is a label.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.checks.defects import DEFECTS

SOUND = """\
groups:
  - name: reservoir
    interval: 1w
    rules:
      - {record: low, expr: vector(40)}
      - {record: recovered, expr: vector(55)}
      - {record: dry_days, expr: vector(10)}
      - {record: cover, expr: 100 * inflow / demand}
      - record: dryness
        expr: (rainless < on() dry_days) * 0 + 1 or (rainless < 30) * 0 + 2 or rainless * 0 + 3
      - alert: dry
        expr: storage < on() low and dryness >= 2
        for: 3w
        labels: {to: appeal}
      - alert: very-dry
        expr: storage < 30 and cover < 80 and tankers_ready == 1
        for: 6w
        labels: {to: ban}
      - alert: wet
        expr: storage >= on() recovered
        for: 3w
        labels: {to: normal}
      - alert: limit
        expr: ALERTS{alertname="dry"}
        for: 4w
        labels: {to: limits}
"""
LIMIT = """\
      - alert: limit
        expr: ALERTS{alertname="dry"}
        for: 4w
        labels: {to: limits}
"""
EQUIVALENTS = {
    "misspelt metric": ("expr: storage < on() low", "expr: storrage < on() low"),
    "misspelt parameter": ("storage < on() low", "storage < on() loww"),
    "misspelt trigger": ('alertname="dry"', 'alertname="dri"'),
    "misspelt stage": ("{to: limits}", "{to: limit}"),
    "misspelt key": ("for: 4w", "foor: 4w"),
    "number written where the parameter was meant": ("storage >= on() recovered", "storage >= 55"),
    "metric that nothing uses": (
        "      - {record: cover,",
        "      - {record: rainfall, expr: rain}\n      - {record: cover,",
    ),
    "forgotten guard": (" and tankers_ready == 1", ""),
    "move with the wrong trigger": ("storage < 30 and cover < 80", "storage < on() low and dryness >= 2"),
    "threshold above the range": ("storage < 30", "storage < 300"),
    "0.3 for 30 percent": ("storage < 30", "storage < 0.3"),
    "0.8 for 80 percent in a parameter": ("vector(55)", "vector(0.55)"),
    "800 percent": ("cover < 80", "cover < 800"),
    "share of another unit": ("inflow / demand", "inflow / households"),
    "55 in neither row": ("or rainless * 0 + 3", "or (rainless > 30) * 0 + 3"),
    "hole between rows": ("or rainless * 0 + 3", "or (rainless >= 60) * 0 + 3"),
    "dead row": ("(rainless < 30)", "(rainless < 7)"),
    "rows in the wrong order": (
        "(rainless < on() dry_days) * 0 + 1 or (rainless < 30) * 0 + 2",
        "(rainless < 30) * 0 + 2 or (rainless < on() dry_days) * 0 + 1",
    ),
    "band that no row gives": ("dryness >= 2", "dryness >= 4"),
    "contradiction": ("storage < 30 and", "storage < 30 and storage >= 40 and"),
    "contradiction between two lines": ("storage < 30 and cover < 80", "storage < 30 and storage >= 50"),
    "condition that is always met": ("storage >= on() recovered", "storage >= on() recovered or storage < 60"),
    "part that is always met": ("dryness >= 2", "dryness >= 1"),
    "part that changes nothing": ("storage < 30", "storage < 30 and storage < 35"),
    "gap at exactly 55": ("storage >= on() recovered", "storage > on() recovered"),
    "overlap of up and down": ("vector(55)", "vector(35)"),
    "move given twice": ("      - alert: limit\n", f"{LIMIT}      - alert: limit\n"),
    "duration without weeks": ("for: 6w", "for: 6"),
    "move whose streaks exclude each other": (
        "storage < 30 and cover < 80",
        'ALERTS{alertname="late"} unless ALERTS{alertname="early"}',
    ),
    "up and down by the same figures": ("vector(55)", "vector(35)"),
}


def main() -> int:
    """Print for each defect whether promtool finds it, and what it says; give 1 where the sound file is not clean."""
    tool = shutil.which("promtool")
    if tool is None:
        print("promtool is not installed", file=sys.stderr)
        return 2
    if unknown := EQUIVALENTS.keys() - DEFECTS.keys():
        print(f"no such defects: {unknown}", file=sys.stderr)
        return 2
    print(subprocess.run((tool, "--version"), capture_output=True, text=True, check=True).stdout.splitlines()[0])
    if said := complaint(tool, SOUND):
        print(f"the sound file is not clean: {said}", file=sys.stderr)
        return 1
    found = 0
    for name in DEFECTS:
        if name not in EQUIVALENTS:
            print(f"not expressible  {name}")
            continue
        old, new = EQUIVALENTS[name]
        said = complaint(tool, SOUND.replace(old, new)) if SOUND.count(old) == 1 else "the change does not fit"
        found += bool(said)
        print(f"{'found' if said else 'not found':<16} {name}{': ' + said if said else ''}")
    print(f"{len(DEFECTS)} defects, {len(EQUIVALENTS)} expressible, {found} found")
    return 0


def complaint(tool: str, rules: str) -> str:
    """Give what promtool says against a file of rules; the empty text: nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rules.yaml"
        file.write_text(rules, encoding="utf-8")
        done = subprocess.run((tool, "check", "rules", str(file)), capture_output=True, text=True, check=False)
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
    against = [
        line.replace(str(file), "rules.yaml") for line in lines if line and not line.startswith(("Checking", "SUCCESS"))
    ]
    return "; ".join(against)


if __name__ == "__main__":
    raise SystemExit(main())
