"""What a policy can come to, whatever the data are: stages, moves, conflicts, flaps, invariants."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.checks.exact.answers import Analysis, Claim, Conflict, Firing, Flap, Proof, Reach
from escalation.checks.exact.budget import Budget, NotProved
from escalation.checks.exact.laws import times
from escalation.checks.exact.letters import Subject, subject
from escalation.checks.exact.pressure import Pressed, latest, shortest_flap
from escalation.checks.exact.search import Graph, Hop, explore
from escalation.checks.exact.showing import shown
from escalation.checks.exact.steady import steady_flap
from escalation.checks.exact.witness import Witness
from escalation.checks.exact.worlds import worlds
from escalation.evaluation.ladder import Ladder, LegalGuard
from escalation.evaluation.step import Evaluation, is_adoptable
from escalation.evaluation.truth import MET
from escalation.periods import last_day_of
from escalation.policy.conditions import Comparison, walk
from escalation.policy.metrics import Highest, Lowest
from escalation.policy.model import Invariant, Policy
from escalation.policy.operands import operands


def analyse(policy: Policy, *, budget: Budget = Budget(), examples: bool = True) -> Analysis:  # noqa: B008 - frozen
    """Search every standing that the policy can come to from its first stage, and say what follows.

    Without `examples` what is possible as one expects has no witness; what is surprising always has one. Where the
    budget is used up, what was found stands, and `notes` say why the rest is not proved.
    """
    ladder = Ladder(policy)
    about = subject(ladder)
    gaps = matter(about)
    try:
        when, (steppers,) = worlds([about], times([ladder], budget), gaps=gaps, budget=budget)
        graph = explore(when, steppers, budget)
        return _Answers(graph, examples=examples).all(gaps=gaps)
    except NotProved as reason:
        return _nothing(policy, str(reason))


def matter(about: Subject) -> bool:
    """Say whether missing figures can make a move possible that complete ones do not.

    They cannot where every week without data leaves open what a figure would have said: what is then met is met with
    any figure.
    """
    policy = about.ladder.policy
    for name in about.triggers:
        trigger = policy.triggers[name]
        if trigger.missing != "unknown":
            return True
        for _, leaf in walk(trigger.when, ()):
            if isinstance(leaf, Comparison) and (leaf.missing is not None or _ignores(policy, leaf.metric)):
                return True
    return False


def _ignores(policy: Policy, name: str) -> bool:
    metric = policy.metrics[name]
    match metric:
        case Highest(highest=several) | Lowest(lowest=several) if several.missing == "ignore":
            return True
        case _:
            return any(_ignores(policy, operand) for _, operand in operands(metric))


def _nothing(policy: Policy, why: str) -> Analysis:
    unsaid = Claim.NOT_PROVED
    return Analysis(
        stages=tuple(Reach(stage=stage.name, claim=unsaid) for stage in policy.stages),
        moves=tuple(Firing(move=move.name, claim=unsaid) for move in policy.moves),
        invariants=tuple(Proof(index=index, claim=unsaid, why=why) for index in range(len(policy.invariants))),
        notes=(why,),
    )


class _Answers:
    """Reads the answers off a graph."""

    def __init__(self, graph: Graph, *, examples: bool) -> None:
        self.graph = graph
        self.ladder = graph.steppers[0].ladder
        self.policy = self.ladder.policy
        self.examples = examples
        self.pressed = Pressed(graph)

    def all(self, *, gaps: bool) -> Analysis:
        """Give all answers."""
        whole = not self.graph.unfinished
        flap = shortest_flap(self.graph) if whole and self.examples else None
        return Analysis(
            stages=tuple(self.reach(stage.name) for stage in self.policy.stages),
            moves=tuple(self.firing(move.name) for move in self.policy.moves),
            conflicts=tuple(self.conflicts()),
            flap=self.flap(flap) if flap else None,
            steady=steady_flap(self.graph) if whole else None,
            invariants=tuple(self.proof(*one) for one in enumerate(self.policy.invariants)),
            notes=(self.graph.unfinished,) if self.graph.unfinished else (),
            gaps=gaps,
            nodes=len(self.graph.before),
        )

    def witness(self, *what: str) -> Witness | None:
        """Show the first time that something is seen; none where the engine does not see it in the example."""
        node, edge = self.graph.seen[what]
        way = self.graph.way([Hop(node, edge, None)])
        return shown(self.ladder, way, shows=lambda _, last: _shows(self.ladder, last, what))

    def possible(self, witness: Witness | None) -> Claim:
        """Say how far an example of inputs shows that something is possible."""
        is_free = self.examples and (witness is None or bool(witness.derived))
        return Claim.IF_FREE if is_free else Claim.POSSIBLE

    def unsaid(self, claim: Claim) -> Claim:
        """Say `never` or `proved` only where everything was searched."""
        return Claim.NOT_PROVED if self.graph.unfinished else claim

    def reach(self, stage: str) -> Reach:
        """Say whether a stage can be reached, and when."""
        if stage == self.policy.stages[0].name:
            return Reach(stage=stage, claim=Claim.POSSIBLE, earliest=0, latest=0)
        week = self.graph.week_of("to", stage)
        if week is None:
            return Reach(stage=stage, claim=self.unsaid(Claim.NEVER))
        dated = self.graph.times.size > 1
        last = None if dated or self.graph.unfinished or not self.examples else latest(self.pressed, stage)
        witness = self.witness("to", stage) if self.examples else None
        return Reach(stage=stage, claim=self.possible(witness), earliest=week, latest=last, witness=witness)

    def firing(self, move: str) -> Firing:
        """Say whether a move can be recommended."""
        if ("fires", move) in self.graph.seen:
            witness = self.witness("fires", move) if self.examples else None
            earliest = self.graph.week_of("fires", move)
            return Firing(move=move, claim=self.possible(witness), earliest=earliest, witness=witness)
        if ("met", move) not in self.graph.seen:
            return Firing(move=move, claim=self.unsaid(Claim.NEVER), why=self._obstacle(move))
        by = tuple(what[1] for what in self.graph.seen if what[0] == "instead" and what[2] == move)
        return Firing(move=move, claim=self.unsaid(Claim.SHADOWED), by=by, witness=self.witness("met", move))

    def _obstacle(self, name: str) -> str:
        move = next(one for one in self.policy.moves if one.name == name)
        first = self.policy.stages[0].name
        origins = [stage for stage in self.policy.origins(move) if stage == first or ("to", stage) in self.graph.seen]
        if not origins:
            return "no stage that it leads out of can be reached"
        if not any(self._lawful(name, stage) for stage in origins):
            return "the law allows it in no week"
        if not any(stepper.can_meet(move.trigger) for stepper in self.graph.steppers):
            return f"its trigger `{move.trigger}` can never be met"
        return "its guards are never all met in the same week"

    def _lawful(self, name: str, stage: str) -> bool:
        guards = [
            guard
            for exit_ in self.ladder.exits[stage]
            if exit_.move.name == name
            for guard in exit_.guards
            if isinstance(guard, LegalGuard)
        ]
        days = (last_day_of(self.policy.calendar, week) for week in self.graph.times.weeks)
        return any(all(guard.allows(day) for guard in guards) for day in days)

    def conflicts(self) -> Iterator[Conflict]:
        """Find the moves to different stages of which the order alone decides."""
        goals = {move.name: move.to for move in self.policy.moves}
        for what in self.graph.seen:
            if what[0] == "both" and goals[what[2]] != goals[what[3]]:
                yield Conflict(stage=what[1], first=what[2], second=what[3], witness=self.witness(*what))

    def flap(self, hops: list[Hop]) -> Flap:
        """Describe a way from a stage and back to it."""
        changes = [hop for hop in hops if hop.to is not None]
        stages = (changes[0].node.stage, *(str(hop.to) for hop in changes))
        moves = tuple(str(hop.edge.outcome.move) for hop in changes)
        witness = shown(self.ladder, self.graph.way(hops))
        return Flap(stages=stages, moves=moves, weeks=len(hops) - 1, witness=witness)

    def proof(self, index: int, invariant: Invariant) -> Proof:
        """Prove or refute an invariant."""
        if invariant.never is not None:
            what: tuple[str, ...] = ("step", invariant.never.from_, invariant.never.to)
            broken = what in self.graph.seen
        else:
            what = ("to", str(invariant.earliest and invariant.earliest.stage))
            week = 0 if what[1] == self.policy.stages[0].name else self.graph.week_of(*what)
            broken = week is not None and invariant.earliest is not None and week < invariant.earliest.weeks
        if not broken:
            why = self.graph.unfinished
            return Proof(index=index, claim=self.unsaid(Claim.PROVED), why=why)
        if what not in self.graph.seen:
            return Proof(index=index, claim=Claim.REFUTED, why="the first stage is in force from the start")
        witness = self.witness(*what)
        if witness is None or witness.derived:
            why = "the example sets computed metrics directly, and whether their inputs can move so is not shown"
            return Proof(index=index, claim=Claim.NOT_PROVED, why=why, witness=witness)
        return Proof(index=index, claim=Claim.REFUTED, witness=witness)


def _shows(ladder: Ladder, last: Evaluation, what: tuple[str, ...]) -> bool:
    """Say whether the engine sees in the last week of an example what a search has seen (see `Graph`)."""
    to = last.to if is_adoptable(last) else None
    exits = zip(ladder.exits[last.stage], last.guards, strict=True)
    met = {exit_.move.name for exit_, guards in exits if all(verdict is MET for verdict in guards)}
    match what:
        case ("to", stage):
            return to == stage
        case ("step", origin, stage):
            return (last.stage, to) == (origin, stage)
        case ("fires", move):
            return to is not None and last.move == move
        case ("met", move):
            return move in met
        case _:
            return last.stage == what[1] and met.issuperset(what[2:])
