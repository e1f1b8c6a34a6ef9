"""Clean drafts of every instrument, and mistakes planted into them, beside the complete list of what is then found.

A file RULE.change names a draft and says which of its lines is replaced (`-`) by which others (`+`).
`ESCALATION_RECORD=1 pytest tests/documents/drafting/test_planted.py` writes the lists anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from escalation.diagnostics import Diagnostic
from escalation.documents.drafting import RULES, check
from escalation.documents.drafting.model import Instrument
from escalation.documents.drafting.reader import read

FOLDER = Path(__file__).parent.parent.parent / "files" / "drafts"
CLEAN = sorted(FOLDER.glob("*.md"))
CHANGES = sorted(FOLDER.glob("*.change"))
DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A draft with a mistake, and the lines that are new in it, counted from 1."""

    text: str
    lines: frozenset[int]


def planted(file: Path) -> Planted:
    first, *rest = file.read_text(encoding="utf-8").splitlines()
    text = (FOLDER / first.removeprefix("in ")).read_text(encoding="utf-8")
    lines: set[int] = set()
    for old, new in changes(rest):
        assert f"\n{text}".count(f"\n{old}\n") == 1, f"{file.name}: `{old}` does not stand once in the draft"
        before, _, after = f"\n{text}".partition(f"\n{old}\n")
        number = before.count("\n") + 1
        lines |= set(range(number, number + len(new)))
        text = "\n".join([before, *new, after])[1:]
    return Planted(text=text, lines=frozenset(lines))


def changes(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Give what is replaced and by which lines, from the top of the draft down."""
    assert [line for line in lines if line[:1] not in {"-", "+"}] == []
    signs = "".join(line[0] for line in lines)
    for one in re.finditer(r"-+\+*", signs):
        held = lines[one.start() : one.end()]
        yield (
            "\n".join(line[2:] for line in held if line[0] == "-"),
            [line[2:] for line in held if line[0] == "+"],
        )


def found(file: Path) -> tuple[Diagnostic, ...]:
    return check(planted(file).text, DAY, file=file.stem)


@pytest.mark.parametrize("file", CLEAN, ids=[file.stem for file in CLEAN])
def test_in_a_clean_draft_nothing_is_found(file: Path) -> None:
    assert check(file.read_text(encoding="utf-8"), DAY) == ()


def test_there_is_a_clean_draft_of_every_instrument() -> None:
    assert {read(file.read_text(encoding="utf-8")).instrument for file in CLEAN} == set(Instrument)


@pytest.mark.parametrize("file", CHANGES, ids=[file.stem for file in CHANGES])
def test_what_a_planted_mistake_leads_to_is_told_as_it_was_reviewed(file: Path) -> None:
    output, expected = "".join(f"{one}\n" for one in found(file)), file.with_suffix(".out")
    if os.environ.get("ESCALATION_RECORD"):
        expected.write_text(output, encoding="utf-8")
    assert output == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", CHANGES, ids=[file.stem for file in CHANGES])
def test_a_planted_mistake_is_found_on_its_line(file: Path) -> None:
    lines = planted(file).lines
    assert not lines or {one.place.line for one in found(file) if one.rule == file.stem} & lines


def test_a_mistake_is_planted_for_every_rule_and_found_by_it() -> None:
    assert {file.stem for file in CHANGES} == set(RULES)
    assert [file.stem for file in CHANGES if file.stem not in {one.rule for one in found(file)}] == []


def test_no_list_is_without_a_change() -> None:
    assert [one for one in FOLDER.glob("*.out") if not one.with_suffix(".change").exists()] == []
