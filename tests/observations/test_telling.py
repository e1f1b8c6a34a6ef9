"""Findings as people read them."""

from __future__ import annotations

from escalation.diagnostics import Diagnostic, Place, Severity
from escalation.observations.findings import RULES
from escalation.observations.telling import INDONESIAN, SEVERITIES, all_told, told
from escalation.policy.values import Language


def finding(line: int, advice: str = "write 55", cell: str = "") -> Diagnostic:
    place = Place(file="a.xlsx" if cell else "a.csv", line=line, cell=cell)
    return Diagnostic(rule="percent-sign", severity=Severity.ERROR, message="`55%`", place=place, help=advice)


def test_every_rule_and_every_severity_has_indonesian_words() -> None:
    assert set(INDONESIAN) == set(RULES)
    assert set(SEVERITIES) == set(Severity)
    assert len(set(INDONESIAN.values())) == len(INDONESIAN)


def test_the_same_advice_is_given_once() -> None:
    lines = [
        line for lines in all_told([finding(2), finding(3), finding(4, "other")], Language.ENGLISH) for line in lines
    ]
    assert [line for line in lines if line.startswith("help")] == ["help: write 55", "help: other"]
    assert lines[1] == "help: write 55"


def test_a_cell_of_a_workbook_is_named_in_indonesian() -> None:
    assert told(finding(0, cell="Data!B7"), Language.INDONESIAN)[0].startswith("a.xlsx, sel Data!B7: kesalahan: ")
