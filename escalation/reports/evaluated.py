"""What one run of `evaluate` found, before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from escalation.evaluation.records import Explanation, Figure
from escalation.evaluation.trend import Course
from escalation.observations import Observations
from escalation.periods import Week
from escalation.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """The explained evaluations of a run with their figures, by region, and the same with amendments where asked.

    `assumed` names the regions whose stage in force was not given; `unheard` those left out because nothing was known,
    `without_stage` those left out because their first stage on record takes effect later, with the week of that;
    `illustrated` those that rest on figures which are made up.
    """

    policy: Policy
    observations: Observations
    explanations: tuple[Explanation, ...]
    figures: tuple[tuple[Figure, ...], ...]
    courses: tuple[Course, ...] = ()
    assumed: frozenset[str] = frozenset()
    unheard: tuple[str, ...] = ()
    illustrated: tuple[str, ...] = ()
    without_stage: Mapping[str, Week] = field(default_factory=dict)
    amendments: Mapping[str, float | str] = field(default_factory=dict)
    amended: tuple[Explanation, ...] = ()
    amended_policy: Policy | None = None
