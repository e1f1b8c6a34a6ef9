"""Computed metrics and comparisons as numbers for the compiled engine: what it does with 64 draws, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from escalation.policy.conditions import Operator
from escalation.policy.metrics import (
    PERCENT,
    Change,
    Difference,
    InputMetric,
    Lag,
    Mean,
    Metric,
    Per,
    Product,
    Ratio,
    Sum,
)
from escalation.policy.operands import operands
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.margins import margins
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.program import Places
from escalation.whatif.arrays.wiring import Comparing

DRAWN, KNOWN, DIVIDE, SUBTRACT, MULTIPLY, ADD_UP, EARLIER = range(7)
"""What a step does: takes a drawn figure or a known one; divides two rows and scales; subtracts or multiplies two, the
second a number where it is `NUMBER`; adds weeks up and divides; takes an earlier week."""
NUMBER = -1
BELOW, AT_LEAST, ABOVE, AT_MOST, EQUAL_TO = range(5)
OPERATORS: Mapping[Operator, int] = {
    Operator.BELOW: BELOW,
    Operator.AT_LEAST: AT_LEAST,
    Operator.ABOVE: ABOVE,
    Operator.AT_MOST: AT_MOST,
    Operator.EQUAL_TO: EQUAL_TO,
}
UNKNOWN, MET, UNMET = range(3)
MISSING: Mapping[str | None, int] = {None: UNKNOWN, "met": MET, "unmet": UNMET}


class Step(NamedTuple):
    """A metric: what is done with which others; values not between `low` and `high`, both excluded, are none."""

    what: int
    left: int
    right: int
    weeks: int
    number: float
    low: float
    high: float


class Sheet(NamedTuple):
    """Steps [step, what left right weeks] with their `numbers` [step, number low high], and what is asked of them.

    `asked` [question, step operator missing] and the margins `less` and `more` [question, week] of the thresholds,
    which are not numbers where none is in force.
    """

    steps: Places
    numbers: Floats
    asked: Places
    less: Floats
    more: Floats


class Sheeting:
    """Makes a sheet of the questions that rest on drawn figures and on operations that the compiled engine knows."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.drawn: list[str] = []
        self.known: list[str] = []
        self._steps: dict[str, int | None] = {}
        self._made: list[Step] = []
        self._is_drawn: list[bool] = []

    def takes(self, question: Comparing) -> bool:
        """Say whether a question can be answered; one of a figure on record is answered by numpy as fast."""
        if not self.figures.is_carried or isinstance(self.figures.policy.metrics[question.metric], InputMetric):
            return False
        threshold = self.figures.threshold(question.threshold)
        step = self.step(question.metric)
        return threshold.size == len(threshold) and step is not None and self._is_drawn[step]

    def step(self, name: str) -> int | None:
        """Give the step of a metric; nothing where the engine does not know how."""
        if name not in self._steps:
            metric = self.figures.policy.metrics[name]
            made = None if metric.decimals is not None else self._input(metric, name) or self._computed(metric)
            if made is not None:
                self._made.append(made)
            self._steps[name] = None if made is None else len(self._made) - 1
        return self._steps[name]

    def _input(self, metric: Metric, name: str) -> Step | None:
        if not isinstance(metric, InputMetric) or metric.reported is not None:
            return None
        is_drawn = self.figures.seen(name).shape[-1] > 1
        self._is_drawn.append(is_drawn)
        listed = self.drawn if is_drawn else self.known
        listed.append(name)
        low, high = metric.bounds
        lowest = -np.inf if low is None else np.nextafter(low, -np.inf)
        highest = np.inf if high is None else np.nextafter(high, np.inf)
        return Step(DRAWN if is_drawn else KNOWN, len(listed) - 1, 0, 0, 0.0, lowest, highest)

    def _computed(self, metric: Metric) -> Step | None:
        names = [operand for _, operand in operands(metric)]
        steps = [self.step(one) for one in names]
        if isinstance(metric, InputMetric) or None in steps:
            return None
        left = steps[0] or 0
        right = left if isinstance(metric, Change) else (steps[1] or 0) if len(steps) > 1 else NUMBER
        low, high = metric.bounds
        lowest = -np.inf if low is None else float(margins(np.array(low)).less)
        highest = np.inf if high is None else float(margins(np.array(high)).more)
        found = done(metric)
        if found is None:
            return None
        what, weeks, number = found
        self._is_drawn.append(any(self._is_drawn[one] for one in steps if one is not None))
        return Step(what, left, right, weeks, number, lowest, highest)

    def sheet(self, questions: Sequence[Comparing]) -> Sheet:
        """Lay out the steps and some questions that it takes."""
        weeks = self.figures.weeks
        around = [margins(self.figures.threshold(one.threshold).reshape(-1)) for one in questions]
        asked = [(self.step(one.metric), OPERATORS[one.operator], MISSING[one.missing]) for one in questions]
        return Sheet(
            steps=np.array([one[:4] for one in self._made], dtype=np.int64),
            numbers=np.array([one[4:] for one in self._made], dtype=np.float64),
            asked=np.array(asked, dtype=np.int64),
            less=np.array([np.broadcast_to(one.less, weeks) for one in around]),
            more=np.array([np.broadcast_to(one.more, weeks) for one in around]),
        )


def done(metric: Metric) -> tuple[int, int, float] | None:
    """Give what is done for a metric, over how many weeks, and with which number."""
    match metric:
        case Ratio():
            return DIVIDE, 0, 100.0 if metric.unit == PERCENT else 1.0
        case Per():
            return DIVIDE, 0, float(metric.per.scale)
        case Change():
            return SUBTRACT, metric.change.over, 0.0
        case Difference():
            return SUBTRACT, 0, _number(metric.difference.minus)
        case Product():
            return MULTIPLY, 0, _number(metric.product.by)
        case Sum():
            return ADD_UP, metric.sum.over, 1.0
        case Mean():
            return ADD_UP, metric.mean.over, float(metric.mean.over)
        case Lag():
            return EARLIER, metric.lag.by, 0.0
        case _:
            return None


def _number(operand: str | float) -> float:
    return 0.0 if isinstance(operand, str) else float(operand)
