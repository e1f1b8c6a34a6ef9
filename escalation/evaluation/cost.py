"""What an evaluation would cost, before it is begun: few rows that lie far apart make many weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalation.errors import RequestError
from escalation.observations import Observations
from escalation.periods import week_text
from escalation.policy.model import Policy

MOST_STEPS = 40_000_000
"""Regions x weeks x (moves + triggers): a million region-weeks of a policy with forty moves and triggers, a minute or
two of work."""

FURTHEST = 520
"""Weeks, ten years, that a week asked for may lie after the last row."""


def check_cost(
    policy: Policy, observations: Observations, regions: Sequence[str], *, last: int | None, as_of: date | None = None
) -> None:
    """Look at what evaluating regions costs, from the first row of each to a week (`Week.number`) or its last row.

    Raise RequestError where the week lies absurdly far after the data, or where there would be too much to do.
    """
    spans = _spans(observations, regions, as_of)
    if not spans:
        return
    end = max(latest for _, latest in spans)
    if last is not None and last - end > FURTHEST:
        asked, found = week_text(policy.calendar, last), week_text(policy.calendar, end)
        message = (
            f"{asked} lies {last - end:,} weeks after the last row of the data ({found}); at most {FURTHEST} can be"
        )
        raise RequestError(message, help="ask for an earlier week, or give newer data")
    weeks = _weeks(spans, last)
    parts = len(policy.moves) + len(policy.triggers)
    if weeks * parts > MOST_STEPS:
        start = week_text(policy.calendar, min(first for first, _ in spans))
        message = (
            f"{len(spans):,} regions with {weeks:,} weeks in all, counted from {start} on, and {parts} moves and "
            f"triggers are {weeks * parts:,} steps; at most {MOST_STEPS:,} are taken"
        )
        remedy = "name some regions with --region, or leave out rows of long ago; is the date of some row wrong?"
        raise RequestError(message, help=remedy)


def region_weeks(
    observations: Observations, regions: Sequence[str], *, last: int | None, as_of: date | None = None
) -> int:
    """Count the region-weeks from the first row of each region to a week (`Week.number`), or to its own last row."""
    return _weeks(_spans(observations, regions, as_of), last)


def _spans(observations: Observations, regions: Sequence[str], as_of: date | None) -> list[tuple[int, int]]:
    return [span for region in regions if (span := observations.span(region, as_of=as_of)) is not None]


def _weeks(spans: Sequence[tuple[int, int]], last: int | None) -> int:
    return sum(max((latest if last is None else last) - first + 1, 0) for first, latest in spans)
