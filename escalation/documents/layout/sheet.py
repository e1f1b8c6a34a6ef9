"""The sheet that a kind of paper is written on: format, margins and letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Sizes in millimetres, letters in points.

    `first_top` is the distance from the edge of the first page to its first line, where the emblem stands; the margin
    above is that of the other pages. A formal paper is justified, and its headings have the letters of its text.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    first_top: float
    font: str
    points: float
    is_formal: bool


OFFICE = Sheet(
    width=210, height=297, top=25, bottom=25, left=25, right=25, first_top=25, font="Arial", points=11, is_formal=False
)
"""The paper of an office, by practice: A4, Arial."""
