"""Why: every guard of every move out of the stage with what was observed, required and missing, as records.

Nothing here judges: verdicts come from `step` and `judge`, and the records add the numbers behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escalation.evaluation.condition import Situation, answer, judge, judge_limit, wanting
from escalation.evaluation.countdown import Countdown, countdown
from escalation.evaluation.ladder import Exit, Guard, InForce, Judged, LongEnough, NotLocked, Triggered
from escalation.evaluation.readings import Readings
from escalation.evaluation.step import Evaluation, Recommendation
from escalation.evaluation.truth import UNKNOWN, Verdict, every
from escalation.periods import Week, week_text
from escalation.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Count,
    JudgementLeaf,
    Operator,
    Route,
    TriggerLeaf,
    parts_of,
)
from escalation.policy.metrics import Kind
from escalation.policy.values import ASSUMPTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observation behind a figure: for which week it stands, from which week it was carried, since when known."""

    region: str
    metric: str
    week: str
    value: float | None
    carried_from: str | None = None
    carried_weeks: int = 0
    as_of: date | None = None
    basis: str = ""
    source: str = ""
    last_seen: str | None = None
    is_rounded: bool = False
    is_out_of_range: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionReport:
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
    missing: tuple[str, ...] = ()
    fault: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardReport:
    """A guard with what it observed, required, and lacks. `weeks_met` is the least and the most of `weeks_asked`."""

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
    missing: tuple[str, ...] = ()
    condition: ConditionReport | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReport:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The value of a metric in the week, with the observations behind it."""

    metric: str
    unit: str | None
    value: float | None
    low: float | None
    high: float | None
    missing: tuple[str, ...]
    fault: str
    is_judgement: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One evaluation in full. `assumptions` are the routes of the numbers used here that no source backs."""

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
    figures: tuple[Figure, ...]
    assumptions: tuple[str, ...]
    wanting: tuple[Evidence, ...]


def explain(evaluation: Evaluation) -> Explanation:
    """Explain an evaluation number by number."""
    ladder = evaluation.ladder
    policy, calendar = ladder.policy, ladder.policy.calendar
    week = Week(calendar, evaluation.week)
    moves = tuple(
        _move(evaluation, exit_, verdicts)
        for exit_, verdicts in zip(ladder.exits[evaluation.stage], evaluation.guards, strict=True)
    )
    pending = evaluation.before.pending
    readings = evaluation.situation.readings
    return Explanation(
        region=evaluation.region,
        week=str(week),
        last_day=week.last_day,
        as_of=readings.as_of,
        stage=evaluation.stage,
        since=week_text(calendar, evaluation.week - evaluation.dwell),
        dwell=evaluation.dwell,
        recommendation=evaluation.recommendation,
        move=evaluation.move,
        to=evaluation.to,
        missing=evaluation.missing,
        pending_to=pending.to if pending is not None else None,
        pending_week=week_text(calendar, pending.effective) if pending is not None else None,
        moves=moves,
        figures=tuple(figure(readings, name, evaluation.week) for name in policy.metrics),
        assumptions=_assumptions(moves),
        wanting=tuple(_wanting(readings, name, evaluation.week) for name in evaluation.missing),
    )


def figure(readings: Readings, name: str, week: int) -> Figure:
    """Give the value of a metric in a week with the observations behind it."""
    reading = readings.at(name, week)
    interval = reading.interval
    metric = readings.policy.inputs.get(name)
    return Figure(
        metric=name,
        unit=readings.policy.units[name],
        value=reading.value,
        low=interval.low if interval is not None else None,
        high=interval.high if interval is not None else None,
        missing=reading.missing,
        fault=reading.fault,
        is_judgement=metric is not None and metric.kind is Kind.JUDGEMENT,
        evidence=evidence(readings, name, week),
    )


def evidence(readings: Readings, name: str, week: int) -> tuple[Evidence, ...]:
    """Give the observations that a metric rests on in a week; of earlier weeks only those that are missing."""
    return tuple(_wanting(readings, leaf, week) for leaf in readings.policy.inputs_of(name))


