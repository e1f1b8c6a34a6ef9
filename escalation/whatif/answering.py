"""What is recommended in one week with each of many values of a number, to many regions at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from escalation.evaluation.step import Recommendation
from escalation.policy.model import Policy
from escalation.whatif.arrays.panel import panel
from escalation.whatif.arrays.paths import HOLD, UNDETERMINED, recommended_last
from escalation.whatif.arrays.trial import batches, side_by_side, trial, with_longest
from escalation.whatif.numbers import Number
from escalation.whatif.standpoint import Answer, Standpoint


def answers_with(
    number: Number, points: Sequence[Standpoint], values: Sequence[Sequence[float]]
) -> list[dict[float, Answer]]:
    """Give, for each standpoint, the answer with each of its values in the place of a number; of none there is none.

    All standpoints are of one policy, of the same data known on the same day, and of a region each.
    """
    by_week: dict[int, list[_Asked]] = {}
    for point, own in zip(points, values, strict=True):
        if own:
            by_week.setdefault(point.week, []).append(_Asked(point, own))
    found: dict[str, dict[float, Answer]] = {}
    for asked in by_week.values():
        found |= _found(number, asked)
    return [found.get(point.region, {}) for point in points]


class _Asked(NamedTuple):
    point: Standpoint
    values: Sequence[float]


def _found(number: Number, asked: Sequence[_Asked]) -> dict[str, dict[float, Answer]]:
    """Give the answers of one week by region."""
    first = asked[0].point
    values = [one.values for one in asked]
    grid = panel(
        with_longest(first.policy, {number.route: side_by_side(values)}),
        first.observations,
        regions=[one.point.region for one in asked],
        as_of=first.as_of,
        last=first.week,
    )
    record = {one.point.region: one.point.record for one in asked}
    found = {}
    for lanes in batches(grid, values):
        tried = trial(grid.only(lanes), {number.route: side_by_side([values[lane] for lane in lanes])})
        codes = recommended_last(tried.panel, record, parameters=tried.parameters, durations=tried.durations)
        size = max(len(values[lane]) for lane in lanes)
        every = np.broadcast_to(codes, (size, len(lanes)))
        for place, lane in enumerate(lanes):
            point, own = asked[lane]
            said = every[: len(own), place].tolist()
            present = [one.stage for one in point.record if one.since <= point.week][-1]
            found[point.region] = {
                value: answer_of(point.policy, present, code) for value, code in zip(own, said, strict=True)
            }
    return found


def answer_of(policy: Policy, present: str, code: int) -> Answer:
    """Give the answer that a code of `recommended_last` stands for, where a stage is in force at present."""
    if code in (HOLD, UNDETERMINED):
        return Answer(Recommendation.HOLD if code == HOLD else Recommendation.UNDETERMINED, None)
    return towards(policy, present, policy.moves[code].to)


def towards(policy: Policy, present: str, to: str) -> Answer:
    """Give the answer that recommends a stage, where another one is in force at present."""
    is_up = policy.ranks[to] > policy.ranks[present]
    return Answer(Recommendation.ESCALATE if is_up else Recommendation.RELAX, to)
