"""The JSON Schema that editors use says what the models say."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from escalation.policy import schema
from escalation.policy.load import loads
from escalation.policy.scalars import Unquoted
from escalation.policy.source import read

ROOT = Path(__file__).resolve().parent.parent.parent
VALIDATOR = jsonschema.Draft202012Validator(schema.schema())
BAD = ROOT / "tests" / "files" / "err" / "policy"
MODELINE = f"# yaml-language-server: $schema={schema.FILE}\n"
EXAMPLES = """
calendar: epi-week
instruments: indonesia-city
parameters:
  gate: {unit: percent, dated: [{from: 2020-08-31, value: 7}, {from: 2021-03-14, value: 10, source: assumption}]}
metrics:
  doses: {unit: people, kind: cumulative, basis: facility, max_age: 1 week}
  target: {unit: people, kind: level, max_age: always, range: [0, null]}
  printed: {unit: percent, kind: level, reported: {step: 0.1, how: nearest}}
  ready: {kind: judgement, by: dinas-kesehatan, max_age: 4 weeks, title: {en: "Sites are open"}}
  coverage: {unit: percent, ratio: {of: doses, to: target}}
  per_head: {per: {of: doses, to: target, scale: 100000}}
  gain: {unit: percentage points, change: {of: coverage, over: 4 weeks}}
  calm: {mean: {of: gain, over: 2 weeks}}
  total: {sum: {of: doses, over: 2 weeks}}
  before: {lag: {of: doses, by: 1 week}}
  rest: {difference: {of: target, minus: doses}}
  half: {product: {of: target, by: 0.5}, decimals: 0}
  worst: {highest: {of: [coverage, gain], missing: ignore}}
  best: {lowest: {of: [coverage, gain]}}
  autumn: {projection: {of: coverage, by: 2021-12-31, from_last: 4 weeks}}
  band: {bands: {of: coverage, rows: [{below: 10, value: 1}, {at_most: gate, value: 2}, {otherwise: 3}]}}
triggers:
  slow:
    when:
      all:
        - {metric: coverage, at_least: 5, below: gate, missing: met}
        - any: [{judgement: ready, is: yes}, not: {trigger: done}]
        - count: {of: [{metric: gain, equal_to: 0}], at_least: 1}
    for: 2 weeks
    missing: unknown
    since: entry
  done: {when: {metric: coverage, above: 70}, missing: break, source: assumption}
stages: [{name: appeal, title: {en: Appeal, id: Imbauan}, instrument: surat_edaran}, {name: perda, title: By-law}]
moves:
  - {name: up, from: any, to: perda, trigger: slow, after: 4 weeks, requires: [ready], valid: {from: 2021-09-09}}
locks: [{not_below: perda, from: 2021-07-03, until: 2021-07-20, source: assumption}]
invariants: [{never: {from: appeal, to: perda}}, {earliest: {stage: perda, weeks: 20}}]
"""
SEEN_BY_EDITORS = [
    "missing-top-level-keys",
    "misspelt-key",
    "misspelt-key-of-a-computed-metric",
    "keys-without-values",
    "bad-name",
    "empty-lists",
    "bad-name-of-a-stage",
    "number-for-a-text",
    "number-in-local-format",
    "decimals-out-of-range",
    "scale-of-nothing",
    "duration-in-days",
    "duration-without-weeks",
    "misspelt-words",
    "text-for-a-list",
    "metric-without-kind",
    "metric-observed-and-computed",
    "condition-as-text",
    "another-language-version",
    "missing-is-never-guessed",
]


def plain(node: object) -> object:
    """Give a tree as editors read it: what we call surprising is a text in YAML 1.2."""
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
    return [error.message for error in VALIDATOR.iter_errors(plain(read("policy.yaml", text).tree))]


def test_the_committed_schema_is_that_of_the_models() -> None:
    committed = ROOT / "escalation" / "policy" / schema.FILE
    assert committed.read_text(encoding="utf-8") == schema.text()


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())


def undescribed(node: object, way: str = "") -> list[str]:
    match node:
        case dict():
            properties = node.get("properties")
            own = properties.items() if isinstance(properties, dict) else ()
            found = [f"{way}/{key}" for key, one in own if not one.get("description", "").endswith((".", "`"))]
            return found + [key for name, inner in node.items() for key in undescribed(inner, f"{way}/{name}")]
        case list():
            return [key for inner in node for key in undescribed(inner, way)]
        case _:
            return []


def test_every_key_is_described() -> None:
    assert undescribed(schema.schema()) == []
    assert undescribed({"properties": {"unit": {"type": "string"}}}) == ["/unit"]


@pytest.mark.parametrize("folder", sorted(ROOT.glob("policies/*/policy.yaml")), ids=lambda path: path.parent.name)
def test_every_policy_shipped_fits_the_schema(folder: Path) -> None:
    assert errors(folder.read_bytes()) == []


def test_every_construct_of_the_language_fits_the_schema() -> None:
    text = f"{MODELINE}language: 1\nname: every-construct{EXAMPLES}"
    assert loads(text).name == "every-construct"
    assert errors(text.encode()) == []


@pytest.mark.parametrize("name", SEEN_BY_EDITORS)
def test_editors_see_mistakes_of_shape(name: str) -> None:
    assert errors((BAD / f"{name}.yaml").read_bytes()) != []
