"""What a report of outlooks is made from, whoever has worked it out, and its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from escalation.documents.report.model import Cell, Sheet
from escalation.documents.report.origin import Origin
from escalation.policy.values import BothLanguages
from escalation.whatif.outlook import Outlook
from escalation.whatif.paired import Paired
from escalation.whatif.waiting import Waiting

COLUMNS: tuple[tuple[str, type[str | int | float]], ...] = (
    ("scenario", str), ("region", str), ("week", str), ("stage", str), ("draws", int), ("in_force", int),
    ("entered", int), ("recommended", int), ("undetermined", int), ("waiting_changes", int),
)  # fmt: skip


class Told(Protocol):
    """One outlook with its name and the sentences that must stand beside it."""

    @property
    def name(self) -> str:
        """The name of the scenario."""

    @property
    def outlook(self) -> Outlook:
        """What was counted."""

    @property
    def labels(self) -> tuple[BothLanguages, ...]:
        """What must be said of it."""

    @property
    def paired(self) -> Paired | None:
        """What it changes beside the baseline; none of the baseline itself."""

    @property
    def waiting(self) -> Sequence[Waiting]:
        """What one week of waiting may change in each region."""

    @property
    def origin(self) -> Origin:
        """What it rests on."""


class Asked(Protocol):
    """Outlooks of one policy on the same draws, the baseline first, and what is told and assumed of their figures."""

    @property
    def told(self) -> Sequence[Told]:
        """The outlooks."""

    @property
    def methods(self) -> Mapping[str, tuple[str, str]]:
        """By metric where its figures come from, and the past coverage."""

    @property
    def assumed(self) -> Mapping[str, float]:
        """What holds in every week to come; of a judgement 1 for yes."""


def outlook_sheet(asked: Asked) -> Sheet:
    """Give the numbers of outlooks, counts of draws."""
    return Sheet(columns=COLUMNS, rows=tuple(_rows(asked)))


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each scenario, region, week and stage: numbers of draws."""
    for one in asked.told:
        found = one.outlook
        stage, entered, called, unknown = (
            counts.tolist() for counts in (found.stage, found.entered, found.recommended, found.undetermined)
        )
        for lane, region in enumerate(found.regions):
            for week in range(found.weeks):
                for rank, name in enumerate(found.stages):
                    counts = (grid[week][lane][rank] for grid in (stage, entered, called))
                    at = (one.name, region, str(found.first + week), name, found.draws)
                    yield (*at, *counts, unknown[week][lane], one.waiting[lane].changed if week == 0 else None)
