"""Three-valued logic (SEMANTICS 5): met, unmet, unknown, combined by Kleene's rules."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Verdict(Enum):
    """What can be said of a condition, a trigger, a guard. Missing data is never `unmet`."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN


def verdict_of(*, holds: bool) -> Verdict:
    """Turn a plain truth into a verdict."""
    return MET if holds else UNMET


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Unmet if any is unmet, else unknown if any is unknown, else met.

    >>> every([Verdict.MET, Verdict.UNKNOWN]), every([Verdict.UNKNOWN, Verdict.UNMET])
    (<Verdict.UNKNOWN: 'unknown'>, <Verdict.UNMET: 'unmet'>)
    """
    result = MET
    for verdict in verdicts:
        if verdict is UNMET:
            return UNMET
        if verdict is UNKNOWN:
            result = UNKNOWN
    return result


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Met if any is met, else unknown if any is unknown, else unmet."""
    result = UNMET
    for verdict in verdicts:
        if verdict is MET:
            return MET
        if verdict is UNKNOWN:
            result = UNKNOWN
    return result


def opposite(verdict: Verdict) -> Verdict:
    """Turn met and unmet round; unknown stays unknown."""
    if verdict is UNKNOWN:
        return UNKNOWN
    return UNMET if verdict is MET else MET


def enough(verdicts: Iterable[Verdict], *, at_least: int) -> Verdict:
    """Met when so many are met, unmet when so many can no longer be.

    >>> enough([Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET], at_least=2)
    <Verdict.UNKNOWN: 'unknown'>
    """
    counted = list(verdicts)
    met = counted.count(MET)
    if met >= at_least:
        return MET
    return UNKNOWN if met + counted.count(UNKNOWN) >= at_least else UNMET
