"""What the conditions of a policy can tell apart in one week: the range of each metric, cut at its thresholds.

Metrics made by `bands`, `highest` and `lowest` follow from those that they look at, and are no axes of their own. All
other metrics count as free, even where they share inputs: what holds in every valuation then holds in every week.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from escalation.checks.exact.cells import jumps
from escalation.checks.extents import extent
from escalation.evaluation.comparison import EQUAL, HOLDS, LESS, relation
from escalation.evaluation.reading import half_up
from escalation.evaluation.readings import is_outside
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, enough, every, opposite, some, verdict_of
from escalation.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Count,
    JudgementLeaf,
    Limits,
    Not,
    TriggerLeaf,
    parts_of,
    walk,
)
from escalation.policy.metrics import Bands, Highest, Lowest
from escalation.policy.operands import operands

if TYPE_CHECKING:
    from datetime import date

    from escalation.policy.model import Policy, Trigger
    from escalation.policy.source import Route

MOST_WORK = 20_000
"""Comparisons evaluated by one rule: some 40 ms. What needs more is left to the exact analysis."""

Values = Mapping[str, float | None]
"""Parameters with their values in force, or axes with a value each; none where there is none."""


@dataclass(slots=True)
class Allowance:
    """The work that one rule may do on one policy."""

    left: int = MOST_WORK

    def grants(self, work: int) -> bool:
        """Take some work from what is left; say whether there was enough."""
        if work > self.left:
            return False
        self.left -= work
        return True


class Cell(NamedTuple):
    """A point of an axis or an open piece of it, with a value that stands for all of it, in words; none: no figure."""

    value: float | None
    is_point: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A metric, a judgement, or whether a trigger has held long enough (`long:T`), and what can be told apart of it."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Week:
    """One valuation: the value of each axis, the parameters in force, and what was found by them."""

    policy: Policy
    values: Values
    parameters: Values
    verdicts: dict[Route, Verdict] = field(default_factory=dict)
    triggers: dict[str, Verdict] = field(default_factory=dict)
    made: dict[str, float | None] = field(default_factory=dict)

    def value(self, name: str) -> float | None:
        """Give the value of a metric."""
        if name in self.values:
            return self.values[name]
        if name not in self.made:
            metric = self.policy.metrics[name]
            found = self._value(name)
            if found is not None and metric.decimals is not None:
                found = half_up(found, metric.decimals)
            self.made[name] = None if is_outside(found, *metric.bounds) else found
        return self.made[name]

    def _value(self, name: str) -> float | None:
        metric = self.policy.metrics[name]
        if isinstance(metric, Bands):
            found = self.value(metric.bands.of)
            if found is None:
                return None
            rows = (row for row in metric.bands.rows if row.otherwise is not None or self.holds(row, found) is MET)
            row = next(rows, None)
            return None if row is None else row.value if row.otherwise is None else row.otherwise
        several = (
            metric.highest if isinstance(metric, Highest) else metric.lowest if isinstance(metric, Lowest) else None
        )
        given = [self.value(other) for other in several.of] if several else []
        known = [one for one in given if one is not None]
        if several is None or not known or (len(known) < len(given) and several.missing != "ignore"):
            return None
        return max(known) if isinstance(metric, Highest) else min(known)

    def holds(self, limits: Limits, value: float) -> Verdict:
        """Say whether all comparisons of a leaf, or of a row, hold for a value."""
        verdicts = []
        for operator, limit in limits.limits:
            threshold = self.parameters[limit] if isinstance(limit, str) else limit
            verdicts.append(
                UNKNOWN if threshold is None else verdict_of(holds=relation(value, threshold) in HOLDS[operator])
            )
        return every(verdicts)

    def judge(self, part: Condition, route: Route) -> Verdict:
        """Give the verdict on a condition, and note that on each of its parts."""
        match part:
            case Comparison():
                value = self.value(part.metric)
                if value is not None:
                    found = self.holds(part, value)
                else:
                    found = UNKNOWN if part.missing is None else verdict_of(holds=part.missing == "met")
            case JudgementLeaf():
                answer = self.values[part.judgement]
                found = UNKNOWN if answer is None else verdict_of(holds=bool(answer) == (part.is_ == "yes"))
            case TriggerLeaf():
                found = self.trigger(part.trigger)
            case _:
                found = joined(part, [self.judge(inner, at) for at, inner in parts_of(part, route)])
        self.verdicts[route] = found
        return found

    def trigger(self, name: str) -> Verdict:
        """Give the verdict on a trigger that another rests on; one that asks for several weeks may fall short."""
        if name not in self.triggers:
            noted, self.verdicts = self.verdicts, {}
            found = self.judge(self.policy.triggers[name].when, ())
            self.verdicts = noted
            self.triggers[name] = UNMET if found is MET and self.values.get(f"long:{name}") == 0 else found
        return self.triggers[name]


def joined(part: Condition, verdicts: Sequence[Verdict]) -> Verdict:
    """Join the verdicts on the parts of a condition as it says. Raise TypeError where it has no parts."""
    match part:
        case AllOf():
            return every(verdicts)
        case AnyOf():
            return some(verdicts)
        case Not():
            return opposite(verdicts[0])
        case Count(count=quorum):
            return enough(verdicts, at_least=quorum.at_least)
        case _:
            raise TypeError(f"{part!r} has no parts")


def scopes(policy: Policy) -> Iterator[tuple[str, Scope]]:
    """Give the scope of each trigger, as far as the budget of work goes."""
    allowance, counted = Allowance(), sizes(policy)
    yield from ((name, Scope(policy, [name])) for name in policy.triggers if allowance.grants(counted[name]))


def sizes(policy: Policy) -> Mapping[str, int]:
    """Count the parts of the condition of each trigger, those of the triggers that it rests on included."""
    found: dict[str, int] = {}

    def size(name: str) -> int:
        if name not in found:
            parts = [part for _, part in walk(policy.triggers[name].when, ())]
            found[name] = len(parts) + sum(size(part.trigger) for part in parts if isinstance(part, TriggerLeaf))
        return found[name]

    for name in policy.triggers:
        size(name)
    return found


class Scope:
    """Some triggers of a policy with all that they rest on: leaves, parameters, axes."""

    def __init__(self, policy: Policy, triggers: Iterable[str], *, metrics: Iterable[str] = ()) -> None:
        self.policy = policy
        self.triggers = _with_nested(policy, triggers)
        leaves = [part for name in self.triggers for _, part in walk(policy.triggers[name].when, ())]
        self.comparisons = [leaf for leaf in leaves if isinstance(leaf, Comparison)]
        self.judgements = {leaf.judgement for leaf in leaves if isinstance(leaf, JudgementLeaf)}
        self.nested = {leaf.trigger for leaf in leaves if isinstance(leaf, TriggerLeaf)}
        self.metrics = _with_operands(policy, [*(leaf.metric for leaf in self.comparisons), *metrics])
        self.roots = [name for name in self.metrics if not _follows(policy, name)]
        self.limits = [*((leaf.metric, leaf) for leaf in self.comparisons), *_rows(policy, self.metrics)]
        self.knows_gaps = any(leaf.missing for leaf in self.comparisons) or any(
            _several_missing(policy, name) for name in self.metrics
        )

    @property
    def parameters(self) -> set[str]:
        """The parameters that it compares with."""
        return {limit for _, limits in self.limits for _, limit in limits.limits if isinstance(limit, str)}

    @property
    def is_rounded(self) -> bool:
        """Whether it rests on a figure of which only a rounded one exists."""
        inputs = {leaf for root in self.roots for leaf in self.policy.inputs_of(root)}
        return any(self.policy.inputs[name].reported for name in inputs)

    @property
    def is_free(self) -> bool:
        """Whether no two axes share an input, so that every valuation can come about."""
        inputs = [leaf for root in self.roots for leaf in self.policy.inputs_of(root)]
        return len(inputs) == len(set(inputs))

    def laws(self) -> list[Values]:
        """Give the parameters in force from each day on which one of them changes, the first days first."""
        used = {name: self.policy.parameters[name] for name in sorted(self.parameters)}
        days: set[date] = {dated.from_ for one in used.values() for dated in one.dated or ()}
        if not days:
            return [{name: one.value for name, one in used.items()}]
        return [{name: one.on(day) for name, one in used.items()} for day in sorted(days)]

    def axes(self, parameters: Values, *, gaps: bool, streaks: bool) -> list[Axis]:
        """Cut the axes; with `gaps` each may have no figure, with `streaks` a trigger below may not have held long."""
        cuts: dict[str, set[float]] = {root: set() for root in self.roots}
        for name, limits in self.limits:
            for _, limit in limits.limits:
                threshold = parameters[limit] if isinstance(limit, str) else limit
                if threshold is not None:
                    _cut(self.policy, name, [threshold], cuts)
        for name in self.metrics:
            if _follows(self.policy, name):
                _cut(self.policy, name, (end for end in self.policy.metrics[name].bounds if end is not None), cuts)
        nothing = (Cell(None, is_point=True, words="missing"),) if gaps and self.knows_gaps else ()
        found = [
            Axis(name=root, cells=(*cells(extent(self.policy, root), cuts[root]), *nothing)) for root in self.roots
        ]
        answers = (Cell(1.0, is_point=True, words="yes"), Cell(0.0, is_point=True, words="no"))
        found += [Axis(name=name, cells=(*answers, *nothing)) for name in sorted(self.judgements)]
        if streaks:
            long = [name for name in sorted(self.nested) if _asks_for_weeks(self.policy.triggers[name])]
            found += [Axis(name=f"long:{name}", cells=answers) for name in long]
        return found

    def weeks(self, parameters: Values, axes: Sequence[Axis]) -> Iterator[tuple[tuple[Cell, ...], Week]]:
        """Give every valuation: a cell of each axis, and the week in which they have these values."""
        names = [axis.name for axis in axes]
        for combination in product(*(axis.cells for axis in axes)):
            values = {name: cell.value for name, cell in zip(names, combination, strict=True)}
            yield combination, Week(self.policy, values, parameters)

    def work(self, axes: Sequence[Axis]) -> int:
        """Count the comparisons that all valuations take."""
        return math.prod(len(axis.cells) for axis in axes) * max(1, len(self.limits) + len(self.judgements))


def cells(bounds: tuple[float | None, float | None], cuts: Iterable[float]) -> tuple[Cell, ...]:
    """Cut a range at some values: the values themselves, what lies between them, and what lies beyond.

    >>> [cell.words for cell in cells((0, None), [55, 70])]
    ['below 55', 'exactly 55', 'between 55 and 70', 'exactly 70', 'above 70']
    >>> [cell.value for cell in cells((0, 100), [0, 100])]
    [0, 50.0, 100]
    """
    low, high = bounds
    inside = [cut for cut in sorted(cuts) if (low is None or cut >= low) and (high is None or cut <= high)]
    edges = inside[:1] + [later for earlier, later in pairwise(inside) if relation(earlier, later) != EQUAL]
    if not edges:
        middle = _between(low, high)
        return (Cell(middle, is_point=low == high, words="any value"),)
    found = []
    if low is None or relation(low, edges[0]) == LESS:
        found.append(Cell(_between(low, edges[0]), is_point=False, words=f"below {edges[0]:.15g}"))
    for index, edge in enumerate(edges):
        found.append(Cell(edge, is_point=True, words=f"exactly {edge:.15g}"))
        if index + 1 < len(edges):
            following = edges[index + 1]
            words = f"between {edge:.15g} and {following:.15g}"
            found.append(Cell(_between(edge, following), is_point=False, words=words))
    if high is None or relation(edges[-1], high) == LESS:
        found.append(Cell(_between(edges[-1], high), is_point=False, words=f"above {edges[-1]:.15g}"))
    return tuple(found)


def _between(low: float | None, high: float | None) -> float:
    if low is None:
        return 0.0 if high is None else high - max(1.0, abs(high))
    return low + max(1.0, abs(low)) if high is None else (low + high) / 2


def _follows(policy: Policy, name: str) -> bool:
    return isinstance(policy.metrics[name], Bands | Highest | Lowest)


def _several_missing(policy: Policy, name: str) -> bool:
    metric = policy.metrics[name]
    several = metric.highest if isinstance(metric, Highest) else metric.lowest if isinstance(metric, Lowest) else None
    return several is not None and several.missing == "ignore"


def _with_operands(policy: Policy, names: Iterable[str]) -> list[str]:
    """Name metrics and those that they follow from."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            if _follows(policy, name):
                waiting += [operand for _, operand in operands(policy.metrics[name])]
    return list(found)


