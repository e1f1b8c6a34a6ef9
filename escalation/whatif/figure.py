"""How far an observed figure may change before the recommendation is another."""

from __future__ import annotations

import math
from collections.abc import Iterator

from escalation.evaluation.comparison import relation
from escalation.evaluation.ladder import Ladder
from escalation.periods import last_day_of
from escalation.policy.conditions import Comparison, JudgementLeaf, walk
from escalation.policy.metrics import InputMetric, Kind
from escalation.whatif.enclosures import Enclosures, Ends, Unsure
from escalation.whatif.numbers import Number, Sort, metrics_of, triggers_of
from escalation.whatif.standpoint import Answer, Figure, Standpoint
from escalation.whatif.tipping import Crossing, Undecided, first_otherwise, float_at, place_of

LARGEST = 1e15
"""No figure on record is larger; floats hold whole numbers up to nine times as many."""


def figures(point: Standpoint, ladder: Ladder, stage: str) -> Iterator[Number]:
    """Give the observed figures that stand for the week and bear on its recommendation, judgements (1: yes) included.

    An attribute of a region is no figure of a week, and what cannot be used is none.
    """
    policy, readings = point.policy, point.readings()
    triggers = triggers_of(ladder, stage)
    asked = {
        leaf.judgement
        for name in triggers
        for _, leaf in walk(policy.triggers[name].when, ())
        if isinstance(leaf, JudgementLeaf)
    }
    asked |= {name for exit_ in ladder.exits[stage] for name in exit_.move.requires or ()}
    named = metrics_of(policy, triggers) | asked
    for name, metric in policy.inputs.items():
        held = readings.observed(name, point.week) if name in named and metric.kind is not Kind.ATTRIBUTE else None
        if held is not None and readings.at(name, point.week).value is not None:
            low, high = (0.0, 1.0) if metric.kind is Kind.JUDGEMENT else metric.bounds
            yield Number(
                sort=Sort.FIGURE,
                name=name,
                present=held.value,
                week=held.week,
                metrics=(name,),
                low=low,
                high=high,
                is_whole=_is_whole(point, name, metric),
            )


def _is_whole(point: Standpoint, name: str, metric: InputMetric) -> bool:
    """Say whether a metric counts something, so that its figures are whole numbers."""
    if metric.kind is Kind.JUDGEMENT:
        return True
    known = point.observations.series[point.region, name]
    return (metric.is_count or metric.unit == "people") and all(
        one.value == math.floor(one.value) for one in known if math.isfinite(one.value)
    )


def tip_of_figure(figure: Figure, number: Number, present: Answer, *, is_up: bool) -> Crossing | None:
    """Find the nearest figure with which the recommendation is another, and its neighbour towards the present one.

    Raise Undecided where only a rounded figure exists, or it would take too long.
    """
    if is_up:
        far = min(LARGEST, math.inf if number.high is None else number.high)
    else:
        far = max(-LARGEST, -math.inf if number.low is None else number.low)
    if (far <= number.present) if is_up else (far >= number.present):
        return None
    metric = figure.point.policy.inputs[number.name]
    steady = _Steady(figure.point, number)
    if metric.reported is not None or not steady.is_judged:
        raise Undecided
    whole = number.is_whole

    def value_at(place: int) -> float:
        return float(place) if whole else float_at(place)

    start = int(number.present) if whole else place_of(number.present)
    end = (math.floor(far) if is_up else math.ceil(far)) if whole else place_of(far)
    found = first_otherwise(
        start,
        end,
        is_otherwise=lambda place: figure.answer(value_at(place)) != present,
        is_same_throughout=lambda one, other: steady.throughout(value_at(one), value_at(other)),
    )
    return None if found is None else Crossing(value_at(found - 1 if is_up else found + 1), value_at(found))


class _Steady:
    """Says whether all comparisons come out the same while a figure runs from a value to another."""

    def __init__(self, point: Standpoint, number: Number) -> None:
        self.readings = point.readings()
        self.number = number
        self.since = number.week if number.week is not None else point.week
        self.is_answer = point.policy.inputs[number.name].kind is Kind.JUDGEMENT
        policy = point.policy
        self.compared = [
            (leaf.metric, week, threshold)
            for trigger in policy.triggers.values()
            for _, leaf in walk(trigger.when, ())
            if isinstance(leaf, Comparison) and number.name in policy.inputs_of(leaf.metric)
            for _, limit in leaf.limits
            for week in range(self.since, point.week + 1)
            if (
                threshold := limit
                if isinstance(limit, float)
                else policy.parameters[limit].on(last_day_of(policy.calendar, week))
            )
            is not None
        ]

    @property
    def is_judged(self) -> bool:
        """Whether anything can be said at all: not where figures are rounded."""
        return self.is_answer or self.throughout(self.number.present, self.number.present)

    def throughout(self, one: float, other: float) -> bool:
        """Say whether no comparison changes between two values, as far as can be told from the ends of metrics."""
        if self.is_answer:
            return one == other
        enclosures = Enclosures(self.readings, self.number.name, self.since, Ends(min(one, other), max(one, other)))
        try:
            found = [(enclosures.at(metric, week), threshold) for metric, week, threshold in self.compared]
        except Unsure:
            return False
        return all(
            ends is None or relation(ends.low, threshold) == relation(ends.high, threshold) for ends, threshold in found
        )
