"""How good forecasts were that gave chances: what was given chances alike, how often it came true, and the Brier score.

Brier (1950), Monthly Weather Review 78, 1-3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose
from typing import Literal, NamedTuple

import numpy as np

from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Bools, Codes, Floats
from escalation.whatif.hindcast import Hindcast
from escalation.whatif.intervals import wilson
from escalation.whatif.week_outcomes import WeekOutcome

Comparison = Literal["better", "worse", "alike"]
BINS = 10
"""Of chances, each a tenth wide: from 0 to below 10 %, and so on; the last one includes 100 %."""


class Bin(NamedTuple):
    """Region-weeks whose chances lie from `low` percent to less than ten more, and how many of them came true.

    `chance` is the mean of the chances, and `interval` the 95 % interval of the share that came true (Wilson 1927),
    all from 0 to 1; it takes the region-weeks as independent.
    """

    low: int
    region_weeks: int
    true: int
    chance: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The forecasts of an outcome from some origins, beside what came.

    `brier` is the mean square of the chance less what came (1 or 0), `unchanged` that of "nothing changes"; none where
    there is nothing to score. `settled` (known for certain by the week of origin), `cannot_say` and
    `not_on_record` count the region-weeks that are not scored for that.
    """

    outcome: WeekOutcome
    origins: int
    region_weeks: int
    true: int
    brier: float | None
    unchanged: float | None
    bins: tuple[Bin, ...]
    settled: int
    cannot_say: int
    not_on_record: int

    @property
    def comparison(self) -> Comparison | None:
        """How the forecasts scored beside "nothing changes"; none where there is nothing to score."""
        if self.brier is None or self.unchanged is None:
            return None
        if isclose(self.brier, self.unchanged, rel_tol=1e-9, abs_tol=1e-12):
            return "alike"
        return "better" if self.brier < self.unchanged else "worse"


def score(found: Sequence[Hindcast], outcome: WeekOutcome) -> Score:
    """Score the forecasts of all origins together; bins without region-weeks are left out."""
    counts = [one.scored(outcome) for one in found]
    chance, truly, unchanged = (
        np.concatenate([values[count] for values, count in zip(of, counts, strict=True)])
        for of in (
            [one.chance(outcome) for one in found],
            [one.truly(outcome) for one in found],
            [one.unchanged(outcome) for one in found],
        )
    )
    places = [tenths(one.counts(outcome), one.outlook.draws)[count] for one, count in zip(found, counts, strict=True)]
    return Score(
        outcome=outcome,
        origins=len(found),
        region_weeks=len(chance),
        true=int(truly.sum()),
        brier=brier(chance, truly),
        unchanged=brier(unchanged, truly),
        bins=tuple(binned(np.concatenate(places), chance, truly)),
        settled=sum(int(one.settled(outcome).sum()) for one in found),
        cannot_say=sum(int(one.cannot_say.sum()) for one in found),
        not_on_record=sum(int((~one.on_record).sum()) for one in found),
    )


def brier(chance: Floats, truly: Bools) -> float | None:
    """Give the mean square of chances less what came true; none of nothing.

    >>> brier(np.array([0.5, 1.0]), np.array([True, True]))
    0.125
    """
    return float(np.mean((chance - truly) ** 2)) if len(chance) else None


def tenths(counts: Counts, draws: int) -> Codes:
    """Sort chances, so many of all draws, into tenths, from 0 to 9.

    >>> tenths(np.array([0, 7, 69, 70]), 70).tolist()
    [0, 1, 9, 9]
    """
    return np.minimum(BINS * counts // draws, BINS - 1).astype(np.int16)


def binned(places: Codes, chance: Floats, truly: Bools) -> list[Bin]:
    """Count by the tenths of chances, their places, what came true in each."""
    found = []
    for place in np.unique(places).tolist():
        inside = places == place
        count, true = int(inside.sum()), int(truly[inside].sum())
        low, high = wilson(np.array([true / count]), count)
        found.append(
            Bin(
                low=100 * place // BINS,
                region_weeks=count,
                true=true,
                chance=float(chance[inside].mean()),
                interval=(float(low[0]), float(high[0])),
            )
        )
    return found
