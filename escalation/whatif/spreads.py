"""How the weeks of each stage, the changes of stage and the shortest stay spread over the draws: exact, from counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from escalation.whatif.arrays.laid import Counts
from escalation.whatif.outcomes import Kind
from escalation.whatif.outlook import Outlook
from escalation.whatif.quantiles import MEDIAN, reached

PERCENTS = (5, 50, 95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The mean of a number over all draws, and its quantiles by `PERCENTS`.

    `of` says which number, and of the weeks in force `rank` the stage. A draw without a shortest stay counts as one
    with a longer stay than any: a quantile is none where fewer draws than it takes have a stay, and the mean where not
    all have one. `share` is the part of all draws, from 0 to 1, in which the number is not 0: in which a stage is in
    force in any week, or changes, or in which there is such a stay.
    """

    of: Kind
    rank: int | None = None
    mean: float | None
    quantiles: tuple[int | None, ...]
    share: float

    @property
    def median(self) -> int | None:
        """The least number that at least half of the draws do not exceed; none where fewer have a stay."""
        return self.quantiles[PERCENTS.index(MEDIAN)]


def spreads(outlook: Outlook, lane: int) -> list[Spread]:
    """Give of a region the weeks in each stage, the mildest first, the changes of stage, and the shortest stay."""
    stays = outlook.shortest_stay[lane].copy()
    stays[0] = 0
    return [
        *(_spread(Kind.WEEKS, counts, outlook.draws, rank=rank) for rank, counts in enumerate(outlook.weeks_in[lane])),
        _spread(Kind.CHANGES, outlook.changes[lane], outlook.draws),
        _spread(Kind.SHORTEST_STAY, stays, outlook.draws),
    ]


def _spread(of: Kind, counts: Counts, draws: int, *, rank: int | None = None) -> Spread:
    """Describe a number by the draws, `counts` [number], that have each; the other draws have none."""
    mean = float(counts @ np.arange(len(counts)) / draws) if counts.sum() == draws else None
    return Spread(
        of=of,
        rank=rank,
        mean=mean,
        quantiles=tuple(quantile(counts, percent, of=draws) for percent in PERCENTS),
        share=float(counts[1:].sum() / draws),
    )


def quantile(counts: Counts, percent: int, *, of: int | None = None) -> int | None:
    """Give the lower quantile: the least number that at least so many percent of the draws do not exceed.

    `counts` [number] are the draws that have each number, and all draws, where it is not said `of` how many they are;
    it is none where too few have a number. Nothing is rounded on the way.

    >>> quantile(np.array([0, 5, 5, 0, 90]), 5), quantile(np.array([0, 5, 5, 0, 90]), 6)
    (1, 2)
    """
    place = int(reached(counts, percent, of=int(counts.sum()) if of is None else of))
    return place if place >= 0 else None
