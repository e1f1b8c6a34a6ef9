"""The manual covers the product: commands, options, keys, rules, exit codes; and its examples are what it says."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from escalation import cli
from escalation.checks import RULES as CHECKS
from escalation.checks import check
from escalation.cli import inputs
from escalation.diagnostics import Severity
from escalation.documents.drafting import RULES as DRAFTING
from escalation.observations.findings import RULES as FINDINGS
from escalation.observations.mapping import ColumnMap
from escalation.observations.standings import StandingsFile
from escalation.policy.load import loads
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.policy.scalars import Unquoted
from escalation.policy.shape import SENTENCES
from escalation.policy.source import read, read_file
from escalation.reports.records import EVALUATE_COLUMNS, REPLAY_COLUMNS
from escalation.whatif.scenarios.model import OneScenario, ScenariosFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

ROOT = Path(__file__).resolve().parent.parent.parent
MANUAL = ROOT / "escalation" / "manual"
READERS = [
    *(ROOT / "escalation" / "policy").glob("*.py"),
    ROOT / "escalation" / "observations" / "standings.py",
]
KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)*")
SOURCE_RULES = re.compile(r'(?:Fault|_Mistake|_refused|refuse|Sentence)\(\s*"([a-z0-9-]+)"|rule=f?"([a-z0-9{}-]+)"')


def page(name: str) -> str:
    return (MANUAL / f"{name}.md").read_text(encoding="utf-8")


def words(text: str) -> set[str]:
    """Give what stands in backticks, whole and in its parts."""
    found = re.findall(r"`([^`\n]+)`", text)
    return {part for one in found for part in (one, *re.split(r"[\s{}\[\],:=]+", one))}


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})


def commands() -> dict[str, click.Command]:
    context = click.Context(cli.main)
    found = {name: cli.main.get_command(context, name) for name in cli.main.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def rules_in(path: Path) -> set[str]:
    """Find the names of rules written in a module; those made of parts are found by what they are made from."""
    return {one for pair in SOURCE_RULES.findall(path.read_text(encoding="utf-8")) for one in pair if one}


def loader_rules() -> set[str]:
    found = {sentence.rule for sentence in SENTENCES.values()} | {rule for path in READERS for rule in rules_in(path)}
    found |= {text for text in _mistakes() if KEBAB.fullmatch(text) and "-" in text}
    kinds = {"unknown": "source parameter metric judgement trigger stage", "duplicate": "stage move"}
    made = {f"{how}-{kind}" for how, names in kinds.items() for kind in names.split()}
    made |= {"cyclic-metrics", "cyclic-triggers"}
    return {rule for rule in found if "{" not in rule} | made


def _mistakes() -> Iterator[str]:
    """Give the first text of each fault that is made over several lines."""
    tree = ast.parse((ROOT / "escalation" / "policy" / "scalars.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fault" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_every_page_is_named_in_the_index() -> None:
    named = words(page("index"))
    assert {path.stem for path in MANUAL.glob("*.md")} - {"index"} <= named


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_in_the_manual_with_its_options(name: str) -> None:
    _, found, section = page("formats").partition(f"\n### `escalation {name}")
    assert found, name
    section = section.partition("\n### ")[0].partition("\n## ")[0]
    shared = page("formats").partition("\n### The data\n")[2].partition("\n### `")[0]
    options = {
        text
        for parameter in commands()[name].params
        if isinstance(parameter, click.Option)
        for text in parameter.opts
        if text.startswith("--")
    }
    assert options <= words(section + shared)


def test_every_choice_of_an_option_is_in_the_manual() -> None:
    choices = {
        str(choice)
        for command in commands().values()
        for parameter in command.params
        if isinstance(parameter.type, click.Choice)
        for choice in parameter.type.choices
    }
    assert choices <= words(page("formats"))


def test_every_key_of_a_policy_is_in_the_manual() -> None:
    assert set(keys_of(Policy)) <= words(page("language"))


def test_every_kind_of_metric_is_in_the_manual() -> None:
    assert set(Kind) <= words(page("language"))


@pytest.mark.parametrize("model", [ColumnMap, StandingsFile])
def test_every_key_of_the_other_files_is_in_the_manual(model: type[BaseModel]) -> None:
    assert set(keys_of(model)) <= words(page("data"))


@pytest.mark.parametrize("model", [ScenariosFile, OneScenario])
def test_every_key_of_a_file_of_scenarios_is_in_the_manual(model: type[BaseModel]) -> None:
    assert set(keys_of(model)) <= words(page("whatif"))


def test_every_mistake_of_a_file_of_scenarios_is_in_the_manual() -> None:
    made = re.compile(r'(?:note\(\s*|rule=)"([a-z-]+)"')
    found = {
        rule
        for path in (ROOT / "escalation" / "whatif").rglob("*.py")
        for rule in made.findall(path.read_text("utf-8"))
    }
    assert {"bad-edit", "no-policy", "conflicting-edits"} <= found
    assert found <= words(page("whatif")) | words(page("errors")) | words(page("data"))


def test_every_finding_on_the_data_is_in_the_manual() -> None:
    rows = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page("data"), re.MULTILINE))
    assert set(FINDINGS) <= rows


def test_every_mistake_of_a_policy_file_is_in_the_manual() -> None:
    rows = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page("errors"), re.MULTILINE))
    assert loader_rules() <= rows | words(page("data"))
    assert loader_rules() >= {"tab", "anchor", "too-deep", "unknown-key", "unclosed-bracket", "cyclic-metrics"}


def test_no_rule_is_in_the_manual_that_does_not_exist() -> None:
    rows = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page("errors") + page("data"), re.MULTILINE))
    keys = {*keys_of(ColumnMap), *keys_of(StandingsFile)}
    assert rows - keys <= loader_rules() | set(FINDINGS)


def test_every_rule_of_the_checker_is_in_the_manual_and_no_other() -> None:
    assert set(re.findall(r"^### `([a-z-]+)`$", page("rules"), re.MULTILINE)) == set(CHECKS)


def test_every_rule_on_drafts_is_in_the_manual_and_no_other() -> None:
    assert set(re.findall(r"^### `([a-z-]+)`$", page("drafting"), re.MULTILINE)) == set(DRAFTING)


def test_every_exit_code_is_in_the_manual() -> None:
    codes = {inputs.DONE, inputs.FINDINGS, inputs.COULD_NOT_RUN, inputs.NO_INPUT, cli.INTERRUPTED}
    rows = set(re.findall(r"^\| ([0-9]+) \|", page("formats"), re.MULTILINE))
    assert {str(code) for code in codes} == rows


def test_every_column_of_the_outputs_is_in_the_manual() -> None:
    assert {*EVALUATE_COLUMNS, *REPLAY_COLUMNS} <= words(page("formats"))


def test_the_meaning_is_numbered_without_gaps() -> None:
    numbers = [int(number) for number in re.findall(r"^## ([0-9]+)\. ", page("semantics"), re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 11


def joined(one: object, other: object) -> object:
    """Join two trees: entries side by side, lists one behind the other."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {key: joined(one[key], value) if key in one else value for key, value in other.items()}
    return [*one, *other] if isinstance(one, list) and isinstance(other, list) else other


