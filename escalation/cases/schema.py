"""The JSON Schema (2020-12) of files of cases, made from the models, as that of policy files is."""

from __future__ import annotations

from escalation.cases.model import CasesFile
from escalation.policy.schema import DIALECT, as_file, of

IDENTITY = "urn:escalation:cases:1"
FILE = "cases.schema.json"


def schema() -> dict[str, object]:
    """Give the schema as a value."""
    return {"$schema": DIALECT, "$id": IDENTITY, **of(CasesFile), "title": "Cases of a policy"}


def text() -> str:
    """Give the schema as the text of a file, the same for the same models."""
    return as_file(schema())
