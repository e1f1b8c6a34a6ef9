"""What goes back and forth, and which invariants hold, by the exact analysis."""

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
        at = places(policy)
        way = ", ".join(f"`{stage}`" for stage in flap.stages)
        others = [(("moves", at[name], "name"), f"`{name}` is part of it") for name in dict.fromkeys(flap.moves[1:])]
        yield (
            ("moves", at[flap.moves[0]], "name"),
            f"the same figures every week lead from stage to stage: {way}",
            [other for other in others if other[0] != ("moves", at[flap.moves[0]], "name")],
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
