"""What is set otherwise than it is typed: the sign of a minus, and places at which no line ends."""

from __future__ import annotations

import re

HYPHEN = re.compile("(?<=[A-Z]{2})-(?=[0-9]{1,2}(?![0-9]))")
"""The hyphen of a name such as COVID-19, at which no line ends."""
_HELD = re.compile(r"(?<=[0-9]) (?=%)|(?<=\bRp) (?=[0-9])")
"""Where no line ends: before a percent sign, and between a sum and its currency."""
_MINUS = re.compile(r"(?<![^\s(\[])-(?=[0-9])")
"""A hyphen that is the sign of a number: a word processor would end a line behind it."""


def finished(text: str) -> str:
    r"""Give a text, as long as it was, with the sign of a minus before numbers and spaces at which no line ends.

    >>> ascii(finished("turun -4,5 %, COVID-19, Rp 500.000"))
    "'turun \\u22124,5\\xa0%, COVID-19, Rp\\xa0500.000'"
    """
    return _MINUS.sub("\N{MINUS SIGN}", _HELD.sub("\N{NO-BREAK SPACE}", text))
