"""Bad policy files, each beside the complete list of what is wrong with it.

`ESCALATION_RECORD=1 pytest tests/policy/test_mistakes.py` writes the lists anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from escalation.errors import Refused
from escalation.policy import defects, references
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.pieces import frozen
from escalation.policy.shape import SENTENCES
from escalation.policy.source import read

if TYPE_CHECKING:
    from escalation.diagnostics import Diagnostic

FILES = sorted((Path(__file__).parent.parent / "files" / "err" / "policy").glob("*.yaml"))
NAMES = [file.stem for file in FILES]
OF_MAPPINGS = {"wording"}
"""Types of mistakes that only mapping files can hold."""


def found_in(file: Path) -> tuple[Diagnostic, ...]:
    try:
        loads(file.read_bytes(), file=file.name)
    except Refused as refused:
        return refused.diagnostics
    return ()


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_mistake_is_told_as_it_was_reviewed(file: Path) -> None:
    output = "".join(f"{one}\n" for one in found_in(file))
    expected = file.with_suffix(".out")
    if os.environ.get("ESCALATION_RECORD"):
        expected.write_text(output, encoding="utf-8")
    assert output == expected.read_text(encoding="utf-8")
    assert output


def test_there_are_enough_bad_files_and_no_list_without_a_file() -> None:
    assert len(FILES) >= 60
    assert [file for file in FILES[0].parent.glob("*.out") if not file.with_suffix(".yaml").exists()] == []


def test_every_type_of_mistake_has_a_file() -> None:
    types: set[str] = set()
    for file in FILES:
        try:
            Policy.model_validate(frozen(read(file.name, file.read_bytes()).tree))
        except ValidationError as error:
            types.update(one["type"] for one in error.errors())
    assert types == set(SENTENCES) - OF_MAPPINGS


def test_every_rule_has_a_file() -> None:
    told = {one.rule for file in FILES for one in found_in(file)}
    text = Path(references.__file__).read_text(encoding="utf-8") + Path(defects.__file__).read_text(encoding="utf-8")
    rules = set(re.findall(r'rule="([a-z-]+)"', text)) | {sentence.rule for sentence in SENTENCES.values()}
    rules |= {f"unknown-{kind}" for kind in ("source", "metric", "parameter", "trigger", "judgement", "stage")}
    rules -= {"too-many-mistakes"}  # is in the next test
    rules |= {"duplicate-stage", "duplicate-move", "cyclic-metrics", "cyclic-triggers", "empty-value"}
    assert rules - told == set()


def test_of_very_many_mistakes_the_last_says_how_many_are_not_listed() -> None:
    good = FILES[0].with_name("unknown-key-at-the-top.yaml").read_text(encoding="utf-8")
    with pytest.raises(Refused) as refused:
        loads(good + "".join(f"key{number}: 1\n" for number in range(300)))
    assert len(refused.value.diagnostics) == defects.MOST_MISTAKES + 1
    last = refused.value.diagnostics[-1]
    assert str(last) == "policy.yaml:215:1: error: 101 more mistakes are not listed [too-many-mistakes]"


def test_a_good_file_is_told_nothing() -> None:
    good = Path(__file__).parent.parent.parent / "policies" / "us-community-levels" / "policy.yaml"
    assert found_in(good) == ()
