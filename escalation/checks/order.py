"""Which of two moves is recommended, by the exact analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from escalation.checks.analysed import analysis_of, places
from escalation.checks.exact.answers import Claim
from escalation.checks.registry import rule
from escalation.diagnostics import Severity

if TYPE_CHECKING:
    from escalation.checks.registry import Finding
    from escalation.policy.model import Policy


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
    at = places(policy)
    for first, second, stages in _met_together(policy, _hides_a_stricter_stage):
        message = (
            f"`{first}` stands before `{second}`, which leads further, and both can be met in the same week of {stages}"
        )
        yield ("moves", at[first], "name"), message, [(("moves", at[second], "name"), "it leads further")]


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
    at = places(policy)
    for first, second, stages in _met_together(policy, _is_unusual):
        message = f"`{first}` and `{second}` can be met in the same week of {stages}: their order decides"
        yield ("moves", at[second], "name"), message, [(("moves", at[first], "name"), f"`{first}` is first")]


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
