"""The findings of `check` for machines: one JSON object."""

from __future__ import annotations

from dataclasses import asdict

from escalation.reports.findings import Findings
from escalation.reports.json_text import json_text


def findings_json(run: Findings) -> str:
    """Print the files, their assumptions and their diagnostics, each diagnostic with its route and fingerprint."""
    document = {
        "files": [file.file for file in run.files],
        "assumptions": {file.file: [str(place) for place in file.assumptions] for file in run.files},
        "failed": run.has_failed,
        "diagnostics": [
            {**asdict(one.diagnostic), "route": one.route, "fingerprint": one.fingerprint}
            for file in run.files
            for one in file.findings
        ],
    }
    return json_text(document)
