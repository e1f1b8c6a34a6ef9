"""The findings of `check` as SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from escalation import __version__
from escalation.diagnostics import Place, Severity
from escalation.reports.findings import Checked, Finding, Findings, is_within
from escalation.reports.json_text import json_text
from escalation.reports.rule_pages import rule_page

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "escalationFinding/v1"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(run: Findings) -> str:
    """Print one run; files are named from the root of the repository, columns count characters, not bytes."""
    rules = sorted({one.diagnostic.rule for one in run.worst_first})
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "escalation",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in rules],
                    }
                },
                "automationDetails": {"id": f"escalation/{run.command}/"},
                "invocations": [{"executionSuccessful": True}],
                "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": _artifact(file.path), "roles": ["analysisTarget"]} for file in run.files],
                "results": [_result(one, file, rules) for file in run.files for one in file.findings],
            }
        ],
    }
    return json_text(document)


def _rule(rule: str) -> dict[str, object]:
    page = rule_page(rule)
    return {
        "id": rule,
        "shortDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
    }


def _result(finding: Finding, file: Checked, rules: list[str]) -> dict[str, object]:
    one = finding.diagnostic
    result: dict[str, object] = {
        "ruleId": one.rule,
        "ruleIndex": rules.index(one.rule),
        "level": LEVELS[one.severity],
        "message": {"text": f"{one.message}\nhelp: {one.help}" if one.help else one.message},
        "locations": [_location(one.place, file, route=finding.route)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if one.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": other.message}, **_location(other.place, file)}
            for number, other in enumerate(one.related)
        ]
    return result


def _location(place: Place, file: Checked, *, route: str = "") -> dict[str, object]:
    name = file.path if place.file == file.file else Path(place.file).as_posix()
    physical: dict[str, object] = {"artifactLocation": _artifact(name)}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(1, place.column)}
    logical = {"logicalLocations": [{"fullyQualifiedName": route}]} if route else {}
    return {"physicalLocation": physical, **logical}


def _artifact(path: str) -> dict[str, str]:
    if is_within(path):
        return {"uri": quote(path), "uriBaseId": ROOT}
    return {"uri": Path(path).as_uri()}
