"""The layout of a table: which of its columns holds what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.diagnostics import Diagnostic, Place, in_order
from escalation.errors import Refused
from escalation.observations.findings import Findings, diagnose, resembling, shown
from escalation.observations.mapping import ColumnMap, Origin
from escalation.observations.records import Record, columns_of
from escalation.periods import DATE, WEEK
from escalation.policy.metrics import InputMetric, Ratio

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route

MOST_NAMED = 20
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The index of each column. `constants`, the cells that all rows have, follow behind the cells of a row."""

    width: int
    line: int
    constants: tuple[str, ...]
    region: int
    week: int
    date: int | None
    """A second column of weeks, which must agree with the first."""
    as_of: int
    basis: int
    source: int
    bases_in_rows: bool
    """Whether the rows say their counting basis, each its own."""
    tidy: tuple[int, int] | None
    """The columns of metrics and of values, in a tidy table."""
    names: Mapping[str, str]
    """What a tidy table calls the metrics, where a mapping says so."""
    inputs: Mapping[str, int]
    groups: Mapping[str, int]
    printed: Mapping[str, int]


class Header:
    """The header of a table, from which columns are taken by name until only unknown ones are left."""

    def __init__(self, record: Record, mapping: ColumnMap, findings: Findings) -> None:
        self.line = record[0]
        self.names = [cell.strip(" \t") for cell in record[1]]
        self.mapping = mapping
        self.findings = findings
        self.problems: list[Diagnostic] = []
        self._starts = columns_of(record)
        self._counts = Counter(self.names)
        self._taken = {name for name in mapping.ignore if name not in ("region", "week")}

    def key(self, role: str, column: str | None) -> int | None:
        """Find a column that all figures of a row rest on, by the mapping or by its own name."""
        if column is None:
            if role not in self._counts or role in self._taken:
                return None
            column = role
        elif column not in self._counts:
            self.problems.append(self._missing(column, (role,)))
            return None
        if self._counts[column] > 1:
            self.problems.append(
                diagnose("duplicate-column", f"two columns are called `{column}`", self._last_place(column))
            )
        self._taken.add(column)
        return self.names.index(column)

    def several(self, section: str, mapped: Mapping[str, str], own: Iterable[str] = ()) -> dict[str, int]:
        """Find the columns of metrics or attributes: those mapped, and those called by their own names."""
        wanted = dict(mapped)
        wanted |= {name: name for name in own if name in self._counts and name not in self._taken | set(mapped)}
        found = {}
        for name, column in wanted.items():
            self._taken.add(column)
            if column not in self._counts:
                self.findings.append(self._missing(column, (section, name)))
            elif self._counts[column] > 1:
                message = f"two columns are called `{column}`: neither is read"
                self.findings.append(diagnose("duplicate-column", message, self._last_place(column)))
            else:
                found[name] = self.names.index(column)
        return found

    def rest(self) -> dict[str, int]:
        """Give the columns that nobody took."""
        return {name: index for index, name in enumerate(self.names) if name not in self._taken}

    def report(self, rule: str, index: int, message: str, *, help: str = "") -> None:  # noqa: A002 - the word of the diagnostics
        """List a finding on a column."""
        self.findings.add(rule, message, line=self.line, column=self._starts[index], help=help)

    def want(self, role: str, *, is_mappable: bool = True) -> None:
        """Note that a column is missing without which nothing can be read, be it that a mapping may name it or not."""
        if all(problem.rule != "missing-column" for problem in self.problems):
            remedy = f"call a column `{role}`" + (", or name it in a mapping" if is_mappable else "")
            if sum(map(bool, self.names)) < 2 and not self.findings.columns:  # noqa: PLR2004 - one name is a title, or `sep=;`
                remedy = f"delete what stands above the header, or correct the delimiter; {remedy}"
            near = resembling(role, self.rest())
            message = f"there is no column `{role}`"
            place = self.findings.place(self.line, 0)
            self.problems.append(diagnose("missing-header", message, place, help=f"{near} {remedy}".strip()))

    def refuse_what_is_data(self) -> None:
        """Raise Refused where the first line holds figures, not names."""
        for index, name in enumerate(self.names):
            if any(pattern.fullmatch(name) for pattern in (WEEK, DATE, NUMBER)):
                message = f"the first line holds data ({shown(name)}), not the names of the columns"
                help_ = "begin with a header such as `region,week,first_doses`"
                raise self.findings.refuse(
                    "missing-header", message, line=self.line, column=self._starts[index], help=help_
                )

    def _missing(self, column: str, route: Route) -> Diagnostic:
        message = f"there is no column {shown(column)} in {self.findings.file}"
        near = resembling(column, self.names)
        if self.mapping.source_file is None:
            there = "the columns are " + ", ".join(map(shown, self.names[:MOST_NAMED]))
            return diagnose("missing-column", message, self.findings.place(self.line, 0), help=near or there)
        return self.mapping.problem("missing-column", message, route, help=near)

    def _last_place(self, column: str) -> Place:
        index = len(self.names) - 1 - self.names[::-1].index(column)
        return self.findings.place(self.line, self._starts[index])


