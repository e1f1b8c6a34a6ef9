"""The weeks to come of some regions: who stands where now, and how the figures go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

import numpy as np

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import Record, stages_on_record
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import FOLLOW, Adoption, stand
from escalation.evaluation.standing import Standing
from escalation.observations import Observations
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.whatif.arrays.answers import answers
from escalation.whatif.arrays.figures import Figures, carried
from escalation.whatif.arrays.laid import Inputs
from escalation.whatif.arrays.panel import Floats, lookback, panel
from escalation.whatif.arrays.wiring import Wiring
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import Forecast
from escalation.whatif.forecasts.past import Past, population_of
from escalation.whatif.forecasts.picking import Picking
from escalation.whatif.forecasts.sample import Sample, every, sample
from escalation.whatif.lifting import Factors, lifted_count, lifted_flow
from escalation.whatif.scenarios.adopting import Lift
from escalation.whatif.scenarios.altered import altered
from escalation.whatif.scenarios.edits import Alters, Edit

GIVING = (Alters.REVISE, Alters.MISSING)
NO_RESPONSE: Factors = MappingProxyType({})


class Forecasting(Protocol):
    """What gives the figures to come of a metric, from its past."""

    @property
    def past(self) -> Past:
        """What is on record of it."""

    def forecast(self, region: str, draws: Draws) -> Forecast:
        """Forecast one region."""

    def picking(self, region: str) -> Picking | None:
        """Say how the draws of a region pick among its paths; nothing where any two may differ."""

    def fill(self, found: Floats, region: str, draws: Draws, *, lane: int) -> None:
        """Set `found`, [week, lane, scenario], in one lane to the paths of a region as `forecast` gives them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """What is asked of the weeks to come, `weeks` of them behind the week `now` (`Week.number`).

    `forecasts` has the metrics that go on; the others stay as they are on record, as long as they may. `assumed` gives
    figures that hold in every week to come: of a judgement 1 for yes. Of `edits` those that begin in the weeks to come
    are applied to the figures in them; earlier ones have changed `observations`, and what is forecast from these. The
    `response` is to the stages in force in the weeks to come.
    """

    policy: Policy
    observations: Observations
    regions: tuple[str, ...]
    now: int
    weeks: int
    forecasts: Mapping[str, Forecasting]
    assumed: Mapping[str, float] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    record: Record = field(default_factory=dict)
    adoption: Adoption = FOLLOW
    response: tuple[Lift, ...] = ()

    @property
    def ahead(self) -> list[Edit]:
        """The edits of the weeks to come: those that begin then, and the later weeks of figures given week by week.

        Other edits that began on record have changed what the figures to come are drawn from.
        """
        found = []
        for edit in self.edits:
            first = edit.first if edit.first is not None else self.now
            if first > self.now:
                found.append(edit)
            elif edit.alters is Alters.REVISE and edit.last is not None and edit.last > self.now:
                found.append(replace(edit, first=self.now + 1))
        return found

    @property
    def throughout(self) -> dict[str, float]:
        """What is assumed, of a judgement 1 for yes, and what no edit gives or leaves out in some of the weeks."""
        edited = {name for edit in self.ahead if edit.alters in GIVING for name in edit.metrics}
        return {name: value for name, value in self.assumed.items() if name not in edited}

    def begun(self, ladder: Ladder) -> list[Standing]:
        """Give the standing of every region before the first week to come."""
        found = []
        for region in self.regions:
            readings = Readings(self.policy, self.observations, region)
            span = readings.span or (self.now, self.now)
            stages = stages_on_record(self.policy, self.record, region, since=span[0])
            found.append(stand(ladder, readings, stages, self.now + 1))
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coming:
    """The figures of the weeks to come, behind those of the weeks that computed metrics look back at.

    `known` has what is on record of every input, [week, region, 1], from the week `first` on (`Week.number`); the weeks
    to come begin `back` weeks later. `seen` [week, region, 1] has, before earlier figures are carried on, those of
    all weeks up to the present, of the metrics with figures to come that an edit gives or leaves out. `latest` gives of
    the metrics that people's response lifts the newest figure on record, and its age in weeks, [region, 1] each.
    """

    course: Course
    back: int
    first: int
    known: Mapping[str, Floats]
    seen: Mapping[str, Floats]
    latest: Mapping[str, tuple[Floats, Floats]] = field(default_factory=dict)

    def of(self, lanes: slice) -> Coming:
        """Give the figures of some of the regions."""
        course = replace(self.course, regions=self.course.regions[lanes])
        known, seen = ({name: grid[:, lanes] for name, grid in grids.items()} for grids in (self.known, self.seen))
        latest = {name: (value[lanes], age[lanes]) for name, (value, age) in self.latest.items()}
        return replace(self, course=course, known=known, seen=seen, latest=latest)

    def sample(self, region: str, draws: Draws) -> Sample:
        """Give draws of a region that stand for all those with the same figures."""
        pickings: list[Picking] = []
        for forecasting in self.course.forecasts.values():
            picking = forecasting.picking(region)
            if picking is None:
                return every(draws)
            if not any(picking.is_like(one) for one in pickings):
                pickings.append(picking)
        return sample(pickings, draws)

    def values(self, draws: Sequence[Draws], factors: Factors = NO_RESPONSE) -> dict[str, Floats]:
        """Give the figures of every input, [week, region, draw]; those that do not differ have one draw.

        With `factors` people respond to the stages in force.

        Every region has its own draws, of the same number.
        """
        course, found = self.course, dict(self.known)
        for name, value in course.assumed.items():
            found[name] = found[name].copy()
            found[name][self.back :] = value
        for name, forecasting in course.forecasts.items():
            paths = np.empty((*self.known[name].shape[:2], draws[0].count))
            paths[: self.back] = self.known[name][: self.back]
            for lane, (region, own) in enumerate(zip(course.regions, draws, strict=True)):
                forecasting.fill(paths[self.back :], region, own, lane=lane)
            found[name] = paths
        for edit in course.ahead:
            for name in edit.metrics:
                if edit.alters is not Alters.MISSING or name in self.seen:
                    found[name] = self._altered(found[name], name, edit)
        for name, factor in factors.items():
            found[name] = self._lifted(found[name], name, factor)
        return found

    def _lifted(self, values: Floats, name: str, factors: Floats) -> Floats:
        """Let people respond in the weeks to come."""
        ahead = np.broadcast_to(values, (*values.shape[:-1], factors.shape[-1]))[self.back :]
        if self.course.policy.inputs[name].kind is Kind.CUMULATIVE:
            base, age = self.latest[name]
            ahead = lifted_count(ahead, factors, base=base, age=age, most=self.most(name))
        else:
            ahead = lifted_flow(ahead, factors)
        before = np.broadcast_to(values[: self.back], (self.back, *ahead.shape[1:]))
        return np.concatenate([before, ahead])

    def most(self, name: str) -> Floats | None:
        """Give what a count does not pass, its population, [region, 1]; nothing where there is none."""
        people = population_of(self.course.policy, name)
        return self.known[people][-1] if people is not None else None

    def figures(self, draws: Sequence[Draws], factors: Factors = NO_RESPONSE) -> Figures:
        """Give the figures of all metrics; earlier ones stand where an edit has left some out, as long as they may."""
        values = self.values(draws, factors)
        for name, seen in self.seen.items():
            shape = (len(seen), *values[name].shape[1:])
            whole = np.concatenate([np.broadcast_to(seen, shape), values[name][self.back :]])
            values[name] = carried(self.course.policy.inputs[name], whole)[-len(values[name]) :]
        drawn = {*self.course.forecasts} - {name for edit in self.course.edits for name in edit.metrics} - {*factors}
        usable = {
            name: grid if name in drawn else np.where(np.isinf(grid), np.nan, grid)  # what is drawn is finite
            for name, grid in values.items()
        }
        return Figures(self.course.policy, usable, first=self.first, is_carried=True)

    def _altered(self, values: Floats, name: str, edit: Edit) -> Floats:
        """Edit the figures of some regions, or of all."""
        course = self.course
        end = None if edit.last is None else edit.last - self.first + 1
        weeks = slice((edit.first or 0) - self.first, end)
        chosen = [edit.regions is None or region in edit.regions for region in course.regions]
        found = altered(values, edit, weeks, kind=course.policy.inputs[name].kind, most=self.most(name))
        return np.where(np.array(chosen)[:, np.newaxis], found, values)

    def inputs(self, wiring: Wiring, draws: Sequence[Draws], factors: Factors = NO_RESPONSE) -> Inputs:
        """Give the answers to the circuit's questions in the weeks to come."""
        found = answers(self.figures(draws, factors), wiring.questions)
        return {key: words[self.back :] if len(words) > 1 else words for key, words in found.items()}


