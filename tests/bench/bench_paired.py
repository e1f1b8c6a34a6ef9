"""How much the same draws narrow a difference of two policies: `python -m tests.bench.bench_paired`.

Twenty regions over two years, 4,000 draws; both thresholds of coverage are lowered by so many points. Two variances are
compared with those of two runs on draws of their own: of the difference of the weeks in the strictest stage, and of the
difference of the probabilities that a stage is recommended.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from escalation.policy.amend import amend
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import run
from escalation.whatif.arrays.words import unpacked, words_for
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.paired import Paired, paired
from escalation.whatif.setting import setting
from tests.bench.bench_kernel import many_regions

POINTS = (0.1, 0.25, 0.5, 1, 2, 5)


def variances(found: Paired) -> tuple[np.ndarray, np.ndarray]:
    """Give the variances of the differences that are not certain: of draws of their own, and of the same draws."""
    before = found.before / found.draws
    after = before + found.difference
    own = before * (1 - before) + after * (1 - after)
    same = (found.more + found.less) / found.draws - found.difference**2
    return own[same > 0], same[same > 0]


def weeks_in_strictest(course: Course, draws: Draws) -> np.ndarray:
    """Count the weeks in the last stage, [region, draw]."""
    asked, strictest = setting(course), Key("stage", len(course.policy.stages) - 1)
    inputs = asked.inputs([draws] * len(course.regions))
    words = run(asked.wiring, inputs, start=asked.start).weeks[strictest]
    shape = (course.weeks, len(course.regions), words_for(draws.count))
    found: np.ndarray = unpacked(np.broadcast_to(words, shape), draws.count).sum(axis=0)
    return found


def cut_of_weeks(base: Course, other: Course, count: int) -> float:
    """Give how many times less the difference of the weeks varies on the same draws, all regions together."""
    before, same = (weeks_in_strictest(course, Draws(seed=1, count=count)) for course in (base, other))
    own = weeks_in_strictest(other, Draws(seed=2, count=count))
    return float(np.var(before - own, axis=1).sum() / np.var(before - same, axis=1).sum())


def main() -> None:
    """Print a line for each change."""
    base = many_regions(20)
    print("points   weeks in the strictest stage   stage recommended: all together   the middle one")
    for points in POINTS:
        lowered = amend(base.policy, {f"triggers.{name}.coverage": 70 - points for name in ("slow", "fast")})
        own, same = variances(paired(base, replace(base, policy=lowered), Draws(seed=1, count=4_000)))
        weeks = cut_of_weeks(base, replace(base, policy=lowered), 4_000)
        print(f"{points:6}   {weeks:28.1f}   {own.sum() / same.sum():31.1f}   {np.median(own / same):14.1f}")


if __name__ == "__main__":
    main()
