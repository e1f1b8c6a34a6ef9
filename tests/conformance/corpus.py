"""The conformance corpus: its format, and running one case against the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from escalation.evaluation.countdown import countdown
from escalation.evaluation.library import replay
from escalation.evaluation.replay import Adopt, Adoption, Outcome
from escalation.evaluation.step import Recommendation
from escalation.evaluation.truth import Verdict
from escalation.observations import NO_WEEK, Entry, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar, Week, week_text
from escalation.policy.load import load, loads
from escalation.policy.metrics import Kind
from escalation.policy.scalars import Unquoted
from escalation.policy.shape import validated
from escalation.policy.source import read_file
from escalation.policy.values import Day, Document, Line, Name, YesNo

if TYPE_CHECKING:
    from escalation.policy.model import Policy

FOLDER = Path(__file__).resolve().parent
REGION = "North"


def _cell(raw: object) -> object:
    text = raw.text if isinstance(raw, Unquoted) else raw
    if isinstance(text, int | float) and not isinstance(text, bool):
        return float(text)
    return {"_": None, "yes": 1.0, "no": 0.0}.get(str(text), raw)


Cell = Annotated[float | None, BeforeValidator(_cell)]


class Figure(Document):
    """A figure with the date since when it is known; several for one week are revisions."""

    metric: Name
    week: Line
    value: Cell
    as_of: Day


class Recorded(Document):
    """A stage that was in force from a week on."""

    stage: Name
    since: Line


class Rule(Document):
    """The adoption rule; without one nobody follows a recommendation."""

    adopt: Adopt = Field(default=Adopt.NEVER, strict=False)
    lag: int = 0
    up_to: Name | None = None


class Expected(Document):
    """What SEMANTICS gives for one week. What is left out of a row is not compared, but for `missing`."""

    week: Line
    stage: Name
    dwell: int
    recommend: Recommendation = Field(strict=False)
    to: Name | None = None
    move: Name | None = None
    missing: tuple[Name, ...] = ()
    streaks: dict[Name, tuple[int, int]] = Field(default_factory=dict)
    triggers: dict[Name, Annotated[Verdict, Field(strict=False)]] = Field(default_factory=dict)
    values: dict[Name, Cell] = Field(default_factory=dict)
    stage_after: Name | None = None
    pending: Name | None = None
    unlawful: YesNo | None = None
    lapsed: Name | None = None
    countdown: dict[Name, int | Literal["never"]] = Field(default_factory=dict)


class Case(Document):
    """One history and what it leads to."""

    name: Line
    about: Line | None = None
    start: Line
    series: dict[Name, Cell | tuple[Cell, ...]] = Field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    as_of: Day | None = None
    stage: Name | None = None
    since: Line | None = None
    record: tuple[Recorded, ...] = ()
    adoption: Rule = Rule()
    expect: tuple[Expected, ...] = Field(min_length=1)


class File(Document):
    """One file of the corpus: a policy, or the name of one that is shipped, and cases."""

    about: Line
    policy: dict[str, object] | str
    cases: tuple[Case, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A case with its policy; `name` is unique in the corpus."""

    name: str
    policy: Policy
    case: Case


def examples() -> Iterator[Example]:
    """Read the whole corpus."""
    for path in sorted(FOLDER.glob("*.yaml")):
        source = read_file(path)
        file = validated(File, source)
        policy = _policy(source.tree, path)
        for case in file.cases:
            yield Example(name=f"{path.stem}: {case.name}", policy=policy, case=case)


def _policy(tree: object, path: Path) -> Policy:
    """Read a policy that stands in the file, or the shipped one it names."""
    assert isinstance(tree, dict)
    given = tree["policy"]
    if isinstance(given, str):
        return load(FOLDER.parent.parent / given)
    # A JSON text is a YAML text: the engine reads the policy as it reads every other.
    return loads(json.dumps(given, default=lambda scalar: scalar.text), file=f"{path.name}: policy")


