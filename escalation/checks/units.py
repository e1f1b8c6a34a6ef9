"""Rules on units and ranges: 55 or 0.55, people or percent, thresholds that no value can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.checks.extents import computed_extent
from escalation.checks.registry import rule
from escalation.diagnostics import Severity
from escalation.policy.metrics import PERCENT, InputMetric, Product, Ratio
from escalation.policy.thresholds import SMALL_PERCENTAGES, comparisons, thresholds, values

if TYPE_CHECKING:
    from escalation.checks.registry import Finding
    from escalation.policy.model import Policy

WHOLE = 100
LIKE_PERCENT = frozenset(("percent", "%", "pct", "pct.", "per cent", "percentage", "persen", "prosen"))

MANY = re.compile(
    r"\d[.,\s]?000\b|\d\s?k\b|\d\s?(m|mio|mn)\b|\b(thousand|million|ribu|juta|mille|hundred)s?\b|\b1e[3-9]\b|‰",
    re.IGNORECASE,
)
"""Words and numbers for a thousand or more in a unit."""
PER_MANY = re.compile(rf"(\b(per|tiap|setiap)\b|/)[^,;]*?({MANY.pattern})", re.IGNORECASE)


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


@rule(
    "share-of-other-units",
    severity=Severity.INFO,
    help="divide a part by its whole, or give the metric another unit; nothing to do where such a share is usual",
)
def share_of_other_units(policy: Policy) -> Iterator[Finding]:
    """A percentage is the share of something in a thing of another unit.

    People of households, or percent of people, are no share: the part must be counted like its whole. A rate of two
    units has a unit of its own (`ratio`), or counts per so many (`per`). Some shares of two things are usual, as that
    of patients in beds, so that this is a remark.

    Bad:

        metrics:
          vaccinated: {unit: people, kind: cumulative}
          households: {unit: households, kind: level}
          coverage: {unit: percent, ratio: {of: vaccinated, to: households}}

    Good:

        metrics:
          vaccinated: {unit: people, kind: cumulative}
          inhabitants: {unit: people, kind: level}
          coverage: {unit: percent, ratio: {of: vaccinated, to: inhabitants}}
    """
    for name, metric in policy.metrics.items():
        if isinstance(metric, Ratio) and metric.unit == PERCENT:
            part, whole = policy.units[metric.ratio.of], policy.units[metric.ratio.to]
            if part is not None and whole is not None and _plain(part) != _plain(whole):
                message = f"`{name}` is a share, and `{metric.ratio.of}` is in {part}, `{metric.ratio.to}` in {whole}"
                yield ("metrics", name, "ratio"), message


@rule(
    "rate-without-scale",
    severity=Severity.WARNING,
    help="count it with `per: {of, to, scale}`, as `scale: 100000`, or correct the `unit`",
)
def rate_without_scale(policy: Policy) -> Iterator[Finding]:
    """A rate per so many is computed by a `ratio`, which counts per one.

    Ten cases among 100,000 people are 10 per 100,000, and as a `ratio` 0.0001: thresholds written per 100,000 are never
    reached, and nothing else looks wrong. Where the unit of the part is such a rate itself, or that of the whole counts
    in thousands, a `ratio` may well be what is meant, and nothing is said.

    Bad:

        metrics:
          cases: {unit: cases, kind: flow}
          population: {unit: people, kind: level}
          incidence: {unit: per 100k, ratio: {of: cases, to: population}}

    Good:

        metrics:
          cases: {unit: cases, kind: flow}
          population: {unit: people, kind: level}
          incidence: {unit: per 100k, per: {of: cases, to: population, scale: 100000}}
    """
    for name, metric in policy.metrics.items():
        if not isinstance(metric, Ratio) or metric.unit is None or not PER_MANY.search(metric.unit):
            continue
        parts = (metric.ratio.of, metric.ratio.to)
        units = [policy.units[one] for one in parts]
        is_plain = all(one is not None and not MANY.search(one) for one in units)
        if is_plain and not any(isinstance(policy.metrics[one], Product) for one in parts):
            yield ("metrics", name, "ratio"), f"`{name}` is in {metric.unit}, and a `ratio` counts per one"


@rule(
    "percent-above-hundred",
    severity=Severity.WARNING,
    help="correct the threshold, or let the `range` of the metric end above it",
)
def percent_above_hundred(policy: Policy) -> Iterator[Finding]:
    """A percentage without an upper end is compared with more than 100.

    With `range: [0, null]` a share may exceed its whole, as doses given to commuters do. That a threshold lies there is
    rare, and looks like a slip; a `range` with an end above it says that it is meant.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level, range: [0, null]}
        triggers:
          done: {when: {metric: coverage, at_least: 700}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level, range: [0, 150]}
        triggers:
          done: {when: {metric: coverage, at_least: 110}, missing: unknown}
    """
    for route, name, value in thresholds(policy):
        metric = policy.metrics[name]
        if policy.units[name] == PERCENT and metric.bounds[1] is None and value > WHOLE:
            yield route, f"`{name}` is in percent, and is compared with {value:.15g}"


@rule("impossible-range", severity=Severity.ERROR, help="correct the `range`, or that of what it is computed from")
def impossible_range(policy: Policy) -> Iterator[Finding]:
    """A computed metric states a range in which none of its values can lie.

    A computed value outside the range is not used: the metric would never have one.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
          gain: {change: {of: coverage, over: 4 weeks}, range: [101, 200]}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
          gain: {change: {of: coverage, over: 4 weeks}, range: [-100, 100]}
    """
    for name, metric in policy.metrics.items():
        if metric.range is not None and not isinstance(metric, InputMetric):
            low, high = metric.range
            least, most = computed_extent(policy, name)
            if (high is not None and least is not None and high < least) or (
                low is not None and most is not None and low > most
            ):
                yield ("metrics", name, "range"), f"what `{name}` is computed from makes it {_range((least, most))}"


@rule("unit-like-percent", severity=Severity.WARNING, help="write `unit: percent`")
def unit_like_percent(policy: Policy) -> Iterator[Finding]:
    """A unit is another word for percent, which the engine takes for a unit like any other.

    Only `percent` goes from 0 to 100, makes a `ratio` count in hundredths, and is guarded against 0.55 in the place of
    55. People read it as a percent sign, and `persen`, in the outputs.

    Bad:

        metrics:
          coverage: {unit: "%", kind: level}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
    """
    for section, named in (("parameters", policy.parameters), ("metrics", policy.metrics)):
        for name, one in named.items():
            if one.unit is not None and one.unit != PERCENT and _plain(one.unit) in LIKE_PERCENT:
                yield (section, name, "unit"), f"`{one.unit}` of `{name}` is not taken for percent"


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().split())
