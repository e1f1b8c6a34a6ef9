"""The array engine beside the limits of the machine, in one run: `python -m tests.bench.bench_kernel`.

A region-week is one region in one week of one draw or value of a parameter. Times are those of one thread (CPU time)
but for what has several workers or is started from the shell; of several runs the median stands.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

import numpy as np

from escalation.evaluation.ladder import Cursor, Ladder
from escalation.evaluation.library import replay
from escalation.evaluation.replay import FOLLOW
from escalation.observations import Observations, tabulate
from escalation.policy.load import load, loads
from escalation.whatif.arrays.answers import answers
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.kernel import Backend, counted
from escalation.whatif.arrays.panel import Panel, panel
from escalation.whatif.arrays.paths import tallied
from escalation.whatif.arrays.wiring import wired
from escalation.whatif.asking import course
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outlook import outlook
from escalation.whatif.scenarios.scenario import BASELINE, applied
from escalation.whatif.setting import setting

ROOT = Path(__file__).resolve().parent.parent.parent
BEKASI = ROOT / "policies" / "bekasi-vaccination"
WEEKS, REGIONS = 104, 514
BYTES = 12
RUNS = 3
POLICY = """
language: 1
name: four-stages-five-streaks
calendar: iso-week
parameters: {low: {value: 0.5}, high: {value: 0.7}}
metrics: {a: {kind: level}, b: {kind: level}, c: {kind: level}}
triggers:
  t1: {when: {metric: a, below: low}, for: 2 weeks, missing: unknown}
  t2: {when: {metric: b, below: 0.4}, for: 3 weeks, missing: unknown}
  t3: {when: {metric: c, at_least: 0.6}, for: 2 weeks, missing: unknown}
  t4: {when: {metric: a, at_least: high}, for: 2 weeks, missing: unknown}
  t5: {when: {all: [{metric: b, at_least: 0.6}, {metric: c, below: 0.3}]}, for: 4 weeks, missing: hold}
stages: [{name: s1}, {name: s2}, {name: s3}, {name: s4}]
moves:
  - {name: r1, from: s2, to: s1, trigger: t4, after: 2 weeks}
  - {name: r2, from: s3, to: s2, trigger: t4, after: 2 weeks}
  - {name: r3, from: s4, to: s3, trigger: t5, after: 4 weeks}
  - {name: u1, from: s1, to: s2, trigger: t1, after: 2 weeks}
  - {name: u2, from: s2, to: s3, trigger: t2, after: 4 weeks}
  - {name: u3, from: s3, to: s4, trigger: t3, after: 6 weeks}
"""
COVERAGE = """
language: 1
name: coverage
calendar: iso-week
metrics:
  doses: {unit: people, kind: cumulative, max_age: 1 week}
  people: {unit: people, kind: level, max_age: always}
  coverage: {unit: percent, ratio: {of: doses, to: people}}
  gain: {unit: percentage points, change: {of: coverage, over: 4 weeks}}
triggers:
  slow: {when: {all: [{metric: coverage, below: 70}, {metric: gain, below: 2}]}, for: 2 weeks, missing: unknown}
  fast: {when: {any: [{metric: coverage, at_least: 70}, {metric: gain, at_least: 3}]}, for: 2 weeks, missing: hold}
stages: [{name: s1}, {name: s2}, {name: s3}, {name: s4}]
moves:
  - {name: ease, from: [s2, s3, s4], to: s1, trigger: fast, after: 2 weeks}
  - {name: to-s2, from: s1, to: s2, trigger: slow, after: 2 weeks}
  - {name: to-s3, from: s2, to: s3, trigger: slow, after: 3 weeks}
  - {name: to-s4, from: s3, to: s4, trigger: slow, after: 3 weeks}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table: what was measured, and how many region-weeks a second."""

    what: str
    rate: float
    aim: str = ""


def seconds(work: Callable[[], object], *, clock: Callable[[], float] = thread_time) -> float:
    """Give the median time of some runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(RUNS):
        start = clock()
        work()
        taken.append(clock() - start)
    return median(taken)


