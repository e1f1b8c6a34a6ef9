"""A series of weeks that shows what an analysis claims, made of a way through the search and tried on the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from escalation.checks.exact.cells import given
from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import stand
from escalation.evaluation.standing import enter
from escalation.evaluation.step import Evaluation, Recommendation, is_adoptable, step
from escalation.observations.standings import StageInForce

Expected = tuple[int, Recommendation, str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """An example, week by week from the one with the number `start`.

    `stage` is in force at the start and has been for `dwell` weeks; where that is negative, it takes effect so many
    weeks later, and the data have begun before it. `series` holds one value a week for each metric: of a judgement 1.0
    or 0.0, of a figure that cannot be used not a number. `derived` names those that are computed from others but set
    directly here. `decisions` are the weeks, counted from the start, at whose end another stage takes effect;
    `expected` holds for some weeks the recommendation, the stage it leads to and the move.
    """

    stage: str
    dwell: int
    start: int
    series: Mapping[str, tuple[float | None, ...]]
    derived: tuple[str, ...] = ()
    decisions: tuple[tuple[int, str], ...] = ()
    expected: tuple[Expected, ...] = ()

    @property
    def since(self) -> int:
        """The week in which the stage takes effect, as a number."""
        return self.start - self.dwell

    @property
    def length(self) -> int:
        """The weeks of the series."""
        return max((len(values) for values in self.series.values()), default=0)


def replayed(ladder: Ladder, witness: Witness) -> dict[int, Evaluation]:
    """Run a witness on the engine: the evaluation of each week from the one in which its stage is in force.

    A decision takes effect whether it was recommended or not. Raise RequestError where the series cannot be observed.
    """
    return dict(_decided(ladder, witness))


def followed(ladder: Ladder, witness: Witness) -> Witness:
    """Let people follow every recommendation: the decisions of a witness, and what is expected of their weeks."""
    found = _run(ladder, witness, lambda _, evaluation: evaluation.to if is_adoptable(evaluation) else None)
    advised = {index: evaluation for index, evaluation in found if is_adoptable(evaluation)}
    return replace(
        witness,
        decisions=tuple((index, str(evaluation.to)) for index, evaluation in advised.items()),
        expected=tuple(expected(index, evaluation) for index, evaluation in advised.items()),
    )


def _decided(ladder: Ladder, witness: Witness) -> Iterator[tuple[int, Evaluation]]:
    decisions = dict(witness.decisions)
    return _run(ladder, witness, lambda index, _: decisions.get(index))


def _run(
    ladder: Ladder, witness: Witness, decide: Callable[[int, Evaluation], str | None]
) -> Iterator[tuple[int, Evaluation]]:
    readings = given(ladder.policy, witness.start, witness.series)
    record = (StageInForce(stage=witness.stage, since=witness.since),)
    first = max(witness.start, witness.since)
    standing = stand(ladder, readings, record, first)
    for week in range(first, witness.start + witness.length):
        index = week - witness.start
        evaluation = step(ladder, standing, readings, week)
        yield index, evaluation
        standing = evaluation.standing
        to = decide(index, evaluation)
        if to is not None:
            standing = enter(ladder.policy, standing, to)


def holds(ladder: Ladder, witness: Witness, *, shows: Callable[[Evaluation], bool] = lambda _: True) -> bool:
    """Say whether the engine confirms a witness: every decision was recommended, and all that is expected comes out.

    Its last week must show what is asked. The first week that is otherwise ends the replay.
    """
    decisions, wanted = dict(witness.decisions), {one[0]: one for one in witness.expected}
    left = decisions.keys() | wanted.keys() | {witness.length - 1}
    last = None
    try:
        for index, last in _decided(ladder, witness):
            if index in decisions and not (is_adoptable(last) and last.to == decisions[index]):
                return False
            if index in wanted and expected(index, last) != wanted[index]:
                return False
            left.discard(index)
    except RequestError:
        return False
    return not left and last is not None and shows(last)


def expected(index: int, evaluation: Evaluation) -> Expected:
    """Give what a week of a witness comes to, as it is written into one."""
    return index, evaluation.recommendation, evaluation.to, evaluation.move
