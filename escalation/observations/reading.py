"""Reading the weekly data: what is usable becomes observations, everything else a finding."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from escalation.diagnostics import in_order
from escalation.observations.figures import Locale, judgement, reader
from escalation.observations.findings import Findings, shown
from escalation.observations.intake import Intake, Scope
from escalation.observations.layout import Layout, lay_out
from escalation.observations.mapping import ColumnMap, beside, load_map
from escalation.observations.opening import Selection, Table, open_table
from escalation.observations.pausing import collection_paused
from escalation.observations.records import columns_of
from escalation.observations.regions import Regions, read_regions
from escalation.observations.regions import beside as regions_beside
from escalation.observations.series import Attributes, Form, Groups, Judgements, Printed, Row, Series, Sink
from escalation.observations.settling import Settlement, settle
from escalation.observations.sorting import Bases, sort_tidy, sort_wide
from escalation.observations.table import Observations, spans
from escalation.policy.metrics import Kind, Ratio

if TYPE_CHECKING:
    from escalation.policy.model import Policy

Path = str | os.PathLike[str]


@collection_paused()
def read(
    path: Path,
    policy: Policy,
    *,
    map: Path | None = None,  # noqa: A002 - the option of the command has this name
    regions: Path | None = None,
    numbers: Locale | None = None,
    as_of: date | None = None,
    table: str | None = None,
    query: str | None = None,
) -> Observations:
    """Read weekly data from a CSV file, a workbook, a Parquet file, a SQLite database or standard input (`-`).

    `map` names the mapping of a foreign table (without it, `NAME.map.yaml` beside the data is taken if it is there),
    `regions` a second file with the attributes of regions (without it, `regions.csv` beside the data), `numbers` how
    numbers are written. Rows that were not yet known on `as_of` are left out. Of a database `table` names the table, or
    `query` is one SELECT; a query may be put to a Parquet file as well, whose table is called `observations`.

    Raise Refused where nothing can be read, RequestError where there is no such file. All else that is wrong is a
    finding of the observations, and the other rows are read.
    """
    name = os.fspath(path)
    found = map if map is not None else beside(name)
    mapping = load_map(found, policy) if found is not None else ColumnMap()
    selection = Selection(sheet=mapping.sheet, table=table, query=query)
    opened = open_table(name, delimiter=mapping.delimiter, selection=selection)
    locale = numbers or mapping.numbers
    form = Form(
        locale=locale,
        read=reader(locale),
        missing=frozenset(("", *mapping.missing)),
        judge=judgement({word: answer == "yes" for word, answer in mapping.judgements.items()}),
    )
    maker = _Maker(policy, form)
    second = os.fspath(regions) if regions is not None else regions_beside(name)
    listed = read_regions(second, policy, mapping, maker.make) if second is not None else None
    layout = lay_out(opened.header, policy, mapping, opened.findings)
    scope = Scope(
        calendar=policy.calendar,
        as_of=as_of.toordinal() if as_of is not None else None,
        regions=frozenset(listed.names) | listed.groups if listed else None,
        dates=mapping.dates,
        delimiter=opened.delimiter,
    )
    intake = Intake(layout, scope, opened.findings)
    sinks = _take_in(opened, mapping, layout, intake, maker)
    if not intake.named and as_of is None and not opened.findings.listed():
        opened.findings.add("no-rows", "the table has a header and no rows", line=opened.header[0])
    return _observations(opened, settle(policy, sinks, intake.named, listed, opened.findings), mapping, listed, policy)


def _observations(
    table: Table, settled: Settlement, mapping: ColumnMap, listed: Regions | None, policy: Policy
) -> Observations:
    return Observations(
        calendar=policy.calendar,
        file=table.findings.file,
        sheet=table.findings.sheet,
        columns=table.findings.columns,
        regions=tuple(settled.rows),
        series=settled.series,
        rows={region: tuple(sorted(rows)) for region, rows in settled.rows.items()},
        findings=in_order((*table.findings.listed(), *(listed.findings.listed() if listed else ()))),
        digest=_digest(table, mapping, listed),
        attribute_file=listed.findings.file if listed else "",
        in_attribute_file=settled.from_second_file,
        weeks=spans(settled.rows),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the sinks of a policy's metrics."""

    policy: Policy
    form: Form

    def make(self, name: str, findings: Findings) -> Sink:
        metric = self.policy.inputs.get(name)
        if metric is None:
            is_ratio = isinstance(self.policy.metrics.get(name), Ratio)
            return (Printed if is_ratio else Groups)(name, self.form, findings)
        kinds: dict[Kind, type[Series]] = {Kind.JUDGEMENT: Judgements, Kind.ATTRIBUTE: Attributes}
        return kinds.get(metric.kind, Series)(name, metric, self.form, findings)


