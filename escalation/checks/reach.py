"""Rules made of the exact analysis: what can never happen, what order decides, what goes back and forth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


@rule(
    "milder-move-first",
    severity=Severity.WARNING,
    help="put the move to the stricter stage first",
    of_pairs=True,
)
def milder_move_first(policy: Policy) -> Iterator[Finding]:
    """A move to a milder stage stands before one to a stricter stage, and both can be met in the same week.

    The first move whose guards are all met decides: on the worst figures the smaller step is recommended. Where one
    step at a time is meant, say so in a comment that answers this finding, at either of the two moves.

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
          wave: {when: {metric: cases, above: 100}, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: jump, from: mild, to: strict, trigger: wave}
          - {name: up, from: mild, to: firm, trigger: crowded}
    """
    places = _places(policy)
    for first, second, stages in _met_together(policy, _hides_a_stricter_stage):
        message = (
            f"`{first}` stands before `{second}`, which leads further, and both can be met in the same week of {stages}"
        )
        yield ("moves", places[first], "name"), message, [(("moves", places[second], "name"), "it leads further")]


@rule(
    "order-decides",
    severity=Severity.INFO,
    help="nothing to do where the order of the moves is meant",
    of_pairs=True,
)
def order_decides(policy: Policy) -> Iterator[Finding]:
    """A move that escalates and one that relaxes can be met in the same week, or two that relax, the nearer one first.

    Which is recommended depends on which stands first in the file. The usual order is taken as meant: of moves that
    escalate the strictest first, of moves that relax the one that leads furthest. Of moves that escalate in the other
    order `milder-move-first` tells, of an overlap that is plain from the conditions `opposite-moves-overlap`.

    Bad:

        metrics:
          cases: {kind: flow}
          beds: {kind: level}
        triggers:
          wave: {when: {metric: cases, above: 100}, missing: unknown}
          rising: {when: {metric: cases, above: 50}, for: 2 weeks, missing: unknown}
          free: {when: {metric: beds, below: 40}, for: 2 weeks, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: up, from: mild, to: firm, trigger: rising}
          - {name: jump, from: firm, to: strict, trigger: wave, valid: {from: 2021-01-01}}
          - {name: down, from: [firm, strict], to: mild, trigger: free}

    Good:

        metrics:
          cases: {kind: flow}
          beds: {kind: level}
        triggers:
          wave: {when: {metric: cases, above: 100}, missing: unknown}
          rising: {when: {metric: cases, above: 50}, for: 2 weeks, missing: unknown}
          free: {when: {all: [{metric: beds, below: 40}, {metric: cases, below: 50}]}, for: 2 weeks, missing: unknown}
        stages: [{name: mild}, {name: firm}, {name: strict}]
        moves:
          - {name: up, from: mild, to: firm, trigger: rising}
          - {name: jump, from: firm, to: strict, trigger: wave, valid: {from: 2021-01-01}}
          - {name: down, from: [firm, strict], to: mild, trigger: free}
    """
    places = _places(policy)
    for first, second, stages in _met_together(policy, _is_unusual):
        message = f"`{first}` and `{second}` can be met in the same week of {stages}: their order decides"
        yield ("moves", places[second], "name"), message, [(("moves", places[first], "name"), f"`{first}` is first")]


def _met_together(policy: Policy, asked: Callable[[int, int, int], bool]) -> Iterator[tuple[str, str, str]]:
    """Give pairs of moves of which the order decides, and the stages in which it does, in words.

    Asked is about the ranks of a stage and of those that the two lead to. A move that never wins is told as shadowed.
    """
    found = analysis_of(policy)
    goals = {move.name: policy.ranks[move.to] for move in policy.moves}
    shadowed = {one.move for one in found.moves if one.claim is Claim.SHADOWED}
    pairs: dict[tuple[str, str], list[str]] = {}
    for one in found.conflicts:
        if one.second not in shadowed and asked(policy.ranks[one.stage], goals[one.first], goals[one.second]):
            pairs.setdefault((one.first, one.second), []).append(one.stage)
    for (first, second), stages in pairs.items():
        yield first, second, ", ".join(f"`{stage}`" for stage in sorted(stages, key=policy.ranks.__getitem__))


def _hides_a_stricter_stage(stage: int, first: int, second: int) -> bool:
    return stage < first < second


def _is_unusual(stage: int, first: int, second: int) -> bool:
    """Say whether a pair is neither in the usual order nor told as the milder one first."""
    both_escalate, both_relax = stage < min(first, second), stage > max(first, second)
    return not both_escalate and not (both_relax and first < second)


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
