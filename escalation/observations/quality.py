"""What can be checked only when all rows are read: duplicates, revisions, falls, groups, printed percentages."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, islice, pairwise
from operator import itemgetter, le, lt
from typing import TYPE_CHECKING

from escalation.observations.findings import Findings, shown
from escalation.observations.table import Observation
from escalation.periods import Calendar, week_text
from escalation.policy.metrics import PERCENT, InputMetric, Kind, Ratio
from escalation.policy.thresholds import SMALL_PERCENTAGES, thresholds

if TYPE_CHECKING:
    from escalation.observations.series import Printed, Series, Values
    from escalation.policy.model import Policy

by_week_and_date = itemgetter(0, 2)
FACTORS = (100, 1_000, 10_000, 100_000, 1_000_000)
ENOUGH = 3
"""So many percentages, none of them above 1, are probably fractions, whatever they are compared with."""
FAR_ABOVE = 10
"""Beside thresholds from here on, a single percentage below 1 is probably a fraction."""

Known = Mapping[tuple[str, str], Sequence[Observation]]


class Duplicates:
    """Keeps one figure of each week and date; two rows that repeat each other are one finding, however wide."""

    def __init__(self, calendar: Calendar, findings: Findings) -> None:
        self._calendar = calendar
        self._findings = findings
        self.unusable: list[tuple[str, str, Observation]] = []
        self._pairs: dict[tuple[str, str, int, int, int], list[tuple[str, Observation, Observation]]] = {}

    def distinct(self, found: list[Observation], metric: str, region: str, bases: tuple[str, ...]) -> list[Observation]:
        """Order figures by week and date, and keep one of each; none where they differ on the same counting basis."""
        weeks = [one[0] for one in found]
        if all(map(lt, weeks, islice(weeks, 1, None))):
            return found
        found.sort(key=by_week_and_date)
        kept = []
        for _, alike in groupby(found, key=by_week_and_date):
            first, *others = sorted(alike, key=lambda one: _rank(one, bases))
            rules = [_rule(first, other, bases) for other in others]
            for rule, other in zip(rules, others, strict=True):
                if not rule:
                    continue
                key = (rule, region, first.week, first.line, other.line)
                self._pairs.setdefault(key, []).append((metric, first, other))
            if "duplicate-week" in rules:
                self.unusable.append((metric, region, first._replace(value=math.nan)))
            else:
                kept.append(first)
        return kept

    def report(self) -> None:
        """List all pairs of rows that give the same figures twice."""
        for (rule, region, week, _, _), pairs in self._pairs.items():
            metrics = ", ".join(f"`{metric}`" for metric, _, _ in pairs)
            _, first, other = pairs[0]
            if rule == "duplicate-week":
                what = f"{_figure(other.value)} here and {_figure(first.value)} before: neither is used"
            elif first.value == other.value:
                what = "given twice, with the same figures"
            else:
                what = f"given twice: the figure on the basis {shown(first.basis)} is used"
            self._findings.add(
                rule,
                f"{metrics} of {shown(region)}, {week_text(self._calendar, week)}: {what}",
                line=other.line,
                column=other.column,
                help="date the rows in a column `as_of` if one revises the other" if rule == "duplicate-week" else "",
                related=[(first.line, first.column, "the other row")],
            )


def _rule(first: Observation, other: Observation, bases: tuple[str, ...]) -> str:
    """Tell what is wrong with a second figure: nothing, if it is the same and of rows with two counting bases."""
    if first.value != other.value:
        return "duplicate-week" if _rank(first, bases) == _rank(other, bases) else "repeated-row"
    return "repeated-row" if first.basis == other.basis else ""


def _rank(observation: Observation, bases: tuple[str, ...]) -> int:
    basis = observation.basis.strip(" \t")
    return bases.index(basis) if basis in bases else len(bases)


def report_changes(
    found: Sequence[Observation], metric: str, region: str, calendar: Calendar, *, cumulative: bool, findings: Findings
) -> None:
    """List what was revised later, and where a cumulative count falls."""
    figures = [one[1] for one in found] if cumulative else []
    if all(map(le, figures, islice(figures, 1, None))) and len({one[0] for one in found}) == len(found):
        return
    for before, after in pairwise(found):
        same_week = before[0] == after[0]
        falls = cumulative and after[1] < before[1]
        if not falls and not (same_week and after[1] != before[1]):
            continue
        rule = "falling-count" if falls else "revised"
        if findings.passes_over(rule):
            continue
        verb = "falls" if falls else "is revised"
        message = f"`{metric}` of {shown(region)} {verb} from {_dated(before, calendar)} to {_dated(after, calendar)}"
        if before.basis != after.basis:
            message += f"; the counting basis changes from {shown(before.basis)} to {shown(after.basis)}"
        findings.add(
            rule,
            message,
            line=after.line,
            column=after.column,
            help=FALL if falls else "",
            related=[(before.line, before.column, "the figure before")],
        )


FALL = "a cumulative count cannot fall: one of the two figures is wrong, or counts something else"


def _dated(one: Observation, calendar: Calendar) -> str:
    known = f", as of {date.fromordinal(one.known)}" if one.known else ""
    return f"{_figure(one.value)} ({week_text(calendar, one.week)}{known})"


def _figure(value: float) -> str:
    return f"{value:,.15g}"


def inherit(
    values: Values, metric: str, members: Mapping[str, str], calendar: Calendar, findings: Findings
) -> tuple[dict[str, list[Observation]], list[tuple[str, str, Observation]]]:
    """Bring the figures of a group together, from the rows of its members and its own, and give them by its name.

    Beside them those on which members disagree, as metric, group and an observation that cannot be used.
    """
    groups: dict[str, list[Observation]] = {}
    for name, found in values.items():
        groups.setdefault(members.get(name, name), []).extend(found)
    spoilt: list[tuple[str, str, Observation]] = []
    agreed = {}
    for group, found in groups.items():
        kept, disputed = _agreed(found, metric, group, calendar, findings)
        agreed[group] = kept
        spoilt += [(metric, group, one) for one in disputed]
    return agreed, spoilt


def _agreed(
    found: list[Observation], metric: str, group: str, calendar: Calendar, findings: Findings
) -> tuple[list[Observation], list[Observation]]:
    found.sort(key=by_week_and_date)
    kept = []
    disputed = []
    for _, alike in groupby(found, key=by_week_and_date):
        first, *others = alike
        other = next((one for one in others if one.value != first.value), None)
        if other is None:
            kept.append(first)
            continue
        message = (
            f"`{metric}` of the group {shown(group)}, {week_text(calendar, first.week)}: "
            f"{_figure(other.value)} here and {_figure(first.value)} for another member: neither is used"
        )
        related = [(first.line, first.column, "the other member")]
        findings.add("group-conflict", message, line=other.line, column=other.column, related=related)
        disputed.append(first._replace(value=math.nan))
    return kept, disputed


def report_fractions(series: Iterable[Series], policy: Policy) -> None:
    """List percentages of which no value is above 1: probably fractions.

    They are not where fractions of a percent are meant: the range of the metric is small, or a threshold is below 1.
    """
    compared: dict[str, list[float]] = {}
    for threshold in thresholds(policy):
        compared.setdefault(threshold.metric, []).append(threshold.value)
    for one in series:
        high = math.inf if one.metric.high is None else one.metric.high
        lowest = min((value for value in compared.get(one.name, ()) if value), default=None)
        if one.metric.unit != PERCENT or high <= SMALL_PERCENTAGES or (lowest is not None and lowest < 1):
            continue
        if any(observation[1] > 1 for found in one.values.values() for observation in found):
            continue
        figures = [observation for found in one.values.values() for observation in found if observation.value]
        enough = 1 if lowest is not None and lowest >= FAR_ABOVE else ENOUGH
        if len(figures) >= enough and any(figure.value % 1 for figure in figures):
            _report_fraction(one, figures, lowest)


def _report_fraction(series: Series, figures: Sequence[Observation], lowest: float | None) -> None:
    first = min(figures, key=itemgetter(3))
    none_of = f"none of its {len(figures):,} figures is above 1"
    if len(figures) == 1:
        none_of = f"its only figure is {_figure(first.value)}"
    message = f"`{series.name}` is in percent, and {none_of}"
    if lowest is not None:
        message += f"; the policy compares it with {_figure(lowest)}"
    series.findings.add(
        "fraction-for-percent",
        message,
        line=first.line,
        column=first.column,
        help="write 55 for 55 %, not 0.55; where less than one percent is meant, give the metric a `range` up to 10",
    )


def compare_printed(printed: Printed, policy: Policy, known: Known) -> None:
    """Compare printed percentages with the counts of the same week, date and basis, to the precision printed."""
    metric = policy.metrics[printed.name]
    if not isinstance(metric, Ratio):
        return
    scale = 100 if metric.unit == PERCENT else 1
    for region, figures in printed.values.items():
        sides = [_Counts(known, region, name, policy.inputs.get(name)) for name in (metric.ratio.of, metric.ratio.to)]
        for figure, text, decimals in figures:
            part, whole = (side.beside(figure) for side in sides)
            if part is None or whole is None or not whole.value:
                continue
            given = scale * part.value / whole.value
            if why := _contradiction(figure.value, given, 10.0**-decimals):
                printed.findings.add(
                    "percent-contradicts-counts",
                    f"`{printed.name}` of {shown(region)}, {week_text(policy.calendar, figure.week)}: "
                    f"{text.strip()} is printed, and the counts give {given:.{decimals + 2}f}{why}",
                    line=figure.line,
                    column=figure.column,
                    help="the counts are used: look them up",
                )


class _Counts:
    """The counts of one region and metric, found beside a printed figure."""

    def __init__(self, known: Known, region: str, name: str, metric: InputMetric | None) -> None:
        self._found = known.get((region, name), ())
        self._exact = {(one.week, one.known): one for one in self._found}
        self._weeks = [one.week for one in self._found]
        self._metric = metric

    def beside(self, printed: Observation) -> Observation | None:
        if self._metric is None:
            return None
        if self._metric.kind is Kind.ATTRIBUTE:
            return self._found[0] if self._found else None
        count = self._exact.get((printed.week, printed.known))
        if count is None and self._metric.max_age is None:
            index = bisect_right(self._weeks, printed.week)
            count = self._found[index - 1] if index else None
        other_basis = count is not None and self._metric.bases and count.basis != printed.basis
        return None if other_basis else count


def _contradiction(printed: float, given: float, step: float) -> str:
    """Say how a printed figure differs from its counts: not at all if it is them, rounded or cut off."""
    if abs(printed - given) < step * (1 + 1e-9):
        return ""
    for factor in FACTORS:
        if abs(printed * factor - given) < step * factor * 0.51 and printed:
            return f", {factor:,} times more"
        if abs(printed - given * factor) < step and given:
            return f", {factor:,} times less"
    return ", which is another figure"
