"""The weekly data as a value: one series of figures for each region and metric, and what was wrong with the rest."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from escalation.diagnostics import Diagnostic, Place
from escalation.errors import RequestError
from escalation.periods import Calendar, Week, week_text

NO_WEEK = 0


class Observation(NamedTuple):
    """One figure: its week, its value, since when it is known, and the cell it stands in."""

    week: int
    """The number of the week in the policy's calendar; NO_WEEK for an attribute of the region."""
    value: float
    """The figure; of a judgement 1.0 for yes and 0.0 for no; not a number where what is on record cannot be used."""
    known: int
    """The ordinal of the date since when it is known; 0 where the data say none: always."""
    line: int = 0
    column: int = 0
    source: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """All that was read. What cannot be used is listed in the findings, and stands as not a number in its series.

    So it hides earlier figures instead of letting them be carried past it: doubtful data never move a stage.
    """

    calendar: Calendar
    file: str
    sheet: str = ""
    columns: tuple[str, ...] = ()
    """The names of the columns, where a figure is found by them: in a database."""
    regions: tuple[str, ...]
    """In the order in which the data name them; groups of regions are not regions."""
    series: Mapping[tuple[str, str], tuple[Observation, ...]]
    """By region and metric, ascending by week and by the date known; figures of a group stand under its members."""
    rows: Mapping[str, tuple[tuple[int, int], ...]]
    """By region the (known, week) of each row about it, blank ones too, ascending."""
    findings: tuple[Diagnostic, ...] = ()
    digest: str = ""
    attribute_file: str = ""
    in_attribute_file: frozenset[tuple[str, str]] = frozenset()
    """The series that come from the second file, which holds the attributes of the regions."""
    weeks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By region the first and the last week of its rows."""

    def span(self, region: str, *, as_of: date | None = None) -> tuple[int, int] | None:
        """Give the first and the last week that rows about a region named, as known on a date; none: no row yet."""
        if as_of is None:
            return self.weeks.get(region)
        was_known = known_on(as_of, self.calendar)
        known = [week for since, week in self.rows.get(region, ()) if was_known(week, since)]
        return (min(known), max(known)) if known else None

    def known(self, region: str, metric: str, *, as_of: date | None = None) -> Iterable[Observation]:
        """Give the figures of a metric that were known on a date, ascending by week and by the date known."""
        found = self.series.get((region, metric), ())
        if as_of is None:
            return found
        was_known = known_on(as_of, self.calendar)
        return (one for one in found if was_known(one.week, one.known))

    def as_known(self, day: date) -> Observations:
        """Leave out what was not known on a day; the findings and the digest stay those of all that was read."""
        was_known = known_on(day, self.calendar)
        kept = {region: tuple(one for one in rows if was_known(one[1], one[0])) for region, rows in self.rows.items()}
        rows = {region: found for region, found in kept.items() if found}
        series = {
            key: tuple(one for one in found if was_known(one.week, one.known))
            for key, found in self.series.items()
            if key[0] in rows
        }
        regions = tuple(region for region in self.regions if region in rows)
        return replace(self, regions=regions, series=series, rows=rows, weeks=spans(rows))

    def place(self, region: str, metric: str, observation: Observation) -> Place:
        """Say where a figure stands."""
        if (region, metric) in self.in_attribute_file:
            return Place(file=self.attribute_file, line=observation.line, column=observation.column)
        return place(self.file, self.sheet, observation.line, observation.column, columns=self.columns)


def known_on(as_of: date, calendar: Calendar) -> Callable[[int, int], bool]:
    """Give what says of a week and a date (0 for none) whether a figure with them was known on a day.

    No figure is known before its week begins, dated or not.
    """
    day = as_of.toordinal()
    week_zero = Week(calendar, 1).first_day.toordinal() - 7

    def was_known(week: int, known: int) -> bool:
        return known <= day and week * 7 + week_zero <= (known or day)

    return was_known


def place(file: str, sheet: str, line: int, column: int, *, columns: Sequence[str] = ()) -> Place:
    """Name a cell: by line and column, in a workbook by its address too, in a database by its row and column's name.

    >>> print(place("a.csv", "", 2, 5), place("a.xlsx", "Sheet1", 7, 28))
    a.csv:2:5 a.xlsx:Sheet1!AB7
    >>> print(place("a.sqlite", "weekly", 7, 2, columns=["region", "week"]))
    a.sqlite:weekly, row 7, week
    """
    if columns:
        name = columns[column - 1] if 0 < column <= len(columns) else ""
        cell = ", ".join(part for part in (sheet, f"row {line}" if line else "", name) if part)
    else:
        cell = f"{sheet}!{_letters(column)}{line or 1}" if sheet else ""
    return Place(file=file, line=line, column=column, cell=cell)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters or "A"


class Entry(NamedTuple):
    """One figure given as a value, not read from a file; a value of none is a row without a figure."""

    region: str
    week: int
    metric: str
    value: float | None
    known: int = 0
    source: str = ""
    basis: str = ""


def tabulate(
    calendar: Calendar,
    entries: Iterable[Entry | tuple[str, int, str, float | None]],
    *,
    file: str = "values",
) -> Observations:
    """Make observations of values, for policy tests and from Python. The line of an entry is its number from 1.

    Attributes stand under the week NO_WEEK. Raise RequestError where a figure is given twice.

    >>> observations = tabulate(Calendar.ISO, [("Bekasi", 105474, "first_doses", 1120590.0)])
    >>> observations.span("Bekasi"), observations.series["Bekasi", "first_doses"][0].value
    ((105474, 105474), 1120590.0)
    """
    series: dict[tuple[str, str], list[Observation]] = {}
    rows: dict[str, set[tuple[int, int]]] = {}
    for line, entry in enumerate(entries, start=1):
        given = Entry(*entry)
        named = rows.setdefault(given.region, set())
        if given.week != NO_WEEK:
            named.add((given.known, given.week))
        if given.value is not None:
            series.setdefault((given.region, given.metric), []).append(
                Observation(given.week, given.value, given.known, line, 0, given.source, given.basis)
            )
    for (region, metric), found in series.items():
        found.sort(key=lambda one: (one.week, one.known))
        for one, other in itertools.pairwise(found):
            if (one.week, one.known) == (other.week, other.known):
                raise RequestError(f"`{metric}` of `{region}` is given twice for {week_text(calendar, one.week)}")
    return Observations(
        calendar=calendar,
        file=file,
        regions=tuple(rows),
        series={key: tuple(found) for key, found in series.items()},
        rows={region: tuple(sorted(found)) for region, found in rows.items()},
        weeks=spans(rows),
    )


def spans(rows: Mapping[str, Iterable[tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    """Give the first and the last week of the rows about each region that has any."""
    weeks = {region: [week for _, week in found] for region, found in rows.items()}
    return {region: (min(found), max(found)) for region, found in weeks.items() if found}
