"""Numbers of a policy of which the array engine tries many values at once: thresholds, streaks and stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from escalation.periods import last_day_of
from escalation.policy.model import Parameter, Policy
from escalation.policy.source import Route
from escalation.policy.thresholds import comparisons, with_number
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Floats, Panel
from escalation.whatif.arrays.words import WORD

Values = Mapping[Route, Floats]
"""By the route of a number its values, whole ones of weeks, with axes of their own between week and region."""
DATED = "dated"
DURATIONS = {"triggers": "for", "moves": "after"}
ENTRY, WHOLE = 2, 3
"""The length of the route of an entry of the file, section and name, and of a duration: section, entry, key."""
MOST_FIGURES = 1_000_000
"""Figures that are compared at once, each 8 bytes."""


class Trial(NamedTuple):
    """A panel whose policy takes the numbers that are tried as inputs, and their values."""

    panel: Panel
    parameters: dict[str, Floats]
    durations: dict[Key, Counts]


def is_duration(route: Route) -> bool:
    """Say whether a number is the length of a streak or of a stay."""
    return len(route) == WHOLE and DURATIONS.get(str(route[0])) == route[2]


def is_at_once(policy: Policy, route: Route) -> bool:
    """Say whether all values of a number, by its route or that of its parameter, are tried at once at little cost.

    Those of a table's limits make as many tables.
    """
    limits = (
        (*place, operator.value)
        for place, _, compared in comparisons(policy)
        for operator, _ in compared.limits
        if place[0] == "triggers"
    )
    is_value = route[0] == "parameters" and (len(route) == ENTRY or DATED in route[ENTRY:])
    return is_value or is_duration(route) or route in limits


def with_longest(policy: Policy, of: Values) -> Policy:
    """Give the policy with the longest duration of those that are tried: a panel of it looks back far enough."""
    for route, values in of.items():
        if is_duration(route):
            policy = with_number(policy, route, int(values.max()))
    return policy


def trial(panel: Panel, of: Values) -> Trial:
    """Let numbers be inputs: of durations, `for` and `after`, the panel's policy has the longest, as `with_longest`."""
    policy = panel.policy
    parameters: dict[str, Floats] = {}
    durations: dict[Key, Counts] = {}
    for route, values in of.items():
        section, entry, *_ = route
        if is_duration(route):
            place = entry if isinstance(entry, int) else [*policy.triggers].index(entry)
            durations[Key(str(route[2]), place)] = values.astype(np.int64)
        elif section == "parameters":
            known = parameters.get(str(entry))
            parameters[str(entry)] = _in_force(panel, route, values, known) if DATED in route[ENTRY:] else values
        else:
            name = ".".join(map(str, route))
            policy = with_number(policy, route, name)
            policy = policy.model_copy(update={"parameters": {**policy.parameters, name: Parameter(value=0.0)}})
            parameters[name] = values
    return Trial(replace(panel, policy=policy), parameters, durations)


def _in_force(panel: Panel, route: Route, values: Floats, known: Floats | None) -> Floats:
    """Give a dated parameter week by week, with the values that are tried of one of its dates while it is in force.

    In other weeks it is as `known`, where those of another date are tried as well.
    """
    parameter, place = panel.policy.parameters[str(route[1])], int(route[3])
    dates = [one.from_ for one in parameter.dated or ()]
    days = [last_day_of(panel.policy.calendar, panel.first + week) for week in range(panel.weeks)]
    by_week = (len(days), *[1] * (values.ndim - 1))
    is_tried = np.reshape([sum(date <= day for date in dates) == place + 1 for day in days], by_week)
    own = np.reshape([np.nan if (value := parameter.on(day)) is None else value for day in days], by_week)
    return np.where(is_tried, values, own if known is None else known)


def side_by_side(values: Sequence[Sequence[float]]) -> Floats:
    """Lay out the values of each region, [1, value, region]; of a region with fewer of them the last is repeated."""
    size = max(map(len, values))
    return np.array([[own[min(place, len(own) - 1)] for own in values] for place in range(size)])[np.newaxis]


def batches(panel: Panel, values: Sequence[Sequence[float]]) -> Iterator[list[int]]:
    """Give the places of regions that are tried together: a word of them, or fewer where they have many values."""
    size = max(1, min(WORD, MOST_FIGURES // (panel.weeks * max(map(len, values)))))
    for first in range(0, len(panel.regions), size):
        yield [*range(first, min(first + size, len(panel.regions)))]
