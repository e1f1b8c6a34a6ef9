"""A policy's ladder as a circuit: one week of `evaluation.step` and of an adoption rule, for 64 lanes at a time.

It is made of the ladder's own guards and conditions, never of the file; thresholds, data and the law of a week come in
as inputs, so that one circuit serves every value of them. SEMANTICS gives the numbers of the steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from escalation.evaluation.condition import Asked, Compared, Enough, Every, Nested, Opposite, Part, Some
from escalation.evaluation.ladder import Exit, Guard, Judged, Ladder, LegalGuard, LongEnough, Triggered
from escalation.evaluation.replay import Adopt, Adoption
from escalation.policy.conditions import Operator
from escalation.policy.model import Trigger
from escalation.whatif.arrays.circuit import NO, YES, Circuit, Counter, Key, Truth, Wire
from escalation.whatif.arrays.telling import Passed, tell


class Comparing(NamedTuple):
    """A metric against one threshold, a number or a parameter's name; `missing` is what an absent figure means."""

    metric: str
    operator: Operator
    threshold: float | str
    missing: str | None


class Judging(NamedTuple):
    """Whether a judgement is yes."""

    judgement: str


Question = Comparing | Judging
"""What is asked of the data: the circuit gets the answer, met or unmet, as two inputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """The circuit of a policy, and what its inputs and outputs stand for.

    Inputs: `met Q` and `unmet Q` of each question; `law E`, the moves that the law allows; with `is_steered`, `enter S`
    (a stage takes effect at the start of the week), `fresh` (nothing has been counted), `waiting` (a decision on record
    is pending) and `active` (the week is evaluated); where they are followed with a probability, `accept`; where many
    lengths of a duration are tried, the binary digits of `for T`, less one, or of `after M`, counted as those are
    in the file.
    Outputs of weeks that are evaluated: `stage S`, the stage in force meanwhile; `recommend E`; `undetermined`.
    `after S` is the stage in force at the end of the week. With a horizon also `first S` and `called S`, a stage that
    is entered or recommended for the first time, `changed` and `undone`, a change of stage that takes effect at the end
    of the week, or that takes the one before back within `telling.SOON` weeks, and as states the numbers `changes`,
    `weeks S`, the weeks of each, and `spare`, by which the shortest stay is less than `telling.full`.
    """

    ladder: Ladder
    circuit: Circuit
    questions: tuple[Question, ...]
    exits: tuple[Exit, ...]

    def only(self, outputs: Iterable[Key], ended: Iterable[Key] = ()) -> Wiring:
        """Give the wiring with some outputs, and without what neither they nor the states `ended` rest on."""
        return replace(self, circuit=self.circuit.only(outputs, ended))


class _Week:
    """Wires one week, step by step."""

    def __init__(self, ladder: Ladder, tried: Collection[Key]) -> None:
        self.ladder = ladder
        self.tried = tried
        self.circuit = Circuit()
        self.questions: dict[Question, int] = {}
        self.exits = tuple(exit_ for exits in ladder.exits.values() for exit_ in exits)
        self.places = {id(exit_): place for place, exit_ in enumerate(self.exits)}
        self.moves = {move.name: place for place, move in enumerate(ladder.policy.moves)}
        circuit = self.circuit
        stages = ladder.policy.stages
        self.stage = [circuit.state("stage", rank) for rank in range(len(stages))]
        self.pending = circuit.state("pending")
        self.waiting = self.entered = NO
        is_since_entry = any(trigger.since for trigger in ladder.policy.triggers.values())
        longest = max([int(is_since_entry), *(exit_.move.after for exit_ in self.exits)])
        self.dwell = Counter(circuit, "dwell", most=longest)
        self.streaks = [
            _Streak(circuit, index, trigger, is_tried=Key("for", index) in tried)
            for index, trigger in enumerate(ladder.policy.triggers.values())
        ]
        self.triggers: dict[str, Truth] = {}
        self.laws: dict[int, Wire] = {}

    def enter(self) -> None:
        """Let a stage take effect at the start of the week: on record, or because the region begins."""
        circuit = self.circuit
        enters = [circuit.given("enter", rank) for rank in range(len(self.stage))]
        self.entered, fresh = circuit.any_of(enters), circuit.given("fresh")
        for rank, enter in enumerate(enters):
            self.stage[rank] = circuit.either(enter, circuit.without(self.stage[rank], self.entered))
        self.dwell.clear(self.entered)
        for streak in self.streaks:
            streak.clear(circuit.either(fresh, self.entered) if streak.trigger.since else fresh)
        self.pending = circuit.without(self.pending, self.entered)
        self.waiting = circuit.given("waiting")

    def count(self) -> None:
        """Judge the triggers in the order of dependency, and carry their streaks on (SEMANTICS 4 to 7)."""
        for index, name, trigger, part in self.ladder.triggers:
            condition = self.judge(part)
            if trigger.since:
                condition = Truth(
                    self.circuit.both(condition.met, self.dwell.reaches(1)),
                    self.circuit.either(condition.unmet, self.circuit.opposite(self.dwell.reaches(1))),
                )
            self.triggers[name] = self.streaks[index].judge(condition)

    def judge(self, part: Part) -> Truth:
        """Join the verdicts of a condition by Kleene's logic."""
        circuit = self.circuit
        match part:
            case Nested(trigger=name):
                return self.triggers[name]
            case Asked(judgement=name, asked=asked):
                found = self.ask(Judging(name))
                return found if asked == "yes" else Truth(found.unmet, found.met)
            case Compared(leaf=leaf):
                parts = [self.ask(Comparing(leaf.metric, *limit, leaf.missing)) for limit in leaf.limits]
            case _:
                parts = [self.judge(inner) for inner in part.parts]
        met, unmet = [one.met for one in parts], [one.unmet for one in parts]
        match part:
            case Compared() | Every():
                return Truth(circuit.all_of(met), circuit.any_of(unmet))
            case Some():
                return Truth(circuit.any_of(met), circuit.all_of(unmet))
            case Opposite():
                return Truth(unmet[0], met[0])
            case Enough(at_least=number):
                too_few = len(parts) - number + 1
                return Truth(circuit.at_least(met, number), circuit.at_least(unmet, too_few))
            case _:
                raise TypeError(part)

    def ask(self, question: Question) -> Truth:
        """Give the answer to a question as inputs."""
        place = self.questions.setdefault(question, len(self.questions))
        return Truth(self.circuit.given("met", place), self.circuit.given("unmet", place))

    def guard(self, exit_: Exit, guard: Guard) -> Truth:
        """Judge a guard that the data or the time set (SEMANTICS 8)."""
        match guard:
            case LongEnough(weeks=weeks):
                place = self.moves[exit_.move.name]
                is_tried = Key("after", place) in self.tried
                met = self.dwell.reaches_given("after", place) if is_tried else self.dwell.reaches(weeks)
                return Truth(met, self.circuit.opposite(met))
            case Triggered(trigger=name):
                return self.triggers[name]
            case Judged(judgement=name):
                return self.ask(Judging(name))
            case LegalGuard():
                met = self.law(self.places[id(exit_)])
                return Truth(met, self.circuit.opposite(met))
            case _:
                raise TypeError(guard)

    def law(self, place: int) -> Wire:
        """Say where the law allows a move this week; everywhere where no law is set for it."""
        if not any(isinstance(guard, LegalGuard) for guard in self.exits[place].guards):
            return YES
        return self.circuit.given("law", place)

    def recommend(self, evaluated: list[Wire]) -> tuple[list[Wire], Wire]:
        """Find the first move without an unmet guard, and say where it is recommended or undetermined (SEMANTICS 9).

        `evaluated` are the stages in force in weeks that are evaluated.
        """
        circuit = self.circuit
        recommended, undetermined = [], NO
        for stage, exits in zip(evaluated, self.ladder.exits.values(), strict=True):
            left = circuit.without(stage, circuit.either(self.pending, self.waiting))
            for exit_ in exits:
                guards = [self.guard(exit_, guard) for guard in exit_.guards]
                unmet = circuit.any_of(guard.unmet for guard in guards)
                met = circuit.all_of(guard.met for guard in guards)
                recommended.append(circuit.both(left, met))
                decides = circuit.without(left, unmet)
                undetermined = circuit.either(undetermined, circuit.without(decides, met))
                left = circuit.both(left, unmet)
        return recommended, undetermined

    def wait(self, decided: list[Wire], lags: tuple[int, ...]) -> list[Wire]:
        """Let decisions wait so many weeks, one at a time in each lane, and give those whose week has come."""
        circuit = self.circuit
        left = Counter(circuit, "weeks left", most=max(lags, default=0))
        left.shrink(self.pending)
        due = circuit.without(self.pending, circuit.any_of(left.digits))
        self.pending = circuit.without(self.pending, due)
        effects = []
        for place, (wire, lag) in enumerate(zip(decided, lags, strict=True)):
            if lag == 0 or wire == NO:
                effects.append(wire)
                continue
            waits = circuit.without(circuit.state("decided", place), self.entered)
            effects.append(circuit.both(waits, due))
            circuit.following[Key("decided", place)] = circuit.either(circuit.without(waits, due), wire)
            left.set_to(lag, wire)
            self.pending = circuit.either(self.pending, wire)
        left.keep()
        return effects

    def effect(self, effects: list[Wire]) -> None:
        """Let decisions take effect at the end of the week: a new stage, and dwell 0 (SEMANTICS 10)."""
        circuit, ranks = self.circuit, self.ladder.policy.ranks
        entered = circuit.any_of(effects)
        for rank in range(len(self.stage)):
            into = [one for one, exit_ in zip(effects, self.exits, strict=True) if ranks[exit_.move.to] == rank]
            out = [one for one, exit_ in zip(effects, self.exits, strict=True) if ranks[exit_.origin] == rank]
            self.stage[rank] = circuit.either(
                circuit.any_of(into), circuit.without(self.stage[rank], circuit.any_of(out))
            )
        self.dwell.grow(YES)
        self.dwell.set_to(1, entered)
        for streak in self.streaks:
            if streak.trigger.since:
                streak.clear(entered)

    def passed(self, in_force: list[Wire], recommended: list[Wire], effects: list[Wire], active: Wire) -> Passed:
        """Give what passes in the week, of which it is told in the end."""
        ranks = self.ladder.policy.ranks
        led = zip(self.exits, recommended, strict=True)
        return Passed(
            in_force=in_force,
            after=self.stage,
            recommended=[(ranks[exit_.move.to], wire) for exit_, wire in led],
            effects=effects,
            entered=self.entered,
            active=active,
        )

    def keep(self) -> None:
        """Carry the standing over to the next week."""
        for rank, wire in enumerate(self.stage):
            self.circuit.following[Key("stage", rank)] = self.circuit.outputs[Key("after", rank)] = wire
        self.circuit.following[Key("pending")] = self.pending
        self.dwell.keep()
        for streak in self.streaks:
            streak.keep()


