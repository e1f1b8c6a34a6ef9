"""By when a part of the draws has been counted is worked out in whole numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from escalation.whatif.quantiles import first_place, reached


@pytest.mark.parametrize("percent", [5, 10, 50, 90, 95])
def test_a_part_is_reached_where_exactly_so_many_draws_are_counted(percent: int) -> None:
    for draws in range(1, 200):
        counts = np.ones(draws, dtype=np.int64)
        expected = next(place for place in range(draws) if Fraction(place + 1, draws) >= Fraction(percent, 100))
        assert reached(counts, percent, of=draws) == expected


def test_what_is_reached_nowhere_has_no_place() -> None:
    counts = np.array([[1, 0, 2], [0, 2, 0]])
    assert reached(counts, 50, of=5).tolist() == [2, -1]
    assert reached(counts, 50, of=np.array([[2], [4]])).tolist() == [0, 1]
    assert reached(counts, 50, of=2, axis=0).tolist() == [0, 1, 0]
    assert first_place(counts > 1).tolist() == [2, 1]