def _wanting(readings: Readings, name: str, week: int) -> Evidence:
    calendar = readings.policy.calendar
    text = week_text(calendar, week)
    if name not in readings.policy.inputs:
        return Evidence(region=readings.region, metric=name, week=text, value=None)
    found = readings.observed(name, week)
    if found is None:
        last = readings.last_week_of(name, before=week)
        seen = week_text(calendar, last) if last else None
        return Evidence(region=readings.region, metric=name, week=text, value=None, last_seen=seen)
    carried = week - found.week if found.week else 0
    reading = readings.at(name, week)
    return Evidence(
        region=readings.region,
        metric=name,
        week=text,
        value=reading.value,
        carried_from=week_text(calendar, found.week) if carried else None,
        carried_weeks=carried,
        as_of=date.fromordinal(found.known) if found.known else None,
        basis=found.basis,
        source=found.source,
        is_rounded=reading.interval is not None,
        is_out_of_range=reading.fault == "outside-range",
    )


def _move(evaluation: Evaluation, exit_: Exit, verdicts: tuple[Verdict, ...]) -> MoveReport:
    recommended = evaluation.move == exit_.move.name and evaluation.recommendation is not Recommendation.UNDETERMINED
    count = None if recommended else countdown(evaluation, exit_)
    week = Week(evaluation.ladder.policy.calendar, evaluation.week)
    return MoveReport(
        name=exit_.move.name,
        to=exit_.move.to,
        escalates=exit_.escalates,
        verdict=every(verdicts),
        is_recommended=recommended,
        guards=tuple(
            _guard(evaluation, guard, verdict) for guard, verdict in zip(exit_.guards, verdicts, strict=True)
        ),
        sources=exit_.move.source or (),
        countdown=count,
        earliest_week=str(week + count.weeks) if count is not None and count.weeks is not None else None,
    )


def _guard(evaluation: Evaluation, guard: Guard, verdict: Verdict) -> GuardReport:
    readings = evaluation.situation.readings
    match guard:
        case InForce(valid=valid):
            return GuardReport(kind="valid", verdict=verdict, from_day=valid.from_, until_day=valid.until)
        case NotLocked(lock=lock):
            stage = lock.not_below or lock.not_above or ""
            kind = "lock-floor" if lock.not_below is not None else "lock-ceiling"
            return GuardReport(
                kind=kind, verdict=verdict, subject=stage, from_day=lock.from_, until_day=lock.until,
                sources=lock.source or (),
            )  # fmt: skip
        case LongEnough(weeks=weeks):
            dwell = evaluation.dwell
            return GuardReport(kind="after", verdict=verdict, observed=dwell, required=weeks, margin=dwell - weeks)
        case Judged(judgement=name):
            missing = (name,) if verdict is UNKNOWN else ()
            found = evidence(readings, name, evaluation.week)
            return GuardReport(kind="judgement", verdict=verdict, subject=name, missing=missing, evidence=found)
        case Triggered(trigger=name):
            return _triggered(evaluation, name, verdict)
        case _:
            raise TypeError(f"no report for the guard {guard!r}")


def _triggered(evaluation: Evaluation, name: str, verdict: Verdict) -> GuardReport:
    policy = evaluation.ladder.policy
    trigger = policy.triggers[name]
    index = list(policy.triggers).index(name)
    streak, before = evaluation.standing.streaks[index], evaluation.before.streaks[index]
    condition = report(trigger.when, ("triggers", name, "when"), evaluation.situation)
    # A week that is unknown could count: the most is what the streak would be were its condition met (SEMANTICS 7).
    most = min(before.most + 1, trigger.for_) if condition.verdict is UNKNOWN else streak.most
    return GuardReport(
        kind="trigger",
        verdict=verdict,
        subject=name,
        weeks_met=(streak.least, most),
        weeks_asked=trigger.for_,
        margin=streak.least - trigger.for_,
        sources=trigger.source or (),
        missing=evaluation.situation.missing.get(name, ()),
        condition=condition,
        evidence=condition.evidence,
    )