def lay_out(record: Record, policy: Policy, mapping: ColumnMap, findings: Findings) -> Layout:
    """Find the columns in a header. Raise Refused where there is no column of regions or of weeks."""
    header = Header(record, mapping, findings)
    constants = [""]
    keys = {role: _key(header, role, constants) for role in ("region", "as_of", "basis", "source")}
    week = header.key("week", mapping.week) if mapping.week or not mapping.date else None
    date = header.key("date", mapping.date) if mapping.date or not mapping.week else None
    if keys["region"] is None or (week is None and date is None):
        header.refuse_what_is_data()
        for role, found in (("region", keys["region"]), ("week", week if date is None else date)):
            if found is None:
                header.want(role)
    if header.problems:
        raise Refused(in_order(header.problems))
    width = len(header.names)
    tidy = _tidy(header)
    inputs, groups, printed = _measured(header, policy) if tidy is None else ({}, {}, {})
    _report_the_rest(header, policy, tidy=tidy is not None)
    return Layout(
        width=width,
        line=header.line,
        constants=tuple(constants),
        region=_index(keys["region"], width),
        week=_index(week if week is not None else date, width),
        date=date if week is not None else None,
        as_of=_index(keys["as_of"], width),
        basis=_index(keys["basis"], width),
        source=_index(keys["source"], width),
        bases_in_rows=keys["basis"] is not None and keys["basis"] >= 0,
        tidy=tidy,
        names={column: name for name, column in (mapping.metrics or {}).items()},
        inputs=inputs,
        groups=groups,
        printed=printed,
    )


def _key(header: Header, role: str, constants: list[str]) -> int | None:
    """Find a column, or add the constant that the mapping gives; -1 and less count from behind the cells of a row."""
    origin = getattr(header.mapping, role)
    if isinstance(origin, Origin):
        if origin.is_ is not None:
            constants.append(origin.is_)
            return -len(constants)
        return header.key(role, origin.column)
    return header.key(role, origin)


def _index(found: int | None, width: int) -> int:
    """Turn what was found into an index of the cells of a row and the constants behind them; none: the blank one."""
    if found is None:
        return width
    return found if found >= 0 else width - found - 1


def _tidy(header: Header) -> tuple[int, int] | None:
    if header.mapping.metric is None and not {"metric", "value"} <= header.rest().keys():
        return None
    metric = header.key("metric", header.mapping.metric)
    value = header.key("value", header.mapping.value)
    if header.problems or metric is None or value is None:
        raise Refused(in_order(header.problems))
    return metric, value


def _measured(header: Header, policy: Policy) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    mapping = header.mapping
    own = policy.inputs if mapping.metrics is None else ()
    groups = {metric.group: None for metric in policy.inputs.values() if metric.group}
    inputs = header.several("metrics", mapping.metrics or {}, own) | header.several("attributes", mapping.attributes)
    named = header.several("groups", mapping.groups, [name for name in groups if name not in policy.inputs])
    ratios = [name for name, metric in policy.metrics.items() if isinstance(metric, Ratio)]
    return inputs, named, header.several("check", mapping.check, ratios)


def _report_the_rest(header: Header, policy: Policy, *, tidy: bool) -> None:
    for name, index in header.rest().items():
        if name in policy.metrics and not isinstance(policy.metrics[name], InputMetric):
            header.report("derived-metric", index, f"`{name}` is computed by the policy: the column is not read")
        elif header.mapping.source_file is not None:
            continue
        elif not name:
            header.report("unnamed-column", index, "the column has no name: it is not read")
        else:
            known = ("as_of", "basis", "source") if tidy else (*policy.inputs, "as_of", "basis", "source", "date")
            what = "a column that tidy tables have" if tidy else "a metric of the policy"
            help_ = header.findings.resembling(name, known) or "name it under `ignore` in a mapping, or take it out"
            header.report("unknown-column", index, f"{shown(name)} is not {what}: the column is not read", help=help_)
