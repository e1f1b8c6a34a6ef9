"""The stages in force on record: region, stage and the week in which it took effect, from CSV or YAML."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import Field

from escalation.diagnostics import Diagnostic, Place, Severity, in_order
from escalation.errors import NotAWeek, Refused
from escalation.observations.dates import Order, is_local, isoformat
from escalation.observations.findings import MOST_COMPARISONS, Findings, Namesakes, diagnose, nearest, shown
from escalation.observations.layout import Header
from escalation.observations.mapping import ColumnMap
from escalation.observations.opening import WHOLE, Selection, open_table
from escalation.observations.records import report_shift
from escalation.periods import Week
from escalation.policy.shape import validated
from escalation.policy.source import read_file
from escalation.policy.values import Day, Document, Language, Line

if TYPE_CHECKING:
    from escalation.policy.model import Policy

COLUMNS = ("region", "stage", "since")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageInForce:
    """A stage and the week (`Week.number`) in which it took effect; `decided` is the week from which that was known."""

    stage: str
    since: int
    decided: int | None = None
    place: Place | None = field(default=None, compare=False)
    """Where the file says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    region: str
    stage: str
    since: str
    decided: str
    place: Place


class StandingRow(Document):
    """One stage in force."""

    region: Line = Field(description="The region.")
    stage: Line = Field(description="The stage.")
    since: Line | Day = Field(description="The week in which it took effect, as 2021-W36 or a date.")
    decided: Line | Day | None = Field(
        default=None,
        description="The week in which it was decided: from then on, until it takes effect, it is pending.",
    )


class StandingsFile(Document):
    """The stages in force on record, as YAML."""

    standings: tuple[StandingRow, ...] = Field(min_length=1, description="One entry for each stage in force.")


def read_standings(
    path: str | os.PathLike[str],
    policy: Policy,
    *,
    dates: Order | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
    selection: Selection = WHOLE,
) -> Mapping[str, tuple[StageInForce, ...]]:
    """Read stages in force, by region ascending by week; `dates` is the order of dates such as 12/09/2021.

    `columns` names the columns of a foreign table that stand for `region`, `stage`, `since` and `decided`;
    `selection` says which table of a workbook or database they stand in.

    Raise Refused with everything that is wrong, RequestError where there is no such file.
    """
    name = os.fspath(path)
    flaws: tuple[Diagnostic, ...] = ()
    if name.endswith((".yaml", ".yml")):
        source = read_file(path)
        file = validated(StandingsFile, source)
        entries = [
            _Entry(
                region=row.region,
                stage=row.stage,
                since=str(row.since),
                decided=str(row.decided or ""),
                place=source.place(("standings", index)),
            )
            for index, row in enumerate(file.standings)
        ]
    else:
        entries, flaws = _rows(name, columns, selection)
    return _sorted(entries, policy, dates, flaws)


def doubts(
    record: Mapping[str, tuple[StageInForce, ...]], regions: Collection[str], *, first_stage: str
) -> tuple[Diagnostic, ...]:
    """List the regions on record that the data do not name, and those that differ only in how they are written.

    `regions` are those of the data, and `first_stage` is what is assumed of a region without a stage on record.
    """
    places = {region: stages[0].place for region, stages in record.items()}
    placed = {region: place for region, place in places.items() if place is not None}
    findings = Findings(next((place.file for place in placed.values()), ""))
    namesakes = Namesakes(findings)
    known = frozenset(regions)
    left = MOST_COMPARISONS
    for region, place in placed.items():
        namesakes.note(region, line=place.line, column=place.column)
        if region in known:
            continue
        left -= len(known)
        near = nearest(region, regions) if left > 0 else None
        message = f"the data name no region {shown(region)}: its stage is not used"
        if near is not None and near not in record:
            message += f", and {shown(near)} is taken to be in the first stage, `{first_stage}`"
        help_ = f"did you mean {shown(near)}?" if near is not None else ""
        findings.append(diagnose("standing-without-data", message, place, help=help_))
    return findings.listed()


