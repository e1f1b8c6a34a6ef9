"""The value of every metric on a grid of weeks and lanes at once: what `evaluation.readings` gives one by one."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from escalation.periods import last_day_of
from escalation.policy.metrics import InputMetric, Kind, Metric
from escalation.policy.model import Policy
from escalation.whatif.arrays.computed import COMPUTE, Ends, Values, half_up
from escalation.whatif.arrays.margins import margins
from escalation.whatif.arrays.panel import Floats

Parameters = Mapping[str, Floats]
"""Values of parameters that are not the file's, each broadcast over weeks and lanes."""


class Figures:
    """The values of the metrics of a policy, each computed once.

    `inputs` holds the figures on record as a `Panel` has them: float64 arrays [week, ..., lane] that broadcast against
    each other and against `parameters`; `first` is the number of their first week. With `is_carried` earlier figures
    have been carried on, and each stands for its own week only.
    """

    def __init__(
        self,
        policy: Policy,
        inputs: Mapping[str, Floats],
        *,
        first: int,
        parameters: Parameters | None = None,
        is_carried: bool = False,
    ) -> None:
        self.policy = policy
        self.first = first
        self.weeks = len(next(iter(inputs.values())))
        self._inputs = inputs
        self._parameters = parameters or {}
        self._is_carried = is_carried
        self._found: dict[str, Values] = {}
        self._thresholds: dict[float | str, Floats] = {}

    def of(self, name: str) -> Values:
        """Give the values of a metric."""
        if name not in self._found:
            metric = self.policy.metrics[name]
            with np.errstate(all="ignore"):
                if isinstance(metric, InputMetric):
                    self._found[name] = self._on_record(metric, self._inputs[name])
                else:
                    self._found[name] = _checked(metric, COMPUTE[type(metric)](self, metric))
        return self._found[name]

    def seen(self, name: str) -> Floats:
        """Give what is on record of an input."""
        return self._inputs[name]

    @property
    def is_carried(self) -> bool:
        """Whether each figure stands for its own week only."""
        return self._is_carried

    def threshold(self, threshold: float | str) -> Floats:
        """Give a number, or a parameter week by week, so that it broadcasts; not a number where it has no value yet."""
        if threshold not in self._thresholds:
            self._thresholds[threshold] = self._threshold(threshold)
        return self._thresholds[threshold]

    def _threshold(self, threshold: float | str) -> Floats:
        if not isinstance(threshold, str):
            return np.array([threshold])
        if threshold in self._parameters:
            return self._parameters[threshold]
        parameter = self.policy.parameters[threshold]
        if parameter.value is not None:
            return np.array([parameter.value])
        days = [last_day_of(self.policy.calendar, self.first + week) for week in range(self.weeks)]
        values = np.array([math.nan if (value := parameter.on(day)) is None else value for day in days])
        return values.reshape(-1, *[1] * (max(array.ndim for array in self._inputs.values()) - 1))

    def _on_record(self, metric: InputMetric, seen: Floats) -> Values:
        """Carry figures on as long as they may stand (SEMANTICS 2), and leave out what lies outside the range."""
        low, high = metric.bounds
        value = seen if self._is_carried else carried(metric, seen)
        if low is not None:
            value = np.where(value >= low, value, np.nan)
        if high is not None:
            value = np.where(value <= high, value, np.nan)
        ends = None
        if metric.reported is not None:
            step = metric.reported.step
            below, above = {"down": (0.0, step), "up": (step, 0.0), "nearest": (step / 2, step / 2)}[
                metric.reported.how
            ]
            is_up = np.full(value.shape, metric.reported.how == "up")
            ends = Ends(value - below, value + above, is_up, ~is_up)
        if metric.decimals is not None:
            rounded = half_up(value, metric.decimals)
            value = np.where(np.isinf(rounded), np.nan, rounded)
        return Values(value, ends)


def carried(metric: InputMetric, seen: Floats) -> Floats:
    """Let the newest figure on record stand for later weeks, as long as it may; what cannot be used is none."""
    max_age = None if metric.kind is Kind.ATTRIBUTE else metric.max_age
    stands = seen
    if max_age != 0:
        weeks = np.arange(len(seen)).reshape(-1, *[1] * (seen.ndim - 1))
        newest = np.maximum.accumulate(np.where(np.isnan(seen), -1, weeks), axis=0)
        stands = np.take_along_axis(seen, np.maximum(newest, 0), axis=0)
        if max_age is not None:
            stands = np.where(weeks - newest <= max_age, stands, np.nan)
    return np.where(np.isinf(stands), np.nan, stands)


def _checked(metric: Metric, found: Values) -> Values:
    """Round what was computed, and leave out what is no number or lies outside its range (SEMANTICS 3)."""
    value = found.value if metric.decimals is None else half_up(found.value, metric.decimals)
    fits = np.isfinite(value)
    low, high = metric.bounds
    if low is not None:
        fits &= ~(value <= margins(np.array(low)).less)
    if high is not None:
        fits &= ~(value >= margins(np.array(high)).more)
    return found._replace(value=np.where(fits, value, np.nan))
