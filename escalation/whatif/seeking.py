"""The two ways to seek: exactly over the weeks on record, and on the same draws over the weeks to come."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.library import Record, begun, replay
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.evaluation.step import Recommendation
from escalation.observations import Observations
from escalation.policy.amend import Amendment, amend
from escalation.policy.model import Policy
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Floats, Panel, panel
from escalation.whatif.arrays.paths import weeks_in
from escalation.whatif.arrays.trial import batches, side_by_side, trial, with_longest
from escalation.whatif.asking import course
from escalation.whatif.cells import Cell, compared, cut
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import DEFAULT, Method
from escalation.whatif.large.kept import Each, Part, made
from escalation.whatif.levers import CAMPAIGN, UPTAKE, number_of
from escalation.whatif.numbers import Number, Sort
from escalation.whatif.outlook import outlook
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.scenarios.scenario import BASELINE, Scenario, applied
from escalation.whatif.seek import Came, Goal, Lever, Sought, Tried, grid_of, halved, stretches


def on_record(
    policy: Policy,
    observations: Observations,
    lever: Lever,
    goal: Goal,
    *,
    regions: Sequence[str] | None = None,
    record: Record | None = None,
    as_of: date | None = None,
    adoption: Adoption = FOLLOW,
    each: Each = made,
) -> tuple[Sought, ...]:
    """Find where a goal is reached over the weeks on record of each region, exactly: all that can differ is tried.

    A region of which nothing was known, or that has no stage on record yet, is left out. `each` makes what some regions
    come to. Raise RequestError where there is no other.
    """
    number = number_of(policy, lever.name)
    asked = observations.regions if regions is None else regions
    chosen = begun(policy, observations, asked, record=record, as_of=as_of)
    grid = panel(policy, observations, regions=chosen, as_of=as_of)
    if not grid.regions:
        raise RequestError("nothing was known of any region by then", help="ask for a later day")
    cells = _cells(grid, lever, number, record=record or {})
    if number.sort is not Sort.THRESHOLD:
        longest = with_longest(policy, {number.route: side_by_side(_firsts(cells))})
        grid = panel(longest, observations, regions=chosen, as_of=as_of)
    together = [*batches(grid, _firsts(cells))]

    def make(place: int) -> Part:
        lanes = together[place]
        values = side_by_side(_firsts([cells[lane] for lane in lanes]))
        counts = _weeks_in(grid.only(lanes), number, values, stage=goal.stage, record=record, adoption=adoption)
        return dict(zip(("weeks", "unsaid"), counts, strict=True))

    parts = each([f"regions-{lanes[0]}-{lanes[-1] + 1}" for lanes in together], make)
    return tuple(
        _sought(
            grid.regions[lane],
            goal,
            cells[lane],
            *(part[key][: len(cells[lane]), place] for key in ("weeks", "unsaid")),
        )
        for lanes, part in zip(together, parts, strict=True)
        for place, lane in enumerate(lanes)
    )


def _sought(region: str, goal: Goal, cells: Sequence[Cell], outcomes: Counts, unsaid: Counts) -> Sought:
    """Give what was found of a region; of neighbouring values that come to the same the first and the last are kept."""
    tried: list[Tried] = []
    for (low, high), *came in zip(cells, outcomes.astype(float).tolist(), unsaid.astype(float).tolist(), strict=True):
        is_as_before = bool(tried) and [*tried[-1][1:]] == came
        if is_as_before and len(tried) > 1 and [*tried[-2][1:]] == came:
            tried.pop()
        tried += [Tried(one, *came) for one in ({high: None} if is_as_before else dict.fromkeys((low, high)))]
    return Sought(region=region, tried=(*tried,), stretches=(*stretches(tried, goal),), is_exact=True)


def _cells(grid: Panel, lever: Lever, number: Number, *, record: Record) -> list[list[Cell]]:
    """Cut the range, for each region, into parts throughout which every comparison comes out the same.

    No streak and no stay has more weeks than there are, from the first stage on record on, so longer ones are alike.
    """
    if number.sort is not Sort.THRESHOLD:
        begun = min((one.since for region in grid.regions for one in record.get(region, ())), default=grid.first)
        low, high = math.ceil(lever.low), math.floor(lever.high)
        last = min(max(grid.weeks + max(grid.first - begun, 0), low), high)
        weeks = [Cell(float(one), float(one)) for one in range(low, last)]
        return [[*weeks, Cell(float(last), float(high))]] * len(grid.regions)
    return [cut(lever.low, lever.high, own) for own in compared(grid, number)]


def _firsts(cells: Sequence[Sequence[Cell]]) -> list[list[float]]:
    return [[one.first for one in own] for own in cells]


def _weeks_in(
    grid: Panel, number: Number, values: Floats, *, stage: str, record: Record | None, adoption: Adoption
) -> tuple[Counts, Counts]:
    """Count the weeks in a stage, and those that cannot be said, with each value, [value, region]: all at once."""
    tried = trial(grid, {number.route: values})
    found = weeks_in(
        tried.panel, stage, adoption=adoption, record=record, parameters=tried.parameters, durations=tried.durations
    )
    return np.broadcast_to(found[0], values.shape[1:]), np.broadcast_to(found[1], values.shape[1:])


def confirmed(
    policy: Policy,
    observations: Observations,
    lever: Lever,
    goal: Goal,
    found: Sequence[Sought],
    *,
    record: Record | None = None,
    as_of: date | None = None,
    adoption: Adoption = FOLLOW,
) -> int:
    """Count weeks again in the reference engine, beside every end of a stretch; give how many values agree.

    Raise RequestError where one does not.
    """
    number = number_of(policy, lever.name)
    agreed = 0
    for sought in found:
        for one in beside_ends(sought, goal):
            value = one.value if number.sort is Sort.THRESHOLD else int(one.value)
            replayed = replay(
                amend(policy, {lever.name: value}),
                observations,
                regions=[sought.region],
                record=record,
                as_of=as_of,
                adoption=adoption,
            )
            evaluations = [outcome.evaluation for outcome in replayed]
            weeks = sum(found.stage == goal.stage for found in evaluations)
            unsaid = sum(found.recommendation is Recommendation.UNDETERMINED for found in evaluations)
            if (weeks, unsaid) != (one.outcome, one.unsaid):
                raise RequestError(
                    f"the two engines do not agree on {value!r}: {one.outcome:g} and {weeks} weeks, "
                    f"{one.unsaid:g} and {unsaid} in which the policy cannot say",
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
    """What is asked of the weeks to come besides the input: the same draws for all its values.

    The `scenario` is supposed throughout but for its amendments, which the policy has already; the observations are
    those before its edits.
    """

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
    scenario: Scenario = BASELINE

    def course(self, lever: Lever, value: float, regions: Sequence[str]) -> Course:
        """Give the weeks to come with a value of the input."""
        uptakes, scenario = dict(self.uptakes), replace(self.scenario, amendments=(), horizon=self.weeks)
        kind, _, metric = lever.name.partition(":")
        if kind == UPTAKE:
            uptakes[metric] = value
        elif kind == CAMPAIGN:
            scenario = replace(scenario, edits=(*scenario.edits, self._campaign(metric, value)))
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

    def come(self, lever: Lever, value: float, regions: Sequence[str], stage: str) -> list[Came]:
        """Give of each region the part of the draws in which a stage is recommended within the horizon."""
        found = outlook(self.course(lever, value, regions), self.draws, workers=self.workers)
        shares = found.within(found.recommended)[-1, :, self.policy.ranks[stage]]
        unsaid = found.undetermined.sum(axis=0) / found.draws
        return [Came(*pair) for pair in zip(shares.tolist(), unsaid.tolist(), strict=True)]


def ahead(asked: Ahead, lever: Lever, goal: Goal, *, each: Each = made) -> tuple[Sought, ...]:
    """Find where a goal is reached in the weeks to come, by halving between the values of a grid.

    `each` makes what each value of the grid comes to in all regions, and then what is found of each region in which the
    goal is reached with some of them only.
    """
    places, regions = grid_of(lever), asked.regions

    def of_value(number: int) -> Part:
        return {"came": np.array(asked.come(lever, lever.at(places[number]), regions, goal.stage))}

    columns = [
        [Came(*pair) for pair in part["came"].tolist()]
        for part in each([f"value-{place}" for place in places], of_value)
    ]
    grids = [dict(zip(places, row, strict=True)) for row in zip(*columns, strict=True)]

    def found(lane: int) -> Sought:
        region = regions[lane]

        def alone(value: float) -> Came:
            return asked.come(lever, value, (region,), goal.stage)[0]

        return halved(region, lever, goal, grid=grids[lane], outcome_at=alone)

    lanes = [
        lane for lane, grid in enumerate(grids) if len({goal.is_reached(one.outcome) for one in grid.values()}) > 1
    ]
    parts = each([f"region-{lane}" for lane in lanes], lambda number: _part_of(found(lanes[number])))
    known = {lane: _sought_of(regions[lane], goal, part) for lane, part in zip(lanes, parts, strict=True)}
    return tuple(known[lane] if lane in known else found(lane) for lane in range(len(regions)))


def _part_of(sought: Sought) -> Part:
    return {"tried": np.array(sought.tried), "is_exact": np.array(sought.is_exact)}


def _sought_of(region: str, goal: Goal, part: Part) -> Sought:
    tried = tuple(Tried(*one) for one in part["tried"].tolist())
    return Sought(region=region, tried=tried, stretches=(*stretches(tried, goal),), is_exact=bool(part["is_exact"]))
