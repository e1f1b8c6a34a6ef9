"""Rules on the moves as they are drawn: those that pass a stage, repeat each other, or lead up and down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from escalation.checks.ladder import origins
from escalation.checks.registry import Finding, rule
from escalation.diagnostics import Severity
from escalation.policy.defects import named
from escalation.policy.model import ANY

if TYPE_CHECKING:
    from escalation.policy.model import Move, Policy


@rule(
    "skipped-stage",
    severity=Severity.WARNING,
    help="add a move that escalates to the stage, or say in a suppression that it is meant for the way back",
)
def skipped_stage(policy: Policy) -> Iterator[Finding]:
    """A move escalates past a stage that no move escalates to.

    The milder measure between is never tried on the way up: the stage is entered only on the way down. Of moves past a
    stage that others escalate to see `move-past-stage`, of stages that nothing leads to `stage-without-entry`. Moves
    `from: any` are meant to lead from everywhere, and moves that relax may go down at once.

    Bad:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: down, from: strict, to: middle, trigger: met}
          - {name: further-down, from: middle, to: mild, trigger: met, after: 4 weeks}

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
          - {name: down, from: strict, to: mild, trigger: met}
    """
    climbed, entered = _climbed_to(policy), {move.to for move in policy.moves}
    for index, move, origin, between in _leaps(policy):
        passed = [name for name in between if name not in climbed and name in entered]
        if passed:
            message = (
                f"`{move.name}` leads from `{origin}` to `{move.to}`, past {named(passed)}, which no move escalates to"
            )
            yield ("moves", index, "to"), message


@rule("move-past-stage", severity=Severity.INFO, help="nothing to do where the move is meant as a short cut")
def move_past_stage(policy: Policy) -> Iterator[Finding]:
    """A move escalates past a stage that other moves escalate to.

    In an emergency a milder measure is often left out on purpose, so this is a remark: a reader should know that the
    way up has a short cut. Moves `from: any` are meant to lead from everywhere.

    Bad:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          very-low: {when: {metric: coverage, below: 40}, missing: unknown}
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: jump, from: mild, to: strict, trigger: very-low}
          - {name: up, from: mild, to: middle, trigger: low}
          - {name: further-up, from: middle, to: strict, trigger: low, after: 4 weeks}
          - {name: down, from: [middle, strict], to: mild, trigger: met}

    Good:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          very-low: {when: {metric: coverage, below: 40}, missing: unknown}
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: jump, from: any, to: strict, trigger: very-low}
          - {name: up, from: mild, to: middle, trigger: low}
          - {name: further-up, from: middle, to: strict, trigger: low, after: 4 weeks}
          - {name: down, from: [middle, strict], to: mild, trigger: met}
    """
    climbed = _climbed_to(policy)
    for index, move, origin, between in _leaps(policy):
        if climbed.issuperset(between):
            yield ("moves", index, "to"), f"`{move.name}` leads from `{origin}` to `{move.to}`, past {named(between)}"


@rule("repeated-move", severity=Severity.ERROR, help="delete one of the two")
def repeated_move(policy: Policy) -> Iterator[Finding]:
    """Two moves lead from the same stage to the same stage under the same guards.

    The later one can never be the one that is recommended. One of them was probably meant to name another stage or
    trigger.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
          - {name: up-again, from: mild, to: strict, trigger: low}

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
    first: dict[object, int] = {}
    told: set[int] = set()
    for index, move in enumerate(policy.moves):
        guards = (move.to, move.trigger, move.after, frozenset(move.requires or ()), move.valid)
        for origin in origins(policy, move):
            earlier = first.setdefault((origin, guards), index)
            if earlier != index and index not in told:
                told.add(index)
                other = policy.moves[earlier]
                message = f"`{move.name}` leads from `{origin}` to `{move.to}` under the guards of `{other.name}`"
                yield ("moves", index, "name"), message, [(("moves", earlier, "name"), "the same move stands here")]


@rule(
    "move-both-ways",
    severity=Severity.WARNING,
    help="name under `from` the stages that are meant",
)
def move_both_ways(policy: Policy) -> Iterator[Finding]:
    """A move from `any` escalates out of some stages and relaxes out of others.

    `any` is every other stage, the stricter ones included: what was written as a step up also leads down. Where all
    moves are from `any`, the ladder follows the data directly, and that is meant.

    Bad:

        stages: [{name: mild}, {name: middle}, {name: strict}]
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
          met: {when: {metric: coverage, at_least: 70}, missing: unknown}
        moves:
          - {name: up, from: any, to: middle, trigger: low}
          - {name: further-up, from: middle, to: strict, trigger: low}
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
          - {name: further-up, from: middle, to: strict, trigger: low}
          - {name: down, from: any, to: mild, trigger: met}
    """
    if all(move.from_ == (ANY,) for move in policy.moves):
        return
    for index, move in enumerate(policy.moves):
        rank = policy.ranks[move.to]
        if move.from_ == (ANY,) and 0 < rank < len(policy.stages) - 1:
            stricter = policy.stages[rank + 1].name
            yield ("moves", index, "from"), f"`{move.name}` also relaxes: `any` includes `{stricter}`"


def _climbed_to(policy: Policy) -> set[str]:
    """Name the stages that some move escalates to."""
    ranks = policy.ranks
    moves = policy.moves
    return {move.to for move in moves if any(ranks[origin] < ranks[move.to] for origin in origins(policy, move))}


def _leaps(policy: Policy) -> Iterator[tuple[int, Move, str, Sequence[str]]]:
    """Give the moves that escalate past stages, each with its place, a stage that it leads from and those it passes."""
    names = list(policy.ranks)
    for index, move in enumerate(policy.moves):
        for origin in move.from_ if move.from_ != (ANY,) else ():
            between = names[policy.ranks[origin] + 1 : policy.ranks[move.to]]
            if between:
                yield index, move, origin, between
