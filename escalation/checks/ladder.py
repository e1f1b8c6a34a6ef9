"""Rules on the ladder as it is drawn: stages that nothing enters or leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from escalation.checks.registry import Finding, rule
from escalation.diagnostics import Severity
from escalation.policy.model import ANY

if TYPE_CHECKING:
    from escalation.policy.model import Move, Policy


@rule("no-moves", severity=Severity.WARNING, help="add moves between the stages", on_key=True)
def no_moves(policy: Policy) -> Iterator[Finding]:
    """The policy has stages, and no move between them.

    Nothing can ever be recommended. The other rules on the ladder are silent then.

    Bad:

        stages: [{name: mild}, {name: strict}]

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: met}
    """
    if not policy.moves and len(policy.stages) > 1:
        yield ("stages",), "no moves lead from one stage to another"


@rule(
    "stage-without-entry",
    severity=Severity.WARNING,
    help="add a move that leads to it, or delete the stage",
)
def stage_without_entry(policy: Policy) -> Iterator[Finding]:
    """No move leads to a stage.

    The stage can never be recommended. The first stage is where a region begins, and needs no move.

    Bad:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: [middle, strict], to: mild, trigger: met}

    Good:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: middle, trigger: low}
          - {name: further-up, from: middle, to: strict, trigger: low, after: 4 weeks}
          - {name: down, from: [middle, strict], to: mild, trigger: met}
    """
    entered = {move.to for move in policy.moves}
    for index, stage in enumerate(policy.stages[1:], start=1):
        if policy.moves and stage.name not in entered:
            yield ("stages", index, "name"), f"no move leads to the stage `{stage.name}`"


@rule("no-way-up", severity=Severity.WARNING, help="add a move to a stricter stage")
def no_way_up(policy: Policy) -> Iterator[Finding]:
    """No move leads from a stage to a stricter one, though there are stricter ones.

    Whatever the data say, the ladder ends there.

    Bad:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: middle, trigger: low}
          - {name: down, from: any, to: mild, trigger: met}

    Good:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: middle, trigger: low}
          - {name: further-up, from: middle, to: strict, trigger: low, after: 4 weeks}
          - {name: down, from: any, to: mild, trigger: met}
    """
    ranks = policy.ranks
    rising = {
        origin for origin, moves in exits_of(policy).items() if any(ranks[move.to] > ranks[origin] for _, move in moves)
    }
    for index, stage in enumerate(policy.stages[:-1]):
        if policy.moves and stage.name not in rising:
            yield ("stages", index, "name"), f"no move leads from `{stage.name}` to a stricter stage"


@rule(
    "no-way-back",
    severity=Severity.WARNING,
    help="add a move to a milder stage; where there shall be none, an invariant `never` says so",
)
def no_way_back(policy: Policy) -> Iterator[Finding]:
    """No moves lead from a stage back to a milder one, not even by way of others.

    A measure without an end is hard to justify. An invariant `{never: {from: STAGE, to: MILDER}}` declares that it is
    meant so.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: met}
    """
    mildest = _mildest_reachable(policy)
    ranks = policy.ranks
    declared = {
        invariant.never.from_
        for invariant in policy.invariants
        if invariant.never and ranks[invariant.never.to] < ranks[invariant.never.from_]
    }
    for index, stage in enumerate(policy.stages):
        if policy.moves and mildest[stage.name] == index > 0 and stage.name not in declared:
            yield ("stages", index, "name"), f"no moves lead from `{stage.name}` back to a milder stage"


def origins(policy: Policy, move: Move) -> Iterable[str]:
    """Name the stages that a move leads out of, without a look at all the others."""
    named = policy.ranks if move.from_ == (ANY,) else move.from_
    return (name for name in named if name != move.to)


Moves = Mapping[str, Sequence[tuple[int, "Move"]]]
"""The moves at each stage that has any, each with its place in the file."""


def exits_of(policy: Policy) -> Moves:
    """Give the moves out of each stage."""
    found: dict[str, list[tuple[int, Move]]] = {}
    for index, move in enumerate(policy.moves):
        for origin in origins(policy, move):
            found.setdefault(origin, []).append((index, move))
    return found


def entries_of(policy: Policy) -> Moves:
    """Give the moves that lead to each stage."""
    found: dict[str, list[tuple[int, Move]]] = {}
    for index, move in enumerate(policy.moves):
        found.setdefault(move.to, []).append((index, move))
    return found


def _mildest_reachable(policy: Policy) -> Mapping[str, int]:
    """Give the rank of the mildest stage that moves lead to from each stage, by any number of steps."""
    into: dict[str, list[str]] = {}
    for origin, moves in exits_of(policy).items():
        for _, move in moves:
            into.setdefault(move.to, []).append(origin)
    found: dict[str, int] = {}
    for rank, stage in enumerate(policy.stages):
        waiting = [stage.name]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = rank
                waiting += _fresh(into.get(name, ()), found)
    return found


def _fresh(names: Iterable[str], found: Mapping[str, int]) -> Iterator[str]:
    return (name for name in names if name not in found)