def _rows(file: str, columns: Mapping[str, str], selection: Selection) -> tuple[list[_Entry], tuple[Diagnostic, ...]]:
    """Read a table of stages by the rules of the other tables; beside the entries, what of it cannot be read."""
    table = open_table(file, selection=selection)
    findings = table.findings
    header = Header(table.header, ColumnMap(), findings)
    indices = {role: header.key(role, columns.get(role)) for role in (*COLUMNS, "decided")}
    for role in COLUMNS:
        if indices[role] is None:
            header.want(role, is_mappable=False)
    if header.problems:
        raise Refused(in_order(header.problems))
    entries = []
    for record in table.records:
        line, cells, _ = record
        if len(cells) != len(header.names):
            report_shift(record, len(header.names), table.delimiter, findings)
        elif any(cell.strip(" \t") for cell in cells):
            texts = {role: cells[index].strip(" \t") for role, index in indices.items() if index is not None}
            entries.append(_Entry(**{"decided": "", **texts}, place=findings.place(line, 1 if findings.sheet else 0)))
    return entries, tuple(one for one in findings.listed() if one.severity is Severity.ERROR)


def _sorted(
    entries: list[_Entry], policy: Policy, dates: Order | None, flaws: tuple[Diagnostic, ...]
) -> Mapping[str, tuple[StageInForce, ...]]:
    found: dict[str, dict[int, StageInForce]] = {}
    wrong = list(flaws)

    def refuse(rule: str, message: str, entry: _Entry, remedy: str = "") -> None:
        wrong.append(Diagnostic(rule=rule, severity=Severity.ERROR, message=message, place=entry.place, help=remedy))

    if len(entries) > 1 and not any(entry.stage in policy.ranks for entry in entries):
        first, count = entries[0], len(entries)
        refuse("unknown-stage", f"none of {count:,} rows names a stage of this policy", first, _meant(first, policy))
        raise Refused(in_order(wrong))
    for entry in entries:
        if not entry.region:
            refuse("blank-region", "the row names no region", entry)
        if entry.stage not in policy.ranks:
            refuse("unknown-stage", f"{shown(entry.stage)} is not a stage of this policy", entry, _meant(entry, policy))
        try:
            since, decided = (_week(text, policy, dates) for text in (entry.since, entry.decided or entry.since))
        except NotAWeek as error:
            is_undeclared = dates is None and any(map(is_local, (entry.since, entry.decided)))
            refuse("unreadable-week", str(error), entry, DECLARE if is_undeclared else "")
            continue
        stages = found.setdefault(entry.region, {})
        if since in stages:
            refuse("duplicate-week", f"two stages take effect for `{entry.region}` in one week", entry)
        if decided > since:
            refuse("decided-too-late", f"it took effect in {entry.since}, and was decided in {entry.decided}", entry)
        known = decided if entry.decided else None
        stages[since] = StageInForce(stage=entry.stage, since=since, decided=known, place=entry.place)
    if wrong:
        raise Refused(in_order(wrong))
    return {region: _changes(stages) for region, stages in found.items()}


DECLARE = "write 2021-09-12; or declare `dates: dmy` (day first) or `dates: mdy` in the mapping of the data"


def _week(text: str, policy: Policy, dates: Order | None) -> int:
    return Week.parse(isoformat(text, dates), policy.calendar).number


def _meant(entry: _Entry, policy: Policy) -> str:
    """Say which stage was probably meant, by its name or by its title; otherwise which there are."""
    named = {stage.name: stage.name for stage in policy.stages}
    for stage in policy.stages:
        if stage.title is not None:
            named |= {stage.title.in_language(language): stage.name for language in Language}
    near = nearest(entry.stage, named)
    return f"did you mean `{named[near]}`?" if near is not None else "the stages are " + ", ".join(policy.ranks)


def _changes(stages: Mapping[int, StageInForce]) -> tuple[StageInForce, ...]:
    """Keep the weeks in which the stage changes: a record may name the stage of every week."""
    changes: list[StageInForce] = []
    for _, one in sorted(stages.items()):
        if not changes or changes[-1].stage != one.stage:
            changes.append(one)
    return tuple(changes)
