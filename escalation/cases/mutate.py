"""Whether the cases of a policy notice its mutants: killed, equivalent, or survivors, each with what would kill it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from escalation.cases.case import Case
from escalation.cases.mutants import Mutant
from escalation.cases.run import holds
from escalation.evaluation.ladder import Ladder


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    SURVIVED = "survived"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A mutant with its fate: of a survivor `killer` is a case, as YAML, that would kill it.

    `reason` says why it was not decided whether a mutant that survived means the same as the policy.
    """

    mutant: Mutant
    fate: Fate
    killer: str = ""
    reason: str = ""


Contrast = Callable[[Mutant], Judged]
"""Says of a mutant that no case kills whether it means the same."""


def mutate(cases: Sequence[Case], mutants: Iterable[Mutant], contrast: Contrast) -> Iterator[Judged]:
    """Run the cases on each mutant, and compare those that none of them kills with the policy."""
    for mutant in mutants:
        ladder = Ladder(mutant.policy)
        if all(holds(ladder, case) for case in cases):
            yield contrast(mutant)
        else:
            yield Judged(mutant=mutant, fate=Fate.KILLED)


def undecided(mutant: Mutant) -> Judged:
    """Say of a mutant that it was compared with nothing."""
    return Judged(mutant=mutant, fate=Fate.UNDECIDED, reason="not analysed")


def score(judged: Iterable[Judged]) -> float:
    """Give the share of the mutants killed, in percent, the equivalent ones left out; 100 where there are none."""
    fates = [one.fate for one in judged if one.fate is not Fate.EQUIVALENT]
    return 100 * fates.count(Fate.KILLED) / len(fates) if fates else 100.0
