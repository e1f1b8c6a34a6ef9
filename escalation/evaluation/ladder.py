"""The ladder of a policy as one `transitions` machine: the only description of the moves that are lawful.

Every guard of a move is an object that gives a verdict on a situation; the machine's conditions are these guards. The
engine evaluates all of them itself, and the machine has the last word whenever a stage changes.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from transitions import EventData, Machine

from escalation.errors import UnlawfulMove
from escalation.evaluation.condition import Part, Situation, answer, ready
from escalation.evaluation.truth import MET, Verdict, verdict_of
from escalation.policy.conditions import Condition, TriggerLeaf, walk
from escalation.policy.model import Lock, Move, Policy, Trigger, Validity

logging.getLogger("transitions").setLevel(logging.WARNING)


class Guard(ABC):
    """What must be met for a move to be recommended; the legal ones bind people's decisions too.

    The machine calls a guard as a condition, with the situation that comes with the event; a move that people have
    decided is not asked about its other guards.
    """

    __slots__ = ()

    @abstractmethod
    def verdict(self, situation: Situation) -> Verdict:
        """Give the verdict of the guard."""

    def __call__(self, event: EventData) -> bool:
        """Answer the machine, which compares with `True`: no verdict but `met` lets a move pass."""
        if event.kwargs["decided"] and not isinstance(self, LegalGuard):
            return True
        return self.verdict(event.kwargs["situation"]) is MET


class LegalGuard(Guard):
    """A guard that the law sets, whatever the data say: it allows a move on some days."""

    __slots__ = ()

    @abstractmethod
    def allows(self, day: date) -> bool:
        """Say whether the law allows the move on a day."""

    @property
    @abstractmethod
    def opens(self) -> date | None:
        """The day from which a law that does not yet allow the move does; none where it never will."""

    def verdict(self, situation: Situation) -> Verdict:
        """Look at the last day of the week."""
        return verdict_of(holds=self.allows(situation.day))


@dataclass(frozen=True, slots=True)
class InForce(LegalGuard):
    """The move is in force this week."""

    valid: Validity

    def allows(self, day: date) -> bool:
        """Ask for the days on which the move is in force."""
        return self.valid.covers(day)

    @property
    def opens(self) -> date | None:
        """The first day in force."""
        return self.valid.from_


@dataclass(frozen=True, slots=True)
class NotLocked(LegalGuard):
    """A lock that could forbid the move is not in force this week."""

    lock: Lock

    def allows(self, day: date) -> bool:
        """Ask for the days on which the lock is not in force."""
        return not self.lock.covers(day)

    @property
    def opens(self) -> date | None:
        """The day after the lock's last."""
        return self.lock.until + timedelta(days=1) if self.lock.until is not None else None


@dataclass(frozen=True, slots=True)
class LongEnough(Guard):
    """The stage has been in force for so many weeks."""

    weeks: int

    def verdict(self, situation: Situation) -> Verdict:
        """Look at the weeks in the stage."""
        return verdict_of(holds=situation.dwell >= self.weeks)


@dataclass(frozen=True, slots=True)
class Triggered(Guard):
    """The trigger is met."""

    trigger: str

    def verdict(self, situation: Situation) -> Verdict:
        """Look at the trigger's verdict of this week."""
        return situation.triggers[self.trigger]


