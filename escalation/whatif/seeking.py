"""The two ways to seek: exactly over the weeks on record, and on the same draws over the weeks to come."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import pairwise

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.library import replay
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.policy.amend import Amendment, amend
from escalation.policy.model import Policy
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.panel import Panel, panel
from escalation.whatif.arrays.paths import replayed
from escalation.whatif.asking import course
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import DEFAULT, Method
from escalation.whatif.levers import CAMPAIGN, UPTAKE, number_of
from escalation.whatif.numbers import Number, Sort, beside, changed
from escalation.whatif.outlook import outlook
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.scenarios.scenario import Scenario, applied
from escalation.whatif.seek import Goal, Lever, Sought, Tried, grid_of, halved, stretches
from escalation.whatif.tipping import crossings

Record = Mapping[str, tuple[StageInForce, ...]]


def on_record(
    policy: Policy,
    observations: Observations,
    lever: Lever,
    goal: Goal,
    *,
    regions: Sequence[str] | None = None,
    record: Record | None = None,
    as_of: date | None = None,
) -> tuple[Sought, ...]:
    """Find where a goal is reached over the weeks on record of each region, exactly: all that can differ is tried."""
    number = number_of(policy, lever.name)
    found = []
    for region in regions if regions is not None else observations.regions:
        grid = panel(policy, observations, regions=(region,), as_of=as_of)
        begun = min((one.since for one in (record or {}).get(region, ())), default=grid.first)
        longest = grid.weeks + max(grid.first - begun, 0)
        cells = list(_cells(grid, lever, number, longest=longest))
        outcomes = _weeks_in(
            grid,
            number,
            [first for first, _ in cells],
            stage=goal.stage,
            record=record,
            longer=partial(panel, observations=observations, regions=(region,), as_of=as_of),
        )
        tried: list[Tried] = []
        for (low, high), outcome in zip(cells, outcomes, strict=True):
            is_as_before = bool(tried) and tried[-1].outcome == outcome
            if is_as_before and len(tried) > 1 and tried[-2].outcome == outcome:
                tried.pop()
            tried += [Tried(one, outcome) for one in ({high: None} if is_as_before else dict.fromkeys((low, high)))]
        found.append(Sought(region=region, tried=(*tried,), stretches=(*stretches(tried, goal),), is_exact=True))
    return tuple(found)


def _cells(grid: Panel, lever: Lever, number: Number, *, longest: int) -> Iterator[tuple[float, float]]:
    """Cut the range into parts throughout which every comparison comes out the same: first and last of each.

    No streak and no stay has more than the `longest` weeks, so longer durations are alike.
    """
    if number.sort is not Sort.THRESHOLD:
        low, high = math.ceil(lever.low), math.floor(lever.high)
        last = min(max(longest, low), high)
        yield from ((float(weeks), float(weeks)) for weeks in range(low, last))
        yield float(last), float(high)
        return
    figures = Figures(grid.policy, grid.values, first=grid.first)
    compared = set(beside(grid.policy, number))
    for metric in number.metrics:
        values = figures.of(metric)
        for array in (values.value, *((values.ends.low, values.ends.high) if values.ends is not None else ())):
            compared |= {float(one) for one in np.unique(array[np.isfinite(array)])}
    cuts = [one for one in crossings(compared) if lever.low <= one.below and one.above <= lever.high]
    begins = [lever.low, *(one.above for one in cuts)]
    ends = [*(one.below for one in cuts), lever.high]
    yield from zip(begins, ends, strict=True)


def _weeks_in(
    grid: Panel,
    number: Number,
    values: Sequence[float],
    *,
    stage: str,
    record: Record | None,
    longer: Callable[[Policy], Panel],
) -> list[float]:
    """Count the weeks in a stage with each value: those of a parameter all at once.

    `longer` gives the panel of a policy, as far back as its longest stay asks for.
    """
    rank = grid.policy.ranks[stage]
    if number.route[0] == "parameters" and number.route[2:] == ("value",):
        asked = {str(number.route[1]): np.array(values).reshape(1, -1, 1)}
        paths = replayed(grid, record=record, parameters=asked)
        counted = ((paths.stage == rank) & paths.active).sum(axis=0)[:, 0]
        return [float(one) for one in np.broadcast_to(counted, len(values))]
    found = []
    for value in values:
        other = changed(grid.policy, number, value)
        held = longer(other) if number.sort is Sort.AFTER else grid
        paths = replayed(replace(held, policy=other), record=record)
        found.append(float(((paths.stage == rank) & paths.active).sum()))
    return found


def confirmed(
    policy: Policy,
    observations: Observations,
    lever: Lever,
    goal: Goal,
    found: Sequence[Sought],
    *,
    record: Record | None = None,
    as_of: date | None = None,
) -> int:
    """Count weeks again in the reference engine, beside every end of a stretch; give how many values agree.

    Raise RequestError where one does not.
    """
    number = number_of(policy, lever.name)
    agreed = 0
    for sought in found:
        for one in beside_ends(sought, goal):
            value = one.value if number.sort is Sort.THRESHOLD else int(one.value)
            outcomes = replay(
                amend(policy, {lever.name: value}),
                observations,
                regions=[sought.region],
                record=record,
                as_of=as_of,
            )
            weeks = sum(outcome.evaluation.stage == goal.stage for outcome in outcomes)
            if weeks != one.outcome:
                raise RequestError(
                    f"the two engines do not agree on {value!r}: {one.outcome:g} and {weeks} weeks",
                    help="report this with the policy and the data",
                )
            agreed += 1
    return agreed


def beside_ends(sought: Sought, goal: Goal) -> list[Tried]:
    """Give the values tried on both sides of every place where a goal begins or ceases to be reached."""
    pairs = [
        (one, other)
        for one, other in pairwise(sought.tried)
        if goal.is_reached(one.outcome) != goal.is_reached(other.outcome)
    ]
    return [one for pair in pairs for one in pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is asked of the weeks to come besides the input: the same draws for all its values."""

    policy: Policy
    observations: Observations
    weeks: int
    draws: Draws
    regions: tuple[str, ...]
    record: Record = field(default_factory=dict)
    assumed: Mapping[str, float] = field(default_factory=dict)
    uptakes: Mapping[str, float] = field(default_factory=dict)
    by: Method = DEFAULT
    workers: int = 1

    def course(self, lever: Lever, value: float, regions: Sequence[str]) -> Course:
        """Give the weeks to come with a value of the input."""
        uptakes, scenario = dict(self.uptakes), Scenario(name="seek", horizon=self.weeks)
        kind, _, metric = lever.name.partition(":")
        if kind == UPTAKE:
            uptakes[metric] = value
        elif kind == CAMPAIGN:
            scenario = replace(scenario, edits=(self._campaign(metric, value),))
        else:
            is_weeks = number_of(self.policy, lever.name).sort is not Sort.THRESHOLD
            amendment = Amendment(path=lever.name, value=int(value) if is_weeks else value)
            scenario = replace(scenario, amendments=(amendment,))
        return course(
            applied(scenario, self.policy, self.observations),
            record=self.record,
            regions=regions,
            weeks=self.weeks,
            assumed=self.assumed,
            uptakes=uptakes,
            by=self.by,
        )

    def _campaign(self, metric: str, people: float) -> Edit:
        """Let so many people more a week be counted from the first week to come on."""
        begin = max(last for _, last in self.observations.weeks.values()) + 1
        return Edit(alters=Alters.CAMPAIGN, metrics=(metric,), amount=people, first=begin)

    def probabilities(self, lever: Lever, value: float, regions: Sequence[str], stage: str) -> list[float]:
        """Give of each region the part of the draws in which a stage is recommended within the horizon."""
        found = outlook(self.course(lever, value, regions), self.draws, workers=self.workers)
        return [float(one) for one in found.within(found.recommended)[-1, :, self.policy.ranks[stage]]]


def ahead(
    asked: Ahead, lever: Lever, goal: Goal, *, tell: Callable[[float], None] = lambda _: None
) -> tuple[Sought, ...]:
    """Find where a goal is reached in the weeks to come, by halving between the values of a grid.

    `tell` is called before each value of the grid.
    """
    grids: list[dict[int, float]] = [{} for _ in asked.regions]
    for place in grid_of(lever):
        tell(lever.at(place))
        outcomes = asked.probabilities(lever, lever.at(place), asked.regions, goal.stage)
        for grid, outcome in zip(grids, outcomes, strict=True):
            grid[place] = outcome

    def alone(region: str) -> Callable[[float], float]:
        return lambda value: asked.probabilities(lever, value, (region,), goal.stage)[0]

    return tuple(
        halved(region, lever, goal, grid=grid, outcome_at=alone(region))
        for region, grid in zip(asked.regions, grids, strict=True)
    )
