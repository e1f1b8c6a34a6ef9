"""When a move that is not recommended could be, were its condition to hold from now on (SEMANTICS 11)."""

from __future__ import annotations

from dataclasses import dataclass

from escalation.evaluation.ladder import Exit, Guard, InForce, NotLocked
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
    policy = evaluation.ladder.policy
    names = list(policy.triggers)
    trigger = policy.triggers[exit_.move.trigger]
    held = evaluation.standing.streaks[names.index(exit_.move.trigger)].least
    streak = max(trigger.for_ - held, 0)
    dwell = max(exit_.move.after - evaluation.dwell, 0)
    legal = [guard for guard in exit_.guards if guard.is_legal]
    if not legal:
        return Countdown(weeks=max(streak, dwell), streak=streak, dwell=dwell, law=0)
    now = Week(policy.calendar, evaluation.week)
    law = _weeks_until_lawful(legal, now, 0)
    weeks = _weeks_until_lawful(legal, now, max(streak, dwell))
    return Countdown(weeks=weeks, streak=streak, dwell=dwell, law=law)


def _weeks_until_lawful(legal: list[Guard], now: Week, earliest: int) -> int | None:
    """Find the first week, from the earliest on, that every legal guard allows: only their ends can be such weeks."""
    candidates = [earliest]
    for guard in legal:
        if isinstance(guard, InForce) and guard.valid.from_ is not None:
            candidates.append(Week.of(guard.valid.from_, now.calendar) - now)
        if isinstance(guard, NotLocked) and guard.lock.until is not None:
            candidates += [
                Week.of(guard.lock.until, now.calendar) - now,
                Week.of(guard.lock.until, now.calendar) - now + 1,
            ]
    lawful = [weeks for weeks in sorted(candidates) if weeks >= earliest and _is_lawful(legal, now + weeks)]
    return lawful[0] if lawful else None


def _is_lawful(legal: list[Guard], week: Week) -> bool:
    day = week.last_day
    for guard in legal:
        if isinstance(guard, InForce) and not guard.valid.covers(day):
            return False
        if isinstance(guard, NotLocked) and guard.lock.covers(day):
            return False
    return True
