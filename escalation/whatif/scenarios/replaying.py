"""The replay of a scenario in the reference engine, week by week, where what was known or done changes the data.

Each week is worked out from the first week of the data on, with all that is known of it and all that has happened by
then: it costs as much as all weeks before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from escalation.evaluation.condition import Situation
from escalation.evaluation.cost import check_cost
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import Record, stages_on_record, the_region
from escalation.evaluation.library import replay as replay_at_once
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome, adopted, replay_region, stand
from escalation.evaluation.standing import Pending, Standing, enter
from escalation.evaluation.step import Evaluation, count
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.periods import last_day_of
from escalation.policy.model import Policy
from escalation.whatif.scenarios.adopting import Lift
from escalation.whatif.scenarios.responding import lifted
from escalation.whatif.scenarios.scenario import Applied


def replay(
    found: Applied,
    *,
    regions: Sequence[str] | None = None,
    record: Record | None = None,
    chance: Callable[[str, int], float] | None = None,
) -> Iterator[Outcome]:
    """Replay a scenario that has been carried out: what the explanations and the fast engine are compared with.

    `chance` draws, by region and week (`Week.number`), a number from 0 up to 1 where the adoption rule has a
    probability. Raise RequestError where it has one and no chance is given, and as `evaluation.library.replay` does.
    """
    adoption = replace(found.adoption, chance=chance)
    if not found.is_as_known and not found.response:
        return replay_at_once(found.policy, found.observations, regions=regions, record=record, adoption=adoption)
    return replay_weekly(
        found.policy, found.observations, regions=regions, record=record, adoption=adoption, response=found.response,
        is_as_known=found.is_as_known,
    )  # fmt: skip


def replay_weekly(
    policy: Policy,
    observations: Observations,
    *,
    regions: Sequence[str] | None = None,
    record: Record | None = None,
    adoption: Adoption = FOLLOW,
    response: Sequence[Lift] = (),
    is_as_known: bool = True,
) -> Iterator[Outcome]:
    """Replay regions, each week on what was known by its last day, unless all figures are taken as known at once.

    A figure that is late by n weeks is absent in its own week, where an earlier one is carried if `max_age` allows it,
    and stands for that week in everything that is worked out n weeks later (SEMANTICS 2). Streaks are counted from the
    first week of the data on, also while nothing was known of it yet.

    With a `response` the figures of each week are those that the stages in force up to it make of them.
    """
    ladder = Ladder(policy)
    chosen = [the_region(observations, region) for region in (regions if regions is not None else observations.regions)]
    check_cost(policy, observations, chosen, last=None)
    for region in chosen:
        span = observations.span(region)
        if span is None:
            continue
        stages = stages_on_record(policy, record, region, since=span[0])
        weeks = range(max(span[0], stages[0].since), span[1] + 1)
        course = _Course(ladder, stages, weeks, adoption)
        for week in weeks:
            data = lifted(_alone(observations, region), policy, region, course.in_force(week), response)
            as_of = last_day_of(policy.calendar, week) if is_as_known else None
            yield course.go_on(Readings(policy, data, region, as_of=as_of), week)


def _alone(observations: Observations, region: str) -> Observations:
    series = {key: found for key, found in observations.series.items() if key[0] == region}
    return replace(observations, series=series)


class _Course:
    """What has happened in a region so far: the stages in force and entered, the decision that waits to take effect."""

    def __init__(self, ladder: Ladder, stages: tuple[StageInForce, ...], weeks: range, adoption: Adoption) -> None:
        self.ladder = ladder
        self.stages = stages
        self.weeks = weeks
        self.adoption = adoption
        self.entered: dict[int, str] = {}
        self.pending: Pending | None = None
        self.due: Pending | None = None
        self.past: dict[int, str] = {}
        self.present = stages[0].stage

    def in_force(self, week: int) -> dict[int, str]:
        """Give the stages in force in the weeks so far, and in one more week while it is evaluated."""
        if self.adoption.adopt is Adopt.RECORDED or not self.past:
            present = [one.stage for one in self.stages if one.since <= week][-1]
        elif self.due is not None and week == self.due.effective:
            present = self.due.to
        else:
            present = self.present
        return {**self.past, week: present}

    def go_on(self, readings: Readings, week: int) -> Outcome:
        """Evaluate the next week, and let the adoption rule decide."""
        begin, before, record = self._before(readings, week)
        *_, outcome = replay_region(
            self.ladder, readings, before, range(begin, week + 1), adoption=self.adoption, record=record
        )  # fmt: skip
        self._note(outcome.evaluation, adopted(self.ladder, outcome.evaluation, self.adoption)[0])
        return outcome

    def _note(self, evaluation: Evaluation, after: Standing) -> None:
        if after.stage != evaluation.stage:
            self.entered[evaluation.week] = after.stage
        self.past[evaluation.week] = evaluation.stage
        self.present, self.pending = after.stage, after.pending

    def _before(self, readings: Readings, week: int) -> tuple[int, Standing, tuple[StageInForce, ...]]:
        """Give the week to begin with and the standing before it, and the record as long as it decides anything.

        What follows from the data of the weeks before is worked out anew, what was decided in them is not.
        """
        if self.adoption.adopt is Adopt.RECORDED:
            begin = max(week - 1, self.weeks[0])  # a stage is seen to take effect from the week before
            return begin, stand(self.ladder, readings, self.stages, begin), self.stages
        standing = stand(self.ladder, readings, self.stages, self.weeks[0])
        self.due = standing.pending
        for earlier in range(self.weeks[0], week):
            if self.due is not None and earlier == self.due.effective:
                standing = enter(self.ladder.policy, standing, self.due.to)._replace(dwell=-1)
            situation = Situation(readings, earlier, standing.dwell + 1)
            streaks = count(self.ladder, standing.streaks, situation)
            standing = standing._replace(dwell=standing.dwell + 1, streaks=streaks)
            if earlier in self.entered:
                standing = enter(self.ladder.policy, standing, self.entered[earlier])
        is_due = self.due is not None and week <= self.due.effective
        pending = self.pending if self.past else self.due
        return week, standing._replace(pending=pending), self.stages if is_due else ()
