"""Where the regions of a course stand before the weeks to come; of many the array engine counts the streaks."""

from __future__ import annotations

import numpy as np

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import Record, stages_on_record
from escalation.evaluation.replay import Adopt, Adoption, standing_with
from escalation.evaluation.standing import Standing, Streak
from escalation.periods import Week
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import run
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Panel, panel
from escalation.whatif.arrays.paths import asked
from escalation.whatif.arrays.words import unpacked
from escalation.whatif.coming import Course

MANY = 16
"""Regions from which the array engine is the faster one."""


def standings(course: Course, ladder: Ladder) -> list[Standing]:
    """Give the standing of every region before the first week to come; streaks may stop one short of what is asked."""
    return course.begun(ladder) if len(course.regions) < MANY else at_once(course, ladder)


def at_once(course: Course, ladder: Ladder) -> list[Standing]:
    """Give the standings of all regions, each streak up to one week less than its trigger asks."""
    grid = panel(course.policy, course.observations, regions=course.regions, last=course.now)
    record = on_record(course, grid)
    least, most = _counted(grid, record)
    return [
        standing_with(
            tuple(Streak(int(low), int(high)) for low, high in zip(least[:, lane], most[:, lane], strict=True)),
            ladder,
            region,
            record[region],
            course.now + 1,
        )
        for lane, region in enumerate(course.regions)
    ]


def on_record(course: Course, grid: Panel) -> Record:
    """Give the stages on record of every region; where there are none the first one, since its data begin."""
    return {
        region: stages_on_record(course.policy, course.record, region, since=grid.first + int(begin))
        for region, begin in zip(grid.regions, grid.begins, strict=True)
    }


def _counted(grid: Panel, record: Record) -> tuple[Counts, Counts]:
    """Count the streaks of all triggers up to the end of the grid, least and most, [trigger, region]."""
    lanes = len(grid.regions)
    least, most = np.zeros((2, len(grid.policy.triggers), lanes), dtype=np.int64)
    if all(trigger.for_ == 1 for trigger in grid.policy.triggers.values()):
        return least, most
    last = Week(grid.policy.calendar, grid.first + grid.weeks - 1)
    made = asked(grid, Adoption(adopt=Adopt.RECORDED), record, weeks=(last, last))
    kept = [key for key in made.wiring.circuit.states if key.what in {"least", "most"}]
    ended = run(made.wiring.only([], kept), made.inputs).ended
    for index, trigger in enumerate(grid.policy.triggers.values()):
        for digit in range((trigger.for_ - 1).bit_length()):
            low = unpacked(ended[Key("least", index, digit)], lanes)
            high = unpacked(ended[key], lanes) if (key := Key("most", index, digit)) in ended else low
            least[index] += low.astype(np.int64) << digit
            most[index] += high.astype(np.int64) << digit
    return least, most
