"""A way through a search as a witness: a series of figures that the engine confirms."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from escalation.checks.exact.figures import Series, drawn
from escalation.checks.exact.search import Way
from escalation.checks.exact.witness import Witness, expected, holds, replayed
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.step import Evaluation
from escalation.policy.metrics import InputMetric
from escalation.policy.model import Policy

ROUNDINGS = ((3, True), (6, True), (3, False), (4, False), (6, False), (17, False))
"""To how many digits figures are rounded, and whether counts to whole numbers, until the engine confirms an example."""


def shown(
    ladder: Ladder, way: Way, *, shows: Callable[[Witness, Evaluation], bool] = lambda *_: True
) -> Witness | None:
    """Make a witness of a way; none where the engine does not confirm it, or it does not show what it should.

    Its last week expects what the way ends with, and so does every week in which a stage takes effect. Metrics without
    which the same comes out are left out.
    """

    def confirmed(witness: Witness) -> bool:
        return holds(ladder, witness, shows=lambda last: shows(witness, last))

    witness = _told(ladder, directly(ladder, way))
    if not confirmed(witness):
        return None
    witness = shortened(witness, confirmed)
    if not witness.derived:
        return witness
    found = next((one for one in _of_inputs(ladder, way, witness) if confirmed(one)), None)
    return witness if found is None else shortened(found, confirmed)


def _of_inputs(ladder: Ladder, way: Way, witness: Witness) -> Iterator[Witness]:
    """Look for figures of inputs that bring the computed metrics of a witness where the way needs them.

    A metric that was left out may have had to make up for another: where the choices of the metrics that are left
    do not show the same, the first choice alone is tried, and then all metrics.
    """
    judgements = ladder.policy.judgements
    choices = [[dict(choice) for choice in taken.letter.choices] for taken in way.taken]
    kept = witness.series.keys() - judgements.keys()
    every = {name for week in choices for choice in week for name in choice} - judgements.keys()
    judged = {name: values for name, values in directly(ladder, way).series.items() if name in judgements}
    for wanted, weeks in ((kept, choices), (kept, [week[:1] for week in choices]), (every, choices)):
        cells = [[{name: choice[name] for name in wanted if name in choice} for choice in week] for week in weeks]
        found = drawn(ladder.policy, way.start, cells)
        if found is None:
            continue
        earlier, series = found
        answers = {name: (*(None,) * earlier, *values) for name, values in judged.items()}
        for short in readable(ladder.policy, series):
            yield _shifted(witness, earlier, _observable(ladder, short | answers))


def readable(policy: Policy, series: Series) -> Iterator[Series]:
    """Round the figures of inputs, at first as much as one would like, at last hardly."""
    for digits, whole in ROUNDINGS:
        yield {
            name: tuple(
                _rounded(value, values, digits, whole=whole and policy.inputs[name].is_count) for value in values
            )
            for name, values in series.items()
        }


def _rounded(value: float | None, values: Sequence[float | None], digits: int, *, whole: bool) -> float | None:
    """Keep so many digits, counted from the first of the largest value."""
    if value is None:
        return None
    size = max((abs(one) for one in values if one), default=1.0)
    places = digits - 1 - math.floor(math.log10(size))
    return round(value, min(places, 0) if whole else places) + 0.0


def _shifted(witness: Witness, earlier: int, series: Series) -> Witness:
    return replace(
        witness,
        dwell=witness.dwell - earlier,
        start=witness.start - earlier,
        series=series,
        derived=(),
        decisions=tuple((index + earlier, to) for index, to in witness.decisions),
        expected=tuple((one[0] + earlier, *one[1:]) for one in witness.expected),
    )


def shortened(witness: Witness, confirmed: Callable[[Witness], bool]) -> Witness:
    """Leave out the metrics without which a witness shows the same."""
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
    series = {name: tuple(values.get(name) for values in weeks) for name in names}
    return Witness(
        stage=way.stage,
        dwell=-way.early,
        start=way.start,
        series=_observable(ladder, series),
        derived=tuple(name for name in names if not isinstance(ladder.policy.metrics[name], InputMetric)),
        decisions=tuple((index, taken.to) for index, taken in enumerate(way.taken) if taken.to is not None),
    )


def _observable(ladder: Ladder, series: Series) -> Series:
    """Put an unusable figure where there is none and an earlier one would be carried on."""
    inputs = ladder.policy.inputs
    carried = [name for name in series if name in inputs and inputs[name].max_age != 0]
    return series | {name: _unusable(series[name]) for name in carried}


def _unusable(values: tuple[float | None, ...]) -> tuple[float | None, ...]:
    first = next((index for index, value in enumerate(values) if value is not None), len(values))
    return tuple(math.nan if value is None and index > first else value for index, value in enumerate(values))


def _told(ladder: Ladder, witness: Witness) -> Witness:
    """Let the engine fill in what is expected."""
    found = replayed(ladder, witness)
    weeks = sorted({index for index, _ in witness.decisions} | {witness.length - 1})
    return replace(witness, expected=tuple(expected(index, found[index]) for index in weeks if index in found))
