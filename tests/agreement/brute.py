"""Everything that can happen to a policy in some weeks, tried out on the engine with every figure of a small grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from escalation.evaluation.condition import Nested, Part, Situation
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.standing import NONE, Standing, Streak, enter
from escalation.evaluation.step import Evaluation, count, is_adoptable, step
from escalation.evaluation.truth import MET
from escalation.observations import tabulate
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy

GRID = (0.0, 0.4, 0.5, 1.0, 1.3, 1.5, 2.0, 2.4, 2.5, 3.0, None)
ANSWERS = (1.0, 0.0, None)
Values = tuple[tuple[str, float | None], ...]


class Place(NamedTuple):
    """A week and the standing before it."""

    week: int
    standing: Standing


@dataclass(slots=True)
class Seen:
    """By what was seen, the fewest weeks from the start of the first stage."""

    reached: dict[str, int] = field(default_factory=dict)
    fired: dict[str, int] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    together: set[tuple[str, str, str]] = field(default_factory=set)
    stepped: set[tuple[str, str]] = field(default_factory=set)

    def note(self, evaluation: Evaluation, age: int) -> None:
        """Take down what a week recommends."""
        exits = evaluation.ladder.exits[evaluation.stage]
        met = [one.move for one, guards in zip(exits, evaluation.guards, strict=True) if set(guards) <= {MET}]
        self.met |= {move.name for move in met}
        self.together |= {
            (evaluation.stage, one.name, other.name)
            for index, one in enumerate(met)
            for other in met[index + 1 :]
            if one.to != other.to
        }
        if is_adoptable(evaluation):
            self.reached.setdefault(str(evaluation.to), age)
            self.fired.setdefault(str(evaluation.move), age)
            self.stepped.add((evaluation.stage, str(evaluation.to)))


def tried(policy: Policy, *, weeks: int, starts: Sequence[int], early: int = 4) -> Seen:
    """Try every figure in every week, and follow or not follow what is recommended.

    The first stage takes effect in any of the weeks `starts`; the data have begun up to `early` weeks before.
    """
    ladder = Ladder(policy)
    span = range(min(starts) - early, max(starts) + weeks)
    some = figures((ladder,), span[0], values_of(policy))
    weekly = {
        week: [one for (one,) in figures((ladder,), week, values_of(policy) if _is_dated(policy) else some.values())]
        for week in span
    }
    seen = Seen()
    known: set[Place] = set()
    current = {place for start in starts for place in _begun(ladder, weekly, start, early)}
    for age in range(weeks):
        following: set[Place] = set()
        for place in current - known:
            for readings in weekly[place.week]:
                evaluation = step(ladder, place.standing, readings, place.week)
                seen.note(evaluation, age)
                following |= {Place(place.week + 1, after) for after in _afterwards(policy, evaluation)}
        known |= current
        current = following
    return seen


def _begun(ladder: Ladder, weekly: Mapping[int, Iterable[Readings]], start: int, early: int) -> set[Place]:
    """Give the standings with which the first stage can begin."""
    none: tuple[Streak, ...] = (NONE,) * len(ladder.triggers)
    streaks = {none}
    for week in range(start - early, start):
        counted = {
            plain(count(ladder, before, Situation(readings, week, -1)))
            for before in streaks
            for readings in weekly[week]
        }
        streaks = counted | {none}
    return {Place(start, Standing(ladder.policy.stages[0].name, -1, one)) for one in streaks}


def plain(streaks: tuple[Streak, ...]) -> tuple[Streak, ...]:
    """Give streaks without what is wanting for them."""
    return tuple(Streak(one.least, one.most) for one in streaks)


def _afterwards(policy: Policy, evaluation: Evaluation) -> Iterator[Standing]:
    standing = evaluation.standing._replace(streaks=plain(evaluation.standing.streaks))
    yield standing
    if is_adoptable(evaluation):
        yield enter(policy, standing, str(evaluation.to))


def _is_dated(policy: Policy) -> bool:
    return any(one.dated is not None for one in policy.parameters.values())


def figures(ladders: Sequence[Ladder], week: int, grid: Iterable[Values]) -> dict[tuple[Readings, ...], Values]:
    """Give the readings of a grid of figures for each policy; of those that no comparison tells apart only one."""
    found: dict[object, tuple[tuple[Readings, ...], Values]] = {}
    for values in grid:
        told: list[object] = [value for name, value in values if name == "ready"]
        readings = []
        for ladder in ladders:
            known = tabulate(ladder.policy.calendar, [("R", week, *value) for value in values])
            readings.append(Readings(ladder.policy, known, "R"))
            situation = Situation(readings[-1], week, 1)
            told += [leaf.verdict(situation) for part in ladder.conditions.values() for leaf in _leaves(part)]
        found.setdefault(tuple(told), (tuple(readings), values))
    return dict(found.values())


def _leaves(part: Part) -> Iterator[Part]:
    if not part.parts and not isinstance(part, Nested):
        yield part
    for inner in part.parts:
        yield from _leaves(inner)


def values_of(policy: Policy) -> list[Values]:
    """Give every combination of the figures that the inputs of a policy can have in one week."""
    names = list(policy.inputs)
    grids = [ANSWERS if policy.inputs[name].kind is Kind.JUDGEMENT else GRID for name in names]
    return [tuple(zip(names, values, strict=True)) for values in product(*grids)]
