"""How the weeks of each stage, the changes of stage and the shortest stay spread over the draws: exact, from counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalation.whatif.arrays.laid import Counts
from escalation.whatif.outcomes import Kind
from escalation.whatif.outlook import Outlook
from escalation.whatif.quantiles import reached

PERCENTS = (5, 50, 95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The mean of a number over draws, and its quantiles by `PERCENTS`; none where no draw has the number.

    `of` says which number, and of the weeks in force `rank` the stage. The shortest stay is that of the draws that
    have one. `share` is the part of all draws, from 0 to 1, in which the number is not 0: in which a stage is in force
    in any week, or changes, or in which there is such a stay.
    """

    of: Kind
    rank: int | None = None
    mean: float | None
    quantiles: tuple[int, ...] | None
    share: float

    @property
    def median(self) -> int | None:
        """The least number that at least half of the draws do not exceed."""
        return self.quantiles[PERCENTS.index(50)] if self.quantiles is not None else None


def spreads(outlook: Outlook, lane: int) -> list[Spread]:
    """Give of a region the weeks in each stage, the mildest first, the changes of stage, and the shortest stay."""
    of_stages = [_spread(Kind.WEEKS, counts, rank=rank) for rank, counts in enumerate(outlook.weeks_in[lane])]
    stays = outlook.shortest_stay[lane].copy()
    stays[0] = 0
    return [
        *of_stages,
        _spread(Kind.CHANGES, outlook.changes[lane]),
        _spread(Kind.SHORTEST_STAY, stays, draws=outlook.draws),
    ]


def _spread(of: Kind, counts: Counts, *, rank: int | None = None, draws: int | None = None) -> Spread:
    """Describe a number by the draws, `counts` [number], that have each."""
    share, among = counts[1:].sum() / (draws or counts.sum()), int(counts.sum())
    if not among:
        return Spread(of=of, rank=rank, mean=None, quantiles=None, share=float(share))
    quantiles = tuple(quantile(counts, percent) for percent in PERCENTS)
    return Spread(
        of=of, rank=rank, mean=float(counts @ np.arange(len(counts)) / among), quantiles=quantiles, share=float(share)
    )


def quantile(counts: Counts, percent: int) -> int:
    """Give the lower quantile: the least number that at least so many percent of the draws do not exceed.

    `counts` [number] are the draws that have each number; nothing is rounded on the way.

    >>> quantile(np.array([0, 5, 5, 0, 90]), 5), quantile(np.array([0, 5, 5, 0, 90]), 6)
    (1, 2)
    """
    return int(reached(counts, percent, of=int(counts.sum())))
