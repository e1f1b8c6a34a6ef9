"""The answers to the questions of a policy's conditions, for all weeks and lanes at once (SEMANTICS 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from escalation.policy.conditions import Operator
from escalation.whatif.circuit import Key
from escalation.whatif.computed import Values
from escalation.whatif.figures import Figures
from escalation.whatif.margins import margins
from escalation.whatif.panel import Floats
from escalation.whatif.wiring import Comparing, Question
from escalation.whatif.words import NONE, Words, laned, spread


class Relations(NamedTuple):
    """Where a value can be less than a threshold, equal to it, more; nowhere where there is no value."""

    less: Words
    equal: Words
    more: Words


HOLDING: dict[Operator, tuple[str, ...]] = {
    Operator.BELOW: ("less",),
    Operator.AT_MOST: ("less", "equal"),
    Operator.ABOVE: ("more",),
    Operator.AT_LEAST: ("equal", "more"),
    Operator.EQUAL_TO: ("equal",),
}


def answers(figures: Figures, questions: Sequence[Question]) -> dict[Key, Words]:
    """Give the inputs `met Q` and `unmet Q` of a circuit, words [week, ..., word]; neither for unknown."""
    found: dict[Key, Words] = {}
    for place, question in enumerate(questions):
        found[Key("met", place)], found[Key("unmet", place)] = _answered(figures, question)
    return found


def _answered(figures: Figures, question: Question) -> tuple[Words, Words]:
    if isinstance(question, Comparing):
        return _compared(figures, question)
    value = figures.of(question.judgement).value
    yes = laned(value == 1)
    return yes, laned(~np.isnan(value)) & ~yes


def _compared(figures: Figures, question: Comparing) -> tuple[Words, Words]:
    """Judge all values that a figure may stand for: met where the operator holds for each, unmet where for none."""
    values, threshold = figures.of(question.metric), figures.threshold(question.threshold)
    there, in_force = laned(~np.isnan(values.value)), spread(~np.isnan(threshold))
    holding, failing = NONE, NONE
    for name, possible in relations(values, threshold)._asdict().items():
        if name in HOLDING[question.operator]:
            holding = holding | possible
        else:
            failing = failing | possible
    met, unmet = holding & ~failing & there & in_force, failing & ~holding & there & in_force
    if question.missing == "met":
        met = met | (in_force & ~there)
    elif question.missing == "unmet":
        unmet = unmet | (in_force & ~there)
    return met, unmet


def relations(values: Values, threshold: Floats) -> Relations:
    """Compare values, or the ends between which they lie, with a threshold."""
    less_to, more_from = margins(threshold)
    if values.ends is None:
        less, more = laned(values.value <= less_to), laned(values.value >= more_from)
        return Relations(less, ~(less | more), more)
    low, high, open_low, open_high = values.ends
    low_less, high_more = laned(low <= less_to), laned(high >= more_from)
    low_equal = ~(low_less | laned(low >= more_from)) & ~laned(open_low)
    high_equal = ~(high_more | laned(high <= less_to)) & ~laned(open_high)
    return Relations(low_less, (low_less & high_more) | low_equal | high_equal, high_more)
