"""What a what-if is asked about: an outcome by its name, and what outlooks and replays come to in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.evaluation.library import the_stage
from escalation.observations.findings import nearest
from escalation.policy.model import Policy
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.outlook import Outlook
from escalation.whatif.quantiles import MEDIAN, reached

OF_STAGE = "STAGE"


class Kind(StrEnum):
    """What is looked at, of cases: regions over the weeks on record, or regions and draws in the weeks to come."""

    RECOMMENDED = "recommended"
    """The part of the cases, from 0 to 1, that are recommended a stage at least once."""
    FIRST = "first"
    """The week, counted from 0, by which half of the cases have been recommended a stage; infinite where fewer are."""
    WEEKS = "weeks"
    """The mean number of weeks in which a stage is in force."""
    CHANGES = "changes"
    """The mean number of changes of stage."""
    UNDONE = "undone"
    """The mean number of changes that take the one before back within four weeks."""
    UNDETERMINED = "undetermined"
    """The mean number of weeks in which the policy cannot say."""
    SHORTEST_STAY = "shortest-stay"
    """The weeks that the shortest stay does not exceed in half of all cases; infinite where fewer of them have one."""

    @property
    def is_of_stage(self) -> bool:
        """Whether it is asked of one stage, and not of all."""
        return self in (Kind.RECOMMENDED, Kind.FIRST, Kind.WEEKS)


FORMER = {"in-force": Kind.WEEKS, "probability": Kind.RECOMMENDED}
"""Words that outcomes had in earlier versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is looked at, and the stage it is about; none where it is about all.

    >>> str(Outcome(kind=Kind.FIRST, stage="perda")), str(Outcome(kind=Kind.CHANGES))
    ('first:perda', 'changes')
    """

    kind: Kind
    stage: str | None = None

    def __str__(self) -> str:
        """Write it as it is asked for."""
        return self.kind.value if self.stage is None else f"{self.kind.value}:{self.stage}"

    def rank(self, stages: Collection[str]) -> int:
        """Give the place of its stage among those of a policy; 0 where it is about all."""
        return 0 if self.stage is None else [*stages].index(self.stage)


def outcome(text: str | None, policy: Policy) -> Outcome:
    """Read an outcome, as `recommended:perda` or `changes`; without one, whether the last stage is recommended.

    Raise RequestError for a word that is none, or a stage that the policy has not.
    """
    last = policy.stages[-1].name
    if text is None:
        return Outcome(kind=Kind.RECOMMENDED, stage=last)
    name, _, stage = (part.strip() for part in text.partition(":"))
    if name in FORMER:
        now = FORMER[name].value
        raise RequestError(
            f"`{name}` is now `{now}`",
            help=f"write `{now}:{stage or last}`",
            indonesian=(f"`{name}` kini bernama `{now}`", f"tulis `{now}:{stage or last}`"),
        )
    if name not in tuple(Kind):
        near = nearest(name, tuple(Kind))
        meant = ("", "") if near is None else (f"did you mean `{near}`? ", f"maksudnya `{near}`? ")
        raise RequestError(
            f"`{text}` is no outcome",
            help=f"{meant[0]}the outcomes are: {known()}",
            indonesian=(f"`{text}` bukan nama hasil", f"{meant[1]}hasil yang ada: {known()}"),
        )
    kind = Kind(name)
    if kind.is_of_stage != bool(stage):
        written = f"{name}:{last}" if kind.is_of_stage else name
        about = ("one stage", "satu tahap") if kind.is_of_stage else ("all stages", "semua tahap")
        raise RequestError(
            f"`{name}` is asked of {about[0]}",
            help=f"write `{written}`; the outcomes are: {known()}",
            indonesian=(f"`{name}` berlaku untuk {about[1]}", f"tulis `{written}`; hasil yang ada: {known()}"),
        )
    return Outcome(kind=kind, stage=the_stage(policy, stage) if stage else None)


def known() -> str:
    """List how outcomes are written."""
    return ", ".join(f"`{kind.value}:{OF_STAGE}`" if kind.is_of_stage else f"`{kind.value}`" for kind in Kind)


def outcomes(stages: Sequence[str]) -> tuple[Outcome, ...]:
    """Give all outcomes of a policy with these stages."""
    of_stage = [Outcome(kind=kind, stage=stage) for kind in Kind if kind.is_of_stage for stage in stages]
    return (*of_stage, *(Outcome(kind=kind) for kind in Kind if not kind.is_of_stage))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """What cases come to, counted: arrays int64 with any axes `...` between, as of values tried, or of regions.

    `weeks` [..., stage] in force; `undetermined` [...] weeks; `called` [week, ..., stage] cases that are recommended a
    stage for the first time; `changes` and `undone` [...] changes of stage; `stays` [..., weeks] cases by the weeks of
    their shortest stay, those without one by 0 (see `Outlook`). There are `cases` at each place.
    """

    stages: tuple[str, ...]
    cases: int
    weeks: Counts
    undetermined: Counts
    called: Counts
    changes: Counts
    undone: Counts
    stays: Counts

    def of(self, outcome: Outcome) -> Floats:
        """Give an outcome, [...]: a part from 0 to 1, a mean, weeks, or a week counted from 0; infinite for never."""
        kind, rank = outcome.kind, outcome.rank(self.stages)
        match kind:
            case Kind.FIRST:
                return _or_never(reached(self.called[..., rank], MEDIAN, of=self.cases, axis=0))
            case Kind.SHORTEST_STAY:
                return _or_never(reached(self.stays[..., 1:], MEDIAN, of=self.cases)) + 1
            case Kind.RECOMMENDED:
                total: Counts = self.called[..., rank].sum(axis=0)
            case Kind.WEEKS:
                total = self.weeks[..., rank]
            case Kind.CHANGES:
                total = self.changes
            case Kind.UNDONE:
                total = self.undone
            case Kind.UNDETERMINED:
                total = self.undetermined
            case _:
                assert_never(kind)
        found: Floats = total / self.cases
        return found

    def exchanged(self) -> Counted:
        """Give the same with the two axes of places the other way round."""
        return replace(
            self,
            weeks=self.weeks.swapaxes(0, 1),
            undetermined=self.undetermined.swapaxes(0, 1),
            called=self.called.swapaxes(1, 2),
            changes=self.changes.swapaxes(0, 1),
            undone=self.undone.swapaxes(0, 1),
            stays=self.stays.swapaxes(0, 1),
        )


def _or_never(places: NDArray[np.int64]) -> Floats:
    return np.where(places >= 0, places.astype(np.float64), math.inf)


def by_region(found: Outlook) -> Counted:
    """Count what the draws of each region come to, [region]."""
    return Counted(
        stages=found.stages,
        cases=found.draws,
        weeks=found.stage.sum(axis=0),
        undetermined=found.undetermined.sum(axis=0),
        called=found.recommended,
        changes=found.changes @ np.arange(found.changes.shape[-1]),
        undone=found.undone.sum(axis=0),
        stays=found.shortest_stay,
    )


def over_all(found: Outlook) -> Counted:
    """Count what the draws of all regions come to together, without an axis of places."""
    own = by_region(found)
    return Counted(
        stages=own.stages,
        cases=own.cases * len(found.regions),
        weeks=own.weeks.sum(axis=0),
        undetermined=own.undetermined.sum(axis=0),
        called=own.called.sum(axis=1),
        changes=own.changes.sum(axis=0),
        undone=own.undone.sum(axis=0),
        stays=own.stays.sum(axis=0),
    )
