"""What metrics were in the past weeks, and how fast they have moved of late."""

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


class Past(NamedTuple):
    """The values of a metric in the weeks from `first` (`Week.number`) to the one evaluated; none for want of data."""

    metric: str
    first: int
    values: tuple[float | None, ...]


def pasts(evaluation: Evaluation, weeks: int) -> tuple[Past, ...]:
    """Give the values of each metric, judgements left out, in so many weeks up to the one evaluated."""
    readings, first = evaluation.situation.readings, evaluation.week - weeks + 1
    policy = evaluation.ladder.policy
    return tuple(
        Past(name, first, tuple(readings.at(name, first + at).value for at in range(weeks)))
        for name in policy.metrics
        if name not in policy.judgements
    )


class Course(NamedTuple):
    """How the metrics of a region have moved: their trends, and their values in the past weeks where asked for."""

    trends: tuple[Trend, ...]
    pasts: tuple[Past, ...]


def course(evaluation: Evaluation, weeks: int) -> Course:
    """Give the trends, and the values of so many past weeks; of none where `weeks` is 0."""
    return Course(trends(evaluation), pasts(evaluation, weeks) if weeks else ())
