"""By which week, or up to which number, a part of all cases has been counted: exact, in whole numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Bools

MEDIAN = 50
"""Percent of the cases."""


def reached(counts: Counts, percent: int, *, of: int | Counts, axis: int = -1) -> NDArray[np.int64]:
    """Give the first place along an axis up to which at least so many percent of all cases are counted; -1 for none.

    There are cases that are counted at no place: `of` says how many there are in all, with the axes of `counts`.

    >>> reached(np.array([0, 5, 5, 0, 60]), 5, of=100), reached(np.array([0, 5, 5, 0, 60]), 71, of=100)
    (array(1), array(-1))
    """
    return first_place(100 * counts.cumsum(axis=axis) >= percent * of, axis=axis)


def first_place(where: Bools, *, axis: int = -1) -> NDArray[np.int64]:
    """Give the first place along an axis where something holds; -1 for none."""
    return np.where(where.any(axis=axis), where.argmax(axis=axis), -1)
