"""What cases should show of a policy: moves, guards, thresholds, unknowns and stages, each at a place of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from escalation.evaluation.ladder import Exit, Guard, InForce, Judged, Ladder, LongEnough, NotLocked, Triggered
from escalation.policy.conditions import Comparison, Condition, JudgementLeaf, Operator, TriggerLeaf, walk
from escalation.policy.metrics import Bands, Highest, InputMetric, Lag, Lowest
from escalation.policy.model import Policy
from escalation.policy.operands import operands
from escalation.policy.source import Route

FINEST = Decimal("0.0001")
"""Relative to the larger of 1 and the threshold: the smallest step of a metric whose figures say nothing of theirs."""


class Show(StrEnum):
    """What a goal asks for."""

    FIRED = "fired"
    BLOCKED = "blocked"
    OPEN = "open"
    UNKNOWN = "unknown"
    BELOW = "below"
    EXACTLY = "exactly"
    ABOVE = "above"
    STAGE = "stage"


class Goal(NamedTuple):
    """One thing that a case should show. `stage` is that of a move's origin, `subject` what blocks it or is compared.

    Of a threshold `route` leads to the comparison; `threshold` is its number or the name of a parameter.
    """

    show: Show
    route: Route
    stage: str = ""
    move: str = ""
    subject: str = ""
    threshold: float | str = ""
    guard: int = 0


class Threshold(NamedTuple):
    """A comparison of a metric with a number or a parameter, in a condition or in a row of bands."""

    metric: str
    operator: Operator
    threshold: float | str
    route: Route


def goals(ladder: Ladder) -> tuple[Goal, ...]:
    """Give all goals of a policy, in the order of its file."""
    found = [*_of_moves(ladder), *_of_thresholds(ladder), *_of_triggers(ladder)]
    found += [Goal(Show.STAGE, ("stages", index), stage=stage.name) for index, stage in enumerate(ladder.policy.stages)]
    return tuple(dict.fromkeys(found))


def _of_moves(ladder: Ladder) -> Iterator[Goal]:
    policy = ladder.policy
    places = {move.name: index for index, move in enumerate(policy.moves)}
    for stage, exits in ladder.exits.items():
        for exit_ in exits:
            route: Route = ("moves", places[exit_.move.name])
            yield Goal(Show.FIRED, route, stage=stage, move=exit_.move.name)
            for index, guard in enumerate(exit_.guards):
                key, subject = _named(policy, guard)
                one = Goal(
                    Show.BLOCKED,
                    key if key[0] == "locks" else (*route, *key),
                    stage=stage,
                    move=exit_.move.name,
                    subject=subject,
                    guard=index,
                )
                if _can_block_alone(policy, exit_, guard):
                    yield one
                if isinstance(guard, Judged) or (
                    isinstance(guard, Triggered) and can_be_unknown(policy, guard.trigger)
                ):
                    yield one._replace(show=Show.OPEN)


def _named(policy: Policy, guard: Guard) -> tuple[Route, str]:
    """Give where a guard stands in its move, or in the file, and what it is called."""
    match guard:
        case InForce():
            return ("valid",), "valid"
        case NotLocked(lock=lock):
            return ("locks", policy.locks.index(lock)), "locks"
        case LongEnough():
            return ("after",), "after"
        case Triggered(trigger=name):
            return ("trigger",), name
        case Judged(judgement=name):
            return ("requires",), name
        case _:
            raise TypeError(f"no name for the guard {guard!r}")


def _can_block_alone(policy: Policy, exit_: Exit, guard: Guard) -> bool:
    """Say no of a stay that is over whenever a trigger counted since entry has held long enough."""
    trigger = policy.triggers[exit_.move.trigger]
    return not (isinstance(guard, LongEnough) and trigger.since is not None and trigger.for_ >= guard.weeks)


def can_be_unknown(policy: Policy, trigger: str) -> bool:
    """Say whether missing figures can make a trigger unknown; those that count as met or unmet cannot."""
    return any(
        isinstance(part, JudgementLeaf)
        or (isinstance(part, Comparison) and (part.missing is None or _is_rounded(policy, part.metric)))
        or (isinstance(part, TriggerLeaf) and can_be_unknown(policy, part.trigger))
        for _, part in walk(policy.triggers[trigger].when, ())
    )


def _is_rounded(policy: Policy, metric: str) -> bool:
    return any(policy.inputs[name].reported is not None for name in policy.inputs_of(metric))


def _of_triggers(ladder: Ladder) -> Iterator[Goal]:
    """Ask for an unknown of each trigger that only other triggers rest on; the others are guards of moves."""
    policy = ladder.policy
    guards = {move.trigger for move in policy.moves}
    used = {trigger for triggers in rested_on(ladder).values() for trigger in triggers}
    for name in policy.triggers:
        if name in used - guards and can_be_unknown(policy, name):
            yield Goal(Show.UNKNOWN, ("triggers", name), subject=name)


def _of_thresholds(ladder: Ladder) -> Iterator[Goal]:
    policy = ladder.policy
    used = {trigger for triggers in rested_on(ladder).values() for trigger in triggers}
    metrics = metrics_of(policy, used)
    for one in thresholds(policy):
        if one.route[1] in (used if one.route[0] == "triggers" else metrics):
            below, above = neighbours(policy, one.metric, 0.0 if isinstance(one.threshold, str) else one.threshold)
            if isinstance(one.threshold, str):
                below, above = 0.0, 0.0
            goal = Goal(Show.EXACTLY, one.route, subject=one.metric, threshold=one.threshold)
            yield from (
                goal._replace(show=show)
                for show, neighbour in ((Show.BELOW, below), (Show.EXACTLY, 0.0), (Show.ABOVE, above))
                if neighbour is not None
            )


def thresholds(policy: Policy) -> Iterator[Threshold]:
    """Give every comparison of a policy: those of its conditions, and those of its bands."""
    for name, trigger in policy.triggers.items():
        for route, part in walk(trigger.when, ("triggers", name, "when")):
            if isinstance(part, Comparison):
                for operator, threshold in part.limits:
                    yield Threshold(part.metric, operator, threshold, (*route, operator.value))
    for name, metric in policy.metrics.items():
        if isinstance(metric, Bands):
            for index, row in enumerate(metric.bands.rows):
                for operator, threshold in row.limits:
                    route = ("metrics", name, "bands", "rows", index, operator.value)
                    yield Threshold(metric.bands.of, operator, threshold, route)


def rested_on(ladder: Ladder) -> Mapping[str, frozenset[str]]:
    """Name by stage the triggers that the moves out of it rest on."""
    found: dict[str, frozenset[str]] = {}
    for stage, exits in ladder.exits.items():
        waiting, seen = [exit_.move.trigger for exit_ in exits], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += [part.trigger for part in _parts(ladder.policy, name) if isinstance(part, TriggerLeaf)]
        found[stage] = frozenset(seen)
    return found


def _parts(policy: Policy, trigger: str) -> Iterator[Condition]:
    return (part for _, part in walk(policy.triggers[trigger].when, ()))


def metrics_of(policy: Policy, triggers: set[str] | frozenset[str]) -> frozenset[str]:
    """Name the metrics that triggers rest on, those included that others are computed from."""
    waiting = [part.metric for name in triggers for part in _parts(policy, name) if isinstance(part, Comparison)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [operand for _, operand in operands(policy.metrics[name])]
    return frozenset(seen)


def neighbours(policy: Policy, metric: str, threshold: float) -> tuple[float | None, float | None]:
    """Give the values nearest to a threshold, the lower and the higher: a smallest step away.

    A metric with a few values only (bands) has those; none where there is none on that side.
    """
    if values := few_values(policy, metric):
        lower, higher = ([one for one in values if one < threshold], [one for one in values if one > threshold])
        return (max(lower) if lower else None), (min(higher) if higher else None)
    at, step = Decimal(repr(threshold)), smallest_step(policy, metric, threshold)
    return float(at - step), float(at + step)


def few_values(policy: Policy, metric: str) -> frozenset[float]:
    """Give the values that a metric made of bands can have; none where they cannot be counted."""
    match policy.metrics[metric]:
        case Bands(bands=bands):
            values = (row.otherwise if row.value is None else row.value for row in bands.rows)
            return frozenset(value for value in values if value is not None)
        case Highest(highest=several) | Lowest(lowest=several):
            parts = [few_values(policy, name) for name in several.of]
            return frozenset().union(*parts) if all(parts) else frozenset()
        case Lag(lag=delay):
            return few_values(policy, delay.of)
        case _:
            return frozenset()


def smallest_step(policy: Policy, metric: str, threshold: float) -> Decimal:
    """Give the smallest step of a metric: of its decimals, of its rounding, or a ten-thousandth of the threshold."""
    one = policy.metrics[metric]
    if one.decimals is not None:
        return Decimal(1).scaleb(-one.decimals)
    if isinstance(one, InputMetric) and one.reported is not None:
        return Decimal(repr(one.reported.step))
    if isinstance(one, Highest | Lowest | Lag):
        return min(smallest_step(policy, name, threshold) for _, name in operands(one))
    return FINEST * max(Decimal(1), abs(Decimal(repr(threshold))))
