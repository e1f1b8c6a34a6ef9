"""What one run of `evaluate` found, before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from escalation.evaluation.records import Explanation, Figure
from escalation.observations import Observations
from escalation.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """The explained evaluations of a run with their figures, by region, and the same with amendments where asked.

    `assumed` names the regions whose stage in force was not given; `unheard` those of which nothing was known.
    """

    policy: Policy
    observations: Observations
    explanations: tuple[Explanation, ...]
    figures: tuple[tuple[Figure, ...], ...]
    assumed: frozenset[str] = frozenset()
    unheard: tuple[str, ...] = ()
    amendments: Mapping[str, float] = field(default_factory=dict)
    amended: tuple[Explanation, ...] = ()
    amended_policy: Policy | None = None
