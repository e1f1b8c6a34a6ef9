"""A replay in which each week is evaluated on what was known by its end, as an office does that does so weekly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from escalation.evaluation.condition import Situation
from escalation.evaluation.cost import check_cost
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import Record, the_region
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome, adopted, replay_region, stand
from escalation.evaluation.standing import Pending, Standing, enter
from escalation.evaluation.step import Evaluation, count
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.periods import last_day_of
from escalation.policy.model import Policy


def replay_as_known(
    policy: Policy,
    observations: Observations,
    *,
    regions: Sequence[str] | None = None,
    record: Record | None = None,
    adoption: Adoption = FOLLOW,
) -> Iterator[Outcome]:
    """Replay regions, each week as of its last day; streaks are counted anew in each week, on what is known by then.

    A figure that is late by n weeks is absent in its own week, where an earlier one is carried if `max_age` allows it,
    and stands for that week in everything that is worked out n weeks later (SEMANTICS 2). `evaluation.replay` takes
    all figures as known at once. Each week costs as much as all weeks before it. Streaks are counted from the first
    week of the data on, also while nothing was known of it yet.

    The stages in force are those of the adoption rule, from the stage on record for the first week on; a record is
    followed where the rule says so.
    """
    ladder = Ladder(policy)
    chosen = [the_region(observations, region) for region in (regions if regions is not None else observations.regions)]
    check_cost(policy, observations, chosen, last=None)
    for region in chosen:
        span = observations.span(region)
        if span is not None:
            stages = (record or {}).get(region) or (StageInForce(stage=policy.stages[0].name, since=span[0]),)
            weeks = range(max(span[0], stages[0].since), span[1] + 1)
            yield from _region(ladder, observations, region, weeks, stages=stages, adoption=adoption)


def _region(
    ladder: Ladder,
    observations: Observations,
    region: str,
    weeks: range,
    *,
    stages: tuple[StageInForce, ...],
    adoption: Adoption,
) -> Iterator[Outcome]:
    course = _Course(stages)
    for week in weeks:
        readings = Readings(ladder.policy, observations, region, as_of=last_day_of(ladder.policy.calendar, week))
        if adoption.adopt is Adopt.RECORDED:
            begin = max(week - 1, weeks[0])  # a stage is seen to take effect from the week before
            before, record = stand(ladder, readings, stages, begin), stages
        else:
            begin = week
            before, record = course.before(ladder, readings, range(weeks[0], week + 1))
        *_, outcome = replay_region(
            ladder, readings, before, range(begin, week + 1), adoption=adoption, record=record
        )  # fmt: skip
        after, _ = adopted(ladder, outcome.evaluation, adoption)
        course.go_on(outcome.evaluation, after)
        yield outcome


class _Course:
    """What has happened in a region so far: the stages entered, and the decision that waits to take effect."""

    def __init__(self, stages: tuple[StageInForce, ...]) -> None:
        self.stages = stages
        self.entered: dict[int, str] = {}
        self.pending: Pending | None = None

    def go_on(self, evaluation: Evaluation, after: Standing) -> None:
        """Take in the standing after a week."""
        if after.stage != evaluation.stage:
            self.entered[evaluation.week] = after.stage
        self.pending = after.pending

    def before(self, ladder: Ladder, readings: Readings, weeks: range) -> tuple[Standing, tuple[StageInForce, ...]]:
        """Give the standing before the last of some weeks, those before it counted anew on what is known now.

        Beside it stands the record, as long as a decision on it waits to take effect.
        """
        *earlier, present = weeks
        standing = stand(ladder, readings, self.stages, weeks[0])
        due = standing.pending
        for week in earlier:
            if due is not None and week == due.effective:
                standing = enter(ladder.policy, standing, due.to)._replace(dwell=-1)
            situation = Situation(readings, week, standing.dwell + 1)
            standing = standing._replace(dwell=standing.dwell + 1, streaks=count(ladder, standing.streaks, situation))
            if week in self.entered:
                standing = enter(ladder.policy, standing, self.entered[week])
        is_due = due is not None and present <= due.effective
        return standing._replace(pending=self.pending if earlier else due), self.stages if is_due else ()
