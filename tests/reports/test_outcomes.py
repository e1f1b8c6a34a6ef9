"""Figures of outcomes that differ are printed otherwise."""

from __future__ import annotations

import math

import pytest

from escalation.policy.values import Language
from escalation.reports.outcomes import decimals_apart, shown
from escalation.whatif.outcomes import Kind
from tests.whatif.test_hindcast import START


@pytest.mark.parametrize(
    ("kind", "values", "decimals"),
    [
        (Kind.WEEKS, (1.64, 1.73), None),
        (Kind.WEEKS, (1.71, 1.73), 2),
        (Kind.WEEKS, (1.7047, 1.7053, 1.7067), 4),
        (Kind.CHANGES, (0.0, 1e-9), None),
        (Kind.RECOMMENDED, (0.371, 0.372), 1),
        (Kind.RECOMMENDED, (0.0, 0.25, 1.0), None),
        (Kind.FIRST, (0.0, 3.0, math.inf), None),
        (Kind.SHORTEST_STAY, (1.0, math.inf), None),
    ],
)
def test_the_fewest_decimals_tell_outcomes_apart(kind: Kind, values: tuple[float, ...], decimals: int | None) -> None:
    assert decimals_apart(kind, values, START) == decimals
    printed = {shown(kind, one, START, Language.ENGLISH, decimals=decimals) for one in values}
    assert len(printed) == len(values)


def test_outcomes_that_differ_by_the_error_of_a_division_end_the_search() -> None:
    assert decimals_apart(Kind.WEEKS, (1.5, 1.5 + 1e-15), START) is not None
