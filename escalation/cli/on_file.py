"""What of the papers on file is not what policy and data give, and where they begin to differ."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

TEXTS = {".html", ".md", ".ics", ".xml", ".json", ".svg"}
SHOWN = 60
"""Letters of a line that are shown, from a little before the first that differs."""
BEFORE = 20
SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "missing": "{path}: not on file",
        "differs": "{path}: not what policy and data give",
        "line": "{path}:{line}: not what policy and data give: on file `{old}`, now `{new}`",
        "ends": "{path}: only the ends of its lines differ: git has changed them where `.gitattributes` does not "
        "say `-text` of it",
        "no-longer": "{path}: on file, but policy and data give no such paper",
    },
    "id": {
        "missing": "{path}: belum ada di folder",
        "differs": "{path}: tidak sesuai dengan kebijakan dan data",
        "line": "{path}:{line}: tidak sesuai dengan kebijakan dan data: di berkas `{old}`, seharusnya `{new}`",
        "ends": "{path}: hanya akhir barisnya berbeda: git mengubahnya bila `.gitattributes` tidak menyebut "
        "`-text` untuk berkas itu",
        "no-longer": "{path}: ada di folder, tetapi kebijakan dan data tidak menghasilkan naskah ini",
    },
}


def difference(path: Path, content: bytes | None, language: str) -> str:
    """Say how a file differs from its content; nothing where it does not. Without content it should not be there."""
    said = SAID[language]
    if content is None:
        return said["no-longer"].format(path=path) if path.is_file() else ""
    if not path.is_file():
        return said["missing"].format(path=path)
    held = path.read_bytes()
    if held == content:
        return ""
    if path.suffix not in TEXTS:
        return said["differs"].format(path=path)
    if held.replace(b"\r\n", b"\n") == content.replace(b"\r\n", b"\n"):
        return said["ends"].format(path=path)
    line, old, new = _first(held, content)
    return said["line"].format(path=path, line=line, old=old, new=new)


def _first(held: bytes, content: bytes) -> tuple[int, str, str]:
    """Give the number of the first line that differs, and what it is and would be, from a little before."""
    old, new = (text.decode(errors="replace").splitlines() for text in (held, content))
    for line in range(max(len(old), len(new))):
        one, other = (text[line] if line < len(text) else "" for text in (old, new))
        if one != other or line >= min(len(old), len(new)):
            same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
            start = max(0, same - BEFORE)
            return line + 1, _visible(one[start:]), _visible(other[start:])
    return len(new), "", ""


def _visible(text: str) -> str:
    from escalation.diagnostics import visible

    return visible(text[:SHOWN] + ("…" if len(text) > SHOWN else ""))
