"""Random paths of an outlook computed again in the reference engine, week by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

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
from escalation.whatif.arrays.words import unpacked
from escalation.whatif.coming import Course
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


def retraced(course: Course, draws: Draws, *, paths: int = PATHS) -> Retraced:
    """Compute random paths in both engines, and compare the stage and the recommendation of every week."""
    random = np.random.default_rng(draws.seed)
    total = len(course.regions) * draws.count
    chosen = [divmod(int(one), draws.count) for one in random.choice(total, min(paths, total), replace=False)]
    differing = []
    for lane, place in sorted(chosen):
        region, draw = course.regions[lane], draws.first + place
        alone = replace(course, regions=(region,))
        one = Draws(seed=draws.seed, count=1, first=draw, together=draws.together)
        if _weeks_of_arrays(alone, one) != [_week(outcome) for outcome in by_reference(alone, one)]:
            differing.append((region, draw))
    return Retraced(len(chosen), tuple(differing))


class _Week(NamedTuple):
    """The stage in force while a week is evaluated, and the move recommended, or `hold` or `undetermined`."""

    stage: str
    recommended: str


def _week(outcome: Outcome) -> _Week:
    evaluation = outcome.evaluation
    is_move = evaluation.recommendation in (Recommendation.ESCALATE, Recommendation.RELAX)
    return _Week(evaluation.stage, str(evaluation.move) if is_move else str(evaluation.recommendation))


def _weeks_of_arrays(course: Course, draw: Draws) -> list[_Week]:
    all_draws: Setting = setting(course)
    inputs = all_draws.inputs([draw])
    ran = run(all_draws.wiring, inputs, start=all_draws.start, backend=Backend.NUMPY)
    held = {key: unpacked(words, 1).reshape(-1) for key, words in ran.weeks.items()}
    found = []
    for week in range(course.weeks):
        stage = next(one.name for rank, one in enumerate(course.policy.stages) if held[Key("stage", rank)][week])
        moves = (
            exit_.move.name for place, exit_ in enumerate(all_draws.wiring.exits) if held[Key("recommend", place)][week]
        )
        otherwise = Recommendation.UNDETERMINED if held[Key("undetermined")][week] else Recommendation.HOLD
        found.append(_Week(stage, next(moves, str(otherwise))))
    return found


def by_reference(course: Course, draw: Draws) -> Iterator[Outcome]:
    """Replay one region and draw, the only ones of a course, in the reference engine."""
    (region,) = course.regions
    ladder = Ladder(course.policy)
    (standing,) = course.begun(ladder)
    figures = setting(course).figures
    values = {name: grid[figures.back :, 0, 0] for name, grid in figures.values([draw]).items()}
    readings = Readings(course.policy, _continued(course, region, values), region)
    weeks = range(course.now + 1, course.now + 1 + course.weeks)
    adoption = replace(course.adoption, chance=lambda one, week: float(chances_of(draw, one, week)[0]))
    yield from replay_region(ladder, readings, standing, weeks, adoption=adoption, record=course.record.get(region, ()))


def _continued(course: Course, region: str, values: dict[str, Floats]) -> Observations:
    """Give the observations of a region with the figures of a draw in the weeks to come."""
    series = dict(course.observations.series)
    edits = (name for edit in course.ahead if edit.alters is not Alters.MISSING for name in edit.metrics)
    for name in {*course.forecasts, *course.assumed, *edits}:
        known = [one for one in series.get((region, name), ()) if one.week <= course.now or one.week == NO_WEEK]
        there = [(week, float(value)) for week, value in enumerate(values[name]) if not np.isnan(value)]
        coming = [Observation(course.now + 1 + week, value, 0) for week, value in there]
        series[region, name] = (*known, *coming)
    return replace(course.observations, series=series)
