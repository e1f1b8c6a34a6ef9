"""Thresholds moved by the tolerance, so that one comparison of floats says what `evaluation.comparison` says."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from escalation.evaluation.comparison import LESS, MORE, TOLERANCE, relation
from escalation.whatif.arrays.panel import Floats


class Margins(NamedTuple):
    """Of thresholds the largest number that is less, and the smallest that is more."""

    less: Floats
    more: Floats


def margins(threshold: Floats) -> Margins:
    """Find, for each threshold, where `relation` changes: a value is less up to `less` and more from `more` on.

    A threshold that is not a number has none.

    >>> found = margins(np.array([55.0]))
    >>> bool(100 * 0.55 <= found.less[0]), bool(100 * 0.55 >= found.more[0])
    (False, False)
    """
    numbers, places = np.unique(threshold, return_inverse=True)
    found = np.array([_around(float(number)) for number in numbers]).reshape(-1, 2)[places.reshape(threshold.shape)]
    return Margins(found[..., 0], found[..., 1])


@lru_cache(maxsize=65536)
def _around(threshold: float) -> tuple[float, float]:
    if math.isnan(threshold):
        return math.nan, math.nan
    return last_two(
        threshold,
        below=lambda value: relation(value, threshold) is LESS,
        above=lambda value: relation(value, threshold) is MORE,
    )


def last_two(number: float, *, below: Callable[[float], bool], above: Callable[[float], bool]) -> tuple[float, float]:
    """Give the greatest number that is below another by more than the tolerance, and the least that is above it.

    What is rounded on the way moves these by a few units in the last place of the number or of the tolerance.
    """
    tolerance = TOLERANCE * max(1.0, abs(number))
    slack = 8 * sys.float_info.epsilon * max(tolerance, abs(number))
    lower, upper = number - tolerance, number + tolerance
    return last_that(lower - slack, lower + slack, below), last_that(upper + slack, upper - slack, above)


def last_that(holds: float, fails: float, claim: Callable[[float], bool]) -> float:
    """Halve the way between a number for which a claim holds and one for which it fails; give the last that holds."""
    while (middle := holds / 2 + fails / 2) not in (holds, fails):
        holds, fails = (middle, fails) if claim(middle) else (holds, middle)
    return holds
