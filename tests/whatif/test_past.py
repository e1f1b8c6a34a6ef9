"""The grid of what is on record: regions, weeks, groups and populations, as known on a date."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.observations import NO_WEEK, Observations, tabulate
from escalation.observations.table import Entry
from escalation.periods import Calendar, Week
from escalation.policy.load import loads
from escalation.whatif.forecasts.past import carried, is_whole, past, population_of

POLICY = loads("""
language: 1
name: doses
calendar: iso-week
metrics:
  doses: {unit: people, kind: cumulative, range: [0, null]}
  people: {unit: people, kind: attribute}
  coverage: {unit: percent, ratio: {of: doses, to: people}}
  beds: {unit: percent, kind: level, group: area}
  supply: {kind: judgement, by: health-office, max_age: always}
triggers: {low: {when: {metric: coverage, below: 40}, missing: unknown, source: assumption}}
stages: [{name: open}, {name: closed}]
moves: [{name: close, from: open, to: closed, trigger: low, source: assumption}]
""")
WEEK = Week.parse("2021-W36", Calendar.ISO).number


def data(*entries: tuple[str, int, str, float | None] | Entry) -> Observations:
    return tabulate(Calendar.ISO, entries)


TWO = data(
    ("South", WEEK, "doses", 10.0),
    ("South", WEEK + 2, "doses", 30.0),
    ("North", WEEK + 1, "doses", 7.0),
    ("North", NO_WEEK, "people", 100.0),
)


def test_figures_stand_by_region_and_week_and_gaps_are_missing() -> None:
    found = past(POLICY, TWO, "doses")
    assert found.names == ("North", "South")
    assert (found.first, found.last) == (WEEK, WEEK + 2)
    assert np.array_equal(found.values, [[np.nan, 7, np.nan], [10, np.nan, 30]], equal_nan=True)
    assert (found.low, found.high) == (0, None)


def test_the_population_is_what_the_policy_divides_by() -> None:
    assert population_of(POLICY, "doses") == "people"
    assert population_of(POLICY, "beds") is None
    found = past(POLICY, TWO, "doses")
    assert found.populations[0].tolist() == [100, 100, 100]
    assert np.isnan(found.populations[1]).all()


def test_a_population_holds_until_there_is_another() -> None:
    assert np.array_equal(carried(np.array([[np.nan, 5, np.nan, 6, np.nan]])), [[np.nan, 5, 5, 6, 6]], equal_nan=True)


def test_the_past_ends_where_it_is_cut() -> None:
    found = past(POLICY, TWO, "doses").until(WEEK + 1)
    assert found.last == WEEK + 1
    assert found.latest(found.row("South")) == 0
    assert found.lead(found.row("South")) == 1
    with pytest.raises(RequestError, match="`doses` of North has no figure up to 2021-W36"):
        found.until(WEEK).latest(0)


def test_figures_that_were_not_known_are_not_there() -> None:
    revised = data(
        Entry("North", WEEK, "doses", 5.0, date(2021, 9, 12).toordinal()),
        Entry("North", WEEK, "doses", 6.0, date(2021, 9, 20).toordinal()),
        Entry("North", WEEK + 1, "doses", 9.0, date(2021, 9, 20).toordinal()),
    )
    assert past(POLICY, revised, "doses", as_of=date(2021, 9, 13)).values.tolist() == [[5]]
    assert past(POLICY, revised, "doses").values.tolist() == [[6, 9]]


def test_the_one_figure_of_a_group_is_one_row() -> None:
    shared = data(
        *(
            (region, WEEK + week, "beds", value + week)
            for region, value in (("B", 5.0), ("A", 5.0), ("C", 7.0))
            for week in range(2)
        )
    )
    found = past(POLICY, shared, "beds")
    assert found.names == ("A", "C")
    assert found.rows == {"A": 0, "B": 0, "C": 1}
    assert found.values.tolist() == [[5, 6], [7, 8]]


def test_regions_with_equal_counts_stay_two_rows() -> None:
    equal = data(("A", WEEK, "doses", 5.0), ("B", WEEK, "doses", 5.0))
    assert past(POLICY, equal, "doses").names == ("A", "B")


def test_only_the_regions_asked_for_are_in_it() -> None:
    assert past(POLICY, TWO, "doses", regions=["South"]).names == ("South",)
    with pytest.raises(RequestError, match="has no figures of any region"):
        past(POLICY, TWO, "doses", regions=["East"])


@pytest.mark.parametrize(
    ("metric", "message"),
    [
        ("cases", "`cases` is not a metric of this policy"),
        ("coverage", "`coverage` is computed, and is not forecast itself"),
        ("people", "`people` is of the kind `attribute`, of which there is no forecast"),
        ("supply", "`supply` is of the kind `judgement`, of which there is no forecast"),
    ],
)
def test_what_is_no_weekly_figure_is_refused(metric: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        past(POLICY, TWO, metric)


def test_whole_numbers_are_known_as_counts() -> None:
    assert is_whole(past(POLICY, TWO, "doses"))
    assert not is_whole(past(POLICY, data(("A", WEEK, "beds", 5.5)), "beds"))
