"""Weeks: the ISO calendar (Monday to Sunday) and the epidemiological one (Sunday to Saturday)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from escalation.errors import NotAWeek

WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})", re.ASCII)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Calendar(StrEnum):
    """Which week a day belongs to: 12 September 2021 is in ISO week 36 and in epidemiological week 37."""

    ISO = "iso-week"
    EPI = "epi-week"


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week of a calendar, numbered without gaps: `number` is the count of weeks since 1 January of year 1.

    >>> week = Week.parse("2021-W36", Calendar.ISO)
    >>> print(week + 1, week.last_day, Week.parse("2021-W41", Calendar.ISO) - week)
    2021-W37 2021-09-12 5
    """

    calendar: Calendar
    number: int

    @classmethod
    def of(cls, day: date, calendar: Calendar) -> Week:
        """Give the week that a day belongs to."""
        shift = 1 if calendar is Calendar.ISO else 0
        return cls(calendar, (day.toordinal() - shift) // 7)

    @classmethod
    def parse(cls, text: str, calendar: Calendar) -> Week:
        """Read `2021-W36`, `2021W36` or a date. Raise NotAWeek for anything else, and for weeks that do not exist."""
        if match := WEEK.fullmatch(text):
            return _named(calendar, int(match[1]), int(match[2]))
        if DATE.fullmatch(text):
            try:
                return cls.of(date.fromisoformat(text), calendar)
            except ValueError:
                raise NotAWeek(f"`{text}` is a date that does not exist") from None
        raise NotAWeek(f"`{text}` is not a week; write it as 2021-W36, or a date as 2021-09-12")

    @property
    def first_day(self) -> date:
        """Monday of an ISO week, Sunday of an epidemiological one."""
        return date.fromordinal(self.number * 7 + (1 if self.calendar is Calendar.ISO else 0))

    @property
    def last_day(self) -> date:
        """The day whose law is in force for the week."""
        return self.first_day + timedelta(days=6)

    def __add__(self, weeks: int) -> Week:
        """Give the week so many weeks later."""
        return Week(self.calendar, self.number + weeks)

    def __sub__(self, other: Week) -> int:
        """Count the weeks between two weeks of one calendar."""
        if self.calendar is not other.calendar:
            raise NotAWeek(f"{self} and {other} are weeks of two calendars")
        return self.number - other.number

    def __str__(self) -> str:
        """Print as `2021-W36`, in either calendar."""
        return week_text(self.calendar, self.number)


@lru_cache(maxsize=4096)
def last_day_of(calendar: Calendar, number: int) -> date:
    """Give the last day of a week given by its number."""
    return Week(calendar, number).last_day


@lru_cache(maxsize=4096)
def week_text(calendar: Calendar, number: int) -> str:
    """Print a week given by its number as `2021-W36`."""
    first = Week(calendar, number).first_day
    if calendar is Calendar.ISO:
        year, week, _ = first.isocalendar()
    else:
        from epiweeks import Week as EpiWeek  # noqa: PLC0415 - not needed by policies on ISO weeks

        epi = EpiWeek.fromdate(first)
        year, week = epi.year, epi.week
    return f"{year:04}-W{week:02}"


def last_week_of(year: int, calendar: Calendar) -> int:
    """Count the weeks of a year: 52 or 53."""
    if calendar is Calendar.ISO:
        return date(year, 12, 28).isocalendar().week
    from epiweeks import Year  # noqa: PLC0415 - not needed by policies on ISO weeks

    return int(Year(year).totalweeks())


def _named(calendar: Calendar, year: int, week: int) -> Week:
    if not 1 < year < 9998:  # noqa: PLR2004 - the years that dates can hold, with a margin of one
        raise NotAWeek(f"the year {year:04} is out of reach")
    last = last_week_of(year, calendar)
    if not 1 <= week <= last:
        raise NotAWeek(f"{year:04}-W{week:02} does not exist: {year:04} has {last} weeks in the {calendar} calendar")
    if calendar is Calendar.ISO:
        return Week.of(date.fromisocalendar(year, week, 1), calendar)
    from epiweeks import Week as EpiWeek  # noqa: PLC0415 - not needed by policies on ISO weeks

    return Week.of(EpiWeek(year, week).startdate(), calendar)
