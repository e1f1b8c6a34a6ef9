"""Running cases: replay their weeks on the reference engine, and say where it and the file do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from escalation.cases.case import Case, Expected
from escalation.cases.notation import Run
from escalation.evaluation.condition import Nested, Part
from escalation.evaluation.countdown import countdown
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import Outcome, replay_region, stand
from escalation.evaluation.step import Evaluation, is_adoptable
from escalation.evaluation.truth import MET, Verdict
from escalation.observations import NO_WEEK, Observation, Observations
from escalation.observations.pausing import collection_paused
from escalation.periods import Calendar
from escalation.policy.source import Route

NEARLY = 1e-9
"""Values are compared as people write them: within so much of each other, relative to the larger of 1 and the value."""


class Difference(NamedTuple):
    """Where a week is not as expected: what was compared, what was expected and what was found, in words."""

    row: int
    what: str
    expected: str
    found: str
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A case that has been run: the outcome of each expected week, in the order of the file, and the differences."""

    case: Case
    outcomes: tuple[Outcome, ...]
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether the policy gave all that is expected."""
        return not self.differences


@collection_paused()
def play(ladder: Ladder, case: Case) -> Played:
    """Run a case on a policy made ready."""
    weeks: dict[date | None, dict[int, Outcome]] = {}
    observed = observations(ladder.policy.calendar, case)
    for as_of in {one.as_of: None for one in case.expected}:
        weeks[as_of] = _replayed(ladder, case, observed, as_of)
    outcomes = tuple(weeks[one.as_of][one.week] for one in case.expected)
    found = [
        Difference(index, what, wanted, given, (*one.route, key) if key else one.route)
        for index, (one, outcome) in enumerate(zip(case.expected, outcomes, strict=True))
        for what, key, wanted, given in _unlike(one, outcome)
    ]
    found += _unlawful(case, chain.from_iterable(one.values() for one in weeks.values()))
    return Played(case=case, outcomes=outcomes, differences=tuple(found))


def holds(ladder: Ladder, case: Case) -> bool:
    """Say whether a case passes."""
    return play(ladder, case).passed


def observations(calendar: Calendar, case: Case) -> Observations:
    """Give the observations of a case; its name is the region's."""
    weeks = range(case.start, case.end + 1)
    series: dict[tuple[str, str], tuple[Observation, ...]] = {
        (case.name, name): (Observation(NO_WEEK, value, 0),) for name, value in case.attributes.items()
    }
    for name, figure in case.figures.items():
        if isinstance(figure, float):
            found = tuple([Observation(week, figure, 0) for week in weeks])
        else:
            found = tuple(_figures(case.start, figure))
        if found:
            series[case.name, name] = found
    revised = {(one.known, one.week) for found in series.values() for one in found if one.known}
    return Observations(
        calendar=calendar,
        file="series",
        regions=(case.name,),
        series=series,
        rows={case.name: (*((0, week) for week in weeks), *sorted(revised))},
        weeks={case.name: (case.start, case.end)},
    )


def _figures(week: int, runs: tuple[Run, ...]) -> Iterator[Observation]:
    for run in runs:
        if run.known:
            if run.old is not None:
                yield Observation(week, float(run.old), 0)
            # What is revised to nothing cannot be used any more: the figure before it is not carried on.
            yield Observation(week, float("nan") if run.first is None else float(run.first), run.known)
        else:
            for index, value in enumerate(run.values()):
                if value is not None:
                    yield Observation(week + index, value, 0)
        week += run.weeks


def _replayed(ladder: Ladder, case: Case, observed: Observations, as_of: date | None) -> dict[int, Outcome]:
    readings = Readings(ladder.policy, observed, case.name, as_of=as_of)
    first = max(case.start, case.record[0].since)
    last = max(one.week for one in case.expected)
    standing = stand(ladder, readings, case.record[:1], first)
    outcomes = replay_region(
        ladder, readings, standing, range(first, last + 1), adoption=case.adoption, record=case.record
    )
    return {one.evaluation.week: one for one in outcomes}


