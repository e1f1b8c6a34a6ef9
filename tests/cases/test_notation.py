"""The notation of series: what it stands for, what is refused, and that what is written is read back."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.cases.notation import MOST_WEEKS, Misread, read, written
from escalation.periods import Calendar, Week


def values(text: str, *, answers: bool = False) -> list[float | None]:
    return [value for run in read(text, Calendar.ISO, answers=answers) for value in run.values()]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("40", [40.0]),
        ("40 _ 41.5", [40.0, None, 41.5]),
        ("1120590+5000x2", [1120590.0, 1125590.0, 1130590.0]),
        ("40-0.5x2", [40.0, 39.5, 39.0]),
        ("-5-1x1 .5", [-5.0, -6.0, 0.5]),
        ("7x2 _x1", [7.0, 7.0, 7.0, None, None]),
        ("69.8+0.1x2", [69.8, 69.9, 70.0]),
        ("  5\n 6 ", [5.0, 6.0]),
    ],
)
def test_a_series_stands_for_its_weeks(text: str, figures: list[float | None]) -> None:
    assert values(text) == figures


def test_answers_are_yes_and_no() -> None:
    assert values("no yesx1 _", answers=True) == [0.0, 1.0, 1.0, None]


def test_an_unusable_figure_is_not_a_number() -> None:
    assert math.isnan(values("unusable")[0] or 0.0)


def test_a_revised_figure_is_known_from_the_first_day_of_its_week() -> None:
    first = Week.parse("2021-W37", Calendar.ISO).first_day.toordinal()
    (run,) = read("revised(1216443->1120590, 2021-W37)", Calendar.ISO)
    assert (run.known, run.weeks) == (first, 1)
    assert (str(run.old), str(run.first)) == ("1216443", "1120590")


@pytest.mark.parametrize(
    ("text", "start", "message"),
    [
        ("40 fifty", 3, "`fifty` is not a series of figures"),
        ("40 50+x3", 3, "`50+x3` is not a series of figures"),
        ("50+5", 0, "`50+5` is not a series of figures"),
        ("_+5x2", 0, "`_+5x2` is not a series of figures"),
        ("yes", 0, "`yes` is not a series of figures"),
        ("1 010", 2, "`010` is not a number"),
        ("1+010x2", 2, "`010` is not a number"),
        ("1234567890123456", 0, "`1234567890123456` has more digits than a number keeps"),
        ("1 2x1040", 2, "the series is longer than 1,040 weeks"),
        ("1x99999", 2, "the series is longer than 1,040 weeks"),
        ("   ", 0, "the series is empty"),
        ("5 revised(1->2)", 2, "`revised(1->2)` is not a revised figure"),
        ("revised(x->2, 2021-W37)", 8, "`x` is not a number"),
        ("revised(1->2, 2021-W54)", 14, "2021-W54 does not exist: 2021 has 52 weeks in the iso-week calendar"),
    ],
)
def test_what_is_no_series_is_refused_with_its_place(text: str, start: int, message: str) -> None:
    with pytest.raises(Misread) as caught:
        read(text, Calendar.ISO)
    assert (caught.value.start, str(caught.value)) == (start, message)


def test_an_answer_is_no_number_and_has_no_step() -> None:
    for text in ("1", "yes+1x2", "unusable+1x2"):
        with pytest.raises(Misread):
            read(text, Calendar.ISO, answers=True)


FIGURES = st.lists(
    st.none() | st.integers(-(10**9), 10**9).map(float) | st.decimals(-9999, 9999, places=3).map(float),
    min_size=1,
    max_size=30,
)


@given(FIGURES)
def test_what_is_written_is_read_back(figures: list[float | None]) -> None:
    assert values(written(figures)) == figures


@given(st.lists(st.sampled_from([None, 0.0, 1.0]), min_size=1, max_size=30))
def test_answers_that_are_written_are_read_back(figures: list[float | None]) -> None:
    assert values(written(figures, answers=True), answers=True) == figures


def test_equal_steps_are_drawn_together() -> None:
    assert written([5.0, 5.0, None, None, math.nan, 1.0, 3.0, 9.0]) == "5x1 _x1 unusable 1 3 9"


@given(st.text(st.sampled_from("0123456789+-x_. ()->,ryevisdWno"), max_size=40))
def test_any_text_is_read_or_refused_and_never_grows(text: str) -> None:
    for answers in (False, True):
        with contextlib.suppress(Misread):
            runs = read(text, Calendar.ISO, answers=answers)
            assert sum(run.weeks for run in runs) <= MOST_WEEKS
