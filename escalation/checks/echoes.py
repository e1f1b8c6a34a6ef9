"""Echoes: what merely follows from another finding is told beside it, not as one of its own.

A contradiction in a trigger makes its move dead, and the stage behind the move unreachable: one mistake, and one
finding. An echo is left out only where what it follows from is told in the same run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from escalation.checks.analysed import analysis_of
from escalation.checks.exact.answers import Claim
from escalation.checks.ladder import exits_of
from escalation.diagnostics import Diagnostic, Related
from escalation.policy.conditions import AllOf, AnyOf, Condition, Count, TriggerLeaf, parts_of

if TYPE_CHECKING:
    from escalation.policy.model import Move, Policy
    from escalation.policy.source import Route


def without_echoes(found: Sequence[Diagnostic], policy: Policy) -> list[Diagnostic]:
    """Leave out the findings that follow from others, and name them among the related places of those."""
    causes = _Told(policy, found).causes()
    followers: dict[Diagnostic, list[Related]] = {}
    for echo, cause in causes.items():
        if echo.rule != "order-decides":  # says the same again
            followers.setdefault(cause, []).append(Related(place=echo.place, message=f"so {echo.message}"))
    return [_with(one, followers.get(one, [])) for one in found if one not in causes]


def _with(one: Diagnostic, followers: Sequence[Related]) -> Diagnostic:
    return replace(one, related=(*one.related, *sorted(followers, key=lambda other: other.place)))


class _Told:
    """The findings that are told of a policy, by rule and place."""

    def __init__(self, policy: Policy, found: Sequence[Diagnostic]) -> None:
        self.policy = policy
        self.exits = exits_of(policy)
        self.at = {(one.rule, one.place): one for one in found}
        self.by_rule: dict[str, list[Diagnostic]] = {}
        for one in found:
            self.by_rule.setdefault(one.rule, []).append(one)

    def causes(self) -> Mapping[Diagnostic, Diagnostic]:
        """Give for each echo the finding that it follows from, which is not an echo itself."""
        leaves = (self._of_leaves(one.when, ("triggers", name, "when")) for name, one in self.policy.triggers.items())
        return dict(chain(self._of_pairs(), *leaves, self._of_moves(), self._of_stages().items()))

    def _get(self, name: str, *route: str | int) -> Diagnostic | None:
        return self.at.get((name, self.policy.source.place(route)))

    def _of_pairs(self) -> Iterator[tuple[Diagnostic, Diagnostic]]:
        """What order decides between two moves that overlap, and the way back and forth that both are part of."""
        overlaps = [(self._moves(one), one) for one in self.by_rule.get("opposite-moves-overlap", ())]
        for rule in ("order-decides", "ping-pong"):
            for echo in self.by_rule.get(rule, ()):
                cause = next((one for pair, one in overlaps if pair <= self._moves(echo)), None)
                if cause:
                    yield echo, cause

    def _moves(self, one: Diagnostic) -> frozenset[str]:
        places = {one.place, *(other.place for other in one.related)}
        return frozenset(
            move.name
            for index, move in enumerate(self.policy.moves)
            if any(self.policy.source.place(("moves", index, key)) in places for key in ("name", "trigger"))
        )

    def _of_moves(self) -> Iterator[tuple[Diagnostic, Diagnostic]]:
        for index, move in enumerate(self.policy.moves):
            dead, shadowed = (self._get(rule, "moves", index, "name") for rule in ("dead-move", "shadowed-move"))
            never, repeated = self._never(index, move), self._get("repeated-move", "moves", index, "name")
            if dead and never:
                yield dead, never
            if shadowed and repeated:
                yield shadowed, repeated

    def _never(self, index: int, move: Move) -> Diagnostic | None:
        """Give what is told of the law or of the figures that forbids a move for good."""
        by_law = (self._get("never-in-force", "moves", index, key) for key in ("name", "valid"))
        return next(filter(None, by_law), None) or self._unmet_trigger(move.trigger)

    def _unmet_trigger(self, name: str) -> Diagnostic | None:
        return self._unmet(self.policy.triggers[name].when, ("triggers", name, "when"))

    def _unmet(self, condition: Condition, route: Route) -> Diagnostic | None:
        """Give the contradiction that alone keeps a condition from being met."""
        if "condition-never-met" not in self.by_rule:
            return None
        unmet = [one for at, part in parts_of(condition, route) if (one := self._unmet(part, at))]
        match condition:
            case TriggerLeaf(trigger=name) if cause := self._unmet_trigger(name):
                return cause
            case AllOf() if unmet:
                return unmet[0]
            case AnyOf(parts=parts) if len(unmet) == len(parts):
                return unmet[0]
            case Count(count=quorum) if len(quorum.parts) - len(unmet) < quorum.at_least:
                return unmet[0]
        return self._get("condition-never-met", *route)

    def _of_leaves(self, condition: Condition, route: Route) -> Iterator[tuple[Diagnostic, Diagnostic]]:
        """The places at which a trigger is named that a contradiction keeps from being met."""
        for at, part in parts_of(condition, route):
            yield from self._of_leaves(part, at)
        if isinstance(condition, TriggerLeaf):
            echo, cause = self._get("condition-never-met", *route), self._unmet_trigger(condition.trigger)
            if echo and cause:
                yield echo, cause

    def _of_stages(self) -> Mapping[Diagnostic, Diagnostic]:
        """Give for each stage that cannot be reached what bars it, or bars the stages that lead to it.

        Of stages that are reached only from each other the mildest is told.
        """
        told = self._stages("unreachable-stage")
        if not told:
            return {}
        unreachable = {one.stage for one in analysis_of(self.policy).stages if one.claim is Claim.NEVER}
        causes = {**self._barred(unreachable, told), **self._stages("stage-without-entry")}
        self._spread(causes, unreachable)
        for stage, one in told.items():
            if stage not in causes:
                causes[stage] = one
                self._spread(causes, unreachable)
        return {one: causes[stage] for stage, one in told.items() if causes[stage] is not one}

    def _stages(self, rule: str) -> dict[str, Diagnostic]:
        """Give what a rule tells of stages, in the order of the ladder."""
        told = ((stage.name, self._get(rule, "stages", i, "name")) for i, stage in enumerate(self.policy.stages))
        return {name: one for name, one in told if one}

    def _barred(self, unreachable: set[str], told: Mapping[str, Diagnostic]) -> dict[str, Diagnostic]:
        """Give for the stages next to those that are reached what bars the moves, or else what is told of the stage."""
        barring: dict[str, list[Diagnostic | None]] = {}
        for index, move in enumerate(self.policy.moves):
            if move.to in unreachable and not unreachable.issuperset(self.policy.origins(move)):
                dead = self._never(index, move) or self._get("dead-move", "moves", index, "name")
                barring.setdefault(move.to, []).append(dead)
        causes = {stage: bars[0] if all(bars) else told.get(stage) for stage, bars in barring.items()}
        return {stage: one for stage, one in causes.items() if one}

    def _spread(self, causes: dict[str, Diagnostic], unreachable: set[str]) -> None:
        """Let what bars a stage count for the stages behind it."""
        waiting = list(causes)
        for stage in waiting:
            for _, move in self.exits.get(stage, ()):
                if move.to in unreachable and move.to not in causes:
                    causes[move.to] = causes[stage]
                    waiting.append(move.to)
