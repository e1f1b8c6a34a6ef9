"""One staged rule here and in other engines, region-weeks a second: `python -m tests.bench.bench_others`.

zen-engine, OpenFisca-Core and EMA Workbench are installed for the time of the run into an environment of their own.
Where that fails, the script says so. Every engine must come to the same stages as a loop of plain Python.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import replay
from escalation.evaluation.replay import FOLLOW
from escalation.observations import tabulate
from escalation.policy.load import loads
from escalation.whatif.arrays.answers import answers
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.kernel import Backend, counted
from escalation.whatif.arrays.wiring import wired
from tests.bench.staged_rule import ENGINES, WEEKS, figures, plain

SCRIPT = Path(__file__).with_name("staged_rule.py")
POLICY = """
language: 1
name: staged-rule
calendar: iso-week
metrics: {figure: {kind: flow}}
triggers:
  slow: {when: {metric: figure, below: 0.5}, for: 2 weeks, missing: unknown}
  fast: {when: {metric: figure, at_least: 0.7}, for: 2 weeks, missing: unknown}
stages: [{name: s0}, {name: s1}, {name: s2}]
moves:
  - {name: down-1, from: s1, to: s0, trigger: fast, after: 2 weeks}
  - {name: down-2, from: s2, to: s1, trigger: fast, after: 2 weeks}
  - {name: up-1, from: s0, to: s1, trigger: slow, after: 2 weeks}
  - {name: up-2, from: s1, to: s2, trigger: slow, after: 2 weeks}
"""
FIRST = 105_000
SIDE_BY_SIDE = 8
"""How often the array engine has the same regions: 16,000 stay nearer to the processor than 100,000."""
TIMES = 200


def reference(regions: int = 50) -> tuple[float, bool]:
    """Replay in the reference engine; give region-weeks a second, and whether the stages are those of the loop."""
    policy, data = loads(POLICY), figures(regions)
    entries = [
        (f"R{place:06}", FIRST + week, "figure", value)
        for place, values in enumerate(data)
        for week, value in enumerate(values)
    ]
    observations = tabulate(policy.calendar, entries)
    start = process_time()
    found = [*replay(policy, observations)]
    taken = process_time() - start
    total = sum(policy.ranks[one.evaluation.stage] for one in found)
    return regions * WEEKS / taken, total == plain(data)


def arrays(backend: Backend, regions: int = 2_000) -> tuple[float, bool]:
    """Judge the figures as arrays, step and count; give region-weeks a second, and whether the stages are the same."""
    policy, data = loads(POLICY), figures(regions)
    values = np.tile(np.array(data).T, SIDE_BY_SIDE)
    wiring = wired(Ladder(policy), FOLLOW, is_steered=False)

    def judge() -> int:
        found = Figures(policy, {"figure": values}, first=FIRST, is_carried=True)
        inputs, weights = answers(found, wiring.questions), np.ones(values.shape[1], dtype=np.int64)
        counts = counted(wiring, inputs, weights=weights, backend=backend).weeks
        return sum(rank * int(counts[Key("stage", rank)].sum()) for rank in range(3))

    judge(), judge()
    start = process_time()
    totals = {judge() for _ in range(TIMES)}
    taken = process_time() - start
    return TIMES * values.size / taken, totals == {SIDE_BY_SIDE * plain(data)}


def elsewhere(python: Path, name: str) -> tuple[float, bool, str] | None:
    """Run another engine; nothing where it cannot be installed or fails."""
    package = ENGINES[name].package
    if python != Path(sys.executable) and package is not None:
        command = [str(python), "-m", "pip", "install", "--quiet", package]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
    done = subprocess.run([str(python), str(SCRIPT), name], check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return None
    found = json.loads(done.stdout.splitlines()[-1])
    return found["rate"], found["agrees"], found["version"]


def main() -> None:
    """Print the table."""
    ours: dict[str, Callable[[], tuple[float, bool]]] = {
        "the reference engine": reference,
        "the array engine, numpy": lambda: arrays(Backend.NUMPY),
        "the array engine, numba": lambda: arrays(Backend.NUMBA),
    }
    rates = {name: run() for name, run in ours.items()}
    fastest = rates["the array engine, numba"][0]
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        for name in ENGINES:
            is_here = name in ("plain Python", "transitions")
            found = elsewhere(Path(sys.executable) if is_here else Path(folder) / "bin" / "python", name)
            if found is None:
                print(f"{name:32} could not be installed or run")
            else:
                rates[f"{name} {found[2]}"] = found[:2]
    for name, (rate, agrees) in rates.items():
        same = "same stages" if agrees else "OTHER STAGES"
        print(f"{name:32} {rate / 1e6:10.3f} M/s  the array engine is {fastest / rate:10,.1f} times as fast  {same}")


if __name__ == "__main__":
    main()
