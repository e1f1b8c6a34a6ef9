"""The findings of `check` for machines: one JSON object."""

from __future__ import annotations

from dataclasses import asdict

from escalation.reports.findings import Findings
from escalation.reports.json_text import json_text


def findings_json(run: Findings) -> str:
    """Print the files, their assumptions and their diagnostics, each diagnostic with its route and fingerprint."""
    document = {
        "files": [file.file for file in run.files],
        **_assumptions(run),
        "failed": run.has_failed,
        "diagnostics": [
            {**asdict(one.diagnostic), "route": one.route, "fingerprint": one.fingerprint}
            for file in run.files
            for one in file.findings
        ],
    }
    return json_text(document)


def _assumptions(run: Findings) -> dict[str, object]:
    if run.of == "draft":
        return {}
    return {"assumptions": {file.file: [str(place) for place in file.assumptions] for file in run.files}}
