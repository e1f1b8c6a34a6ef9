"""Conditions made ready to be judged: each part gives its verdict in a week (SEMANTICS 4, 5), and what it lacks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from escalation.evaluation.comparison import HOLDS, relation, within
from escalation.evaluation.reading import Cause, Gap, Reading
from escalation.evaluation.readings import Readings
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, enough, every, opposite, some
from escalation.periods import last_day_of
from escalation.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Count,
    JudgementLeaf,
    Operator,
    Route,
    TriggerLeaf,
    parts_of,
)
from escalation.policy.model import Parameter, Policy


@dataclass(slots=True)
class Situation:
    """All that the guards of one region look at in one week.

    `triggers` and `gaps` (of triggers that are unknown, what is wanting) fill in the order of dependency.
    """

    readings: Readings
    week: int
    dwell: int
    triggers: dict[str, Verdict] = field(default_factory=dict)
    gaps: dict[str, tuple[Gap, ...]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The last day of the week, whose law is in force."""
        return last_day_of(self.readings.policy.calendar, self.week)


class Part(ABC):
    """A condition, or a part of one, with its route in the file."""

    __slots__ = ("parts", "route")
    kind: ClassVar[str]

    def __init__(self, route: Route, parts: tuple[Part, ...] = ()) -> None:
        self.route = route
        self.parts = parts

    @abstractmethod
    def verdict(self, situation: Situation) -> Verdict:
        """Judge the part."""

    def wanting(self, situation: Situation) -> Iterator[Gap]:
        """Name what is wanting where the part is unknown; what cannot matter is left out."""
        if self.verdict(situation) is UNKNOWN:
            for part in self.parts:
                yield from part.wanting(situation)


class Bound:
    """One threshold of a comparison: a number, or a named one, which may depend on the date."""

    __slots__ = ("constant", "holding", "name", "operator", "parameter")

    def __init__(self, policy: Policy, operator: Operator, threshold: float | str) -> None:
        self.operator = operator
        self.holding = HOLDS[operator]
        self.name = threshold if isinstance(threshold, str) else None
        self.parameter: Parameter | None = policy.parameters[self.name] if self.name is not None else None
        self.constant = threshold if isinstance(threshold, float) else None
        if self.parameter is not None and self.parameter.dated is None:
            self.constant = self.parameter.value

    def threshold(self, situation: Situation) -> float | None:
        """Give the number in force; none where a dated parameter has no value yet."""
        if self.constant is not None or self.parameter is None:
            return self.constant
        return self.parameter.on(situation.day)


class Compared(Part):
    """A metric compared with one or two thresholds."""

    __slots__ = ("bounds", "leaf", "metric")
    kind = "comparison"

    def __init__(self, policy: Policy, leaf: Comparison, route: Route) -> None:
        super().__init__(route)
        self.leaf = leaf
        self.metric = leaf.metric
        self.bounds = tuple(Bound(policy, operator, threshold) for operator, threshold in leaf.limits)

    def verdict(self, situation: Situation) -> Verdict:
        """Compare with each threshold."""
        reading = situation.readings.at(self.metric, situation.week)
        verdict = MET
        for bound in self.bounds:
            threshold = bound.constant
            if threshold is None:
                threshold = bound.threshold(situation)
            one = self.against(reading, bound, threshold)
            if one is UNMET:
                return UNMET
            if one is UNKNOWN:
                verdict = UNKNOWN
        return verdict

    def against(self, reading: Reading, bound: Bound, threshold: float | None) -> Verdict:
        """Give the verdict of one comparison; unknown where no threshold is in force."""
        if threshold is None:
            return UNKNOWN
        if reading.value is None:
            missing = self.leaf.missing
            return UNKNOWN if missing is None else MET if missing == "met" else UNMET
        if reading.interval is None:
            return MET if relation(reading.value, threshold) in bound.holding else UNMET
        return within(bound.holding, reading.interval, threshold)

    def wanting(self, situation: Situation) -> Iterator[Gap]:
        """Name the figures that are missing or rounded, and the parameters that are not in force yet."""
        if self.verdict(situation) is not UNKNOWN:
            return
        week = situation.week
        reading = situation.readings.at(self.metric, week)
        if self.leaf.missing is None:
            yield from reading.gaps
        undecided = False
        for bound in self.bounds:
            threshold = bound.threshold(situation)
            if threshold is None:
                yield Gap(str(bound.name), week, Cause.NOT_IN_FORCE)
            elif reading.value is not None:
                undecided |= self.against(reading, bound, threshold) is UNKNOWN
        if undecided:
            yield from situation.readings.roundings(self.metric, week)


