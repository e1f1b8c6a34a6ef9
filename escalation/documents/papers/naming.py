"""Names of the files of papers: letters, digits and dashes only, whatever a region is called."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from escalation.evaluation.records import Explanation

LONGEST = 40


def file_name(paper: str, explanation: Explanation, ending: str) -> str:
    """Name the file of a paper on one region and week; two regions never share a name.

    The name of the region is cut to ASCII letters, digits and dashes, and followed by a short digest of all of it.
    """
    return f"{paper}-{slug(explanation.region)}-{explanation.week}.{ending}"


def slug(text: str) -> str:
    """Make a name that is safe in any file system of a text.

    >>> slug("Kota Bekasi"), slug("../../etc")
    ('kota-bekasi-d2b70c12', 'etc-74ccf3c5')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")
    return f"{words}-{digest}" if words else digest
