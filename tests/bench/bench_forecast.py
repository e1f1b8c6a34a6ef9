"""How often the intervals of each method of forecasting held what came, and how far they erred, 12 weeks ahead.

Run as `python -m tests.bench.bench_forecast [TABLE]`: on series whose making is known (`tests/whatif/families.py`), and
on the New Jersey table that policies/us-community-levels/SOURCES.md describes, where it is given. Also prints how long
10,000 paths of 26 weeks take.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from escalation.observations import read
from escalation.policy.load import load
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import BUILT_IN, DEFAULT, Method, prepare
from escalation.whatif.forecasts.past import Past, past
from escalation.whatif.forecasts.past_coverage import LEVELS, PastCoverage, coverage
from escalation.whatif.forecasts.residuals import ResidualPaths
from tests.whatif.families import UPTAKE, late_reports, levels, past_of, uptake

ROOT = Path(__file__).resolve().parent.parent.parent
WEEKS = 12
METHODS: dict[str, Method] = {
    **BUILT_IN,
    "residual-paths, none reversed": ResidualPaths(is_reversing=False),
}


def main(tables: list[str], *, seeds: int = 2, origins: int = 8) -> int:
    """Print a row for each series and method."""
    print(
        f"{'series':22} {'method':30} {'forecasts':>9}  " + " ".join(f"{level:>5.0%}" for level in LEVELS) + "     CRPS"
    )
    for name, pasts in synthetic(seeds).items():
        for how, method in METHODS.items():
            show(name, how, [coverage(one, weeks=WEEKS, by=method, origins=origins) for one in pasts])
        alone = [past_of(one.values[row : row + 1], one.populations[row, -1:]) for one in pasts for row in range(5)]
        if name in UPTAKE:
            show(name, "residual-paths, region alone", [coverage(one, weeks=WEEKS, origins=origins) for one in alone])
    for table in tables:
        for metric, known in new_jersey(Path(table)).items():
            for how, method in METHODS.items():
                show(f"New Jersey, {metric}", how, [coverage(known, weeks=WEEKS, by=method, origins=origins)])
    print(f"10,000 paths of 26 weeks: {milliseconds(uptake('stalls', 1)):.0f} ms")
    return 0


def synthetic(seeds: int) -> dict[str, list[Past]]:
    """Give pasts of each kind of series."""
    made = {family: [uptake(family, seed) for seed in range(seeds)] for family in UPTAKE}
    return made | {
        "late reports": [late_reports(seed) for seed in range(seeds)],
        "flow": [levels(seed) for seed in range(seeds)],
    }


def new_jersey(table: Path) -> dict[str, Past]:
    """Give the pasts of the metrics of the published table."""
    folder = ROOT / "policies" / "us-community-levels"
    policy = load(folder / "policy.yaml")
    observations = read(table, policy, map=folder / "new-jersey.map.yaml")
    return {metric: past(policy, observations, metric) for metric in ("cases", "admissions", "beds")}


def show(series: str, method: str, found: list[PastCoverage]) -> None:
    """Print the mean of some coverages at the last horizon."""
    last = [one.horizons[-1] for one in found]
    forecasts = sum(one.forecasts for one in last)
    means = [sum(one.held[place] * one.forecasts for one in last) / forecasts for place in range(len(LEVELS))]
    score = sum(one.crps * one.forecasts for one in last) / forecasts
    print(f"{series:22} {method:30} {forecasts:9}  " + " ".join(f"{mean:5.0%}" for mean in means) + f" {score:8.2f}")


def milliseconds(known: Past, *, runs: int = 5) -> float:
    """Time the paths of one region, the past having been looked at."""
    prepared = prepare(known, weeks=26, by=DEFAULT)
    times = []
    for run in range(runs):
        start = time.perf_counter()
        prepared.forecast("Region 00", Draws(seed=run, count=10_000))
        times.append(time.perf_counter() - start)
    return min(times) * 1_000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
