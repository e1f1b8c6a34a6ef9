"""The JSON Schema (2020-12) of files of scenarios, made from the models, as that of policy files is."""

from __future__ import annotations

from escalation.policy.schema import DIALECT, as_file, of
from escalation.whatif.scenarios.model import ANY_FILE

IDENTITY = "urn:escalation:scenario:1"
FILE = "scenario.schema.json"


def schema() -> dict[str, object]:
    """Give the schema as a value."""
    return {"$schema": DIALECT, "$id": IDENTITY, **of(ANY_FILE), "title": "Scenarios of a policy"}


def text() -> str:
    """Give the schema as the text of a file, the same for the same models."""
    return as_file(schema())