def run(example: Example) -> list[Outcome]:
    """Replay a case: every week of its observations from the one in which its first stage is in force."""
    policy, case = example.policy, example.case
    calendar = policy.calendar
    adoption = Adoption(adopt=case.adoption.adopt, lag=case.adoption.lag, up_to=case.adoption.up_to)
    first = Recorded(stage=case.stage or policy.stages[0].name, since=case.since or case.start)
    record = tuple(
        StageInForce(stage=one.stage, since=Week.parse(one.since, calendar).number) for one in (case.record or (first,))
    )
    return list(
        replay(policy, observations(policy, case), record={REGION: record}, adoption=adoption, as_of=case.as_of)
    )


def observations(policy: Policy, case: Case) -> Observations:
    """Give the observations of a case."""
    start = Week.parse(case.start, policy.calendar).number
    return tabulate(policy.calendar, [*_series(policy, case, start), *_figures(case, policy.calendar)])


def _series(policy: Policy, case: Case, start: int) -> Iterator[Entry]:
    for metric, values in case.series.items():
        is_attribute = policy.inputs[metric].kind is Kind.ATTRIBUTE
        assert is_attribute is not isinstance(values, tuple), f"{metric}: one value for an attribute, a list otherwise"
        if isinstance(values, tuple):
            yield from (Entry(REGION, start + week, metric, value) for week, value in enumerate(values))
        else:
            yield Entry(REGION, NO_WEEK, metric, values)


def _figures(case: Case, calendar: Calendar) -> Iterator[Entry]:
    for one in case.figures:
        week = Week.parse(one.week, calendar).number
        yield Entry(REGION, week, one.metric, one.value, known=one.as_of.toordinal())


def differences(example: Example) -> list[str]:
    """Say where the engine and a case do not agree."""
    calendar = example.policy.calendar
    outcomes = run(example)
    weeks = [week_text(calendar, outcome.evaluation.week) for outcome in outcomes]
    if weeks != [expected.week for expected in example.case.expect]:
        return [f"the weeks are {', '.join(weeks)}"]
    found = zip(example.case.expect, outcomes, strict=True)
    return [f"{row.week}: {difference}" for row, outcome in found for difference in _unlike(row, outcome)]


def _unlike(expected: Expected, outcome: Outcome) -> Iterator[str]:
    evaluation = outcome.evaluation
    standing, situation = evaluation.standing, evaluation.situation
    held = dict(zip(evaluation.ladder.policy.triggers, standing.streaks, strict=True))
    pending = standing.pending.to if standing.pending is not None else None
    pairs: list[tuple[str, object, object]] = [
        ("stage", expected.stage, evaluation.stage),
        ("dwell", expected.dwell, evaluation.dwell),
        ("recommend", expected.recommend, evaluation.recommendation),
        ("missing", sorted(expected.missing), sorted(evaluation.missing)),
        ("pending", expected.pending, pending),
        ("lapsed", expected.lapsed, outcome.lapsed),
        *((f"streak of {name}", streak, held[name][:2]) for name, streak in expected.streaks.items()),
        *((f"trigger {name}", verdict, situation.triggers[name]) for name, verdict in expected.triggers.items()),
    ]
    if expected.recommend is Recommendation.HOLD:
        pairs.append(("to", None, evaluation.to))
    optional = (
        ("to", expected.to, evaluation.to),
        ("move", expected.move, evaluation.move),
        ("stage_after", expected.stage_after, outcome.stage_after),
        ("unlawful", expected.unlawful, "yes" if outcome.unlawful else "no"),
    )
    for what, said, given in (*pairs, *(one for one in optional if one[1] is not None)):
        if said != given:
            yield f"{what} is {given}, not {said}"
    exits = {exit_.move.name: exit_ for exit_ in evaluation.ladder.exits[evaluation.stage]}
    for name, count in expected.countdown.items():
        weeks = countdown(evaluation, exits[name]).weeks
        if count != (weeks if weeks is not None else "never"):
            yield f"countdown of {name} is {weeks}, not {count}"
    for name, figure in expected.values.items():
        value = situation.readings.at(name, evaluation.week).value
        if not _same(figure, value):
            yield f"value of {name} is {value}, not {figure}"


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))