def because(evaluation: Evaluation) -> tuple[str, ...]:
    """Name the triggers that decide: the one of the recommended move, and those met within it."""
    if not is_adoptable(evaluation):
        return ()
    ladder = evaluation.ladder
    trigger = next(one.trigger for one in ladder.policy.moves if one.name == evaluation.move)
    return tuple(dict.fromkeys((trigger, *_met_within(ladder, trigger, evaluation))))


def _met_within(ladder: Ladder, trigger: str, evaluation: Evaluation) -> Iterator[str]:
    waiting: list[Part] = [ladder.conditions[trigger]]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Nested) and evaluation.situation.triggers[part.trigger] is MET:
            yield part.trigger
            waiting.append(ladder.conditions[part.trigger])
        waiting += part.parts


def _unlike(expected: Expected, outcome: Outcome) -> Iterator[tuple[str, str, str, str]]:
    """Give each thing that differs: its name, its key, what was expected and what was found."""
    for what, key, wanted, given in _compared(expected, outcome):
        if wanted != given:
            yield what, key, _said(wanted), _said(given)


def _compared(expected: Expected, outcome: Outcome) -> Iterator[tuple[str, str, object, object]]:
    row, one = expected.row, outcome.evaluation
    pending = one.standing.pending.to if one.standing.pending is not None else None
    plain: tuple[tuple[str, object, object], ...] = (
        ("stage", row.stage, one.stage),
        ("dwell", row.dwell, one.dwell),
        ("recommend", row.recommend, one.recommendation),
        ("to", row.to, one.to),
        ("move", row.move, one.move),
        ("pending", row.pending, pending),
        ("stage_after", row.stage_after, outcome.stage_after),
        ("lapsed", row.lapsed, outcome.lapsed),
        ("unlawful", row.unlawful, "yes" if outcome.unlawful else "no"),
    )
    yield from ((key, key, wanted, given) for key, wanted, given in plain if wanted is not None)
    if row.because is not None:
        yield "because", "because", _sorted(row.because), _sorted(because(one))
    if row.missing is not None:
        yield "missing", "missing", _sorted(row.missing), _sorted(one.missing)
    for name, verdict in row.triggers.items():
        yield f"trigger {name}", "triggers", verdict, one.situation.triggers[name]
    for name, streak in expected.streaks.items():
        yield f"streak of {name}", "streaks", streak, tuple(one.streak(name)[:2])
    for name, value in expected.values.items():
        given = one.situation.readings.at(name, one.week).value
        yield f"value of {name}", "values", value, value if _are_near(value, given) else given
    weeks = {exit_.move.name: countdown(one, exit_).weeks for exit_ in one.ladder.exits[one.stage]}
    for name, count in expected.countdown.items():
        yield f"countdown of {name}", "countdown", _count(count), _count(weeks[name]) if name in weeks else "no move"


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _count(weeks: int | None) -> str:
    return "never" if weeks is None else str(weeks)


def _are_near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= NEARLY * max(1.0, abs(one))


def _said(value: object) -> str:
    match value:
        case None:
            return "none"
        case Verdict():
            return value.value
        case float():
            return f"{value:.15g}"
        case tuple():
            return ", ".join(_said(one) for one in value) if value else "none"
        case _:
            return str(value)


def _unlawful(case: Case, outcomes: Iterable[Outcome]) -> Iterator[Difference]:
    """Complain of decisions that are no lawful move, where the file does not say that they are none."""
    told = {one.week: index for index, one in enumerate(case.expected) if one.row.unlawful is not None}
    weeks = {outcome.evaluation.week for outcome in outcomes if outcome.unlawful} - set(told)
    for week in sorted(weeks):
        row = next((index for index, one in enumerate(case.expected) if one.week >= week), 0)
        route = (*case.route, "decisions", case.decided[week])
        yield Difference(row, "decision", "a lawful move", "no lawful move of the policy", route)
