"""Rows that are made up to show how a policy works, and say so: their `source` begins with the word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.observations.table import Observations

WORDS = ("illustration", "ilustrasi")
"""With one of these words the `source` of a made-up row begins, in small or capital letters."""


def is_illustration(source: str) -> bool:
    """Say whether a row with such a source is made up.

    >>> is_illustration("illustration, not data"), is_illustration("Ilustrasi"), is_illustration("health service")
    (True, True, False)
    """
    return source.casefold().startswith(WORDS)


def illustrated(observations: Observations, *, until: int) -> frozenset[str]:
    """Name the regions with a figure up to a week that is made up; figures that were not yet known are not read."""
    found: set[str] = set()
    for (region, _), series in observations.series.items():
        if region not in found and any(map(is_illustration, {one.source for one in series if one.week <= until})):
            found.add(region)
    return frozenset(found)


def rests_on_illustration(observations: Observations, region: str, *, week: int, as_of: date | None = None) -> bool:
    """Say whether a figure of a region up to a week, as known on a date, is made up."""
    return any(
        is_illustration(one.source) and one.week <= week
        for place, metric in observations.series
        if place == region
        for one in observations.known(region, metric, as_of=as_of)
    )
