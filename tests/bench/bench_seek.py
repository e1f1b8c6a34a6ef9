"""How long `seek` and `flip` take for a region, the median of some: `python -m tests.bench.bench_seek`."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from escalation.observations import Entry, Observations, tabulate
from escalation.periods import Week
from escalation.policy.conditions import Operator
from escalation.policy.load import load
from escalation.policy.model import Policy
from escalation.whatif.flip import flip
from escalation.whatif.levers import lever
from escalation.whatif.seek import Goal, Outcome
from escalation.whatif.seeking import on_record
from tests.bench.bench_kernel import BEKASI

AIMS = {
    "seek a threshold on record": 50.0,
    "seek a duration on record": None,
    "flip a week": None,
}
"""What is measured, in ms a region, and the aim where there is one."""


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


def measured(*, regions: int, weeks: int) -> dict[str, list[float]]:
    """Give the ms that each thing takes in each region."""
    policy = load(BEKASI)
    observations = history(policy, regions=regions, weeks=weeks)
    goal = Goal(outcome=Outcome.WEEKS, stage="instruction", operator=Operator.AT_MOST, limit=8)
    levers = {
        "seek a threshold on record": lever(policy, observations, "first_dose_target", goal),
        "seek a duration on record": lever(policy, observations, "moves.to-perwal.after", goal),
    }
    found: dict[str, list[float]] = {name: [] for name in AIMS}
    for region in observations.regions:
        for name, made in levers.items():
            begin = perf_counter()
            on_record(policy, observations, made, goal, regions=[region])
            found[name].append(1000 * (perf_counter() - begin))
        begin = perf_counter()
        flip(policy, observations, region=region)
        found["flip a week"].append(1000 * (perf_counter() - begin))
    return found


def main(*, regions: int = 20, weeks: int = 104) -> None:
    """Print the median of the regions, with the slowest."""
    for name, times in measured(regions=regions, weeks=weeks).items():
        aim = AIMS[name]
        told = "" if aim is None else f"; aim: at most {aim:.0f} ms"
        print(f"{name}: {median(times):.1f} ms a region of {weeks} weeks, the slowest {max(times):.1f} ms{told}")


if __name__ == "__main__":
    main()