class _Streak:
    """The two counts of a trigger's streak, each up to one less than is asked: where both are always one, it is one."""

    def __init__(self, circuit: Circuit, index: int, trigger: Trigger, *, is_tried: bool) -> None:
        self.circuit = circuit
        self.index = index
        self.trigger = trigger
        self.is_tried = is_tried
        self.least = Counter(circuit, "least", index, most=trigger.for_ - 1)
        is_open = trigger.missing == "unknown"
        self.most = Counter(circuit, "most", index, most=trigger.for_ - 1) if is_open else self.least
        self.counters = (self.least, self.most) if is_open else (self.least,)

    def clear(self, where: Wire) -> None:
        """End the streak."""
        for counter in self.counters:
            counter.clear(where)

    def judge(self, condition: Truth) -> Truth:
        """Give the trigger's verdict, and count the week."""
        circuit = self.circuit
        verdict = Truth(
            circuit.both(condition.met, self._is_enough(self.least)),
            circuit.either(condition.unmet, circuit.opposite(self._is_enough(self.most))),
        )
        self.least.clear(condition.unmet if self.trigger.missing == "hold" else circuit.opposite(condition.met))
        self.least.grow(condition.met)
        if self.most is not self.least:
            self.most.clear(condition.unmet)
            self.most.grow(circuit.opposite(condition.unmet))
        return verdict

    def _is_enough(self, counter: Counter) -> Wire:
        """Say where a count is one short of what is asked, or more."""
        return counter.reaches_given("for", self.index) if self.is_tried else counter.reaches(self.trigger.for_ - 1)

    def keep(self) -> None:
        """Carry the counts over to the next week."""
        for counter in self.counters:
            counter.keep()


