"""Colours and lines that differ for the colour-blind and in grey: lightness and dashes carry what the hue says.

Stages go from pale to dark in the order of the ladder; lines have the colours of Okabe and Ito's palette, and dashes.
"""

from __future__ import annotations

INK = "#1a1a1a"
GREY = "#6b6b6b"
RISK = "#fff3bf"
THRESHOLD = "#a34700"

BANDS = ("#d3e3f1", "#a3c4e2", "#6a9fcf")
"""Of a fan chart, the widest band first."""
MEDIAN = "#0b3c70"
AMOUNTS = ("#eef4fa", MEDIAN)
"""Of none, and of the greatest one."""
CHANCES = ("#f7fafd", "#d3e3f1", "#a3c4e2", "#6a9fcf", "#2f6da8", "#0b3c70")
"""Of chances, from none to certain."""

HUES = ("#0072b2", "#d55e00", "#009e73", "#aa4f86", "#8a6500", "#3a93c4", "#1a1a1a")
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (7, 2, 1.5, 2), (3, 1), (9, 3))

MILDEST = ("#fff3c4", "#fdd06f", "#f59a3c", "#d65f1f", "#9c3412", "#5c1a0b")
"""Steps of lightness from mild to strict, about equal in grey."""
HATCHES = ("", "...", "///", "xxx")
CANNOT_SAY = "////"
OFTEN_CANNOT_SAY = "\\\\\\\\"
NOT_ON_RECORD = "-----"
"""Lines: dots would make up most of a file, as each is a curve."""


def line(place: int) -> tuple[str, tuple[float, ...]]:
    """Give the colour and the dashes of a line among others; no two of the first 42 are alike: 7 hues and 6 dashes."""
    return HUES[place % len(HUES)], DASHES[place % len(DASHES)]


def stage(rank: int, stages: int) -> str:
    """Give the colour of a stage of a ladder, pale for the mildest and dark for the strictest.

    >>> stage(0, 4), stage(3, 4), stage(0, 1)
    ('#fff3c4', '#5c1a0b', '#fff3c4')
    """
    place = rank * (len(MILDEST) - 1) / max(stages - 1, 1)
    below = min(int(place), len(MILDEST) - 2)
    return _between(MILDEST[below], MILDEST[below + 1], place - below)


def hatch(rank: int, stages: int) -> str:
    """Give the pattern of a stage: none where lightness alone tells so few stages apart."""
    return "" if stages <= len(MILDEST) else HATCHES[rank % len(HATCHES)]


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _between(one: str, other: str, part: float) -> str:
    mixed = (round(a + (b - a) * part) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)
