"""What may happen at the latest, and how soon a stage is left and taken up again: ways in what was searched."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from escalation.checks.exact.letters import judge
from escalation.checks.exact.search import Edge, Graph, Hop, Node
from escalation.checks.exact.stepper import Stepper
from escalation.evaluation.ladder import Judged
from escalation.evaluation.truth import MET, Verdict


def latest(pressed: Pressed, stage: str) -> int | None:
    """Give the most weeks that a stage can take under pressure; none where it may take for ever."""
    following: dict[int, list[int]] = {}
    reaching: set[int] = set()
    waiting = [pressed.number(node) for node, hop in pressed.graph.before.items() if hop is None]
    incoming = dict.fromkeys(waiting, 0)
    while waiting:
        node = waiting.pop()
        if node in following:
            continue
        following[node] = []
        for goal, other in pressed.ways(node):
            if goal == stage:
                reaching.add(node)
                continue
            following[node].append(other)
            incoming[other] = incoming.get(other, 0) + 1
            waiting.append(other)
    return _longest(following, reaching, incoming)


def _longest(following: dict[int, list[int]], reaching: set[int], incoming: dict[int, int]) -> int | None:
    """Give the longest way through a graph to a node that reaches the goal; none where there is a circle."""
    ready = [node for node in following if not incoming[node]]
    ages = dict.fromkeys(ready, 0)
    done = 0
    found = None
    while ready:
        node = ready.pop()
        done += 1
        if node in reaching:
            found = max(found or 0, ages[node])
        for other in following[node]:
            ages[other] = max(ages.get(other, 0), ages[node] + 1)
            incoming[other] -= 1
            if not incoming[other]:
                ready.append(other)
    return found if done == len(following) else None


class Pressed:
    """The weeks in which the condition of every escalating move out of the stage in force holds.

    Standings have numbers, because they are slow to look up.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._letters: dict[tuple[int, str], tuple[int, ...]] = {}
        self._numbers: dict[Node, int] = {}
        self._ways: dict[int, frozenset[tuple[str | None, int]]] = {}
        self._nodes: list[Node] = []

    def number(self, node: Node) -> int:
        """Give the number of a standing."""
        found = self._numbers.setdefault(node, len(self._nodes))
        if found == len(self._nodes):
            self._nodes.append(node)
        return found

    def ways(self, number: int) -> frozenset[tuple[str | None, int]]:
        """Give the standings that can follow under pressure, each with the stage that takes effect, if one does."""
        if number not in self._ways:
            node = self._nodes[number]
            self._ways[number] = frozenset(
                (edge.outcome.goes_to, self.number(other))
                for edge in self._edges(node)
                for other in self.graph.following(node, edge, edge.outcome.goes_to)
            )
        return self._ways[number]

    def _edges(self, node: Node) -> Iterator[Edge]:
        law = self.graph.times.laws[node.moment]
        stepper = self.graph.stepper(node.moment)
        if (law, node.stage) not in self._letters:
            self._letters[law, node.stage] = tuple(_pressing(stepper, node.stage))
        known = set()
        for letter in self._letters[law, node.stage]:
            found = stepper.week_in(node.stage, node.dwell, node.streaks, letter)
            if found not in known:
                known.add(found)
                yield Edge(letter, *found)


def _pressing(stepper: Stepper, stage: str) -> list[int]:
    """Find the letters in which the conditions of all escalating moves hold; where they never do together, of one."""
    exits = [exit_ for exit_ in stepper.ladder.exits[stage] if exit_.escalates]
    counts = []
    for letter, vector in enumerate(stepper.vectors):
        left = dict(zip(stepper.subject.triggers, vector, strict=True))
        verdicts: dict[str, Verdict] = {}
        for _, name, _, _ in stepper.ladder.triggers:
            if name in left:
                verdicts[name] = judge(left[name], verdicts)
        answers = stepper.answers[letter]
        counts.append(
            sum(
                verdicts[exit_.move.trigger] is MET
                and all(answers[guard.judgement] is MET for guard in exit_.guards if isinstance(guard, Judged))
                for exit_ in exits
            )
        )
    most = max(counts, default=0)
    least = most if most == len(exits) else 1
    return [letter for letter, count in enumerate(counts) if count >= least and (count or not exits)]


def shortest_flap(graph: Graph) -> list[Hop] | None:
    """Find the fewest weeks from leaving a stage to being back in it, and the hops from leaving on."""
    best: list[Hop] | None = None
    for stage in graph.steppers[0].ladder.exits:
        found = _back_to(graph, stage, len(best) - 1 if best else None)
        best = found or best
    return best


def _back_to(graph: Graph, stage: str, fewer_than: int | None) -> list[Hop] | None:
    """Find a shortest way from leaving a stage to taking it up again, by recommendations that are followed or not."""
    before: dict[Node, tuple[Hop, Node | None]] = {}
    waiting: deque[tuple[Node, int]] = deque()
    for node in graph.before:
        if node.stage == stage:
            for edge in graph.edges(node):
                if edge.outcome.goes_to:
                    hop = Hop(node, edge, edge.outcome.goes_to)
                    waiting += ((new, 1) for new in _new(graph, hop, None, before))
    while waiting:
        node, age = waiting.popleft()
        if fewer_than is not None and age >= fewer_than:
            return None
        for edge in graph.edges(node):
            if edge.outcome.goes_to == stage:
                return _traced(Hop(node, edge, stage), node, before)
            for to in {None, edge.outcome.goes_to}:
                waiting += ((new, age + 1) for new in _new(graph, Hop(node, edge, to), node, before))
    return None


def _new(graph: Graph, hop: Hop, origin: Node | None, before: dict[Node, tuple[Hop, Node | None]]) -> Iterator[Node]:
    """Give the nodes that a hop leads to for the first time."""
    for following in graph.following(hop.node, hop.edge, hop.to):
        if following not in before:
            before[following] = (hop, origin)
            yield following


def _traced(last: Hop, node: Node, before: dict[Node, tuple[Hop, Node | None]]) -> list[Hop]:
    hops = [last]
    at: Node | None = node
    while at is not None:
        hop, at = before[at]
        hops.insert(0, hop)
    return hops
