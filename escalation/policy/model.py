"""The policy as a value: everything LANGUAGE 1 can say, frozen, each part found by its name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from escalation.periods import Calendar
from escalation.policy.conditions import Condition
from escalation.policy.draft import Draft
from escalation.policy.metrics import InputMetric, Kind, Metric, Ranged
from escalation.policy.operands import operands, unit_of
from escalation.policy.origins import Origin
from escalation.policy.source import Source
from escalation.policy.values import (
    Day,
    Document,
    Line,
    Name,
    Names,
    Number,
    Weeks,
    Wording,
    fault,
)

ANY = "any"


class Jurisdiction(Document):
    """A city, province or country."""

    name: Line = Field(description="The name of the city, province or country.")
    code: Line | None = Field(default=None, description="Its official code, in quotes.")
    country: Line | None = Field(default=None, description="The country, as two letters.")
    short: Line | None = Field(default=None, description="The name as it follows an office: `Bekasi`.")
    seat: Line | None = Field(default=None, description="Where its acts are made; `short` without it.")
    within: Line | None = Field(default=None, description="The province or state that it lies in.")
    founding_law: Name | None = Field(default=None, description="The source that founded it, with its `norm`.")


class DatedValue(Document):
    """A value from a day on."""

    from_: Day = Field(alias="from", description="The first day on which the value is in force.")
    value: Number = Field(description="The value.")
    source: Names | None = Field(default=None, description="Where the value comes from, or `assumption`.")


class Parameter(Ranged):
    """A named number; a dated one takes the value in force on the last day of the week."""

    value: Number | None = Field(default=None, description="The value.")
    dated: tuple[DatedValue, ...] | None = Field(
        default=None, min_length=1, description="The values by date, the earliest first, instead of `value`."
    )
    source: Names | None = Field(default=None, description="Where the value comes from, or `assumption`.")

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if self.value is not None and self.dated is not None:
            raise fault("two_values", "dated")
        if self.value is None and self.dated is None:
            raise fault("no_value")
        for index, (earlier, later) in enumerate(pairwise(self.dated or ()), start=1):
            if later.from_ <= earlier.from_:
                raise fault("dated_order", "dated", index, "from")
        return self

    def on(self, day: date) -> float | None:
        """Give the value in force on a day; none before the first dated value."""
        if self.dated is None:
            return self.value
        return next((dated.value for dated in reversed(self.dated) if dated.from_ <= day), None)

    def sources_on(self, day: date) -> tuple[str, ...]:
        """Name the sources of the value in force on a day."""
        if self.dated is not None:
            found = next((dated for dated in reversed(self.dated) if dated.from_ <= day), None)
            if found is not None and found.source:
                return found.source
        return self.source or ()


class Trigger(Document):
    """A condition, how long it must hold, and what weeks without data do to it."""

    title: Wording | None = Field(default=None, description="The name shown to people.")
    when: Condition = Field(description="The condition.")
    for_: Weeks = Field(
        default=1, ge=1, alias="for", description="Weeks in a row that it must hold, this one included; 1 without it."
    )
    missing: Literal["unknown", "hold", "break"] = Field(
        description="What a week without data does to the streak: `unknown` leaves it open, `hold` passes over the "
        "week, `break` ends the streak."
    )
    since: Literal["entry"] | None = Field(
        default=None, description="`entry`: only weeks since the present stage took effect count."
    )
    source: Names | None = Field(default=None, description="Where the rule comes from, or `assumption`.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")


class Stage(Document):
    """One step of the ladder."""

    name: Name = Field(description="The name used in the file.")
    title: Wording | None = Field(default=None, description="The name shown to people.")
    instrument: Name | None = Field(default=None, description="The legal form, one of the pack of `instruments`.")
    parent_norm: Names | None = Field(default=None, description="The sources that give the power for the legal form.")
    draft: Draft | None = Field(default=None, description="What the draft of the legal form says.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")


class Validity(Document):
    """The days on which a rule is in force, both included."""

    from_: Day | None = Field(default=None, alias="from", description="The first day in force.")
    until: Day | None = Field(default=None, description="The last day in force.")

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if self.from_ is not None and self.until is not None and self.from_ > self.until:
            raise fault("validity", "until")
        return self

    def covers(self, day: date) -> bool:
        """Say whether the rule is in force on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


class Move(Document):
    """A rule that leads from a stage to another."""

    name: Name = Field(description="The name of the move.")
    from_: Names = Field(alias="from", description="A stage, a list of stages, or `any` other stage.")
    to: Name = Field(description="The stage it leads to.")
    trigger: Name = Field(description="The trigger that must be met.")
    after: Weeks = Field(default=0, description="The shortest stay in the present stage.")
    requires: Names | None = Field(default=None, description="Judgements that must be yes.")
    valid: Validity | None = Field(default=None, description="The days on which the move is in force.")
    title: Wording | None = Field(default=None, description="The name shown to people.")
    source: Names | None = Field(default=None, description="Where the rule comes from, or `assumption`.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")


