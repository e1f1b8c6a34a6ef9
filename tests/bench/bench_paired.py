"""How much the same draws narrow a difference of two policies: `python -m tests.bench.bench_paired`.

Twenty regions over two years, 4,000 draws; both thresholds of coverage are lowered by so many points. The variance of
the difference of the probabilities that a stage is recommended is compared with that of two runs on draws of their own.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from escalation.policy.amend import amend
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.paired import Paired, paired
from tests.bench.bench_kernel import many_regions

POINTS = (0.1, 0.25, 0.5, 1, 2, 5)


def variances(found: Paired) -> tuple[np.ndarray, np.ndarray]:
    """Give the variances of the differences that are not certain: of draws of their own, and of the same draws."""
    before = found.before / found.draws
    after = before + found.difference
    own = before * (1 - before) + after * (1 - after)
    same = (found.more + found.less) / found.draws - found.difference**2
    return own[same > 0], same[same > 0]


def main() -> None:
    """Print a line for each change."""
    base = many_regions(20)
    print("points   all differences together   the middle one")
    for points in POINTS:
        lowered = amend(base.policy, {f"triggers.{name}.coverage": 70 - points for name in ("slow", "fast")})
        own, same = variances(paired(base, replace(base, policy=lowered), Draws(seed=1, count=4_000)))
        print(f"{points:6}   {own.sum() / same.sum():26.1f}   {np.median(own / same):14.1f}")


if __name__ == "__main__":
    main()
