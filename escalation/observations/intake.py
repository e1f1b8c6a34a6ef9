"""Taking in the rows of a table: the region, the week and the date of each, then its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from escalation.errors import NotAWeek
from escalation.observations.dates import Order, is_local, isoformat
from escalation.observations.figures import Figure, Flaw
from escalation.observations.findings import Findings, Namesakes, is_hidden, shown
from escalation.observations.records import Record, columns_of, report_shift
from escalation.observations.series import Row, Sink
from escalation.observations.table import NO_WEEK
from escalation.periods import DATE, WEEK, Calendar, Week, week_text

if TYPE_CHECKING:
    from escalation.observations.layout import Layout

MAX_REGIONS = 100_000
EARLIEST = date(1900, 1, 1).toordinal()
LATEST = date(2199, 12, 31).toordinal()
MAX_KEPT = 10_000
OUT_OF_REACH = "not between 1900 and 2199"
WRITE_DATE = "write dates as 2021-09-12"
DECLARE_ORDER = "; or declare in a mapping how they are written: `dates: dmy` (day first) or `dates: mdy`"
FORMAT_DATE = "hold the column as dates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the rows of a table may name: the weeks of a calendar, up to a date, and regions, if they are listed."""

    calendar: Calendar
    as_of: int | None
    regions: frozenset[str] | None
    dates: Order | None = None
    delimiter: str = ""


