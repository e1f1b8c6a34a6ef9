"""Edits of the data: observations in, other observations out, for the question "what if the figures were".

Edits are applied one after the other, each to what the one before has made of the data. Of a week that was revised they
change every figure, so that `as_of` sees the edited figure as known when the true one was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from math import isfinite, isnan, nan

from escalation.diagnostics import Diagnostic, Place, Severity, in_order
from escalation.errors import Refused, RequestError
from escalation.evaluation.library import the_region
from escalation.evaluation.readings import is_outside
from escalation.observations import NO_WEEK, Observation, Observations
from escalation.observations.table import spans
from escalation.periods import Week
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy

EDITED = "scenario"
"""Stands as the source of an edited figure."""


class Alters(StrEnum):
    """What an edit does to figures, and its key in a file."""

    SCALE = "scale"
    SHIFT = "shift"
    PACE = "pace"
    CAMPAIGN = "campaign"
    STOP = "stop"
    MISSING = "missing"
    LATE = "late"
    REVISE = "revise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit of some metrics in some weeks (`Week.number`, both included; none: no end) and regions (none: all).

    `amount` is the factor of `scale` and `pace`, what `shift` adds, the people a week of `campaign`, the weeks of
    `late`, the figure of `revise`; `is_all` says that every metric that is reported is late or missing.
    """

    alters: Alters
    metrics: tuple[str, ...]
    amount: float = 0.0
    first: int | None = None
    last: int | None = None
    regions: tuple[str, ...] | None = None
    is_all: bool = False
    place: Place | None = field(default=None, compare=False)

    def covers(self, week: int) -> bool:
        """Say whether figures of a week are edited; those of attributes have no week."""
        return week == NO_WEEK or ((self.first or 0) <= week and (self.last is None or week <= self.last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an edit did to one metric, in all regions together.

    `figures` were changed, left out or added; `outside` of them lie outside the range of the metric, and count as
    missing; `falls` is how many times more than before a cumulative count falls.
    """

    edit: Edit
    metric: str
    figures: int
    outside: int = 0
    falls: int = 0


Figures = tuple[Observation, ...]


def edited(
    observations: Observations, policy: Policy, edits: Sequence[Edit], *, until: int | None = None
) -> tuple[Observations, tuple[Effect, ...]]:
    """Give the data with edits, and what each did; figures for weeks after `until` are not put on record.

    Raise Refused for regions that the data do not name, where edits have a place, otherwise RequestError.

    The digest is that of the data and the edits; what is doubtful about the edited figures is added to the findings.
    """
    if not edits:
        return observations, ()
    _refuse_unknown_regions(observations, edits)
    draft = _Draft(observations, policy, until)
    for edit in edits:
        draft.take(edit)
    text = json.dumps([_canonical(edit) for edit in edits])
    made = replace(
        observations,
        series=draft.series,
        rows={region: tuple(sorted(found)) for region, found in draft.rows.items()},
        weeks=spans(draft.rows),
        findings=(
            *observations.findings,
            *(finding for one in draft.effects for finding in _findings(one, observations)),
        ),
        digest=sha256(f"{observations.digest}\n{text}".encode()).hexdigest(),
    )
    return made, tuple(draft.effects)


def _refuse_unknown_regions(observations: Observations, edits: Iterable[Edit]) -> None:
    unknown: list[Diagnostic] = []
    for edit in edits:
        for region in edit.regions or ():
            try:
                the_region(observations, region)
            except RequestError as error:
                if edit.place is None:
                    raise
                said, at = str(error), edit.place
                unknown.append(
                    Diagnostic(rule="unknown-region", severity=Severity.ERROR, message=said, place=at, help=error.help)
                )
    if unknown:
        raise Refused(in_order(unknown))


def _canonical(edit: Edit) -> list[object]:
    regions = sorted(edit.regions) if edit.regions is not None else None
    return [edit.alters, sorted(edit.metrics), float(edit.amount), edit.first, edit.last, regions]


def _findings(effect: Effect, observations: Observations) -> Iterator[Diagnostic]:
    place = effect.edit.place or Place(file=observations.file)
    edit = f"the edit `{effect.edit.alters}` of `{effect.metric}`"
    if effect.outside:
        message = f"{edit} makes {_counted(effect.outside)} outside the range of the metric: not used"
        yield Diagnostic(rule="outside-range", severity=Severity.ERROR, message=message, place=place, help=SMALLER)
    if effect.falls:
        times = "once" if effect.falls == 1 else f"{effect.falls} times"
        message = f"{edit} makes the cumulative count fall {times}"
        yield Diagnostic(rule="falling-count", severity=Severity.WARNING, message=message, place=place, help=PACED)


def _counted(count: int) -> str:
    return "1 figure" if count == 1 else f"{count:,} figures"


SMALLER = "edit by less, or say in the policy what range the metric may have"
PACED = "change the weekly increase by `pace`, or leave out the last week, `to`"


class _Draft:
    """The data while edits are applied to them."""

    def __init__(self, observations: Observations, policy: Policy, until: int | None) -> None:
        self.observations = observations
        self.until = until
        self.policy = policy
        self.series: dict[tuple[str, str], Figures] = dict(observations.series)
        self.rows = {region: set(found) for region, found in observations.rows.items()}
        self.effects: list[Effect] = []

    def take(self, edit: Edit) -> None:
        """Apply one edit."""
        regions = edit.regions if edit.regions is not None else self.observations.regions
        for metric in edit.metrics:
            self.effects.append(self._effect(edit, metric, regions))
        if edit.is_all and edit.alters is Alters.LATE:
            for region in regions:
                self.rows[region] = {self._later(row, edit) for row in self.rows.get(region, ())}

    def _effect(self, edit: Edit, metric: str, regions: Sequence[str]) -> Effect:
        kind = self.policy.inputs[metric].kind
        figures = outside = falls = 0
        for region in regions:
            before = self.series.get((region, metric), ())
            after = _usable(self._changed(edit, kind, region, before))
            unchanged = set(before)
            touched = [one for one in after if one not in unchanged]
            figures += len(touched) or len(before) - len(after)
            if edit.alters is not Alters.LATE:
                unusable = {(one.week, one.known) for one in before if self._is_unusable(metric, one)}
                found = [one for one in touched if (one.week, one.known) not in unusable]
                outside += sum(self._is_unusable(metric, one) for one in found)
            if kind is Kind.CUMULATIVE:
                falls += max(0, _falls(after) - _falls(before))
            if after:
                self.series[region, metric] = after
            else:
                self.series.pop((region, metric), None)
        return Effect(edit=edit, metric=metric, figures=figures, outside=outside, falls=falls)

    def _is_unusable(self, metric: str, one: Observation) -> bool:
        low, high = self.policy.inputs[metric].bounds
        return isnan(one.value) or is_outside(one.value, low, high)

    def _changed(self, edit: Edit, kind: Kind, region: str, before: Figures) -> Iterable[Observation]:
        match edit.alters:
            case Alters.MISSING:
                return [one for one in before if not edit.covers(one.week)]
            case Alters.LATE:
                return [self._late(one, edit) for one in before]
            case Alters.REVISE:
                return self._revised(edit, kind, region, before)
            case Alters.SCALE:
                return _mapped(before, edit, lambda one: one.value * edit.amount)
            case Alters.SHIFT:
                return _mapped(before, edit, lambda one: one.value + edit.amount)
            case Alters.CAMPAIGN if kind is Kind.CUMULATIVE:
                return _accumulated(before, edit)
            case Alters.CAMPAIGN:
                return _mapped(before, edit, lambda one: one.value + edit.amount)
            case Alters.PACE | Alters.STOP if kind is Kind.CUMULATIVE:
                return self._paced(edit, before)
            case Alters.PACE | Alters.STOP:
                return _mapped(before, edit, lambda one: one.value * edit.amount)

    def _known(self, one: Observation) -> int:
        """Give the ordinal of the day since when a figure is known: without one, the first day of its week."""
        return one.known or Week(self.observations.calendar, one.week).first_day.toordinal()

    def _late(self, one: Observation, edit: Edit) -> Observation:
        return one._replace(known=self._known(one) + 7 * int(edit.amount)) if edit.covers(one.week) else one

    def _later(self, row: tuple[int, int], edit: Edit) -> tuple[int, int]:
        known, week = row
        return (self._late(Observation(week, nan, known), edit).known, week)

    def _revised(self, edit: Edit, kind: Kind, region: str, before: Figures) -> Iterator[Observation]:
        """Put one figure into every week of the edit, known since the first one of that week was."""
        if kind is Kind.ATTRIBUTE:
            yield Observation(NO_WEEK, edit.amount, 0, source=EDITED)
            return
        known = {one.week: one for one in reversed(before) if edit.covers(one.week)}
        span = self.observations.span(region)
        first = edit.first if edit.first is not None else (span[0] if span is not None else 0)
        last = edit.last if edit.last is not None else (span[1] if span is not None else -1)
        last = last if self.until is None else min(last, self.until)
        for week in range(first, last + 1):
            one = known.get(week, Observation(week, nan, 0))
            known[week] = one._replace(value=edit.amount, source=EDITED)
            if all(week != row for _, row in self.rows.get(region, ())):
                self.rows.setdefault(region, set()).add((0, week))
        yield from (one for one in before if not edit.covers(one.week))
        yield from known.values()

    def _paced(self, edit: Edit, before: Figures) -> Iterator[Observation]:
        """Multiply the increase since the last figure before the edit; what comes after keeps its own increase.

        Where no figure stands before the edit, the first one within it is where the increase begins.
        """
        inside = [one for one in before if edit.covers(one.week) and not isnan(one.value)]
        earlier = [one for one in before if one.week < (edit.first or 0) and not isnan(one.value)] or inside[:1]
        for one in before:
            if one.week < (edit.first or 0) or not earlier or not inside:
                yield one
                continue
            start = self._by_then(earlier, one).value
            end = one.value if edit.covers(one.week) else self._by_then(inside, one).value
            yield one._replace(value=one.value - (1 - edit.amount) * (end - start), source=EDITED)

    def _by_then(self, figures: Sequence[Observation], one: Observation) -> Observation:
        """Give the newest of some figures that was known when another was; the first of them where none was."""
        day = self._known(one)
        return next((found for found in reversed(figures) if self._known(found) <= day), figures[0])


def _mapped(before: Figures, edit: Edit, change: Callable[[Observation], float]) -> Iterator[Observation]:
    for one in before:
        yield one._replace(value=change(one), source=EDITED) if edit.covers(one.week) else one


def _accumulated(before: Figures, edit: Edit) -> Iterator[Observation]:
    """Add the people of every week of a campaign so far; they stay counted after it."""
    begin = edit.first if edit.first is not None else (before[0].week if before else 0)
    for one in before:
        weeks = min(one.week, edit.last if edit.last is not None else one.week) - begin + 1
        yield one._replace(value=one.value + edit.amount * weeks, source=EDITED) if weeks > 0 else one


def _usable(figures: Iterable[Observation]) -> Figures:
    """Order figures; one that is no finite number any more cannot be used."""
    finite = (one if isfinite(one.value) or isnan(one.value) else one._replace(value=nan) for one in figures)
    return tuple(sorted(finite, key=lambda one: (one.week, one.known)))


def _falls(figures: Figures) -> int:
    """Count how often the newest figure of a week is below that of the week before."""
    newest = {one.week: one.value for one in figures if not isnan(one.value)}
    return sum(after < before for before, after in pairwise(newest.values()))
