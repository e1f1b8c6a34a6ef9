"""What a large run takes on this machine: time, memory and disk, for the plan on the page `scale` of the manual.

Run as `python -m tests.bench.bench_scale`: four minutes with the extra `fast`. Each run is made in a process of its
own, and its chunks are kept.
"""

from __future__ import annotations

import csv
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from escalation.observations import Observations
from escalation.periods import Week
from tests.bench.bench_kernel import COVERAGE, many_regions

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = """
import sys, time
from pathlib import Path
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.chunks import cut
from escalation.whatif.large.drawing import drawn, here, keeping
from escalation.whatif.large.kept import Kept
from escalation.whatif import outlook
from tests.bench.bench_kernel import many_regions

regions, weeks, count, workers = map(int, sys.argv[1:5])
course, draws = many_regions(regions, weeks=weeks), Draws(seed=0, count=count)
if not workers:
    outlook.WORTH_LOADING = float("inf")
source = here([course], draws, workers=max(workers, 1))
if workers:
    first, many = [many_regions(2, weeks=weeks)], Draws(seed=0, count=100_000)
    drawn(first, many, here(first, many))
clock, processor = time.perf_counter(), time.process_time()
drawn([course], draws, keeping(Kept(Path(sys.argv[5])), source))
print(time.perf_counter() - clock, time.process_time() - processor, len(cut([course], 0, count)))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


PROCESSES = """
import time
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.cluster import on_cluster
from escalation.whatif.large.drawing import drawn
from tests.bench.bench_kernel import many_regions

course, draws = many_regions(100), Draws(seed=0, count=10_000)
times = [time.perf_counter()]
with on_cluster("local:2", [course], draws) as source:
    for _ in range(3):
        times.append(time.perf_counter())
        drawn([course], draws, source)
    times.append(time.perf_counter())
print(*(after - before for before, after in zip(times, times[1:])))
"""


class Run(NamedTuple):
    """So many regions, weeks, draws and threads; no threads: one of numpy, without compiled code."""

    regions: int
    weeks: int
    draws: int
    workers: int = 1


class Taken(NamedTuple):
    """What a run took: seconds by the clock and of processors, its chunks, MB of memory at most, bytes kept."""

    clock: float
    processor: float
    chunks: int
    memory: float
    disk: int


RUNS = (
    Run(20, 104, 10_000),
    Run(20, 104, 1_000_000),
    Run(514, 104, 10_000),
    Run(514, 104, 10_000, workers=2),
    Run(161, 520, 10_000),
    Run(161, 520, 10_000, workers=2),
    Run(5, 520, 10_000, workers=0),
    Run(100, 104, 10_000),
)
VILLAGES = Run(161, 520, 10_000)
"""These are the villages of one regency in the middle: 83,000 in 514 regencies and cities."""


def taken(run: Run) -> Taken:
    """Carry a run out in a process of its own, compiled code having been loaded."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", CODE, *map(str, run), folder]
        printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
        disk = sum(one.stat().st_size for one in Path(folder).iterdir())
    return Taken(float(printed[0]), float(printed[1]), int(printed[2]), float(printed[3]) / 1024, disk)


def from_the_shell(run: Run) -> Taken:
    """Carry a run out as the command does, from the table of its data to the rows that it prints."""
    with tempfile.TemporaryDirectory() as folder:
        policy, kept, printed = Path(folder, "policy.yaml"), Path(folder, "counts"), Path(folder, "rows.csv")
        policy.write_text(COVERAGE, encoding="utf-8")
        write(many_regions(run.regions, weeks=run.weeks).observations, Path(folder, "observations.csv"))
        command = ["forecast", str(policy), "--weeks", str(run.weeks), "--draws", str(run.draws)]
        command += ["--workers", str(run.workers), "--keep", str(kept), "--format", "csv"]
        start = perf_counter()
        with printed.open("w") as rows:
            process = subprocess.Popen([sys.executable, "-m", "escalation.cli", *command], stdout=rows)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        clock = perf_counter() - start
        sizes = [one.stat().st_size for one in kept.glob("*.npz")]
        processor, disk = used.ru_utime + used.ru_stime, sum(sizes) + printed.stat().st_size
        return Taken(clock, processor, len(sizes), used.ru_maxrss / 1024, disk)


def write(observations: Observations, path: Path) -> None:
    """Write observations as a table."""
    rows = [
        (region, Week(observations.calendar, one.week), metric, one.value)
        for (region, metric), series in observations.series.items()
        for one in series
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("region", "week", "metric", "value"), *rows])


def main(runs: tuple[Run, ...] = RUNS, *, whole: Run = VILLAGES) -> None:
    """Print a row for each run."""
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    print(
        f"{'regions':>7} {'weeks':>6} {'draws':>10} {'workers':>7} {'clock s':>8} {'cpu s':>8} {'M/s of cpu':>10} "
        f"{'chunks':>6} {'MB':>6} {'kB kept a region':>16}"
    )
    for run, take in [*((one, taken) for one in runs), (whole, from_the_shell)]:
        found = take(run)
        rate = run.regions * run.weeks * run.draws / found.processor / 1e6
        print(
            f"{run.regions:7} {run.weeks:6} {run.draws:10,} {run.workers:7} {found.clock:8.1f} {found.processor:8.1f} "
            f"{rate:10.0f} {found.chunks:6} {found.memory:6.0f} {found.disk / run.regions / 1000:16.1f}",
            flush=True,
        )
    print("The last row is the whole command, from its table to the rows printed, which are in the kB.")


def main_on_dask() -> None:
    """Print what two processes of Dask take for 100 regions over 104 weeks, drawn 10,000 times."""
    ran = subprocess.run([sys.executable, "-c", PROCESSES], check=True, capture_output=True, text=True, cwd=ROOT)
    start, *times = (f"{float(one):.1f} s" for one in ran.stdout.split())
    print(f"Two processes of Dask, 100 regions, 104 weeks, 10,000 draws: start {start}, then {', '.join(times)}")


if __name__ == "__main__":
    main()
    main_on_dask()
