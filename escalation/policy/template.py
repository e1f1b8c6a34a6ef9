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
CASES = """\
# What the policy makes of made-up weeks: run by `escalation test .`, explained by `escalation manual cases`.
policy: policy.yaml
cases:
  - name: two weeks below 40 % lead to restrictions, and 40 % is not below
    stage: normal
    start: 2026-W01
    series: {storage: 40.0025 40 39.9975 39}             # one figure a week
    expect:
      - {week: 2026-W01, recommend: hold}
      - {week: 2026-W02, recommend: hold}
      - {week: 2026-W03, recommend: hold, countdown: {restrict: 1}}
      - {week: 2026-W04, recommend: escalate, to: restrictions, because: [storage-low]}

  - name: without figures nobody can say
    stage: normal
    start: 2026-W01
    series: {storage: 39x1 _ _ 39x1}                     # 39x1: 39, and one week more; _: no figure
    expect:
      - {week: 2026-W03, recommend: escalate}            # the figure of the week before
      - {week: 2026-W04, recommend: undetermined, to: restrictions, missing: [storage]}
      - {week: 2026-W05, recommend: undetermined}        # low again, for 1 week or for more
      - {week: 2026-W06, recommend: escalate}

  - name: weeks before a stage took effect count as well
    stage: normal
    since: 2026-W03
    start: 2026-W01
    series: {storage: 39}                                # a number alone stands for every week
    expect:
      - {week: 2026-W03, dwell: 0, recommend: escalate, to: restrictions}

  - name: four weeks from 40 % on lift the restrictions
    stage: restrictions
    since: 2026-W01
    start: 2026-W01
    series: {storage: 39.9975x1 40x2 40.0025}
    expect:
      - {week: 2026-W02, recommend: hold, streaks: {storage-recovered: 0}}
      - {week: 2026-W05, recommend: hold, streaks: {storage-recovered: 3}}
      - {week: 2026-W06, recommend: relax, to: normal, because: [storage-recovered]}

  - name: restrictions stay where the storage has not recovered
    stage: restrictions
    since: 2026-W01
    start: 2026-W01
    series: {storage: 39.9975}
    expect:
      - {week: 2026-W06, recommend: hold, triggers: {storage-recovered: unmet}}

  - name: restrictions stay for four weeks
    stage: restrictions
    since: 2026-W03
    start: 2026-W01
    series: {storage: 45}
    expect:
      - {week: 2026-W06, recommend: hold, dwell: 3, countdown: {lift: 1}}
      - {week: 2026-W07, recommend: relax}

  - name: a gap leaves open whether the storage has recovered for four weeks
    stage: restrictions
    since: 2026-W01
    start: 2026-W01
    series: {storage: 39 45x1 _ _ 45x3}                  # 3 weeks with the one carried, one unknown, then 4
    expect:
      - {week: 2026-W05, recommend: undetermined, to: normal, missing: [storage]}
      - {week: 2026-W06, recommend: undetermined, to: normal, missing: [storage]}
      - {week: 2026-W09, recommend: relax}
"""


def new_policy(name: str) -> Mapping[str, str]:
    """Give the files of a new policy by their names. Raise RequestError where the name cannot be a policy's.

    >>> list(new_policy("reservoir"))
    ['policy.yaml', 'observations.csv', 'cases.yaml', 'policy.schema.json']
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        remedy = "begin with a letter A to Z, followed by letters, digits, `-` and `_`"
        raise RequestError(f"`{name}` cannot be the name of a policy", help=remedy)
    title = name.replace("-", " ").replace("_", " ").strip().capitalize()
    return {
        "policy.yaml": POLICY.replace("NAME", name, 1).replace("TITLE", title),
        "observations.csv": OBSERVATIONS,
        "cases.yaml": CASES,
        schema.FILE: schema.text(),
    }
