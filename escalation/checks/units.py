"""Rules on units and ranges: 55 or 0.55, people or percent, thresholds that no value can reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.checks.registry import rule
from escalation.diagnostics import Severity
from escalation.policy.metrics import PERCENT
from escalation.policy.thresholds import SMALL_PERCENTAGES, comparisons, thresholds, values

if TYPE_CHECKING:
    from escalation.checks.registry import Finding
    from escalation.policy.model import Policy


def is_outside(value: float, bounds: tuple[float | None, float | None]) -> bool:
    """Say whether a value lies outside a range."""
    low, high = bounds
    return (low is not None and value < low) or (high is not None and value > high)


def _range(bounds: tuple[float | None, float | None]) -> str:
    low, high = bounds
    if low is None:
        return f"at most {high:.15g}"
    return f"at least {low:.15g}" if high is None else f"from {low:.15g} to {high:.15g}"


@rule(
    "threshold-outside-range",
    severity=Severity.ERROR,
    help="correct the threshold, or the `range` of the metric",
)
def threshold_outside_range(policy: Policy) -> Iterator[Finding]:
    """A metric is compared with a number that it can never take.

    The comparison comes out the same every week, whatever the data say: a trigger that can never be met, or always
    is. A percentage goes from 0 to 100 unless its `range` says otherwise.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: 700}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: 70}, missing: unknown}
    """
    for route, name, value in thresholds(policy):
        bounds = policy.metrics[name].bounds
        if is_outside(value, bounds):
            yield route, f"`{name}` is compared with {value:.15g}, but is {_range(bounds)}"


@rule(
    "fraction-for-percent",
    severity=Severity.WARNING,
    help="write 55 for 55 %; where less than one percent is meant, give the metric a `range` up to 10 at most",
)
def fraction_for_percent(policy: Policy) -> Iterator[Finding]:
    """A percentage is compared with a number between 0 and 1.

    The metric counts to 100, and the threshold looks like a share of 1: is 0.55 half a percent, or 55 %? Where
    fractions of a percent are compared, the `range` of the metric says so by ending at 10 or below.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: 0.55}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
          fatality: {unit: percent, kind: level, range: [0, 5]}
        triggers:
          done: {when: {metric: coverage, at_least: 55}, missing: unknown}
          deadly: {when: {metric: fatality, above: 0.5}, missing: unknown}
    """
    for route, name, value in thresholds(policy):
        high = policy.metrics[name].bounds[1]
        if policy.units[name] == PERCENT and 0 < value < 1 and (high is None or high > SMALL_PERCENTAGES):
            yield route, f"`{name}` is in percent, and is compared with {value:.15g}"


@rule("unit-mismatch", severity=Severity.ERROR, help="compare numbers of one unit, or correct the `unit` that is wrong")
def unit_mismatch(policy: Policy) -> Iterator[Finding]:
    """A metric is compared with a parameter of another unit.

    Nobody can say what people against percent means. A metric computed from others has the unit of its operation
    where it states none.

    Bad:

        parameters:
          target: {unit: people, value: 70}
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: target}, missing: unknown}

    Good:

        parameters:
          target: {unit: percent, value: 70}
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: target}, missing: unknown}
    """
    for route, name, limits in comparisons(policy):
        unit = policy.units[name]
        for operator, limit in limits.limits:
            other = policy.parameters[limit].unit if isinstance(limit, str) else None
            if unit is not None and other is not None and _plain(unit) != _plain(other):
                yield (*route, operator.value), f"`{name}` is in {unit}, and `{limit}` in {other}"


@rule("parameter-outside-range", severity=Severity.ERROR, help="correct the value, or the `range` of the parameter")
def parameter_outside_range(policy: Policy) -> Iterator[Finding]:
    """A parameter has a value outside the range that it declares.

    The range says which values make sense, for reviewers and for what-if questions; a percentage goes from 0 to 100
    unless it says otherwise.

    Bad:

        parameters:
          target: {unit: percent, value: 7, range: [40, 95]}

    Good:

        parameters:
          target: {unit: percent, value: 70, range: [40, 95]}
    """
    for name, parameter in policy.parameters.items():
        for inner, value in values(parameter):
            if is_outside(value, parameter.bounds):
                route = ("parameters", name, *inner)
                yield route, f"`{name}` has the value {value:.15g}, but is {_range(parameter.bounds)}"


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().split())
