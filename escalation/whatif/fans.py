"""The figures of a fan chart: a metric on record, quantiles of its paths in the weeks to come, and its thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from escalation.periods import Week
from escalation.policy.conditions import Comparison
from escalation.policy.thresholds import comparisons
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.panel import Floats, panel
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.setting import setting

SHARES = (0.95, 0.8, 0.5)
HISTORY = 26
SAMPLES = 12
MOST_DRAWS = 2000
"""More draws move the ends of the bands by less than a line is thick."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fanned:
    """A metric of one region in its unit; not a number where it cannot be worked out.

    `history` [week] from the week `first` on, then the weeks to come: `median` [week], `low` and `high` [share, week]
    of the intervals that hold `shares` of the paths, and `samples` [path, week]. `thresholds` are what the policy
    compares the metric with, a number or the name of a parameter, each with its values in all the weeks.
    """

    metric: str
    region: str
    first: Week
    history: Floats
    median: Floats
    shares: tuple[float, ...]
    low: Floats
    high: Floats
    samples: Floats
    thresholds: tuple[tuple[float | str, Floats], ...]


def fanned(course: Course, region: str, metric: str, draws: Draws) -> Fanned:
    """Give the figures of a fan chart of an observed or computed metric.

    Of many draws the first 2,000 are looked at. Raise RequestError where a metric cannot be forecast.
    """
    alone = replace(course, regions=(region,))
    some = replace(draws, count=min(draws.count, MOST_DRAWS))
    shared = setting(alone)
    ahead = shared.figures
    drawn = ahead.figures([some], shared.response([some]))
    paths = np.broadcast_to(drawn.of(metric).value, (drawn.weeks, 1, some.count))[ahead.back :, 0].T
    grid = panel(course.policy, course.observations, regions=(region,), last=course.now)
    recorded = Figures(course.policy, grid.values, first=grid.first)
    history = recorded.of(metric).value[:, 0][-HISTORY:]
    first = course.now - len(history) + 1
    tails = np.array([(1 - share) / 2 for share in SHARES])
    known = np.isfinite(paths).all(axis=0)
    found = np.full((2 * len(SHARES) + 1, paths.shape[1]), np.nan)
    found[:, known] = np.quantile(paths[:, known], [*tails, 0.5, *(1 - tails)], axis=0)
    return Fanned(
        metric=metric,
        region=region,
        first=Week(course.policy.calendar, first),
        history=history,
        median=found[len(SHARES)],
        shares=SHARES,
        low=found[: len(SHARES)],
        high=found[len(SHARES) + 1 :],
        samples=paths[:SAMPLES],
        thresholds=tuple(_thresholds(course, metric, first, len(history) + course.weeks)),
    )


def _thresholds(course: Course, metric: str, first: int, weeks: int) -> Sequence[tuple[float | str, Floats]]:
    limits = dict.fromkeys(
        limit
        for _, name, leaf in comparisons(course.policy)
        if name == metric and isinstance(leaf, Comparison)
        for _, limit in leaf.limits
    )
    empty = Figures(course.policy, {name: np.full((weeks, 1), np.nan) for name in course.policy.inputs}, first=first)
    return [(limit, np.broadcast_to(empty.threshold(limit).reshape(-1), weeks)) for limit in limits]


def compared(course: Course) -> tuple[str, ...]:
    """Name the metrics that triggers compare with a threshold, in the order of the file."""
    asked = {name for _, name, leaf in comparisons(course.policy) if isinstance(leaf, Comparison)}
    return tuple(name for name in course.policy.metrics if name in asked)
