"""Rules on the parts of a condition: those that change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from escalation.checks.registry import Finding, rule
from escalation.checks.valuations import Allowance, Scope, Values, joined, scopes
from escalation.diagnostics import Severity
from escalation.evaluation.truth import MET, UNMET, Verdict
from escalation.policy.conditions import AllOf, AnyOf, parts_of, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escalation.policy.model import Policy
    from escalation.policy.source import Route


@dataclass(slots=True)
class Node:
    """An `all` or `any`: its route and those of its parts, which of them are idle so far, and the verdicts they had."""

    condition: AllOf | AnyOf
    route: Route
    parts: list[Route]
    idle: set[int]
    had: list[set[Verdict]] = field(default_factory=list)

    def take(self, verdicts: Mapping[Route, Verdict]) -> None:
        """Note one valuation: a part without which the whole comes out otherwise is not idle."""
        given = [verdicts[part] for part in self.parts]
        for had, verdict in zip(self.had, given, strict=True):
            had.add(verdict)
        whole = verdicts[self.route]
        self.idle -= {at for at in self.idle if joined(self.condition, given[:at] + given[at + 1 :]) is not whole}


@rule("idle-part", severity=Severity.INFO, help="delete it, or correct its threshold")
def idle_part(policy: Policy) -> Iterator[Finding]:
    """A part of `all` or `any` changes nothing: the other parts decide without it.

    Who reads the policy takes it for a threshold that matters, and who changes it changes nothing. Where two parts say
    the same, the later one is told. Of figures that exist rounded only nothing is claimed.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {all: [{metric: coverage, below: 50}, {metric: coverage, below: 60}]}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 50}, missing: unknown}
    """
    allowance = Allowance()
    for name, scope in scopes(policy):
        nodes = _nodes(policy, name)
        if nodes and not scope.is_rounded and _is_tried(scope, nodes, allowance):
            for law in _laws(scope):
                for _, week in scope.weeks(law, scope.axes(law, gaps=True, streaks=True)):
                    week.judge(policy.triggers[name].when, ("triggers", name, "when"))
                    for node in nodes:
                        node.take(week.verdicts)
            for node in nodes:
                idle = [at for at in sorted(node.idle) if {MET, UNMET} <= node.had[at]]
                if idle:
                    yield node.parts[idle[-1]], "this part changes nothing: the others decide without it"


def _nodes(policy: Policy, trigger: str) -> list[Node]:
    found = []
    for route, part in walk(policy.triggers[trigger].when, ("triggers", trigger, "when")):
        if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1:
            parts = [at for at, _ in parts_of(part, route)]
            found.append(Node(part, route, parts, set(range(len(parts))), [set() for _ in parts]))
    return found


def _is_tried(scope: Scope, nodes: Sequence[Node], allowance: Allowance) -> bool:
    scope.knows_gaps = True  # a part may matter only where a figure is missing
    longest = max(len(node.parts) for node in nodes)
    laws = _laws(scope)
    return allowance.grants(sum(scope.work(scope.axes(law, gaps=True, streaks=True)) for law in laws) * longest)


def _laws(scope: Scope) -> list[Values]:
    """Give the parameters in force, the days before the first dated value included."""
    dated = {name for name in scope.parameters if scope.policy.parameters[name].dated}
    laws = scope.laws()
    return [{name: None if name in dated else value for name, value in laws[0].items()}, *laws] if dated else laws
