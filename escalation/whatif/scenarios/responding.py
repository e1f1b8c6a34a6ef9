"""How figures change where people respond to the stage in force, an assumption of the scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite, isnan, nan, prod
from typing import TYPE_CHECKING

from escalation.policy.metrics import Kind
from escalation.whatif.scenarios.edits import EDITED

if TYPE_CHECKING:
    from escalation.observations import Observation, Observations
    from escalation.policy.model import Policy
    from escalation.whatif.scenarios.adopting import Lift


def lifted(
    observations: Observations, policy: Policy, region: str, in_force: Mapping[int, str], lifts: Sequence[Lift]
) -> Observations:
    """Give data of one region with the response to the stages in force, by week (`Week.number`).

    The figures of a flow change by the percent of their week. The increase of a cumulative count since the figure
    before it changes by the mean of the weeks in between. Weeks that are not given, and the first figure, change
    nothing; where several lifts are of one week, one is applied to what the other gives.
    """
    series = dict(observations.series)
    for metric in dict.fromkeys(lift.metric for lift in lifts):
        factors = {
            week: prod(1 + lift.percent / 100 for lift in lifts if lift.metric == metric and stage in lift.stages)
            for week, stage in in_force.items()
        }
        found = series.get((region, metric), ())
        if policy.inputs[metric].kind is Kind.CUMULATIVE:
            extra = _extra(found, factors)
            series[region, metric] = tuple(_with(one, one.value + extra.get(one.week, 0.0)) for one in found)
        else:
            series[region, metric] = tuple(_with(one, one.value * factors.get(one.week, 1.0)) for one in found)
    return replace(observations, series=series)


def _extra(found: Sequence[Observation], factors: Mapping[int, float]) -> dict[int, float]:
    """Give for each week with a figure how many more there are by then than without a response."""
    newest = {one.week: one.value for one in found if not isnan(one.value)}
    extra: dict[int, float] = {}
    total, before = 0.0, None
    for week, value in newest.items():
        if before is not None:
            weeks = range(before + 1, week + 1)
            mean = sum(factors.get(one, 1.0) for one in weeks) / len(weeks)
            total += (mean - 1) * (value - newest[before])
        extra[week] = total
        before = week
    return extra


def _with(one: Observation, value: float) -> Observation:
    if value == one.value or isnan(one.value):
        return one
    return one._replace(value=value if isfinite(value) else nan, source=EDITED)
