"""The numbers with which metrics are compared, each with its place in the policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from escalation.policy.conditions import Comparison, Limits, walk
from escalation.policy.metrics import Bands
from escalation.policy.values import Document

if TYPE_CHECKING:
    from escalation.policy.model import Parameter, Policy
    from escalation.policy.source import Route


SMALL_PERCENTAGES = 10
"""A percentage whose range ends here, or below, is one of which fractions of a percent are compared."""


class Threshold(NamedTuple):
    """A number with which a metric is compared, and where it stands."""

    route: Route
    metric: str
    value: float


def thresholds(policy: Policy) -> Iterator[Threshold]:
    """Give every number with which a metric is compared; those of a dated parameter one by one."""
    for route, metric, limits in comparisons(policy):
        for operator, limit in limits.limits:
            if isinstance(limit, float):
                yield Threshold((*route, operator.value), metric, limit)
            else:
                for inner, value in values(policy.parameters[limit]):
                    yield Threshold(("parameters", limit, *inner), metric, value)


def values(parameter: Parameter) -> Iterator[tuple[Route, float]]:
    """Give the values of a parameter, each with its route inside it."""
    if parameter.value is not None:
        yield ("value",), parameter.value
    yield from ((("dated", index, "value"), dated.value) for index, dated in enumerate(parameter.dated or ()))


def comparisons(policy: Policy) -> Iterator[tuple[Route, str, Limits]]:
    """Give every comparison of triggers and bands: its route, its metric, and what stands on its other side."""
    for name, trigger in policy.triggers.items():
        for route, leaf in walk(trigger.when, ("triggers", name, "when")):
            if isinstance(leaf, Comparison):
                yield route, leaf.metric, leaf
    for name, metric in policy.metrics.items():
        if isinstance(metric, Bands):
            for index, row in enumerate(metric.bands.rows):
                yield ("metrics", name, "bands", "rows", index), metric.bands.of, row


def with_number(policy: Policy, route: Route, value: float | str) -> Policy:
    """Give a policy with another number, or the name of one, at a route: the loader does not look at it again.

    >>> from escalation.policy.load import loads
    >>> policy = loads('''
    ... language: 1
    ... name: reservoir
    ... calendar: iso-week
    ... metrics: {storage: {kind: level}}
    ... triggers: {dry: {when: {metric: storage, below: 40}, missing: unknown}}
    ... stages: [{name: normal}, {name: drought}]
    ... moves: [{name: to-drought, from: normal, to: drought, trigger: dry}]
    ... ''')
    >>> [threshold.value for threshold in thresholds(with_number(policy, ("triggers", "dry", "when", "below"), 35.0))]
    [35.0]
    """
    made: Policy = _with(policy, route, value)
    return made


def _with(node: Any, route: Route, value: float | str) -> Any:  # noqa: ANN401 - any part of a policy
    if not route:
        return value
    key, rest = route[0], route[1:]
    if isinstance(node, Document):
        fields = type(node).model_fields.items()
        name = next(name for name, field in fields if key in (name, field.alias))
        made = node.model_copy(update={name: _with(getattr(node, name), rest, value)})
        made.__dict__.pop("limits", None)  # computed from the number that is no more
        return made
    if isinstance(node, tuple):
        return tuple(_with(one, rest, value) if place == key else one for place, one in enumerate(node))
    return {**node, key: _with(node[key], rest, value)}
