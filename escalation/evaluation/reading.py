"""The value of one metric in one week, or for want of what there is none."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple

from escalation.evaluation.comparison import TOLERANCE, Interval
from escalation.policy.metrics import Reported


class Cause(StrEnum):
    """Why a figure, or a parameter, is wanting."""

    ABSENT = "absent"
    UNUSABLE = "unusable"
    OUTSIDE_RANGE = "outside-range"
    COMPUTED_OUTSIDE_RANGE = "computed-outside-range"
    DIVISION_BY_ZERO = "division-by-zero"
    NO_BAND = "no-band"
    TOO_LARGE = "too-large"
    ROUNDED = "rounded"
    NOT_IN_FORCE = "not-in-force"


class Gap(NamedTuple):
    """What is wanting: a metric on record, a judgement or a parameter, and the week for which it is."""

    name: str
    week: int
    cause: Cause = Cause.ABSENT


class Reading(NamedTuple):
    """The value of a metric in a week; without one, the gaps for want of which there is none.

    `interval` is where the true value lies if only a rounded figure exists.
    """

    value: float | None
    gaps: tuple[Gap, ...] = ()
    interval: Interval | None = None


def half_up(value: float, decimals: int) -> float:
    """Round a half away from zero; what lies within the tolerance of a half is a half.

    What is too large to be rounded in double precision becomes infinite.

    >>> half_up(55.45, 1), half_up(-2.5, 0), half_up(1e12, 0), half_up(-1.7e308, 1)
    (55.5, -3.0, 1000000000000.0, -inf)
    """
    scaled = abs(value) * 10**decimals
    if not math.isfinite(scaled):
        return math.copysign(scaled, value)
    rounded = math.floor(scaled + 0.5 + min(TOLERANCE * max(1.0, scaled), 1e-6)) / 10**decimals
    return math.copysign(rounded, value) if rounded else 0.0


def rounded_from(value: float, reported: Reported) -> Interval:
    """Give the interval of values that round to a figure."""
    if reported.how == "down":
        return Interval(value, value + reported.step, open_high=True)
    if reported.how == "up":
        return Interval(value - reported.step, value, open_low=True)
    return Interval(value - reported.step / 2, value + reported.step / 2, open_high=True)
