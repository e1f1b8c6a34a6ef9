"""Every standing that a policy can come to, breadth first, so that each is found by a shortest way.

People may follow a recommendation or not; the data may have begun before the first stage took effect.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from escalation.checks.exact.budget import Budget
from escalation.checks.exact.laws import Times
from escalation.checks.exact.letters import Letter
from escalation.checks.exact.stepper import Outcome, Stepper, Streaks


class Node(NamedTuple):
    """A moment, and the standing before it: the stage in force, the weeks in it (-1: it takes effect now), streaks."""

    moment: int
    stage: str
    dwell: int
    streaks: Streaks


class Edge(NamedTuple):
    """A week: the letter it holds, what it recommends, and the standing before the next, by the stage in force then."""

    letter: int
    outcome: Outcome
    after: Streaks


class Taken(NamedTuple):
    """One week of a way through the graph: `to` is the stage that took effect at its end, if one did."""

    moment: int
    letter: Letter
    to: str | None


class Hop(NamedTuple):
    """A week from a node by an edge, at the end of which a stage takes effect (`to`) or none does."""

    node: Node
    edge: Edge
    to: str | None


class Way(NamedTuple):
    """A sequence of weeks from the one numbered `start`; `stage` takes effect after the first `early` of them."""

    stage: str
    start: int
    early: int
    taken: tuple[Taken, ...]


@dataclass(slots=True)
class Graph:
    """What has been found: each node with the hop before it, and the first week in which something was seen.

    `seen` leads from what was seen to the node and the edge: `("to", stage)`, `("step", from, to)`, `("fires", move)`,
    `("met", move)`, `("instead", winner, move)`, `("both", stage, first move, second move)`. `unfinished` says why the
    search was broken off.
    """

    times: Times
    steppers: Sequence[Stepper]
    before: dict[Node, Hop | None] = field(default_factory=dict)
    ages: dict[Node, int] = field(default_factory=dict)
    seen: dict[tuple[str, ...], tuple[Node, Edge]] = field(default_factory=dict)
    prior: dict[tuple[int, Streaks], tuple[tuple[int, Streaks], int] | None] = field(default_factory=dict)
    noted: set[tuple[str, Outcome]] = field(default_factory=set)
    steps: int = 0
    unfinished: str = ""
    _edges: dict[tuple[object, ...], tuple[Edge, ...]] = field(default_factory=dict)

    def stepper(self, moment: int) -> Stepper:
        """Give the engine under the law of a moment."""
        return self.steppers[self.times.laws[moment]]

    def edges(self, node: Node) -> tuple[Edge, ...]:
        """Give the weeks that a standing can see, those alike only once."""
        key = (self.times.laws[node.moment], *node[1:])
        found = self._edges.get(key)
        if found is None:
            stepper = self.stepper(node.moment)
            distinct: dict[tuple[Outcome, Streaks], int] = {}
            for letter in range(len(stepper.letters)):
                distinct.setdefault(stepper.week_in(node.stage, node.dwell, node.streaks, letter), letter)
            edges = (Edge(letter, *what) for what, letter in distinct.items())
            # Weeks that recommend nothing come first: examples in which people leave no advice aside read better.
            found = self._edges[key] = tuple(sorted(edges, key=lambda edge: edge.outcome.goes_to is not None))
            self.steps += len(stepper.letters)
        return found

    def following(self, node: Node, edge: Edge, to: str | None) -> Iterator[Node]:
        """Give the standings before the next week, if the stage stays (`to` is none) or another takes effect."""
        stepper = self.stepper(node.moment)
        if to is None:
            stage, dwell, streaks = node.stage, stepper.stayed(node.stage, node.dwell), edge.after
        else:
            stage, dwell, streaks = to, 0, stepper.entered(to, edge.after)
        for moment in self.times.after(node.moment):
            yield Node(moment, stage, dwell, streaks)

    def week_of(self, *what: str) -> int | None:
        """Give the week, counted from that in which the first stage takes effect, in which something is first seen."""
        found = self.seen.get(what)
        return None if found is None else self.ages[found[0]]

    def way(self, hops: Sequence[Hop]) -> Way:
        """Give a shortest way to the node of the first hop, and on from there by the hops."""
        whole = list(hops)
        while (earlier := self.before[whole[0].node]) is not None:
            whole.insert(0, earlier)
        taken = [
            Taken(hop.node.moment, self.stepper(hop.node.moment).letters[hop.edge.letter], hop.to) for hop in whole
        ]
        source = whole[0].node
        place = (source.moment, source.streaks)
        early: list[Taken] = []
        while (prior := self.prior[place]) is not None:
            place, letter = prior
            early.insert(0, Taken(place[0], self.stepper(place[0]).letters[letter], None))
        start = self.times.start([one.moment for one in (*early, *taken)])
        return Way(source.stage, start, len(early), (*early, *taken))


def explore(times: Times, steppers: Sequence[Stepper], budget: Budget) -> Graph:
    """Search every standing that can be reached from the first stage, whatever the data are and people do."""
    graph = Graph(times, steppers)
    _begin(graph, budget)
    waiting = deque(graph.before)
    while waiting and not graph.unfinished:
        node = waiting.popleft()
        age = graph.ages[node] + 1
        for edge in graph.edges(node):
            _note(graph, node, edge)
            for to in (None, edge.outcome.goes_to) if edge.outcome.goes_to else (None,):
                for following in graph.following(node, edge, to):
                    if following not in graph.before:
                        graph.before[following] = Hop(node, edge, to)
                        graph.ages[following] = age
                        waiting.append(following)
        graph.unfinished = _beyond(graph, budget)
    return graph


def _begin(graph: Graph, budget: Budget) -> None:
    """Find the streaks with which the first stage can begin, where the data have begun before it."""
    waiting = deque((moment, graph.stepper(moment).start) for moment in range(len(graph.times.weeks)))
    graph.prior = dict.fromkeys(waiting)
    while waiting and not graph.unfinished:
        place = moment, streaks = waiting.popleft()
        stepper = graph.stepper(moment)
        for letter in stepper.counting:
            after = stepper.counted(streaks, -1, letter).streaks
            for following in graph.times.after(moment):
                if (following, after) not in graph.prior:
                    graph.prior[following, after] = (place, letter)
                    waiting.append((following, after))
        graph.unfinished = _beyond(graph, budget)
    first = graph.steppers[0].ladder.policy.stages[0].name
    for moment, streaks in graph.prior:
        graph.before[Node(moment, first, -1, streaks)] = None
    graph.ages = dict.fromkeys(graph.before, 0)


def _beyond(graph: Graph, budget: Budget) -> str:
    if len(graph.before) + len(graph.prior) > budget.nodes:
        return f"there are more than {budget.nodes} standings to look at"
    if graph.steps + sum(stepper.work for stepper in graph.steppers) > budget.steps:
        return "there are more weeks to look at than the budget allows"
    return ""


def _note(graph: Graph, node: Node, edge: Edge) -> None:
    """Keep what is seen for the first time."""
    outcome = edge.outcome
    if (node.stage, outcome) in graph.noted:
        return
    graph.noted.add((node.stage, outcome))
    found: list[tuple[str, ...]] = [("met", move) for move in outcome.met]
    found += [("both", node.stage, *pair) for pair in combinations(outcome.met, 2)]
    if outcome.goes_to is not None:
        found += [("to", outcome.goes_to), ("step", node.stage, outcome.goes_to), ("fires", str(outcome.move))]
        found += [("instead", str(outcome.move), move) for move in outcome.met if move != outcome.move]
    for what in found:
        graph.seen.setdefault(what, (node, edge))
