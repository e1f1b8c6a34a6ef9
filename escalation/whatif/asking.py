"""A question about the weeks to come, made ready: which metrics go on, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.library import Record
from escalation.policy.conditions import Comparison, JudgementLeaf, walk
from escalation.policy.metrics import InputMetric, Kind
from escalation.policy.model import Policy, Trigger
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.coming import Course, Forecasting
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import DEFAULT, MOST_WEEKS, Forecast, Method, given, prepare
from escalation.whatif.forecasts.lacking import no_figures
from escalation.whatif.forecasts.past import FORECAST_KINDS, Past, past
from escalation.whatif.forecasts.picking import Picking
from escalation.whatif.forecasts.regimes import Regime
from escalation.whatif.scenarios.scenario import Applied

NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Uptake:
    """A weekly uptake that a person gives: one path for all draws."""

    past: Past
    regime: Regime
    weeks: int

    def picking(self, region: str) -> Picking:
        """All draws pick the one path."""
        return Picking(name=region, blocks=0, starts=NOTHING, sizes=NOTHING)

    def fill(self, found: Floats, region: str, draws: Draws, *, lane: int) -> None:
        """Set `found`, [week, lane, scenario], in one lane to the path of a region."""
        found[:, lane] = self.forecast(region, draws).paths[:, : len(found)].T

    def forecast(self, region: str, draws: Draws) -> Forecast:
        """Carry the latest figure of a region on."""
        lead = self.past.lead(self.past.row(region))
        found = given(self.past, region, self.regime, weeks=self.weeks + lead)
        paths = np.broadcast_to(found.paths[:, lead:], (draws.count, self.weeks))
        return replace(found, paths=paths, first=self.past.week(self.past.last + 1))


def course(
    applied: Applied,
    *,
    record: Record,
    regions: Sequence[str] | None = None,
    weeks: int,
    assumed: Mapping[str, float] | None = None,
    uptakes: Mapping[str, float] | None = None,
    by: Method = DEFAULT,
) -> Course:
    """Make a scenario into a course over the weeks behind the latest week of the data.

    Every observed metric that a move rests on goes on: by the weekly `uptakes` in people given for it, otherwise by the
    method `by`; but for those that are carried on for ever. Raise RequestError where one cannot be forecast.
    """
    policy, observations = applied.policy, applied.observations
    if not 1 <= weeks <= MOST_WEEKS:
        raise RequestError(
            f"{weeks} weeks are out of reach",
            help=f"ask for 1 to {MOST_WEEKS} weeks",
            indonesian=(f"{weeks} minggu di luar jangkauan", f"minta 1 sampai {MOST_WEEKS} minggu"),
        )
    chosen = tuple(regions if regions is not None else observations.regions)
    now = max((last for _, last in observations.weeks.values()), default=None)
    if now is None:
        raise RequestError(
            "the data have no weeks",
            help="look at the findings on the data",
            indonesian=("data tidak memuat satu minggu pun", "periksa temuan atas data"),
        )
    forecasts = {name: _forecasting(applied, name, weeks, uptakes or {}, by) for name in moving(policy)}
    return Course(
        policy=policy,
        observations=observations,
        regions=chosen,
        now=now,
        weeks=weeks,
        forecasts=forecasts,
        assumed=assumed or {},
        edits=applied.scenario.edits,
        record=record,
        adoption=applied.adoption,
        response=applied.response,
    )


def _forecasting(applied: Applied, name: str, weeks: int, uptakes: Mapping[str, float], by: Method) -> Forecasting:
    known = past(applied.policy, applied.observations, name)
    if not np.isfinite(known.values).any():
        raise no_figures(name, applied.observations)
    if name not in uptakes:
        return prepare(known, weeks=weeks, by=by)
    return Uptake(past=known, regime=Regime(name="given", people=uptakes[name]), weeks=weeks)


def moving(policy: Policy) -> tuple[str, ...]:
    """Name the observed metrics that moves rest on and that change from week to week, in the order of the file."""
    asked = {
        leaf.metric
        for trigger in policy.triggers.values()
        for _, leaf in walk(trigger.when, ())
        if isinstance(leaf, Comparison)
    }
    inputs = {one for name in asked for one in policy.inputs_of(name)}
    return tuple(name for name, metric in policy.inputs.items() if name in inputs and _goes_on(metric))


def _goes_on(metric: InputMetric) -> bool:
    """Say whether a metric must be forecast: a level that stands until there is another, a population, need not."""
    return metric.kind in FORECAST_KINDS and not (metric.kind is Kind.LEVEL and metric.max_age is None)


def judgements(policy: Policy) -> tuple[str, ...]:
    """Name the judgements that moves rest on."""
    asked = {leaf.judgement for trigger in policy.triggers.values() for leaf in judged_in(trigger)}
    required = {name for move in policy.moves for name in move.requires or ()}
    return tuple(name for name in policy.judgements if name in asked | required)


def judged_in(trigger: Trigger) -> Iterator[JudgementLeaf]:
    """Give the judgements that a trigger asks for."""
    return (leaf for _, leaf in walk(trigger.when, ()) if isinstance(leaf, JudgementLeaf))
