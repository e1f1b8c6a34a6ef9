"""Truths of many lanes as machine words, 64 lanes to a word, the first in the lowest bit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.whatif.arrays.panel import Bools

Words = NDArray[np.uint64]
WORD = 64
NONE: Words = np.array(0, dtype=np.uint64)
ALL: Words = np.array(2**64 - 1, dtype=np.uint64)
"""No lane, and every lane; they broadcast."""


def packed(truths: Bools) -> Words:
    """Pack the last axis; the lanes that fill the last word up are false."""
    lanes = truths.shape[-1]
    octets = np.packbits(truths, axis=-1, bitorder="little")
    filled = np.zeros((*truths.shape[:-1], words_for(lanes) * 8), dtype=np.uint8)
    filled[..., : octets.shape[-1]] = octets
    return filled.view("<u8")


def spread(truths: Bools) -> Words:
    """Give words of truths that are the same for all lanes: the last axis has one place."""
    return np.where(truths, ALL, NONE)


def laned(truths: Bools) -> Words:
    """Pack truths; those of one lane stand for all lanes."""
    return spread(truths) if truths.shape[-1] == 1 else packed(truths)


def unpacked(words: Words, lanes: int) -> Bools:
    """Give the truths of so many lanes."""
    octets = np.ascontiguousarray(words).view(np.uint8)
    return np.unpackbits(octets, axis=-1, count=lanes, bitorder="little").view(np.bool_)


def words_for(lanes: int) -> int:
    """Count the words that lanes fill."""
    return -(-lanes // WORD)


class Digits(NamedTuple):
    """The binary digits by which lanes are counted, words [..., word] each, and the power of two of each digit."""

    planes: tuple[Words, ...]
    shifts: tuple[int, ...]


def digits_of(weights: NDArray[np.int64]) -> Digits:
    """Give the binary digits of weights [..., lane].

    A lane counts as often as its weight says; the lanes that fill the last word up count for nothing.
    """
    shifts = range(int(weights.max(initial=1)).bit_length())
    return Digits(tuple(packed(weights >> shift & 1 == 1) for shift in shifts), tuple(shifts))


def with_marks(digits: Digits, marks: NDArray[np.int64], above: int) -> Digits:
    """Let lanes count by `marks` [..., lane] as well, each as `above`, a power of two that no count reaches."""
    own = digits_of(marks)
    shifts = (above.bit_length() - 1 + shift for shift in own.shifts)
    return Digits((*digits.planes, *own.planes), (*digits.shifts, *shifts))
