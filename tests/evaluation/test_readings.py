"""The value of a metric in a week: carried, refused, computed, rounded."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.evaluation.comparison import Interval
from escalation.evaluation.reading import Cause, Gap, half_up
from escalation.evaluation.readings import Readings
from escalation.observations import Entry, tabulate
from escalation.periods import Calendar, Week
from tests.evaluation.worlds import FIRST, Figures, policy, readings, value

OPERATIONS = policy(
    metrics="""
  x: {kind: level}
  z: {kind: level}
  size: {kind: attribute}
  percent: {unit: percent, ratio: {of: x, to: z}, range: [0, null]}
  ratio: {ratio: {of: x, to: z}}
  per: {per: {of: x, to: z, scale: 1000}}
  change: {change: {of: x, over: 2 weeks}}
  mean: {mean: {of: x, over: 3 weeks}}
  sum: {sum: {of: x, over: 3 weeks}}
  lag: {lag: {of: x, by: 1 week}}
  difference: {difference: {of: x, minus: z}}
  less: {difference: {of: x, minus: 2}}
  product: {product: {of: x, by: z}}
  twice: {product: {of: x, by: 2}}
  highest: {highest: {of: [x, z]}}
  lowest: {lowest: {of: [x, z]}}
  highest_known: {highest: {of: [x, z], missing: ignore}}
  projection: {projection: {of: x, by: 2021-01-31, from_last: 3 weeks}}
  band: {bands: {of: x, rows: [{below: 2, value: 1}, {at_least: 2, at_most: 4, value: 2}, {otherwise: 3}]}}
  gap: {bands: {of: x, rows: [{below: 2, value: 1}]}}
  rounded: {ratio: {of: x, to: z}, decimals: 1}
"""
)
X: Figures = [1.0, 2.0, 4.0, 8.0]
Y: Figures = [4.0, 4.0, 0.0, 3.0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("percent", [25, 50, None, 800 / 3]),
        ("ratio", [0.25, 0.5, None, 8 / 3]),
        ("per", [250, 500, None, 8000 / 3]),
        ("change", [None, None, 3, 6]),
        ("mean", [None, None, 7 / 3, 14 / 3]),
        ("sum", [None, None, 7, 14]),
        ("lag", [None, 1, 2, 4]),
        ("difference", [-3, -2, 4, 5]),
        ("less", [-1, 0, 2, 6]),
        ("product", [4, 8, 0, 24]),
        ("twice", [2, 4, 8, 16]),
        ("highest", [4, 4, 4, 8]),
        ("lowest", [1, 2, 0, 3]),
        # 31 January 2021 is in week 4: a line through 1, 2, 4 leads to 16/3, one through 2, 4, 8 to its last point.
        ("projection", [None, None, 16 / 3, 23 / 3]),
        ("band", [1, 2, 2, 3]),
        ("gap", [1, None, None, None]),
        ("rounded", [0.3, 0.5, None, 2.7]),
    ],
)
def test_every_operation_gives_what_it_says(name: str, expected: list[float | None]) -> None:
    found = [value(OPERATIONS, name, {"x": X, "z": Y}, week) for week in range(4)]
    assert found == [None if one is None else pytest.approx(one, rel=1e-12) for one in expected]


@pytest.mark.parametrize(
    "name",
    [
        "percent", "per", "change", "mean", "sum", "difference", "less", "product", "highest", "lowest", "projection",
        "band",
    ],
)  # fmt: skip
def test_a_missing_operand_makes_the_result_missing_and_is_named(name: str) -> None:
    known = readings(OPERATIONS, {"x": [1.0, 2.0, 4.0, None], "z": [1.0, 1.0, 1.0, 1.0]})
    assert known.at(name, FIRST + 3)[:2] == (None, (Gap("x", FIRST + 3),))


def test_the_highest_may_pass_over_what_is_missing_unless_all_is() -> None:
    series: dict[str, Figures | float] = {"x": [None, 1.0, None], "z": [3.0, None, None]}
    assert [value(OPERATIONS, "highest_known", series, week) for week in range(3)] == [3, 1, None]


def test_a_division_by_zero_is_said_to_be_one() -> None:
    reading = readings(OPERATIONS, {"x": X, "z": Y}).at("percent", FIRST + 2)
    assert reading[:2] == (None, (Gap("z", FIRST + 2, Cause.DIVISION_BY_ZERO),))


def test_a_value_that_no_band_holds_is_said_to_be_one() -> None:
    assert readings(OPERATIONS, {"x": X}).at("gap", FIRST + 1).gaps == (Gap("x", FIRST + 1, Cause.NO_BAND),)


RANGED = policy(
    metrics="""
  x: {kind: level}
  z: {kind: level}
  share: {unit: percent, ratio: {of: x, to: z}}
  gain: {unit: percent, change: {of: share, over: 1 week}}
  line: {unit: percent, projection: {of: share, by: 2021-02-28, from_last: 2 weeks}}
  small: {product: {of: x, by: 1}, range: [null, 2]}
