"""Rules made of the exact analysis: what can never happen, what order decides, what goes back and forth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.checks.exact.analysis import analyse
from escalation.checks.exact.answers import Analysis, Claim
from escalation.checks.registry import rule
from escalation.diagnostics import Severity

if TYPE_CHECKING:
    from escalation.checks.registry import Finding
    from escalation.policy.model import Policy

KEPT = "_analysis"


def analysis_of(policy: Policy) -> Analysis:
    """Analyse a policy, once: the answer is kept with it."""
    found = policy.__dict__.get(KEPT)
    if not isinstance(found, Analysis):
        found = policy.__dict__[KEPT] = analyse(policy, examples=False)
    return found


def _places(policy: Policy) -> dict[str, int]:
    return {move.name: index for index, move in enumerate(policy.moves)}


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
    places = _places(policy)
    for index, firing in enumerate(analysis_of(policy).moves):
        if firing.claim is Claim.SHADOWED:
            message = f"whenever `{firing.move}` is met, an earlier move is recommended"
            others = [(("moves", places[name], "name"), f"`{name}` comes first") for name in firing.by]
            yield ("moves", index, "name"), message, others


@rule("order-decides", severity=Severity.INFO, help="nothing to do where the order of the moves is meant")
def order_decides(policy: Policy) -> Iterator[Finding]:
    """Two moves out of a stage lead to different stages and can be met in the same week.

    Which is recommended depends on which stands first in the file. Of a move that escalates and one that relaxes
    `opposite-moves-overlap` tells it.

    Bad:

        metrics:
          cases: {kind: flow}
          beds: {kind: level}
        triggers:
          crowded: {when: {metric: beds, above: 80}, missing: unknown}
          wave: {when: {metric: cases, above: 100}, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: up, from: mild, to: firm, trigger: crowded}
          - {name: jump, from: mild, to: strict, trigger: wave}

    Good:

        metrics:
          cases: {kind: flow}
          beds: {kind: level}
        triggers:
          crowded: {when: {metric: beds, above: 80}, missing: unknown}
          wave: {when: {all: [{metric: cases, above: 100}, {metric: beds, at_most: 80}]}, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: up, from: mild, to: firm, trigger: crowded}
          - {name: jump, from: mild, to: strict, trigger: wave}
    """
    places = _places(policy)
    for conflict in analysis_of(policy).conflicts:
        first, second = conflict.first, conflict.second
        message = f"`{first}` and `{second}` can be met in the same week of `{conflict.stage}`: their order decides"
        yield ("moves", places[second], "name"), message, [(("moves", places[first], "name"), f"`{first}` is first")]


@rule(
    "ping-pong",
    severity=Severity.WARNING,
    help="leave room between the thresholds of the way there and the way back, or ask for a longer stay",
)
def ping_pong(policy: Policy) -> Iterator[Finding]:
    """The same figures, week after week, lead to another stage and back again.

    If people follow, the stage goes back and forth though nothing changes. The figures are those of the inputs: a move
    that needs them to rise or to fall is no part of this. Moves that wait for a judgement are left out: people are
    asked each time. `escalation analyse` prints the figures.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          high: {when: {metric: coverage, at_least: 60}, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: high}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 60}, missing: unknown}
          high: {when: {metric: coverage, at_least: 70}, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: high}
    """
    flap = analysis_of(policy).steady
    if flap is not None:
        places = _places(policy)
        way = ", ".join(f"`{stage}`" for stage in flap.stages)
        others = [
            (("moves", places[name], "name"), f"`{name}` is part of it") for name in dict.fromkeys(flap.moves[1:])
        ]
        yield (
            ("moves", places[flap.moves[0]], "name"),
            f"the same figures every week lead from stage to stage: {way}",
            [other for other in others if other[0] != ("moves", places[flap.moves[0]], "name")],
        )


@rule("broken-invariant", severity=Severity.ERROR, help="mend the moves, or the invariant")
def broken_invariant(policy: Policy) -> Iterator[Finding]:
    """An invariant does not hold: there are data that break it.

    `escalation analyse` prints them as a case.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 60}, for: 2 weeks, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: low, after: 2 weeks}
        invariants:
          - {earliest: {stage: strict, weeks: 4}}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 60}, for: 2 weeks, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: low, after: 4 weeks}
        invariants:
          - {earliest: {stage: strict, weeks: 4}}
    """
    found = analysis_of(policy)
    for proof in found.invariants:
        if proof.claim is Claim.REFUTED:
            invariant = policy.invariants[proof.index]
            if invariant.never is not None:
                move = proof.witness.expected[-1][3] if proof.witness is not None else ""
                said = f"the move `{move}` leads from `{invariant.never.from_}` to `{invariant.never.to}`"
            else:
                stage = invariant.earliest.stage if invariant.earliest is not None else ""
                weeks = next(reach.earliest for reach in found.stages if reach.stage == stage)
                said = f"`{stage}` can be reached in {weeks} week{'' if weeks == 1 else 's'}"
            yield ("invariants", proof.index), said


@rule("not-proved", severity=Severity.INFO, help="see the page `analysis` of the manual")
def not_proved(policy: Policy) -> Iterator[Finding]:
    """The analysis cannot say whether something about the policy holds.

    The thresholds of a metric lie so near to each other that the tolerance of comparisons blurs them, there is more to
    search than the budget allows, or an example could not be made of figures that can be observed.

    Bad:

        metrics:
          coverage: {kind: level}
        triggers:
          low: {when: {metric: coverage, below: 1}, missing: unknown}
          high: {when: {metric: coverage, at_least: 1.0000000001}, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: high}

    Good:

        metrics:
          coverage: {kind: level}
        triggers:
          low: {when: {metric: coverage, below: 1}, missing: unknown}
          high: {when: {metric: coverage, at_least: 1}, missing: unknown}
        stages: [{name: mild}, {name: strict}]
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: mild, trigger: high}
    """
    found = analysis_of(policy)
    for note in found.notes:
        yield ("stages",), f"what the policy can come to is not proved: {note}"
    if not found.notes:
        for proof in found.invariants:
            if proof.claim is Claim.NOT_PROVED:
                yield ("invariants", proof.index), f"the invariant is not proved: {proof.why}"
