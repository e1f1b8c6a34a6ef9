"""The metrics of a policy as sums of multiples of the inputs of some weeks, what they divide by held at one number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from escalation.periods import Week
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
    Projection,
    Ratio,
    Sum,
)
from escalation.policy.model import Policy
from escalation.policy.operands import look_back, operands

WHOLE = 1_000_000.0
"""What things are divided by, where the range allows it."""
CANCELLED = 1e-12
"""What is left of factors that cancel out, relative to them."""

Key = tuple[str, int]


class Form(NamedTuple):
    """A sum of multiples of the inputs of some weeks, and a number."""

    terms: Mapping[Key, float]
    number: float = 0.0

    def value(self, figures: Mapping[Key, float]) -> float:
        """Work the sum out."""
        return self.number + math.fsum(factor * figures[key] for key, factor in self.terms.items())

    def times(self, factor: float) -> Form:
        """Multiply by a number."""
        return Form({key: one * factor for key, one in self.terms.items()}, self.number * factor)


class NotLinear(Exception):
    """A metric is no sum of multiples of inputs."""


def added(forms: Sequence[Form]) -> Form:
    """Add some sums."""
    terms: dict[Key, list[float]] = {}
    for form in forms:
        for key, factor in form.terms.items():
            terms.setdefault(key, []).append(factor)
    sums = {key: math.fsum(factors) for key, factors in terms.items()}
    left = {key: one for key, one in sums.items() if abs(one) > CANCELLED * sum(map(abs, terms[key]))}
    return Form(left, math.fsum(form.number for form in forms))


@dataclass(slots=True)
class Linear:
    """The metrics of a policy as sums of inputs; `fixed` holds the inputs that things are divided or multiplied by.

    With `constant` an input is the same in every week, and counts as that of the first.
    """

    policy: Policy
    first: int
    constant: bool = False
    fixed: dict[str, float] = field(default_factory=dict)

    def fix(self, names: Sequence[str]) -> None:
        """Hold at one number whatever some metrics divide by."""
        for name in names:
            metric = self.policy.metrics[name]
            self.fix([operand for _, operand in operands(metric)])
            held = metric.ratio.to if isinstance(metric, Ratio) else metric.per.to if isinstance(metric, Per) else None
            if isinstance(metric, Product) and isinstance(metric.product.by, str):
                held = metric.product.by
            if held is not None:
                self.fixed |= {leaf: _whole(self.policy.inputs[leaf]) for leaf in self.policy.inputs_of(held)}

    def form(self, name: str, week: int) -> Form:
        """Give a metric in a week, counted from the first of the example. Raise NotLinear where it is no such sum."""
        if name in self.fixed:
            return Form({}, self.fixed[name])
        metric = self.policy.metrics[name]
        match metric:
            case InputMetric():
                return Form({(name, 0 if self.constant else week): 1.0})
            case Ratio():
                return self._share(metric.ratio.of, metric.ratio.to, week, 100.0 if metric.unit == PERCENT else 1.0)
            case Per():
                return self._share(metric.per.of, metric.per.to, week, metric.per.scale)
            case Product():
                by = metric.product.by
                return self.form(metric.product.of, week).times(by if isinstance(by, float) else self._held(by, week))
            case Difference(difference=pair) if isinstance(pair.minus, float):
                return added([self.form(pair.of, week), Form({}, -pair.minus)])
            case _:
                return added([self.form(of, week - ago).times(by) for of, ago, by in self._window(metric, week)])

    def back(self, name: str) -> int:
        """Count the weeks before the present one for which a metric needs figures of their own."""
        return 0 if self.constant else reach_back(self.policy, name)

    def _share(self, of: str, to: str, week: int, scale: float) -> Form:
        return self.form(of, week).times(scale / self._held(to, week))

    def _held(self, name: str, week: int) -> float:
        form = self.form(name, week)
        if form.terms or not form.number:
            raise NotLinear(name)
        return form.number

    def _window(self, metric: Metric, week: int) -> Iterator[tuple[str, int, float]]:
        """Say from which metrics, how many weeks ago and how often a metric is added up."""
        match metric:
            case Change(change=window):
                yield from ((window.of, 0, 1.0), (window.of, window.over, -1.0))
            case Mean(mean=window):
                yield from ((window.of, ago, 1 / window.over) for ago in range(window.over))
            case Sum(sum=window):
                yield from ((window.of, ago, 1.0) for ago in range(window.over))
            case Lag(lag=delay):
                yield delay.of, delay.by, 1.0
            case Difference(difference=pair) if isinstance(pair.minus, str):
                yield from ((pair.of, 0, 1.0), (pair.minus, 0, -1.0))
            case Projection(projection=trend):
                middle = (trend.from_last - 1) / 2
                spread = math.fsum((place - middle) ** 2 for place in range(trend.from_last))
                ahead = Week.of(trend.by, self.policy.calendar).number - self.first - week + middle
                for ago in range(trend.from_last):
                    yield trend.of, ago, 1 / trend.from_last + (middle - ago) * ahead / spread
            case _:
                raise NotLinear(str(metric))


def _whole(metric: InputMetric) -> float:
    low, high = metric.bounds
    return min(max(WHOLE, low or 0.0), high if high is not None else WHOLE)


def reach_back(policy: Policy, name: str) -> int:
    """Count the weeks before the present one that a metric looks at, by way of others too."""
    metric = policy.metrics[name]
    below = (reach_back(policy, operand) for _, operand in operands(metric))
    return look_back(metric) + max(below, default=0)
