"""What may come true of a stage in a region and week, by its name: the stage is in force, or has been recommended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from escalation.errors import RequestError
from escalation.evaluation.library import the_stage
from escalation.observations.findings import resembling
from escalation.policy.model import Policy

KNOWN = "`at-least:STAGE`, `recommended:STAGE`"


class WeekKind(StrEnum):
    """What is looked at in a week."""

    AT_LEAST = "at-least"
    """The stage or a stricter one is in force while the week is evaluated."""
    RECOMMENDED = "recommended"
    """The stage has been recommended in the week or in one before it, since the week of origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOutcome:
    """What is looked at, and the stage it is about.

    >>> str(WeekOutcome(kind=WeekKind.AT_LEAST, stage="perda"))
    'at-least:perda'
    """

    kind: WeekKind
    stage: str

    def __str__(self) -> str:
        """Write it as it is asked for."""
        return f"{self.kind.value}:{self.stage}"


def each_stage(policy: Policy) -> list[WeekOutcome]:
    """Ask whether each stage but the mildest, or a stricter one, is in force; of a single stage, if recommended."""
    first, *others = (stage.name for stage in policy.stages)
    found = [WeekOutcome(kind=WeekKind.AT_LEAST, stage=stage) for stage in others]
    return found or [WeekOutcome(kind=WeekKind.RECOMMENDED, stage=first)]


def week_outcome(text: str, policy: Policy) -> WeekOutcome:
    """Read an outcome, as `at-least:perda`.

    Raise RequestError for a word that is none, a stage that the policy has not, and for what is always true.
    """
    name, _, stage = (part.strip() for part in text.partition(":"))
    if name not in tuple(WeekKind):
        near = resembling(name, tuple(WeekKind))
        raise RequestError(
            f"`{text}` is no outcome of a week",
            help=f"{near} the outcomes are: {KNOWN}".strip(),
            indonesian=(f"`{text}` bukan hasil suatu minggu", f"yang dapat ditanyakan: {KNOWN}"),
        )
    found = WeekOutcome(kind=WeekKind(name), stage=the_stage(policy, stage))
    mildest = policy.stages[0].name
    if found.kind is WeekKind.AT_LEAST and found.stage == mildest:
        raise RequestError(
            f"`{mildest}` or a stricter stage is always in force",
            help="name a stricter stage, or ask for recommended:STAGE",
            indonesian=(
                f"`{mildest}` atau tahap yang lebih ketat selalu berlaku",
                "sebutkan tahap yang lebih ketat, atau tanyakan recommended:STAGE",
            ),
        )
    return found