class Nested(Part):
    """Another trigger's verdict of the same week."""

    __slots__ = ("trigger",)
    kind = "trigger"

    def __init__(self, trigger: str, route: Route) -> None:
        super().__init__(route)
        self.trigger = trigger

    def verdict(self, situation: Situation) -> Verdict:
        """Look the verdict up: triggers are judged in the order of dependency."""
        return situation.triggers[self.trigger]

    def wanting(self, situation: Situation) -> Iterator[Gap]:
        """Name what the trigger lacks."""
        yield from situation.gaps.get(self.trigger, ())


class Asked(Part):
    """What a role has judged."""

    __slots__ = ("asked", "judgement")
    kind = "judgement"

    def __init__(self, leaf: JudgementLeaf, route: Route) -> None:
        super().__init__(route)
        self.judgement = leaf.judgement
        self.asked = leaf.is_

    def verdict(self, situation: Situation) -> Verdict:
        """Compare the answer with the one asked for."""
        verdict = answer(self.judgement, situation)
        return verdict if self.asked == "yes" else opposite(verdict)

    def wanting(self, situation: Situation) -> Iterator[Gap]:
        """Name the judgement."""
        if self.verdict(situation) is UNKNOWN:
            yield from situation.readings.at(self.judgement, situation.week).gaps


class Joined(Part):
    """Parts joined by Kleene's logic."""

    __slots__ = ()
    decisive: ClassVar[Verdict | None] = None
    """The verdict of one part that is the verdict of all."""

    @abstractmethod
    def join(self, verdicts: Iterable[Verdict]) -> Verdict:
        """Join the verdicts of the parts."""

    def verdict(self, situation: Situation) -> Verdict:
        """Judge the parts up to the one that decides, and join them."""
        found = []
        for part in self.parts:
            verdict = part.verdict(situation)
            if verdict is self.decisive:
                return verdict
            found.append(verdict)
        return self.join(found)


class Every(Joined):
    """Met when all parts are."""

    __slots__ = ()
    kind = "all"
    decisive = UNMET

    def join(self, verdicts: Iterable[Verdict]) -> Verdict:
        """Join the verdicts of the parts."""
        return every(verdicts)


class Some(Joined):
    """Met when one part is."""

    __slots__ = ()
    kind = "any"
    decisive = MET

    def join(self, verdicts: Iterable[Verdict]) -> Verdict:
        """Join the verdicts of the parts."""
        return some(verdicts)


class Opposite(Joined):
    """Met when its part is unmet."""

    __slots__ = ()
    kind = "not"

    def join(self, verdicts: Iterable[Verdict]) -> Verdict:
        """Turn the verdict of the part round."""
        return opposite(next(iter(verdicts)))


class Enough(Joined):
    """Met when so many parts are."""

    __slots__ = ("at_least",)
    kind = "count"

    def __init__(self, route: Route, parts: tuple[Part, ...], at_least: int) -> None:
        super().__init__(route, parts)
        self.at_least = at_least

    def join(self, verdicts: Iterable[Verdict]) -> Verdict:
        """Count the verdicts of the parts."""
        return enough(verdicts, at_least=self.at_least)


def answer(judgement: str, situation: Situation) -> Verdict:
    """Say whether a judgement is yes; unknown where none is on record or the last one is too old."""
    value = situation.readings.at(judgement, situation.week).value
    return UNKNOWN if value is None else MET if value == 1 else UNMET


def ready(policy: Policy, condition: Condition, route: Route) -> Part:
    """Make a condition ready to be judged."""
    match condition:
        case Comparison():
            return Compared(policy, condition, route)
        case TriggerLeaf(trigger=name):
            return Nested(name, route)
        case JudgementLeaf():
            return Asked(condition, route)
    parts = tuple(ready(policy, part, inner) for inner, part in parts_of(condition, route))
    match condition:
        case AllOf():
            return Every(route, parts)
        case AnyOf():
            return Some(route, parts)
        case Count(count=quorum):
            return Enough(route, parts, quorum.at_least)
        case _:
            return Opposite(route, parts)
