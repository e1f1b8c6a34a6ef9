"""The records of an explanation: every guard with what was observed, required and missing.

They are named tuples: an explained step makes some twenty, at less than half the cost of frozen dataclasses.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from escalation.evaluation.countdown import Countdown
from escalation.evaluation.reading import Cause
from escalation.evaluation.step import Recommendation
from escalation.evaluation.truth import Verdict
from escalation.policy.conditions import Operator, Route


class Evidence(NamedTuple):
    """One observation behind a figure: for which week it stands, from which week it was carried, since when known."""

    region: str
    metric: str
    week: str
    value: float
    carried_from: str | None = None
    carried_weeks: int = 0
    as_of: date | None = None
    basis: str = ""
    source: str = ""


class Lack(NamedTuple):
    """A figure or a parameter that is wanting, the weeks for which it is, and why.

    `since` is the first week of those without a figure up to the present one; `last_seen` the week of the last figure,
    and `never` says that there has not been any yet.
    """

    name: str
    weeks: tuple[str, ...]
    cause: Cause
    since: str | None = None
    last_seen: str | None = None
    never: bool = False


class ConditionReport(NamedTuple):
    """A condition with its verdict. A comparison has value, threshold and margin (value less threshold), in `unit`."""

    kind: str
    verdict: Verdict
    route: Route
    parts: tuple[ConditionReport, ...] = ()
    subject: str = ""
    operator: Operator | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    threshold: float | None = None
    parameter: str | None = None
    margin: float | None = None
    unit: str | None = None
    asked: str = ""
    sources: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class GuardReport(NamedTuple):
    """A guard with what it observed, required, and lacks. `weeks_met` is the least and the most of `weeks_asked`.

    `below` reports the triggers that the condition of a trigger rests on, each once.
    """

    kind: str
    verdict: Verdict
    subject: str = ""
    observed: int | None = None
    required: int | None = None
    margin: int | None = None
    from_day: date | None = None
    until_day: date | None = None
    weeks_met: tuple[int, int] | None = None
    weeks_asked: int | None = None
    sources: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()
    condition: ConditionReport | None = None
    evidence: tuple[Evidence, ...] = ()
    below: tuple[GuardReport, ...] = ()


class MoveReport(NamedTuple):
    """A move out of the stage in force: its guards, and the earliest week in which it could be recommended."""

    name: str
    to: str
    escalates: bool
    verdict: Verdict
    is_recommended: bool
    guards: tuple[GuardReport, ...]
    sources: tuple[str, ...]
    countdown: Countdown | None
    earliest_week: str | None


class Figure(NamedTuple):
    """The value of a metric in the week, with the observations behind it."""

    metric: str
    unit: str | None
    value: float | None
    low: float | None
    high: float | None
    lacks: tuple[Lack, ...]
    is_judgement: bool
    evidence: tuple[Evidence, ...]


class Explanation(NamedTuple):
    """One evaluation in full. `assumptions` are the routes of the numbers used here that no source backs.

    `also_met` names the other moves all of whose guards are met: the one that decides or a pending decision is before
    them.
    """

    region: str
    week: str
    last_day: date
    as_of: date | None
    stage: str
    since: str
    dwell: int
    recommendation: Recommendation
    move: str | None
    to: str | None
    missing: tuple[str, ...]
    pending_to: str | None
    pending_week: str | None
    moves: tuple[MoveReport, ...]
    assumptions: tuple[str, ...]
    lacks: tuple[Lack, ...]
    also_met: tuple[str, ...] = ()
