"""One region and week, asked again and again: with another policy, or with another figure in the data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import stand
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

    def with_figure(self, name: str, value: float) -> Standpoint:
        """Give the standpoint with another value of the figure that stands for a metric in the week."""
        series = dict(self.observations.series)
        held = self.readings().observed(name, self.week)
        key = self.region, name
        series[key] = tuple(one._replace(value=value) if one is held else one for one in series[key])
        return replace(self, observations=replace(self.observations, series=series))

    def answer(self) -> Answer:
        """Give the answer as it is."""
        return answer(self.evaluation(self.policy, self.readings()))
