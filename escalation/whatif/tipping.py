"""Where an answer tips: neighbouring numbers between which a comparison changes, and the nearest that changes it."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import partial
from typing import NamedTuple

from escalation.evaluation.comparison import LESS, MORE, relation
from escalation.whatif.arrays.margins import last_two

MOST_LOOKS = 3_000
DIGITS = Context(prec=400)
"""Enough for every float."""
USUAL_DECIMALS, MOST_DECIMALS = 2, 12
FAIR = 0.01
"""What a number that is written shortly may be off the exact one, of the change that it is."""


class Crossing(NamedTuple):
    """Two neighbouring numbers between which the relation of a value to a threshold changes."""

    below: float
    above: float


class Undecided(Exception):
    """Where the answer tips cannot be told in reasonable time."""


def crossings(values: Iterable[float]) -> list[Crossing]:
    """Give, ascending, the neighbours between which a threshold stands otherwise to one of some values.

    A threshold within the tolerance of a value equals it, so each value has two.

    >>> [below < 53.4 < above for below, above in crossings([53.4])]
    [False, False]
    """
    found: set[Crossing] = set()
    for value in values:
        lower, upper = last_two(value, below=partial(_is, MORE, value), above=partial(_is, LESS, value))
        found |= {Crossing(lower, math.nextafter(lower, math.inf)), Crossing(math.nextafter(upper, -math.inf), upper)}
    return sorted(found)


def _is(wanted: int, value: float, threshold: float) -> bool:
    return relation(value, threshold) == wanted


def first_otherwise(
    start: int,
    end: int,
    *,
    is_otherwise: Callable[[int], bool],
    is_same_throughout: Callable[[int, int], bool],
) -> int | None:
    """Find the place nearest to `start` at which the answer is another; none up to `end`.

    `is_same_throughout` claims that the answers at two places and all between are one; it may hold its tongue. Raise
    Undecided where that would take too long.
    """
    looks = 0
    waiting = [(start, end)]
    while waiting:
        near, far = waiting.pop()
        looks += 1
        if looks > MOST_LOOKS:
            raise Undecided
        if near == far or is_same_throughout(near, far):
            continue
        if abs(far - near) == 1:
            if is_otherwise(far):
                return far
            continue
        middle = (near + far) // 2
        waiting += [(middle, far), (near, middle)]
    return None


def place_of(value: float) -> int:
    """Number the floats in their order.

    >>> place_of(1.0) - place_of(math.nextafter(1.0, 0)), place_of(-0.0) == place_of(0.0)
    (1, True)
    """
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return int(bits) if bits >= 0 else -int(bits & 0x7FFF_FFFF_FFFF_FFFF)


def float_at(place: int) -> float:
    """Give the float of a number."""
    (value,) = struct.unpack("<d", struct.pack("<q", abs(place)))
    return float(math.copysign(value, place))


def written(last: float, first: float, *, present: float, holds: Callable[[float], bool]) -> float:
    """Give a number as a person would write it, beyond the first that tips and close to it.

    It has two decimals, or more where those are off by over a hundredth of the change, or where the answer does not
    hold any more so far from the first one, which `holds` tells.

    >>> written(53.400000000535, 53.400000000534, present=55.0, holds=lambda _: True)
    53.4
    """
    rounding = ROUND_CEILING if first > last else ROUND_FLOOR
    for decimals in range(USUAL_DECIMALS, MOST_DECIMALS + 1):
        unit = Decimal(1).scaleb(-decimals)
        short = float(Decimal(repr(first)).quantize(unit, rounding=rounding, context=DIGITS))
        is_beyond = short >= first if first > last else short <= first
        if is_beyond and abs(short - first) <= FAIR * abs(first - present) and holds(short):
            return short
    return first
