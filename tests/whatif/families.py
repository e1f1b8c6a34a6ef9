"""Weekly series whose making is known: uptake that saturates, stalls, comes in waves, or is plain noise; and levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from escalation.periods import Calendar
from escalation.policy.metrics import Kind
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.past import Past, carried

FIRST = 105_434
REGIONS = 20
WEEKS = 70

Maker = Callable[[np.random.Generator, Floats, int], Floats]
"""Makes shares of those not yet reached, [region, week], from a column of regions and a number of weeks."""


def past_of(
    values: Floats,
    population: Floats | None = None,
    *,
    kind: Kind = Kind.CUMULATIVE,
    bounds: Mapping[str, float] = MappingProxyType({}),
) -> Past:
    """Make a past of figures [region, week] and of one population for each region."""
    names = tuple(f"Region {number:02}" for number in range(len(values)))
    people = np.full(values.shape, np.nan)
    if population is not None:
        people[:, 0] = population
    return Past(
        metric="doses",
        kind=kind,
        calendar=Calendar.ISO,
        names=names,
        rows={name: row for row, name in enumerate(names)},
        first=FIRST,
        values=values,
        populations=carried(people),
        low=bounds.get("low"),
        high=bounds.get("high"),
    )


def logistic(rng: np.random.Generator, column: Floats, weeks: int) -> Floats:
    """Make uptake that rises and saturates below everyone, each region in its own time."""
    middle, rate = rng.uniform(10, 35, column.shape), rng.uniform(0.08, 0.25, column.shape)
    reached = rng.uniform(0.55, 0.95, column.shape) / (1 + np.exp(-rate * (np.arange(weeks) - middle)))
    shares = np.diff(reached, axis=1, prepend=0) / (1 - reached + np.diff(reached, axis=1, prepend=0))
    noisy: Floats = shares * np.exp(rng.normal(0, 0.2, shares.shape))
    return noisy


def stalls(rng: np.random.Generator, column: Floats, weeks: int) -> Floats:
    """Make a steady uptake that stops for some weeks when supply does, in one region or in all."""
    shares = rng.uniform(0.02, 0.07, column.shape) * np.exp(rng.normal(0, 0.25, (len(column), weeks)))
    for region in range(len(column)):
        for begins in rng.integers(0, weeks, 3):
            shares[region, begins : begins + rng.integers(2, 7)] *= 0.1
    for begins in rng.integers(0, weeks, 2):
        shares[:, begins : begins + rng.integers(2, 6)] *= 0.2
    return shares


def two_waves(rng: np.random.Generator, column: Floats, weeks: int) -> Floats:
    """Make two waves of uptake, at about the same time everywhere."""
    week = np.arange(weeks)
    waves = [
        rng.uniform(0.03, 0.1, column.shape)
        * np.exp(-0.5 * ((week - rng.normal(middle, 3, column.shape)) / width) ** 2)
        for middle, width in ((14, 5), (45, 6))
    ]
    noisy: Floats = (0.004 + waves[0] + waves[1]) * np.exp(rng.normal(0, 0.2, (len(column), weeks)))
    return noisy


def noise(rng: np.random.Generator, column: Floats, weeks: int) -> Floats:
    """Make a steady uptake with noise that lasts from week to week."""
    lasting = np.zeros((len(column), weeks))
    for week in range(1, weeks):
        lasting[:, week] = 0.6 * lasting[:, week - 1] + rng.normal(0, 0.4, len(column))
    noisy: Floats = rng.uniform(0.02, 0.07, column.shape) * np.exp(lasting)
    return noisy


UPTAKE: dict[str, Maker] = {"logistic": logistic, "stalls": stalls, "two waves": two_waves, "noise": noise}


def uptake(family: str, seed: int, *, regions: int = REGIONS, weeks: int = WEEKS) -> Past:
    """Make the past of a cumulative metric of a family: whole people among a known population."""
    rng = np.random.default_rng(seed)
    population = np.round(rng.lognormal(11, 1.2, regions))
    shares = np.minimum(UPTAKE[family](rng, np.empty((regions, 1)), weeks), 0.9)
    reached = 1 - np.cumprod(1 - shares, axis=1)
    return past_of(np.round(reached * population[:, np.newaxis]), population)


def late_reports(seed: int) -> Past:
    """Make a slowing uptake of which one week in seven is reported a week late."""
    steady = uptake("noise", seed)
    is_late = np.random.default_rng(seed).random(steady.values.shape) < 1 / 7
    is_late[:, 0] = False
    place = np.maximum.accumulate(np.where(is_late, 0, np.arange(WEEKS)), axis=1)
    return past_of(np.take_along_axis(steady.values, place, axis=1), steady.populations[:, -1])


def levels(seed: int) -> Past:
    """Make a flow that wanders about a mean of its own in each region, partly together with the others."""
    rng = np.random.default_rng(seed)
    lasting = np.zeros((REGIONS, WEEKS))
    for week in range(1, WEEKS):
        lasting[:, week] = 0.85 * lasting[:, week - 1] + rng.normal(0, 0.25, REGIONS) + rng.normal(0, 0.15)
    return past_of(np.exp(rng.uniform(1, 5, (REGIONS, 1)) + lasting), kind=Kind.FLOW, bounds={"low": 0.0})
