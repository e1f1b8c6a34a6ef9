"""Findings as people read them."""

from __future__ import annotations

from escalation.diagnostics import Diagnostic, Place, Related, Severity
from escalation.observations.findings import RULES
from escalation.observations.telling import INDONESIAN, SEVERITIES, all_told, refusal, told
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


def test_what_a_file_is_refused_for_has_its_labels_in_the_language_asked_for() -> None:
    place = Place(file="standings.csv", line=2, column=3)
    one = Diagnostic(
        rule="unknown-stage",
        severity=Severity.ERROR,
        message="`KLB` is not a stage of this policy",
        place=place,
        help="did you mean `outbreak`?",
        related=(Related(place=place, message="the row"),),
    )
    assert refusal(one, Language.ENGLISH) == str(one)
    assert refusal(one, Language.INDONESIAN).splitlines() == [
        "standings.csv, baris 2, kolom 3: kesalahan: tahap yang tidak terdapat dalam kebijakan [unknown-stage]",
        "  rincian: `KLB` is not a stage of this policy",
        "  standings.csv, baris 2, kolom 3: the row",
        "  saran: maksudnya `outbreak`?",
    ]


def test_a_rule_of_policies_keeps_its_sentence_behind_an_indonesian_label() -> None:
    one = Diagnostic(rule="unknown-key", severity=Severity.ERROR, message="`x` is no key", place=Place(file="p.yaml"))
    assert refusal(one, Language.INDONESIAN) == "p.yaml: kesalahan: `x` is no key [unknown-key]"
