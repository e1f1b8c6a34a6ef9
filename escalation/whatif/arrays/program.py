"""A circuit laid out as numbers for an engine that knows no policy: rows of words, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from escalation.whatif.arrays.circuit import NO, YES, Circuit, Gate, Key, Wire

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Rows of words by number: `gates` are [gate, row made, left, right] in their order.

    `inputs`, `states`, `following` and `outputs` give the rows of the names in `circuit`, in the order of its dicts;
    a following row is none of the state rows but its own, so that states can be taken over one after the other.
    """

    rows: int
    gates: Places
    inputs: Places
    states: Places
    following: Places
    outputs: Places


@lru_cache(maxsize=16)
def program(circuit: Circuit) -> Program:
    """Lay a finished circuit out; rows that are not looked at any more are used again, near the processor."""
    gates = circuit.needed()
    kept = {NO, YES, *circuit.inputs.values(), *circuit.states.values()}
    kept |= {*circuit.outputs.values(), *circuit.following.values()}
    last: dict[Wire, int] = {}
    for place, (_, node) in enumerate(gates):
        last[node.left] = last[node.right] = place
    rows = {wire: row for row, wire in enumerate(sorted(kept))}
    free: list[int] = []
    made = []
    for place, (wire, node) in enumerate(gates):
        left, right = rows[node.left], rows[node.right]
        free += [rows[one] for one in {node.left, node.right} if one not in kept and last[one] == place]
        if wire not in kept:
            rows[wire] = free.pop() if free else max(rows.values()) + 1
        made.append((node.gate, rows[wire], left, right))
    size = max(rows.values()) + 1
    following = []
    for key, state in circuit.states.items():
        wire = circuit.following[key]
        if wire in circuit.states.values() and wire != state:
            made.append((Gate.OR, size, rows[wire], rows[wire]))
            following.append(size)
            size += 1
        else:
            following.append(rows[wire])
    return Program(
        rows=size,
        gates=np.array(made, dtype=np.int64).reshape(-1, 4),
        inputs=_rows(rows, circuit.inputs),
        states=_rows(rows, circuit.states),
        following=np.array(following, dtype=np.int64),
        outputs=_rows(rows, circuit.outputs),
    )


def _rows(rows: dict[Wire, int], wires: dict[Key, Wire]) -> Places:
    return np.array([rows[wire] for wire in wires.values()], dtype=np.int64)
