"""The speed of the engine and of its commands, as ratios to baselines measured in the same run; run it by name.

python -m tests.bench.bench_engine
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from transitions import Machine

from escalation.evaluation.explanation import explain
from escalation.evaluation.ladder import Cursor
from escalation.evaluation.library import replay
from escalation.evaluation.replay import Adopt, Adoption
from escalation.observations import Entry, Observations, tabulate
from escalation.periods import Week
from escalation.policy.load import load, loads
from escalation.policy.model import Policy

ROOT = Path(__file__).resolve().parents[2]
BEKASI = ROOT / "policies" / "bekasi-vaccination"
COMMANDS = {
    "--help": ["--help"],
    "check bekasi-vaccination": ["check", str(BEKASI)],
    "check bekasi-vaccination without analysis": ["check", str(BEKASI), "--select", "unit-mismatch"],
    "evaluate bekasi-vaccination": ["evaluate", str(BEKASI)],
}
# The ladder of the language page: two triggers, one ratio and its change.
LADDER = """
language: 1
name: two-triggers
calendar: iso-week
parameters: {target: {unit: percent, value: 70}, slow_gain: {unit: percentage points, value: 4}}
metrics:
  first_doses: {unit: people, kind: cumulative, max_age: 1 week}
  target_population: {unit: people, kind: level, max_age: always}
  first_dose_coverage: {unit: percent, ratio: {of: first_doses, to: target_population}}
  first_dose_gain: {unit: percentage points, change: {of: first_dose_coverage, over: 4 weeks}}
  services_ready: {kind: judgement, by: health-office, max_age: 4 weeks}
triggers:
  target-missed-and-slow:
    when: {all: [{metric: first_dose_coverage, below: target}, {metric: first_dose_gain, below: slow_gain}]}
    for: 2 weeks
    missing: unknown
  target-met: {when: {metric: first_dose_coverage, at_least: target}, for: 2 weeks, missing: unknown}
stages: [{name: appeal}, {name: instruction}, {name: perwal}, {name: perda}]
moves:
  - {name: relax-to-appeal, from: instruction, to: appeal, trigger: target-met, after: 4 weeks}
  - {name: to-instruction, from: appeal, to: instruction, trigger: target-missed-and-slow, after: 4 weeks}
  - {name: to-perwal, from: instruction, to: perwal, trigger: target-missed-and-slow, after: 6 weeks}
"""
AIMS = {
    "--help": "3 times the import of click",
    "check bekasi-vaccination": "400 ms",
    "check bekasi-vaccination without analysis": "250 ms",
    "evaluate bekasi-vaccination": "400 ms",
    "step": "15 us",
    "explained step": "50 us",
}


def seconds(work: Callable[[], object], *, runs: int) -> float:
    """Give the median time of some runs."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def cold(arguments: list[str]) -> Callable[[], object]:
    """Give a run of a fresh interpreter."""
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True, cwd=ROOT)


def coverage_series(policy: Policy, weeks: int) -> Observations:
    """Make weekly figures in which coverage grows slowly."""
    first = Week.parse("2021-W01", policy.calendar).number
    entries = [Entry("Kota Bekasi", first + week, "first_doses", 1_000_000 + 900.0 * week) for week in range(weeks)]
    entries += [
        Entry("Kota Bekasi", first + week, "elderly_first_doses", 60_000 + 50.0 * week) for week in range(weeks)
    ]
    for name in {"target_population", "elderly_population"} & policy.inputs.keys():
        week = 0 if policy.inputs[name].kind == "attribute" else first
        entries.append(Entry("Kota Bekasi", week, name, 2_016_006.0 if name.startswith("target") else 156_149.0))
    return tabulate(policy.calendar, entries)


def engine(policy: Policy, *, weeks: int, runs: int) -> dict[str, float]:
    """Measure one step in seconds: with and without its explanation, and one bare event of `transitions`."""
    observations = coverage_series(policy, weeks)
    never = Adoption(adopt=Adopt.NEVER)

    def stepping() -> None:
        for _ in replay(policy, observations, adoption=never):
            pass

    def explaining() -> None:
        for outcome in replay(policy, observations, adoption=never):
            explain(outcome.evaluation)

    machine = Machine(model=None, states=["a", "b"], initial="a", auto_transitions=False, send_event=True)
    machine.add_transition("go", "a", "b")
    machine.add_transition("go", "b", "a")
    cursor = Cursor("a")

    def firing() -> None:
        for _ in range(weeks):
            machine.events["go"].trigger(cursor)

    measured = {"step": stepping, "explained step": explaining, "bare event of transitions": firing}
    return {name: seconds(work, runs=runs) / weeks for name, work in measured.items()}


def main(*, runs: int = 15, weeks: int = 500) -> None:
    """Measure everything and print each figure, its ratio to a baseline, and what is aimed at."""
    import_click = seconds(cold(["-c", "import click"]), runs=runs)
    print(f"python -c 'import click': {1000 * import_click:.0f} ms")
    for name, arguments in COMMANDS.items():
        took = seconds(cold(["-m", "escalation.cli", *arguments]), runs=runs)
        print(f"escalation {name}: {1000 * took:.0f} ms, {took / import_click:.1f} x import click (aim: {AIMS[name]})")
    for policy in (loads(LADDER), load(BEKASI / "policy.yaml")):
        print(f"{policy.name}, {len(policy.triggers)} triggers, {len(policy.metrics)} metrics:")
        measured = engine(policy, weeks=weeks, runs=runs)
        baseline = measured["bare event of transitions"]
        for name, took in measured.items():
            aim = f" (aim: {AIMS[name]})" if name in AIMS else ""
            print(f"  {name}: {1e6 * took:.1f} us, {took / baseline:.1f} x a bare event{aim}")


if __name__ == "__main__":
    main()