def wired(
    ladder: Ladder,
    adoption: Adoption,
    *,
    is_steered: bool,
    horizon: int | None = None,
    tried: Collection[Key] = (),
) -> Wiring:
    """Wire a policy with an adoption rule.

    With a `horizon` in weeks the circuit also counts what becomes of each lane (see `Wiring`). Durations
    that are `tried`, `for T` or `after M`, are inputs; the policy has the longest of them.
    """
    week = _Week(ladder, tried)
    circuit, ranks = week.circuit, ladder.policy.ranks
    if is_steered:
        week.enter()
    in_force = list(week.stage)
    active = circuit.given("active") if is_steered else YES
    evaluated = [circuit.both(wire, active) for wire in in_force]
    for rank, wire in enumerate(evaluated):
        circuit.outputs[Key("stage", rank)] = wire
    week.count()
    recommended, undetermined = week.recommend(evaluated)
    circuit.outputs[Key("undetermined")] = undetermined
    for place, wire in enumerate(recommended):
        circuit.outputs[Key("recommend", place)] = wire
    highest = ranks[adoption.up_to] if adoption.up_to is not None else len(ranks)
    followed = YES
    if adoption.probability < 1:
        followed = circuit.both(followed, circuit.given("accept"))
    decided = [
        circuit.both(wire, followed) if adoption.adopt is Adopt.FOLLOW and ranks[exit_.move.to] <= highest else NO
        for wire, exit_ in zip(recommended, week.exits, strict=True)
    ]
    due = week.wait(decided, tuple(adoption.lag_of(exit_.move.name) for exit_ in week.exits))
    effects = [circuit.both(wire, week.law(place)) for place, wire in enumerate(due)]
    week.effect(effects)
    week.keep()
    if horizon is not None:
        tell(circuit, week.passed(in_force, recommended, effects, active), horizon)
    return Wiring(ladder=ladder, circuit=circuit, questions=tuple(week.questions), exits=week.exits)
