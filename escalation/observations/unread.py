"""Columns of the data that are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.observations.table import Observations

RULE = "unknown-column"


def unread_columns(observations: Observations) -> tuple[str, ...]:
    """Name, in backticks, the columns that are neither metrics of the policy nor columns that tables have."""
    found = (one.message.split("`") for one in observations.findings if one.rule == RULE)
    return tuple(f"`{name}`" for _, name, *_ in found)
