"""Cases as values, ready to be run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from escalation.cases.notation import Run
from escalation.evaluation.replay import Adoption
from escalation.observations.standings import StageInForce

if TYPE_CHECKING:
    from escalation.cases.model import Expectation
    from escalation.policy.model import Policy
    from escalation.policy.source import Route, Source


class Expected(NamedTuple):
    """What is expected of one week (`Week.number`), as known on a day.

    `row` holds what stands in the file as it is meant; the rest had to be read. Of a countdown none is `never`.
    """

    week: int
    as_of: date | None
    row: Expectation
    route: Route
    streaks: Mapping[str, tuple[int, int]]
    values: Mapping[str, float | None]
    countdown: Mapping[str, int | None]


class Case(NamedTuple):
    """One history of one region from the week `start` to `end`, with what is expected of some of its weeks.

    A figure that stands for every week is a number, a series is made of runs. `decided` leads from the week of each
    decision to its key in the file.
    """

    name: str
    route: Route
    start: int
    end: int
    figures: Mapping[str, float | tuple[Run, ...]]
    attributes: Mapping[str, float]
    record: tuple[StageInForce, ...]
    decided: Mapping[int, str]
    adoption: Adoption
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """A file of cases with the policy that they test."""

    source: Source
    policy: Policy
    cases: tuple[Case, ...]
