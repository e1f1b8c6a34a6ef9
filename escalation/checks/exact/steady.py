"""Figures of inputs that, the same every week, lead from a stage to another and back again, tried on the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from escalation.checks.exact.answers import Flap
from escalation.checks.exact.figures import held
from escalation.checks.exact.letters import Choice
from escalation.checks.exact.linear import reach_back
from escalation.checks.exact.search import Edge, Graph, Hop, Node
from escalation.checks.exact.showing import readable, shortened
from escalation.checks.exact.witness import Witness, followed, holds
from escalation.policy.conditions import JudgementLeaf, TriggerLeaf, walk
from escalation.policy.metrics import InputMetric
from escalation.policy.model import Policy

TRIED = 100
"""How many circles are tried on the engine."""


def steady_flap(graph: Graph) -> Flap | None:
    """Find figures that, the same every week, lead from a stage to another and back again, all being followed.

    The figures are those of inputs: what is computed from them does not stay where they cannot. A circle for which
    people would have to give the same judgement every week is none: they are asked anew each time.
    """
    done: set[tuple[int, Node]] = set()
    tried = 0
    for node in graph.before:
        for edge in graph.edges(node):
            if edge.outcome.goes_to and (edge.letter, node) not in done and tried < TRIED:
                circle = _circle(graph, node, edge.letter, done)
                if circle is not None and not _is_judged(graph, [hop.edge.outcome.move for hop in circle if hop.to]):
                    tried += 1
                    found = _shown(graph, circle)
                    if found is not None:
                        return found
    return None


def _circle(graph: Graph, node: Node, letter: int, done: set[tuple[int, Node]]) -> list[Hop] | None:
    """Follow one letter until a standing comes again; give the circle if a stage changes in it."""
    if not _lasts(graph, node.moment):
        return None
    places: dict[Node, int] = {}
    hops: list[Hop] = []
    while node not in places and (letter, node) not in done:
        places[node] = len(hops)
        outcome, after = graph.stepper(node.moment).week_in(node.stage, node.dwell, node.streaks, letter)
        hop = Hop(node, Edge(letter, outcome, after), outcome.goes_to)
        hops.append(hop)
        node = next(iter(graph.following(*hop)))
    done.update((letter, one) for one in places)
    circle = hops[places[node] :] if node in places else []
    return circle if any(hop.to is not None for hop in circle) else None


def _lasts(graph: Graph, moment: int) -> bool:
    """Say whether the law of a moment stays: the same figures under changing law are another matter."""
    return graph.times.after(moment)[0] == moment


def _shown(graph: Graph, circle: list[Hop]) -> Flap | None:
    """Make an example of a circle whose inputs are the same in every week; none where there are no such figures."""
    ladder = graph.steppers[0].ladder
    policy = ladder.policy
    node = next(hop.node for hop in circle if hop.to is not None)
    letter = graph.stepper(node.moment).letters[circle[0].edge.letter]
    earlier = max((reach_back(policy, name) for name in letter.values), default=0)
    length = earlier + len(policy.stages) * _settling(policy)
    start = graph.times.start([node.moment] * length)
    for values in _constant(policy, letter.choices, start):
        series = {name: (value,) * length for name, value in values.items()}
        whole = followed(ladder, Witness(stage=node.stage, dwell=0, start=start, series=series))
        found = _back(whole, earlier)
        if found is not None and found.witness is not None and not _is_judged(graph, found.moves):
            return replace(found, witness=shortened(found.witness, lambda one: holds(ladder, one)))
    return None


def _settling(policy: Policy) -> int:
    """Count the weeks after which a move is made in a stage, if it is on the same figures."""
    asked = max((trigger.for_ for trigger in policy.triggers.values()), default=1)
    return asked + max((move.after for move in policy.moves), default=0) + 1


def _constant(policy: Policy, choices: Sequence[Choice], start: int) -> Iterator[dict[str, float | None]]:
    """Look for figures of inputs that bring all axes into the cells of one choice when they are always the same."""
    first = {name: cell.value for name, cell in choices[0]}
    if all(isinstance(policy.metrics[name], InputMetric) for name in first):
        yield first
        return
    answers = {name: value for name, value in first.items() if name in policy.judgements}
    alike = [
        {name: cell for name, cell in choice if name not in answers}
        for choice in choices
        if all(cell.value == answers[name] for name, cell in choice if name in answers)
    ]
    figures = held(policy, start, alike)
    if figures is not None:
        for short in readable(policy, {name: (value,) for name, value in figures.items()}):
            yield {name: values[0] for name, values in short.items()} | answers


def _back(witness: Witness, earlier: int) -> Flap | None:
    """Cut a witness off where a stage that was left takes effect again, both when all can be computed."""
    stages = [witness.stage, *(to for _, to in witness.decisions)]
    weeks = [index for index, _ in witness.decisions]
    moves = [str(move) for _, _, _, move in witness.expected]
    for last, stage in enumerate(stages[1:], 1):
        for first in range(last - 1, -1, -1):
            if stages[first] == stage and weeks[first] >= earlier:
                length = weeks[last - 1] + 1
                return Flap(
                    stages=tuple(stages[first : last + 1]),
                    moves=tuple(moves[first:last]),
                    weeks=weeks[last - 1] - weeks[first],
                    witness=replace(
                        witness,
                        series={name: values[:length] for name, values in witness.series.items()},
                        decisions=witness.decisions[:last],
                        expected=witness.expected[:last],
                    ),
                )
    return None


def _is_judged(graph: Graph, made: Collection[str | None]) -> bool:
    """Say whether a judgement is asked for by a move that is made."""
    policy = graph.steppers[0].ladder.policy
    return any(move.name in made and bool(move.requires or _asks(policy, move.trigger)) for move in policy.moves)


def _asks(policy: Policy, trigger: str) -> bool:
    return any(
        isinstance(leaf, JudgementLeaf) or (isinstance(leaf, TriggerLeaf) and _asks(policy, leaf.trigger))
        for _, leaf in walk(policy.triggers[trigger].when, ())
    )
