"""The findings of `check` as GitLab's code quality report."""

from __future__ import annotations

import hashlib

from escalation.diagnostics import Severity
from escalation.reports.findings import Finding, Findings
from escalation.reports.json_text import json_text

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def gitlab(run: Findings) -> str:
    """Print the report: a list, worst first; the fingerprint of a finding is one within the whole repository."""
    return json_text([_entry(one) for one in run.worst_first])


def _entry(finding: Finding) -> dict[str, object]:
    one = finding.diagnostic
    return {
        "description": f"{one.message} ({one.help})" if one.help else one.message,
        "check_name": one.rule,
        "fingerprint": hashlib.sha256(f"{finding.path}\n{finding.fingerprint}".encode()).hexdigest(),
        "severity": SEVERITIES[one.severity],
        "location": {"path": finding.path, "lines": {"begin": max(1, one.place.line)}},
    }
