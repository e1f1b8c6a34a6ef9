"""The part of a circuit that rests on few inputs is run over their axes alone, once, and not over all lanes.

Of a sweep of two thresholds the streaks of a trigger rest on one of them, or on none: only the ladder needs every pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod
from typing import NamedTuple

from escalation.whatif.arrays.circuit import Circuit, Key, Wire
from escalation.whatif.arrays.laid import Inputs, Ran
from escalation.whatif.arrays.wiring import Wiring
from escalation.whatif.arrays.words import Words

Axes = frozenset[int]
Running = Callable[[Wiring, Inputs, tuple[int, ...]], Ran[Words]]
"""Runs a wiring with inputs over a shape, and keeps every output."""
MUCH = 4
"""A part is run by itself where all lanes are so many times as many."""


class Parts(NamedTuple):
    """The parts of a circuit that are run by themselves, each with the axes it needs, and the rest, in their order."""

    narrow: tuple[tuple[Axes, Circuit], ...]
    rest: Circuit


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What is left of a circuit, the inputs it rests on, and the states in the end of what was run before it."""

    wiring: Wiring
    inputs: Inputs
    ended: Inputs


def narrowed(wiring: Wiring, inputs: Inputs, shape: tuple[int, ...], start: Inputs, run: Running) -> Narrowed:
    """Run every part of a circuit that needs few of the axes over these alone; what is taken of it becomes inputs."""
    wide = [(key, _wide(words.shape[1:])) for key, words in inputs.items() if key in wiring.circuit.inputs]
    wide += [(key, _wide(words.shape)) for key, words in start.items() if key in wiring.circuit.states]
    parts = split(wiring.circuit, tuple(wide), shape[1:])
    given, ended = dict(inputs), dict[Key, Words]()
    for axes, circuit in parts.narrow:
        found = run(replace(wiring, circuit=circuit), given, (shape[0], *_over(axes, shape[1:])))
        given |= found.weeks
        ended |= found.ended
    return Narrowed(wiring=replace(wiring, circuit=parts.rest), inputs=given, ended=ended)


def _wide(shape: tuple[int, ...]) -> Axes:
    return frozenset(axis for axis, size in enumerate(shape) if size > 1)


def _over(axes: Axes, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(size if axis in axes else 1 for axis, size in enumerate(shape))


@lru_cache(maxsize=16)
def split(circuit: Circuit, wide: tuple[tuple[Key, Axes], ...], shape: tuple[int, ...]) -> Parts:
    """Part a circuit by the axes that its wires rest on; `wide` has those of inputs and states at the start."""
    axes = _axes(circuit, dict(wide))
    narrow, left = [], set(axes)
    for part in sorted(set(axes.values()), key=lambda one: (len(one), sorted(one))):
        own = {wire for wire, found in axes.items() if found == part}
        if prod(_over(part, shape)) * MUCH <= prod(shape):
            left -= own
            narrow.append((part, own))
    taken = _taken(circuit, axes)
    return Parts(
        narrow=tuple((part, circuit.part(own, {one for one in own if taken[one] - own})) for part, own in narrow),
        rest=circuit.part(left),
    )


def _axes(circuit: Circuit, wide: dict[Key, Axes]) -> dict[Wire, Axes]:
    """Find the axes that every gate and state rests on, states by way of what they take over."""
    nothing: Axes = frozenset()
    inputs = {wire: wide.get(key, nothing) for key, wire in circuit.inputs.items()}
    found = {wire: wide.get(key, nothing) for key, wire in circuit.states.items()}
    gates = circuit.needed()
    while True:
        for wire, node in gates:
            found[wire] = nothing.union(
                *(found.get(one) or inputs.get(one, nothing) for one in (node.left, node.right))
            )
        grown = {
            wire: found[wire] | (found.get(after := circuit.following[key]) or inputs.get(after, nothing))
            for key, wire in circuit.states.items()
        }
        if all(found[wire] == one for wire, one in grown.items()):
            return found
        found |= grown


def _taken(circuit: Circuit, wires: Iterable[Wire]) -> dict[Wire, set[Wire]]:
    """Give by wire what takes it: gates, the states that take it over, and -1 for the outputs."""
    found: dict[Wire, set[Wire]] = {wire: set() for wire in wires}
    takers: list[tuple[Wire, tuple[Wire, ...]]] = [(wire, (node.left, node.right)) for wire, node in circuit.needed()]
    takers += [(wire, (circuit.following[key],)) for key, wire in circuit.states.items()]
    takers.append((-1, tuple(circuit.outputs.values())))
    for taker, sources in takers:
        for source in sources:
            if source in found:
                found[source].add(taker)
    return found
