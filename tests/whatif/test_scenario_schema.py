"""The JSON Schema of scenarios says what the models say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from click.testing import CliRunner

from escalation.cli import main
from escalation.policy.scalars import Unquoted
from escalation.policy.source import read
from escalation.whatif.scenarios import schema
from tests.whatif.test_scenario import FULL

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent.parent
BAD = ROOT / "tests" / "files" / "err" / "scenario"
VALIDATOR = jsonschema.Draft202012Validator(schema.schema())


def plain(node: object) -> object:
    match node:
        case Unquoted(text=text):
            return text
        case dict():
            return {key: plain(value) for key, value in node.items()}
        case list():
            return [plain(value) for value in node]
        case _:
            return node


def errors(text: bytes) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(plain(read("scenarios.yaml", text).tree))]


def described(properties: Mapping[str, Mapping[str, str]]) -> bool:
    return all(one.get("description", "").endswith(".") for one in properties.values())


def test_the_committed_schema_is_that_of_the_models_and_of_the_command() -> None:
    committed = (ROOT / "escalation" / "whatif" / "scenarios" / schema.FILE).read_text(encoding="utf-8")
    assert committed == schema.text()
    assert CliRunner().invoke(main, ["schema", "--scenario"]).stdout == committed


def test_the_schema_is_one_and_describes_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())
    parts = schema.schema()["$defs"]
    assert isinstance(parts, dict)
    assert [name for name, part in parts.items() if not described(part.get("properties", {}))] == []


@pytest.mark.parametrize("text", [FULL, "name: one\n", "name: one\nadopt: follow\ndata: [{missing: all}]\n"])
def test_good_files_fit_the_schema(text: str) -> None:
    assert errors(text.encode()) == []


@pytest.mark.parametrize("name", ["bad-shape", "nothing-said", "no-scenarios"])
def test_editors_see_mistakes_of_shape(name: str) -> None:
    assert errors((BAD / f"{name}.yaml").read_bytes()) != []
