"""All that the templates of papers see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from escalation.documents.layout.tree import Picture
from escalation.documents.papers.marks import Marks
from escalation.evaluation.records import Explanation, Figure
from escalation.evaluation.trend import Past, Trend
from escalation.observations.standings import StageInForce


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a study is made from, of one region: the evaluation, and the stages on record, the earliest first.

    `is_assumed` says that the stage in force was not given, `is_given` that an option names it, and `set_aside` the
    record whose place it takes; `prepared_for` is the stage for which the paper is asked, and `begun` the day from
    which the way to the act is counted; with `pasts` the study has charts.
    """

    explanation: Explanation
    figures: tuple[Figure, ...]
    trends: tuple[Trend, ...] = ()
    pasts: tuple[Past, ...] = ()
    stages: tuple[StageInForce, ...] = ()
    is_assumed: bool = False
    is_given: bool = False
    set_aside: str | None = None
    prepared_for: str | None = None
    begun: date | None = None

    @property
    def start(self) -> date:
        """The day from which the way to the act is counted: the one given, or the day after the week evaluated."""
        return self.begun or self.explanation.last_day + timedelta(days=1)

    @property
    def proposed(self) -> str | None:
        """The stage that the paper is about: the one asked for, or the one recommended; none where all stays."""
        recommends = self.explanation.recommendation.value in {"escalate", "relax"}
        return self.prepared_for or (self.explanation.to if recommends else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact of the law on the legal form put forward."""

    fact: str
    value: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A metric, its value, and the observations behind it."""

    metric: str
    value: str
    observed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRow:
    """A guard or a condition, indented by `depth`, with its verdict and source."""

    depth: int
    text: str
    verdict: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSection:
    """A move with its guards and its countdown."""

    name: str
    to: str
    countdown: str
    rows: tuple[GuardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSection:
    """What the study says of one region.

    `law` is the heading of `facts`, `repeal_law` that of those of the act that repeals the one in force; `prepared`
    says for which other stage the paper is asked; what has nothing to say is empty.
    """

    region: str
    week: str
    question: str
    stage: str
    in_force: str
    figures: tuple[FigureRow, ...]
    moves: tuple[MoveSection, ...]
    recommendation: str
    remarks: str
    why: str
    law: str
    charts: tuple[Picture, ...]
    facts: tuple[FactRow, ...]
    repeal_law: str
    repeal_facts: tuple[FactRow, ...]
    alternatives: tuple[str, ...]
    tried: tuple[str, ...]
    timing: tuple[str, ...]
    risks: tuple[str, ...]
    prepared: str
    proposal: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyContext:
    """All that the templates of the study see."""

    heading: dict[str, str]
    policy: str
    sections: tuple[RegionSection, ...]
    simplifications: tuple[str, ...]
    findings: tuple[tuple[str, ...], ...]
    marks: Marks
    decides: str