def _with_nested(policy: Policy, names: Iterable[str]) -> list[str]:
    """Name triggers and those that they rest on."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            parts = walk(policy.triggers[name].when, ())
            waiting += [leaf.trigger for _, leaf in parts if isinstance(leaf, TriggerLeaf)]
    return list(found)


def _rows(policy: Policy, names: Iterable[str]) -> Iterator[tuple[str, Limits]]:
    for name in names:
        metric = policy.metrics[name]
        if isinstance(metric, Bands):
            yield from ((metric.bands.of, row) for row in metric.bands.rows)


def _cut(policy: Policy, name: str, at: Iterable[float], cuts: dict[str, set[float]]) -> None:
    """Cut a metric at some values, and those below it where it passes them; what bands look at has cuts of its own."""
    waiting = [(name, set(at))]
    while waiting:
        one, values = waiting.pop()
        metric, fresh = policy.metrics[one], values - cuts.setdefault(one, set())
        cuts[one] |= fresh
        if fresh and isinstance(metric, Highest | Lowest):
            if metric.decimals is not None:
                fresh |= {jump for value in fresh for jump in jumps(value, metric.decimals)}
            waiting += [(operand, fresh) for _, operand in operands(metric)]


def _asks_for_weeks(trigger: Trigger) -> bool:
    return trigger.for_ > 1 or trigger.since is not None
