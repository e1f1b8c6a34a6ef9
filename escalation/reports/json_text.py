"""JSON as every report prints it: indented, letters as they are, a line break at the end."""

from __future__ import annotations

import json


def json_text(document: object) -> str:
    """Print a document of JSON values."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
