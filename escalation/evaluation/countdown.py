"""When a move that is not recommended could be, were its condition to hold from now on (SEMANTICS 11)."""

from __future__ import annotations

from dataclasses import dataclass

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


def _weeks_until_met(evaluation: Evaluation, trigger: str) -> int:
    """Count the weeks until a trigger could be met, those that triggers below it must hold first included."""
    lacking = max(evaluation.ladder.policy.triggers[trigger].for_ - evaluation.streak(trigger).least, 0)
    begin = _weeks_until_held(evaluation, evaluation.ladder.conditions[trigger])
    return lacking if begin <= 1 else begin + evaluation.ladder.policy.triggers[trigger].for_ - 1


def _weeks_until_held(evaluation: Evaluation, part: Part) -> int:
    """Count the weeks until a condition could hold; only triggers that it rests on make it wait."""
    match part:
        case Nested(trigger=name):
            return _weeks_until_met(evaluation, name)
        case Every():
            return max(_weeks_until_held(evaluation, inner) for inner in part.parts)
        case Some():
            return min(_weeks_until_held(evaluation, inner) for inner in part.parts)
        case Enough(at_least=quorum):
            return sorted(_weeks_until_held(evaluation, inner) for inner in part.parts)[quorum - 1]
        case _:
            return 0


def _weeks_until_lawful(legal: list[LegalGuard], now: Week, earliest: int) -> int | None:
    """Find the first week, from the earliest on, that every legal guard allows: it is that one, or one opens in it."""
    opening = [Week.of(guard.opens, now.calendar) - now for guard in legal if guard.opens is not None]
    candidates = sorted(weeks for weeks in (earliest, *opening) if weeks >= earliest)
    days = ((weeks, (now + weeks).last_day) for weeks in candidates)
    return next((weeks for weeks, day in days if all(guard.allows(day) for guard in legal)), None)
