"""The files of a new policy folder: a small policy that runs as it stands, and rows to try it on."""

from __future__ import annotations

from collections.abc import Mapping

from escalation.errors import RequestError
from escalation.policy import schema
from escalation.policy.values import LONGEST_NAME, NAME

POLICY = """\
# yaml-language-server: $schema=policy.schema.json
# An example to be rewritten. `escalation check .` says what is wrong, `escalation evaluate .` what is recommended.
language: 1
name: "NAME"
version: 0.1.0
title: {en: "TITLE", id: "TITLE"}
calendar: iso-week                     # weeks from Monday to Sunday; epi-week: from Sunday to Saturday

# sources:                             # the documents that numbers and rules come from; cited as `source: mandate`
#   mandate: {title: "Title and number of the document", date: 2026-01-31}

parameters:                            # every number that may be argued about has a name and a source
  low_storage:
    unit: percent
    value: 40
    range: [10, 90]
    source: assumption                 # no document gives this number: every output says so

metrics:                               # what is observed; a column of observations.csv for each
  storage:
    unit: percent                      # 55 means 55 %; a figure outside 0 to 100 is refused
    kind: level
    max_age: 1 week                    # without a new figure the last one stands for one more week
    title: {en: Reservoir storage, id: Isi waduk}

triggers:                              # a condition, how long it must hold, and what a week without data does
  storage-low:
    title: {en: Storage is low, id: Isi waduk rendah}
    when: {metric: storage, below: low_storage}
    for: 2 weeks
    missing: unknown                   # unknown: say so; hold: pass over the week; break: begin again
    source: assumption
  storage-recovered:
    title: {en: Storage has recovered, id: Isi waduk pulih}
    when: {metric: storage, at_least: low_storage}
    for: 4 weeks
    missing: unknown
    source: assumption

stages:                                # from the mildest to the strictest
  - {name: normal, title: {en: Normal supply, id: Pasokan normal}}
  - {name: restrictions, title: {en: Restrictions on use, id: Pembatasan pemakaian}}

moves:                                 # in order of priority: the first whose guards are all met is recommended
  - {name: restrict, from: normal, to: restrictions, trigger: storage-low, source: assumption}
  - {name: lift, from: restrictions, to: normal, trigger: storage-recovered, after: 4 weeks, source: assumption}

simplifications:                       # what every reader should know that this file leaves out
  - "This is the example that `escalation init` writes; no authority has adopted it."
"""
OBSERVATIONS = """\
region,week,storage,source
Example district,2026-W01,52.5,example: not measured
Example district,2026-W02,47.0,example: not measured
Example district,2026-W03,43.5,example: not measured
Example district,2026-W04,39.5,example: not measured
Example district,2026-W05,36.0,example: not measured
"""


def new_policy(name: str) -> Mapping[str, str]:
    """Give the files of a new policy by their names. Raise RequestError where the name cannot be a policy's.

    >>> list(new_policy("reservoir"))
    ['policy.yaml', 'observations.csv', 'policy.schema.json']
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        remedy = "begin with a letter A to Z, followed by letters, digits, `-` and `_`"
        raise RequestError(f"`{name}` cannot be the name of a policy", help=remedy)
    title = name.replace("-", " ").replace("_", " ").strip().capitalize()
    return {
        "policy.yaml": POLICY.replace("NAME", name, 1).replace("TITLE", title),
        "observations.csv": OBSERVATIONS,
        schema.FILE: schema.text(),
    }