def read_limit() -> float:
    """Read float32 from memory as fast as one thread can; region-weeks of 12 bytes a second."""
    numbers = np.ones(100_000_000, dtype=np.float32)
    return numbers.nbytes / BYTES / seconds(lambda: np.add.reduce(numbers))


def machine_events() -> float:
    """Fire bare events of the machine behind the ladder."""
    ladder = Ladder(loads(POLICY))
    event = ladder.machine.events["u1"]
    for guard in event.transitions["s1"][0].conditions:
        guard.func = lambda _: True

    def fire() -> None:
        for _ in range(20_000):
            event.trigger(Cursor("s1"), situation=None, decided=True)

    return 20_000 / seconds(fire)


def reference() -> float:
    """Replay in the reference engine."""
    policy = loads(POLICY)
    random = np.random.default_rng(1)
    entries = [("A", 105_000 + week, name, float(random.random())) for week in range(2_000) for name in "abc"]
    observations = tabulate(policy.calendar, entries)
    return 2_000 / seconds(lambda: [*replay(policy, observations)])


def given_paths(backend: Backend, chunk: int = 65_536) -> float:
    """Judge paths that are given, so many at once: three metrics of float32, compared, stepped and counted."""
    policy, chunks = loads(POLICY), 262_144 // chunk
    random = np.random.default_rng(0)
    data = {name: random.random((chunks, WEEKS, chunk), dtype=np.float32) for name in "abc"}
    wiring = wired(Ladder(policy), FOLLOW, is_steered=False)

    def judge() -> None:
        for place in range(chunks):
            part = {name: values[place] for name, values in data.items()}
            figures = Figures(policy, part, first=105_000, is_carried=True)
            counted(wiring, answers(figures, wiring.questions), weights=np.ones(chunk, dtype=np.int64), backend=backend)

    return WEEKS * chunk * chunks / seconds(judge)


def some_panel() -> Panel:
    """Give two years of 514 regions."""
    policy = loads(POLICY)
    random = np.random.default_rng(2)
    return panel(policy, _tabulated(policy.calendar, random.random((REGIONS, WEEKS, 3))))


def _tabulated(calendar: object, figures: np.ndarray) -> Observations:
    entries = [
        (f"R{region}", 105_000 + week, name, float(figures[region, week, place]))
        for region in range(REGIONS)
        for week in range(WEEKS)
        for place, name in enumerate("abc")
    ]
    return tabulate(calendar, entries)  # type: ignore[arg-type]


def heat_map(backend: Backend, workers: int = 1) -> float:
    """Sweep two thresholds, 50 values each, over 514 regions and 104 weeks; the regions of every stage are counted.

    By the clock where there are several workers.
    """
    found = some_panel()
    varied = {
        "low": np.linspace(0.2, 0.6, 50).reshape(1, 50, 1, 1),
        "high": np.linspace(0.6, 0.9, 50).reshape(1, 1, 50, 1),
    }
    clock = thread_time if workers == 1 else perf_counter
    taken = seconds(lambda: tallied(found, parameters=varied, backend=backend, workers=workers), clock=clock)
    print(f"  heat map with {backend}, workers: {workers}: {taken:.2f} s", file=sys.stderr)
    return 2500 * REGIONS * WEEKS / taken


def drawn(count: int = 1_000_000) -> float:
    """Draw the figures of the weeks to come of Bekasi's illustration, judge and count them."""
    policy = load(BEKASI / "policy.yaml")
    from escalation.observations import read  # noqa: PLC0415 - the reader is not what is measured

    observations = read(BEKASI / "observations-illustration.csv", policy)
    made = course(applied(BASELINE, policy, observations), record={}, weeks=26, assumed={"services_ready": 1.0})
    draws = Draws(seed=0, count=count)
    return 26 * draws.count / seconds(lambda: outlook(made, draws))


