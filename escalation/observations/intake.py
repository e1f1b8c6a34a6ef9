"""Taking in the rows of a table: the region, the week and the date of each, then its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from escalation.errors import NotAWeek
from escalation.observations.figures import Flaw
from escalation.observations.findings import Findings, resembling, shown
from escalation.observations.layout import Layout
from escalation.observations.records import HIDDEN, Record, columns_of, shift_help
from escalation.observations.series import Row, Sink
from escalation.observations.table import NO_WEEK
from escalation.periods import DATE, WEEK, Calendar, Week, week_text
from escalation.policy.metrics import UNSPECIFIED

MAX_REGIONS = 100_000
EARLIEST = date(1900, 1, 1).toordinal()
LATEST = date(2199, 12, 31).toordinal()
WRITE_DATE = "write dates as 2021-09-12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the rows of a table may name: the weeks of a calendar, up to a date, and regions, if they are listed."""

    calendar: Calendar
    as_of: int | None
    regions: frozenset[str] | None
    missing: frozenset[str]
    delimiter: str = ""


@dataclass(slots=True)
class Selection:
    """Which columns count for rows of one counting basis."""

    used: dict[int, Sink] = field(default_factory=dict)
    refused: dict[int, Sink] = field(default_factory=dict)
    unspecified: dict[int, Sink] = field(default_factory=dict)


class Intake:
    """Reads the rows of a table into sinks. Each text of a region, week or date is looked at once."""

    def __init__(self, layout: Layout, scope: Scope, findings: Findings) -> None:
        self.layout = layout
        self.scope = scope
        self.findings = findings
        self.named: dict[str, set[tuple[int, int]]] = {}
        self._regions: dict[str, str] = {}
        self._weeks: dict[str, int] = {}
        self._dates: dict[str, int] = {"": 0}
        self._sources: dict[str, str] = {}
        self._first_day = Week(scope.calendar, 0).first_day.toordinal() if False else 0
