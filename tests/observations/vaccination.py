"""The policy that the data of these tests are read for: one metric of each sort."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypedDict

from escalation.observations import Locale
from escalation.policy.load import loads


class Options(TypedDict, total=False):
    """How a table is read."""

    map: Path
    regions: Path | None
    numbers: Locale | None
    as_of: date


POLICY = loads("""
language: 1
name: vaccination
calendar: iso-week
metrics:
  first_doses: {unit: people, kind: cumulative, range: [0, null], max_age: 1 week}
  facility_doses: {unit: people, kind: cumulative, basis: [facility, unspecified]}
  resident_doses: {unit: people, kind: cumulative, basis: resident}
  target_population: {unit: people, kind: level, max_age: always}
  first_dose_coverage: {unit: percent, ratio: {of: first_doses, to: target_population}}
  first_dose_gain: {unit: percentage points, change: {of: first_dose_coverage, over: 4 weeks}}
  cases: {unit: per 100k per 7 days, kind: flow, range: [0, 5000]}
  beds: {unit: percent, kind: level, group: health_service_area}
  elderly: {unit: percent, kind: level}
  area: {unit: km2, kind: attribute}
  services_ready: {kind: judgement, by: dinas-kesehatan, max_age: 4 weeks}
triggers:
  slow: {when: {metric: first_dose_coverage, below: 70}, missing: unknown}
stages: [{name: appeal, title: {id: Imbauan}}, {name: instruction}]
moves: [{name: to-instruction, from: appeal, to: instruction, trigger: slow}]
""")
