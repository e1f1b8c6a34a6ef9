"""What may become of regions in the weeks to come: many draws of the figures, one policy, counted week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.standing import Standing
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import counted
from escalation.whatif.arrays.laid import Counts, Inputs
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.wiring import Wiring, wired
from escalation.whatif.arrays.words import ALL, NONE, Words, packed, spread, unpacked
from escalation.whatif.coming import Coming, Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.philox import number, uniforms

Record = Mapping[str, tuple[StageInForce, ...]]
FOLLOWED = number("followed")
CELLS = 2_000_000
"""Regions x weeks x draws that are worked on at once: 16 MB for each metric."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlook:
    """What became of regions in `draws` draws, in the weeks from `first` on: numbers of draws, int64.

    `stage` [week, region, stage] counts the draws in which a stage was in force while the week was evaluated;
    `undetermined` [week, region] those in which the policy could not say; `entered` and `recommended`
    [week, region, stage] those in which a stage took effect, or was recommended, for the first time in that week.
    `changes` [region, number] counts by the number of changes, `weeks_in` [region, stage, number] by weeks in force.
    """

    first: Week
    regions: tuple[str, ...]
    stages: tuple[str, ...]
    draws: int
    stage: Counts
    undetermined: Counts
    entered: Counts
    recommended: Counts
    changes: Counts
    weeks_in: Counts

    @property
    def weeks(self) -> int:
        """How many weeks it looks ahead."""
        return len(self.stage)

    def within(self, counts: Counts) -> NDArray[np.float64]:
        """Give of `entered` or `recommended` the part of the draws up to each week, [week, region, stage]."""
        return np.cumsum(counts, axis=0) / self.draws

    def mean(self, numbers: Counts) -> NDArray[np.float64]:
        """Give the mean number of `changes` [region] or `weeks_in` [region, stage]."""
        found: NDArray[np.float64] = numbers @ np.arange(numbers.shape[-1]) / self.draws
        return found

    def quantile_weeks(self, counts: Counts, probability: float) -> NDArray[np.int64]:
        """Give of `entered` or `recommended` the first week by which it was so in a part of the draws, [region, stage].

        Weeks are counted from 0; -1 where it was so in fewer draws within the horizon.
        """
        reached = np.cumsum(counts, axis=0) >= probability * self.draws
        return np.where(reached.any(axis=0), reached.argmax(axis=0), -1)


class Setting(NamedTuple):
    """What all draws share."""

    wiring: Wiring
    start: Inputs
    due: dict[Key, Words]
    figures: Coming

    def inputs(self, course: Course, draws: Draws) -> Inputs:
        """Give the words of the circuit's inputs in the weeks to come."""
        return {**self.figures.inputs(self.wiring, draws), **self.due, **_followed(course, draws)}


def setting(course: Course) -> Setting:
    """Wire the policy, and find out where every region stands."""
    ladder = Ladder(course.policy)
    begun = course.begun(ladder)
    due = _due(course, begun)
    wiring = wired(ladder, course.adoption, is_steered=bool(due), horizon=course.weeks)
    return Setting(wiring, starting(ladder, begun), due, Coming(course))


def outlook(course: Course, draws: Draws, *, workers: int = 1) -> Outlook:
    """Run a policy over all draws of the figures to come, and count."""
    all_draws = setting(course)
    stages, size = len(course.policy.stages), len(course.regions)
    found: dict[Key, Counts] = {}
    numbers: dict[Key, Counts] = {}
    for lanes, part in _parts(draws, size * (course.weeks + all_draws.figures.back)):
        inputs = all_draws.inputs(course, part)
        ran = counted(all_draws.wiring, inputs, lanes=lanes, start=all_draws.start, workers=workers)
        found = {key: found.get(key, 0) + counts for key, counts in ran.weeks.items()}
        for key in (Key("changes"), *(Key("weeks", rank) for rank in range(stages))):
            numbers[key] = numbers.get(key, 0) + _histogram(ran.ended, key, course.weeks, (size, lanes))
    return Outlook(
        first=Week(course.policy.calendar, course.now + 1),
        regions=course.regions,
        stages=tuple(stage.name for stage in course.policy.stages),
        draws=draws.count,
        stage=_by_stage(found, "stage", stages),
        undetermined=found[Key("undetermined")],
        entered=_by_stage(found, "first", stages),
        recommended=_by_stage(found, "called", stages),
        changes=numbers[Key("changes")],
        weeks_in=np.stack([numbers[Key("weeks", rank)] for rank in range(stages)], axis=1),
    )


