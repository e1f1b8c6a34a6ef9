"""A value against a threshold (SEMANTICS 4): one tolerance, and intervals where only a rounded figure exists."""

from __future__ import annotations

from typing import NamedTuple

from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict
from escalation.policy.conditions import Operator

TOLERANCE = 1e-11
LESS, EQUAL, MORE = -1, 0, 1
HOLDS: dict[Operator, frozenset[int]] = {
    Operator.BELOW: frozenset({LESS}),
    Operator.AT_MOST: frozenset({LESS, EQUAL}),
    Operator.ABOVE: frozenset({MORE}),
    Operator.AT_LEAST: frozenset({EQUAL, MORE}),
    Operator.EQUAL_TO: frozenset({EQUAL}),
}


class Interval(NamedTuple):
    """Where the true value of a rounded figure lies; an open end does not belong to it."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False


def relation(value: float, threshold: float) -> int:
    """Say whether a value is less than, equal to or more than a threshold.

    A value within 1e-11 of the threshold, relative to the larger of 1 and the threshold, equals it, so that no
    accident of floating point decides.

    >>> relation(100 * 0.55, 55.0), 100 * 0.55 == 55.0
    (0, False)
    """
    distance = value - threshold
    size = abs(threshold)
    tolerance = TOLERANCE * size if size > 1 else TOLERANCE
    if distance > tolerance:
        return MORE
    return LESS if distance < -tolerance else EQUAL


def within(holding: frozenset[int], interval: Interval, threshold: float) -> Verdict:
    """Compare a rounded figure by the relations that an operator holds on; unknown if its interval does not agree."""
    possible = relations(interval, threshold)
    if possible <= holding:
        return MET
    return UNKNOWN if possible & holding else UNMET


def relations(interval: Interval, threshold: float) -> frozenset[int]:
    """Say how the values of an interval can stand to a threshold."""
    low, high = relation(interval.low, threshold), relation(interval.high, threshold)
    found = set()
    if low is LESS:
        found.add(LESS)
    if high is MORE:
        found.add(MORE)
    inside = low is LESS and high is MORE
    on_low = low is EQUAL and not interval.open_low
    on_high = high is EQUAL and not interval.open_high
    if inside or on_low or on_high:
        found.add(EQUAL)
    return frozenset(found)
