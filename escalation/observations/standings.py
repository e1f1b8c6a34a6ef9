"""The stages in force on record: region, stage and the week in which it took effect, from CSV or YAML."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from escalation.diagnostics import Diagnostic, Place, Severity, in_order
from escalation.errors import NotAWeek, Refused, RequestError
from escalation.observations.findings import MOST_COMPARISONS, Findings, Namesakes, diagnose, nearest, shown
from escalation.periods import Week
from escalation.policy.shape import validated
from escalation.policy.source import read_file
from escalation.policy.values import Day, Document, Line

if TYPE_CHECKING:
    from escalation.policy.model import Policy

COLUMNS = ("region", "stage", "since")
MOST_BYTES = 16_000_000


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


def read_standings(path: str | os.PathLike[str], policy: Policy) -> Mapping[str, tuple[StageInForce, ...]]:
    """Read stages in force, by region ascending by week. Raise Refused with everything that is wrong."""
    name = os.fspath(path)
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
        entries = list(_rows(name))
    return _sorted(entries, policy)


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


def _rows(file: str) -> Iterator[_Entry]:
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise RequestError(f"`{file}` cannot be read: {(error.strerror or 'unknown').lower()}") from None
    if len(data) > MOST_BYTES:
        raise _refused("file-too-large", f"the file is larger than {MOST_BYTES} bytes", Place(file=file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("not-utf-8", "the file is not UTF-8; save it as CSV UTF-8", Place(file=file)) from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if missing := [column for column in COLUMNS if column not in header]:
            message = "the header has no column " + ", ".join(f"`{column}`" for column in missing)
            raise _refused("missing-header", message, Place(file=file, line=1))
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            place = Place(file=file, line=reader.line_num)
            if len(row) != len(header):
                raise _refused("shifted-columns", f"the row has {len(row)} cells, the header {len(header)}", place)
            cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
            yield _Entry(**{column: cells[column] for column in COLUMNS}, decided=cells.get("decided", ""), place=place)
    except csv.Error:
        message = "the quotes of a cell are not closed, or a cell is too long"
        raise _refused("bad-quote", message, Place(file=file, line=reader.line_num)) from None


def _refused(rule: str, message: str, place: Place) -> Refused:
    return Refused((Diagnostic(rule=rule, severity=Severity.ERROR, message=message, place=place),))


def _sorted(entries: list[_Entry], policy: Policy) -> Mapping[str, tuple[StageInForce, ...]]:
    found: dict[str, dict[int, StageInForce]] = {}
    wrong: list[Diagnostic] = []

    def refuse(rule: str, message: str, entry: _Entry, remedy: str = "") -> None:
        wrong.append(Diagnostic(rule=rule, severity=Severity.ERROR, message=message, place=entry.place, help=remedy))

    for entry in entries:
        if not entry.region:
            refuse("blank-region", "the row names no region", entry)
        if entry.stage not in policy.ranks:
            remedy = "the stages are " + ", ".join(policy.ranks)
            refuse("unknown-stage", f"`{entry.stage}` is not a stage of this policy", entry, remedy)
        try:
            since = Week.parse(entry.since, policy.calendar).number
            decided = Week.parse(entry.decided, policy.calendar).number if entry.decided else None
        except NotAWeek as error:
            refuse("unreadable-week", str(error), entry)
            continue
        stages = found.setdefault(entry.region, {})
        if since in stages:
            refuse("duplicate-week", f"two stages take effect for `{entry.region}` in one week", entry)
        if decided is not None and decided > since:
            refuse("decided-too-late", f"it took effect in {entry.since}, and was decided in {entry.decided}", entry)
        stages[since] = StageInForce(stage=entry.stage, since=since, decided=decided, place=entry.place)
    if wrong:
        raise Refused(in_order(wrong))
    return {region: _changes(stages) for region, stages in found.items()}


def _changes(stages: Mapping[int, StageInForce]) -> tuple[StageInForce, ...]:
    """Keep the weeks in which the stage changes: a record may name the stage of every week."""
    changes: list[StageInForce] = []
    for _, one in sorted(stages.items()):
        if not changes or changes[-1].stage != one.stage:
            changes.append(one)
    return tuple(changes)
