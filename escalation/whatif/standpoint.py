"""One region and week, asked again and again: with another policy, or with another figure in the data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import counted, stand, standing_with
from escalation.evaluation.standing import NONE, Streak
from escalation.evaluation.step import Evaluation, Recommendation, is_adoptable, step
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.policy.metrics import Bands
from escalation.policy.model import Policy


class Answer(NamedTuple):
    """What is recommended, and the stage it leads to; none where nothing is to be changed, or cannot be said."""

    recommendation: Recommendation
    to: str | None


def answer(evaluation: Evaluation) -> Answer:
    """Give the answer of an evaluation."""
    return Answer(evaluation.recommendation, evaluation.to if is_adoptable(evaluation) else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """A region and a week (`Week.number`) with the stages on record, as known on a day.

    Whatever is changed, the stage in force and its first week stay as they are on record, and streaks are counted anew
    from the first week of the data.
    """

    policy: Policy
    observations: Observations
    region: str
    week: int
    record: tuple[StageInForce, ...]
    as_of: date | None

    def readings(self, policy: Policy | None = None) -> Readings:
        """Read the data."""
        return Readings(policy or self.policy, self.observations, self.region, as_of=self.as_of)

    def evaluation(self, policy: Policy, readings: Readings) -> Evaluation:
        """Evaluate the week."""
        ladder = Ladder(policy)
        return step(ladder, stand(ladder, readings, self.record, self.week), readings, self.week)

    def with_policy(self, policy: Policy, readings: Readings) -> Answer:
        """Give the answer of another policy; figures of its metrics that do not differ are taken from `readings`."""
        is_other = any(isinstance(metric, Bands) for metric in policy.metrics.values())
        return answer(self.evaluation(policy, self.readings(policy) if is_other else readings))


class Figure:
    """The figure that stands for a metric in the week of a standpoint, and the answers with other values of it."""

    def __init__(self, point: Standpoint, name: str) -> None:
        self.point = point
        self._readings = point.readings()
        self._key = point.region, name
        self._held = self._readings.observed(name, point.week)
        self._settled: tuple[Ladder, int, tuple[Streak, ...]] | None = None

    def with_value(self, value: float) -> Standpoint:
        """Give the standpoint with another value of the figure."""
        series = dict(self.point.observations.series)
        series[self._key] = tuple(one._replace(value=value) if one is self._held else one for one in series[self._key])
        return replace(self.point, observations=replace(self.point.observations, series=series))

    def answer(self, value: float) -> Answer:
        """Give the answer with another value; streaks before the figure's week stay as they are, and are kept."""
        if self._settled is None:
            self._settled = self._before()
        ladder, week, streaks = self._settled
        point = self.with_value(value)
        readings = point.readings()
        streaks = counted(streaks, ladder, readings, point.record, range(week, point.week))
        standing = standing_with(streaks, ladder, point.region, point.record, point.week)
        return answer(step(ladder, standing, readings, point.week))

    def _before(self) -> tuple[Ladder, int, tuple[Streak, ...]]:
        """Count the streaks up to the week of the figure."""
        point, ladder, span = self.point, Ladder(self.point.policy), self._readings.span
        begin = span[0] if span is not None else point.week
        week = begin if self._held is None else max(begin, self._held.week)
        streaks = (NONE,) * len(ladder.triggers)
        return ladder, week, counted(streaks, ladder, self._readings, point.record, range(begin, week))
