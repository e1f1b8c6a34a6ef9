"""Columns of the data that are not read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.observations.table import Observations

RULE = "unknown-column"


def unread_columns(observations: Observations) -> tuple[str, ...]:
    """Name, in backticks, the columns that are neither metrics of the policy nor columns that tables have."""
    found = (one.message.split("`") for one in observations.findings if one.rule == RULE)
    return tuple(f"`{name}`" for _, name, *_ in found)


def read_elsewhere(observations: Observations, column: str) -> Observations:
    """Leave out the finding that a column is not read: something else reads it."""
    findings = (one for one in observations.findings if one.rule != RULE or f"`{column}`" not in one.message)
    return replace(observations, findings=tuple(findings))
