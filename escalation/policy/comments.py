"""Comments that speak to the checker: `# escalation: ignore[rule] -- why`, never taken from within a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(
    r"(?:^|(?<= ))#[ ]*(?:escalation:|(?i:escalation):(?=[ ]*(?i:ignore)[ ]*\[))(?P<said>[^\r\n]*)", re.MULTILINE
)
"""With a capital letter only what clearly is a suppression: `# Escalation: how it goes` is a heading for people."""

Extent = tuple[int, int]
"""Where a quoted or block text begins and ends, as indices of characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a comment says after `# escalation:`, where it stands, and of which line it speaks.

    At the end of a line it speaks of that line; alone on its line, of the next one that is no comment.
    """

    line: int
    column: int
    said: str
    speaks_of: int


def comments_in(text: str, texts: Sequence[Extent]) -> tuple[Comment, ...]:
    """Find the comments addressed to the checker; `texts` are the quoted and block texts, in which none can stand."""
    found = [match for match in _MARK.finditer(text) if not _is_within(match.start(), text, texts)]
    if not found:
        return ()
    lines = text.split("\n")
    following = _next_lines_with_content(lines)
    comments = []
    for match in found:
        number = text.count("\n", 0, match.start())
        column = match.start() - text.rfind("\n", 0, match.start())
        stands_alone = not lines[number][: column - 1].strip()
        speaks_of = following[number] if stands_alone else number
        comments.append(Comment(line=number + 1, column=column, said=match["said"].strip(), speaks_of=speaks_of + 1))
    return tuple(comments)


def _is_within(index: int, text: str, texts: Sequence[Extent]) -> bool:
    at = bisect_right(texts, (index, len(text))) - 1
    if at < 0:
        return False
    start, end = texts[at]
    if text[start] in "|>":  # a comment may follow the header of a block text, in the same line
        start = text.find("\n", start, end)
    return start <= index < end


def _next_lines_with_content(lines: Sequence[str]) -> list[int]:
    following = list(range(len(lines)))
    for number in range(len(lines) - 2, -1, -1):
        if lines[number].lstrip().startswith("#"):
            following[number] = following[number + 1]
    return following
