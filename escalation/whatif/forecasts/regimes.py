"""Named regimes beside a forecast: supply halves, a campaign doubles the pace, everything stops, a weekly uptake given.

No past holds the next regime, so each is a question put by a person, and its name stands in every output.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalation.errors import RequestError
from escalation.policy.metrics import Kind
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.drive import carry_on, driven_by, has_population
from escalation.whatif.forecasts.past import Past


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """What becomes of the weekly uptake of a cumulative metric, from the week numbered `begins` of the forecast on.

    The share of those not yet reached, or without population the weekly gain, is multiplied by `factor`; or each week
    adds so many `people`, or so many percentage `points` of the population. It ends after so many `weeks`; none: never.
    """

    name: str
    factor: float = 1.0
    people: float | None = None
    points: float | None = None
    begins: int = 1
    weeks: int | None = None

    def __post_init__(self) -> None:
        given = [one for one in (self.people, self.points) if one is not None]
        if len(given) > 1 or (given and self.factor != 1):
            raise RequestError(
                f"the regime `{self.name}` says in two ways what becomes of the uptake",
                help="give `factor`, `people` or `points`",
            )
        if not all(0 <= one < np.inf for one in (self.factor, *given)):
            raise RequestError(f"the uptake of the regime `{self.name}` is no number from 0 up")
        if self.begins < 1 or (self.weeks is not None and self.weeks < 0):
            raise RequestError(f"the weeks of the regime `{self.name}` are counted from 1")

    def covers(self, weeks: int, lead: int) -> slice:
        """Give the places of the weeks in which it is in force, of a forecast of so many behind `lead` others."""
        end = weeks if self.weeks is None else min(self.begins - 1 + self.weeks, weeks)
        return slice(lead + self.begins - 1, lead + end)


AS_BEFORE = Regime(name="as before")
NAMED = {
    one.name: one
    for one in (
        AS_BEFORE,
        Regime(name="supply halves", factor=0.5),
        Regime(name="campaign doubles", factor=2.0),
        Regime(name="stop", factor=0.0),
    )
}


def under(regime: Regime, past: Past, region: str, paths: Floats, *, lead: int = 0) -> Floats:
    """Give paths, [scenario, week], as they are under a regime; the draws stay the same.

    The first `lead` weeks are those up to the origin of the forecast, and are left as they are.

    Raise RequestError for a metric that is not cumulative, and for percentage points of an unknown population.
    """
    if regime == AS_BEFORE:
        return paths
    if past.kind is not Kind.CUMULATIVE:
        raise RequestError(
            f"the regime `{regime.name}` is about a cumulative metric; `{past.metric}` is a {past.kind}",
            help="scale or shift the figures of other metrics",
        )
    row = past.row(region)
    driven = driven_by(past, row, paths).copy()
    weeks = regime.covers(paths.shape[1] - lead, lead)
    if regime.people is None and regime.points is None:
        driven[:, weeks] = driven[:, weeks] * regime.factor
        return carry_on(past, row, np.minimum(driven, 1.0) if has_population(past) else driven)
    return _given(past, row, driven, weeks, people_of(regime, past, row))


def people_of(regime: Regime, past: Past, row: int) -> float:
    """Give the weekly uptake of a regime in people."""
    if regime.people is not None:
        return regime.people
    population = past.populations[row, -1]
    if not np.isfinite(population):
        raise RequestError(
            f"the regime `{regime.name}` adds percentage points of a population that is not known",
            help="give the weekly uptake in people",
        )
    return float((regime.points or 0.0) / 100 * population)


def _given(past: Past, row: int, driven: Floats, weeks: slice, people: float) -> Floats:
    """Add so many people in some weeks, and carry on as drawn in the others."""
    latest = past.values[row, past.latest(row)]
    population = max(past.populations[row, -1], latest) if has_population(past) else np.inf
    reached = np.full(len(driven), latest)
    paths = np.empty_like(driven)
    is_given = np.zeros(driven.shape[1], dtype=bool)
    is_given[weeks] = True
    for week, given in enumerate(is_given):
        drawn = (population - reached) * driven[:, week] if has_population(past) else driven[:, week]
        reached = np.minimum(reached + (people if given else drawn), population)
        paths[:, week] = reached
    return paths