@dataclass(frozen=True, slots=True)
class Judged(Guard):
    """The judgement is yes."""

    judgement: str

    def verdict(self, situation: Situation) -> Verdict:
        """Look at the judgement on record."""
        return answer(self.judgement, situation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A move out of a stage, with its guards in the order in which they are reported."""

    move: Move
    origin: str
    escalates: bool
    guards: tuple[Guard, ...]


@dataclass(slots=True)
class Cursor:
    """What the machine drives: anything with a state."""

    state: str


class Ladder:
    """A policy with its machine, the moves out of each stage, and its triggers in the order of dependency."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.machine = _machine(policy)
        self.exits: Mapping[str, tuple[Exit, ...]] = {
            stage.name: tuple(
                _exit(policy, move, stage.name, self.machine)
                for move in policy.moves
                if stage.name in policy.origins(move)
            )
            for stage in policy.stages
        }
        self.conditions: Mapping[str, Part] = {
            name: ready(policy, trigger.when, ("triggers", name, "when")) for name, trigger in policy.triggers.items()
        }
        self.below: Mapping[str, tuple[str, ...]] = {
            name: _named_in(trigger.when) for name, trigger in policy.triggers.items()
        }
        self.places: Mapping[str, int] = {name: place for place, name in enumerate(policy.triggers)}
        self.triggers: tuple[tuple[int, str, Trigger, Part], ...] = tuple(
            (index, name, trigger, self.conditions[name]) for index, name, trigger in _in_order(policy, self.below)
        )

    def fire(self, stage: str, move: str, situation: Situation, *, decided: bool = False) -> str:
        """Let the machine make a move and give the new stage. Raise UnlawfulMove where a guard is not met.

        A move that people have decided is bound by the law only (`valid` and locks), not by data.
        """
        event = self.machine.events.get(move)
        if event is None or stage not in event.transitions:
            raise UnlawfulMove(f"no move `{move}` leads out of `{stage}`")
        cursor = Cursor(stage)
        if not event.trigger(cursor, situation=situation, decided=decided):
            raise UnlawfulMove(f"the move `{move}` out of `{stage}` is not lawful now: a guard is not met")
        return cursor.state


def _machine(policy: Policy) -> Machine:
    machine = Machine(
        model=None,
        states=[stage.name for stage in policy.stages],
        initial=policy.stages[0].name,
        auto_transitions=False,
        send_event=True,
        queued=False,
    )
    for move in policy.moves:
        for origin in policy.origins(move):
            guards = _guards(policy, move, escalates=policy.ranks[move.to] > policy.ranks[origin])
            machine.add_transition(move.name, origin, move.to, conditions=[*guards])
    return machine


def _guards(policy: Policy, move: Move, *, escalates: bool) -> list[Guard]:
    guards: list[Guard] = []
    if move.valid is not None:
        guards.append(InForce(move.valid))
    guards += [NotLocked(lock) for lock in policy.locks if _forbids(policy, lock, move, escalates=escalates)]
    if move.after:
        guards.append(LongEnough(move.after))
    guards.append(Triggered(move.trigger))
    guards += [Judged(judgement) for judgement in move.requires or ()]
    return guards


def _forbids(policy: Policy, lock: Lock, move: Move, *, escalates: bool) -> bool:
    """Say whether a lock stands against a move: one may not relax below a floor, nor escalate above a ceiling."""
    if lock.not_below is not None:
        return not escalates and policy.ranks[move.to] < policy.ranks[lock.not_below]
    return escalates and policy.ranks[move.to] > policy.ranks[str(lock.not_above)]


def _exit(policy: Policy, move: Move, origin: str, machine: Machine) -> Exit:
    transition = machine.get_transitions(move.name, origin, move.to)[0]
    return Exit(
        move=move,
        origin=origin,
        escalates=policy.ranks[move.to] > policy.ranks[origin],
        guards=tuple(condition.func for condition in transition.conditions if isinstance(condition.func, Guard)),
    )


def _named_in(condition: Condition) -> tuple[str, ...]:
    """Name the triggers that a condition names itself, each once, in their order."""
    return tuple(dict.fromkeys(leaf.trigger for _, leaf in walk(condition, ()) if isinstance(leaf, TriggerLeaf)))


def _in_order(policy: Policy, below: Mapping[str, tuple[str, ...]]) -> tuple[tuple[int, str, Trigger], ...]:
    """Sort triggers so that each comes after those it rests on; keep their place in the file."""
    done: dict[str, tuple[int, str, Trigger]] = {}
    waiting = [(index, name, trigger) for index, (name, trigger) in enumerate(policy.triggers.items())]
    while waiting:
        ready = [one for one in waiting if all(name in done for name in below[one[1]])]
        done.update((one[1], one) for one in ready)
        waiting = [one for one in waiting if one[1] not in done]
    return tuple(done.values())
