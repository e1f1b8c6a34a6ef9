"""Two simple methods, to be beaten: the latest weekly changes drawn again, and their mean as a straight line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalation.errors import RequestError
from escalation.policy.values import BothLanguages
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.past import Past
from escalation.whatif.forecasts.philox import places

LAST_WEEKS = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedChanges:
    """The weekly changes of the last weeks, as they are or as their mean."""

    past: Past
    weeks: int
    is_drawn: bool

    def paths(self, region: str, draws: Draws) -> Floats:
        """Go on from the latest figure. Raise RequestError where there was no change from week to week lately."""
        row = self.past.row(region)
        latest = self.past.latest(row)
        changes = np.diff(self.past.values[row, max(latest - LAST_WEEKS, 0) : latest + 1])
        held = changes[np.isfinite(changes)]
        if not held.size:
            raise RequestError(f"`{self.past.metric}` of {region} has no two weeks in a row among its latest")
        shape = (draws.count, self.weeks + self.past.lead(row))
        steps = self._drawn(self.past.names[row], draws, held, shape) if self.is_drawn else np.full(shape, held.mean())
        paths: Floats = self.past.values[row, latest] + np.cumsum(steps, axis=1)
        return paths

    def basis(self, region: str) -> BothLanguages:
        """Say what was used."""
        return BothLanguages(
            en=f"{region} alone: the changes of the last {LAST_WEEKS} weeks",
            id=f"hanya {region}: perubahan {LAST_WEEKS} minggu terakhir",
        )

    def _drawn(self, name: str, draws: Draws, held: Floats, shape: tuple[int, int]) -> Floats:
        blocks = [draws.own(name, block) for block in range(-(-shape[1] // 4))]
        which = places(np.concatenate(blocks)[: shape[1]].T, len(held))
        found: Floats = held[which]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRate:
    """The weekly changes of the last weeks, drawn again independently."""

    name: str = "last-rate"

    def fit(self, past: Past, *, weeks: int) -> FittedChanges:
        """Look at the last weeks of each region."""
        return FittedChanges(past=past, weeks=weeks, is_drawn=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightLine:
    """The mean weekly change of the last weeks, for ever: one path, the same in all scenarios."""

    name: str = "straight-line"

    def fit(self, past: Past, *, weeks: int) -> FittedChanges:
        """Look at the last weeks of each region."""
        return FittedChanges(past=past, weeks=weeks, is_drawn=False)