class Intake:
    """Gives the rows of a table that can be placed: each text of a region, week or date is looked at once."""

    def __init__(self, layout: Layout, scope: Scope, findings: Findings) -> None:
        self.layout = layout
        self.scope = scope
        self.findings = findings
        self.named: dict[str, set[tuple[int, int]]] = {}
        self._weekless: Mapping[str, Sink] = {}
        self._regions: dict[str, str] = {}
        self._namesakes = Namesakes(findings)
        self._parsed: dict[str, int] = {}
        self._weeks = self._parsed if layout.date is None else {}
        self._dates: dict[str, int] = {"": 0}
        self._sources: dict[str, str] = {"": ""}
        self._week_zero = Week(scope.calendar, 1).first_day.toordinal() - 7
        self._horizon = LATEST if scope.as_of is None else scope.as_of

    def rows(self, records: Iterable[Record], weekless: Mapping[str, Sink]) -> Iterator[Row]:
        """Give the rows that name a region, a week and a date on which they were known, and list the others.

        Rows of a tidy table whose metric is one of `weekless` may do without a week.
        """
        layout, named, horizon, week_zero = self.layout, self.named, self._horizon, self._week_zero
        regions, weeks, dates, sources = self._regions, self._weeks, self._dates, self._sources
        width, constants, row = layout.width, layout.constants, tuple.__new__
        of_region, of_week, of_date = layout.region, layout.week, layout.as_of
        of_basis, of_source = layout.basis, layout.source
        self._weekless = weekless
        for record in records:
            line, cells, raw = record
            if len(cells) != width:
                report_shift(record, width, self.scope.delimiter, self.findings)
                continue
            cells += constants
            try:
                region = regions[cells[of_region]]
                known = dates[cells[of_date]]
                week = weeks[cells[of_week]]
            except KeyError:
                placed = self._place(record)
                if placed is None:
                    continue
                region, known, week = placed
            if known > horizon:
                continue
            if week * 7 + week_zero > (known or horizon):
                self._report_future(record, week, known)
                continue
            if week:
                named[region].add((known, week))
            source = sources.get(cells[of_source])
            if source is None:
                source = self._kept(cells[of_source])
            yield row(Row, (region, week, known, source, cells[of_basis], line, cells, raw))

    def _kept(self, source: str) -> str:
        """Keep one copy of a source that many rows have."""
        if len(self._sources) < MAX_KEPT:
            self._sources[source] = source
        return source

    def _place(self, record: Record) -> tuple[str, int, int] | None:
        """Find region, date and week of a row at leisure; none where one will not do, or it is not yet known."""
        cells = record[1]
        if not any(cell.strip(" \t") for cell in cells[: self.layout.width]):
            return None
        known = self._known(record)
        if known is None or known > self._horizon:
            return None
        region = self._region(record)
        week = self._week(record)
        return None if region is None or week is None else (region, known, week)

    def _known(self, record: Record) -> int | None:
        index = self.layout.as_of
        text = record[1][index].strip(" \t")
        if text in self._dates:
            return self._dates[text]
        day = self._day(record, index, text)
        if day is not None:
            self._dates[text] = day
        return day

    def _day(self, record: Record, index: int, text: str) -> int | None:
        written = isoformat(text, self.scope.dates)
        if flaw := _flaw(record[1][index]):
            self._report(flaw.rule, record, index, f"{shown(text)} is no date: the row is not read", flaw.help)
        elif not DATE.fullmatch(written):
            message = f"{shown(text)} is not a date: the row is not read"
            self._report("unreadable-date", record, index, message, _date_help(record[1][index]))
        else:
            try:
                day = date.fromisoformat(written).toordinal()
            except ValueError:
                help_ = f"the mapping says `dates: {self.scope.dates}`" if written != text and is_local(text) else ""
                self._report("no-such-date", record, index, f"{shown(text)} does not exist: the row is not read", help_)
                return None
            if EARLIEST <= day <= LATEST:
                return day
            self._report("far-date", record, index, f"{shown(text)} is {OUT_OF_REACH}: the row is not read")
        return None

    def _region(self, record: Record) -> str | None:
        index = self.layout.region
        cell = record[1][index]
        text = cell.strip(" \t")
        if text in self._regions:
            return self._regions[text]
        if flaw := _flaw(cell):
            self._report(flaw.rule, record, index, f"{shown(text)} is no region: the row is not read", flaw.help)
        elif not text:
            self._report("blank-region", record, index, "the row names no region: it is not read")
        elif is_hidden(text):
            message = f"the region {shown(text)} has a character that cannot be seen: the row is not read"
            self._report("hidden-character", record, index, message)
        elif self.scope.regions is not None and text not in self.scope.regions:
            message = f"{shown(text)} is not in the file of regions: the row is not read"
            self._report("unknown-region", record, index, message, self.findings.resembling(text, self.scope.regions))
        else:
            return self._new_region(record, index, text)
        return None

    def _new_region(self, record: Record, index: int, text: str) -> str:
        if len(self._regions) == MAX_REGIONS:
            message = f"the table has more than {MAX_REGIONS:,} regions"
            raise self.findings.refuse("too-many-regions", message, line=record[0])
        if type(record[1][index]) is Figure:
            message = f"the region {shown(text)} is a number in the file: zeros before it, if any, are lost"
            self._report("number-as-region", record, index, message, "hold the column as text")
        column = columns_of(record)[index] if index < self.layout.width else 0
        self._namesakes.note(text, line=record[0], column=column)
        self._regions[text] = text
        self.named.setdefault(text, set())
        return text

    def _week(self, record: Record) -> int | None:
        cells, layout = record[1], self.layout
        texts = {index: cells[index].strip(" \t") for index in (layout.week, layout.date) if index is not None}
        given = [index for index, text in texts.items() if text]
        if not given:
            if layout.tidy is not None and cells[layout.tidy[0]].strip(" \t") in self._weekless:
                return NO_WEEK
            self._report("blank-week", record, layout.week, "the row names no week: it is not read")
            return None
        weeks = [self._named_week(record, index, texts[index]) for index in given]
        if None in weeks:
            return None
        if len(set(weeks)) > 1:
            message = f"{shown(texts[given[0]])} and {shown(texts[given[1]])} are two weeks: the row is not read"
            self._report("contradicting-dates", record, given[1], message)
            return None
        return weeks[0]

    def _named_week(self, record: Record, index: int, text: str) -> int | None:
        calendar = self.scope.calendar
        if text in self._parsed:
            return self._parsed[text]
        if (
            DATE.fullmatch(isoformat(text, self.scope.dates))
            or is_local(text)
            or (_flaw(record[1][index]) and not WEEK.fullmatch(text))
        ):
            day = self._day(record, index, text)
            if day is None:
                return None
            self._parsed[text] = Week.of(date.fromordinal(day), calendar).number
            return self._parsed[text]
        try:
            week = Week.parse(text, calendar)
        except NotAWeek as error:
            self._report_week(record, index, text, error)
            return None
        if EARLIEST <= week.first_day.toordinal() <= LATEST:
            self._parsed[text] = week.number
            return week.number
        self._report("far-date", record, index, f"{shown(text)} is {OUT_OF_REACH}: the row is not read")
        return None

    def _report_week(self, record: Record, index: int, text: str, error: NotAWeek) -> None:
        if not WEEK.fullmatch(text):
            message = f"{shown(text)} is not a week: the row is not read"
            self._report("unreadable-week", record, index, message, _week_help(record[1][index]))
            return
        other = _other(self.scope.calendar)
        try:
            Week.parse(text, other)
        except NotAWeek:
            self._report("no-such-week", record, index, f"{error}: the row is not read")
        else:
            message = f"{error}, only in the {other} calendar: the row is not read"
            self._report("other-calendar", record, index, message, "give dates instead of weeks")

    def _report_future(self, record: Record, week: int, known: int) -> None:
        calendar = self.scope.calendar
        begins = Week(calendar, week).first_day
        limit = date.fromordinal(known or self._horizon)
        what = f"its date {limit}" if known else f"{limit}, the date asked about"
        text = week_text(calendar, week)
        message = f"{text} begins on {begins}, after {what}: the row is not read"
        written = record[1][self.layout.week].strip(" \t")
        counted = _first_day(written, _other(calendar))
        if counted is not None and counted <= limit:
            message = f"{text} begins on {begins}, after {what}; in the {_other(calendar)} calendar on {counted}"
            message += ": the row is not read"
            self._report("other-calendar", record, self.layout.week, message, "give dates instead of weeks")
        else:
            self._report("future-week", record, self.layout.week, message)

    def _report(self, rule: str, record: Record, index: int, message: str, help: str = "") -> None:  # noqa: A002 - the word of the diagnostics
        column = columns_of(record)[index] if index < self.layout.width else 0
        self.findings.add(rule, message, line=record[0], column=column, help=help)


def _flaw(cell: str) -> Flaw | None:
    return cell if isinstance(cell, Flaw) else None


def _date_help(cell: str) -> str:
    if type(cell) is Figure:
        return FORMAT_DATE
    return WRITE_DATE + DECLARE_ORDER if is_local(cell.strip(" \t")) else WRITE_DATE


def _week_help(cell: str) -> str:
    if type(cell) is Figure:
        return f"write weeks as 2021-W36, or {FORMAT_DATE}"
    return "write weeks as 2021-W36, or dates as 2021-09-12"


def _first_day(text: str, calendar: Calendar) -> date | None:
    """Give the first day of a week, if the text is one and not a date."""
    try:
        return Week.parse(text, calendar).first_day if WEEK.fullmatch(text) else None
    except NotAWeek:
        return None


def _other(calendar: Calendar) -> Calendar:
    return Calendar.EPI if calendar is Calendar.ISO else Calendar.ISO
