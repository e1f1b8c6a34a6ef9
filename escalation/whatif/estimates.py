"""Outcomes of several courses on the same draws, and how sure a sum or a difference of some of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.intervals import TWO_SIDED_95, newcombe, wilson
from escalation.whatif.outcomes import Kind
from escalation.whatif.payoffs import Payoffs
from escalation.whatif.quantiles import MEDIAN, first_place, reached

ERRORS = {1: TWO_SIDED_95, 2: 2.241403, 3: 2.393980, 4: 2.497705}
"""Standard errors that hold so many intervals at once with 95 % certainty, whatever they have to do with each other."""
PAIR = (-1, 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Means:
    """Means over draws, [place, pair]; over all regions those of a region.

    The interval of a sum rests on the variance from draw to draw of the sum itself, the pairs on the same draws; of a
    difference of two parts of the draws in a region it is Newcombe's (`intervals`).
    """

    values: Floats
    counted: Payoffs

    @classmethod
    def of(cls, counted: Payoffs) -> Means:
        """Divide what was added up by the number of draws and regions."""
        return cls(values=counted.sums / (counted.draws * counted.sizes[:, np.newaxis]), counted=counted)

    def ends(self, place: int, terms: Mapping[int, int]) -> tuple[float, float]:
        """Give the ends of the 95 % interval of a sum of pairs, each taken so many times."""
        counted, held = self.counted, {pair: times for pair, times in terms.items() if times}
        is_pair = counted.is_drawn and sorted(held.values()) == [*PAIR]
        if is_pair and counted.outcome.kind is Kind.RECOMMENDED and counted.sizes[place] == 1:
            first, second = sorted(held, key=lambda pair: held[pair])
            return self._newcombe(place, first, second)
        return self._normal(place, held)

    def _newcombe(self, place: int, first: int, second: int) -> tuple[float, float]:
        products = self.counted.products[place]
        both: Counts = products[first, second]
        ends = newcombe(both, products[first, first] - both, products[second, second] - both, self.counted.draws)
        return float(ends[0]), float(ends[1])

    def _normal(self, place: int, terms: Mapping[int, int]) -> tuple[float, float]:
        """Give mean and standard errors on either side, from sums in whole numbers; without end from one draw."""
        draws, size = self.counted.draws, int(self.counted.sizes[place])
        total = sum(times * int(self.counted.sums[place, pair]) for pair, times in terms.items())
        squares = sum(
            times * others * int(self.counted.products[place, pair, other])
            for pair, times in terms.items()
            for other, others in terms.items()
        )
        mean = total / (draws * size)
        if not (terms and self.counted.is_drawn):
            return mean, mean
        if draws == 1:
            return -inf, inf
        variance = (squares * draws - total * total) / (draws * draws * (draws - 1))
        side = TWO_SIDED_95 * sqrt(variance) / size
        return mean - side, mean + side


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Medians:
    """The weeks, counted from 0, by which half of the draws have something, [place, pair]; behind the last for never.

    The interval of a sum holds whatever the pairs have to do with each other: each week lies where the score interval
    of the part of the draws by then holds a half, with a certainty by which all do so at once with 95 %. In one of so
    many `futures` all weeks behind the last count alike, as one that is later than all: taken as often as it is taken
    off, it leaves the sum as it is; otherwise the sum has no end. `lows` and `highs` have by the number of pairs in a
    sum the ends of the interval of each week, [place, pair].
    """

    values: Floats
    counted: Payoffs
    futures: int
    lows: Mapping[int, Floats]
    highs: Mapping[int, Floats]

    @classmethod
    def of(cls, counted: Payoffs, *, futures: int) -> Medians:
        """Find the weeks from the counts of the draws by week; all regions together are no surer than one."""
        cases = counted.draws * counted.sizes[:, np.newaxis, np.newaxis]
        shares, half = counted.called.cumsum(axis=-1) / cases, reached(counted.called, MEDIAN, of=cases)
        lows, highs = {}, {}
        for size, errors in ERRORS.items():
            low, high = wilson(shares, counted.draws, errors=errors) if counted.is_drawn else (shares, shares)
            lows[size], highs[size] = (
                _or_behind(first_place(one >= MEDIAN / 100), counted.weeks) for one in (high, low)
            )
        values = _or_behind(half, counted.weeks)
        return cls(values=values, counted=counted, futures=futures, lows=lows, highs=highs)

    def ends(self, place: int, terms: Mapping[int, int]) -> tuple[float, float]:
        """Give the ends of the 95 % interval of a sum of pairs, each taken so many times; infinite without an end."""
        held = {pair: times for pair, times in terms.items() if times}
        if not held:
            return 0.0, 0.0
        low, high = self.lows[len(held)][place], self.highs[len(held)][place]
        least, most = (
            {pair: float((first if times > 0 else last)[pair]) for pair, times in held.items()}
            for first, last in ((low, high), (high, low))
        )
        below, above = (sum(times * ends[pair] for pair, times in held.items()) for ends in (least, most))
        has_no_low = any(times < 0 for times in self._behind(held, least))
        has_no_high = any(times > 0 for times in self._behind(held, most))
        return -inf if has_no_low else below, inf if has_no_high else above

    def _behind(self, terms: Mapping[int, int], ends: Mapping[int, float]) -> Iterable[int]:
        """Count by futures how often a week behind the last is taken, less how often it is taken off."""
        found: Counter[int] = Counter()
        for pair, times in terms.items():
            found[pair % self.futures] += times if ends[pair] >= self.counted.weeks else 0
        return found.values()


def _or_behind(places: Counts, weeks: int) -> Floats:
    """Give weeks as numbers that can be added up, that behind the last one for never."""
    return np.where(places >= 0, places, weeks).astype(np.float64)
