"""What waiting one week may change: the recommendation of the next week beside that of the latest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import stand, standing_with
from escalation.evaluation.standing import NONE, Pending
from escalation.evaluation.step import Recommendation, step
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.conditions import Comparison
from escalation.policy.thresholds import comparisons
from escalation.whatif.answering import answer_of, towards
from escalation.whatif.arrays.panel import panel
from escalation.whatif.arrays.paths import recommended_last
from escalation.whatif.coming import Course
from escalation.whatif.numbers import triggers_behind
from escalation.whatif.outlook import Outlook
from escalation.whatif.standing import MANY, on_record
from escalation.whatif.standpoint import Answer, answer

HOLD, UNDETERMINED = Answer(Recommendation.HOLD, None), Answer(Recommendation.UNDETERMINED, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What one week of waiting comes to in a region: nothing is adopted, and the figures of one more week are drawn.

    `present` is the answer in the latest week of the data, `week`; none where no stage was in force yet. `becomes` has
    the answers in the week behind it with the number of draws of each, the most frequent first. `stage` is in force in
    that week; `is_entered` says that it takes effect then by the record. A decision that is `pending` then waits on,
    and nothing else is recommended. `compared` names the metrics with figures to come that the moves in question
    compare.
    """

    region: str
    week: Week
    present: Answer | None
    becomes: tuple[tuple[Answer, int], ...]
    draws: int
    stage: str
    is_entered: bool = False
    pending: Pending | None = None
    compared: tuple[str, ...] = ()

    @property
    def next(self) -> Week:
        """The week that is waited for."""
        return self.week + 1

    @property
    def others(self) -> tuple[tuple[Answer, int], ...]:
        """The answers that are not the present one, with their numbers of draws."""
        return tuple((one, count) for one, count in self.becomes if one != self.present)

    @property
    def changed(self) -> int | None:
        """In how many draws the recommendation is another one; none where there is none at present."""
        return None if self.present is None else sum(count for _, count in self.others)


def waiting(course: Course, found: Outlook) -> tuple[Waiting, ...]:
    """Say of every region of a course what one week of waiting may change, from what an outlook of it has counted.

    Nothing adopted in the first week to come takes effect before its end, whatever people do with recommendations: what
    is recommended in that week is what they would see who wait.
    """
    ladder = Ladder(course.policy)
    return tuple(_waiting(ladder, course, found, *pair) for pair in enumerate(presents(course, ladder)))


def _waiting(ladder: Ladder, course: Course, found: Outlook, lane: int, present: Answer | None) -> Waiting:
    region, policy = course.regions[lane], course.policy
    streaks = (NONE,) * len(ladder.triggers)  # what is on record does not rest on them
    stages = course.record.get(region) or (StageInForce(stage=policy.stages[0].name, since=course.now),)
    standing = standing_with(streaks, ladder, region, stages, course.now + 1)
    counts = {
        towards(policy, standing.stage, stage.name): int(found.recommended[0, lane, rank])
        for rank, stage in enumerate(policy.stages)
    }
    counts[UNDETERMINED] = int(found.undetermined[0, lane])
    counts[HOLD] = found.draws - sum(counts.values())
    becomes = sorted(((one, count) for one, count in counts.items() if count), key=lambda pair: -pair[1])
    answers = [one for one, _ in becomes if one != present]
    return Waiting(
        region=region,
        week=Week(policy.calendar, course.now),
        present=present,
        becomes=tuple(becomes),
        draws=found.draws,
        stage=standing.stage,
        is_entered=standing.dwell < 0,
        pending=standing.pending,
        compared=tuple(_compared(ladder, course, standing.stage, answers if present is None else [present, *answers])),
    )


def _compared(ladder: Ladder, course: Course, stage: str, answers: Sequence[Answer]) -> Iterator[str]:
    """Name the metrics with figures to come that the moves to the stages of answers compare; of no stage, all moves."""
    goals = {one.to for one in answers} - {None}
    moves = [exit_.move for exit_ in ladder.exits[stage]]
    triggers = triggers_behind(ladder, [move for move in moves if move.to in goals] or moves)
    asked = {
        metric
        for route, metric, leaf in comparisons(course.policy)
        if isinstance(leaf, Comparison) and str(route[1]) in triggers
    }
    for name in course.policy.metrics:
        if name in asked and not course.forecasts.keys().isdisjoint(course.policy.inputs_of(name)):
            yield name


def presents(course: Course, ladder: Ladder) -> list[Answer | None]:
    """Give the answer of every region in the latest week of the data; none where no stage was in force by then."""
    if len(course.regions) < MANY:
        return [_present(course, ladder, region) for region in course.regions]
    return presents_at_once(course)


def _present(course: Course, ladder: Ladder, region: str) -> Answer | None:
    readings = Readings(course.policy, course.observations, region)
    begin, _ = readings.span or (course.now, course.now)
    stages = course.record.get(region) or (StageInForce(stage=course.policy.stages[0].name, since=begin),)
    try:
        standing = stand(ladder, readings, stages, course.now)
    except RequestError:
        return None
    return answer(step(ladder, standing, readings, course.now))


def presents_at_once(course: Course) -> list[Answer | None]:
    """Give the answers of many regions together."""
    grid = panel(course.policy, course.observations, regions=course.regions, last=course.now)
    record = on_record(course, grid)
    found: list[Answer | None] = []
    for region, code in zip(course.regions, recommended_last(grid, record).tolist(), strict=True):
        known = [one.stage for one in record[region] if one.since <= course.now]
        found.append(answer_of(course.policy, known[-1], code) if known else None)
    return found
