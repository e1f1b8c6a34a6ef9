"""Runs of the compiled engine on threads, each over a stretch of the words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from escalation.whatif.arrays import fast
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.laid import Counts, Ran, Table
from escalation.whatif.arrays.words import Digits, Words

Into = tuple[Words, Counts, Words, Counts]
"""What a stretch is run into: words, counts, and the digits by which lanes are counted."""


def run(table: Table, workers: int) -> Ran[Words]:
    """Run all words and keep every output."""
    found = np.zeros((len(table.keys), table.shape[0], int(np.prod(table.shape[1:]))), dtype=np.uint64)
    nothing = np.zeros((0, 0, 0), dtype=np.int64)
    _go(table, workers, lambda: (found, nothing, found[:0, 0], np.zeros(0, dtype=np.int64)))
    return Ran({key: words.reshape(table.shape) for key, words in zip(table.keys, found, strict=True)}, _ended(table))


def counted(table: Table, digits: Digits, workers: int) -> Ran[Counts]:
    """Run all words and count, each lane as often as its digits say."""
    size = (len(table.keys), table.shape[0], int(np.prod(table.shape[1:-1])))
    nothing = np.zeros((0, 0, 0), dtype=np.uint64)
    own = np.array([np.broadcast_to(plane, table.shape[1:]).reshape(-1) for plane in digits.planes])
    shifts = np.array(digits.shifts, dtype=np.int64)
    parts = _go(table, workers, lambda: (nothing, np.zeros(size, dtype=np.int64), own, shifts))
    found = sum((counts for _, counts, *_ in parts), start=np.zeros(size, dtype=np.int64))
    weeks = {key: counts.reshape(table.shape[:-1]) for key, counts in zip(table.keys, found, strict=True)}
    return Ran(weeks, _ended(table))


def _ended(table: Table) -> dict[Key, Words]:
    return {key: words.reshape(table.shape[1:]) for key, words in zip(table.states, table.start, strict=True)}


def _go(table: Table, workers: int, into: Callable[[], Into]) -> list[Into]:
    """Run each stretch into what `into` gives it."""
    size = int(np.prod(table.shape[1:]))
    bounds = [size * part // workers for part in range(workers + 1)]
    parts = [into() for _ in range(workers)]

    def go(part: int) -> None:
        fast.run(table.laid, table.given, table.start, *parts[part], bounds[part], bounds[part + 1])

    if workers == 1:
        go(0)
        return parts
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(go, range(workers)))
    return parts
