"""The standing of a region: stage, weeks in it, streaks, a decision that waits to take effect (SEMANTICS 1, 6, 10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from escalation.evaluation.reading import Gap
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict

if TYPE_CHECKING:
    from escalation.policy.model import Policy, Trigger


class Streak(NamedTuple):
    """Weeks in a row that a condition has held: the least and the most that it can be, capped at what is asked.

    `gaps` names, for each of the last weeks that may still count, what is wanting for the two to be one.
    """

    least: int = 0
    most: int = 0
    gaps: tuple[tuple[Gap, ...], ...] = ()


NONE = Streak()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A decision that has been taken and takes effect at the end of a later week (`Week.number`)."""

    move: str
    to: str
    effective: int


class Standing(NamedTuple):
    """Where a region stands after a week, before the next.

    `dwell` counts the weeks in the stage, 0 in the week in which it takes effect (-1: it takes effect in the coming
    week); `streaks` stand in the order of the policy's triggers.
    """

    stage: str
    dwell: int
    streaks: tuple[Streak, ...]
    pending: Pending | None = None


def enter(policy: Policy, standing: Standing, stage: str) -> Standing:
    """Put a stage into effect: its dwell is 0, and triggers counted since entry begin again."""
    streaks = tuple(
        NONE if trigger.since == "entry" else streak
        for trigger, streak in zip(policy.triggers.values(), standing.streaks, strict=True)
    )
    return standing._replace(stage=stage, dwell=0, streaks=streaks, pending=None)


def counted(previous: Streak, condition: Verdict, trigger: Trigger, gaps: tuple[Gap, ...]) -> Streak:
    """Carry a streak on by one week (SEMANTICS 6).

    Met: both counts grow. Unmet: both are 0. Unknown: `hold` leaves both, `break` ends both, `unknown` leaves open.
    """
    cap = trigger.for_
    if condition is MET:
        if previous.least == cap:
            return previous
        least, most = min(previous.least + 1, cap), min(previous.most + 1, cap)
        return Streak(least, most, _latest((*previous.gaps, ()), cap) if least < most else ())
    if condition is UNMET:
        return NONE
    if trigger.missing == "hold":
        return previous
    if trigger.missing == "break":
        return NONE
    return Streak(0, min(previous.most + 1, cap), _latest((*previous.gaps, gaps), cap))


def _latest(gaps: tuple[tuple[Gap, ...], ...], cap: int) -> tuple[tuple[Gap, ...], ...]:
    """Keep the weeks that can still be among the next `cap` in a row."""
    return gaps[len(gaps) - cap + 1 :] if len(gaps) >= cap else gaps


def judged(previous: Streak, streak: Streak, condition: Verdict, trigger: Trigger) -> Verdict:
    """Give a trigger's verdict (SEMANTICS 7): unmet where a met condition could not make the streak long enough."""
    most = previous.most + 1
    if condition is UNMET or most < trigger.for_:
        return UNMET
    if condition is MET and streak.least >= trigger.for_:
        return MET
    return UNKNOWN
