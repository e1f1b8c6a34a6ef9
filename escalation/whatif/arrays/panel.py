"""What was observed, as arrays: by metric a grid of weeks and regions (SEMANTICS 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import isnan

import numpy as np
from numpy.typing import NDArray

from escalation.observations import NO_WEEK, Observations
from escalation.policy.model import Policy
from escalation.policy.operands import look_back, operands

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int16]
UNUSABLE = np.inf
"""Stands for a figure on record that cannot be used: it is missing, and hides the earlier ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The figures on record of some regions, as known on a date, from the week `first` (`Week.number`) on.

    `values` has for each input metric an array of float64, [week, region]: not a number where nothing is on record,
    infinite where what is on record cannot be used. An attribute stands in the first week. `begins` and `ends` give of
    each region the place of its first and last week on the grid; the weeks before the earliest are there because
    computed metrics look back at them, because a stage may have been in force before, and because the figures of a
    group may begin earlier than the rows about a member.
    """

    policy: Policy
    first: int
    regions: tuple[str, ...]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    values: Mapping[str, Floats]

    @property
    def weeks(self) -> int:
        """How many weeks the grid has."""
        return len(next(iter(self.values.values())))

    def alone(self, region: str) -> Panel:
        """Give the grid of one of its regions."""
        return self.only([self.regions.index(region)])

    def only(self, lanes: Sequence[int]) -> Panel:
        """Give the grid of some of its regions, by their places."""
        return replace(
            self,
            regions=tuple(self.regions[lane] for lane in lanes),
            begins=self.begins[lanes],
            ends=self.ends[lanes],
            values={name: grid[:, lanes] for name, grid in self.values.items()},
        )


def panel(
    policy: Policy,
    observations: Observations,
    *,
    regions: Sequence[str] | None = None,
    as_of: date | None = None,
    last: int | None = None,
) -> Panel:
    """Put the observations of regions on a grid, up to their latest week or `last` (`Week.number`).

    Regions of which nothing was known are left out.
    """
    chosen = {
        region: span
        for region in (regions if regions is not None else observations.regions)
        if (span := observations.span(region, as_of=as_of)) is not None
    }
    spans = list(chosen.values())
    known = (next(iter(observations.known(*one, as_of=as_of)), None) for one in product(chosen, policy.inputs))
    begun = [one.week for one in known if one is not None and one.week != NO_WEEK]
    back = max(lookback(policy), *(move.after for move in policy.moves), 1)
    first = min((*(begin for begin, _ in spans), *begun), default=back + 1) - back
    end = max([last] if last is not None else [latest for _, latest in spans], default=first)
    shape = (end - first + 1, len(chosen))
    values = {}
    for name in policy.inputs:
        grid = np.full(shape, np.nan)
        for lane, region in enumerate(chosen):
            for one in observations.known(region, name, as_of=as_of):
                place = one.week - first if one.week != NO_WEEK else 0
                if place < len(grid):
                    grid[place, lane] = UNUSABLE if isnan(one.value) else one.value
        values[name] = grid
    return Panel(
        policy=policy,
        first=first,
        regions=tuple(chosen),
        begins=np.array([begin - first for begin, _ in spans], dtype=np.int64),
        ends=np.array([(latest if last is None else last) - first for _, latest in spans], dtype=np.int64),
        values=values,
    )


def lookback(policy: Policy) -> int:
    """Count the weeks that computed metrics look back at most."""
    found: dict[str, int] = {}

    def visit(name: str) -> int:
        if name not in found:
            metric = policy.metrics[name]
            found[name] = look_back(metric) + max((visit(operand) for _, operand in operands(metric)), default=0)
        return found[name]

    return max(map(visit, policy.metrics), default=0)
