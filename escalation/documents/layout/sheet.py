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


REGULATION = Sheet(
    width=215,
    height=330,
    top=25,
    bottom=25,
    left=25,
    right=25,
    first_top=80,
    font="Bookman Old Style",
    points=12,
    is_formal=True,
)
"""A regulation: Law 12/2011 as amended by Law 13/2022, annex II nos. 284 and 284a. That F4 is 215 by 330
mm is said in manuals of offices.

The 80 mm are read as those of the first page only, which the law does not say.
"""

OFFICE = Sheet(
    width=210, height=297, top=25, bottom=25, left=25, right=25, first_top=25, font="Arial", points=11, is_formal=False
)
"""Any other paper of an office, by practice: A4, Arial."""
