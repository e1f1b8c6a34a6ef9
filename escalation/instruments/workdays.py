"""Working days of a country: Monday to Friday without public holidays and days off of the government."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from escalation.instruments.model import Clock
from escalation.policy.values import Language

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY = 5
OFFICES = ("public", "government")
"""The categories of `holidays` on whose days offices are closed; in Indonesia the second is *cuti bersama*."""
ESTIMATED = "(estimated)"
"""What `holidays` puts behind the name of a day that is reckoned and not yet decreed."""
NAMES = {Language.ENGLISH: ("en_US", "en_GB"), Language.INDONESIAN: ("id", "en_US", "en_GB")}
"""In which languages of `holidays` the names are wanted, the best first."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working days of a country, as two letters; without one that is known, all days from Monday to Friday."""

    country: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether the public holidays of the country are known."""
        return self.country is not None and _closed(self.country) is not None

    @property
    def made_with(self) -> str:
        """Name what the holidays come from, with its version; nothing where they are not known."""
        return f"holidays {version('holidays')} ({self.country})" if self.is_known else ""

    def after(self, first: date, days: int, clock: Clock) -> date:
        """Give the day that lies so many days of a clock after another, which is not counted itself.

        >>> Workdays("ID").after(date(2021, 9, 13), 30, "working"), Workdays().after(date(2021, 9, 13), 30, "working")
        (datetime.date(2021, 10, 26), datetime.date(2021, 10, 25))

        Raise OverflowError behind the last day of the year 9999.
        """
        if clock == "calendar":
            return first + timedelta(days=days)
        when = first
        while days > 0:
            when += timedelta(days=1)
            days -= self.is_working(when)
        return when

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day."""
        return day.weekday() < SATURDAY and not self.name(day)

    def name(self, day: date, language: Language = Language.ENGLISH) -> str:
        """Give the name of the public holiday that a day is, in a language where that is known; of none, nothing."""
        closed = _closed(self.country, language) if self.country is not None else None
        return "; ".join(closed.get_list(day)) if closed is not None and _is_covered(closed, day.year) else ""

    def days_off(self, first: date, last: date, language: Language) -> Iterator[tuple[date, str]]:
        """Give the holidays from Monday to Friday that lie after a day and up to another, each with its name."""
        for number in range(first.toordinal() + 1, last.toordinal() + 1):
            when = date.fromordinal(number)
            if when.weekday() < SATURDAY and (name := self.name(when, language)):
                yield when, name

    def years_without_data(self, first: date, last: date) -> tuple[int, ...]:
        """Give the years between two days of which no public holidays are known, though those of others are."""
        closed = _closed(self.country) if self.country is not None else None
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if closed is not None and not _is_covered(closed, year))

    def years_not_decreed(self, first: date, last: date) -> tuple[int, ...]:
        """Give the years between two days whose holidays are estimates in part, or lack the days off of the government.

        >>> Workdays("ID").years_not_decreed(date(2025, 12, 1), date(2029, 1, 31))
        (2027, 2028, 2029)
        """
        if self.country is None or (closed := _closed(self.country)) is None:
            return ()
        years = (year for year in range(first.year, last.year + 1) if _is_covered(closed, year))
        return tuple(year for year in years if _is_open(self.country, year))


@cache
def _closed(country: str, language: Language = Language.ENGLISH) -> HolidayBase | None:
    """Give the days on which offices are closed, or nothing of a country that `holidays` does not know."""
    import holidays

    if country not in holidays.list_supported_countries(include_aliases=False):
        return None
    known = holidays.country_holidays(country)
    wanted = next((one for one in NAMES[language] if one in known.supported_languages), None)
    return holidays.country_holidays(country, categories=_categories(known), language=wanted)


def _categories(known: HolidayBase) -> tuple[str, ...]:
    return tuple(one for one in OFFICES if one in known.supported_categories)


def _is_covered(closed: HolidayBase, year: int) -> bool:
    return closed.start_year <= year <= closed.end_year


@cache
def _is_open(country: str, year: int) -> bool:
    import holidays

    closed = _closed(country)
    if closed is None:
        return False
    has_own_days = "government" in closed.supported_categories
    own = holidays.country_holidays(country, categories="government", years=year) if has_own_days else True
    names = holidays.country_holidays(country, categories=_categories(closed), language=closed.language, years=year)
    return not own or any(ESTIMATED in name for name in names.values())
