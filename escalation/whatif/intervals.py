"""Intervals of a difference of two shares that are counted on the same draws."""

from __future__ import annotations

import numpy as np

from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Floats

TWO_SIDED_95 = 1.96
"""Standard errors on either side of a mean that hold 95 % of a normal distribution."""


def newcombe(both: Counts, first: Counts, second: Counts, draws: int) -> tuple[Floats, Floats]:
    """Give the ends of the 95 % interval of the second share less the first, from -1 to 1.

    `both` counts the draws in which both hold, `first` and `second` those in which only the one does. By Newcombe
    (1998), Statistics in Medicine 17, 2635-2650, method 10: the score intervals of Wilson, joined by the correlation of
    the pairs. It has a width at 0 and 1 and no end beyond them; so many standard errors on either side have neither.
    """
    neither = draws - both - first - second
    one, other = (both + first) / draws, (both + second) / draws
    (low, high), (other_low, other_high) = wilson(one, draws), wilson(other, draws)
    related = _correlation(*(count.astype(np.float64) for count in (both, first, second, neither)))
    below = _joined(other - other_low, high - one, related)
    above = _joined(other_high - other, one - low, related)
    return np.maximum(other - one - below, -1), np.minimum(other - one + above, 1)


def wilson(share: Floats, draws: int, *, errors: float = TWO_SIDED_95) -> tuple[Floats, Floats]:
    """Give the ends of the score interval of a share of independent draws (Wilson 1927): of 95 % without `errors`.

    >>> low, high = wilson(np.array([0.0, 0.5]), 100)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 0.4038], [0.037, 0.5962])
    """
    square = errors**2 / draws
    middle = share + square / 2
    side = np.sqrt(square * (share * (1 - share) + square / 4))
    return np.maximum((middle - side) / (1 + square), 0), np.minimum((middle + side) / (1 + square), 1)


def _joined(one: Floats, other: Floats, related: Floats) -> Floats:
    found: Floats = np.sqrt(np.maximum(one**2 - 2 * related * one * other + other**2, 0))
    return found


def _correlation(both: Floats, first: Floats, second: Floats, neither: Floats) -> Floats:
    """Give the correlation of the pairs, a little less where it is positive (Newcombe's phi with correction)."""
    draws = both + first + second + neither
    product = both * neither - first * second
    corrected = np.where(product > 0, np.maximum(product - draws / 2, 0), product)
    margins = (both + first) * (second + neither) * (both + second) * (first + neither)
    found: Floats = np.where(margins > 0, corrected / np.sqrt(np.where(margins > 0, margins, 1)), 0)
    return found
