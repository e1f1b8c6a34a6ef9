"""An example that sets computed metrics directly, made again of figures that can be observed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from graphlib import TopologicalSorter

from escalation.checks.exact.witness import Witness, replayed
from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
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
    operands,
)
from escalation.policy.model import Policy

WHOLE = 1000.0
"""What is divided by where nothing else is known of it: shares in percent come out as short numbers."""

Values = dict[int, float | None]
Fill = Callable[[Values, int], float | None]


class _Unsolved(Exception):
    """No figures of the inputs were found that give the values wanted."""


def in_figures(ladders: tuple[Ladder, Ladder], witness: Witness) -> Witness | None:
    """Give an example in observed figures only; none where no such was found that both engines confirm.

    Values are carried back from each metric to what it is computed from; weeks of which nothing is wanted are filled in
    one way after the other until both policies recommend in the last week what they do on the example.
    """
    if not witness.derived:
        return witness
    policy = ladders[1].policy
    try:
        wanted = _Wanted(policy, witness).solved()
    except _Unsolved:
        return None
    for fill in (_held, _between, _missing):
        figures = _observed(policy, witness, wanted, fill)
        if _agree(ladders, witness, figures):
            return figures
    return None


class _Wanted:
    """What is wanted of each metric in each week, counted from the start of an example; None: no value."""

    def __init__(self, policy: Policy, witness: Witness) -> None:
        self.policy = policy
        self.values: dict[str, Values] = {name: dict(enumerate(series)) for name, series in witness.series.items()}

    def solved(self) -> dict[str, Values]:
        """Carry all that is wanted back to the inputs."""
        edges = {name: {of for _, of in operands(metric)} for name, metric in self.policy.metrics.items()}
        for name in reversed([*TopologicalSorter(edges).static_order()]):
            metric = self.policy.metrics[name]
            if not isinstance(metric, InputMetric):
                for week, value in sorted(self.values.get(name, {}).items()):
                    for operand, at, part in self._carried(metric, week, value):
                        self._want(operand, at, part)
        return {name: values for name, values in self.values.items() if name in self.policy.inputs}

    def _want(self, name: str, week: int, value: float | None) -> None:
        known = self.values.setdefault(name, {}).setdefault(week, value)
        if (known is None) is not (value is None) or not math.isclose(known or 0.0, value or 0.0, abs_tol=1e-9):
            raise _Unsolved

    def _known(self, name: str, week: int, otherwise: float) -> float:
        found = self.values.get(name, {}).get(week)
        if found is not None:
            return found
        low, high = self.policy.metrics[name].bounds
        return max(low if low is not None else otherwise, min(high if high is not None else otherwise, otherwise))

    def _carried(self, metric: Metric, week: int, value: float | None) -> Iterator[tuple[str, int, float | None]]:
        """Give what operands must be in which weeks for a metric to have a value in a week."""
        match metric:
            case Lag(lag=delay):
                yield delay.of, week - delay.by, value
            case Change(change=window):
                yield from self._change(window.of, week, week - window.over, value)
            case _ if value is None:
                yield operands(metric)[0][1], week, None
            case Ratio(ratio=pair):
                yield from self._quotient(pair.of, pair.to, week, value / (100.0 if metric.unit == PERCENT else 1.0))
            case Per(per=scaled):
                yield from self._quotient(scaled.of, scaled.to, week, value / scaled.scale)
            case Mean(mean=window):
                yield from self._total(window.of, week, window.over, value * window.over)
            case Sum(sum=window):
                yield from self._total(window.of, week, window.over, value)
            case Difference() | Product():
                yield from self._arithmetic(metric, week, value)
            case Projection(projection=trend):
                yield from ((trend.of, week - ago, value) for ago in range(trend.from_last))
            case _:
                raise _Unsolved

    def _arithmetic(self, metric: Difference | Product, week: int, value: float) -> Iterator[tuple[str, int, float]]:
        """Leave the second operand as it is, 0 or 1 where nothing is wanted of it, and give the first the rest."""
        if isinstance(metric, Difference):
            of, second, neutral = metric.difference.of, metric.difference.minus, 0.0
        else:
            of, second, neutral = metric.product.of, metric.product.by, 1.0
        known = second if isinstance(second, float) else self._known(second, week, neutral)
        if isinstance(second, str):
            yield second, week, known
        if isinstance(metric, Difference):
            yield of, week, value + known
        elif known:
            yield of, week, value / known

    def _quotient(self, of: str, to: str, week: int, share: float) -> Iterator[tuple[str, int, float]]:
        whole = self._known(to, week, WHOLE)
        yield to, week, whole
        yield of, week, share * whole

    def _change(self, of: str, now: int, then: int, value: float | None) -> Iterator[tuple[str, int, float | None]]:
        known = self.values.get(of, {})
        if value is None:
            yield (of, now, None) if then in known else (of, then, None)
            return
        after = known.get(now)
        before = after - value if after is not None else self._known(of, then, max(0.0, -value))
        yield of, then, before
        yield of, now, before + value

    def _total(self, of: str, week: int, over: int, total: float) -> Iterator[tuple[str, int, float]]:
        earlier = [self._known(of, at, total / over) for at in range(week - over + 1, week)]
        yield from ((of, week - over + 1 + index, part) for index, part in enumerate(earlier))
        yield of, week, total - math.fsum(earlier)


def _missing(values: Values, week: int) -> float | None:
    return values.get(week)


def _held(values: Values, week: int) -> float | None:
    """Give the figure of the week, or the last one before it, or the first one."""
    if week in values:
        return values[week]
    known = [at for at, value in values.items() if value is not None]
    near = max((at for at in known if at < week), default=min(known, default=None))
    return values[near] if near is not None else None


def _between(values: Values, week: int) -> float | None:
    """Give the figure of the week, or what lies on the line between the ones about it."""
    known = sorted(at for at, value in values.items() if value is not None)
    before, after = [at for at in known if at < week], [at for at in known if at > week]
    if week in values or not before or not after:
        return _held(values, week)
    (first, low), (last, high) = ((at, values[at] or 0.0) for at in (before[-1], after[0]))
    return low + (high - low) * (week - first) / (last - first)


def _observed(policy: Policy, witness: Witness, wanted: dict[str, Values], fill: Fill) -> Witness:
    """Make an example of figures; one that begins earlier has the stage take effect as much later."""
    first = min((week for values in wanted.values() for week in values), default=0)
    weeks = range(min(first, 0), witness.length)
    shift = -weeks.start
    series = {}
    for name, values in wanted.items():
        way = _missing if name in policy.judgements else fill
        series[name] = tuple(round(figure, 9) if (figure := way(values, week)) is not None else None for week in weeks)
    return replace(
        witness,
        start=witness.start - shift,
        dwell=witness.dwell - shift,
        series=series,
        derived=(),
        decisions=tuple((index + shift, stage) for index, stage in witness.decisions),
        expected=tuple((index + shift, *rest) for index, *rest in witness.expected),  # type: ignore[misc]
    )


def _agree(ladders: tuple[Ladder, Ladder], one: Witness, other: Witness) -> bool:
    """Say whether both policies recommend the same in the last week of two examples."""
    try:
        return all(_last(ladder, one) == _last(ladder, other) for ladder in ladders)
    except RequestError:
        return False


def _last(ladder: Ladder, witness: Witness) -> tuple[object, ...]:
    evaluation = replayed(ladder, witness)[witness.length - 1]
    return evaluation.recommendation, evaluation.to, evaluation.move