def many_regions(regions: int = REGIONS, *, back: int = 150, weeks: int = WEEKS) -> Course:
    """Make the question of many regions, of which as many residual paths as there may be are drawn."""
    policy, random = loads(COVERAGE), np.random.default_rng(3)
    entries: list[tuple[str, int, str, float | None]] = []
    for region in range(regions):
        people = round(random.lognormal(11, 1))
        shares = random.uniform(0.002, 0.008) * np.exp(random.normal(0, 0.3, back))
        doses = np.round(people * (1 - np.cumprod(1 - shares)))
        entries.append((f"R{region}", 105_000, "people", people))
        entries += [(f"R{region}", 105_000 + week, "doses", float(doses[week])) for week in range(back)]
    observations = tabulate(policy.calendar, entries)
    return course(applied(BASELINE, policy, observations), record={}, weeks=weeks)


def drawn_for_many(workers: int, *, count: int = 10_000) -> float:
    """Draw, judge and count many regions; by the clock where there are several workers."""
    made, draws = many_regions(), Draws(seed=0, count=count)
    clock = thread_time if workers == 1 else perf_counter
    taken = seconds(lambda: outlook(made, draws, workers=workers), clock=clock)
    alone = seconds(lambda: setting(made), clock=clock)
    print(f"  {REGIONS} regions, {workers} workers: {taken:.2f} s, {alone:.2f} of it on what is past", file=sys.stderr)
    return REGIONS * WEEKS * count / taken


def memory(count: int) -> float:
    """Give the most memory in MB of a process that draws so many scenarios for 20 regions, as Linux counts it."""
    code = (
        "from tests.bench.bench_kernel import *\n"
        f"outlook(many_regions(20), Draws(seed=0, count={count}))\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    return float(ran.stdout) / 1024


def from_the_shell() -> float:
    """Give the seconds of a warm `whatif`, from the shell to its first result."""
    command = (
        str(Path(sys.executable).parent / "escalation"), "whatif", str(BEKASI), "--observations",
        str(BEKASI / "observations-illustration.csv"), "--judge", "services_ready=yes", "--set", "first_dose_target=65",
    )  # fmt: skip
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True), clock=perf_counter)


def main() -> None:
    """Print the table."""
    limit = read_limit()
    lines = [
        Line(what="reading 12 bytes from memory", rate=limit),
        Line(what="bare events of `transitions`", rate=machine_events()),
        Line(what="the reference engine, explaining nothing", rate=reference()),
        Line(what="paths given, numpy", rate=given_paths(Backend.NUMPY), aim="3 % of reading"),
        Line(what="paths given, numba", rate=given_paths(Backend.NUMBA), aim="40 % of reading"),
        Line(what="heat map 50 x 50, numpy", rate=heat_map(Backend.NUMPY), aim="668 M/s (0.2 s)"),
        Line(what="heat map 50 x 50, numba", rate=heat_map(Backend.NUMBA), aim="668 M/s (0.2 s)"),
        Line(what="the same, two workers, by the clock", rate=heat_map(Backend.NUMBA, 2), aim="668 M/s (0.2 s)"),
        Line(what="Bekasi drawn 1,000,000 times", rate=drawn(), aim="350 M/s"),
        Line(what=f"{REGIONS} regions drawn 10,000 times", rate=drawn_for_many(1), aim="350 M/s"),
        Line(what=f"{REGIONS} regions, two workers, by the clock", rate=drawn_for_many(2), aim="535 M/s (1 s)"),
    ]
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    for line in lines:
        share = 100 * line.rate / limit
        print(f"{line.what:45} {line.rate / 1e6:10.2f} M/s  {share:7.3f} % of reading   {line.aim}")
    print(f"a warm `whatif` from the shell: {from_the_shell():.2f} s (aim 2)")
    print(
        f"memory of 20 regions drawn 10,000 times: {memory(10_000):.0f} MB, 1,000,000 times: {memory(1_000_000):.0f} MB"
    )


if __name__ == "__main__":
    main()