class Lock(Validity):
    """A rule that forbids moves, whatever the data say."""

    not_below: Name | None = Field(default=None, description="No move relaxes to a stage below this one.")
    not_above: Name | None = Field(default=None, description="No move escalates to a stage above this one.")
    source: Names | None = Field(default=None, description="Where the rule comes from, or `assumption`.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")

    @model_validator(mode="after")
    def _names_one_stage(self) -> Self:
        if self.not_below is not None and self.not_above is not None:
            raise fault("two_locks", "not_above")
        if self.not_below is None and self.not_above is None:
            raise fault("lock")
        return self


class Step(Document):
    """A change from one stage to another."""

    from_: Name = Field(alias="from", description="The stage left.")
    to: Name = Field(description="The stage entered.")


class Earliest(Document):
    """A stage and the number of weeks before which it cannot be reached."""

    stage: Name = Field(description="The stage.")
    weeks: int = Field(ge=0, le=5200, description="It takes at least so many weeks from the first stage.")


class Invariant(Document):
    """What must hold whatever the data say; proved or refuted by the analysis."""

    never: Step | None = Field(default=None, description="No move leads from the one stage to the other.")
    earliest: Earliest | None = Field(default=None, description="The stage cannot be reached sooner.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if self.never is not None and self.earliest is not None:
            raise fault("two_invariants", "earliest")
        if self.never is None and self.earliest is None:
            raise fault("invariant")
        return self


class Policy(Document):
    """One policy: metrics, triggers, stages and the moves between them, each number with its source."""

    language: Literal[1] = Field(description="The version of the policy language.")
    name: Name = Field(description="The name of the policy.")
    version: Line | None = Field(default=None, description="The version of this file.")
    title: Wording | None = Field(default=None, description="The name shown to people.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")
    jurisdiction: Jurisdiction | None = Field(default=None, description="Where the policy holds.")
    calendar: Calendar = Field(
        strict=False, description="The weeks: `iso-week` (Monday to Sunday) or `epi-week` (Sunday to Saturday)."
    )
    instruments: Name | None = Field(default=None, description="The pack of legal forms that `instrument` names.")
    sources: dict[Name, Origin] = Field(default_factory=dict, description="The documents cited, by name.")
    parameters: dict[Name, Parameter] = Field(default_factory=dict, description="Named numbers, by name.")
    metrics: dict[Name, Metric] = Field(description="What is measured and computed, by name.")
    triggers: dict[Name, Trigger] = Field(description="Conditions with a length of time, by name.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="The stages, from the mildest to the strictest.")
    moves: tuple[Move, ...] = Field(
        default=(), description="The moves in order of priority; the first whose guards are all met is recommended."
    )
    locks: tuple[Lock, ...] = Field(default=(), description="What forbids moves, whatever the data say.")
    invariants: tuple[Invariant, ...] = Field(default=(), description="What must hold whatever the data say.")
    simplifications: tuple[Wording, ...] = Field(
        default=(), description="What the file leaves out or assumes, told to every reader."
    )

    _source: Source = PrivateAttr()

    @property
    def source(self) -> Source:
        """The file the policy was read from, with the place of every element."""
        return self._source

    @property
    def digest(self) -> str:
        """SHA-256 of the file's bytes, in hexadecimal."""
        return self._source.digest

    @cached_property
    def inputs(self) -> Mapping[str, InputMetric]:
        """The metrics that are observed, judgements and attributes included."""
        return {name: metric for name, metric in self.metrics.items() if isinstance(metric, InputMetric)}

    @cached_property
    def judgements(self) -> Mapping[str, InputMetric]:
        """The metrics that a role judges."""
        return {name: metric for name, metric in self.inputs.items() if metric.kind is Kind.JUDGEMENT}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of each stage on the ladder, 0 for the mildest."""
        return {stage.name: rank for rank, stage in enumerate(self.stages)}

    def stage(self, name: str) -> Stage:
        """Find a stage by its name."""
        return self.stages[self.ranks[name]]

    def origins(self, move: Move) -> tuple[str, ...]:
        """Name the stages that a move leads out of, in the order of the ladder."""
        named = self.ranks if move.from_ == (ANY,) else move.from_
        return tuple(stage.name for stage in self.stages if stage.name in named and stage.name != move.to)

    def inputs_of(self, name: str) -> tuple[str, ...]:
        """Name the observed metrics that a metric rests on, in the order in which they are met."""
        return self._leaves[name]

    @cached_property
    def _leaves(self) -> Mapping[str, tuple[str, ...]]:
        leaves: dict[str, tuple[str, ...]] = {}

        def visit(name: str) -> tuple[str, ...]:
            if name not in leaves:
                below = [leaf for _, operand in operands(self.metrics[name]) for leaf in visit(operand)]
                leaves[name] = tuple(dict.fromkeys(below)) or (name,)
            return leaves[name]

        for name in self.metrics:
            visit(name)
        return leaves

    @cached_property
    def units(self) -> Mapping[str, str | None]:
        """The unit of each metric: its own, or the one that its operation makes of its operand's."""
        return {name: unit_of(self.metrics, name) for name in self.metrics}
