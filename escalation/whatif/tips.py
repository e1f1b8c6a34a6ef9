"""Tipping values of numbers, and how they are laid out in arrays, in which they are kept."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from escalation.evaluation.comparison import TOLERANCE
from escalation.evaluation.step import Recommendation
from escalation.whatif.large.kept import Part
from escalation.whatif.numbers import Number, Sort
from escalation.whatif.standpoint import Answer

DURATIONS = (Sort.FOR, Sort.AFTER)
HAIR = 4 * TOLERANCE
"""A change so small, relative to the larger of 1 and the number, only leaves what the number has met."""


class Touch(StrEnum):
    """What lies on a number, so that a change however small tips the recommendation.

    A figure lies on a threshold, or a threshold on a figure; another limit of its table equals a threshold; or a
    threshold is asked for exactly, as is a level by `equal_to`. The latter two say nothing of how near the number is.
    """

    FIGURE = "figure"
    TABLE = "table"
    MATCH = "match"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """Where the recommendation tips: with `last` it is as at present, with its neighbour `first` it is `then`.

    Neighbours are floats next to each other, of weeks and of counts whole numbers. `written` is a number that a person
    would write, at or beyond `first` and close to it, with the same recommendation.
    """

    last: float
    first: float
    written: float
    then: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tips:
    """A number with the nearest lower and higher values at which the recommendation tips; none: it never does.

    `extent` is the range of what is changed. `is_undecided` says that tipping values of this number could not be told;
    `touch` what lies on it, where a change however small tips.
    """

    number: Number
    lower: Tip | None
    higher: Tip | None
    extent: float
    is_undecided: bool = False
    touch: Touch | None = None

    @property
    def known(self) -> list[Tip]:
        """The tips that there are, the lower first."""
        return [tip for tip in (self.lower, self.higher) if tip is not None]

    def nearness(self, tip: Tip) -> float:
        """Give the change to a tip, relative to the extent."""
        return abs(tip.written - self.number.present) / self.extent

    def is_hair(self, tip: Tip) -> bool:
        """Say whether a change however small leads to a tip."""
        change = abs(tip.first - self.number.present)
        return not self.number.is_whole and change <= HAIR * max(1.0, abs(self.number.present))

    def order(self, tip: Tip) -> tuple[bool, float]:
        """Order tips by nearness; those that are no change of policy come last."""
        return self.is_idle(tip), self.nearness(tip)

    def is_idle(self, tip: Tip) -> bool:
        """Say whether a tip is no change of policy."""
        return self.touch in (Touch.TABLE, Touch.MATCH) and self.is_hair(tip)

    @property
    def nearest(self) -> tuple[bool, float]:
        """The order of the nearest tip; infinite where there is none."""
        return min(map(self.order, self.known), default=(True, math.inf))


def laid_out(regions: Sequence[Sequence[Tips]]) -> Part:
    """Lay out the tips of regions, one number after the other; where there is none, values are not a number."""
    every = [tips for region in regions for tips in region]
    pairs = [(one.lower, one.higher) for one in every]
    return {
        "extent": np.array([one.extent for one in every], dtype=np.float64),
        "undecided": np.array([one.is_undecided for one in every], dtype=bool),
        "values": np.array([[_values(tip) for tip in pair] for pair in pairs], dtype=np.float64),
        "then": np.array([[_then(tip) for tip in pair] for pair in pairs], dtype=str),
    }


def taken_up(numbers: Sequence[Number], part: Part) -> Iterator[Tips]:
    """Give the tips of numbers that were laid out in this order."""
    columns = (part[key].tolist() for key in ("extent", "undecided", "values", "then"))
    for number, extent, is_undecided, values, then in zip(numbers, *columns, strict=True):
        lower, higher = (_tip(number, *one) for one in zip(values, then, strict=True))
        yield Tips(number=number, lower=lower, higher=higher, extent=extent, is_undecided=is_undecided)


def _values(tip: Tip | None) -> tuple[float, float, float]:
    return (math.nan, math.nan, math.nan) if tip is None else (tip.last, tip.first, tip.written)


def _then(tip: Tip | None) -> tuple[str, str]:
    return ("", "") if tip is None else (tip.then.recommendation.value, tip.then.to or "")


def _tip(number: Number, values: Sequence[float], then: Sequence[str]) -> Tip | None:
    """Give a tip; weeks are whole numbers."""
    if math.isnan(values[0]):
        return None
    last, first, short = (int(one) if number.sort in DURATIONS else one for one in values)
    return Tip(last=last, first=first, written=short, then=Answer(Recommendation(then[0]), then[1] or None))
