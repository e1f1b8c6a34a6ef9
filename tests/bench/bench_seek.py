"""How long `seek` and `flip` take for a region, in processor time: `python -m tests.bench.bench_seek`."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from time import process_time

import numpy as np

from escalation.observations import Entry, Observations, tabulate
from escalation.periods import Week
from escalation.policy.conditions import Operator
from escalation.policy.load import load
from escalation.policy.model import Policy
from escalation.whatif.flip import flips
from escalation.whatif.levers import lever
from escalation.whatif.outcomes import Kind, Outcome
from escalation.whatif.seek import Goal
from escalation.whatif.seeking import confirmed, on_record
from tests.bench.bench_kernel import BEKASI

REGIONS, WEEKS = 514, 104
AIM = "aim: at most 50 ms"
SOUGHT = {
    "a threshold": "first_dose_target",
    "a stay (`after`)": "moves.to-perwal.after",
    "a streak (`for`)": "triggers.target-missed-and-slow.for",
}


def history(policy: Policy, *, regions: int, weeks: int) -> Observations:
    """Give regions whose first doses rise at paces of their own, with a pause."""
    start = Week.parse("2021-W01", policy.calendar).number
    entries = []
    for number in range(regions):
        doses = 300_000.0 + 7_000 * number
        for week in range(weeks):
            doses += 0 if 30 <= week < 40 else 9_000 + 97 * number + 311 * (week % 7)
            of = {"first_doses": doses, "target_population": 2_016_006.0}
            of |= {"elderly_first_doses": doses / 14, "elderly_population": 156_149.0}
            entries += [Entry(f"R{number}", start + week, name, value) for name, value in of.items()]
    return tabulate(policy.calendar, entries)


def taken(work: Callable[[], object]) -> float:
    """Give the ms that something takes."""
    begin = process_time()
    work()
    return 1000 * (process_time() - begin)


def seek(policy: Policy, observations: Observations, name: str, regions: Sequence[str]) -> None:
    """Seek a number over the weeks on record, and let the reference engine confirm what is found."""
    goal = Goal(outcome=Outcome(kind=Kind.WEEKS, stage="instruction"), operator=Operator.AT_MOST, limit=8)
    made = lever(policy, observations, name, goal)
    found = on_record(policy, observations, made, goal, regions=regions)
    confirmed(policy, observations, made, goal, found)


def lines(*, regions: int, weeks: int, alone: int) -> Iterator[str]:
    """Measure all regions together, and some of them alone."""
    policy = load(BEKASI)
    observations = history(policy, regions=regions, weeks=weeks)
    some = observations.regions[:alone]
    for what, name in SOUGHT.items():
        sought = partial(seek, policy, observations, name)
        sought(some[:1])
        together = taken(partial(sought, observations.regions)) / regions
        each = median(taken(partial(sought, [region])) for region in some)
        yield f"seek {what} on record: {together:.1f} ms a region of {regions}, {each:.1f} ms one alone; {AIM}"
    together = taken(partial(flips, policy, observations, regions=observations.regions)) / regions
    each = median(taken(partial(flips, policy, observations, regions=[region])) for region in some)
    yield f"flip a week: {together:.1f} ms a region of {regions}, {each:.1f} ms one alone"


def main(*, regions: int = REGIONS, weeks: int = WEEKS, alone: int = 20) -> None:
    """Print what was measured."""
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    for line in lines(regions=regions, weeks=weeks, alone=alone):
        print(line)


if __name__ == "__main__":
    main()
