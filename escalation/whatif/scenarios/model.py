"""The shape of a file of scenarios, as YAML says it; what the texts in it mean is read by `load`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, TypeAdapter, WithJsonSchema

from escalation.policy.values import Document, Line, Name, Names, Number, Wording


def _as_written(raw: object) -> object:
    return raw


Raw = Annotated[object, PlainValidator(_as_written), WithJsonSchema({})]
"""A value that `load` reads: a week, an amount, what an amendment gives."""


def _listed(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


Lines = Annotated[
    tuple[Line, ...],
    BeforeValidator(_listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]


class Additions(Document):
    """What is added to a policy."""

    moves: tuple[Raw, ...] = Field(default=(), description="Moves, after all others in priority.")
    locks: tuple[Raw, ...] = Field(default=(), description="Locks.")


class EditEntry(Document):
    """One change to the data: a key that says what changes, by how much, in which weeks and regions."""

    scale: Names | None = Field(default=None, description="Metrics whose figures are multiplied, `by` a factor.")
    shift: Names | None = Field(default=None, description="Metrics to whose figures something is added, `by` so much.")
    pace: Names | None = Field(
        default=None, description="Metrics whose weekly increase is multiplied, `by` a factor: 0.5 halves the uptake."
    )
    campaign: Names | None = Field(
        default=None, description="Metrics that grow by so many `people` more in each week, in each region."
    )
    stop: Names | None = Field(
        default=None, description="Metrics that stand still: a count stays what it was, a flow is 0."
    )
    missing: Names | None = Field(
        default=None, description="Metrics without figures; `all` is every one but judgements and attributes."
    )
    late: Names | None = Field(
        default=None, description="Metrics whose figures are known later, `by` so many weeks; `all` as for `missing`."
    )
    revise: Names | None = Field(default=None, description="Metrics that get another `value`.")
    by: Raw | None = Field(default=None, description="A factor, an amount, or a number of weeks.")
    people: Number | None = Field(default=None, description="The people of a campaign, in each week and region.")
    value: Raw | None = Field(default=None, description="The figure that stands instead; of a judgement yes or no.")
    from_: Raw | None = Field(
        default=None, alias="from", description="The first week; the first of the data without it."
    )
    to: Raw | None = Field(default=None, description="The last week; there is no end without it.")
    week: Raw | None = Field(default=None, description="One week alone, instead of `from` and `to`.")
    regions: Lines | None = Field(default=None, description="The regions; all without it.")
    note: Line | None = Field(default=None, description="A remark for readers of the file.")


def _adoption(raw: object) -> object:
    return {"rule": raw} if isinstance(raw, str) else raw


class AdoptionEntry(Document):
    """What people do with recommendations."""

    rule: Literal["follow", "recorded", "never"] = Field(
        description="`follow` every recommendation, take what is `recorded`, or `never` follow one."
    )
    lag: Raw | None = Field(
        default=None,
        description="When following: the weeks from recommendation to effect, or `instruments` for the lead times of "
        "the legal forms.",
    )
    probability: Number | None = Field(
        default=None, ge=0, le=1, description="When following: how probable it is that a recommendation is followed."
    )
    up_to: Name | None = Field(default=None, description="When following: no stage above this one is adopted.")


RULES = ("follow", "recorded", "never")
Adopting = Annotated[
    AdoptionEntry,
    BeforeValidator(_adoption),
    WithJsonSchema({"anyOf": [{"enum": list(RULES)}, AdoptionEntry.model_json_schema()]}),
]


class ResponseEntry(Document):
    """How people respond to a stage, an assumption: it lifts the weekly uptake of a metric."""

    stage: Name | None = Field(default=None, description="The stage that is in force.")
    instrument: Name | None = Field(default=None, description="Instead of a stage: all stages of this legal form.")
    lifts: Name = Field(description="The metric, a cumulative count or a flow, whose weekly increase is lifted.")
    percent: Number = Field(ge=-100, description="By how many percent, while the stage is in force.")
    source: Names | None = Field(default=None, description="Sources of the policy, or `assumption`.")


class ScenarioEntry(Document):
    """One scenario: a policy with amendments, data with edits, and what people do."""

    name: Name = Field(description="The name of the scenario.")
    title: Wording | None = Field(default=None, description="The name shown to people.")
    note: Wording | None = Field(default=None, description="A remark for readers of the file.")
    horizon: Raw | None = Field(default=None, description="The weeks looked ahead; the weeks of the data without it.")
    set: dict[Line, Raw] = Field(default_factory=dict, description="Other values: the path of each, and the value.")
    drop: Lines | None = Field(default=None, description="Paths of moves, locks and keys that are left out.")
    add: Additions | None = Field(default=None, description="Moves and locks that are added.")
    order: tuple[Name, ...] | None = Field(default=None, min_length=1, description="All moves, in order of priority.")
    data: tuple[EditEntry, ...] = Field(default=(), description="Changes to the data, one after the other.")
    adopt: Adopting | None = Field(
        default=None, description="What people do with recommendations; `follow` without it."
    )
    response: tuple[ResponseEntry, ...] = Field(
        default=(), description="How people respond to stages; without it the measures change no metric."
    )


class OneScenario(ScenarioEntry):
    """A file of one scenario."""

    policy: Line | None = Field(default=None, description="The policy file, as seen from this one.")


class ScenariosFile(Document):
    """A file of several scenarios of one policy."""

    policy: Line | None = Field(default=None, description="The policy file, as seen from this one.")
    scenarios: tuple[ScenarioEntry, ...] = Field(min_length=1, description="The scenarios.")


ANY_FILE: TypeAdapter[OneScenario | ScenariosFile] = TypeAdapter(OneScenario | ScenariosFile)
"""Either sort of file."""
