"""Settling what was read: groups are inherited, rows are counted, and the observations are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.observations.findings import Findings, shown
from escalation.observations.gaps import report_gaps
from escalation.observations.quality import Duplicates, compare_printed, inherit, report_changes, report_fractions
from escalation.observations.series import Attributes, Groups, Printed, Series, Sink
from escalation.observations.table import Observation
from escalation.policy.metrics import Kind

if TYPE_CHECKING:
    from escalation.observations.regions import Regions
    from escalation.policy.model import Policy

Settled = dict[tuple[str, str], tuple[Observation, ...]]


class Membership:
    """Which region belongs to which group, by the attribute that names the group."""

    def __init__(self, sinks: Iterable[Sink], listed: Regions | None) -> None:
        self._members: dict[str, dict[str, str]] = {}
        self._sharers: dict[str | None, dict[str, list[str]]] = {}
        for sink in (*sinks, *(listed.sinks if listed else ())):
            if isinstance(sink, Groups):
                self._members.setdefault(sink.name, {}).update(sink.groups)
        self._regions = {region for members in self._members.values() for region in members}
        self._regions.update(listed.names if listed else ())
        self._groups = {group for members in self._members.values() for group in members.values()}

    def of(self, attribute: str) -> Mapping[str, str]:
        """Give the group of each region."""
        return self._members.get(attribute, {})

    def sharers(self, name: str, attribute: str | None) -> Sequence[str]:
        """Name the regions that share the figures of a region or group: itself alone where there is no group."""
        members = self.of(attribute) if attribute is not None else {}
        whole = members.get(name, name)
        if attribute not in self._sharers:
            sharers: dict[str, list[str]] = {}
            for region, group in members.items():
                sharers.setdefault(group, []).append(region)
            self._sharers[attribute] = sharers
        return self._sharers[attribute].get(whole, [whole])

    def is_group(self, name: str) -> bool:
        """Say whether a name is that of a group and not of a region."""
        return name in self._groups and name not in self._regions

    def inherit_rows(self, named: Mapping[str, set[tuple[int, int]]]) -> dict[str, set[tuple[int, int]]]:
        """Count the rows about a group among those of its members."""
        rows = {name: found for name, found in named.items() if not self.is_group(name)}
        for members in self._members.values():
            for region, group in members.items():
                if self.is_group(group) and group in named:
                    rows[region] = rows.get(region, set()) | named[group]
        return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The parts of observations that rest on all rows together."""

    series: Settled
    rows: dict[str, set[tuple[int, int]]]
    from_second_file: frozenset[tuple[str, str]]


def settle(
    policy: Policy,
    sinks: Sequence[Sink],
    named: Mapping[str, set[tuple[int, int]]],
    listed: Regions | None,
    findings: Findings,
) -> Settlement:
    """Check and order all that was read."""
    membership = Membership(sinks, listed)
    rows = membership.inherit_rows(named)
    duplicates = Duplicates(policy.calendar, findings)
    measured = [sink for sink in sinks if isinstance(sink, Series) and not isinstance(sink, Attributes)]
    report_fractions(measured, policy)
    series: Settled = {}
    for metric in measured:
        series |= _settled(metric, policy, membership, rows, duplicates)
    duplicates.report()
    attributes = [sink for sink in sinks if isinstance(sink, Attributes)]
    second = [sink for sink in listed.sinks if isinstance(sink, Attributes)] if listed else []
    own = _attributes(attributes)
    other = _attributes(second)
    for key in _contradictions(own, other, findings):
        own.pop(key)
        other.pop(key)
    series |= other | own
    for sink in sinks:
        if isinstance(sink, Printed):
            compare_printed(sink, policy, series)
    if listed:
        _report_without_rows(listed, rows)
    report_gaps(rows, series, policy.calendar, findings)
    series |= _spoilt(measured, duplicates, membership, series, rows)
    return Settlement(series=series, rows=rows, from_second_file=frozenset(other.keys() - own.keys()))


