"""A circuit and its inputs as the compiled engine reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.program import Places, program
from escalation.whatif.arrays.wiring import Wiring
from escalation.whatif.arrays.words import Words

Inputs = Mapping[Key, Words]
"""By name the words of an input, [week, ..., word]; all broadcast against each other."""

Counts = NDArray[np.int64]
Picks = NDArray[np.int32]
Found = TypeVar("Found", Words, Counts)

CONSTANT, ALONG, PICKED = 0, 1, 2
"""How an input gives the words of a week: one for all, one for each in order, or the one that `picks` says."""


class Ran(NamedTuple, Generic[Found]):
    """What a run gives: the outputs of every week, [week, ...], and the states in the end, words [..., word]."""

    weeks: dict[Key, Found]
    ended: dict[Key, Words]


class Counted(NamedTuple):
    """What a run gives that counts: the lanes in which each output holds, in every week; and the marked ones of them.

    `ended` are the states in the end, words [..., word].
    """

    weeks: dict[Key, Counts]
    ended: dict[Key, Words]
    marked: dict[Key, Counts]


class Laid(NamedTuple):
    """A program as the compiled engine reads it: rows by number, and what is done with them."""

    size: int
    gates: Places
    states: Places
    following: Places
    outputs: Places


class Given(NamedTuple):
    """The inputs side by side in `table`, [week, column]: of each its row, kind, first column and picks."""

    rows: Places
    kinds: Places
    offsets: Places
    picks: Picks
    table: Words


class Table:
    """The inputs of a circuit side by side, [week, column], and where the compiled engine finds what it needs."""

    def __init__(self, wiring: Wiring, inputs: Inputs, shape: tuple[int, ...], start: Inputs) -> None:
        circuit, laid = wiring.circuit, program(wiring.circuit)
        self.keys, self.shape = tuple(circuit.outputs), shape
        self.states = tuple(circuit.states)
        size = int(np.prod(shape[1:]))
        columns: list[Words] = [np.zeros((shape[0], 0), dtype=np.uint64)]
        picks: list[Picks] = []
        kinds, offsets = [], []
        for key in circuit.inputs:
            own = inputs[key].shape[1:]
            width = int(np.prod(own))
            offsets.append(sum(one.shape[1] for one in columns))
            columns.append(np.broadcast_to(inputs[key].reshape(len(inputs[key]), width), (shape[0], width)))
            kinds.append(CONSTANT if width == 1 else ALONG if width == size else PICKED)
            picks.append(_picked(own, shape[1:]) if kinds[-1] == PICKED else np.zeros(1, np.int32))
        self.laid = Laid(
            laid.rows,
            laid.gates,
            laid.states,
            laid.following,
            laid.outputs,
        )
        self.given = Given(
            laid.inputs,
            np.array(kinds, dtype=np.int64),
            np.array(offsets, dtype=np.int64),
            _stacked(picks, size),
            np.ascontiguousarray(np.concatenate(columns, axis=1)),
        )
        begun = np.zeros((len(self.states), *shape[1:]), dtype=np.uint64)
        for place, key in enumerate(self.states):
            if key in start:
                begun[place] = start[key]
        self.start = begun.reshape(len(begun), size)


def _picked(own: tuple[int, ...], shape: tuple[int, ...]) -> Picks:
    return np.broadcast_to(np.arange(int(np.prod(own)), dtype=np.int32).reshape(own), shape).reshape(-1)


def _stacked(picks: list[Picks], size: int) -> Picks:
    """Give the picks of every input as rows; those that need none have a row that is not looked at."""
    if all(len(one) == 1 for one in picks):
        return np.zeros((len(picks), 1), dtype=np.int32)
    return np.stack([np.broadcast_to(one, size) for one in picks])
