"""The numbers with which metrics are compared, each with its place in the policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from escalation.policy.conditions import Comparison, Limits, walk
from escalation.policy.metrics import Bands

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
