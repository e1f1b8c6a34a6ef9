"""The letters of a search: every combination of verdicts that the conditions can have in one week, each once.

Conditions are judged part by part as the axes are fixed one group after the other; what is left of all conditions
together is kept once, so that values which no condition tells apart do not multiply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod
from typing import NamedTuple

from escalation.checks.exact.budget import Budget, NotProved
from escalation.checks.exact.cells import Axis, Cell, bases, snapshot
from escalation.evaluation.condition import Asked, Compared, Enough, Every, Nested, Opposite, Part, Situation, Some
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, enough, every, opposite, some

Residual = Verdict | tuple["str | int | tuple[Residual, ...]", ...]
"""What is left of a condition once some of its leaves are judged: a verdict, or an operation with what is left of its
parts; a leaf is `("leaf", number)` or `("trigger", name)`."""
Choice = tuple[tuple[str, Cell], ...]

ALTERNATIVES = 60
DEAR = 16
"""What the readings of one combination of values cost beside a comparison."""


class Letter(NamedTuple):
    """What the conditions of one or more ladders make of a week; `choices` are some of the values that bring it about.

    `residuals` stand in the order of the ladders, and in each of its conditions and then of its judgements.
    """

    residuals: tuple[Residual, ...]
    choices: tuple[Choice, ...]

    @property
    def values(self) -> dict[str, float | None]:
        """The values of the axes in the first choice."""
        return {name: cell.value for name, cell in self.choices[0]}


class Subject(NamedTuple):
    """What letters are made of for one ladder: the conditions of the triggers in use, and the judgements required."""

    ladder: Ladder
    triggers: tuple[str, ...]
    judgements: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The conditions, and a condition for each judgement."""
        asked = (Required(name) for name in self.judgements)
        return (*(self.ladder.conditions[name] for name in self.triggers), *asked)


class Required(Part):
    """A judgement that a move requires."""

    __slots__ = ("judgement",)
    kind = "judgement"

    def __init__(self, judgement: str) -> None:
        super().__init__(())
        self.judgement = judgement

    def verdict(self, situation: Situation) -> Verdict:
        """Look at the judgement on record."""
        value = situation.readings.at(self.judgement, situation.week).value
        return UNKNOWN if value is None else MET if value == 1 else UNMET


def subject(ladder: Ladder) -> Subject:
    """Find the triggers that moves name, with those they rest on, and the judgements that moves require."""
    used: dict[str, None] = {}

    def use(name: str) -> None:
        if name not in used:
            used[name] = None
            for part in _leaves(ladder.conditions[name]):
                if isinstance(part, Nested):
                    use(part.trigger)

    for move in ladder.policy.moves:
        use(move.trigger)
    required = dict.fromkeys(name for move in ladder.policy.moves for name in move.requires or ())
    return Subject(ladder, tuple(name for name in ladder.policy.triggers if name in used), tuple(required))


