"""The verdict of a condition in one week, and the inputs for want of which it is unknown (SEMANTICS 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escalation.evaluation.comparison import compare
from escalation.evaluation.readings import Reading, Readings
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, enough, every, opposite, some
from escalation.periods import last_day_of
from escalation.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Count,
    JudgementLeaf,
    Not,
    Operator,
    TriggerLeaf,
    parts_of,
)


@dataclass(slots=True)
class Situation:
    """All that the guards of one region look at in one week.

    `triggers` and `missing` (of triggers that are unknown, the inputs wanting) fill in the order of dependency.
    """

    readings: Readings
    week: int
    stage: str
    dwell: int
    triggers: dict[str, Verdict] = field(default_factory=dict)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The last day of the week, whose law is in force."""
        return last_day_of(self.readings.policy.calendar, self.week)

    def threshold(self, limit: float | str) -> float | None:
        """Give the number of a threshold; none where a dated parameter has no value yet."""
        if isinstance(limit, float):
            return limit
        parameter = self.readings.policy.parameters[limit]
        return parameter.value if parameter.dated is None else parameter.on(self.day)


def judge(condition: Condition, situation: Situation) -> Verdict:
    """Give the verdict of a condition."""
    return JUDGES[type(condition)](condition, situation)


def judge_limit(leaf: Comparison, reading: Reading, operator: Operator, threshold: float | None) -> Verdict:
    """Give the verdict of one comparison; unknown where no threshold is in force."""
    if threshold is None:
        return UNKNOWN
    if reading.value is None:
        return UNKNOWN if leaf.missing is None else MET if leaf.missing == "met" else UNMET
    return compare(reading.value, operator, threshold, reading.interval)


def answer(judgement: str, situation: Situation) -> Verdict:
    """Say whether a judgement is yes; unknown where none is on record or the last one is too old."""
    value = situation.readings.at(judgement, situation.week).value
    return UNKNOWN if value is None else MET if value == 1 else UNMET


def wanting(condition: Condition, situation: Situation) -> Iterator[str]:
    """Name what is missing in the parts of a condition that are unknown, parts that cannot matter left out."""
    if judge(condition, situation) is not UNKNOWN:
        return
    match condition:
        case Comparison(metric=metric, limits=limits):
            yield from situation.readings.at(metric, situation.week).missing
            for _, limit in limits:
                if isinstance(limit, str) and situation.threshold(limit) is None:
                    yield limit
            if situation.readings.at(metric, situation.week).interval is not None:
                yield from situation.readings.policy.inputs_of(metric)
        case JudgementLeaf(judgement=judgement):
            yield judgement
        case TriggerLeaf(trigger=name):
            yield from situation.missing[name]
        case _:
            for _, part in parts_of(condition, ()):
                yield from wanting(part, situation)


def _comparison(leaf: Comparison, situation: Situation) -> Verdict:
    reading = situation.readings.at(leaf.metric, situation.week)
    verdict = MET
    for operator, limit in leaf.limits:
        one = judge_limit(leaf, reading, operator, situation.threshold(limit))
        verdict = one if verdict is MET or one is UNMET else verdict
    return verdict


def _trigger(leaf: TriggerLeaf, situation: Situation) -> Verdict:
    return situation.triggers[leaf.trigger]


def _judgement(leaf: JudgementLeaf, situation: Situation) -> Verdict:
    verdict = answer(leaf.judgement, situation)
    return verdict if leaf.is_ == "yes" else opposite(verdict)


def _all(condition: AllOf, situation: Situation) -> Verdict:
    return every(judge(part, situation) for part in condition.parts)


def _any(condition: AnyOf, situation: Situation) -> Verdict:
    return some(judge(part, situation) for part in condition.parts)


def _not(condition: Not, situation: Situation) -> Verdict:
    return opposite(judge(condition.part, situation))


def _count(condition: Count, situation: Situation) -> Verdict:
    quorum = condition.count
    return enough((judge(part, situation) for part in quorum.parts), at_least=quorum.at_least)


JUDGES: Mapping[type, Callable[[Any, Situation], Verdict]] = {
    Comparison: _comparison,
    TriggerLeaf: _trigger,
    JudgementLeaf: _judgement,
    AllOf: _all,
    AnyOf: _any,
    Not: _not,
    Count: _count,
}
