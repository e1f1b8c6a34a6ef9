"""Observations made of values."""

from __future__ import annotations

import pytest

from escalation.errors import RequestError
from escalation.observations import NO_WEEK, Entry, tabulate
from escalation.periods import Calendar


def test_values_become_observations() -> None:
    observations = tabulate(
        Calendar.ISO,
        [("B", 11, "cases", 2.0), ("B", 10, "cases", 1.0), ("B", 12, "cases", None), ("B", NO_WEEK, "area", 5.0)],
    )
    assert [one.value for one in observations.series["B", "cases"]] == [1.0, 2.0]
    assert observations.span("B") == (10, 12)
    assert observations.series["B", "area"][0].week == NO_WEEK


def test_values_may_be_dated() -> None:
    observations = tabulate(
        Calendar.ISO, [Entry("B", 10, "cases", 2.0, known=90), Entry("B", 10, "cases", 1.0, known=80)]
    )
    assert [one.value for one in observations.series["B", "cases"]] == [1.0, 2.0]
    assert observations.rows["B"] == ((80, 10), (90, 10))


def test_a_figure_given_twice_is_refused() -> None:
    with pytest.raises(RequestError, match="`cases` of `B` is given twice"):
        tabulate(Calendar.ISO, [("B", 105474, "cases", 2.0), ("B", 105474, "cases", 2.0)])
