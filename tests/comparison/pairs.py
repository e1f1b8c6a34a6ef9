"""Two versions of a small policy for tests: the second differs in what a test says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from escalation.comparison.changes import Change
from escalation.comparison.sentences import Teller
from escalation.comparison.words import changes
from escalation.observations import Observations, tabulate
from escalation.periods import Calendar
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.values import Language
from tests.evaluation.strategies import Tree, World
from tests.evaluation.worlds import entries

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


@st.composite
def edits(draw: st.DrawFn, tree: Tree) -> Tree:
    """Give the tree of a random policy with one of its parts changed, used or not."""
    changed: dict[str, Any] = json.loads(json.dumps(tree))
    match draw(st.sampled_from(["moves", "gate", "age", "unit", "trigger", "after", "for"])):
        case "moves":
            changed["moves"] = draw(st.permutations(changed["moves"]))
        case "gate":
            changed["parameters"]["gate"] = {"value": 1, "range": [0, 9], "title": "The gate"}
        case "age":
            changed["metrics"][draw(st.sampled_from(["x", "z", "n", "t", "r", "ready"]))]["max_age"] = "always"
        case "unit":
            changed["metrics"][draw(st.sampled_from(["x", "share", "rate"]))]["unit"] = "items"
        case "after":
            draw(st.sampled_from(changed["moves"]))["after"] = "1 week"
        case "for":
            changed["triggers"]["t0"]["for"] = "2 weeks"
        case _:
            changed["triggers"]["spare"] = changed["triggers"]["t0"]
    return changed


def observed_in(world: World) -> Observations:
    return tabulate(Calendar.ISO, entries(world.history, "R"))
