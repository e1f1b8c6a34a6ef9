"""The scale in which a forecast errs: ratios to a bound, odds between two, weekly steps where there is none.

Only sums, products and quotients are used, so that every machine and every back end gives the same last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.drive import LARGEST, Drive
from escalation.whatif.forecasts.past import Places

FLOOR = 0.5
"""The part of the mean distance from a bound that is added to it: what a figure at the bound can recover from.

In tests/bench/bench_forecast.py 0.25 to 1 give the same coverage within 4 points; with 0.1 forecasts err by a third
more where reports come late, because weeks of nothing are followed by jumps.
"""


class Scale(Protocol):
    """Says how far one value lies from another, and goes as far from a third, or as far the other way."""

    def between(self, level: Floats, value: Floats, row: Places) -> Floats:
        """Give the residuals that lead from levels to values of rows, [path, week]."""

    def reverse(self, residual: Floats) -> Floats:
        """Give the residual that leads as far the other way."""

    def apply(self, level: Floats, residual: Floats, row: int) -> Floats:
        """Give the value to which a residual leads from a level of a row, within the bounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """Distances from the one bound that there is, with a floor: residuals are ratios. `sign` is -1 below a bound."""

    bound: float
    sign: float
    floor: float

    def between(self, level: Floats, value: Floats, row: Places) -> Floats:
        """Give the ratio of the distances from the bound."""
        del row
        ratio: Floats = self._distance(value) / self._distance(level)
        return ratio

    def reverse(self, residual: Floats) -> Floats:
        """Give the inverse ratio."""
        inverse: Floats = 1.0 / residual
        return inverse

    def apply(self, level: Floats, residual: Floats, row: int) -> Floats:
        """Stretch the distance from the bound by the ratio."""
        del row
        distance = np.clip(self._distance(level) * residual - self.floor, 0.0, LARGEST)
        value: Floats = self.bound + self.sign * distance
        return value

    def _distance(self, value: Floats) -> Floats:
        distance: Floats = np.maximum(self.sign * (value - self.bound), 0.0) + self.floor
        return distance


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """Distances from the lower bound over those from the upper one, with a floor: residuals are ratios of odds."""

    low: float
    high: float
    floor: float

    def between(self, level: Floats, value: Floats, row: Places) -> Floats:
        """Give the ratio of the odds."""
        del row
        ratio: Floats = self._odds(value) / self._odds(level)
        return ratio

    def reverse(self, residual: Floats) -> Floats:
        """Give the inverse ratio."""
        inverse: Floats = 1.0 / residual
        return inverse

    def apply(self, level: Floats, residual: Floats, row: int) -> Floats:
        """Give the value with so many times the odds."""
        del row
        odds = self._odds(level) * residual
        value: Floats = (odds * (self.high + self.floor) + (self.low - self.floor)) / (1.0 + odds)
        return np.clip(value, self.low, self.high)

    def _odds(self, value: Floats) -> Floats:
        held = np.clip(value, self.low, self.high)
        odds: Floats = (held - self.low + self.floor) / (self.high - held + self.floor)
        return odds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """Differences in units of each row's mean weekly change, [row]: large and small regions lend each other theirs."""

    unit: Floats

    def between(self, level: Floats, value: Floats, row: Places) -> Floats:
        """Give the differences in the units of their rows."""
        steps: Floats = (value - level) / self.unit[row, np.newaxis]
        return steps

    def reverse(self, residual: Floats) -> Floats:
        """Give the difference with the other sign."""
        return -residual

    def apply(self, level: Floats, residual: Floats, row: int) -> Floats:
        """Add the difference in the unit of the row."""
        value: Floats = np.clip(level + residual * self.unit[row], -LARGEST, LARGEST)
        return value


def scale_of(driven: Drive) -> Scale:
    """Choose the scale by the bounds of a drive, and its floor by the figures on record.

    Where all figures lie on a bound nothing tells how far others may lie from it; any floor keeps them there.
    """
    values = driven.values
    if driven.low is not None and driven.high is not None:
        distance = min(_mean(values - driven.low), _mean(driven.high - values))
        return Odds(low=driven.low, high=driven.high, floor=FLOOR * distance or 1.0)
    if driven.low is not None:
        return Ratios(bound=driven.low, sign=1.0, floor=FLOOR * _mean(values - driven.low) or 1.0)
    if driven.high is not None:
        return Ratios(bound=driven.high, sign=-1.0, floor=FLOOR * _mean(driven.high - values) or 1.0)
    changes = np.abs(np.diff(values, axis=1))
    unit = np.array([_mean(one) for one in changes])
    return Steps(unit=np.where(unit > 0, unit, _mean(changes) or 1.0))


def _mean(values: Floats) -> float:
    held = values[np.isfinite(values)]
    return max(float(held.mean()), 0.0) if held.size else 0.0
