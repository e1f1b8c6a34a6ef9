"""Circuits compute what their gates say, for every combination of their inputs."""

from __future__ import annotations

import numpy as np
import pytest

from escalation.whatif.arrays.circuit import NO, YES, Circuit, Counter, Key, Node, Wire
from escalation.whatif.arrays.words import packed, unpacked


def truths(circuit: Circuit, wire: Wire, given: dict[Wire, bool]) -> bool:
    """Compute one wire."""
    node = circuit.nodes[wire]
    if not isinstance(node, Node):
        return wire == YES or given.get(wire, False)
    left, right = truths(circuit, node.left, given), truths(circuit, node.right, given)
    return bool([left and right, left or right, left != right, left and not right][node.gate])


@pytest.mark.parametrize("number", range(6))
def test_a_quorum_counts_its_wires(number: int) -> None:
    circuit = Circuit()
    wires = [circuit.given("part", place) for place in range(5)]
    found = circuit.at_least(wires, number)
    for combination in range(32):
        given = {wire: bool(combination >> place & 1) for place, wire in enumerate(wires)}
        assert truths(circuit, found, given) == (sum(given.values()) >= number)


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 7, 12])
def test_a_counter_grows_by_one_and_stops_at_its_most(most: int) -> None:
    circuit = Circuit()
    counter = Counter(circuit, "dwell", most=most)
    begun = list(counter.digits)
    counter.grow(YES)
    for count in range(most + 1):
        given = {wire: bool(count >> place & 1) for place, wire in enumerate(begun)}
        grown = sum(truths(circuit, wire, given) << place for place, wire in enumerate(counter.digits))
        assert grown == min(count + 1, most)


@pytest.mark.parametrize("most", [1, 3, 6, 9])
def test_a_counter_says_which_numbers_it_reaches(most: int) -> None:
    circuit = Circuit()
    counter = Counter(circuit, "dwell", most=most)
    for number in range(most + 1):
        reaches = counter.reaches(number)
        for count in range(most + 1):
            given = {wire: bool(count >> place & 1) for place, wire in enumerate(counter.digits)}
            assert truths(circuit, reaches, given) == (count >= number)


def test_gates_that_say_nothing_are_not_made() -> None:
    circuit = Circuit()
    one, other = circuit.given("one"), circuit.given("other")
    assert circuit.both(one, YES) == circuit.either(one, NO) == circuit.without(one, NO) == one
    assert circuit.both(one, NO) == circuit.differ(one, one) == circuit.without(one, one) == NO
    assert circuit.both(one, other) == circuit.both(other, one)
    assert len(circuit.nodes) == len((NO, YES, one, other, circuit.both(one, other)))


def test_only_gates_that_something_rests_on_are_needed() -> None:
    circuit = Circuit()
    one, other = circuit.given("one"), circuit.given("other")
    circuit.either(one, other)
    circuit.outputs[Key("found")] = circuit.both(one, other)
    assert [node for _, node in circuit.needed()] == [circuit.nodes[circuit.both(one, other)]]


def test_a_circuit_can_be_left_with_what_some_outputs_rest_on() -> None:
    circuit = Circuit()
    for name in "ab":
        before = circuit.state(name)
        circuit.following[Key(name)] = circuit.either(before, circuit.given("input", ord(name)))
        circuit.outputs[Key(name)] = before
    left = circuit.only([Key("a")])
    assert (list(left.outputs), list(left.states), list(left.inputs)) == (
        [Key("a")],
        [Key("a")],
        [Key("input", ord("a"))],
    )
    assert list(circuit.only([Key("a")], ended=[Key("b")]).states) == [Key("a"), Key("b")]


@pytest.mark.parametrize("lanes", [1, 7, 8, 63, 64, 65, 200])
def test_words_hold_the_truths_of_their_lanes(lanes: int) -> None:
    given = np.random.default_rng(lanes).random((3, lanes)) < 0.5
    assert (unpacked(packed(given), lanes) == given).all()
    assert packed(given).shape == (3, -(-lanes // 64))
