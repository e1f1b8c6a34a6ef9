"""The speed of a comparison over a long history: 163,000 region-weeks in at most 20 s in all; run it by name.

python -m tests.bench.bench_compare
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import run
from time import perf_counter

from escalation.periods import Week
from escalation.policy.load import load

ROOT = Path(__file__).resolve().parents[2]
LEVELS = ROOT / "policies" / "us-community-levels" / "policy.yaml"
AIM = 20
MEMBERS = 4
"""Counties of one health service area."""


def figures(regions: int, weeks: int) -> str:
    """Make weekly figures in which every second week brings another level: the worst for a replay."""
    chance = random.Random(163)  # noqa: S311 - figures, not secrets
    first = Week.parse("2022-W08", load(LEVELS).calendar)
    lines = ["region,week,health_service_area,cases,admissions,beds"]
    areas = [
        [(chance.uniform(0, 30), chance.uniform(0, 20)) for _ in range(weeks)] for _ in range(regions // MEMBERS + 1)
    ]
    for region in range(regions):
        area = region // MEMBERS
        lines += [
            f"County {region},{first + week},Area {area},{chance.uniform(0, 400):.1f},{admissions:.1f},{beds:.1f}"
            for week, (admissions, beds) in enumerate(areas[area])
        ]
    return "\n".join(lines) + "\n"


def compare(folder: Path, *, regions: int, weeks: int) -> tuple[float, float]:
    """Run `escalation compare` in a fresh interpreter; give its seconds by the clock and of a processor."""
    (folder / "data.csv").write_text(figures(regions, weeks), encoding="utf-8")
    text = LEVELS.read_text(encoding="utf-8")
    (folder / "new.yaml").write_text(text.replace("value: 200", "value: 150"), encoding="utf-8")
    command = [sys.executable, "-m", "escalation.cli", "compare", str(LEVELS), "new.yaml", "--observations", "data.csv"]
    start, before = perf_counter(), getrusage(RUSAGE_CHILDREN)
    run([*command, "--format", "json"], cwd=folder, check=True, capture_output=True)
    took, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(*, regions: int = 3_200, weeks: int = 51) -> None:
    """Measure a comparison in full: reading, two replays, the output."""
    with tempfile.TemporaryDirectory() as folder:
        took, of_processor = compare(Path(folder), regions=regions, weeks=weeks)
    print(
        f"compare over {regions * weeks:,} region-weeks: {took:.1f} s, {of_processor:.1f} s of one processor"
        f" (aim: {AIM} s)"
    )


if __name__ == "__main__":
    main()
