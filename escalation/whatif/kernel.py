"""Runs a circuit week after week, all lanes at once, with numpy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from escalation.whatif.circuit import YES, Gate, Key
from escalation.whatif.wiring import Wiring
from escalation.whatif.words import ALL, NONE, Words

Inputs = Mapping[Key, Words]
"""By name the words of an input, [week, ..., word]; all broadcast against each other."""

MAKE: Mapping[Gate, Callable[[Words, Words], Words]] = {
    Gate.AND: np.bitwise_and,
    Gate.OR: np.bitwise_or,
    Gate.XOR: np.bitwise_xor,
    Gate.WITHOUT: lambda left, right: left & ~right,
}
FIRST_STAGE: Inputs = {Key("stage", 0): ALL}
"""The states of a region whose first stage takes effect in the first week."""


def run(wiring: Wiring, inputs: Inputs, *, start: Inputs = FIRST_STAGE) -> dict[Key, Words]:
    """Give the outputs of every week, words [week, ..., word]. States that `start` does not name begin as `no`."""
    circuit = wiring.circuit
    shape = np.broadcast_shapes(*(words.shape for words in inputs.values()))
    program = [(wire, MAKE[node.gate], node.left, node.right) for wire, node in circuit.needed()]
    found = {key: np.zeros(shape, dtype=np.uint64) for key in circuit.outputs}
    states = {key: start.get(key, NONE) for key in circuit.states}
    due: dict[tuple[int, Key], Words] = {}
    wires = [NONE] * len(circuit.nodes)
    wires[YES] = ALL
    for week in range(shape[0]):
        for key, wire in circuit.inputs.items():
            wires[wire] = due.pop((week, key), NONE) if key.what == "due" else inputs[key][week % len(inputs[key])]
        for key, wire in circuit.states.items():
            wires[wire] = states[key]
        for wire, make, left, right in program:
            wires[wire] = make(wires[left], wires[right])
        for key, wire in circuit.outputs.items():
            found[key][week] = wires[wire]
            if key.what == "decide":
                due[week + wiring.lags[key.of], Key("due", key.of)] = wires[wire]
        states = {key: wires[wire] for key, wire in circuit.following.items()}
    return found
