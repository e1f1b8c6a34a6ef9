"""Words that deny what stands before or after them."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"\b(?:tidak|bukan|tanpa|belum)(?: (?:dikenai|dikenakan|dapat|akan|boleh|perlu|memuat|mengatur|mengandung"
    r"|menetapkan|merupakan|menjadi|menimbulkan|disertai|diancam|bersifat|berarti|berupa|sebagai|ada|adanya|suatu|sebuah"
    r"|atau|dan|kewajiban|larangan|sanksi|denda|pidana|administratif))* ?$",
    re.IGNORECASE,
)
"""What stands before a word that is denied: `tidak dikenai sanksi atau`, but not `yang tidak divaksinasi`."""
_AFTER = re.compile(
    r"(?: (?:administratif|pidana|dimaksud|tersebut|ini|sebagaimana dimaksud (?:dalam|pada) [^,;.]{1,40}))*"
    r" (?:tidak|belum) (?:dikenakan|dikenai|dijatuhkan|diberikan|diberlakukan|diterapkan|berlaku)\b"
)
FURTHEST = 400
"""Characters before a word in which it may be denied."""


def is_denied(text: str, start: int, end: int) -> bool:
    """Say whether a word is denied: that somebody has no duty, or incurs no sanction.

    >>> is_denied("tidak dikenakan sanksi", 16, 22), is_denied("Sanksi administratif tidak dikenakan", 0, 6)
    (True, True)
    """
    return bool(_BEFORE.search(text[max(0, start - FURTHEST) : start]) or _AFTER.match(text, end))
