"""Every scenario has a defined result or is refused with its place: ten thousand random ones, extremes included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from escalation.errors import Refused, RequestError
from escalation.evaluation.step import Recommendation
from escalation.policy.values import Language
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import run
from escalation.whatif.arrays.panel import panel
from escalation.whatif.arrays.paths import HOLD, UNDETERMINED, Paths, asked, decoded, tallied
from escalation.whatif.arrays.words import unpacked
from escalation.whatif.asking import course
from escalation.whatif.checked import check_sums, checked, paths_of
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outlook import Outlook, outlook
from escalation.whatif.scenarios.load import loads
from escalation.whatif.scenarios.replaying import replay
from escalation.whatif.scenarios.scenario import Applied, applied
from tests.whatif.wild import Ground, beyond, some_ground, some_scenario, written

BLOCKS, GROUNDS, SCENARIOS = 20, 25, 20
"""Blocks of grounds, and scenarios on each ground: 10,000 in all."""
LEAST = 0.8
"""The part of a block that must have a result; the others are refused."""
OFTEN, SELDOM = 8, 25
"""Of so many scenarios one is counted, or worked out in the reference engine, as well."""
DRAWS = 70
"""More than the 64 lanes of a word."""


def chance(region: str, week: int) -> float:
    """Give the number of a region and week that says whether people follow."""
    return Random(f"{region} {week}").random()  # noqa: S311 - the same chances every time


def result_of(ground: Ground, random: Random, number: int) -> str:
    """Carry a random scenario out, and check what it comes to; say `refused` where it is, or what it came to."""
    text = written(some_scenario(ground, random))
    try:
        (scenario,) = loads(text, ground.policy)
    except Refused as refused:
        return refused_with_places(refused)
    if number % OFTEN == 0:
        scenario = beyond(scenario, ground, random)
    found = applied(scenario, ground.policy, ground.observations)
    assert all(label.in_language(language) for label in found.labels for language in Language), text
    if found.horizon is not None:
        return looked_ahead(found, ground, number)
    if found.is_as_known or found.response:
        check_weeks(found, ground)
        return "replayed week by week"
    check_paths(found, ground, number)
    return "replayed"


def refused_with_places(refused: Refused) -> str:
    """Check that all that is wrong has its place."""
    assert all(one.place.line and one.place.column for one in refused.diagnostics)
    return "refused"


def looked_ahead(found: Applied, ground: Ground, number: int) -> str:
    """Look ahead, and check all probabilities."""
    draws, paths = Draws(seed=number, count=DRAWS), 2 * (number % SELDOM == 0)
    try:
        made = course(found, record=ground.record, weeks=found.horizon or 1, assumed={})
        outcome = checked(made, draws, paths=paths_of(made, draws, paths=paths)) if paths else outlook(made, draws)
    except RequestError:
        return "refused"
    check_outlook(outcome)
    assert not outcome.differing.any()
    return "looked ahead"


def check_outlook(found: Outlook) -> None:
    """Check that each draw of each region and week has one stage, and that all counts are parts of the draws."""
    check_sums(found)
    for counts in (found.stage, found.undetermined, found.undone, found.entered, found.recommended):
        assert counts.min(initial=0) >= 0
        assert counts.max(initial=0) <= found.draws
    for counts in (found.entered, found.recommended):
        within = found.within(counts)
        assert (within[-1] <= 1).all()
        assert (np.diff(within, axis=0) >= 0).all()


def check_paths(found: Applied, ground: Ground, number: int) -> None:
    """Check that each week of each region has one stage, and a recommendation that the policy knows."""
    adoption = replace(found.adoption, chance=chance)
    grid = panel(found.policy, found.observations)
    made = asked(grid, adoption, ground.record)
    outputs = run(made.wiring, made.inputs).weeks
    lanes = len(grid.regions)
    held = [unpacked(outputs[Key("stage", rank)], lanes) for rank in range(len(found.policy.stages))]
    assert (np.sum(held, axis=0)[made.active] == 1).all()
    paths = decoded(made.wiring, outputs, grid, made.active)
    assert (paths.recommended[made.active] >= UNDETERMINED).all()
    assert (paths.recommended < len(found.policy.moves)).all()
    if number % OFTEN == 0:
        tally = tallied(grid, adoption=adoption, record=ground.record)
        assert (tally.stage.sum(axis=-1) == made.active.sum(axis=-1)).all()
        assert (tally.undetermined == (paths.active & (paths.recommended == UNDETERMINED)).sum(axis=-1)).all()
    if number % SELDOM == 0:
        assert list(by_reference(found, ground)) == list(by_arrays(paths, found))


def by_arrays(paths: Paths, found: Applied) -> Iterator[tuple[str, int, str, str]]:
    """Give region, week, stage and recommendation of what was replayed."""
    names = {HOLD: "hold", UNDETERMINED: "undetermined"}
    names |= {place: move.name for place, move in enumerate(found.policy.moves)}
    for lane, region in enumerate(paths.regions):
        for week in np.flatnonzero(paths.active[:, lane]).tolist():
            stage = found.policy.stages[int(paths.stage[week, lane])].name
            yield region, paths.first + week, stage, names[int(paths.recommended[week, lane])]


def by_reference(found: Applied, ground: Ground) -> Iterator[tuple[str, int, str, str]]:
    """Give the same from the reference engine."""
    for outcome in replay(found, record=ground.record, chance=chance):
        one = outcome.evaluation
        moves = one.recommendation in (Recommendation.ESCALATE, Recommendation.RELAX)
        yield one.region, one.week, one.stage, str(one.move if moves else one.recommendation)


def check_weeks(found: Applied, ground: Ground) -> None:
    """Check each week that is replayed on what was known of it: once, in a stage, with a recommendation."""
    seen: Counter[tuple[str, int]] = Counter()
    for outcome in replay(found, record=ground.record, chance=chance):
        one = outcome.evaluation
        seen[one.region, one.week] += 1
        assert {one.stage, outcome.stage_after} <= {*found.policy.ranks}
        assert one.recommendation in Recommendation
    expected = {
        (region, week)
        for region, (first, last) in found.observations.weeks.items()
        for week in range(max(first, ground.record[region][0].since if region in ground.record else first), last + 1)
    }
    assert seen == dict.fromkeys(expected, 1)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_scenario_has_a_defined_result_or_is_refused(block: int) -> None:
    came_to: Counter[str] = Counter()
    for seed in range(block * GROUNDS, (block + 1) * GROUNDS):
        ground, random = some_ground(seed), Random(seed)  # noqa: S311 - the same scenarios every time
        came_to.update(result_of(ground, random, seed * SCENARIOS + number) for number in range(SCENARIOS))
    assert came_to.total() == GROUNDS * SCENARIOS
    assert came_to.total() - came_to["refused"] >= LEAST * came_to.total()
    assert {"looked ahead", "replayed", "replayed week by week"} <= came_to.keys()
