"""Where the cells of a table go: into the series of a metric, an attribute, a group, a printed percentage."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from escalation.observations.figures import Figure, Flaw, Locale, Read, Unreadable, decimals_of
from escalation.observations.findings import Findings, is_hidden, shown
from escalation.observations.table import NO_WEEK, Observation
from escalation.policy.metrics import PERCENT, InputMetric

Values = dict[str, list[Observation]]
"""The figures of one metric by region, in the order of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the figures and judgements of a table are written, and which texts mean that there is none."""

    locale: Locale | None
    read: Read
    missing: frozenset[str]
    judge: Read


class Row(NamedTuple):
    """What all figures of a record share, and its cells."""

    region: str
    week: int
    known: int
    source: str
    basis: str
    line: int
    cells: list[str]
    raw: str


class Sink(Protocol):
    """What takes in the cells of a column."""

    name: str
    bases: tuple[str, ...]
    weekless: bool
    """Whether a row without a week will do."""

    def observe(self, text: str, row: Row, column: int) -> None:
        """Take in a cell that is not blank, or list what is wrong with it."""


class Series:
    """Takes in the figures of an input metric."""

    weekless = False

    def __init__(self, name: str, metric: InputMetric, form: Form, findings: Findings) -> None:
        self.name = name
        self.metric = metric
        self.bases = metric.bases
        self.values: Values = {}
        self.unusable: Values = {}
        self.findings = findings
        self._read = _without_percent_cells(form.read) if metric.unit == PERCENT else form.read
        self._missing = form.missing
        self._low = -math.inf if metric.low is None else metric.low
        self._high = math.inf if metric.high is None else metric.high

    def observe(self, text: str, row: Row, column: int) -> None:
        """Take in a figure that can be read and lies in the range of its metric."""
        try:
            value = self._read(text)
        except Unreadable as error:
            if text.strip(" \t") not in self._missing:
                self._report(error, row, column)
                self._spoil(row, column)
            return
        if not self._low <= value <= self._high:
            self._report_range(text, value, row, column)
            self._spoil(row, column)
            return
        region, week, known, source, basis, line, _, _ = row
        found = self.values.get(region)
        if found is None:
            found = self.values[region] = []
        found.append(tuple.__new__(Observation, (week, value, known, line, column, source, basis)))

    def _spoil(self, row: Row, column: int) -> None:
        spoilt = Observation(row.week, math.nan, row.known, row.line, column, row.source, row.basis)
        self.unusable.setdefault(row.region, []).append(spoilt)

    def _report(self, error: Unreadable, row: Row, column: int) -> None:
        if self.findings.passes_over(error.rule):
            return
        message = f"{_of(self.name, row)}: {error}: not used"
        self.findings.add(error.rule, message, line=row.line, column=column, help=error.help)

    def _report_range(self, text: str, value: float, row: Row, column: int) -> None:
        rule = "outside-range"
        if value < self._low:
            why = f"is below {self._low:.15g}, the lowest value possible"
        elif self.metric.unit == PERCENT and self._high == 100:  # noqa: PLR2004 - percent
            rule, why = "percent-above-100", "is above 100 percent"
        else:
            why = f"is above {self._high:.15g}, the highest value possible"
        message = f"{_of(self.name, row)}: {shown(text)} {why}: not used"
        self.findings.add(rule, message, line=row.line, column=column)


class Judgements(Series):
    """Takes in the judgements of a role."""

    def __init__(self, name: str, metric: InputMetric, form: Form, findings: Findings) -> None:
        super().__init__(name, metric, replace(form, read=form.judge), findings)

    def observe(self, text: str, row: Row, column: int) -> None:
        """Take in a yes or no, and note where it is not said who judged."""
        before = len(self.values.get(row.region, ()))
        super().observe(text, row, column)
        if not row.source and len(self.values.get(row.region, ())) > before:
            message = f"{_of(self.name, row)}: nothing says who judged"
            help_ = f"name {self.metric.by} or its letter in the column `source`"
            self.findings.add("judgement-without-source", message, line=row.line, column=column, help=help_)


class Attributes(Series):
    """Takes in what a region has once; of two values that differ neither is used."""

    weekless = True

    def __init__(self, name: str, metric: InputMetric, form: Form, findings: Findings) -> None:
        super().__init__(name, metric, form, findings)
        self.conflicts: set[str] = set()
        self._texts: dict[str, str] = {}

    def observe(self, text: str, row: Row, column: int) -> None:
        """Take in the value of a region that has none yet, and compare it where there is one."""
        if self._texts.get(row.region) == text:
            return
        self._texts.setdefault(row.region, text)
        super().observe(text, row._replace(week=NO_WEEK, known=0), column)
        found = self.values.get(row.region, [])
        if len(found) < 2 or (other := found.pop()).value == found[0].value:  # noqa: PLR2004 - the first and another
            return
        self.conflicts.add(row.region)
        self.findings.add(
            "attribute-conflict",
            f"{_of(self.name, row)}: {shown(text)} is another value than before: neither is used",
            line=row.line,
            column=other.column,
            help="an attribute has one value for each region; a figure that changes is a `level`",
            related=[(found[0].line, found[0].column, f"before it is {found[0].value:.15g}")],
        )


class Groups:
    """Takes in the name of the group that a region belongs to."""

    bases: tuple[str, ...] = ()
    weekless = True

    def __init__(self, name: str, form: Form, findings: Findings) -> None:
        self.name = name
        self.findings = findings
        self._missing = form.missing
        self.groups: dict[str, str] = {}
        self._first: dict[str, tuple[int, int]] = {}

    def observe(self, text: str, row: Row, column: int) -> None:
        """Take in a group; a second one is a conflict, and the first one stays."""
        group = text.strip(" \t")
        if group in self._missing:
            return
        if isinstance(text, Flaw) or is_hidden(group):
            rule = text.rule if isinstance(text, Flaw) else "hidden-character"
            self.findings.add(rule, f"{shown(group)} is no name of a group", line=row.line, column=column)
            return
        before = self.groups.setdefault(row.region, group)
        first = self._first.setdefault(row.region, (row.line, column))
        if group != before:
            message = f"{_of(self.name, row)}: {shown(group)} is another group than before: the first one is used"
            related = [(*first, f"before it is {shown(before)}")]
            self.findings.add("attribute-conflict", message, line=row.line, column=column, related=related)


class Printed:
    """Takes in the printed percentages of a metric that the policy computes from counts."""

    bases: tuple[str, ...] = ()
    weekless = False

    def __init__(self, name: str, form: Form, findings: Findings) -> None:
        self.name = name
        self.findings = findings
        self.values: dict[str, list[tuple[Observation, str, int]]] = {}
        self._form = form

    def observe(self, text: str, row: Row, column: int) -> None:
        """Take in a percentage as it is printed, with the number of its decimals."""
        try:
            value = self._form.read(text)
        except Unreadable as error:
            if text.strip(" \t") in self._form.missing:
                return
            message = f"{_of(self.name, row)}: {error}: not compared with its counts"
            self.findings.add(error.rule, message, line=row.line, column=column, help=error.help)
            return
        decimals = decimals_of(text, self._form.locale)
        if isinstance(text, Figure) and text.percent:
            value, decimals = value * 100, max(decimals - 2, 0)
        printed = Observation(row.week, value, row.known, row.line, column, row.source, row.basis)
        self.values.setdefault(row.region, []).append((printed, text, decimals))


def _of(name: str, row: Row) -> str:
    return f"`{name}` of {shown(row.region)}"


def _without_percent_cells(read: Read) -> Read:
    """Refuse a number that a workbook shows as a percentage: 0.55 may be 55 percent or half of one."""

    def checked(text: str) -> float:
        if type(text) is Figure and text.percent:
            raise Unreadable(
                "percent-cell",
                f"the cell holds {text} and shows it as a percentage",
                "format the column as a number and write 55 for 55 %",
            )
        return read(text)

    return checked
