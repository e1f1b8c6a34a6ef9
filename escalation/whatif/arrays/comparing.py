"""Comparisons of many numbers compiled by numba (extra `fast`): bit for bit as `packing` and `answers` do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from escalation.whatif.arrays.sheet import ABOVE, AT_LEAST, AT_MOST, BELOW, MET, UNMET
from escalation.whatif.arrays.words import WORD

if TYPE_CHECKING:
    from escalation.whatif.arrays.panel import Floats
    from escalation.whatif.arrays.program import Places
    from escalation.whatif.arrays.words import Words


@njit(nogil=True, inline="always")
def at_most(row: Floats, first: int, bound: float) -> np.uint64:
    """Give the bits of the 64 values from the place `first` on that are at most a bound."""
    bits = np.uint64(0)
    for i in range(WORD):
        bits |= np.uint64(row[first + i] <= bound) << np.uint64(i)
    return bits


@njit(nogil=True, inline="always")
def at_least(row: Floats, first: int, bound: float) -> np.uint64:
    """Give the bits of the 64 values from the place `first` on that are at least a bound."""
    bits = np.uint64(0)
    for i in range(WORD):
        bits |= np.uint64(row[first + i] >= bound) << np.uint64(i)
    return bits


@njit(nogil=True, inline="always")
def held(operator: int, row: Floats, first: int, less: float, more: float) -> np.uint64:
    """Give the bits of 64 values that stand to a threshold as an operator wants; any for what is not a number."""
    if operator == BELOW:
        return at_most(row, first, less)
    if operator == AT_LEAST:
        return ~at_most(row, first, less)
    if operator == ABOVE:
        return at_least(row, first, more)
    if operator == AT_MOST:
        return ~at_least(row, first, more)
    return ~(at_most(row, first, less) | at_least(row, first, more))


@njit(nogil=True, inline="always")
def ruled(holding: np.uint64, there: np.uint64, missing: int) -> tuple[np.uint64, np.uint64]:
    """Give the bits of what is met and of what is unmet, as a question wants it where there is no value."""
    met = holding & there
    unmet = there & ~met
    if missing == MET:
        met |= ~there
    elif missing == UNMET:
        unmet |= ~there
    return met, unmet


@njit(nogil=True, inline="always")
def padded(rows: Floats) -> Floats:
    """Give the values behind the last whole word of each row, [row, lane], filled up with what is not a number."""
    whole = rows.shape[1] // WORD * WORD
    found = np.full((len(rows), WORD), np.nan, rows.dtype)
    for row in range(len(rows)):
        for lane in range(whole, rows.shape[1]):
            found[row, lane - whole] = rows[row, lane]
    return found


@njit(nogil=True, cache=True)
def most(rows: Floats, bounds: Floats) -> Words:
    """Give the bits [row, word] of the numbers, [row, lane], that are at most the bound of their row."""
    whole, rest = rows.shape[1] // WORD, padded(rows)
    found = np.empty((len(rows), (rows.shape[1] + WORD - 1) // WORD), np.uint64)
    for row in range(len(rows)):
        for word in range(whole):
            found[row, word] = at_most(rows[row], word * WORD, bounds[row])
        for word in range(whole, found.shape[1]):
            found[row, word] = at_most(rest[row], 0, bounds[row])
    return found


@njit(nogil=True, cache=True)
def least(rows: Floats, bounds: Floats) -> Words:
    """Give the bits [row, word] of the numbers, [row, lane], that are at least the bound of their row."""
    whole, rest = rows.shape[1] // WORD, padded(rows)
    found = np.empty((len(rows), (rows.shape[1] + WORD - 1) // WORD), np.uint64)
    for row in range(len(rows)):
        for word in range(whole):
            found[row, word] = at_least(rows[row], word * WORD, bounds[row])
        for word in range(whole, found.shape[1]):
            found[row, word] = at_least(rest[row], 0, bounds[row])
    return found


@njit(nogil=True, inline="always")
def answer(  # noqa: PLR0917 - compiled: by place
    values: Floats, first: int, asked: Places, less: Floats, more: Floats, found: Words, row: int, word: int
) -> None:
    """Set the words of the answers about the 64 values of a row from the place `first` on."""
    there = at_most(values, first, np.inf)
    for q in range(len(asked)):
        met = unmet = np.uint64(0)
        if not np.isnan(less[q, row]):
            holding = held(asked[q, 0], values, first, less[q, row], more[q, row])
            met, unmet = ruled(holding, there, asked[q, 1])
        found[0, q, row, word], found[1, q, row, word] = met, unmet


@njit(nogil=True, cache=True)
def ask(rows: Floats, asked: Places, less: Floats, more: Floats, found: Words) -> None:
    """Set `found` [met or unmet, question, row, word] to answers about numbers [row, lane], each of which is read once.

    `asked` [question, operator missing]; the margins `less` and `more` [question, row] of the thresholds are not
    numbers where none is in force.
    """
    whole, rest = rows.shape[1] // WORD, padded(rows)
    for row in range(len(rows)):
        for word in range(whole):
            answer(rows[row], word * WORD, asked, less, more, found, row, word)
        for word in range(whole, found.shape[3]):
            answer(rest[row], 0, asked, less, more, found, row, word)
