"""What a forecast draws from: numbered scenarios, and words that depend on nothing but their counter and the seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.whatif.forecasts.philox import HALF, Words, number, words

STREAM = number("forecast")
SHARED_STREAM = number("forecast, all regions")
MOST_SCENARIOS = 2**32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """The scenarios numbered from `first` on, `count` of them, or those of `among`, under a seed of 64 bits.

    `together` is the probability with which a region follows the draw that all regions of a scenario share: 1 lets
    regions move together as much as they did in the past, 0 lets each go its own way. Raise RequestError for numbers
    out of reach.
    """

    seed: int
    count: int
    first: int = 0
    together: float = 1.0
    among: Words | None = None

    def __post_init__(self) -> None:
        if self.count < 1 or self.first < 0 or self.first + self.count > MOST_SCENARIOS:
            raise RequestError(
                f"{self.count:,} scenarios from number {self.first:,} on are out of reach",
                help=f"ask for 1 to {MOST_SCENARIOS:,} scenarios",
            )
        if not 0 <= self.together <= 1:
            raise RequestError(f"`together` is a probability, from 0 to 1, not {self.together:.15g}")

    @property
    def scenarios(self) -> Words:
        """Give the numbers of the scenarios."""
        if self.among is not None:
            return self.among
        return np.arange(self.first, self.first + self.count, dtype=np.uint64).astype(np.uint32)

    def only(self, places: NDArray[np.int64]) -> Draws:
        """Give the scenarios at some places among these."""
        return replace(self, count=len(places), among=self.scenarios[places])

    @property
    def following(self) -> int:
        """Give the number below which the fourth word says that a region follows the others."""
        return round(self.together * (1 << int(HALF)))

    def own(self, region: str, block: int) -> Words:
        """Give four words for each scenario that are the region's own in a block of weeks, [word, scenario]."""
        return words(self.seed, scenario=self.scenarios, region=number(region), block=block, stream=STREAM)

    def shared(self, block: int) -> Words:
        """Give four words for each scenario that all regions share in a block of weeks, [word, scenario]."""
        return words(self.seed, scenario=self.scenarios, region=0, block=block, stream=SHARED_STREAM)

    def mixed(self, region: str, block: int) -> Words:
        """Give the words of a region in which the first and the third are the shared ones where it follows the others.

        Whether it does is said by its fourth word: below `together` times 2**32.
        """
        own = self.own(region, block)
        follows = own[3].astype(np.uint64) < np.uint64(self.following)
        shared = self.shared(block)
        own[0] = np.where(follows, shared[0], own[0])
        own[2] = np.where(follows, shared[2], own[2])
        return own
