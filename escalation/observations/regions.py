"""The second file: the regions, with their attributes and the groups they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import Refused
from escalation.observations.figures import Flaw
from escalation.observations.findings import Findings, Namesakes, is_hidden, shown
from escalation.observations.layout import Header
from escalation.observations.mapping import ColumnMap
from escalation.observations.opening import open_table
from escalation.observations.records import Record, columns_of, report_shift
from escalation.observations.series import Groups, Row, Sink
from escalation.observations.table import NO_WEEK
from escalation.policy.metrics import Kind

if TYPE_CHECKING:
    from escalation.policy.model import Policy


NAME = "regions.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """The regions listed, and what the file says of them."""

    names: Mapping[str, tuple[int, int]]
    """Each with the line and the column of its name."""
    sinks: tuple[Sink, ...]
    findings: Findings
    digest: str

    @property
    def groups(self) -> frozenset[str]:
        """Name all groups that a region belongs to."""
        sinks = [sink for sink in self.sinks if isinstance(sink, Groups)]
        return frozenset(group for sink in sinks for group in sink.groups.values())


def beside(path: str) -> str | None:
    """Find the file of regions that stands beside a data file: `regions.csv` in its folder."""
    neighbour = Path(path).parent / NAME
    return str(neighbour) if path not in ("-", str(neighbour)) and neighbour.is_file() else None


def read_regions(path: str, policy: Policy, mapping: ColumnMap, make: Callable[[str, Findings], Sink]) -> Regions:
    """Read the file of regions; `make` makes the sink of an attribute or group."""
    table = open_table(path, delimiter=None)
    header = Header(table.header, ColumnMap(), table.findings)
    region = header.key("region", None)
    source = header.key("source", None)
    if region is None:
        header.want("region", is_mappable=False)
    if header.problems or region is None:
        raise Refused(tuple(header.problems))
    sinks = _sinks(header, policy, mapping, lambda name: make(name, table.findings))
    names: dict[str, tuple[int, int]] = {}
    namesakes = Namesakes(table.findings)
    for record in table.records:
        if len(record[1]) != len(header.names):
            report_shift(record, len(header.names), table.delimiter, table.findings)
            continue
        row = _row(record, region, source, table.findings)
        if row is None:
            continue
        if row.region not in names:
            names[row.region] = (row.line, columns_of(record)[region])
            namesakes.note(row.region, line=row.line, column=columns_of(record)[region])
        for index, sink in sinks.items():
            if row.cells[index].strip(" \t") not in ("", *mapping.missing):
                sink.observe(row.cells[index], row, columns_of(record)[index])
    return Regions(names=names, sinks=tuple(sinks.values()), findings=table.findings, digest=table.digest)


def _sinks(header: Header, policy: Policy, mapping: ColumnMap, make: Callable[[str], Sink]) -> dict[int, Sink]:
    attributes = [name for name, metric in policy.inputs.items() if metric.kind is Kind.ATTRIBUTE]
    groups = [metric.group for metric in policy.inputs.values() if metric.group]
    mapped = {**mapping.attributes, **mapping.groups}
    here = {name: column for name, column in mapped.items() if column in header.names}
    found = header.several("attributes", here, [*attributes, *groups])
    for name, index in header.rest().items():
        message = f"{shown(name)} is not an attribute of the policy: the column is not read"
        header.report("unknown-column", index, message, help=header.findings.resembling(name, [*attributes, *groups]))
    return {index: make(name) for name, index in found.items()}


def _row(record: Record, region: int, source: int | None, findings: Findings) -> Row | None:
    line, cells, raw = record
    cell = cells[region]
    name = cell.strip(" \t")
    column = columns_of(record)[region]
    if isinstance(cell, Flaw):
        message = f"{shown(name)} is no region: the row is not read"
        findings.add(cell.rule, message, line=line, column=column, help=cell.help)
    elif not name and any(other.strip(" \t") for other in cells):
        findings.add("blank-region", "the row names no region: it is not read", line=line, column=column)
    elif is_hidden(name):
        message = f"the region {shown(name)} has a character that cannot be seen: the row is not read"
        findings.add("hidden-character", message, line=line, column=column)
    elif name:
        return Row(name, NO_WEEK, 0, cells[source] if source is not None else "", "", line, cells, raw)
    return None
