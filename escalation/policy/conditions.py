"""Conditions: comparisons of a metric with a constant or a parameter, joined by all, any, not and count."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from escalation.policy.values import TAG, Document, Name, Threshold, YesNo, fault


class Operator(StrEnum):
    """How a value is compared with a threshold."""

    BELOW = "below"
    AT_MOST = "at_most"
    ABOVE = "above"
    AT_LEAST = "at_least"
    EQUAL_TO = "equal_to"


class Limits(Document):
    """One comparison, or two that make a range."""

    below: Threshold | None = Field(default=None, description="Holds for values less than this, not on it.")
    at_most: Threshold | None = Field(default=None, description="Holds for values up to this, and on it.")
    above: Threshold | None = Field(default=None, description="Holds for values more than this, not on it.")
    at_least: Threshold | None = Field(default=None, description="Holds for values from this on, and on it.")
    equal_to: Threshold | None = Field(default=None, description="Holds for this value only.")

    @cached_property
    def limits(self) -> tuple[tuple[Operator, float | str], ...]:
        """The comparisons written, in a fixed order: operator, and number or parameter name."""
        return tuple((operator, limit) for operator in Operator if (limit := getattr(self, operator)) is not None)


class Comparison(Limits):
    """A metric compared with one or two thresholds."""

    metric: Name = Field(description="The metric that is compared.")
    missing: Literal["met", "unmet"] | None = Field(
        default=None,
        description="What the rule makes of an absent figure: `met` or `unmet`; without it the answer is unknown.",
    )

    @model_validator(mode="after")
    def _has_one_or_two_limits(self) -> Self:
        if len(self.limits) not in (1, 2):
            raise fault("limits", count=len(self.limits))
        return self


class TriggerLeaf(Document):
    """The verdict of another trigger in the same week."""

    trigger: Name = Field(description="The trigger whose verdict counts.")


class JudgementLeaf(Document):
    """What a named role has judged."""

    judgement: Name = Field(description="The judgement, a metric of kind `judgement`.")
    is_: YesNo = Field(alias="is", description="The answer that meets the condition.")


class AllOf(Document):
    """Met when every part is met."""

    parts: tuple[Condition, ...] = Field(alias="all", min_length=1, description="The parts, all of which must be met.")


class AnyOf(Document):
    """Met when at least one part is met."""

    parts: tuple[Condition, ...] = Field(alias="any", min_length=1, description="The parts, one of which must be met.")


class Not(Document):
    """Met when the part is unmet."""

    part: Condition = Field(alias="not", description="The condition that must be unmet.")


class Quorum(Document):
    """So many of the parts."""

    parts: tuple[Condition, ...] = Field(alias="of", min_length=1, description="The parts that are counted.")
    at_least: int = Field(ge=1, description="How many of the parts must be met.")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.at_least > len(self.parts):
            raise fault("quorum", "at_least", asked=self.at_least, parts=len(self.parts))
        return self


class Count(Document):
    """Met when enough parts are met."""

    count: Quorum = Field(description="The parts, and how many of them must be met.")


CONDITION_KEYS = ("metric", "trigger", "judgement", "all", "any", "not", "count")


def by_head(keys: tuple[str, ...], *, none: str, two: str) -> tuple[Discriminator, BeforeValidator]:
    """Make what tells by a key what a part is, and refuses, as a fault, a part with `none` or `two` of the keys."""

    def heads(raw: object) -> list[str]:
        return [key for key in keys if key in raw] if isinstance(raw, dict) else []

    def tag(raw: object) -> str | None:
        return next((TAG + key for key in heads(raw)), None)

    def has_one(raw: object) -> object:
        match heads(raw):
            case []:
                raise fault(none)
            case [first, second, *_]:
                raise fault(two, second, first=first, second=second)
        return raw

    return Discriminator(tag), BeforeValidator(has_one)


_TELL, _HAS_ONE = by_head(CONDITION_KEYS, none="condition", two="two_conditions")
Condition = Annotated[
    Annotated[Comparison, Tag(TAG + "metric")]
    | Annotated[TriggerLeaf, Tag(TAG + "trigger")]
    | Annotated[JudgementLeaf, Tag(TAG + "judgement")]
    | Annotated[AllOf, Tag(TAG + "all")]
    | Annotated[AnyOf, Tag(TAG + "any")]
    | Annotated[Not, Tag(TAG + "not")]
    | Annotated[Count, Tag(TAG + "count")],
    _TELL,
    _HAS_ONE,
]

Route = tuple[str | int, ...]


def parts_of(condition: Condition, route: Route) -> Iterator[tuple[Route, Condition]]:
    """Give the direct parts of a condition, each with its route in the file."""
    match condition:
        case AllOf(parts=parts):
            yield from (((*route, "all", index), part) for index, part in enumerate(parts))
        case AnyOf(parts=parts):
            yield from (((*route, "any", index), part) for index, part in enumerate(parts))
        case Count(count=quorum):
            yield from (((*route, "count", "of", index), part) for index, part in enumerate(quorum.parts))
        case Not(part=part):
            yield (*route, "not"), part


def walk(condition: Condition, route: Route) -> Iterator[tuple[Route, Condition]]:
    """Give a condition and all its parts, outermost first, each with its route in the file."""
    yield route, condition
    for inner_route, inner in parts_of(condition, route):
        yield from walk(inner, inner_route)
