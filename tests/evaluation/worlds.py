"""Small policies and observations for tests: weeks are counted from the first one, a missing figure is None."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import FOLLOW, Adoption, Outcome, replay_region, stand
from escalation.evaluation.standing import Standing
from escalation.evaluation.step import Evaluation, step
from escalation.observations import NO_WEEK, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar, Week
from escalation.policy.load import loads
from escalation.policy.model import Policy

FIRST = Week.parse("2021-W01", Calendar.ISO).number
Figures = Sequence[float | None]

SECTIONS = {
    "metrics": "{x: {kind: level}}",
    "triggers": "{high: {when: {metric: x, at_least: 5}, missing: unknown}}",
    "stages": "[{name: a}, {name: b}, {name: c}]",
    "moves": "[{name: up, from: a, to: b, trigger: high}]",
}


def policy(**sections: str) -> Policy:
    """Read a policy of which only some sections matter."""
    parts = SECTIONS | sections
    body = "\n".join(f"{key}: {text}" for key, text in parts.items())
    return loads(f"language: 1\nname: world\ncalendar: iso-week\n{body}\n")


def observed(series: Mapping[str, Figures | float], *, region: str = "R") -> Observations:
    """Make observations of one region: a number alone is an attribute."""
    return tabulate(Calendar.ISO, entries(series, region))


def entries(series: Mapping[str, Figures | float], region: str) -> Iterable[tuple[str, int, str, float | None]]:
    for name, figures in series.items():
        if isinstance(figures, int | float):
            yield region, NO_WEEK, name, float(figures)
        else:
            yield from ((region, FIRST + week, name, figure) for week, figure in enumerate(figures))


def readings(of: Policy, series: Mapping[str, Figures | float]) -> Readings:
    return Readings(of, observed(series), "R")


def value(of: Policy, name: str, series: Mapping[str, Figures | float], week: int) -> float | None:
    """Give the value of a metric in the week that comes so many after the first."""
    return readings(of, series).at(name, FIRST + week).value


def evaluated(
    of: Policy, series: Mapping[str, Figures | float], week: int, *, stage: str = "a", since: int = 0
) -> Evaluation:
    """Evaluate one week, the stage in force since a week; both are counted from the first."""
    ladder, known = Ladder(of), readings(of, series)
    standing = stand(ladder, known, (StageInForce(stage=stage, since=FIRST + since),), FIRST + week)
    return step(ladder, standing, known, FIRST + week)


def replayed(
    of: Policy,
    known: Readings,
    *,
    weeks: range | None = None,
    standing: Standing | None = None,
    adoption: Adoption = FOLLOW,
    record: Sequence[tuple[str, int]] = (),
    stages: tuple[StageInForce, ...] = (),
) -> list[Outcome]:
    """Replay a region, from the first stage and the first week of its observations where nothing else is said."""
    ladder = Ladder(of)
    assert known.span is not None
    first, last = known.span
    stages = stages or tuple(StageInForce(stage=stage, since=FIRST + since) for stage, since in record)
    start = stages[0] if stages else StageInForce(stage=of.stages[0].name, since=first)
    weeks = weeks if weeks is not None else range(first, last + 1)
    standing = standing if standing is not None else stand(ladder, known, stages or (start,), weeks.start)
    return list(replay_region(ladder, known, standing, weeks, adoption=adoption, record=stages))


def told(outcomes: Iterable[Outcome]) -> list[str]:
    """Say in a word per week what was recommended and which stage followed: `escalate>b`."""
    return [f"{one.evaluation.recommendation}>{one.stage_after}" for one in outcomes]
