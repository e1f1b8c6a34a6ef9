"""Many weeks of one region: what people do with the recommendations is an adoption rule (SEMANTICS, replay)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from escalation.errors import RequestError, UnlawfulMove
from escalation.evaluation.condition import Situation
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.standing import NONE, Pending, Standing, Streak, enter
from escalation.evaluation.step import Evaluation, count, is_adoptable, step
from escalation.observations.standings import StageInForce
from escalation.periods import week_text
from escalation.policy.model import Policy


class Adopt(StrEnum):
    """What people do with recommendations."""

    FOLLOW = "follow"
    RECORDED = "recorded"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The rule: `lag` weeks from recommendation to effect, and no stage above `up_to`, when following.

    `lags` gives the weeks of single moves by their names, instead of `lag`. With a `probability` below 1, the
    recommendation of a week is followed where `chance` of its region and week (`Week.number`), a number drawn from 0 up
    to 1, is below it; one that is not followed may come again in the next week.
    """

    adopt: Adopt = Adopt.FOLLOW
    lag: int = 0
    up_to: str | None = None
    lags: Mapping[str, int] = field(default_factory=dict, hash=False)
    probability: float = 1.0
    chance: Callable[[str, int], float] | None = field(default=None, compare=False)

    def lag_of(self, move: str) -> int:
        """Give the weeks from the recommendation of a move to its effect."""
        return self.lags.get(move, self.lag)


FOLLOW = Adoption()


class Outcome(NamedTuple):
    """One week of a replay: its evaluation, and the stage in force once the week's decision has taken effect.

    `unlawful` says that the stage on record was reached by no lawful move of the policy; `lapsed` names the stage of a
    decision that would have taken effect in this week, had the law allowed it then.
    """

    evaluation: Evaluation
    stage_after: str
    unlawful: bool = False
    lapsed: str | None = None


def stand(ladder: Ladder, readings: Readings, record: tuple[StageInForce, ...], week: int) -> Standing:
    """Give the standing before a week from the stages on record (ascending by week).

    Streaks are counted from the first week of the observations, what counts since entry as it was counted then. Raise
    RequestError where no stage is on record for the week.
    """
    begin = readings.span[0] if readings.span is not None and _latest(record, week) is not None else week
    streaks = counted((NONE,) * len(ladder.triggers), ladder, readings, record, range(begin, week))
    return standing_with(streaks, ladder, readings.region, record, week)


def counted(
    streaks: tuple[Streak, ...],
    ladder: Ladder,
    readings: Readings,
    record: tuple[StageInForce, ...],
    weeks: range,
) -> tuple[Streak, ...]:
    """Carry streaks on over some weeks, in each of which the stage on record was in force."""
    for week in weeks:
        then = _latest(record, week) or record[0]
        streaks = count(ladder, streaks, Situation(readings, week, week - then.since))
    return streaks


def standing_with(
    streaks: tuple[Streak, ...], ladder: Ladder, region: str, record: tuple[StageInForce, ...], week: int
) -> Standing:
    """Give the standing before a week, as `stand` does, where the streaks have been counted already."""
    present = _latest(record, week)
    if present is None:
        first = week_text(ladder.policy.calendar, record[0].since)
        message = f"no stage is on record for `{region}` before {first}"
        raise RequestError(message, help="give the stage that was in force before then, or ask about a later week")
    pending = _pending(ladder, record, present.stage, week)
    standing = Standing(stage=present.stage, dwell=week - 1 - present.since, streaks=streaks)
    if present.since == week:
        standing = enter(ladder.policy, standing, present.stage)._replace(dwell=-1)
    return standing._replace(pending=pending)


def _pending(ladder: Ladder, record: tuple[StageInForce, ...], stage: str, week: int) -> Pending | None:
    """Find the next stage on record that was decided by a week and takes effect in a later one."""
    for one in record:
        if one.since > week and one.decided is not None and one.decided <= week:
            move = next((exit_.move.name for exit_ in ladder.exits[stage] if exit_.move.to == one.stage), "")
            return Pending(move=move, to=one.stage, effective=one.since)
    return None


def _latest(record: tuple[StageInForce, ...], week: int) -> StageInForce | None:
    """Find the stage in force in a week; none before the first one on record."""
    index = bisect_right(record, week, key=lambda one: one.since)
    return record[index - 1] if index else None


