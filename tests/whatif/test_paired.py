"""Two courses on the same draws are compared draw by draw, as the reference engine would."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.evaluation.step import Recommendation, is_adoptable
from escalation.policy.amend import amend
from escalation.whatif.checked import by_reference
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outlook import outlook
from escalation.whatif.paired import paired
from escalation.whatif.scenarios.edits import Alters, Edit
from tests.bench.bench_kernel import many_regions
from tests.bench.bench_paired import cut_of_weeks
from tests.whatif.test_outlook import COURSES

FOLLOWED = COURSES["followed"]
SLOWER = replace(FOLLOWED, policy=amend(FOLLOWED.policy, {"moves.to-c.after": 6, "triggers.slow.coverage": 45}))


def recommended(course: Course, draws: Draws) -> np.ndarray:
    """Say in the reference engine where each stage is recommended, and some week cannot be told, [region, -, draw]."""
    found = np.zeros((len(course.regions), len(course.policy.stages) + 1, draws.count), dtype=bool)
    for lane, region in enumerate(course.regions):
        for draw, outcomes in enumerate(by_reference(replace(course, regions=(region,)), draws)):
            for one in outcomes:
                if one.evaluation.recommendation is Recommendation.UNDETERMINED:
                    found[lane, -1, draw] = True
                if is_adoptable(one.evaluation):
                    found[lane, course.policy.ranks[str(one.evaluation.to)], draw] = True
    return found


@pytest.mark.parametrize("name", ["followed", "edited", "late, and by chance"])
def test_every_draw_is_compared_with_itself(name: str) -> None:
    other, draws = (SLOWER if name == "followed" else COURSES[name]), Draws(seed=5, count=70)
    found = paired(FOLLOWED, other, draws)
    one, two = recommended(FOLLOWED, draws), recommended(other, draws)
    assert (found.before == one.sum(axis=-1)).all()
    assert (found.more == (two & ~one).sum(axis=-1)).all()
    assert (found.less == (one & ~two).sum(axis=-1)).all()
    assert found.more.sum() + found.less.sum() > 0


def test_the_difference_is_that_of_the_outlooks() -> None:
    draws = Draws(seed=7, count=3000)
    found = paired(FOLLOWED, SLOWER, draws)
    before, after = (
        one.recommended.sum(axis=0) / draws.count for one in (outlook(FOLLOWED, draws), outlook(SLOWER, draws))
    )
    assert found.difference[:, :-1] == pytest.approx(after - before)


def test_the_same_draws_cut_the_variance_of_a_threshold_change_tenfold() -> None:
    base = many_regions(10)
    lowered = amend(base.policy, {f"triggers.{name}.coverage": 69 for name in ("slow", "fast")})
    assert cut_of_weeks(base, replace(base, policy=lowered), 500) > 10


def test_the_interval_holds_the_difference_of_other_draws() -> None:
    truth = paired(FOLLOWED, SLOWER, Draws(seed=1, count=50_000)).difference
    some = [paired(FOLLOWED, SLOWER, Draws(seed=seed, count=400)) for seed in range(2, 62)]
    is_open = (np.abs(truth) > 0.02) & (np.abs(truth) < 0.98)
    held = [((one.interval[0] <= truth) & (truth <= one.interval[1]))[is_open] for one in some]
    assert 0.9 < np.mean(held) <= 0.99


def test_that_nothing_can_be_said_is_an_outcome_of_its_own() -> None:
    blank = Edit(alters=Alters.MISSING, metrics=tuple(FOLLOWED.forecasts), amount=0, first=FOLLOWED.now + 1)
    found = paired(FOLLOWED, replace(FOLLOWED, edits=(blank,)), Draws(seed=1, count=50))
    assert (found.more[:, -1] == 50 - found.before[:, -1]).all()
    assert (found.more[:, -1] > 0).any()


def test_courses_of_other_weeks_are_not_compared() -> None:
    with pytest.raises(RequestError, match="courses whose weeks differ"):
        paired(FOLLOWED, replace(FOLLOWED, weeks=3), Draws(seed=1, count=10))


def test_the_same_draws_cut_the_variance_of_a_small_change_tenfold() -> None:
    # a twentieth of a point of coverage; the larger the change, the more draws come to something else, and the less
    # is cut: `tests.bench.bench_paired`
    lower = replace(FOLLOWED, policy=amend(FOLLOWED.policy, {"triggers.slow.coverage": 69.95}))
    together, apart = [], []
    for seed in range(60):
        one = paired(FOLLOWED, lower, Draws(seed=seed, count=300))
        other = paired(FOLLOWED, lower, Draws(seed=seed + 1000, count=300))
        together.append(one.difference)
        apart.append((other.before + other.more - other.less - one.before) / 300)
    own, same = np.var(apart, axis=0).sum(), np.var(together, axis=0).sum()
    assert same > 0
    assert own > 10 * same
