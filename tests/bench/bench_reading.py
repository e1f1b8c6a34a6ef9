"""How long one million tidy observations take to read, beside a bare pass of `csv.reader` over the same file.

Run as `python tests/bench/bench_reading.py`; it fails above 5 seconds or 600 MB.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from pathlib import Path

from escalation.observations import read
from escalation.periods import Calendar, week_text
from escalation.policy.load import loads

REGIONS = 1_000
WEEKS = 250
METRICS = ("first_doses", "second_doses", "cases", "beds")
FIRST_WEEK = 105_400
MOST_SECONDS = 5.0
MOST_MEGABYTES = 600.0

POLICY = """
language: 1
name: bench
calendar: iso-week
metrics:
  first_doses: {unit: people, kind: cumulative}
  second_doses: {unit: people, kind: cumulative}
  cases: {unit: per 100k, kind: flow}
  beds: {unit: percent, kind: level}
triggers:
  full: {when: {metric: beds, above: 70}, missing: unknown}
stages: [{name: open}, {name: closed}]
moves: [{name: close, from: open, to: closed, trigger: full}]
"""


def write(path: Path) -> None:
    """Write a tidy table of a million rows."""
    with path.open("w", encoding="utf-8") as file:
        file.write("region,week,as_of,metric,value\n")
        for number in range(WEEKS):
            week = week_text(Calendar.ISO, FIRST_WEEK + number)
            for region in range(REGIONS):
                doses = 1_000_000 + number * 1_234 + region
                figures = (doses, doses // 2, f"{(number * 7 + region) % 300}.{region % 100:02}", f"{region % 90}.5")
                file.writelines(
                    f"Region {region:04},{week},2026-01-31,{metric},{figure}\n"
                    for metric, figure in zip(METRICS, figures, strict=True)
                )


def main() -> int:
    """Print seconds, peak memory and the ratio to the baseline."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "observations.csv"
        write(path)
        start = time.perf_counter()
        with path.open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.reader(file)) - 1
        baseline = time.perf_counter() - start
        policy = loads(POLICY)
        start = time.perf_counter()
        observations = read(path, policy)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = sum(len(found) for found in observations.series.values())
    sys.stdout.write(f"{rows:,} rows, {count:,} observations, {len(observations.findings)} findings\n")
    sys.stdout.write(
        f"{seconds:.2f} s, {peak:.0f} MB at most, {seconds / baseline:.1f} times csv.reader ({baseline:.2f} s)\n"
    )
    return 0 if count == rows and seconds <= MOST_SECONDS and peak <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
