"""What a circuit counts of a lane over its weeks: first times, changes, weeks in each stage, and the shortest stay."""

from __future__ import annotations

from dataclasses import dataclass

from escalation.whatif.arrays.circuit import NO, YES, Circuit, Counter, Key, Wire, keep_greatest

SOON = 4
"""A change of stage is undone where it is taken back within so many weeks."""


def full(horizon: int) -> int:
    """Give the greatest number of the binary digits in which weeks of a horizon are counted."""
    return (1 << horizon.bit_length()) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What passes in one week, as wires; stages by rank.

    `in_force` has the stages in force meanwhile, `after` those at the end of the week; `recommended` the moves that are
    recommended, each with the stage that it leads to, and `effects` those that take effect. `entered` says that a stage
    on record takes effect at the start, `active` that the week is evaluated.
    """

    in_force: list[Wire]
    after: list[Wire]
    recommended: list[tuple[int, Wire]]
    effects: list[Wire]
    entered: Wire
    active: Wire


def tell(circuit: Circuit, passed: Passed, horizon: int) -> None:
    """Say where a stage is entered or recommended for the first time; count changes and weeks, measure stays.

    What takes effect behind the last week of a region is none of its changes.
    """
    changed = circuit.both(circuit.any_of(passed.effects), passed.active)
    circuit.outputs[Key("changed")] = changed
    circuit.outputs[Key("undone")] = _undone(circuit, passed, changed)
    _total(circuit, Key("changes"), changed, horizon)
    _stays(circuit, passed, changed, full(horizon))
    for rank, stage in enumerate(passed.in_force):
        _total(circuit, Key("weeks", rank), stage, horizon)
        _once(circuit, Key("called", rank), circuit.any_of(one for to, one in passed.recommended if to == rank))
        _once(circuit, Key("first", rank), circuit.without(passed.after[rank], stage))


def _undone(circuit: Circuit, passed: Passed, changed: Wire) -> Wire:
    """Say where a stage takes effect again that was left at most `SOON` weeks before."""
    lately = [circuit.state("changed", ago) for ago in range(1, SOON + 1)]
    for ago, wire in enumerate((changed, *lately[:-1]), start=1):
        circuit.following[Key("changed", ago)] = wire
    is_soon, back = circuit.any_of(lately), NO
    for rank, stage in enumerate(passed.in_force):
        before = circuit.state("before", rank)
        back = circuit.either(back, circuit.both(before, passed.after[rank]))
        kept = circuit.without(before, changed)
        circuit.following[Key("before", rank)] = circuit.either(kept, circuit.both(stage, changed))
    return circuit.all_of((back, changed, is_soon))


def _stays(circuit: Circuit, passed: Passed, changed: Wire, most: int) -> None:
    """Measure the stays that begin by a change and end by another, by what each is short of `most` weeks.

    A stage on record that takes effect at the start of a week is a change, unless nothing was evaluated before. Of
    two changes in a week the stay between them is the shortest that can be: it alone is looked at.
    """
    begun, room = circuit.state("begun"), Counter(circuit, "room", most=most)
    before, on_record = list(room.digits), NO
    if passed.entered != NO:
        on_record = circuit.all_of((passed.entered, circuit.state("evaluated"), passed.active))
        circuit.following[Key("evaluated")] = passed.active
    room.set_to(most, on_record)
    room.shrink(YES)
    is_before = circuit.without(on_record, changed)
    digits = [
        circuit.differ(now, circuit.both(is_before, circuit.differ(now, then)))
        for now, then in zip(room.digits, before, strict=True)
    ]
    runs = circuit.either(begun, circuit.both(on_record, changed))
    keep_greatest(circuit, "spare", digits, circuit.both(runs, circuit.either(on_record, changed)))
    room.set_to(most, changed)
    room.keep()
    circuit.following[Key("begun")] = circuit.any_of((begun, on_record, changed))


def _total(circuit: Circuit, key: Key, wire: Wire, horizon: int) -> None:
    """Count the weeks in which something holds."""
    weeks = Counter(circuit, key.what, key.of, most=horizon)
    weeks.add(wire)
    weeks.keep()


def _once(circuit: Circuit, key: Key, wire: Wire) -> None:
    """Say where something holds for the first time."""
    before = circuit.state(*key)
    circuit.outputs[key] = circuit.without(wire, before)
    circuit.following[key] = circuit.either(wire, before)
