"""A policy file for each rule, beside the complete list of what the rules find in it.

`ESCALATION_RECORD=1 pytest tests/checks/test_files.py` writes the lists anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from escalation.checks import RULES, check
from escalation.policy.load import loads

FILES = sorted((Path(__file__).parent.parent / "files" / "rules").glob("*.yaml"))
TODAY = date(2026, 1, 1)


def told(file: Path) -> str:
    policy = loads(file.read_bytes(), file=file.name)
    usual = {name for name, one in RULES.items() if name == file.stem or not one.on_request}
    return "".join(f"{one}\n" for one in check(policy, select=usual, today=TODAY))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_finding_is_told_as_it_was_reviewed(file: Path) -> None:
    output, expected = told(file), file.with_suffix(".out")
    if os.environ.get("ESCALATION_RECORD"):
        expected.write_text(output, encoding="utf-8")
    assert output == expected.read_text(encoding="utf-8")


def test_every_rule_has_a_file_of_its_name_in_which_it_finds_something() -> None:
    assert {file.stem for file in FILES} >= set(RULES)
    assert [file.stem for file in FILES if file.stem in RULES and f"[{file.stem}]" not in told(file)] == []


def test_no_list_is_without_a_file() -> None:
    assert [one for one in FILES[0].parent.glob("*.out") if not one.with_suffix(".yaml").exists()] == []