"""
)


def test_a_computed_figure_outside_its_range_is_not_used() -> None:
    known = readings(RANGED, {"x": [2.0, 3.0], "z": [2.0, 2.0]})
    assert [known.at(name, FIRST).value for name in ("share", "small")] == [100, 2]
    wanting = tuple(Gap(name, FIRST + 1, Cause.COMPUTED_OUTSIDE_RANGE) for name in ("x", "z"))
    assert known.at("share", FIRST + 1)[:2] == (None, wanting)
    assert known.at("small", FIRST + 1)[:2] == (None, wanting[:1])


def test_a_change_of_a_percentage_or_a_line_through_it_is_not_bound_to_a_hundred() -> None:
    known = readings(RANGED, {"x": [2.0, 1.0], "z": [2.0, 2.0]})
    assert known.at("gain", FIRST + 1).value == -50
    assert known.at("line", FIRST + 1).value == -250


def test_only_the_metric_in_which_a_fault_begins_is_at_fault() -> None:
    known = readings(RANGED, {"x": [2.0, 1.0], "z": [0.0, 2.0]})
    assert known.at("gain", FIRST + 1).value is None
    assert list(known.faults(until=FIRST + 1)) == [("share", FIRST, Cause.DIVISION_BY_ZERO)]


def test_a_number_too_large_to_compute_with_is_no_value_and_a_fault() -> None:
    powers = "".join(f"  m{n}: {{product: {{of: m{n - 1}, by: m{n - 1}}}}}\n" for n in range(1, 12))
    world = policy(
        metrics=f"\n  m0: {{kind: level}}\n{powers}  total: {{sum: {{of: m10, over: 2 weeks}}}}\n",
        triggers="{high: {when: {metric: m0, at_least: 5}, missing: unknown}}",
    )
    known = readings(world, {"m0": [1.9999, 1.9999]})
    assert known.at("m10", FIRST).value == pytest.approx(1.7e308, rel=0.1)
    assert known.at("m11", FIRST)[:2] == (None, (Gap("m0", FIRST, Cause.TOO_LARGE),))
    assert known.at("total", FIRST + 1).gaps == (Gap("m0", FIRST + 1, Cause.TOO_LARGE),)


def test_rounded_figures_behind_many_ways_are_named_once() -> None:
    ways = "".join(
        f"  h{n}: {{highest: {{of: [h{n - 1}, l{n - 1}]}}}}\n  l{n}: {{lowest: {{of: [h{n - 1}, l{n - 1}]}}}}\n"
        for n in range(1, 31)
    )
    world = policy(
        metrics=f"\n  h0: {{kind: level, reported: {{step: 1, how: down}}}}\n  l0: {{kind: level}}\n{ways}",
        triggers="{high: {when: {metric: h30, at_least: 5.5}, missing: unknown}}",
    )
    known = readings(world, {"h0": [5.0], "l0": [1.0]})
    assert list(known.roundings("h30", FIRST)) == [Gap("h0", FIRST, Cause.ROUNDED)]


def test_a_figure_is_last_seen_where_it_could_last_be_used() -> None:
    world = policy(metrics="{x: {kind: level, range: [0, 100], max_age: 2 weeks}}")
    known = readings(world, {"x": [40, 400, None, None, None]})
    assert known.last_usable("x", before=FIRST + 4) == (FIRST, FIRST + 1)
    assert readings(world, {"x": [40, None]}).last_usable("x", before=FIRST + 1) == (FIRST, FIRST + 3)
    assert readings(world, {"x": [400, None]}).last_usable("x", before=FIRST + 1) is None


def test_a_series_of_a_computed_metric_stands_in_its_place() -> None:
    known = readings(RANGED, {"share": [40.0, 45.0, None], "x": [1.0]})
    assert [known.at("gain", FIRST + week).value for week in range(2)] == [None, 5]
    assert known.at("gain", FIRST + 2).gaps == (Gap("share", FIRST + 2),)


def test_an_attribute_holds_for_every_week() -> None:
    assert value(OPERATIONS, "size", {"size": 7.0, "x": X}, 3) == 7


@pytest.mark.parametrize(
    ("max_age", "expected"),
    [("0 weeks", [5, None, None, 6]), ("1 week", [5, 5, None, 6]), ("always", [5, 5, 5, 6])],
)
def test_an_observation_is_carried_as_long_as_it_is_usable(max_age: str, expected: list[float | None]) -> None:
    carried = policy(metrics=f"{{x: {{kind: level, max_age: {max_age}}}}}")
    assert [value(carried, "x", {"x": [5, None, None, 6]}, week) for week in range(4)] == expected


def test_a_figure_outside_its_range_hides_the_one_before_it() -> None:
    ranged = policy(metrics="{x: {kind: level, range: [0, 10], max_age: always}}")
    known = readings(ranged, {"x": [5, 11, None]})
    assert [known.at("x", FIRST + week).value for week in range(3)] == [5, None, None]
    assert known.at("x", FIRST + 2).gaps == (Gap("x", FIRST + 2, Cause.OUTSIDE_RANGE),)


def test_a_figure_on_the_end_of_its_range_is_used() -> None:
    ranged = policy(metrics="{x: {unit: percent, kind: level}}")
    assert [value(ranged, "x", {"x": [0, 100, 100.1, -0.1]}, week) for week in range(4)] == [0, 100, None, None]


def test_only_what_was_known_is_used_and_the_newest_of_it() -> None:
    world = policy()
    days = [date(2021, 1, 11).toordinal(), date(2021, 2, 1).toordinal()]
    known = tabulate(Calendar.ISO, [Entry("R", FIRST, "x", 5, days[0]), Entry("R", FIRST, "x", 6, days[1])])
    asked = [date(2021, 1, 10), date(2021, 1, 11), date(2021, 1, 31), date(2021, 2, 1), None]
    assert [Readings(world, known, "R", as_of=day).at("x", FIRST).value for day in asked] == [None, 5, 5, 6, 6]


def test_halves_are_rounded_up_whatever_floating_point_makes_of_them() -> None:
    assert [half_up(2.675, 2), half_up(1.005, 2), half_up(0.285, 2), half_up(2.5, 0), half_up(-0.4, 0)] == [
        *(2.68, 1.01, 0.29, 3, 0),
    ]


REPORTED = policy(
    metrics="""
  p: {unit: percent, kind: level, reported: {step: 1, how: down}}
  q: {unit: percent, kind: level, reported: {step: 1, how: up}}
  x: {unit: percent, kind: level}
  late: {lag: {of: p, by: 1 week}}
  high: {highest: {of: [p, q, x]}}
  low: {lowest: {of: [p, q, x]}}
  band: {bands: {of: p, rows: [{below: 10.5, value: 1}, {below: 20.5, value: 2}, {otherwise: 3}]}}
