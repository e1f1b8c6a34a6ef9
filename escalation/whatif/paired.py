"""Two courses on the same draws: in how many one recommends a stage and the other does not, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from escalation.errors import RequestError
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import run
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Bools, Floats
from escalation.whatif.arrays.words import unpacked, words_for
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.picking import Picking
from escalation.whatif.forecasts.sample import Sample, every, sample
from escalation.whatif.intervals import newcombe
from escalation.whatif.outlook import CELLS, Outlook
from escalation.whatif.setting import Setting, setting

MOST_REGIONS = 12
"""So many regions are compared beside their outlooks: each is run again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paired:
    """Numbers of draws, int64 [region, outcome]: those in which each stage is recommended by the horizon.

    The outcome behind the stages is that the policy cannot say in some week. `before` in the first course, `more` only
    in the second, `less` only in the first; of `draws` draws.
    """

    regions: tuple[str, ...]
    stages: tuple[str, ...]
    draws: int
    before: Counts
    more: Counts
    less: Counts

    @property
    def difference(self) -> Floats:
        """How much more probable the second course makes it, [region, outcome], from -1 to 1."""
        found: Floats = (self.more - self.less) / self.draws
        return found

    @property
    def interval(self) -> tuple[Floats, Floats]:
        """The ends of the 95 % interval of the difference: what more draws would narrow."""
        return newcombe(self.before - self.less, self.less, self.more, self.draws)


def paired(first: Course, second: Course, draws: Draws) -> Paired:
    """Run two courses on the same draws. Raise RequestError where their regions, stages or weeks differ."""
    stages = tuple(stage.name for stage in first.policy.stages)
    for name in ("regions", "now", "weeks"):
        if getattr(first, name) != getattr(second, name):
            raise RequestError(f"courses whose {name} differ cannot be compared", help="ask both about the same weeks")
    if stages != tuple(stage.name for stage in second.policy.stages):
        raise RequestError("policies of different stages cannot be compared", help="amend numbers, not the ladder")
    settings = [setting(course) for course in (first, second)]
    before, more, less = (np.zeros((len(first.regions), len(stages) + 1), dtype=np.int64) for _ in range(3))
    most = max(CELLS // (first.weeks + max(one.figures.back for one in settings)), 64)
    for lane, region in enumerate(first.regions):
        alone = [one.of(slice(lane, lane + 1)) for one in settings]
        whole = _sample((first, second), region, draws)
        for begin in range(0, len(whole.weights), most):
            part = whole.cut(begin, min(begin + most, len(whole.weights)))
            one, other = (_called(each, part.draws, len(stages)) for each in alone)
            before[lane] += one @ part.weights
            more[lane] += (other & ~one) @ part.weights
            less[lane] += (one & ~other) @ part.weights
    return Paired(regions=first.regions, stages=stages, draws=draws.count, before=before, more=more, less=less)


def alike(one: Outlook, other: Outlook, counts: str, lanes: Sequence[int]) -> bool:
    """Say whether counts of two outlooks, by their name, are the same in every week of some regions."""
    return np.array_equal(getattr(one, counts)[:, lanes], getattr(other, counts)[:, lanes])


def _sample(courses: Sequence[Course], region: str, draws: Draws) -> Sample:
    """Give draws that stand for all those that come to the same in every course."""
    pickings: list[Picking] = []
    for course in courses:
        if course.adoption.probability < 1:
            return every(draws)
        for forecasting in course.forecasts.values():
            picking = forecasting.picking(region)
            if picking is None:
                return every(draws)
            if not any(picking.is_like(one) for one in pickings):
                pickings.append(picking)
    return sample(pickings, draws)


def _called(alone: Setting, draws: Draws, stages: int) -> Bools:
    """Say of one region where each stage is recommended at all, and where some week cannot be told, [outcome, draw]."""
    ran = run(alone.wiring, alone.inputs([draws]), start=alone.start)
    shape = (1, words_for(draws.count))
    held = [ran.ended[Key("called", rank)] for rank in range(stages)]
    held.append(np.bitwise_or.reduce(ran.weeks[Key("undetermined")], axis=0))
    return np.stack([unpacked(np.broadcast_to(one, shape), draws.count)[0] for one in held])