def _settled(
    sink: Series,
    policy: Policy,
    membership: Membership,
    rows: Mapping[str, object],
    duplicates: Duplicates,
) -> Settled:
    """Order the figures of one metric, and let the members of a group inherit those of the group."""
    values = {
        region: duplicates.distinct(found, sink.name, region, sink.bases) for region, found in sink.values.items()
    }
    members: Mapping[str, str] = {}
    if sink.metric.group is not None and values:
        members = membership.of(sink.metric.group)
        _report_without_group(sink, membership, members)
        values, disagreed = inherit(values, sink.name, members, policy.calendar, sink.findings)
        duplicates.unusable += disagreed
    cumulative = sink.metric.kind is Kind.CUMULATIVE
    settled: dict[str, tuple[Observation, ...]] = {}
    for name, ordered in values.items():
        report_changes(ordered, sink.name, name, policy.calendar, cumulative=cumulative, findings=sink.findings)
        settled[name] = tuple(ordered)
    if not members:
        _report_group_rows(sink, [name for name in settled if membership.is_group(name)], settled)
        return {(name, sink.name): found for name, found in settled.items() if name in rows and found}
    return {(region, sink.name): found for region in rows if (found := settled.get(members.get(region, region)))}


def _spoilt(
    measured: Iterable[Series],
    duplicates: Duplicates,
    membership: Membership,
    series: Settled,
    rows: Mapping[str, object],
) -> Settled:
    """Put what cannot be used into its series, where no other figure of the same week and date stands."""
    unusable = list(duplicates.unusable)
    for sink in measured:
        unusable += [(sink.name, region, one) for region, found in sink.unusable.items() for one in found]
    groups = {sink.name: sink.metric.group for sink in measured}
    spoilt: dict[tuple[str, str], dict[tuple[int, int], Observation]] = {}
    for metric, name, observation in unusable:
        for region in membership.sharers(name, groups[metric]):
            if region in rows:
                spoilt.setdefault((region, metric), {}).setdefault((observation.week, observation.known), observation)
    merged: Settled = {}
    for key, found in spoilt.items():
        usable = {(one.week, one.known): one for one in series.get(key, ())}
        together = found | usable
        merged[key] = tuple(together[when] for when in sorted(together))
    return merged


def _report_without_group(sink: Series, membership: Membership, members: Mapping[str, str]) -> None:
    for region, found in sink.values.items():
        if region in members or membership.is_group(region) or not found:
            continue
        everywhere = "its group" if members else "groups"
        message = (
            f"`{sink.name}` is reported by `{sink.metric.group}`, and the data do not name {everywhere}: "
            f"the figures are taken as those of {shown(region) if members else 'each region'}"
        )
        sink.findings.add("region-without-group", message, line=found[0].line, column=found[0].column)
        if not members:
            return


def _report_group_rows(sink: Series, groups: Iterable[str], settled: Mapping[str, Sequence[Observation]]) -> None:
    for group in groups:
        if first := next(iter(settled[group]), None):
            message = f"{shown(group)} is a group, and `{sink.name}` is reported by region: not used"
            sink.findings.add("unknown-region", message, line=first.line, column=first.column, help=NAME_REGIONS)


NAME_REGIONS = "give the figure of each region, or the metric a `group` in the policy"


def _attributes(sinks: Iterable[Attributes]) -> Settled:
    return {
        (region, sink.name): tuple(found)
        for sink in sinks
        for region, found in sink.values.items()
        if region not in sink.conflicts
    }


def _contradictions(own: Settled, other: Settled, findings: Findings) -> list[tuple[str, str]]:
    keys = [key for key, found in own.items() if key in other and found[0].value != other[key][0].value]
    for region, name in keys:
        here, there = own[region, name][0], other[region, name][0]
        message = f"`{name}` of {shown(region)} is {here.value:.15g} here and {there.value:.15g} in the file of regions"
        findings.add("attribute-conflict", f"{message}: neither is used", line=here.line, column=here.column)
    return keys


def _report_without_rows(listed: Regions, rows: Mapping[str, set[tuple[int, int]]]) -> None:
    for name, (line, column) in listed.names.items():
        if not rows.get(name):
            message = f"there is no row about {shown(name)}"
            listed.findings.add("region-without-data", message, line=line, column=column)
