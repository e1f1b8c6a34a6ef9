"""What waiting one week may change: the recommendation of the next week beside that of the latest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import stages_on_record
from escalation.evaluation.readings import Known, Readings
from escalation.evaluation.replay import stand, standing_with
from escalation.evaluation.standing import NONE, Pending
from escalation.evaluation.step import Recommendation, step
from escalation.periods import Week
from escalation.policy.conditions import Comparison
from escalation.policy.model import Move
from escalation.policy.thresholds import comparisons
from escalation.whatif.answering import answer_of, towards
from escalation.whatif.arrays.panel import panel
from escalation.whatif.arrays.paths import recommended_last
from escalation.whatif.asking import judged_in
from escalation.whatif.coming import Course
from escalation.whatif.numbers import triggers_behind
from escalation.whatif.outlook import Outlook
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.standing import MANY, on_record
from escalation.whatif.standpoint import Answer, answer

HOLD, UNDETERMINED = Answer(Recommendation.HOLD, None), Answer(Recommendation.UNDETERMINED, None)


class Judged(NamedTuple):
    """A judgement that is another one in the next week than in the latest: yes, no, or none where none holds."""

    name: str
    now: bool | None
    then: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What one week of waiting comes to in a region: nothing is adopted, and the figures of one more week are drawn.

    `present` is the answer in the latest week of the data, `week`; none where no stage was in force yet. `becomes` has
    the answers in the week behind it with the number of draws of each, the most frequent first. `stage` is in force in
    that week; `is_entered` says that it takes effect then by the record. A decision that is `pending` then waits on,
    and nothing else is recommended. `compared` names the metrics with figures to come that the moves in question
    compare, `judged` the judgements on which they rest and that change whatever the figures.
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
    judged: tuple[Judged, ...] = ()

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
    stages = stages_on_record(policy, course.record, region, since=course.now)
    standing = standing_with(streaks, ladder, region, stages, course.now + 1)
    counts = {
        towards(policy, standing.stage, stage.name): int(found.recommended[0, lane, rank])
        for rank, stage in enumerate(policy.stages)
    }
    counts[UNDETERMINED] = int(found.undetermined[0, lane])
    counts[HOLD] = found.draws - sum(counts.values())
    becomes = sorted(((one, count) for one, count in counts.items() if count), key=lambda pair: -pair[1])
    answers = [one for one, _ in becomes if one != present]
    moves = _in_question(ladder, standing.stage, answers if present is None else [present, *answers])
    return Waiting(
        region=region,
        week=Week(policy.calendar, course.now),
        present=present,
        becomes=tuple(becomes),
        draws=found.draws,
        stage=standing.stage,
        is_entered=standing.dwell < 0,
        pending=standing.pending,
        compared=tuple(_compared(ladder, course, moves)),
        judged=tuple(_judged(ladder, course, region, moves)),
    )


def _in_question(ladder: Ladder, stage: str, answers: Sequence[Answer]) -> list[Move]:
    """Give the moves to the stages of answers; of no stage, all moves out of the one in force."""
    goals = {one.to for one in answers} - {None}
    moves = [exit_.move for exit_ in ladder.exits[stage]]
    return [move for move in moves if move.to in goals] or moves


def _compared(ladder: Ladder, course: Course, moves: Sequence[Move]) -> Iterator[str]:
    """Name the metrics with figures to come that moves compare."""
    triggers = triggers_behind(ladder, moves)
    asked = {
        metric
        for route, metric, leaf in comparisons(course.policy)
        if isinstance(leaf, Comparison) and str(route[1]) in triggers
    }
    for name in course.policy.metrics:
        if name in asked and not course.forecasts.keys().isdisjoint(course.policy.inputs_of(name)):
            yield name


def _judged(ladder: Ladder, course: Course, region: str, moves: Sequence[Move]) -> Iterator[Judged]:
    """Give the judgements on which moves rest that are another one in the next week."""
    triggers = triggers_behind(ladder, moves)
    asked = {leaf.judgement for name in triggers for leaf in judged_in(course.policy.triggers[name])}
    asked |= {name for move in moves for name in move.requires or ()}
    for name in (name for name in course.policy.judgements if name in asked):
        on_record = (one for one in course.observations.known(region, name) if one.week <= course.now)
        known = Known(name, course.policy.inputs[name], on_record)
        now, kept = (known.at(week).value for week in (course.now, course.now + 1))
        then = _supposed(course, region, name, kept)
        if then != now:
            yield Judged(name, now=_yes(now), then=_yes(then))


def _yes(value: float | None) -> bool | None:
    return None if value is None else bool(value)


def _supposed(course: Course, region: str, name: str, kept: float | None) -> float | None:
    """Give what is supposed of a judgement in the next week, of which `kept` is on record."""
    found = course.assumed.get(name, kept)
    for edit in course.ahead:
        if name in edit.metrics and edit.covers(course.now + 1) and region in (edit.regions or (region,)):
            if edit.alters is Alters.REVISE:
                found = edit.amount
            elif edit.alters is Alters.MISSING:
                found = kept
    return found


def presents(course: Course, ladder: Ladder) -> list[Answer | None]:
    """Give the answer of every region in the latest week of the data; none where no stage was in force by then."""
    if len(course.regions) < MANY:
        return [_present(course, ladder, region) for region in course.regions]
    return presents_at_once(course)


def _present(course: Course, ladder: Ladder, region: str) -> Answer | None:
    readings = Readings(course.policy, course.observations, region)
    begin, _ = readings.span or (course.now, course.now)
    stages = stages_on_record(course.policy, course.record, region, since=begin)
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
