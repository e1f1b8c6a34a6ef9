"""Two versions of a small policy for tests: the second differs in what a test says."""

from __future__ import annotations

from collections.abc import Mapping

from escalation.comparison.changes import Change
from escalation.comparison.sentences import Teller
from escalation.comparison.words import changes
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.values import Language

RESERVOIR = """\
language: 1
name: reservoir
version: 1.0.0
title: {en: Reservoir, id: Waduk}
calendar: iso-week
sources: {decree: {title: Decree 7, date: 2020-01-01}}
parameters:
  low: {unit: percent, value: 40, range: [10, 90], title: {en: Low storage, id: Isi rendah}, source: assumption}
  rain: {dated: [{from: 2020-01-01, value: 10}, {from: 2021-01-01, value: 12}], unit: mm}
metrics:
  storage: {unit: percent, kind: level, title: {en: Storage, id: Isi waduk}}
  rainfall: {unit: mm, kind: flow, max_age: 1 week}
  month: {sum: {of: rainfall, over: 4 weeks}}
  band: {bands: {of: storage, rows: [{below: 20, value: 3}, {below: 60, value: 2}, {otherwise: 1}]}}
  shown: {unit: percent, kind: level}
  agreed: {kind: judgement, by: board, max_age: always}
triggers:
  dry:
    title: {en: Storage is low, id: Isi waduk rendah}
    when: {all: [{metric: storage, below: low}, {metric: month, below: rain}, {metric: band, at_least: 2}]}
    for: 2 weeks
    missing: unknown
    source: assumption
  wet: {when: {metric: storage, at_least: low}, missing: hold}
stages:
  - {name: normal, title: {en: Normal, id: Normal}}
  - {name: drought, title: {en: Drought, id: Kekeringan}}
  - {name: emergency}
moves:
  - {name: relief, from: [drought, emergency], to: normal, trigger: wet}
  - {name: to-drought, from: normal, to: drought, trigger: dry, after: 4 weeks}
  - {name: to-emergency, from: drought, to: emergency, trigger: dry, after: 6 weeks, requires: [agreed]}
locks:
  - {not_above: drought, from: 2021-01-01, until: 2021-03-31, source: decree}
invariants:
  - {earliest: {stage: emergency, weeks: 10}}
simplifications: ["Inflow is left out."]
"""


def changed(edits: Mapping[str, str], text: str = RESERVOIR) -> str:
    """Replace parts of a policy's text; each part must stand in it."""
    for before, after in edits.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


def both(edits: Mapping[str, str]) -> tuple[Policy, Policy]:
    """Read the small policy, and the same with parts replaced."""
    return loads(RESERVOIR, file="old.yaml"), loads(changed(edits), file="new.yaml")


def told(edits: Mapping[str, str], *, language: Language = Language.ENGLISH) -> list[str]:
    """Say each change on a line; `=` stands before one that has no effect."""
    old, new = both(edits)
    teller = Teller(old=old, new=new, language=language)
    return [line(change, teller) for change in changes(old, new)]


def line(change: Change, teller: Teller) -> str:
    sides = " -> ".join(said for said in (teller.before(change), teller.after(change)) if said)
    return f"{'' if change.has_effect else '= '}{teller.what(change)}: {sides}"
