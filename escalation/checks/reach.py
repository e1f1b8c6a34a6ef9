"""What can never happen, by the exact analysis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.checks.analysed import analysis_of, places
from escalation.checks.exact.answers import Claim
from escalation.checks.registry import rule
from escalation.diagnostics import Severity

if TYPE_CHECKING:
    from escalation.checks.registry import Finding
    from escalation.policy.model import Policy


@rule(
    "unreachable-stage",
    severity=Severity.WARNING,
    help="mend the moves that lead to it, or delete the stage; `escalation analyse` says what stands against each move",
)
def unreachable_stage(policy: Policy) -> Iterator[Finding]:
    """Moves lead to a stage, and none of them can ever be recommended.

    All data were tried, and all that people can do with the recommendations: a region that begins in the first stage
    never comes to this one. Where all moves that lead to it are told as dead, or come from a stage that is told, the
    finding on those names this stage.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 50}, missing: unknown}
          very-low: {when: {metric: coverage, below: 30}, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: up, from: mild, to: firm, trigger: low}
          - {name: jump, from: mild, to: strict, trigger: very-low}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 50}, missing: unknown}
          very-low: {when: {metric: coverage, below: 30}, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: up, from: mild, to: firm, trigger: low}
          - {name: jump, from: firm, to: strict, trigger: very-low}
    """
    entered = {move.to for move in policy.moves}
    for index, reach in enumerate(analysis_of(policy).stages):
        if reach.claim is Claim.NEVER and reach.stage in entered:
            yield ("stages", index, "name"), f"the stage `{reach.stage}` can never be reached"


@rule("dead-move", severity=Severity.ERROR, help="mend its trigger or its guards, or delete the move")
def dead_move(policy: Policy) -> Iterator[Finding]:
    """A move can never be recommended, whatever the data are.

    Its condition contradicts itself, its guards are never met in the same week, or the law allows it in no week. A move
    out of a stage that cannot be reached is not told here: the stage is. What `condition-never-met` or `never-in-force`
    already says of it is told there.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          early: {when: {metric: coverage, below: 50}, for: 2 weeks, missing: unknown}
          late: {when: {metric: coverage, below: 50}, for: 3 weeks, missing: unknown}
          brief: {when: {all: [{trigger: late}, {not: {trigger: early}}]}, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: early}
          - {name: down, from: strict, to: mild, trigger: brief}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          early: {when: {metric: coverage, below: 50}, for: 2 weeks, missing: unknown}
          late: {when: {metric: coverage, below: 50}, for: 3 weeks, missing: unknown}
          brief: {when: {all: [{trigger: early}, {not: {trigger: late}}]}, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: early}
          - {name: down, from: strict, to: mild, trigger: brief}
    """
    found = analysis_of(policy)
    reached = {reach.stage for reach in found.stages if reach.claim is not Claim.NEVER}
    for index, firing in enumerate(found.moves):
        origins = policy.origins(policy.moves[index])
        if firing.claim is Claim.NEVER and reached.intersection(origins):
            yield ("moves", index, "name"), f"the move `{firing.move}` can never be recommended: {firing.why}"


@rule("shadowed-move", severity=Severity.WARNING, help="put it before the others, or narrow their triggers")
def shadowed_move(policy: Policy) -> Iterator[Finding]:
    """A move never wins: whenever its guards are met, an earlier move is recommended.

    The first move whose guards are all met decides.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 50}, missing: unknown}
          very-low: {when: {metric: coverage, below: 30}, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: up, from: mild, to: firm, trigger: low}
          - {name: jump, from: mild, to: strict, trigger: very-low}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 50}, missing: unknown}
          very-low: {when: {metric: coverage, below: 30}, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: jump, from: mild, to: strict, trigger: very-low}
          - {name: up, from: mild, to: firm, trigger: low}
    """
    at = places(policy)
    for index, firing in enumerate(analysis_of(policy).moves):
        if firing.claim is Claim.SHADOWED:
            message = f"whenever `{firing.move}` is met, an earlier move is recommended"
            others = [(("moves", at[name], "name"), f"`{name}` comes first") for name in firing.by]
            yield ("moves", index, "name"), message, others
