"""Forecasts: sample paths of a metric for the weeks to come, by a method that can be exchanged."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

import numpy as np

from escalation.errors import RequestError
from escalation.periods import Week
from escalation.policy.metrics import Kind
from escalation.policy.values import BothLanguages
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.baselines import LastRate, StraightLine
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.drive import limits
from escalation.whatif.forecasts.past import Past, is_whole
from escalation.whatif.forecasts.picking import COMPILED, Picking
from escalation.whatif.forecasts.regimes import AS_BEFORE, Regime, under
from escalation.whatif.forecasts.residuals import FittedResiduals, ResidualPaths

ENTRY_POINTS = "escalation.forecasts"
MOST_WEEKS = 520
MOST = 1e150
"""Products of larger figures leave double precision."""


class Fitted(Protocol):
    """A method that has seen the past."""

    def paths(self, region: str, draws: Draws) -> Floats:
        """Give float64 [scenario, week], from the week behind the latest figure of the region to the last asked for.

        A scenario's path depends on its number and the seed only: what is random comes from the words of `draws`. The
        paths are then held to what the metric can be. Raise RequestError where the region cannot be forecast.
        """

    def basis(self, region: str) -> BothLanguages:
        """Say in a few words what the paths of a region come from."""


@runtime_checkable
class Repeating(Protocol):
    """A fitted method that has few paths: many draws pick the same one."""

    def picking(self, region: str) -> Picking:
        """Say how the draws of a region pick among its paths; draws that pick alike have the same path."""


class Method(Protocol):
    """A way to forecast. Others are added under the entry point `escalation.forecasts`: a `Method`, by its name."""

    @property
    def name(self) -> str:
        """The name by which it is chosen."""

    def fit(self, past: Past, *, weeks: int) -> Fitted:
        """Look at the past, which ends where the forecast begins, for paths of so many weeks."""


DEFAULT = ResidualPaths()
BUILT_IN: Mapping[str, Method] = {one.name: one for one in (DEFAULT, LastRate(), StraightLine())}


def method(name: str) -> Method:
    """Give a method by its name, a built-in one or an installed one. Raise RequestError where there is none."""
    if name in BUILT_IN:
        return BUILT_IN[name]
    installed = entry_points(group=ENTRY_POINTS)
    if name not in installed.names:
        known = ", ".join(f"`{one}`" for one in sorted({*BUILT_IN, *installed.names}))
        raise RequestError(
            f"`{name}` is not a method of forecasts",
            help=f"there are {known}",
            indonesian=(f"`{name}` bukan metode prakiraan", f"yang ada: {known}"),
        )
    loaded: Method = installed[name].load()
    return loaded


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """Paths of one metric of one region: float64 [scenario, week] in the unit of the metric, from the week `first` on.

    A cumulative metric never falls and never passes its population; where all figures on record are whole numbers,
    those of the paths are.
    """

    metric: str
    region: str
    first: Week
    paths: Floats
    method: str
    basis: BothLanguages
    regime: str
    draws: Draws | None
    """Seed and scenarios; none where nothing was drawn."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The weeks, as `2021-W36`."""
        return tuple(str(self.first + week) for week in range(self.paths.shape[1]))

    def quantiles(self, probabilities: Iterable[float]) -> Floats:
        """Give the weekly quantiles, [probability, week]. They cross weeks: no path need run along one of them."""
        found: Floats = np.quantile(self.paths, np.array([*probabilities]), axis=0)
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A method that has seen a past, for the forecasts of any of its regions."""

    past: Past
    weeks: int
    by: Method
    fitted: Fitted

    def picking(self, region: str) -> Picking | None:
        """Say how the draws of a region pick among its paths; nothing where any two may differ."""
        return self.fitted.picking(region) if isinstance(self.fitted, Repeating) else None

    def fill(self, found: Floats, region: str, draws: Draws, *, lane: int) -> None:
        """Set `found`, [week, lane, scenario], in one lane to the paths of a region as `forecast` gives them."""
        is_laid = (
            COMPILED in sys.modules
            and isinstance(self.fitted, FittedResiduals)
            and self.fitted.lay(found, region, draws, lane=lane)
        )
        if not is_laid:
            found[:, lane] = self.forecast(region, draws).paths[:, : len(found)].T

    def forecast(self, region: str, draws: Draws, *, regime: Regime = AS_BEFORE) -> Forecast:
        """Forecast one region under a regime. Raise RequestError where its figures do not allow it."""
        lead = self.past.lead(self.past.row(region))
        paths = self.fitted.paths(region, draws)
        if paths.shape != (shape := (draws.count, lead + self.weeks)):
            raise RequestError(f"the method `{self.by.name}` gives paths of the shape {paths.shape}, not {shape}")
        paths = _settled(self.past, region, under(regime, self.past, region, paths, lead=lead))
        return Forecast(
            metric=self.past.metric,
            region=region,
            first=self.past.week(self.past.last + 1),
            paths=paths[:, lead:],
            method=self.by.name,
            basis=self.fitted.basis(region),
            regime=regime.name,
            draws=draws,
        )


def prepare(past: Past, *, weeks: int, origin: int | None = None, by: Method = DEFAULT) -> Prepared:
    """Let a method look at the past up to `origin` (`Week.number`), by default its last week, and at nothing later.

    Raise RequestError where the past is too short for it, and where so many weeks are out of reach.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise RequestError(f"a forecast over {weeks} weeks is out of reach", help=f"ask for 1 to {MOST_WEEKS} weeks")
    known = past.until(past.last if origin is None else origin)
    if any(float(np.nanmax(np.abs(one), initial=0)) > MOST for one in (known.values, known.populations)):
        raise RequestError(
            f"`{past.metric}` has figures above {MOST:g}, of which there is no forecast",
            indonesian=(f"`{past.metric}` memuat angka di atas {MOST:g}, yang tidak dapat diprakirakan", ""),
        )
    return Prepared(past=known, weeks=weeks, by=by, fitted=by.fit(known, weeks=weeks))


def given(past: Past, region: str, regime: Regime, *, weeks: int) -> Forecast:
    """Carry a metric on by a weekly uptake that a person gives: one path, from the latest figure on record.

    Nothing of the past is used but that figure, so any will do. The weeks of the regime are counted from the week
    behind it. Raise RequestError for a regime that gives no uptake.
    """
    if regime.people is None and regime.points is None:
        raise RequestError(
            f"the regime `{regime.name}` gives no weekly uptake", help="give it in people or in percentage points"
        )
    row = past.row(region)
    known = past.until(past.first + past.latest(row))
    still = np.full((1, weeks), known.values[row, -1])
    return Forecast(
        metric=past.metric,
        region=region,
        first=known.week(known.last + 1),
        paths=_settled(known, region, under(regime, known, region, still)),
        method="given",
        basis=BothLanguages(
            en=f"the figure of {known.week(known.last)} and the uptake given",
            id=f"angka {known.week(known.last)} dan laju yang diberikan",
        ),
        regime=regime.name,
        draws=None,
    )


def _settled(past: Past, region: str, paths: Floats) -> Floats:
    """Hold paths to what the metric can be: in its range, never falling where cumulative, whole where figures are."""
    row = past.row(region)
    if not np.isfinite(paths).all():
        raise RequestError(f"the forecast of `{past.metric}` of {region} runs out of all bounds")
    held = np.clip(np.rint(paths) if is_whole(past) else paths, *limits(past, row))
    return np.maximum.accumulate(held, axis=1) if past.kind is Kind.CUMULATIVE else held
