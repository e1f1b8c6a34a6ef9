"""Working days of a country."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.instruments import Workdays
from escalation.policy.values import Language

JOINT_APPROVAL = date(2021, 9, 13)


def test_the_clocks_of_a_by_law_end_on_30_september_and_the_signature_on_26_october() -> None:
    days, when = Workdays("ID"), JOINT_APPROVAL
    for limit in (3, 3, 7):
        when = days.after(when, limit, "working")
    assert when == date(2021, 9, 30)
    assert days.after(JOINT_APPROVAL, 30, "working") == date(2021, 10, 26)


def test_days_off_of_the_government_are_no_working_days() -> None:
    assert Workdays("ID").after(date(2024, 5, 8), 1, "working") == date(2024, 5, 13)
    assert list(Workdays("ID").days_off(date(2024, 5, 8), date(2024, 5, 13), Language.INDONESIAN)) == [
        (date(2024, 5, 9), "Kenaikan Yesus Kristus"),
        (date(2024, 5, 10), "Cuti Bersama Kenaikan Yesus Kristus"),
    ]


def test_calendar_days_leave_nothing_out() -> None:
    assert Workdays("ID").after(JOINT_APPROVAL, 30, "calendar") == date(2021, 10, 13)


@pytest.mark.parametrize("country", [None, "XX", "id", "Indonesia", "", "__class__"])
def test_of_a_country_that_is_not_known_all_days_from_monday_to_friday_are_working_days(country: str | None) -> None:
    days = Workdays(country)
    assert not days.is_known
    assert days.made_with == ""
    assert days.after(JOINT_APPROVAL, 30, "working") == date(2021, 10, 25)
    assert days.years_without_data(date(1900, 1, 1), JOINT_APPROVAL) == ()
    assert days.years_not_decreed(JOINT_APPROVAL, date(2030, 1, 1)) == ()


def test_years_without_holidays_and_years_with_estimates_are_told_apart() -> None:
    days = Workdays("ID")
    assert days.years_without_data(date(1944, 1, 1), date(1947, 1, 1)) == (1944, 1945)
    assert days.is_working(date(1945, 1, 1))
    assert days.years_not_decreed(date(1944, 1, 1), date(1945, 12, 31)) == ()
    assert date(2040, 1, 1).year in days.years_not_decreed(JOINT_APPROVAL, date(2040, 1, 1))
    assert 2021 not in days.years_not_decreed(JOINT_APPROVAL, date(2040, 1, 1))


def test_days_behind_the_year_9999_are_refused() -> None:
    with pytest.raises(OverflowError):
        Workdays("ID").after(date(9999, 12, 30), 5, "working")
