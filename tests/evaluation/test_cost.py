"""What would cost too much is refused before it is begun."""

from __future__ import annotations

import pytest

from escalation.errors import RequestError
from escalation.evaluation.cost import FURTHEST, MOST_STEPS, check_cost, region_weeks
from escalation.evaluation.library import evaluate_latest, replay
from escalation.observations import Observations, tabulate
from escalation.periods import Week
from tests.evaluation.worlds import FIRST, policy

WORLD = policy(
    triggers="{t: {when: {metric: x, at_least: 5}, missing: unknown}}",
    moves="[{name: up, from: a, to: b, trigger: t}]",
)
LAST = FIRST + 999


def data(*, regions: int, last: int = LAST) -> Observations:
    rows = [(f"r{number}", week, "x", 1.0) for number in range(regions) for week in (FIRST, last)]
    return tabulate(WORLD.calendar, rows)


def test_a_million_region_weeks_can_be_evaluated() -> None:
    found = data(regions=1000)
    check_cost(WORLD, found, found.regions, last=None)
    assert region_weeks(found, found.regions, last=None) == 1_000_000 < MOST_STEPS


def test_few_rows_over_centuries_are_refused_with_the_numbers_and_the_remedy() -> None:
    found = data(regions=3000, last=FIRST + 9_999)
    with pytest.raises(RequestError, match=r"3,000 regions with 30,000,000 weeks .* 60,000,000 steps") as refusal:
        next(replay(WORLD, found))
    assert "--region" in refusal.value.help
    with pytest.raises(RequestError, match="3,000 regions"):
        next(evaluate_latest(WORLD, found, found.regions))


@pytest.mark.parametrize("after", [FURTHEST, FURTHEST + 1])
def test_a_week_may_lie_ten_years_after_the_last_row_and_no_longer(after: int) -> None:
    found = data(regions=1)
    week = Week(WORLD.calendar, LAST + after)
    if after <= FURTHEST:
        assert next(evaluate_latest(WORLD, found, ["r0"], week=week)).week == week.number
    else:
        with pytest.raises(RequestError, match="lies 521 weeks after the last row"):
            next(evaluate_latest(WORLD, found, ["r0"], week=week))
        with pytest.raises(RequestError, match="lies 521 weeks after the last row"):
            next(replay(WORLD, found, weeks=(None, week)))


def test_only_the_weeks_up_to_the_one_asked_for_are_counted() -> None:
    found = data(regions=3000, last=FIRST + 17_000)
    check_cost(WORLD, found, found.regions, last=FIRST + 9)
    assert region_weeks(found, found.regions, last=FIRST + 9) == 30_000


def test_weeks_in_the_wrong_order_are_refused() -> None:
    weeks = (Week(WORLD.calendar, LAST), Week(WORLD.calendar, FIRST))
    with pytest.raises(RequestError, match="comes after the last"):
        next(replay(WORLD, data(regions=1), weeks=weeks))