def texts(node: object) -> str:
    return node.text if isinstance(node, Unquoted) else str(node)


def test_the_examples_of_the_language_are_one_policy_without_a_mistake() -> None:
    tree: object = {}
    for example in re.findall(r"^```yaml\n(.*?)^```$", page("language"), re.MULTILINE | re.DOTALL):
        tree = joined(tree, read("language.md", example.encode()).tree)
    policy = loads(json.dumps(tree, default=texts))
    assert [one for one in check(policy) if one.severity is Severity.ERROR] == []
    assert {type(metric).__name__ for metric in policy.metrics.values()} >= {"Ratio", "Projection", "Bands"}
    written = set(re.findall(r"[{,\s]([a-z_]+):", page("language").replace("```", "")))
    assert set(keys_of(Policy)) <= written


def is_part(one: object, whole: object) -> bool:
    """Say whether a tree holds nothing but what another holds as well."""
    if isinstance(one, dict) and isinstance(whole, dict):
        return all(key in whole and is_part(value, whole[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(whole, list):
        return all(any(is_part(entry, other) for other in whole) for entry in one)
    return one == whole


def test_the_readme_shows_parts_of_the_policy_that_it_runs() -> None:
    policy = read_file(ROOT / "policies" / "bekasi-vaccination" / "policy.yaml").tree
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```yaml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert [part for part in shown if not is_part(read("README.md", part.encode()).tree, policy)] == []
    assert not is_part({"moves": [{"name": "to-instruction", "after": "5 weeks"}]}, policy)
