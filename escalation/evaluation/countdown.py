"""When a move that is not recommended could be, were its condition to hold from now on (SEMANTICS 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from escalation.evaluation.condition import Enough, Every, Nested, Part, Some
from escalation.evaluation.ladder import Exit, LegalGuard
from escalation.evaluation.step import Evaluation
from escalation.periods import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """The earliest week of a move: `weeks` from now, none for never.

    `streak`, `dwell` and `law` are its parts: weeks until the trigger has held long enough, until the stage has been
    in force long enough, and until the law allows the move.
    """

    weeks: int | None
    streak: int
    dwell: int
    law: int | None


def countdown(evaluation: Evaluation, exit_: Exit) -> Countdown:
    """Count the weeks until a move could be recommended, were its condition to hold from now on."""
    move = exit_.move
    streak = _weeks_until_met(evaluation, move.trigger)
    dwell = max(move.after - evaluation.dwell, 0)
    legal = [guard for guard in exit_.guards if isinstance(guard, LegalGuard)]
    if not legal:
        return Countdown(weeks=max(streak, dwell), streak=streak, dwell=dwell, law=0)
    now = Week(evaluation.ladder.policy.calendar, evaluation.week)
    law = _weeks_until_lawful(legal, now, 0)
    weeks = _weeks_until_lawful(legal, now, max(streak, dwell))
    return Countdown(weeks=weeks, streak=streak, dwell=dwell, law=law)


class Outlook(NamedTuple):
    """Weeks from now until something need no longer be unmet, and until it can be met."""

    open: int
    met: int


NEXT_WEEK = Outlook(1, 1)


def _weeks_until_met(evaluation: Evaluation, trigger: str) -> int:
    """Count the weeks until a trigger could be met, those that triggers below it must hold first included."""
    outlooks: dict[str, Outlook] = {}
    waiting = [trigger]
    while waiting:
        name = waiting[-1]
        below = [other for other in evaluation.ladder.below[name] if other not in outlooks]
        if below:
            waiting += below
        else:
            waiting.pop()
            outlooks[name] = _of_trigger(evaluation, name, outlooks)
    return outlooks[trigger].met


def _of_trigger(evaluation: Evaluation, name: str, below: Mapping[str, Outlook]) -> Outlook:
    """Carry the streak on: through weeks of an unmet condition, of an unknown one, and of one that is met."""
    trigger, streak = evaluation.ladder.policy.triggers[name], evaluation.streak(name)
    condition = _of_part(evaluation.ladder.conditions[name], below)
    least, most = (streak.least, streak.most) if condition.open <= 1 else (0, 0)
    unknown = condition.met - condition.open
    possible = None
    if unknown:
        if trigger.missing == "break":
            least = most = 0
        lacking = max(trigger.for_ - 1 - most, 0)
        if lacking == 0 or (trigger.missing == "unknown" and lacking < unknown):
            possible = condition.open + lacking
        if trigger.missing == "unknown":
            least, most = 0, most + unknown
    if possible is None:
        possible = condition.met + max(trigger.for_ - 1 - most, 0)
    if condition == NEXT_WEEK:
        return Outlook(possible, max(trigger.for_ - least, 0))
    return Outlook(possible, condition.met + max(trigger.for_ - 1 - least, 0))


def _of_part(part: Part, below: Mapping[str, Outlook]) -> Outlook:
    """Look at a condition: only triggers that it rests on make it wait; what must not hold may cease at once."""
    if isinstance(part, Nested):
        return Outlook(*(max(weeks, 1) for weeks in below[part.trigger]))
    if not isinstance(part, Every | Some | Enough):
        return NEXT_WEEK
    parts = [_of_part(inner, below) for inner in part.parts]
    enough = len(parts) if isinstance(part, Every) else 1 if isinstance(part, Some) else part.at_least
    return Outlook(sorted(one.open for one in parts)[enough - 1], sorted(one.met for one in parts)[enough - 1])


def _weeks_until_lawful(legal: list[LegalGuard], now: Week, earliest: int) -> int | None:
    """Find the first week, from the earliest on, that every legal guard allows: it is that one, or one opens in it."""
    opening = [Week.of(guard.opens, now.calendar) - now for guard in legal if guard.opens is not None]
    candidates = sorted(weeks for weeks in (earliest, *opening) if weeks >= earliest)
    days = ((weeks, (now + weeks).last_day) for weeks in candidates)
    return next((weeks for weeks, day in days if all(guard.allows(day) for guard in legal)), None)