def coming(course: Course) -> Coming:
    """Take what is on record of the regions of a course."""
    back = max(lookback(course.policy), 1)
    first = course.now + 1 - back
    grid = panel(course.policy, course.observations, regions=course.regions, last=course.now + course.weeks)
    rows = slice(first - grid.first, None)
    inputs = course.policy.inputs.items()
    known = {name: carried(metric, grid.values[name])[rows, :, np.newaxis] for name, metric in inputs}
    left_out = {name for edit in course.ahead if edit.alters is Alters.MISSING for name in edit.metrics}
    given = left_out & {*course.forecasts, *course.assumed}
    given |= (revised := _revised(course))
    for name in revised:
        known[name] = np.concatenate([known[name][:back], grid.values[name][rows, :, np.newaxis][back:]])
    seen = {name: grid.values[name][: course.now + 1 - grid.first, :, np.newaxis] for name in sorted(given)}
    lifted = {lift.metric for lift in course.response}
    latest = {name: _latest(grid.values[name][: course.now + 1 - grid.first]) for name in sorted(lifted)}
    return Coming(course=course, back=back, first=first, known=known, seen=seen, latest=latest)


def _revised(course: Course) -> set[str]:
    """Name the metrics that are not drawn and that an edit gives figures: these stand on as long as they may."""
    other = {name for edit in course.ahead if edit.alters not in GIVING for name in edit.metrics}
    revised = {name for edit in course.ahead if edit.alters is Alters.REVISE for name in edit.metrics}
    return revised - other - {*course.forecasts, *course.assumed}


def _latest(values: Floats) -> tuple[Floats, Floats]:
    """Give the newest figure that can be used of each region, [week, region], and the weeks since, [region, 1] each."""
    weeks = np.arange(len(values))[:, np.newaxis]
    newest = np.where(np.isfinite(values), weeks, -1).max(axis=0)
    found = np.where(newest >= 0, np.take_along_axis(values, np.maximum(newest, 0)[np.newaxis], axis=0)[0], np.nan)
    return found[:, np.newaxis], (len(values) - 1.0 - newest)[:, np.newaxis]
