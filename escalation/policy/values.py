"""The small texts and numbers of a policy file, each read with its own sentence for what is wrong."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from escalation.policy.scalars import Unquoted

ASSUMPTION = "assumption"
WEEKS = re.compile(r"(0|[1-9][0-9]{0,3}) weeks?", re.ASCII)


class Document(BaseModel):
    """What all parts of a file read from outside have in common: exact types, no unknown keys, no change afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


def _weeks(raw: object) -> object:
    if isinstance(raw, str) and (match := WEEKS.fullmatch(raw)):
        return int(match[1])
    if isinstance(raw, Unquoted):
        return raw
    raise PydanticCustomError("weeks", "write a number of weeks as `2 weeks`")


def _age(raw: object) -> object:
    if raw == "always":
        return None
    try:
        return _weeks(raw)
    except PydanticCustomError:
        raise PydanticCustomError("age", "write an age as `2 weeks`, or `always`") from None


def _day(raw: object) -> object:
    text = raw.text if isinstance(raw, Unquoted) else raw
    if not isinstance(text, str):
        raise PydanticCustomError("day", "write a date as 2021-09-12")
    try:
        if len(text) == len("2021-09-12"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError("day", "`{text}` is not a date; write it as 2021-09-12", {"text": text})


def _answer(raw: object) -> object:
    text = raw.text if isinstance(raw, Unquoted) else raw
    if text in ("yes", "no"):
        return text
    raise PydanticCustomError("yes_no", "write `yes` or `no`")


def _number(raw: object) -> object:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    if isinstance(raw, Unquoted):
        return raw
    raise PydanticCustomError("number", "write a number, with a dot for decimals and nothing between the thousands")


def _threshold(raw: object) -> object:
    if isinstance(raw, str | Unquoted):
        return raw
    try:
        return _number(raw)
    except PydanticCustomError:
        raise PydanticCustomError("threshold", "write a number or the name of a parameter") from None


def _operand(raw: object) -> object:
    if isinstance(raw, str | Unquoted):
        return raw
    try:
        return _number(raw)
    except PydanticCustomError:
        raise PydanticCustomError("operand", "write the name of a metric or a number") from None


def one_or_more(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


NAME_PATTERN = "^[A-Za-z][A-Za-z0-9_-]*$"
Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN, max_length=64)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Threshold = Annotated[
    float | Name,
    BeforeValidator(_threshold),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": NAME_PATTERN}]}),
]
Operand = Annotated[
    float | Name,
    BeforeValidator(_operand),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": NAME_PATTERN}]}),
]
Weeks = Annotated[
    int, BeforeValidator(_weeks), WithJsonSchema({"type": "string", "pattern": "^(0|[1-9][0-9]{0,3}) weeks?$"})
]
Age = Annotated[
    int | None,
    BeforeValidator(_age),
    WithJsonSchema({"type": "string", "pattern": "^((0|[1-9][0-9]{0,3}) weeks?|always)$"}),
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_answer), WithJsonSchema({"enum": ["yes", "no"]})]
Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(one_or_more),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": NAME_PATTERN},
                {"type": "array", "items": {"type": "string", "pattern": NAME_PATTERN}, "minItems": 1},
            ]
        }
    ),
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
        """Give the text in a language, or in the other one where it has only that."""
        first, second = (self.id, self.en) if language is Language.INDONESIAN else (self.en, self.id)
        return first or second or ""


def _wording(raw: object) -> object:
    if isinstance(raw, str):
        return {"en": raw, "id": raw}
    if isinstance(raw, dict) and not raw:
        raise PydanticCustomError("wording", "write a text, or `{{en: ..., id: ...}}`")
    if isinstance(raw, dict | Unquoted):
        return raw
    raise PydanticCustomError("wording", "write a text, or `{{en: ..., id: ...}}`")


Wording = Annotated[
    BothLanguages,
    BeforeValidator(_wording),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {"en": {"type": "string"}, "id": {"type": "string"}},
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
