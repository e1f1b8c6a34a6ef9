"""Whether the cases of a policy notice its mutants: killed, equivalent, or survivors, each with what would kill it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from escalation.cases.case import Case
from escalation.cases.load import loads
from escalation.cases.mutants import Mutant
from escalation.cases.run import holds
from escalation.checks.exact import Relation, contrast
from escalation.checks.exact.paste import pasted
from escalation.evaluation.ladder import Ladder

UNWRITTEN = "figures show a difference that no case can tell"


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    SURVIVED = "survived"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A mutant with its fate: of a survivor `killer` is a case, as YAML, that would kill it.

    `reason` says why there is no such case, or why it was not decided whether a mutant that survived means the same as
    the policy.
    """

    mutant: Mutant
    fate: Fate
    killer: str = ""
    reason: str = ""


def mutate(ladder: Ladder, cases: Sequence[Case], mutants: Iterable[Mutant]) -> Iterator[Judged]:
    """Run the cases of a policy on each of its mutants, and compare those that none of them kills with the policy."""
    for mutant in mutants:
        changed = Ladder(mutant.policy)
        if all(holds(changed, case) for case in cases):
            yield contrasted(ladder, mutant)
        else:
            yield Judged(mutant=mutant, fate=Fate.KILLED)


def contrasted(ladder: Ladder, mutant: Mutant) -> Judged:
    """Compare a mutant with its policy over all inputs: it means the same, or a case shows where it does not."""
    found = contrast(ladder.policy, mutant.policy, any_difference=True)
    if found.witness is not None:
        killer = pasted(ladder, found.witness, f"notices that {mutant.change}")
        if _kills(ladder, mutant, killer):
            return Judged(mutant=mutant, fate=Fate.SURVIVED, killer=killer)
        return Judged(mutant=mutant, fate=Fate.SURVIVED, reason=UNWRITTEN)
    if found.relation is Relation.EQUAL:
        return Judged(mutant=mutant, fate=Fate.EQUIVALENT)
    return Judged(mutant=mutant, fate=Fate.UNDECIDED, reason=found.why)


def _kills(ladder: Ladder, mutant: Mutant, entry: str) -> bool:
    """Say whether a case that is proposed passes on the policy and fails on the mutant."""
    (case,) = loads(f"policy: policy.yaml\ncases:\n{entry}", ladder.policy).cases
    return holds(ladder, case) and not holds(Ladder(mutant.policy), case)


def score(judged: Iterable[Judged]) -> float:
    """Give the share of the mutants killed, in percent, the equivalent ones left out; 100 where there are none."""
    fates = [one.fate for one in judged if one.fate is not Fate.EQUIVALENT]
    return 100 * fates.count(Fate.KILLED) / len(fates) if fates else 100.0
