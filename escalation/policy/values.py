"""The small texts and numbers of a policy file; what is wrong with one is said by the table of `shape`."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from escalation.policy.scalars import Unquoted

ASSUMPTION = "assumption"
AMENDED = "--set"
"""Stands where sources do, for a value that was set for one question; no name in a file can be written so."""

NAME_PATTERN = "^[A-Za-z][A-Za-z0-9_-]*$"
LONGEST_NAME = 64
WEEKS_PATTERN = "(0|[1-9][0-9]{0,3}) weeks?"
NAME = re.compile(NAME_PATTERN.removesuffix("$") + r"\Z", re.ASCII)
WEEKS = re.compile(WEEKS_PATTERN, re.ASCII)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""The years of dates: those of the weekly data, and far enough from the end of the calendar to count weeks on."""

TAG = "\0"
"""Begins the tag of a union in the location of a mistake; no key of a file can hold it."""


class Document(BaseModel):
    """What all parts of a file read from outside have in common: exact types, no unknown keys, no change afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def fault(kind: str, *at: str | int, **facts: str | float) -> PydanticCustomError:
    """Make a mistake of a kind that `shape` has a sentence for; `at` leads to its place inside the value."""
    return PydanticCustomError(kind, kind, {"at": at, **facts})


def _weeks(raw: object) -> int:
    if isinstance(raw, str) and (match := WEEKS.fullmatch(raw)):
        return int(match[1])
    raise fault("weeks")


def _age(raw: object) -> int | None:
    if raw == "always":
        return None
    if isinstance(raw, str) and WEEKS.fullmatch(raw):
        return _weeks(raw)
    raise fault("age")


def _day(raw: object) -> date:
    text = raw.text if isinstance(raw, Unquoted) and raw.kind == "date" else raw
    if not isinstance(text, str) or len(text) != len("2021-09-12") or not text.isascii():
        raise fault("day")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise fault("no_such_day" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else "day") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise fault("far_day")
    return day


def _answer(raw: object) -> object:
    text = raw.text if isinstance(raw, Unquoted) else raw
    if text in ("yes", "no"):
        return text
    raise fault("yes_no")


def _number(raw: object) -> float:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    raise fault("number")


def _number_or_name(raw: object, kind: str) -> float | str:
    if isinstance(raw, str) and len(raw) <= LONGEST_NAME and NAME.match(raw):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    raise fault(kind)


def _threshold(raw: object) -> float | str:
    return _number_or_name(raw, "threshold")


def _operand(raw: object) -> float | str:
    return _number_or_name(raw, "operand")


def _names(raw: object) -> object:
    if isinstance(raw, str | Unquoted):
        return (raw,)
    if isinstance(raw, tuple):
        return raw
    raise fault("names")


Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN, max_length=LONGEST_NAME)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
"""A code of ISO 4217; which codes there are is not looked up."""
Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
PositiveNumber = Annotated[
    float, BeforeValidator(_number), Field(gt=0), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})
]

_NAME_SCHEMA = {"type": "string", "pattern": NAME_PATTERN, "maxLength": LONGEST_NAME}
_NUMBER_OR_NAME = WithJsonSchema({"anyOf": [{"type": "number"}, _NAME_SCHEMA]})
Threshold = Annotated[float | str, PlainValidator(_threshold), _NUMBER_OR_NAME]
Operand = Annotated[float | str, PlainValidator(_operand), _NUMBER_OR_NAME]

Weeks = Annotated[int, BeforeValidator(_weeks), WithJsonSchema({"type": "string", "pattern": f"^{WEEKS_PATTERN}$"})]
Age = Annotated[
    int | None, PlainValidator(_age), WithJsonSchema({"type": "string", "pattern": f"^({WEEKS_PATTERN}|always)$"})
]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
YesNo = Annotated[Literal["yes", "no"], PlainValidator(_answer), WithJsonSchema({"enum": ["yes", "no"]})]
Names = Annotated[
    tuple[Name, ...],
    Field(min_length=1),
    BeforeValidator(_names),
    WithJsonSchema({"anyOf": [_NAME_SCHEMA, {"type": "array", "items": _NAME_SCHEMA, "minItems": 1}]}),
]


class Language(StrEnum):
    """The languages of everything that officers read."""

    ENGLISH = "en"
    INDONESIAN = "id"


class BothLanguages(Document):
    """A text in English, Indonesian or both."""

    en: Line | None = Field(default=None, description="The text in English.")
    id: Line | None = Field(default=None, description="The text in Indonesian.")

    def in_language(self, language: Language) -> str:
        """Give the text in a language, or in the other one where it has only that, on one line."""
        first, second = (self.id, self.en) if language is Language.INDONESIAN else (self.en, self.id)
        return " ".join((first or second or "").split())


def _wording(raw: object) -> object:
    if isinstance(raw, str):
        return {"en": raw, "id": raw}
    if isinstance(raw, dict) and raw:
        return raw
    raise fault("title")


Wording = Annotated[
    BothLanguages,
    BeforeValidator(_wording),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {
                        "en": {"type": "string", "minLength": 1, "description": "The text in English."},
                        "id": {"type": "string", "minLength": 1, "description": "The text in Indonesian."},
                    },
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
