"""Random paths of an outlook computed again in the reference engine, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import isfinite, nan
from typing import NamedTuple

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import Outcome, replay_region
from escalation.evaluation.step import Recommendation
from escalation.observations import NO_WEEK, Observation, Observations
from escalation.policy.values import Language
from escalation.policy.wording import phrase
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import Backend, run
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.words import unpacked, words_for
from escalation.whatif.coming import Course, coming
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outlook import Setting, chances_of, setting
from escalation.whatif.scenarios.edits import Alters

PATHS = 40
WORDS = {
    "agree": (
        "{agree} of {paths} random paths agree with the reference engine",
        "{agree} dari {paths} lintasan acak sama dengan mesin acuan",
    ),
    "differs": ("; {region}, draw {draw} does not", "; {region}, undian {draw} berbeda"),
}


class Retraced(NamedTuple):
    """How many random paths were computed in both engines, and the region and draw of those that differ."""

    paths: int
    differing: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        """Say it as outputs do."""
        return self.told(Language.ENGLISH)

    def told(self, language: Language) -> str:
        """Say it as outputs do."""
        found = phrase(WORDS, "agree", language, agree=self.paths - len(self.differing), paths=self.paths)
        return found + "".join(
            phrase(WORDS, "differs", language, region=region, draw=draw) for region, draw in self.differing[:3]
        )


def agreed(checks: Sequence[Retraced]) -> Retraced:
    """Add checks up. Raise RequestError where the two engines differ in one."""
    for check in checks:
        if check.differing:
            raise RequestError(
                f"the two engines do not agree: {check}", help="report this with the policy and the data"
            )
    return Retraced(sum(check.paths for check in checks), ())


def retraced(course: Course, draws: Draws, *, paths: int = PATHS) -> Retraced:
    """Compute random paths in both engines, and compare the stage and the recommendation of every week."""
    random = np.random.default_rng(draws.seed)
    total = len(course.regions) * draws.count
    chosen = [divmod(int(one), draws.count) for one in random.choice(total, min(paths, total), replace=False)]
    places: dict[int, list[int]] = {}
    for lane, place in sorted(chosen):
        places.setdefault(lane, []).append(place)
    differing: list[tuple[str, int]] = []
    for lane, those in places.items():
        alone, some = replace(course, regions=course.regions[lane : lane + 1]), draws.only(np.array(those))
        pairs = zip(some.scenarios.tolist(), _by_arrays(alone, some), by_reference(alone, some), strict=True)
        differing += [
            (course.regions[lane], draw) for draw, found, outcomes in pairs if found != [*map(_week, outcomes)]
        ]
    return Retraced(len(chosen), tuple(differing))


class _Week(NamedTuple):
    """The stage in force while a week is evaluated, and the move recommended, or `hold` or `undetermined`."""

    stage: str
    recommended: str


def _week(outcome: Outcome) -> _Week:
    evaluation = outcome.evaluation
    is_move = evaluation.recommendation in (Recommendation.ESCALATE, Recommendation.RELAX)
    return _Week(evaluation.stage, str(evaluation.move) if is_move else str(evaluation.recommendation))


def _by_arrays(course: Course, draws: Draws) -> Iterator[list[_Week]]:
    """Give the weeks of the only region of a course in the array engine, draw by draw."""
    all_draws: Setting = setting(course)
    ran = run(all_draws.wiring, all_draws.inputs([draws]), start=all_draws.start, backend=Backend.NUMPY)
    shape = (course.weeks, 1, words_for(draws.count))
    held = {key: unpacked(np.broadcast_to(words, shape), draws.count)[:, 0] for key, words in ran.weeks.items()}
    exits = [exit_.move.name for exit_ in all_draws.wiring.exits]
    for draw in range(draws.count):
        lane = [{key: bool(one[week, draw]) for key, one in held.items()} for week in range(course.weeks)]
        yield [_week_of(one, course, exits) for one in lane]


def _week_of(held: dict[Key, bool], course: Course, exits: list[str]) -> _Week:
    """Read a week from the outputs of the circuit."""
    stage = next(one.name for rank, one in enumerate(course.policy.stages) if held[Key("stage", rank)])
    otherwise = Recommendation.UNDETERMINED if held[Key("undetermined")] else Recommendation.HOLD
    moves = (move for place, move in enumerate(exits) if held[Key("recommend", place)])
    return _Week(stage, next(moves, str(otherwise)))


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
