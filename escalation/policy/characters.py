"""Names for the characters that nobody sees."""

from __future__ import annotations

import unicodedata

_CONTROLS = {
    "\0": "null",
    "\b": "backspace",
    "\r": "carriage return",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
}


def named(character: str) -> str:
    r"""Name a character that cannot be shown, by its number and name in Unicode.

    >>> named("\u200b"), named("\x00")
    ('U+200B (zero width space)', 'U+0000 (null)')
    """
    name = _CONTROLS.get(character) or unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
