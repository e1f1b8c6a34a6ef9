"""An outlook of which random paths are computed again in the reference engine, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from math import isfinite, nan

import numpy as np

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import Adopt, Outcome, adopted, replay_region
from escalation.observations import NO_WEEK, Observation, Observations
from escalation.policy.metrics import Kind
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.coming import Coming, Course, coming
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outlook import COUNTED, Marked, Outlook, marked
from escalation.whatif.retraced import PATHS, added, disagreeing, ended, lived, some
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.scenarios.responding import lifted
from escalation.whatif.setting import chances_of

FIRST = 1_000
"""Half of the paths are among so many draws, which every run has that stops when enough has been drawn."""
Places = Mapping[str, Counts]
"""By region the places of draws."""


def paths_of(course: Course, draws: Draws, *, paths: int = PATHS) -> Places:
    """Choose random paths of a course, half of them among its first draws: by region the places of their draws."""
    regions, first = len(course.regions), min(draws.count, FIRST)
    early = some(regions * first, seed=draws.seed, paths=paths // 2 if draws.count > first else paths)
    chosen = [divmod(one, first) for one in early.tolist()]
    if left := draws.count - first:
        late = some(regions * left, seed=draws.seed + 1, paths=paths - len(early))
        chosen += [(lane, first + place) for lane, place in (divmod(one, left) for one in late.tolist())]
    found: dict[str, list[int]] = {}
    for lane, place in chosen:
        found.setdefault(course.regions[lane], []).append(place)
    return {region: np.array(places) for region, places in found.items()}


def checked(course: Course, draws: Draws, *, paths: Places | None = None, workers: int = 1) -> Outlook:
    """Make an outlook, and compute some of its paths again in the reference engine.

    What the run has counted of these by themselves, with the back end, the batches and the threads of all others, is
    compared with what follows week by week. Raise RequestError where the counts of all draws do not add up.
    """
    found = marked(course, draws, paths_of(course, draws) if paths is None else paths, workers=workers)
    check_sums(found.whole)
    again, differing = (np.zeros(len(course.regions), dtype=np.int64) for _ in range(2))
    for lane, region in enumerate(course.regions):
        if region in found.paths:
            again[lane] = len(found.paths[region])
            differing[lane] = again[lane] if _differs(found, course, draws, lane) else 0
    return replace(found.whole, paths=again, differing=differing)


def _differs(found: Marked, course: Course, draws: Draws, lane: int) -> bool:
    """Say whether the paths of a region come to something else in the reference engine."""
    region = course.regions[lane]
    alone = replace(course, regions=(region,))
    shape = {"first": course.now + 1, "weeks": course.weeks, "stages": len(course.policy.stages)}
    record = course.record.get(region, ())
    paths = by_reference(alone, draws.only(found.paths[region]))
    reference = added([ended(lived(course.policy, one, record, course.adoption), **shape) for one in paths])
    return any(not np.array_equal(_of_lane(found.counts[name], name, lane), reference[name]) for name in COUNTED)


def _of_lane(counts: Counts, name: str, lane: int) -> Counts:
    return counts[lane] if name in {"changes", "weeks_in", "shortest_stay"} else counts[:, lane]


def check_sums(found: Outlook) -> None:
    """Raise RequestError unless every draw of every region has one stage in each week, and is counted once in the end.

    The weeks in a stage, which the circuit counts, are those in which it is in force.
    """
    held = found.weeks_in @ np.arange(found.weeks + 1)
    sums = [one.sum(axis=-1) for one in (found.stage, found.changes, found.weeks_in, found.shortest_stay)]
    if not all((one == found.draws).all() for one in sums) or not np.array_equal(held, found.stage.sum(axis=0)):
        raise disagreeing("the counts of all draws do not add up")


def by_reference(course: Course, draws: Draws) -> Iterator[list[Outcome]]:
    """Replay the only region of a course in the reference engine, draw by draw."""
    (region,) = course.regions
    ladder, figures = Ladder(course.policy), coming(course)
    (standing,) = course.begun(ladder)
    grids = {name: grid[figures.back :, 0] for name, grid in figures.values([draws]).items()}
    weeks = range(course.now + 1, course.now + 1 + course.weeks)
    for place in range(draws.count):
        values = {name: grid[:, min(place, grid.shape[1] - 1)] for name, grid in grids.items()}
        readings = Readings(course.policy, _continued(course, region, values), region)
        chance = partial(_chance, draws.only(np.array([place])))
        if course.response:
            yield _responding(replace(course, adoption=replace(course.adoption, chance=chance)), figures, values)
            continue
        yield [
            *replay_region(
                ladder,
                readings,
                standing,
                weeks,
                adoption=replace(course.adoption, chance=chance),
                record=course.record.get(region, ()),
            )
        ]


def _responding(course: Course, figures: Coming, values: dict[str, Floats]) -> list[Outcome]:
    """Replay one draw of a region week by week, in each week on the figures that the stages so far make of it."""
    (region,) = course.regions
    ladder, record = Ladder(course.policy), course.record.get(region, ())
    (standing,) = course.begun(ladder)
    due, is_recorded = standing.pending, course.adoption.adopt is Adopt.RECORDED
    drawn = _continued(course, region, values)
    in_force: dict[int, str] = {}
    found = []
    for week in range(course.now + 1, course.now + 1 + course.weeks):
        is_due = due is not None and week <= due.effective
        stages = record if is_recorded or is_due else ()
        takes_effect = is_recorded or (due is not None and week == due.effective)
        entering = (one.stage for one in stages if takes_effect and one.since == week)
        in_force[week] = next(entering, standing.stage)
        data = _held(lifted(drawn, course.policy, region, in_force, course.response), drawn, figures)
        readings = Readings(course.policy, data, region)
        (outcome,) = replay_region(
            ladder, readings, standing, range(week, week + 1), adoption=course.adoption, record=stages
        )
        standing, _ = adopted(ladder, outcome.evaluation, course.adoption)
        found.append(outcome)
    return found


def _held(data: Observations, drawn: Observations, figures: Coming) -> Observations:
    """Let no count of weeks to come pass its population, unless it has without a response."""
    course = figures.course
    (region,) = course.regions
    series = dict(data.series)
    for name in {lift.metric for lift in course.response}:
        most = figures.most(name)
        if most is None or np.isnan(most[0, 0]) or course.policy.inputs[name].kind is not Kind.CUMULATIVE:
            continue
        pairs = zip(series.get((region, name), ()), drawn.series.get((region, name), ()), strict=True)
        limit = float(most[0, 0])
        series[region, name] = tuple(
            one._replace(value=min(one.value, max(limit, other.value))) if one.week > course.now else one
            for one, other in pairs
        )
    return replace(data, series=series)


def _chance(draw: Draws, region: str, week: int) -> float:
    """Give the number that says whether people follow in a region and week of one draw."""
    return float(chances_of(draw, region, week)[0])


def _continued(course: Course, region: str, values: dict[str, Floats]) -> Observations:
    """Give the observations of a region with the figures of a draw in the weeks to come."""
    series = dict(course.observations.series)
    edits = (name for edit in course.ahead if edit.alters is not Alters.MISSING for name in edit.metrics)
    for name in {*course.forecasts, *course.assumed, *edits}:
        known = [one for one in series.get((region, name), ()) if one.week <= course.now or one.week == NO_WEEK]
        there = [(week, float(value)) for week, value in enumerate(values[name]) if not np.isnan(value)]
        coming = [Observation(course.now + 1 + week, value if isfinite(value) else nan, 0) for week, value in there]
        series[region, name] = (*known, *coming)
    return replace(course.observations, series=series)