def _due(course: Course, standings: Sequence[Standing]) -> dict[Key, Words]:
    """Let decisions that are pending take effect in their week, words [week, region, 1]; nothing without any."""
    pending = [standing.pending for standing in standings]
    if not any(pending):
        return {}
    shape = (course.weeks, len(pending), 1)
    enter = np.zeros((len(course.policy.stages), *shape), dtype=bool)
    waiting = np.zeros(shape, dtype=bool)
    for lane, one in enumerate(pending):
        if one is not None:
            week = one.effective - course.now - 1
            waiting[:week, lane] = True
            if week < course.weeks:
                enter[course.policy.ranks[one.to], week, lane] = True
    found = {Key("enter", rank): spread(one) for rank, one in enumerate(enter)}
    return found | {
        Key("waiting"): spread(waiting),
        Key("fresh"): NONE.reshape(1, 1, 1),
        Key("active"): ALL.reshape(1, 1, 1),
    }


def _followed(course: Course, draws: Draws) -> dict[Key, Words]:
    """Say in which weeks and draws a recommendation is followed, where that is a matter of chance."""
    if course.adoption.probability >= 1:
        return {}
    weeks = range(course.now + 1, course.now + 1 + course.weeks)
    chances = [[chances_of(draws, region, week) for region in course.regions] for week in weeks]
    return {Key("accept"): packed(np.array(chances) < course.adoption.probability)}


def chances_of(draws: Draws, region: str, week: int) -> Floats:
    """Give for each draw the number, from 0 up to 1, that says whether people follow in a region and week."""
    scenario = np.arange(draws.first, draws.first + draws.count)
    found: Floats = uniforms(draws.seed, scenario=scenario, region=number(region), block=week, stream=FOLLOWED)[0]
    return found


def _by_stage(found: Mapping[Key, Counts], what: str, stages: int) -> Counts:
    return np.stack([found[Key(what, rank)] for rank in range(stages)], axis=-1)


def _parts(draws: Draws, cells: int) -> Iterator[tuple[int, Draws]]:
    """Cut draws into parts that fit into memory; the draws themselves do not depend on it."""
    most = max(CELLS // cells, 64)
    for first in range(0, draws.count, most):
        count = min(most, draws.count - first)
        yield count, Draws(seed=draws.seed, count=count, first=draws.first + first, together=draws.together)


def starting(ladder: Ladder, standings: Sequence[Standing]) -> Inputs:
    """Give the states of a circuit with which regions begin, words [region, 1]."""
    policy = ladder.policy
    numbers: dict[Key, list[int]] = {}
    longest = max([1, *(move.after for move in policy.moves)])
    for standing in standings:
        numbers.setdefault(Key("dwell"), []).append(min(standing.dwell + 1, longest))
        for rank, stage in enumerate(policy.stages):
            numbers.setdefault(Key("stage", rank), []).append(int(stage.name == standing.stage))
        for index, (trigger, streak) in enumerate(zip(policy.triggers.values(), standing.streaks, strict=True)):
            numbers.setdefault(Key("least", index), []).append(min(streak.least, trigger.for_ - 1))
            numbers.setdefault(Key("most", index), []).append(min(streak.most, trigger.for_ - 1))
    return {
        key._replace(digit=digit): spread((np.array(given) >> digit & 1).astype(bool)[:, np.newaxis])
        for key, given in numbers.items()
        for digit in range(max(given).bit_length())
    }


def _histogram(ended: Mapping[Key, Words], key: Key, weeks: int, size: tuple[int, int]) -> Counts:
    """Count the lanes of each region by a number that the circuit has kept, [region, number]."""
    regions, lanes = size
    held = np.zeros(size, dtype=np.int64)
    for digit in range(weeks.bit_length()):
        words = np.broadcast_to(ended[key._replace(digit=digit)], (regions, -(-lanes // 64)))
        held += unpacked(words, lanes).astype(np.int64) << digit
    return np.stack([np.bincount(one, minlength=weeks + 1) for one in held])
