"""The engines of a search: one for each law, in each of the worlds that attributes of a region make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from escalation.checks.exact.budget import Budget, NotProved
from escalation.checks.exact.cells import Axis, axes
from escalation.checks.exact.laws import Times
from escalation.checks.exact.letters import Letter, Subject, letters
from escalation.checks.exact.stepper import Stepper
from escalation.policy.metrics import InputMetric, Kind

Alphabet = tuple[Letter, ...]


def worlds(
    subjects: Sequence[Subject], when: Times, *, gaps: bool, budget: Budget
) -> tuple[Times, tuple[tuple[Stepper, ...], ...]]:
    """Make the engines of each ladder under each law in each world, all for the same letters.

    An attribute does not change, so that what is met by one value of it in a week and by another one in the next is no
    way. Values that no condition tells apart, under whatever law, are one world.
    """
    weeks = [when.week_of(law) for law in range(max(when.laws) + 1)]
    distinct: dict[object, tuple[Alphabet, ...]] = {}
    for world in _alphabets(subjects, weeks, gaps=gaps, budget=budget):
        distinct.setdefault(tuple(frozenset(one.residuals for one in alphabet) for alphabet in world), world)
        if sum(len(alphabet) for one in distinct.values() for alphabet in one) > budget.letters * len(weeks):
            raise NotProved(f"the conditions tell more than {budget.letters} kinds of weeks apart")
    found: list[list[Stepper]] = [[] for _ in subjects]
    for world in distinct.values():
        for week, alphabet in zip(weeks, world, strict=True):
            start = 0
            for steppers, one in zip(found, subjects, strict=True):
                end = start + len(one.triggers) + len(one.judgements)
                own = tuple(letter._replace(residuals=letter.residuals[start:end]) for letter in alphabet)
                steppers.append(Stepper(one, week, own))
                start = end
    return when.in_worlds(len(distinct)), tuple(tuple(steppers) for steppers in found)


def _alphabets(
    subjects: Sequence[Subject], weeks: Sequence[int], *, gaps: bool, budget: Budget
) -> Iterator[tuple[Alphabet, ...]]:
    """Give the letters under each law, once for each combination of cells of the attributes."""
    asked = [(one.ladder.policy, one.triggers) for one in subjects]
    cut = [axes(asked, [week], gaps=gaps) for week in weeks]
    fixed = [axis for axis in axes(asked, weeks, gaps=gaps).values() if _is_fixed(subjects, axis.name)]
    for cells in product(*(axis.cells for axis in fixed)):
        chosen: Mapping[str, Axis] = {
            axis.name: Axis(axis.name, (cell,)) for axis, cell in zip(fixed, cells, strict=True)
        }
        yield tuple(
            letters(subjects, {name: chosen.get(name, axis) for name, axis in cut[place].items()}, week, budget)
            for place, week in enumerate(weeks)
        )


def _is_fixed(subjects: Sequence[Subject], name: str) -> bool:
    """Say whether an axis is an attribute of a region."""
    metrics = (one.ladder.policy.metrics.get(name) for one in subjects)
    return any(isinstance(metric, InputMetric) and metric.kind is Kind.ATTRIBUTE for metric in metrics)
