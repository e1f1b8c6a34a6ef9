"""Boolean circuits: what one week of a policy makes of a standing, as gates on words of 64 lanes.

A wire carries one truth for each lane (a region, or a region in a scenario), 64 lanes to a machine word: one `and` of
the processor judges 64 of them. A verdict is two wires, a count is a few. Gates are folded and shared as they are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

Wire = int
NO: Wire = 0
YES: Wire = 1


class Key(NamedTuple):
    """The name of an input, an output or a state of a circuit: what it is, of which, and which binary digit of it."""

    what: str
    of: int = 0
    digit: int = 0


class Gate(IntEnum):
    """What a node makes of two wires."""

    AND = 0
    OR = 1
    XOR = 2
    WITHOUT = 3
    """The first and not the second."""


class Node(NamedTuple):
    """A gate with its two wires."""

    gate: Gate
    left: Wire
    right: Wire


class Circuit:
    """Gates in the order in which they can be computed; the wire of a node is its place.

    `states` carry over from week to week: `following` has the wires that they take over. `outputs` are looked at.
    """

    def __init__(self) -> None:
        self.nodes: list[Node | Key] = [Key("no"), Key("yes")]
        self.inputs: dict[Key, Wire] = {}
        self.states: dict[Key, Wire] = {}
        self.following: dict[Key, Wire] = {}
        self.outputs: dict[Key, Wire] = {}
        self._known: dict[Node, Wire] = {}

    def given(self, what: str, of: int = 0, digit: int = 0) -> Wire:
        """Give the wire of an input, by its name."""
        return self._named(self.inputs, Key(what, of, digit))

    def state(self, what: str, of: int = 0, digit: int = 0) -> Wire:
        """Give the wire of a state as the week finds it, by its name."""
        return self._named(self.states, Key(what, of, digit))

    def _named(self, wires: dict[Key, Wire], key: Key) -> Wire:
        if key not in wires:
            wires[key] = len(self.nodes)
            self.nodes.append(key)
        return wires[key]

    def both(self, left: Wire, right: Wire) -> Wire:
        """And."""
        if NO in (left, right):
            return NO
        if left in (YES, right):
            return right
        return left if right == YES else self._made(Gate.AND, *sorted((left, right)))

    def either(self, left: Wire, right: Wire) -> Wire:
        """Or."""
        if YES in (left, right):
            return YES
        if left in (NO, right):
            return right
        return left if right == NO else self._made(Gate.OR, *sorted((left, right)))

    def differ(self, left: Wire, right: Wire) -> Wire:
        """Exclusive or."""
        if left == right:
            return NO
        if NO in (left, right):
            return left or right
        return self._made(Gate.XOR, *sorted((left, right)))

    def without(self, left: Wire, right: Wire) -> Wire:
        """Give the first and not the second."""
        if left in (NO, right) or right == YES:
            return NO
        return left if right == NO else self._made(Gate.WITHOUT, left, right)

    def opposite(self, wire: Wire) -> Wire:
        """Not."""
        return self.without(YES, wire)

    def all_of(self, wires: Iterable[Wire]) -> Wire:
        """And of many; `yes` of none."""
        found = YES
        for wire in wires:
            found = self.both(found, wire)
        return found

    def any_of(self, wires: Iterable[Wire]) -> Wire:
        """Or of many; `no` of none."""
        found = NO
        for wire in wires:
            found = self.either(found, wire)
        return found

    def at_least(self, wires: Sequence[Wire], number: int) -> Wire:
        """So many of the wires."""
        found = [YES] + [NO] * number
        for wire in wires:
            for so_many in range(number, 0, -1):
                found[so_many] = self.either(found[so_many], self.both(found[so_many - 1], wire))
        return found[number]

    def _made(self, gate: Gate, left: Wire, right: Wire) -> Wire:
        node = Node(gate, left, right)
        if node not in self._known:
            self._known[node] = len(self.nodes)
            self.nodes.append(node)
        return self._known[node]

    def only(self, outputs: Iterable[Key], ended: Iterable[Key] = ()) -> Circuit:
        """Give the circuit with some outputs, and only what they, or the states `ended`, rest on."""
        made = Circuit()
        made.nodes = self.nodes
        made.outputs = {key: self.outputs[key] for key in outputs}
        reached = set(made.outputs.values())
        states = set(ended)
        while True:
            reached |= {self.following[key] for key in states}
            for wire in range(len(self.nodes) - 1, 1, -1):
                node = self.nodes[wire]
                if wire in reached and isinstance(node, Node):
                    reached |= {node.left, node.right}
            found = {key for key, wire in self.states.items() if wire in reached}
            if found <= states:
                break
            states |= found
        made.inputs = {key: wire for key, wire in self.inputs.items() if wire in reached}
        made.states = {key: wire for key, wire in self.states.items() if key in states}
        made.following = {key: self.following[key] for key in made.states}
        return made

    def part(self, own: set[Wire], shown: set[Wire] | None = None) -> Circuit:
        """Give a circuit of some gates and states; gates and states of others become inputs, each `wire` by its number.

        It has the outputs of the whole circuit, or where some of its own are `shown` these, named in the same way.
        """
        made, wires = Circuit(), {NO: NO, YES: YES}

        def wire_of(wire: Wire) -> Wire:
            if wire not in wires:
                node = self.nodes[wire]
                is_input = isinstance(node, Key) and self.inputs.get(node) == wire
                wires[wire] = made.given(*node) if is_input else made.given("wire", wire)
            return wires[wire]

        for wire in sorted(own):
            node = self.nodes[wire]
            if isinstance(node, Node):
                wires[wire] = made._made(node.gate, wire_of(node.left), wire_of(node.right))
            else:
                wires[wire] = made.state(*node)
        outputs = self.outputs.items() if shown is None else ((Key("wire", wire), wire) for wire in sorted(shown))
        made.outputs = {key: wire_of(wire) for key, wire in outputs}
        made.following = {key: wire_of(self.following[key]) for key, wire in self.states.items() if wire in own}
        return made

    def needed(self) -> list[tuple[Wire, Node]]:
        """Give the gates that an output or a state rests on, each with its wire, in the order of computing."""
        wanted = {*self.outputs.values(), *self.following.values()}
        for wire in range(len(self.nodes) - 1, 1, -1):
            node = self.nodes[wire]
            if wire in wanted and isinstance(node, Node):
                wanted |= {node.left, node.right}
        return [(wire, node) for wire in sorted(wanted) if isinstance(node := self.nodes[wire], Node)]


class Truth(NamedTuple):
    """A verdict on two wires; unknown where neither is."""

    met: Wire
    unmet: Wire


class Counter:
    """A count for each lane in binary digits, kept as states; it stops at `most`."""

    def __init__(self, circuit: Circuit, what: str, of: int = 0, *, most: int) -> None:
        self._circuit = circuit
        self._keys = [Key(what, of, digit) for digit in range(most.bit_length())]
        self.digits = [circuit.state(*key) for key in self._keys]
        self.most = most

    def reaches(self, number: int) -> Wire:
        """Say where the count is at least a number, `most` or less."""
        circuit, found = self._circuit, YES
        for place, digit in enumerate(self.digits):
            found = circuit.both(digit, found) if number >> place & 1 else circuit.either(digit, found)
        return found

    def reaches_given(self, what: str, of: int) -> Wire:
        """Say where the count is at least another number, `most` or less, whose binary digits are inputs of a name."""
        circuit, found = self._circuit, YES
        for place, digit in enumerate(self.digits):
            other = circuit.given(what, of, place)
            found = circuit.either(circuit.without(digit, other), circuit.without(found, circuit.without(other, digit)))
        return found

    def clear(self, where: Wire) -> None:
        """Set the count to 0 before anything is made of it."""
        self.digits = [self._circuit.without(digit, where) for digit in self.digits]

    def grow(self, where: Wire) -> None:
        """Add one, up to `most`."""
        self.add(self._circuit.without(where, self.reaches(self.most)))

    def add(self, where: Wire) -> None:
        """Add one; it must be less than `most` there."""
        circuit, carried = self._circuit, where
        for place, digit in enumerate(self.digits):
            self.digits[place] = circuit.differ(digit, carried)
            carried = circuit.both(digit, carried)

    def shrink(self, where: Wire) -> None:
        """Take one off; it must not be 0 there."""
        circuit, borrowed = self._circuit, where
        for place, digit in enumerate(self.digits):
            self.digits[place] = circuit.differ(digit, borrowed)
            borrowed = circuit.without(borrowed, digit)

    def set_to(self, number: int, where: Wire) -> None:
        """Set the count to a number, or to `most` where that is less."""
        for place, digit in enumerate(self.digits):
            is_one = min(number, self.most) >> place & 1
            self.digits[place] = (self._circuit.either if is_one else self._circuit.without)(digit, where)

    def keep(self) -> None:
        """Carry the count over to the next week."""
        for key, digit in zip(self._keys, self.digits, strict=True):
            self._circuit.following[key] = digit


def keep_greatest(circuit: Circuit, what: str, digits: Sequence[Wire], where: Wire) -> None:
    """Keep for each lane, as states, the greatest of the numbers that come in binary digits; 0 before any has come."""
    kept = [circuit.state(what, digit=place) for place in range(len(digits))]
    others = [circuit.differ(own, digit) for own, digit in zip(kept, digits, strict=True)]
    is_greater = NO
    for other, digit in zip(others, digits, strict=True):
        is_greater = circuit.differ(is_greater, circuit.both(other, circuit.differ(is_greater, digit)))
    taken = circuit.both(where, is_greater)
    for place, (own, other) in enumerate(zip(kept, others, strict=True)):
        circuit.following[Key(what, digit=place)] = circuit.differ(own, circuit.both(other, taken))
