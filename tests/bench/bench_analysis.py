"""The speed of the exact analysis: the shipped policies, and one of four metrics with eight thresholds each.

python -m tests.bench.bench_analysis
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from escalation.checks.exact import analyse, contrast
from escalation.policy.load import load, loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from escalation.policy.model import Policy

ROOT = Path(__file__).resolve().parents[2]
BEKASI = ROOT / "policies" / "bekasi-vaccination"
METRICS, THRESHOLDS = 4, 8
AIMS = {"analyse 4 x 8": "1 s", "check bekasi-vaccination, cold": "400 ms", "contrast bekasi, equal": "100 ms"}


def wide(*, joined: str = "all", weeks: int = 2) -> Policy:
    """Give a ladder of nine stages: each trigger compares every metric with a threshold of its own."""
    names = [f"metric-{number}" for number in range(METRICS)]
    triggers: dict[str, object] = {}
    moves: list[dict[str, object]] = []
    for step in range(THRESHOLDS):
        parts = [{"metric": name, "at_least": 10 * (step + 1) + place} for place, name in enumerate(names)]
        below = [{"metric": name, "below": 10 * (step + 1) + place} for place, name in enumerate(names)]
        triggers[f"up-{step}"] = {"when": {joined: parts}, "for": f"{weeks} weeks", "missing": "unknown"}
        triggers[f"down-{step}"] = {"when": {"all": below}, "for": f"{weeks} weeks", "missing": "unknown"}
        ends = {"from": f"stage-{step}", "to": f"stage-{step + 1}"}
        moves.append({"name": f"rise-{step}", **ends, "trigger": f"up-{step}", "after": "4 weeks"})
        ends = {"from": f"stage-{step + 1}", "to": f"stage-{step}"}
        moves.append({"name": f"fall-{step}", **ends, "trigger": f"down-{step}", "after": "2 weeks"})
    tree = {
        "language": 1,
        "name": "wide",
        "calendar": "iso-week",
        "metrics": {name: {"kind": "level", "range": [0, 100]} for name in names},
        "triggers": triggers,
        "stages": [{"name": f"stage-{step}"} for step in range(THRESHOLDS + 1)],
        "moves": moves,
    }
    return loads(json.dumps(tree))


def seconds(work: Callable[[], object], *, runs: int) -> float:
    """Give the median time of some runs."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def check() -> None:
    """Run `escalation check` on Bekasi in a fresh interpreter."""
    subprocess.run([sys.executable, "-m", "escalation.cli", "check", str(BEKASI)], check=True, capture_output=True)


def main(*, runs: int = 9) -> None:
    """Measure everything and print it with what is aimed at."""
    bekasi = load(BEKASI / "policy.yaml")
    lower = loads(bekasi.source.text.replace("value: 70", "value: 65", 1))
    works: dict[str, Callable[[], object]] = {
        "analyse 4 x 8": lambda: analyse(wide()),
        "analyse 4 x 8, one of four": lambda: analyse(wide(joined="any")),
        "analyse bekasi-vaccination": lambda: analyse(bekasi),
        "analyse bekasi-vaccination, no examples": lambda: analyse(bekasi, examples=False),
        "contrast bekasi, equal": lambda: contrast(bekasi, bekasi),
        "contrast bekasi, first difference": lambda: contrast(bekasi, lower, any_difference=True),
        "check bekasi-vaccination, cold": check,
    }
    for name, work in works.items():
        aim = f" (aim: {AIMS[name]})" if name in AIMS else ""
        print(f"{name}: {1000 * seconds(work, runs=runs):.0f} ms{aim}")


if __name__ == "__main__":
    main()
