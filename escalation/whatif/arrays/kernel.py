"""Runs a circuit week after week for all lanes at once: with numpy, or compiled where numba is installed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from importlib.util import find_spec

import numpy as np

from escalation.errors import RequestError, install
from escalation.whatif.arrays.circuit import YES, Gate, Key
from escalation.whatif.arrays.laid import Counted, Counts, Inputs, Ran, Table
from escalation.whatif.arrays.narrow import Narrowed, narrowed
from escalation.whatif.arrays.wiring import Wiring
from escalation.whatif.arrays.words import ALL, NONE, Words, digits_of, with_marks

MAKE: Mapping[Gate, Callable[[Words, Words], Words]] = {
    Gate.AND: np.bitwise_and,
    Gate.OR: np.bitwise_or,
    Gate.XOR: np.bitwise_xor,
    Gate.WITHOUT: lambda left, right: left & ~right,
}
FIRST_STAGE: Inputs = {Key("stage", 0): ALL}
"""The states of a region whose first stage takes effect in the first week."""

COMPILED = "escalation.whatif.arrays.fast"
WORTH_COMPILING = 1_000_000
"""Words x weeks from which the compiled engine is taken: it is loaded, or compiled once, in the time of so many."""
WORTH_CALLING = 100
"""Words x weeks from which it is taken where it is loaded."""


class Backend(StrEnum):
    """What runs a circuit; both give the same words."""

    NUMPY = "numpy"
    NUMBA = "numba"


def chosen(backend: Backend | None, words: int) -> Backend:
    """Give the back end asked for, or the faster one that is there. Raise RequestError where numba is not installed."""
    has_numba = find_spec("numba") is not None
    if backend is Backend.NUMBA and not has_numba:
        raise RequestError("numba is not installed", help=install("fast")[0])
    least = WORTH_CALLING if COMPILED in sys.modules else WORTH_COMPILING
    return backend or (Backend.NUMBA if has_numba and words >= least else Backend.NUMPY)


def run(
    wiring: Wiring,
    inputs: Inputs,
    *,
    start: Inputs = FIRST_STAGE,
    backend: Backend | None = None,
    workers: int = 1,
) -> Ran[Words]:
    """Give the outputs of every week, words [week, ..., word]. States that `start` does not name begin as `no`.

    `workers` are threads of the compiled engine; the result does not depend on them.
    """
    shape = _shape(wiring, inputs, start)
    if chosen(backend, int(np.prod(shape))) is Backend.NUMBA:
        from escalation.whatif.arrays import threads  # noqa: PLC0415 - an extra, and slow to load

        left = _narrowed(wiring, inputs, shape, start)
        ran = threads.run(Table(left.wiring, left.inputs, shape, start), workers)
        return Ran(ran.weeks, _all_ended(wiring, left, ran, shape))
    found = {key: np.zeros(shape, dtype=np.uint64) for key in wiring.circuit.outputs}

    def store(week: int, key: Key, words: Words) -> None:
        found[key][week] = words

    return Ran(found, _run(wiring, inputs, shape, start, store))


def counted(
    wiring: Wiring,
    inputs: Inputs,
    *,
    weights: Counts,
    marks: Counts | None = None,
    start: Inputs = FIRST_STAGE,
    backend: Backend | None = None,
    workers: int = 1,
) -> Counted:
    """Count in every week the lanes in which each output holds, int64 [week, ...]; nothing else is kept.

    Each lane counts as often as `weights`, [..., lane], says. On the way some are counted by themselves as well, as
    often as `marks` say.
    """
    digits, above = digits_of(weights), 1 << int(weights.sum(axis=-1).max(initial=1)).bit_length()
    if marks is not None:
        digits = with_marks(digits, marks, above)
    shape = np.broadcast_shapes(_shape(wiring, inputs, start), *((1, *plane.shape) for plane in digits.planes))
    if chosen(backend, int(np.prod(shape))) is Backend.NUMBA:
        from escalation.whatif.arrays import threads  # noqa: PLC0415 - see above

        left = _narrowed(wiring, inputs, shape, start)
        ran = threads.counted(Table(left.wiring, left.inputs, shape, start), digits, workers)
        return _parted(Ran(ran.weeks, _all_ended(wiring, left, ran, shape)), above)
    found = {key: np.zeros(shape[:-1], dtype=np.int64) for key in wiring.circuit.outputs}

    def count(week: int, key: Key, words: Words) -> None:
        for plane, shift in zip(*digits, strict=True):
            found[key][week] += np.bitwise_count(words & plane).sum(axis=-1, dtype=np.int64) << shift

    return _parted(Ran(found, _run(wiring, inputs, shape, start, count)), above)


def _parted(ran: Ran[Counts], above: int) -> Counted:
    """Part what all lanes and what marked ones count: each of these has counted `above` beside its weight."""
    marked = {key: counts // above for key, counts in ran.weeks.items()}
    return Counted({key: counts % above for key, counts in ran.weeks.items()}, ran.ended, marked)


def _narrowed(wiring: Wiring, inputs: Inputs, shape: tuple[int, ...], start: Inputs) -> Narrowed:
    """Leave to the compiled engine what needs all lanes."""
    from escalation.whatif.arrays import threads  # noqa: PLC0415 - see above

    def run_alone(part: Wiring, given: Inputs, over: tuple[int, ...]) -> Ran[Words]:
        return threads.run(Table(part, given, over, start), 1)

    return narrowed(wiring, inputs, shape, start, run_alone)


def _all_ended(
    wiring: Wiring, left: Narrowed, ran: Ran[Words] | Ran[Counts], shape: tuple[int, ...]
) -> dict[Key, Words]:
    """Give the states in the end of what was run over all lanes, and of what was run before."""
    ended = {**left.ended, **ran.ended}
    return {key: np.broadcast_to(ended[key], shape[1:]) for key in wiring.circuit.states}


def _shape(wiring: Wiring, inputs: Inputs, start: Inputs) -> tuple[int, ...]:
    begun = ((1, *start[key].shape) for key in wiring.circuit.states if key in start)
    return np.broadcast_shapes(*(inputs[key].shape for key in wiring.circuit.inputs), *begun)


def _run(
    wiring: Wiring, inputs: Inputs, shape: tuple[int, ...], start: Inputs, take: Callable[[int, Key, Words], None]
) -> dict[Key, Words]:
    """Make every gate in numpy, week after week; hand the outputs over, and give the states in the end."""
    circuit = wiring.circuit
    gates = [(wire, MAKE[node.gate], node.left, node.right) for wire, node in circuit.needed()]
    states = {key: start.get(key, NONE) for key in circuit.states}
    wires = [NONE] * len(circuit.nodes)
    wires[YES] = ALL
    for week in range(shape[0]):
        for key, wire in circuit.inputs.items():
            wires[wire] = inputs[key][week % len(inputs[key])]
        for key, wire in circuit.states.items():
            wires[wire] = states[key]
        for wire, make, left, right in gates:
            wires[wire] = make(wires[left], wires[right])
        for key, wire in circuit.outputs.items():
            take(week, key, wires[wire])
        states = {key: wires[wire] for key, wire in circuit.following.items()}
    return {key: np.broadcast_to(words, shape[1:]) for key, words in states.items()}
