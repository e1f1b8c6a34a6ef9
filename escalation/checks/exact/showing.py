"""A way through a search as a witness: a series of figures that the engine confirms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from escalation.checks.exact.search import Way
from escalation.checks.exact.witness import Witness, expected, holds, replayed
from escalation.evaluation.ladder import Ladder
from escalation.policy.metrics import InputMetric


def shown(ladder: Ladder, way: Way, *, shows: Callable[[Witness], bool] = lambda _: True) -> Witness | None:
    """Make a witness of a way; none where the engine does not confirm it, or it does not show what it should.

    Its last week expects what the way ends with, and so does every week in which a stage takes effect. Metrics without
    which the same comes out are left out.
    """

    def confirmed(witness: Witness) -> bool:
        return holds(ladder, witness) and shows(witness)

    witness = _told(ladder, directly(ladder, way))
    return _shortened(witness, confirmed) if confirmed(witness) else None


def _shortened(witness: Witness, confirmed: Callable[[Witness], bool]) -> Witness:
    for name in (*witness.derived, *witness.series):
        series = {other: values for other, values in witness.series.items() if other != name}
        derived = tuple(other for other in witness.derived if other != name)
        shorter = replace(witness, series=series, derived=derived)
        if shorter.length == witness.length and confirmed(shorter):
            witness = shorter
    return witness


def directly(ladder: Ladder, way: Way) -> Witness:
    """Give a witness that sets each axis directly, computed metrics too."""
    names = dict.fromkeys(name for taken in way.taken for name, _ in taken.letter.choices[0])
    weeks = [taken.letter.values for taken in way.taken]
    return Witness(
        stage=way.stage,
        dwell=-way.early,
        start=way.start,
        series={name: tuple(values.get(name) for values in weeks) for name in names},
        derived=tuple(name for name in names if not isinstance(ladder.policy.metrics[name], InputMetric)),
        decisions=tuple((index, taken.to) for index, taken in enumerate(way.taken) if taken.to is not None),
    )


def _told(ladder: Ladder, witness: Witness) -> Witness:
    """Let the engine fill in what is expected."""
    found = replayed(ladder, witness)
    weeks = sorted({index for index, _ in witness.decisions} | {witness.length - 1})
    return replace(witness, expected=tuple(expected(index, found[index]) for index in weeks if index in found))
