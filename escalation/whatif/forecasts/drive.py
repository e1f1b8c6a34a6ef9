"""What drives a metric from week to week: the share of those not yet reached, the gain, or the figure itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from escalation.policy.metrics import Kind
from escalation.policy.values import BothLanguages
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.past import Past

LARGEST = 1e300
"""Stands for a bound that the metric has not, so that no path runs into infinity."""
WEEKS_OF_A_GAIN = 3
WEEKS_OF_A_FIGURE = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drive:
    """The series behind a metric, [row, week], that a method carries on; not a number where the past has a gap.

    It lies between `low` and `high`. The last week of the past has no drive yet where the drive leads from a week to
    the next: a drive of place t leads from t to t + 1 (`is_step`), otherwise it is the figure of place t itself.
    The mean of the `recent` latest weeks tells how it stands at present: of a share or a gain three, because a late
    report makes one week too low and the next too high (with one, forecasts of such series err by half more in
    tests/bench/bench_forecast.py); of a figure the last one.
    """

    values: Floats
    low: float | None
    high: float | None
    is_step: bool
    recent: int
    told: BothLanguages


def drive(past: Past) -> Drive:
    """Give what drives a metric (see `Drive`): a cumulative one by steps, of a known population by its shares."""
    if past.kind is not Kind.CUMULATIVE:
        return Drive(
            values=past.values,
            low=past.low,
            high=past.high,
            is_step=False,
            recent=WEEKS_OF_A_FIGURE,
            told=BothLanguages(en="change of the figure", id="perubahan angka"),
        )
    gains = np.maximum(np.diff(past.values, axis=1), 0)
    if not has_population(past):
        return Drive(
            values=gains,
            low=0.0,
            high=None,
            is_step=True,
            recent=WEEKS_OF_A_GAIN,
            told=BothLanguages(en="number gained in a week", id="pertambahan seminggu"),
        )
    left = past.populations[:, :-1] - past.values[:, :-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(left > 0, np.minimum(gains / left, 1), np.nan)
    return Drive(
        values=shares,
        low=0.0,
        high=1.0,
        is_step=True,
        recent=WEEKS_OF_A_GAIN,
        told=BothLanguages(en="share of those not yet reached", id="bagian dari yang belum tercakup"),
    )


@lru_cache(maxsize=64)
def has_population(past: Past) -> bool:
    """Say whether every row with figures counts among a known number of people."""
    counted = np.isfinite(past.values).any(axis=1)
    return bool(counted.any() and np.isfinite(past.populations[counted, -1:]).all())


def limits(past: Past, row: int) -> tuple[float, float]:
    """Give the least and the most that a metric of a row can be: a count neither falls nor passes its population."""
    if past.kind is not Kind.CUMULATIVE:
        return -np.inf if past.low is None else past.low, np.inf if past.high is None else past.high
    latest = float(past.values[row, past.latest(row)])
    return latest, float(np.fmax(past.populations[row, -1], latest)) if has_population(past) else np.inf


def carry_on(past: Past, row: int, driven: Floats) -> Floats:
    """Give the paths of a metric from those of its drive, both [scenario, week], behind the latest figure of a row.

    A count among a population stays as it is where it has passed it, and never passes it otherwise.
    """
    if past.kind is not Kind.CUMULATIVE:
        return driven
    latest = float(past.values[row, past.latest(row)])
    if not has_population(past):
        paths: Floats = latest + np.cumsum(driven, axis=1)
        return paths
    population = float(past.populations[row, past.latest(row)])
    left: Floats = max(population - latest, 0.0) * np.multiply.accumulate(1.0 - driven, axis=1)
    return max(population, latest) - left


def driven_by(past: Past, row: int, paths: Floats) -> Floats:
    """Give the drive behind paths of a metric, [scenario, week]: the reverse of `carry_on`."""
    if past.kind is not Kind.CUMULATIVE:
        return paths
    latest = past.values[row, past.latest(row)]
    before = np.concatenate([np.full((len(paths), 1), latest), paths[:, :-1]], axis=1)
    gains = np.maximum(paths - before, 0)
    if not has_population(past):
        found: Floats = gains
        return found
    left = max(past.populations[row, past.latest(row)], latest) - before
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: Floats = np.where(left > 0, np.minimum(gains / left, 1), 0)
    return shares
