"""Words that deny what stands before or after them."""

from __future__ import annotations

import re

from escalation.documents.drafting.passage import before

_BEFORE = re.compile(
    r"\b(?:tidak|bukan|tanpa|belum)(?: (?:dikenai|dikenakan|dapat|akan|boleh|perlu|memuat|mengatur|mengandung"
    r"|menetapkan|merupakan|menjadi|menimbulkan|disertai|diancam|bersifat|berarti|berupa|sebagai|ada|adanya|suatu|sebuah"
    r"|atau|dan|maupun|ataupun|serta|baik|baru|administratif|(?:kewajiban|larangan|sanksi|denda|pidana),?))* ?$",
    re.IGNORECASE,
)
"""What stands before a word that is denied: `tidak dikenai sanksi atau`, but not `yang tidak divaksinasi`."""
_AFTER = re.compile(
    r"(?: (?:administratif|pidana|dimaksud|tersebut|ini|sebagaimana dimaksud (?:dalam|pada) [^,;.]{1,40}))*"
    r" (?:tidak|belum) (?:dikenakan|dikenai|dijatuhkan|diberikan|diberlakukan|diterapkan|berlaku)\b"
)
_RELIEVES = re.compile(
    r"(?<!tidak )\b(?:(?:penghapusan|pembebasan|pengurangan|keringanan|peniadaan|pemutihan|menghapus(?:kan)?"
    r"|membebaskan|meniadakan|mengurangi|bebas|dibebaskan|dihapuskan)"
    r"(?: (?:dari|atas|terhadap|pengenaan|pokok|tunggakan|bunga|piutang|seluruh"
    r"|berupa|pajak|daerah|PBB|keterlambatan|sebagian|segala|sanksi|denda|administratif|administrasi"
    r"|dan|atau|dan/atau|serta))*) ?$",
    re.IGNORECASE,
)
"""What stands before a sanction that is taken away: `penghapusan sanksi administratif`."""
_RELIEVED = re.compile(
    r"(?: (?:dan|atau|dan/atau) (?:sanksi|denda|bunga)\b"
    r"| (?!(?:dan|atau|serta|yang|tidak|belum|tanpa|bukan|di\w+)\b)[\w-]+){0,12}"
    r"(?: yang (?:terutang|telah dikenakan))?"
    r"(?: (?:akan|dapat|telah))? di(?:hapus|bebas|tiada|ringan|kurang)(?:kan|i)\b",
    re.IGNORECASE,
)
_THREATENED = re.compile(
    r"\b(?:dikenai|dikenakan|dijatuhi|diberi) (?:(?:sanksi|denda|administratif) )*$", re.IGNORECASE
)


def is_denied(found: re.Match[str]) -> bool:
    """Say whether a word is denied: that somebody has no duty, incurs no sanction or is relieved of one.

    >>> [
    ...     is_denied(re.search("(?i)sanksi", text))
    ...     for text in (
    ...         "tidak dikenakan sanksi",
    ...         "Sanksi administratif tidak dikenakan",
    ...         "dikenai sanksi administratif",
    ...     )
    ... ]
    [True, True, False]
    """
    is_negated = _BEFORE.search(before(found)) or _AFTER.match(found.string, found.end())
    return bool(is_negated) or _is_relief(found)


def _is_relief(found: re.Match[str]) -> bool:
    """Say whether a sanction is taken away: `penghapusan denda`, `denda keterlambatan dihapuskan`."""
    if not re.search("sanksi|denda|pidana", found[0], re.IGNORECASE):
        return False
    is_taken = _RELIEVED.match(found.string, found.end()) and not _THREATENED.search(before(found))
    return bool(_RELIEVES.search(before(found)) or is_taken)
