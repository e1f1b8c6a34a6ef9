"""Thresholds moved by the tolerance say of every float what the reference says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.evaluation.comparison import EQUAL, LESS, MORE, relation
from escalation.whatif.arrays.margins import margins
from escalation.whatif.tipping import crossings

NUMBERS = st.floats(min_value=-1e15, max_value=1e15) | st.floats(min_value=-3e-11, max_value=3e-11)


def near(number: float) -> list[float]:
    """Give floats around the two places where the relation changes."""
    tolerance = 1e-11 * max(1.0, abs(number))
    found = []
    for edge in (number - tolerance, number + tolerance):
        low = high = edge
        for _ in range(4):
            found += [low, high]
            low, high = math.nextafter(low, -math.inf), math.nextafter(high, math.inf)
    return found


@given(NUMBERS)
def test_the_margins_lie_exactly_where_the_relation_changes(threshold: float) -> None:
    less, more = (float(one[0]) for one in margins(np.array([threshold])))
    for value in near(threshold):
        assert (value <= less) == (relation(value, threshold) is LESS)
        assert (value >= more) == (relation(value, threshold) is MORE)


@given(NUMBERS)
def test_thresholds_cross_a_value_exactly_where_the_relation_changes(value: float) -> None:
    below, above = crossings([value])
    assert [relation(value, one) for one in (*below, *above)] == [MORE, EQUAL, EQUAL, LESS]
    assert math.nextafter(below[0], math.inf) == below[1]
    assert math.nextafter(above[0], math.inf) == above[1]


@pytest.mark.parametrize("threshold", [0.0, 1e-11, -1e-11, 5e-324, 1.0, 70.0, 1e300, 1.7e308])
def test_small_and_large_thresholds_have_margins_too(threshold: float) -> None:
    less, more = (float(one[0]) for one in margins(np.array([threshold])))
    assert relation(less, threshold) is LESS
    assert relation(math.nextafter(less, math.inf), threshold) is not LESS
    assert relation(more, threshold) is MORE
    assert relation(math.nextafter(more, -math.inf), threshold) is not MORE


def test_a_threshold_that_is_not_in_force_has_none() -> None:
    assert np.isnan(margins(np.array([np.nan]))).all()
