"""The answers to the questions of a policy's conditions, for all weeks and lanes at once (SEMANTICS 4)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from escalation.policy.conditions import Operator
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.computed import Values, ends_of
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.margins import margins
from escalation.whatif.arrays.packing import COMPILED, Asked, answered, at_least, at_most, is_plain, present
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.sheet import Sheeting
from escalation.whatif.arrays.wiring import Comparing, Question
from escalation.whatif.arrays.words import Words, laned, spread, words_for

HOLDING: dict[Operator, tuple[str, ...]] = {
    Operator.BELOW: ("less",),
    Operator.AT_MOST: ("less", "equal"),
    Operator.ABOVE: ("more",),
    Operator.AT_LEAST: ("equal", "more"),
    Operator.EQUAL_TO: ("equal",),
}
"""The relations to a threshold on which an operator holds."""


def answers(figures: Figures, questions: Sequence[Question]) -> dict[Key, Words]:
    """Give the inputs `met Q` and `unmet Q` of a circuit, words [week, ..., word]; neither for unknown."""
    asked = dict(enumerate(questions))
    found = by_numba(figures, asked) if COMPILED in sys.modules else {}
    found |= by_rows(figures, {place: one for place, one in asked.items() if Key("met", place) not in found})
    left = {place: one for place, one in asked.items() if Key("met", place) not in found}
    return {**found, **by_numpy(figures, left)}


def by_numba(figures: Figures, questions: Mapping[int, Question]) -> dict[Key, Words]:
    """Give those of the answers, by their places, that the compiled engine can: to comparisons of drawn figures.

    Raise ImportError where numba is not installed.
    """
    sheeting = Sheeting(figures)
    taken = {place: one for place, one in questions.items() if isinstance(one, Comparing) and sheeting.takes(one)}
    drawn = [figures.seen(name) for name in sheeting.drawn]
    known = [figures.seen(name) for name in sheeting.known]
    if not taken or len({one.shape for one in drawn} | {(*one.shape[:-1], drawn[0].shape[-1]) for one in known}) > 1:
        return {}
    from escalation.whatif.arrays import judging  # noqa: PLC0415 - an extra, and slow to load

    weeks, *between, draws = drawn[0].shape
    size = (weeks, int(np.prod(between)))
    every = drawn[0][np.newaxis] if len(drawn) == 1 else np.array(drawn)
    stood = np.array(known, dtype=np.float64).reshape(len(known), *size)
    found = np.empty((*size, 2, len(taken), words_for(draws)), dtype=np.uint64)
    judging.judge(sheeting.sheet([*taken.values()]), every.reshape(-1, *size, draws), stood, found)
    shaped = found.reshape(weeks, *between, *found.shape[2:])
    named = [("met", 0), ("unmet", 1)]
    return {Key(what, place): shaped[..., side, q, :] for what, side in named for q, place in enumerate(taken)}


def by_rows(figures: Figures, questions: Mapping[int, Question]) -> dict[Key, Words]:
    """Give those of the answers, by their places, that compiled code finds in one reading of the values of a metric."""
    found: dict[Key, Words] = {}
    for name in {one.metric: None for one in questions.values() if isinstance(one, Comparing)}:
        values = figures.of(name)
        own = {place: one for place, one in questions.items() if isinstance(one, Comparing) and one.metric == name}
        thresholds = [figures.threshold(one.threshold) for one in own.values()]
        if values.ends is None and is_plain(values.value, thresholds):
            asked = zip(own.values(), thresholds, strict=True)
            words = answered(values.value, [Asked(one.operator, margins(at), one.missing) for one, at in asked])
            for q, place in enumerate(own):
                found[Key("met", place)], found[Key("unmet", place)] = words[0, q], words[1, q]
    return found


def by_numpy(figures: Figures, questions: Mapping[int, Question]) -> dict[Key, Words]:
    """Give the answers to questions by their places."""
    found: dict[Key, Words] = {}
    values = {one.metric: figures.of(one.metric) for one in questions.values() if isinstance(one, Comparing)}
    there = {name: present(one.value) for name, one in values.items()}
    for place, question in questions.items():
        if isinstance(question, Comparing):
            threshold = figures.threshold(question.threshold)
            met, unmet = _compared(question, values[question.metric], there[question.metric], threshold)
        else:
            value = figures.of(question.judgement).value
            met = laned(value == 1)
            unmet = present(value) & ~met
        found[Key("met", place)], found[Key("unmet", place)] = met, unmet
    return found


def _compared(question: Comparing, values: Values, there: Words, threshold: Floats) -> tuple[Words, Words]:
    """Judge all values that a figure may stand for: met where the operator holds for each, unmet where for none."""
    relate = _of_one if values.ends is None else _of_several
    holding, failing = relate(values, threshold, HOLDING[question.operator])
    in_force = spread(~np.isnan(threshold))
    there_and_in_force = there & in_force
    met, unmet = holding & there_and_in_force, failing & there_and_in_force
    if question.missing == "met":
        met |= in_force & ~there
    elif question.missing == "unmet":
        unmet |= in_force & ~there
    return met, unmet


def _of_one(values: Values, threshold: Floats, holding: Sequence[str]) -> tuple[Words, Words]:
    """Compare exact values: what does not hold fails."""
    less_to, more_from = margins(threshold)
    value = values.value
    match holding:
        case ("less",):
            met = at_most(value, less_to)
        case ("equal", "more"):
            met = ~at_most(value, less_to)
        case ("more",):
            met = at_least(value, more_from)
        case ("less", "equal"):
            met = ~at_least(value, more_from)
        case _:
            met = ~(at_most(value, less_to) | at_least(value, more_from))
    return met, ~met


def _of_several(values: Values, threshold: Floats, holding: Sequence[str]) -> tuple[Words, Words]:
    """Compare the ends between which values lie."""
    possible = relations(values, threshold)._asdict()
    held = [words for name, words in possible.items() if name in holding]
    other = [words for name, words in possible.items() if name not in holding]
    can_hold, can_fail = (
        np.bitwise_or.reduce(np.broadcast_arrays(*held)),
        np.bitwise_or.reduce(np.broadcast_arrays(*other)),
    )
    return can_hold & ~can_fail, can_fail & ~can_hold


class Relations(NamedTuple):
    """Where a value can be less than a threshold, equal to it, more; nowhere where there is no value."""

    less: Words
    equal: Words
    more: Words


def relations(values: Values, threshold: Floats) -> Relations:
    """Compare the ends between which values lie with a threshold."""
    less_to, more_from = margins(threshold)
    low, high, open_low, open_high = ends_of(values)
    low_less, high_more = at_most(low, less_to), at_least(high, more_from)
    low_equal = ~(low_less | at_least(low, more_from)) & ~laned(open_low)
    high_equal = ~(high_more | at_most(high, less_to)) & ~laned(open_high)
    return Relations(low_less, (low_less & high_more) | low_equal | high_equal, high_more)