def _take_in(table: Table, mapping: ColumnMap, layout: Layout, intake: Intake, maker: _Maker) -> list[Sink]:
    missing = maker.form.missing
    if layout.tidy is None:
        named = {**layout.inputs, **layout.groups, **layout.printed}
        columns = {index: maker.make(name, table.findings) for name, index in named.items()}
        wide = Bases(columns, layout, table.findings)
        sort_wide(intake.rows(table.records, {}), wide, missing)
        return list(columns.values())
    sinks = {text: maker.make(name, table.findings) for text, name in _names(maker.policy, mapping).items()}
    weekless = {text: sink for text, sink in sinks.items() if sink.weekless}
    strangers = _Strangers(maker.policy, mapping, table.findings)
    tidy = Bases(sinks, layout, table.findings)
    sort_tidy(intake.rows(table.records, weekless), layout.tidy, tidy, missing, strangers.report)
    return list(sinks.values())


def _names(policy: Policy, mapping: ColumnMap) -> dict[str, str]:
    """Say which metric or attribute each text in the column of metrics stands for."""
    groups = [metric.group for metric in policy.inputs.values() if metric.group]
    ratios = [name for name, metric in policy.metrics.items() if isinstance(metric, Ratio)]
    own = {name: name for name in (*groups, *ratios, *(policy.inputs if mapping.metrics is None else ()))}
    mapped = {**(mapping.metrics or {}), **mapping.attributes, **mapping.groups, **mapping.check}
    return {text: name for text, name in own.items() if name not in mapped} | {
        text: name for name, text in mapped.items()
    }


class _Strangers:
    """Lists the metrics of a tidy table that are not the policy's, each once."""

    def __init__(self, policy: Policy, mapping: ColumnMap, findings: Findings) -> None:
        self._policy = policy
        self._mapping = mapping
        self._findings = findings
        self._told: set[str] = set()

    def report(self, name: str, row: Row, index: int) -> None:
        if name in self._told or (name and (self._mapping.metrics is not None or name in self._mapping.ignore)):
            return
        column = columns_of((row.line, row.cells, row.raw))[index]
        if not name:
            self._findings.add("blank-metric", "the row names no metric: it is not read", line=row.line, column=column)
            return
        if len(self._told) < MOST_STRANGERS:
            self._told.add(name)
        if name in self._policy.metrics:
            rule, why, help_ = "derived-metric", "is computed by the policy", ""
        else:
            rule, why, help_ = (
                "unknown-metric",
                "is not a metric of the policy",
                self._findings.resembling(name, self._policy.inputs),
            )
        message = f"{shown(name)} {why}: its rows are not read"
        self._findings.add(rule, message, line=row.line, column=column, help=help_)


MOST_STRANGERS = 10_000


def _digest(table: Table, mapping: ColumnMap, listed: Regions | None) -> str:
    """SHA-256 of the file, or where there are several, of their digests in hexadecimal, one a line."""
    parts = [table.digest]
    parts += [mapping.source_file.digest] if mapping.source_file is not None else []
    parts += [listed.digest] if listed else []
    return parts[0] if len(parts) == 1 else hashlib.sha256("\n".join(parts).encode()).hexdigest()