def report(condition: Condition, route: Route, situation: Situation) -> ConditionReport:
    """Report a condition with all its parts."""
    verdict = judge(condition, situation)
    missing = tuple(dict.fromkeys(wanting(condition, situation)))
    match condition:
        case Comparison(metric=metric, limits=limits):
            parts = tuple(_limit(condition, operator, limit, route, situation) for operator, limit in limits)
            if len(parts) == 1:
                return parts[0]
            return ConditionReport(kind="all", verdict=verdict, route=route, parts=parts, missing=missing,
                                   evidence=evidence(situation.readings, metric, situation.week))  # fmt: skip
        case TriggerLeaf(trigger=name):
            return ConditionReport(kind="trigger", verdict=verdict, route=route, subject=name, missing=missing,
                                   sources=situation.readings.policy.triggers[name].source or ())  # fmt: skip
        case JudgementLeaf(judgement=name, is_=asked):
            given = answer(name, situation)
            return ConditionReport(
                kind="judgement", verdict=verdict, route=route, subject=name, asked=asked, missing=missing,
                value=None if given is UNKNOWN else float(given is Verdict.MET),
                evidence=evidence(situation.readings, name, situation.week),
            )  # fmt: skip
        case _:
            kind = {AllOf: "all", AnyOf: "any", Count: "count"}.get(type(condition), "not")
            parts = tuple(report(part, inner, situation) for inner, part in parts_of(condition, route))
            asked = str(condition.count.at_least) if isinstance(condition, Count) else ""
            found = tuple(dict.fromkeys(one for part in parts for one in part.evidence))
            return ConditionReport(kind=kind, verdict=verdict, route=route, parts=parts, missing=missing,
                                   asked=asked, evidence=found)  # fmt: skip


def _limit(
    leaf: Comparison, operator: Operator, limit: float | str, route: Route, situation: Situation
) -> ConditionReport:
    policy = situation.readings.policy
    reading = situation.readings.at(leaf.metric, situation.week)
    threshold = situation.threshold(limit)
    named = isinstance(limit, str)
    margin = reading.value - threshold if reading.value is not None and threshold is not None else None
    # A number written into a condition has the source of its trigger, or of the metric's definition.
    owner = policy.triggers.get(str(route[1]))
    backing = policy.parameters[limit].sources_on(situation.day) if isinstance(limit, str) else ()
    return ConditionReport(
        kind="comparison",
        verdict=judge_limit(leaf, operator, limit, situation),
        route=(*route, operator.value),
        subject=leaf.metric,
        operator=operator,
        value=reading.value,
        low=reading.interval.low if reading.interval is not None else None,
        high=reading.interval.high if reading.interval is not None else None,
        threshold=threshold,
        parameter=str(limit) if named else None,
        margin=margin,
        unit=policy.units[leaf.metric],
        asked=leaf.missing or "",
        sources=backing or (owner.source if owner is not None and owner.source else ()),
        missing=reading.missing,
        fault=reading.fault,
        evidence=evidence(situation.readings, leaf.metric, situation.week),
    )


def _assumptions(moves: tuple[MoveReport, ...]) -> tuple[str, ...]:
    """Name the moves, triggers and parameters of these moves whose numbers no source backs."""
    names: list[str] = []
    for move in moves:
        if ASSUMPTION in move.sources:
            names.append(f"moves.{move.name}")
        for guard in move.guards:
            if guard.kind == "trigger" and ASSUMPTION in guard.sources:
                names.append(f"triggers.{guard.subject}")
            if guard.condition is not None:
                names += _assumed_in(guard.condition)
    return tuple(dict.fromkeys(names))


def _assumed_in(condition: ConditionReport) -> list[str]:
    here = [f"parameters.{condition.parameter}"] if condition.parameter and ASSUMPTION in condition.sources else []
    return here + [name for part in condition.parts for name in _assumed_in(part)]
