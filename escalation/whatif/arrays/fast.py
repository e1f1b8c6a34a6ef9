"""The engine compiled by numba (extra `fast`): runs a `Program` over tiles of words that stay near the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from escalation.whatif.arrays.circuit import Gate
from escalation.whatif.arrays.laid import ALONG, CONSTANT

if TYPE_CHECKING:
    from escalation.whatif.arrays.laid import Counts, Given, Laid
    from escalation.whatif.arrays.program import Places
    from escalation.whatif.arrays.words import Words

TILE = 256
"""Words: 2 KiB a row, so that the rows of a policy fit into the second cache."""
AND, OR, XOR = int(Gate.AND), int(Gate.OR), int(Gate.XOR)


FIRST, SECOND, FOURTH = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
EACH, TOP = np.uint64(0x0101010101010101), np.uint64(56)


@njit(nogil=True, inline="always")
def ones(word: np.uint64) -> np.uint64:
    """Count the bits that are set: by twos, by fours, by eights, and then all together."""
    word -= (word >> np.uint64(1)) & FIRST
    word = (word & SECOND) + ((word >> np.uint64(2)) & SECOND)
    return (((word + (word >> np.uint64(4))) & FOURTH) * EACH) >> TOP


@njit(nogil=True, inline="always")
def load(board: Words, given: Given, week: int, first: int, size: int) -> None:
    """Set the rows of the inputs to their words of a week, for the `size` words from `first` on."""
    words = given.table[week]
    for i in range(len(given.rows)):
        row = board[given.rows[i]]
        if given.kinds[i] == CONSTANT:
            for j in range(size):
                row[j] = words[given.offsets[i]]
        elif given.kinds[i] == ALONG:
            take(words[given.offsets[i] + first : given.offsets[i] + first + size], row, size)
        else:
            own, picks = words[given.offsets[i] :], given.picks[i, first : first + size]
            for j in range(size):
                row[j] = own[np.uint32(picks[j])]  # a signed place might count from the end, and would be looked at


@njit(nogil=True, inline="always")
def take(words: Words, into: Words, size: int) -> None:
    """Set so many words to others."""
    for j in range(size):
        into[j] = words[j]


@njit(nogil=True, inline="always")
def make(board: Words, gates: Places, size: int) -> None:
    """Make every gate, one row after the other, of so many words."""
    for g in range(len(gates)):
        gate = gates[g, 0]
        made, left, right = board[gates[g, 1]], board[gates[g, 2]], board[gates[g, 3]]
        if gate == AND:
            for j in range(size):
                made[j] = left[j] & right[j]
        elif gate == OR:
            for j in range(size):
                made[j] = left[j] | right[j]
        elif gate == XOR:
            for j in range(size):
                made[j] = left[j] ^ right[j]
        else:
            for j in range(size):
                made[j] = left[j] & ~right[j]


@njit(nogil=True, inline="always")
def count(  # noqa: PLR0917 - see `run`
    row: Words, size: int, masks: Words, shifts: Places, first: int, counts: Counts
) -> None:
    """Add the bits of a row to the counts of their groups, each as often as `masks` [digit, word] say.

    A digit counts as much as two to the power that `shifts` [digit] gives it.
    """
    width = masks.shape[1] // len(counts)
    j = 0
    while j < size:
        group = (first + j) // width
        stop = min(size, (group + 1) * width - first)
        held = row[j:stop]
        for digit in range(len(masks)):
            mask = masks[digit, first + j : first + stop]
            total = np.uint64(0)
            for word in range(len(held)):
                total += ones(held[word] & mask[word])
            counts[group] += np.int64(total) << shifts[digit]
        j = stop


@njit(nogil=True, inline="always")
def used(masks: Words, first: int, size: int) -> int:
    """Say how many digits of the words from `first` on count: those above them are of none."""
    digits = len(masks)
    while digits > 1 and not masks[digits - 1, first : first + size].any():
        digits -= 1
    return digits


@njit(nogil=True, cache=True)
def run(  # noqa: PLR0917 - compiled: by place, and a call in a loop costs more than what it does
    laid: Laid,
    given: Given,
    states: Words,
    out: Words,
    counts: Counts,
    masks: Words,
    shifts: Places,
    begin: int,
    end: int,
) -> None:
    """Run the words from `begin` to `end`; fill `out` [output, week, word] or `counts` [output, week, group].

    `states` [state, word] are those of the start, and in the end those of the end.
    """
    board = np.zeros((laid.size, TILE), np.uint64)
    board[1] = ~np.uint64(0)
    for first in range(begin, end, TILE):
        size = min(TILE, end - first)
        for s in range(len(laid.states)):
            board[laid.states[s], :size] = states[s, first : first + size]
        digits = used(masks, first, size)
        for week in range(len(given.table)):
            load(board, given, week, first, size)
            make(board, laid.gates, size)
            for o in range(len(laid.outputs)):
                if out.size:
                    out[o, week, first : first + size] = board[laid.outputs[o], :size]
                if counts.size:
                    count(board[laid.outputs[o]], size, masks[:digits], shifts, first, counts[o, week])
            for s in range(len(laid.states)):
                if laid.states[s] != laid.following[s]:
                    take(board[laid.following[s]], board[laid.states[s]], size)
        for s in range(len(laid.states)):
            states[s, first : first + size] = board[laid.states[s], :size]
