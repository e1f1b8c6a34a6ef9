"""Weeks that lie so far apart that a year was probably mistyped: the latest week is the one that is evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from escalation.observations.findings import Findings, shown
from escalation.observations.table import Observation
from escalation.periods import Calendar, week_text

LONG = 104
"""Weeks: two years. Yearly data are 52 or 53 weeks apart, and one that is missing is no mistake."""


def report_gaps(
    rows: Mapping[str, AbstractSet[tuple[int, int]]],
    series: Mapping[tuple[str, str], Sequence[Observation]],
    calendar: Calendar,
    findings: Findings,
) -> None:
    """List the first week of each region after a gap of more than two years in its rows (`known` and week of each)."""
    metrics = {metric for _, metric in series}
    for region, found in rows.items():
        for before, after in _gaps({week for _, week in found}):
            figures = [one for metric in metrics for one in series.get((region, metric), ()) if one.week == after]
            first = min(figures, key=lambda one: (one.line, one.column), default=None)
            findings.add(
                "long-gap",
                f"{week_text(calendar, after)} of {shown(region)} comes {after - before:,} weeks after "
                f"{week_text(calendar, before)}, the week before it in the data",
                line=first.line if first is not None else 0,
            )


def _gaps(weeks: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """Give the pairs of neighbouring weeks that are far apart; without so many weeks missing there are none."""
    if weeks and max(weeks) - min(weeks) + 1 - len(weeks) >= LONG:
        yield from ((before, after) for before, after in pairwise(sorted(weeks)) if after - before > LONG)