"""
)


@pytest.mark.parametrize(
    ("name", "figures", "expected"),
    [
        ("p", (55, 1, 1), Interval(55, 56, open_high=True)),
        ("high", (55, 55, 1), Interval(55, 56, open_high=True)),
        ("high", (55, 56, 1), Interval(55, 56, open_low=True, open_high=False)),
        ("low", (55, 56, 99), Interval(55, 56, open_low=False, open_high=True)),
        ("low", (55, 99, 55), Interval(55, 55)),
        ("band", (10, 1, 1), Interval(1, 2)),
        ("band", (11, 1, 1), None),
    ],
)
def test_the_interval_of_a_rounded_figure_is_carried_along(
    name: str, figures: tuple[float, float, float], expected: Interval | None
) -> None:
    p, q, x = figures
    assert readings(REPORTED, {"p": [p], "q": [q], "x": [x]}).at(name, FIRST).interval == expected


def test_bands_of_a_rounded_figure_give_the_rows_in_which_the_true_value_may_lie() -> None:
    table = policy(
        metrics="""
  p: {unit: percent, kind: level, reported: {step: 1, how: down}}
  three: {bands: {of: p, rows: [{below: 10.5, value: 1}, {equal_to: 10.5, value: 9}, {otherwise: 3}]}}
  whole: {bands: {of: p, rows: [{below: 10.5, value: 1}, {at_least: 10.5, value: 2}]}}
  partial: {bands: {of: p, rows: [{below: 10.5, value: 1}]}}
  x: {kind: level}
  dead: {bands: {of: p, rows: [{below: 11, value: 1}, {below: 10.7, value: 7}, {otherwise: 2}]}}
