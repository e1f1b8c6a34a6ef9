"""The shape of a file of cases, as YAML says it; what the texts in it mean is read by `load`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from escalation.evaluation.step import Recommendation
from escalation.evaluation.truth import Verdict
from escalation.policy.values import Document, Line, Name, Weeks, YesNo


def _as_written(raw: object) -> object:
    return raw


_NUMBER = r"([0-9]+\.?[0-9]*|\.[0-9]+)"
_FIGURE = rf"(-?{_NUMBER}([+-]{_NUMBER}x[0-9]+|x[0-9]+)?|(_|unusable)(x[0-9]+)?|revised\([^()]*\))"
_ANSWER = r"((yes|no|_|unusable)(x[0-9]+)?|revised\([^()]*\))"


def _series(one: str) -> dict[str, object]:
    return {"type": "string", "pattern": rf"^\s*{one}(\s+{one})*\s*$"}


_PAIR = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}

AsWritten = PlainValidator(_as_written)
"""Marks a value that `load` reads; its schema tells editors what can be written."""

When = Annotated[
    object, AsWritten, WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}(-?W[0-9]{2}|-[0-9]{2}-[0-9]{2})$"})
]
Figures = Annotated[
    object,
    AsWritten,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                _series(_FIGURE),
                {"type": "array", "items": {"anyOf": [{"type": "number"}, _series(_FIGURE)]}},
            ]
        }
    ),
]
Answers = Annotated[
    object, AsWritten, WithJsonSchema({"anyOf": [_series(_ANSWER), {"type": "array", "items": _series(_ANSWER)}]})
]
Streak = Annotated[object, AsWritten, WithJsonSchema({"anyOf": [{"type": "integer"}, _PAIR]})]
Value = Annotated[object, AsWritten, WithJsonSchema({"anyOf": [{"type": "number"}, {"enum": ["_", "yes", "no"]}]})]
Countdown = Annotated[object, AsWritten, WithJsonSchema({"anyOf": [{"type": "integer"}, {"const": "never"}]})]

Word = Annotated[Recommendation, Field(strict=False)]
Answer = Annotated[Verdict, Field(strict=False)]


class Expectation(Document):
    """What one week is expected to give; what is left out is not compared."""

    week: When = Field(description="The week, as 2021-W36.")
    as_of: When | None = Field(default=None, description="Only what was known on this day, or by the end of this week.")
    recommend: Word | None = Field(default=None, description="`escalate`, `relax`, `hold` or `undetermined`.")
    to: Name | None = Field(default=None, description="The stage that is recommended, or would be.")
    move: Name | None = Field(default=None, description="The move that decides.")
    because: tuple[Name, ...] | None = Field(
        default=None, description="The triggers that decide: the move's, and those met within it; all of them."
    )
    missing: tuple[Name, ...] | None = Field(default=None, description="What is missing, all of it, in any order.")
    stage: Name | None = Field(default=None, description="The stage in force while the week is evaluated.")
    dwell: int | None = Field(default=None, description="Weeks in the stage.")
    stage_after: Name | None = Field(default=None, description="The stage once the week's decision has taken effect.")
    pending: Name | None = Field(default=None, description="The stage of a decision that waits to take effect.")
    lapsed: Name | None = Field(
        default=None, description="The stage of a decision that would take effect, had the law allowed it."
    )
    unlawful: YesNo | None = Field(default=None, description="Whether the decision was no lawful move.")
    triggers: dict[Name, Answer] = Field(default_factory=dict, description="The verdicts of triggers.")
    streaks: dict[Name, Streak] = Field(
        default_factory=dict, description="Weeks that triggers have held: a number, or `[least, most]`."
    )
    values: dict[Name, Value] = Field(default_factory=dict, description="The values of metrics, `_` for none.")
    countdown: dict[Name, Countdown] = Field(
        default_factory=dict, description="Weeks until moves could be recommended, or `never`."
    )


class Decision(Document):
    """What people decided."""

    stage: Name = Field(description="The stage that takes effect.")
    decided: When | None = Field(default=None, description="The week in which it was decided: pending from then on.")


def _decision(raw: object) -> object:
    return {"stage": raw} if isinstance(raw, str) else raw


Taken = Annotated[Decision, BeforeValidator(_decision, json_schema_input_type=Name | Decision)]


class CaseEntry(Document):
    """One history, and what the policy makes of it."""

    name: Line = Field(description="What is claimed, as a sentence; unique in the file.")
    note: Line | None = Field(default=None, description="How the figures come about, where that is not plain.")
    stage: Name | None = Field(default=None, description="The stage in force at first; the first one without it.")
    since: When | None = Field(default=None, description="The week in which it took effect; `start` without it.")
    start: When = Field(description="The week of the first figure of each series.")
    series: dict[Name, Figures] = Field(
        default_factory=dict, description="The figures of each metric: a series, or one number for every week."
    )
    judgements: dict[Name, Answers] = Field(
        default_factory=dict, description="The answers to each judgement: a series, or one answer for every week."
    )
    decisions: dict[Line, Taken] = Field(
        default_factory=dict, description="What people decided: the week in which a stage takes effect, and the stage."
    )
    adopt: Literal["follow"] | None = Field(
        default=None, description="`follow`: every recommendation is adopted, instead of `decisions`."
    )
    lag: Weeks | None = Field(default=None, description="When following: from recommendation to effect.")
    up_to: Name | None = Field(default=None, description="When following: no stage above this one is adopted.")
    as_of: When | None = Field(default=None, description="Only what was known on this day, or by the end of this week.")
    expect: tuple[Expectation, ...] = Field(min_length=1, description="What is expected, week by week.")


class CasesFile(Document):
    """A file of cases, which test one policy."""

    policy: Line = Field(description="The policy file, as seen from this one.")
    cases: tuple[CaseEntry, ...] = Field(min_length=1, description="The cases.")
