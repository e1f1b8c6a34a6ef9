"""Two policies on all data: equal, stricter, looser or mixed, each with the shortest example as a case."""

from __future__ import annotations

from dataclasses import dataclass, replace

from escalation.checks.exact.contrast import Relation, contrast
from escalation.checks.exact.paste import pasted, unknown_to
from escalation.checks.exact.witness import Witness, replayed
from escalation.comparison.changes import Change
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.step import Evaluation, Recommendation
from escalation.policy.model import Policy

KINDS = ("stricter", "looser", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What one policy recommends in the last week of an example."""

    recommendation: Recommendation
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The shortest series of figures on which the two differ in one way: in the stage in force, in the week `week`.

    `case` is an entry of a file of cases that expects what the new policy recommends, without the series of metrics
    that only the old one knows, which are the `others`. `derived` names computed metrics that it sets directly, where
    no figures of their inputs were found: whether these can move so is not shown.
    """

    kind: str
    week: int
    stage: str
    before: Advice
    after: Advice
    case: str
    derived: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """How the new policy stands to the old one on all data; `why` says why that is not proved.

    `is_free`: the relation rests on examples that set computed metrics directly, which may be unable to move so.
    """

    relation: Relation
    examples: tuple[Example, ...] = ()
    why: str = ""
    is_free: bool = False

    @property
    def shown(self) -> tuple[Example, ...]:
        """The examples worth a look: those of another stage recommended, or others where there are none."""
        return tuple(example for example in self.examples if example.kind != "other") or self.examples

    def can_be(self, kind: str) -> bool:
        """Say whether the new policy is `stricter`, `looser`, `mixed` or `different`, or this is not ruled out."""
        shown = {example.kind for example in self.examples}
        if self.relation is Relation.NOT_PROVED:
            return True
        match kind:
            case "mixed":
                return self.relation is Relation.MIXED
            case "different":
                return self.relation is not Relation.EQUAL
            case _:
                return self.relation == kind or kind in shown


def over_inputs(old: Policy, new: Policy, changes: tuple[Change, ...]) -> Inputs:
    """Compare on all data, from every standing in a stage that both have.

    Where none of the changes has an effect the two are equal, and nothing is searched.
    """
    if not any(change.has_effect for change in changes):
        return Inputs(relation=Relation.EQUAL)
    found = contrast(old, new)
    ladders = (Ladder(old), Ladder(new))
    examples = [_example(kind, witness, *ladders) for kind in KINDS if (witness := getattr(found, kind)) is not None]
    return Inputs(relation=found.relation, examples=tuple(examples), why=found.why, is_free=found.is_free)


def _example(kind: str, witness: Witness, old: Ladder, new: Ladder) -> Example:
    last = witness.length - 1
    before, after = (replayed(ladder, witness)[last] for ladder in (old, new))
    told = replace(witness, expected=((last, after.recommendation, after.to, after.move),))
    return Example(
        kind=kind,
        week=witness.start + last,
        stage=after.stage,
        before=_advice(before),
        after=_advice(after),
        case=pasted(new, told, f"{kind} than before" if kind != "other" else "otherwise than before"),
        derived=witness.derived,
        others=unknown_to(new.policy, witness),
    )


def _advice(evaluation: Evaluation) -> Advice:
    return Advice(recommendation=evaluation.recommendation, to=evaluation.to)
