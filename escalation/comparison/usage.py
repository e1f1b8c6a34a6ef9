"""Which parts of a policy its moves rest on; a change to any other part changes no recommendation."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.policy.conditions import Comparison, JudgementLeaf, TriggerLeaf, walk
from escalation.policy.metrics import Bands
from escalation.policy.model import Policy
from escalation.policy.operands import operands


def used(policy: Policy) -> frozenset[tuple[str, str]]:
    """Give the section and name of each trigger, metric and parameter that some move rests on."""
    found: set[tuple[str, str]] = set()
    waiting = [("triggers", move.trigger) for move in policy.moves]
    waiting += [("metrics", judgement) for move in policy.moves for judgement in move.requires or ()]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _below(policy, *one)
    return frozenset(found)


def _below(policy: Policy, section: str, name: str) -> Iterator[tuple[str, str]]:
    if section == "triggers":
        for _, part in walk(policy.triggers[name].when, ()):
            match part:
                case Comparison():
                    yield "metrics", part.metric
                    yield from (("parameters", limit) for _, limit in part.limits if isinstance(limit, str))
                case TriggerLeaf():
                    yield "triggers", part.trigger
                case JudgementLeaf():
                    yield "metrics", part.judgement
    elif section == "metrics":
        metric = policy.metrics[name]
        yield from (("metrics", operand) for _, operand in operands(metric))
        if isinstance(metric, Bands):
            limits = (limit for row in metric.bands.rows for _, limit in row.limits)
            yield from (("parameters", limit) for limit in limits if isinstance(limit, str))
