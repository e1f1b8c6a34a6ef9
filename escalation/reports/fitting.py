"""Text for people fitted to the width of their terminal."""

from __future__ import annotations

import re
import textwrap

NARROWEST = 40
MARK = re.compile(r" *(?:[-+?] )?")


def fitted(printed: str, width: int) -> str:
    r"""Break lines that are longer than a width; what follows stands under the text, behind its mark. Tables stay.

    >>> print(fitted("    - coverage 74 %; asked: below 70 % [source: a decree]\n", 40), end="")
        - coverage 74 %; asked: below 70 %
          [source: a decree]
    """
    lines = (_broken(line, max(width, NARROWEST)) for line in printed.split("\n"))
    return "\n".join(lines)


def _broken(line: str, width: int) -> str:
    is_column = "  " in line.strip()
    if len(line) <= width or is_column:
        return line
    found = MARK.match(line)
    under = " " * (found.end() if found is not None else 0)
    parts = textwrap.wrap(line, width, subsequent_indent=under, break_long_words=False, break_on_hyphens=False)
    return "\n".join(parts)
