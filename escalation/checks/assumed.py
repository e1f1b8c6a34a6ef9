"""The numbers of a policy that no source backs: those marked `assumption`, and those of which nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.policy.conditions import Comparison, Condition, Count, Limits, walk
from escalation.policy.metrics import Bands
from escalation.policy.values import ASSUMPTION

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route


def assumptions(policy: Policy) -> tuple[Route, ...]:
    """Give the routes of all numbers that no source backs, in the order of parameters, metrics, triggers and moves.

    A number that a condition holds has the source of its trigger, one in a row of bands that of its metric; a named
    parameter has its own.
    """
    return (*_parameters(policy), *_bands(policy), *_triggers(policy), *_moves(policy))


def is_assumed(source: tuple[str, ...] | None) -> bool:
    """Say whether no document backs a number."""
    return not source or ASSUMPTION in source


def _parameters(policy: Policy) -> Iterator[Route]:
    for name, parameter in policy.parameters.items():
        if parameter.dated is None:
            if is_assumed(parameter.source):
                yield "parameters", name, "value"
            continue
        for index, dated in enumerate(parameter.dated):
            if is_assumed(dated.source or parameter.source):
                yield "parameters", name, "dated", index, "value"


def _bands(policy: Policy) -> Iterator[Route]:
    for name, metric in policy.metrics.items():
        if isinstance(metric, Bands) and is_assumed(metric.source):
            for index, row in enumerate(metric.bands.rows):
                yield from _literals(row, ("metrics", name, "bands", "rows", index))


def _triggers(policy: Policy) -> Iterator[Route]:
    for name, trigger in policy.triggers.items():
        if is_assumed(trigger.source):
            yield from _numbers_in(trigger.when, ("triggers", name, "when"))
            if "for_" in trigger.model_fields_set:
                yield "triggers", name, "for"


def _numbers_in(condition: Condition, route: Route) -> Iterator[Route]:
    for inner, part in walk(condition, route):
        if isinstance(part, Comparison):
            yield from _literals(part, inner)
        elif isinstance(part, Count):
            yield *inner, "count", "at_least"


def _literals(limits: Limits, route: Route) -> Iterator[Route]:
    yield from ((*route, operator.value) for operator, limit in limits.limits if isinstance(limit, float))


def _moves(policy: Policy) -> Iterator[Route]:
    for index, move in enumerate(policy.moves):
        if move.after and is_assumed(move.source):
            yield "moves", index, "after"
    for index, lock in enumerate(policy.locks):
        if is_assumed(lock.source):
            yield "locks", index