"""
    )
    known = readings(table, {"p": [10]})
    found = {name: known.at(name, FIRST)[::2] for name in ("three", "whole", "dead")}
    assert found == {"three": (1, Interval(1, 9)), "whole": (1, Interval(1, 2)), "dead": (1, None)}
    assert known.at("partial", FIRST)[:2] == (None, (Gap("p", FIRST, Cause.NO_BAND),))


def test_a_lag_carries_the_interval_of_its_week() -> None:
    assert readings(REPORTED, {"p": [7, 9]}).at("late", FIRST + 1).interval == Interval(7, 8, open_high=True)


def test_a_table_of_bands_waits_for_a_parameter_that_has_no_value_yet() -> None:
    dated = policy(
        parameters="{gate: {dated: [{from: 2021-01-11, value: 3}]}}",
        metrics="{x: {kind: level}, band: {bands: {of: x, rows: [{below: gate, value: 1}, {otherwise: 2}]}}}",
    )
    known = readings(dated, {"x": [1, 1]})
    waiting = Gap("gate", FIRST, Cause.NOT_IN_FORCE)
    assert [known.at("band", FIRST + week)[:2] for week in range(2)] == [(None, (waiting,)), (1.0, ())]


def test_the_first_week_is_the_first_of_the_iso_year() -> None:
    assert str(Week(Calendar.ISO, FIRST)) == "2021-W01"


def test_an_undated_figure_is_not_known_before_its_week_begins() -> None:
    observations = tabulate(Calendar.ISO, [("r", FIRST, "x", 1.0), ("r", FIRST + 1, "x", 2.0)])
    sunday = Week(Calendar.ISO, FIRST).last_day
    before = Readings(OPERATIONS, observations, "r", as_of=sunday)
    assert (before.span, before.at("x", FIRST + 1).value) == ((FIRST, FIRST), None)
    after = Readings(OPERATIONS, observations, "r", as_of=sunday.replace(day=sunday.day + 1))
    assert (after.span, after.at("x", FIRST + 1).value) == ((FIRST, FIRST + 1), 2.0)
