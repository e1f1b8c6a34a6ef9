"""Comparisons of many numbers packed into words, compiled where numba is loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from escalation.policy.conditions import Operator
from escalation.whatif.arrays.margins import Margins
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.sheet import MISSING, OPERATORS
from escalation.whatif.arrays.words import Words, laned, words_for

COMPILED = "escalation.whatif.arrays.fast"
SMALL = 100_000
"""Numbers below which a call into compiled code gains nothing."""


class Asked(NamedTuple):
    """How numbers stand to a threshold, given by its margins, and what one that is missing means."""

    operator: Operator
    margins: Margins
    missing: str | None


def at_most(value: Floats, bound: Floats) -> Words:
    """Say where a value is at most a bound; nowhere where one is not a number."""
    if not is_plain(value, [bound]):
        return laned(value <= bound)
    from escalation.whatif.arrays import comparing  # noqa: PLC0415 - an extra, and slow to load

    return comparing.most(_rows(value), _bounds(value, bound)).reshape(*value.shape[:-1], -1)


def at_least(value: Floats, bound: Floats) -> Words:
    """Say where a value is at least a bound; nowhere where one is not a number."""
    if not is_plain(value, [bound]):
        return laned(value >= bound)
    from escalation.whatif.arrays import comparing  # noqa: PLC0415 - see above

    return comparing.least(_rows(value), _bounds(value, bound)).reshape(*value.shape[:-1], -1)


def present(value: Floats) -> Words:
    """Say where there is a value."""
    return at_most(value, np.array([np.inf]))


def is_plain(value: Floats, bounds: Sequence[Floats]) -> bool:
    """Say whether compiled code is there and pays: many values, [..., lane], of which every row has one bound."""
    if COMPILED not in sys.modules or value.ndim == 1 or value.shape[-1] == 1 or value.size < SMALL:
        return False
    return all(
        bound.shape[-1] == 1
        and bound.ndim <= value.ndim
        and np.broadcast_shapes(value.shape[:-1], bound.shape[:-1]) == value.shape[:-1]
        for bound in bounds
    )


def answered(value: Floats, questions: Sequence[Asked]) -> Words:
    """Answer questions about plain values, each of which is read once, [met or unmet, question, ..., word]."""
    from escalation.whatif.arrays import comparing  # noqa: PLC0415 - see above

    asked = np.array([(OPERATORS[one.operator], MISSING[one.missing]) for one in questions], dtype=np.int64)
    less = np.array([_bounds(value, one.margins.less) for one in questions])
    more = np.array([_bounds(value, one.margins.more) for one in questions])
    found = np.empty((2, len(questions), less.shape[1], words_for(value.shape[-1])), dtype=np.uint64)
    comparing.ask(_rows(value), asked, _down(less, value.dtype), _up(more, value.dtype), found)
    return found.reshape(2, len(questions), *value.shape[:-1], -1)


def _rows(value: Floats) -> Floats:
    return np.ascontiguousarray(value).reshape(-1, value.shape[-1])


def _bounds(value: Floats, bound: Floats) -> Floats:
    """Give a bound to each row."""
    return np.broadcast_to(bound[..., 0], value.shape[:-1]).reshape(-1).astype(np.float64)


def _down(bounds: Floats, kind: np.dtype[np.floating]) -> Floats:
    """Give the largest numbers of a kind that are at most the bounds: as many of that kind are at most either."""
    with np.errstate(over="ignore"):
        found: Floats = bounds.astype(kind)
    return np.where(found > bounds, np.nextafter(found, -np.inf, dtype=kind), found)


def _up(bounds: Floats, kind: np.dtype[np.floating]) -> Floats:
    return -_down(-bounds, kind)
