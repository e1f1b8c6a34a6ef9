"""A small policy with every kind of metric, data of two regions, and scenarios of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from escalation.observations import NO_WEEK, Entry, Observations, tabulate
from escalation.periods import Calendar, Week
from escalation.policy.load import loads as loads_policy
from escalation.policy.model import Policy
from escalation.whatif.scenarios.edits import Alters, Edit, Effect, edited
from escalation.whatif.scenarios.load import loads
from escalation.whatif.scenarios.scenario import Scenario

FIRST = Week.parse("2021-W30", Calendar.ISO).number
POLICY = """
language: 1
name: clinic
calendar: iso-week
instruments: indonesia-city
sources: {decree: {title: "Decree 4/2021"}}
parameters: {target: {unit: percent, value: 60, range: [10, 90], source: decree}}
metrics:
  doses: {unit: people, kind: cumulative, range: [0, 2000]}
  visits: {kind: flow, range: [0, null], max_age: 1 week}
  people: {unit: people, kind: level, max_age: always}
  area: {kind: attribute}
  ready: {kind: judgement, by: board, max_age: 4 weeks}
  coverage: {unit: percent, ratio: {of: doses, to: people}}
triggers:
  low: {when: {metric: coverage, below: target}, for: 2 weeks, missing: unknown, source: decree}
  busy: {when: {metric: visits, at_least: 50}, for: 2 weeks, missing: break}
  calm: {when: {metric: visits, below: 20}, missing: break}
stages:
  - {name: appeal, instrument: surat_edaran}
  - {name: order, instrument: perwal}
  - {name: law, instrument: perda}
moves:
  - {name: to-order, from: appeal, to: order, trigger: busy, source: decree}
  - {name: to-law, from: order, to: law, trigger: low, after: 4 weeks, requires: ready}
  - {name: back, from: [order, law], to: appeal, trigger: calm}
locks:
  - {not_above: order, until: 2021-07-20, source: decree}
"""


@cache
def clinic() -> Policy:
    return loads_policy(POLICY)


def data(*, doses: Iterable[float | None] = (), visits: Iterable[float | None] = ()) -> Observations:
    """Give data of the region East from 2021-W30 on, and of West with the same."""
    entries = [
        Entry(region, FIRST + place, metric, value)
        for region in ("East", "West")
        for metric, values in (("doses", doses), ("visits", visits))
        for place, value in enumerate(values)
    ]
    people = [Entry(region, FIRST, "people", 1000.0) for region in ("East", "West")]
    return tabulate(Calendar.ISO, [*entries, *people, Entry("East", NO_WEEK, "area", 7.0)])


def edit(
    alters: Alters, *metrics: str, weeks: tuple[int | None, int | None] = (None, None), amount: float = 0.0
) -> Edit:
    """Give an edit of all regions; weeks are counted from 0, the first of the data."""
    first, last = (FIRST + week if week is not None else None for week in weeks)
    return Edit(alters=alters, metrics=metrics, first=first, last=last, amount=amount)


def made(observations: Observations, *edits: Edit) -> Observations:
    return edited(observations, clinic(), edits)[0]


def effects(observations: Observations, *edits: Edit) -> tuple[Effect, ...]:
    return edited(observations, clinic(), edits)[1]


def values(observations: Observations, metric: str, region: str = "East") -> list[float]:
    return [one.value for one in observations.series.get((region, metric), ())]


def scenarios(body: str) -> tuple[Scenario, ...]:
    """Read a file of scenarios of the policy."""
    return loads(body, clinic())