def replay_region(
    ladder: Ladder,
    readings: Readings,
    standing: Standing,
    weeks: range,
    *,
    adoption: Adoption = FOLLOW,
    record: tuple[StageInForce, ...] = (),
) -> Iterator[Outcome]:
    """Evaluate a region week by week from the standing before the first one.

    A decision on record that is pending then takes effect in its week, whatever the adoption rule.
    """
    due = standing.pending.effective if standing.pending is not None else None
    is_recorded = adoption.adopt is Adopt.RECORDED
    recorded = {one.since: one.stage for one in record if is_recorded or one.since == due}
    for week in weeks:
        unlawful = False
        if (stage := recorded.get(week, standing.stage)) != standing.stage:
            unlawful = not _is_lawful(ladder, Situation(readings, week, standing.dwell + 1), standing.stage, stage)
            standing = enter(ladder.policy, standing, stage)._replace(dwell=-1)
        if is_recorded:
            standing = standing._replace(pending=_pending(ladder, record, standing.stage, week))
        evaluation = step(ladder, standing, readings, week)
        standing, lapsed = adopted(ladder, evaluation, adoption)
        yield Outcome(
            evaluation=evaluation,
            stage_after=recorded.get(week + 1, standing.stage),
            unlawful=unlawful,
            lapsed=lapsed,
        )


def adopted(ladder: Ladder, evaluation: Evaluation, adoption: Adoption) -> tuple[Standing, str | None]:
    """Give the standing after a week on which the rule has decided, and the stage of a decision that lapsed."""
    return _effected(ladder, evaluation, _decided(ladder, evaluation, adoption))


def _decided(ladder: Ladder, evaluation: Evaluation, adoption: Adoption) -> Standing:
    """Let the adoption rule decide on a recommendation; the decision waits to take effect where there is a lag."""
    standing = evaluation.standing
    if adoption.adopt is not Adopt.FOLLOW or not is_adoptable(evaluation):
        return standing
    if not _is_within(ladder.policy, evaluation, adoption) or not _is_followed(evaluation, adoption):
        return standing
    move = str(evaluation.move)
    to = ladder.fire(evaluation.stage, move, evaluation.situation)
    if adoption.lag_of(move) == 0:
        return enter(ladder.policy, standing, to)  # the law was asked just now
    return standing._replace(pending=Pending(move=move, to=to, effective=evaluation.week + adoption.lag_of(move)))


def _effected(ladder: Ladder, evaluation: Evaluation, standing: Standing) -> tuple[Standing, str | None]:
    """Let a decision take effect whose week has come; one that the law forbids by then lapses, and is named."""
    pending = standing.pending
    if pending is None or pending.effective > evaluation.week:
        return standing, None
    try:
        to = ladder.fire(standing.stage, pending.move, evaluation.situation, decided=True)
    except UnlawfulMove:
        return standing._replace(pending=None), pending.to
    return enter(ladder.policy, standing, to), None


def _is_within(policy: Policy, evaluation: Evaluation, adoption: Adoption) -> bool:
    return adoption.up_to is None or policy.ranks[str(evaluation.to)] <= policy.ranks[adoption.up_to]


def _is_followed(evaluation: Evaluation, adoption: Adoption) -> bool:
    """Say whether a recommendation is followed. Raise RequestError where chance decides, and none is given."""
    if adoption.probability >= 1:
        return True
    if adoption.chance is None:
        raise RequestError("whether a recommendation is followed is a matter of chance here, and no `chance` is given")
    return adoption.chance(evaluation.region, evaluation.week) < adoption.probability


def unlawful_changes(
    ladder: Ladder, readings: Readings, record: tuple[StageInForce, ...], *, until: int
) -> tuple[StageInForce, ...]:
    """Give the stages on record, up to a week, to which no move led that the law allowed then."""
    return tuple(
        one
        for before, one in pairwise(record)
        if one.since <= until
        and not _is_lawful(ladder, Situation(readings, one.since, one.since - before.since), before.stage, one.stage)
    )


def _is_lawful(ladder: Ladder, situation: Situation, origin: str, stage: str) -> bool:
    """Ask the machine whether a recorded change of stage is a move that the law allowed in that week."""
    for exit_ in ladder.exits[origin]:
        if exit_.move.to == stage:
            try:
                ladder.fire(origin, exit_.move.name, situation, decided=True)
            except UnlawfulMove:
                continue
            return True
    return False
