"""Comparisons of many numbers compiled by numba (extra `fast`): bit for bit as `packing` and `answers` do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from escalation.whatif.arrays.sheet import ABOVE, AT_LEAST, AT_MOST, EQUAL_TO, MET, UNMET
from escalation.whatif.arrays.words import WORD

if TYPE_CHECKING:
    from escalation.whatif.arrays.panel import Floats
    from escalation.whatif.arrays.program import Places
    from escalation.whatif.arrays.words import Words

TILE = 64
"""Words of numbers that are compared with all thresholds while they are near the processor: 32 KiB at most."""


@njit(nogil=True, inline="always")
def at_most(values: Floats, bound: float, words: Words) -> None:
    """Set the bits of the numbers that are at most a bound."""
    whole = len(values) // WORD
    for word in range(whole):
        bits = np.uint64(0)
        for lane in range(WORD):
            bits |= np.uint64(values[word * WORD + lane] <= bound) << np.uint64(lane)
        words[word] = bits
    if whole * WORD < len(values):
        words[whole] = 0
    for lane in range(whole * WORD, len(values)):
        words[whole] |= np.uint64(values[lane] <= bound) << np.uint64(lane - whole * WORD)


@njit(nogil=True, inline="always")
def at_least(values: Floats, bound: float, words: Words) -> None:
    """Set the bits of the numbers that are at least a bound."""
    whole = len(values) // WORD
    for word in range(whole):
        bits = np.uint64(0)
        for lane in range(WORD):
            bits |= np.uint64(values[word * WORD + lane] >= bound) << np.uint64(lane)
        words[word] = bits
    if whole * WORD < len(values):
        words[whole] = 0
    for lane in range(whole * WORD, len(values)):
        words[whole] |= np.uint64(values[lane] >= bound) << np.uint64(lane - whole * WORD)


@njit(nogil=True, cache=True)
def most(rows: Floats, bounds: Floats) -> Words:
    """Give the bits [row, word] of the numbers, [row, lane], that are at most the bound of their row."""
    found = np.empty((len(rows), (rows.shape[1] + WORD - 1) // WORD), np.uint64)
    for row in range(len(rows)):
        at_most(rows[row], bounds[row], found[row])
    return found


@njit(nogil=True, cache=True)
def least(rows: Floats, bounds: Floats) -> Words:
    """Give the bits [row, word] of the numbers, [row, lane], that are at least the bound of their row."""
    found = np.empty((len(rows), (rows.shape[1] + WORD - 1) // WORD), np.uint64)
    for row in range(len(rows)):
        at_least(rows[row], bounds[row], found[row])
    return found


@njit(nogil=True, inline="always")
def hold(  # noqa: PLR0917 - compiled: by place
    operator: int, values: Floats, less: float, more: float, held: Words, other: Words
) -> None:
    """Set the bits of the numbers that stand to a threshold as an operator wants; any for what is not a number."""
    if operator in (ABOVE, AT_MOST):
        at_least(values, more, held)
    else:
        at_most(values, less, held)
    if operator == EQUAL_TO:
        at_least(values, more, other)
        for word in range(TILE):
            held[word] |= other[word]
    if operator in (AT_LEAST, AT_MOST, EQUAL_TO):
        for word in range(TILE):
            held[word] = ~held[word]


@njit(nogil=True, inline="always")
def rule(held: Words, there: Words, missing: int, met: Words, unmet: Words) -> None:
    """Set the words of what is met and unmet, as a question wants it where there is no number."""
    for word in range(len(met)):
        met[word] = held[word] & there[word]
        unmet[word] = there[word] & ~held[word]
    if missing == MET:
        for word in range(len(met)):
            met[word] |= ~there[word]
    elif missing == UNMET:
        for word in range(len(met)):
            unmet[word] |= ~there[word]


@njit(nogil=True, cache=True)
def ask(rows: Floats, asked: Places, less: Floats, more: Floats, found: Words) -> None:
    """Set `found` [met or unmet, question, row, word] to answers about numbers [row, lane], each of which is read once.

    `asked` [question, operator missing]; the margins `less` and `more` [question, row] of the thresholds are not
    numbers where none is in force.
    """
    there, held, other = np.zeros((3, TILE), np.uint64)
    for row in range(len(rows)):
        for first in range(0, rows.shape[1], TILE * WORD):
            values = rows[row, first : first + TILE * WORD]
            words = slice(first // WORD, first // WORD + (len(values) + WORD - 1) // WORD)
            at_most(values, np.inf, there)
            for q in range(len(asked)):
                if not np.isnan(less[q, row]):
                    hold(asked[q, 0], values, less[q, row], more[q, row], held, other)
                    rule(held, there, asked[q, 1], found[0, q, row, words], found[1, q, row, words])
