"""The numbers of a policy on which a recommendation may turn: thresholds, and the lengths of streaks and stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from escalation.evaluation.ladder import Ladder
from escalation.policy.conditions import Operator
from escalation.policy.metrics import Bands
from escalation.policy.model import Move, Policy
from escalation.policy.operands import operands
from escalation.policy.paths import path_of
from escalation.policy.source import Route
from escalation.policy.thresholds import comparisons, values, with_number


class Sort(StrEnum):
    """What a number is."""

    THRESHOLD = "threshold"
    FOR = "for"
    AFTER = "after"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a policy, or an observed figure, as it is at present.

    `name` is the path of a number of the policy, with which `--set` changes it, and the metric of a figure; `week` is
    the week of a figure (`Week.number`). `metrics` are those that a threshold is compared with; `low` and `high` are
    the ends of what it may be, none where there is none. What `is_whole` is counted, and changes by one. A threshold
    that `is_matched` is only ever compared by `equal_to`.
    """

    sort: Sort
    name: str
    present: float
    route: Route = ()
    week: int | None = None
    metrics: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    is_whole: bool = False
    is_matched: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of what it may be, infinite where there is none."""
        return -inf if self.low is None else self.low, inf if self.high is None else self.high


def numbers(ladder: Ladder, stage: str) -> Iterator[Number]:
    """Give the numbers that bear on a recommendation in a stage: of the moves out of it and of what these rest on."""
    policy = ladder.policy
    moves = [exit_.move for exit_ in ladder.exits[stage]]
    triggers = triggers_behind(ladder, moves)
    yield from _thresholds(policy, triggers)
    for name in (name for name in policy.triggers if name in triggers):
        route: Route = ("triggers", name, "for")
        present = policy.triggers[name].for_
        yield Number(sort=Sort.FOR, name=path_of(policy, route), present=present, route=route, low=1, is_whole=True)
    for place, move in enumerate(policy.moves):
        if move in moves:
            route = ("moves", place, "after")
            name = path_of(policy, route)
            yield Number(sort=Sort.AFTER, name=name, present=move.after, route=route, low=0, is_whole=True)


def every(policy: Policy) -> dict[str, Number]:
    """Give all numbers on which moves rest, by their names, each with all the metrics it is compared with."""
    ladder = Ladder(policy)
    found: dict[str, Number] = {}
    for one in (one for stage in policy.stages for one in numbers(ladder, stage.name)):
        known = found.setdefault(one.name, one)
        found[one.name] = replace(known, metrics=tuple(dict.fromkeys((*known.metrics, *one.metrics))))
    return found


def bounds(policy: Policy, number: Number) -> tuple[float | None, float | None]:
    """Give the ends of what a number may be: its own, or else those of the metric it is compared with."""
    if number.sort is not Sort.THRESHOLD:
        return number.low, number.high
    low, high = policy.metrics[number.metrics[0]].bounds
    return number.low if number.low is not None else low, number.high if number.high is not None else high


def metrics_of(policy: Policy, triggers: frozenset[str]) -> frozenset[str]:
    """Name the metrics that triggers rest on: those compared, and all that they are computed from."""
    compared = {
        metric for route, metric, _ in comparisons(policy) if route[0] == "triggers" and str(route[1]) in triggers
    }
    return _behind(compared, lambda name: [operand for _, operand in operands(policy.metrics[name])])


def triggers_of(ladder: Ladder, stage: str) -> frozenset[str]:
    """Name the triggers of the moves out of a stage, and those that these rest on."""
    return triggers_behind(ladder, [exit_.move for exit_ in ladder.exits[stage]])


def triggers_behind(ladder: Ladder, moves: Iterable[Move]) -> frozenset[str]:
    """Name the triggers of some moves, and those that these rest on."""
    return _behind((move.trigger for move in moves), ladder.below.__getitem__)


def _behind(names: Iterable[str], below: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += below(name)
    return frozenset(found)


def _thresholds(policy: Policy, triggers: frozenset[str]) -> Iterator[Number]:
    """Give each number with which a metric is compared once, with all the metrics it is compared with."""
    metrics = metrics_of(policy, triggers)
    compared: dict[Route, dict[str, None]] = {}
    present: dict[Route, float] = {}
    operators: dict[Route, set[Operator]] = {}
    for route, metric, limits in comparisons(policy):
        if str(route[1]) in (triggers if route[0] == "triggers" else metrics):
            for operator, limit in limits.limits:
                for place, value in _places((*route, operator.value), limit, policy):
                    compared.setdefault(place, {})[metric] = None
                    operators.setdefault(place, set()).add(operator)
                    present[place] = value
    for place, value in present.items():
        low, high = policy.parameters[str(place[1])].bounds if place[0] == "parameters" else (None, None)
        yield Number(
            sort=Sort.THRESHOLD,
            name=str(place[1]) if place[2:] == ("value",) else path_of(policy, place),
            present=value,
            route=place,
            metrics=tuple(compared[place]),
            low=low,
            high=high,
            is_matched=operators[place] == {Operator.EQUAL_TO},
        )


def _places(route: Route, limit: float | str, policy: Policy) -> Iterator[tuple[Route, float]]:
    if isinstance(limit, float):
        yield route, limit
    else:
        for inner, value in values(policy.parameters[limit]):
            yield ("parameters", limit, *inner), value


def beside(policy: Policy, number: Number) -> frozenset[float]:
    """Give the other numbers of the tables in which a threshold stands: two that change places change the table."""
    found: set[float] = set()
    for metric in policy.metrics.values():
        if isinstance(metric, Bands):
            limits = [limit for row in metric.bands.rows for _, limit in row.limits]
            if metric.bands.of in number.metrics:
                for limit in limits:
                    found.update(value for _, value in _places((), limit, policy))
    return frozenset(found)


def changed(policy: Policy, number: Number, value: float) -> Policy:
    """Give a policy with another number in its place, as it would be read but for what the loader checks."""
    return with_number(policy, number.route, int(value) if number.sort in (Sort.FOR, Sort.AFTER) else value)
