"""How fast metrics have moved of late: a straight line through the present week and one some weeks before."""

from __future__ import annotations

from typing import NamedTuple

from escalation.evaluation.step import Evaluation

OVER = 4
"""Weeks that a trend looks back."""


class Trend(NamedTuple):
    """What a metric is in the week, in its unit, and by how much it has changed a week, on average."""

    metric: str
    value: float
    weekly: float


def trends(evaluation: Evaluation) -> tuple[Trend, ...]:
    """Give the trend of each metric that has a value now and `OVER` weeks before; judgements have none."""
    readings, week = evaluation.situation.readings, evaluation.week
    found = []
    for name in evaluation.ladder.policy.metrics:
        now, before = readings.at(name, week).value, readings.at(name, week - OVER).value
        if name not in evaluation.ladder.policy.judgements and now is not None and before is not None:
            found.append(Trend(name, now, (now - before) / OVER))
    return tuple(found)
