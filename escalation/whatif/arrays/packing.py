"""Comparisons of many numbers packed into words, compiled where numba is loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType

import numpy as np

from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.words import Words, laned, words_for

Comparing = Callable[[Floats, Floats, Words], None]
COMPILED = "escalation.whatif.arrays.fast"
SMALL = 100_000
"""Numbers below which a call into compiled code gains nothing."""


def at_most(value: Floats, bound: Floats) -> Words:
    """Say where a value is at most a bound; nowhere where one is not a number."""
    compiled = _compiled(value, bound)
    if compiled is None:
        return laned(value <= bound)
    return _rows(compiled.at_most, value, bound)


def at_least(value: Floats, bound: Floats) -> Words:
    """Say where a value is at least a bound; nowhere where one is not a number."""
    compiled = _compiled(value, bound)
    if compiled is None:
        return laned(value >= bound)
    return _rows(compiled.at_least, value, bound)


def present(value: Floats) -> Words:
    """Say where there is a value."""
    return at_most(value, np.array([np.inf]))


def _compiled(value: Floats, bound: Floats) -> ModuleType | None:
    """Give the compiled engine, if it is loaded and every row of values has one bound."""
    is_plain = value.ndim > 1 and value.shape[-1] > 1 and value.size >= SMALL
    if not is_plain or bound.shape[-1] != 1 or bound.ndim > value.ndim:
        return None
    if np.broadcast_shapes(value.shape[:-1], bound.shape[:-1]) != value.shape[:-1]:
        return None
    return sys.modules.get(COMPILED)


def _rows(compare: Comparing, value: Floats, bound: Floats) -> Words:
    """Compare every row of values, [..., lane], with its own bound."""
    rows = np.ascontiguousarray(value).reshape(-1, value.shape[-1])
    bounds = np.ascontiguousarray(np.broadcast_to(bound[..., 0], value.shape[:-1]).reshape(-1).astype(np.float64))
    found = np.zeros((len(rows), words_for(value.shape[-1])), dtype=np.uint64)
    compare(rows, bounds, found)
    return found.reshape(*value.shape[:-1], -1)
