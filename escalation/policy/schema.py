"""The JSON Schema (2020-12) of policy files, made from the models: what editors check while a policy is written.

A policy whose first line is `# yaml-language-server: $schema=policy.schema.json` is checked by editors that know it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from escalation.policy.model import Policy

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from escalation.policy.values import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTITY = "urn:escalation:policy:language:1"
FILE = "policy.schema.json"


def schema() -> dict[str, object]:
    """Give the schema as a value."""
    made = Policy.model_json_schema(schema_generator=_Generator)
    return {"$schema": DIALECT, "$id": IDENTITY, **made, "title": "Policy of the language 1"}


def of(files: TypeAdapter[Any] | type[Document]) -> dict[str, object]:
    """Give the schema of other files, made in the same way."""
    adapter = files if isinstance(files, TypeAdapter) else TypeAdapter(files)
    return adapter.json_schema(schema_generator=_Generator)


def text() -> str:
    """Give the schema as the text of a file, the same for the same models."""
    return as_file(schema())


def as_file(made: dict[str, object]) -> str:
    """Print a schema as a file has it."""
    return json.dumps(made, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


class _Generator(GenerateJsonSchema):
    """Leaves out what is true of the models only: nulls, default values as Python holds them, titles made of names."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - the signature is pydantic's
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Allow names only, where pydantic describes the entries whose key is a name and allows all others."""
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made
