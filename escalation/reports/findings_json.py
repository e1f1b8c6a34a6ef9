"""The findings of `check` for machines: one JSON object."""

from __future__ import annotations

from dataclasses import asdict

from escalation.diagnostics import Diagnostic
from escalation.reports.findings import Findings
from escalation.reports.json_text import json_text


def findings_json(run: Findings) -> str:
    """Print the files, their assumptions and their diagnostics, each diagnostic with its route and fingerprint."""
    document = {
        "files": [file.file for file in run.files],
        **_assumptions(run),
        "failed": run.has_failed,
        "diagnostics": [
            {**_record(one.diagnostic), "route": one.route, "fingerprint": one.fingerprint}
            for file in run.files
            for one in file.findings
        ],
    }
    return json_text(document)


def _record(one: Diagnostic) -> dict[str, object]:
    """Give a diagnostic in English, as the keys are."""
    return {key: value for key, value in asdict(one).items() if key != "indonesian"}


def _assumptions(run: Findings) -> dict[str, object]:
    if run.of == "draft":
        return {}
    return {"assumptions": {file.file: [str(place) for place in file.assumptions] for file in run.files}}