def letters(subjects: Sequence[Subject], axes: Mapping[str, Axis], week: int, budget: Budget) -> tuple[Letter, ...]:
    """Give every combination of what is left of all conditions that values of the axes can bring about.

    Raise NotProved where there are too many combinations of cells.
    """
    table = _Leaves()
    residuals = tuple(table.residual(part, one.ladder) for one in subjects for part in one.parts)
    found: dict[tuple[Residual, ...], list[Choice]] = {residuals: [()]}
    looked_at = 0
    for group in _groups(table):
        outcomes = table.outcomes(group, axes, week, budget)
        looked_at += len(found) * len(outcomes) * (1 + len(residuals) // 16)
        if looked_at > budget.combinations:
            raise NotProved(f"the conditions tell more than {budget.combinations} combinations of values apart")
        found = _joined(found, outcomes)
        if len(found) > budget.letters:
            raise NotProved(f"the conditions tell more than {budget.letters} kinds of weeks apart")
    rest = [name for name in axes if not any(name in group for group in _groups(table))]
    idle = tuple((name, axes[name].cells[0]) for name in rest)
    return tuple(Letter(vector, tuple((*choice, *idle) for choice in choices)) for vector, choices in found.items())


def _joined(
    found: dict[tuple[Residual, ...], list[Choice]], outcomes: dict[tuple[tuple[int, Verdict], ...], list[Choice]]
) -> dict[tuple[Residual, ...], list[Choice]]:
    """Judge the leaves of one more group in all that is left so far."""
    joined: dict[tuple[Residual, ...], list[Choice]] = {}
    for verdicts, choices in outcomes.items():
        known = dict(verdicts)
        memo: dict[Residual, Residual] = {}
        for vector, before in found.items():
            for residual in vector:
                if residual not in memo:
                    memo[residual] = substitute(residual, known)
            kept = joined.setdefault(tuple(memo[residual] for residual in vector), [])
            if len(kept) < ALTERNATIVES:
                both = product(before, choices)
                kept += [(*one, *other) for one, other in islice(both, ALTERNATIVES - len(kept))]
    return joined


class _Leaves:
    """The distinct leaves of some conditions that look at data, each with the axes it rests on."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}
        self.parts: list[tuple[Compared | Asked | Required, Ladder, tuple[str, ...]]] = []

    def residual(self, part: Part, ladder: Ladder) -> Residual:
        """Give a condition of which nothing is judged yet."""
        match part:
            case Nested():
                return ("trigger", part.trigger)
            case Every():
                return ("all", tuple(self.residual(inner, ladder) for inner in part.parts))
            case Some():
                return ("any", tuple(self.residual(inner, ladder) for inner in part.parts))
            case Enough():
                return ("count", part.at_least, tuple(self.residual(inner, ladder) for inner in part.parts))
            case Opposite():
                return ("not", (self.residual(part.parts[0], ladder),))
            case Compared() | Asked() | Required():
                return ("leaf", self._number(part, ladder))
        raise NotProved(f"a condition of the kind `{part.kind}` is not known to the analysis")

    def _number(self, part: Compared | Asked | Required, ladder: Ladder) -> int:
        if isinstance(part, Compared):
            key: object = (id(ladder), part.leaf)
            names = bases(ladder.policy, part.metric)
        else:
            key = (part.judgement, isinstance(part, Asked) and part.asked == "no")
            names = (part.judgement,)
        if key not in self.numbers:
            self.numbers[key] = len(self.parts)
            self.parts.append((part, ladder, names))
        return self.numbers[key]

    def outcomes(
        self, group: tuple[str, ...], axes: Mapping[str, Axis], week: int, budget: Budget
    ) -> dict[tuple[tuple[int, Verdict], ...], list[Choice]]:
        """Judge the leaves that rest on a group of axes on every combination of their cells."""
        mine = [(number, part, ladder) for number, (part, ladder, names) in enumerate(self.parts) if names[0] in group]
        if prod(len(axes[name].cells) for name in group) * (DEAR + len(mine)) > budget.combinations:
            raise NotProved(f"{', '.join(f'`{name}`' for name in group)} have too many combinations of values")
        ladders = {id(ladder): ladder for _, _, ladder in mine}
        found: dict[tuple[tuple[int, Verdict], ...], list[Choice]] = {}
        for cells in product(*(axes[name].cells for name in group)):
            values = {name: cell.value for name, cell in zip(group, cells, strict=True)}
            looks = {key: Situation(snapshot(one.policy, week, values), week, 1) for key, one in ladders.items()}
            verdicts = tuple((number, part.verdict(looks[id(ladder)])) for number, part, ladder in mine)
            kept = found.setdefault(verdicts, [])
            if len(kept) < ALTERNATIVES:
                kept.append(tuple(zip(group, cells, strict=True)))
        return {verdicts: sorted(choices, key=_points) for verdicts, choices in found.items()}


def _points(choice: Choice) -> int:
    """Count the axes that would have to lie exactly on a threshold: room is easier to find in an interval."""
    return sum(cell.low == cell.high for _, cell in choice)


def _groups(table: _Leaves) -> list[tuple[str, ...]]:
    """Join the axes that some leaf looks at together."""
    groups: list[set[str]] = []
    for _, _, names in table.parts:
        touched = [group for group in groups if group.intersection(names)]
        groups = [group for group in groups if group not in touched] + [set(names).union(*touched)]
    return [tuple(sorted(group)) for group in groups]


def substitute(residual: Residual, known: Mapping[int, Verdict]) -> Residual:
    """Judge some leaves, and give what is left, as short as Kleene's logic allows.

    >>> substitute(("all", (("leaf", 0), ("leaf", 1))), {0: MET})
    ('leaf', 1)
    """
    if isinstance(residual, Verdict):
        return residual
    match residual:
        case ("leaf", int(number)):
            return known.get(number, residual)
        case ("trigger", _):
            return residual
        case ("not", (part,)):
            inner = substitute(part, known)
            return opposite(inner) if isinstance(inner, Verdict) else ("not", (inner,))
        case ("count", int(at_least), tuple(parts)):
            return _counted(at_least, [substitute(part, known) for part in parts])
        case (str(kind), tuple(parts)):
            return _combined(kind, dict.fromkeys(substitute(part, known) for part in parts))
    raise AssertionError(residual)


def _combined(kind: str, parts: dict[Residual, None]) -> Residual:
    final, neutral = (UNMET, MET) if kind == "all" else (MET, UNMET)
    if final in parts:
        return final
    left = tuple(part for part in parts if part is not neutral)
    if all(isinstance(part, Verdict) for part in left):
        return (every if kind == "all" else some)(part for part in left if isinstance(part, Verdict))
    return left[0] if len(left) == 1 else (kind, left)


def _counted(at_least: int, parts: list[Residual]) -> Residual:
    if all(isinstance(part, Verdict) for part in parts):
        return enough((part for part in parts if isinstance(part, Verdict)), at_least=at_least)
    at_least -= parts.count(MET)
    left = tuple(part for part in parts if part is not MET and part is not UNMET)
    if at_least <= 0:
        return MET
    return UNMET if at_least > len(left) else ("count", at_least, left)


def judge(residual: Residual, triggers: Mapping[str, Verdict]) -> Verdict:
    """Judge what is left of a condition by the verdicts of the triggers it names."""
    if isinstance(residual, Verdict):
        return residual
    match residual:
        case ("trigger", str(name)):
            return triggers[name]
        case ("not", (part,)):
            return opposite(judge(part, triggers))
        case ("count", int(at_least), tuple(parts)):
            return enough((judge(part, triggers) for part in parts), at_least=at_least)
        case ("all", tuple(parts)):
            return every(judge(part, triggers) for part in parts)
        case ("any", tuple(parts)):
            return some(judge(part, triggers) for part in parts)
    raise AssertionError(residual)


def nested_in(residual: Residual) -> Iterator[str]:
    """Name the triggers that are left in a condition."""
    if isinstance(residual, tuple):
        if residual[0] == "trigger":
            yield str(residual[1])
        else:
            for part in residual[-1]:  # type: ignore[union-attr]
                yield from nested_in(part)  # type: ignore[arg-type]


def _leaves(part: Part) -> Iterator[Part]:
    if not part.parts:
        yield part
    for inner in part.parts:
        yield from _leaves(inner)
