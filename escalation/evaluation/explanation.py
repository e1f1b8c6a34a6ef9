"""Why: every guard of every move out of the stage with what was observed, required and missing, as records.

Nothing here judges: verdicts come from `step` and the parts of conditions, the records add the numbers behind them.
"""

from __future__ import annotations

from datetime import date

from escalation.evaluation.condition import (
    Asked,
    Compared,
    Enough,
    Every,
    Limit,
    Nested,
    Part,
    Situation,
    answer,
)
from escalation.evaluation.countdown import countdown
from escalation.evaluation.ladder import Exit, Guard, InForce, Judged, Ladder, LongEnough, NotLocked, Triggered
from escalation.evaluation.readings import Readings
from escalation.evaluation.records import ConditionReport, Evidence, Explanation, Figure, GuardReport, MoveReport
from escalation.evaluation.step import Evaluation, Recommendation
from escalation.evaluation.truth import UNKNOWN, Verdict, every
from escalation.periods import last_day_of, week_text
from escalation.policy.conditions import Route
from escalation.policy.values import ASSUMPTION


class Witness:
    """Tells what lies behind the verdicts of one region and week, each thing looked up once."""

    def __init__(self, ladder: Ladder, situation: Situation) -> None:
        self.conditions = ladder.conditions
        self.situation = situation
        self.readings = situation.readings
        self.week = situation.week
        self._found: dict[str, Evidence] = {}
        self._behind: dict[str, tuple[Evidence, ...]] = {}
        self._conditions: dict[str, ConditionReport] = {}

    def behind(self, name: str) -> tuple[Evidence, ...]:
        """Give the observation of each input that a metric rests on, those that are missing included."""
        found = self._behind.get(name)
        if found is None:
            found = self._behind[name] = tuple([self.of(leaf) for leaf in self.readings.policy.inputs_of(name)])
        return found

    def gaps(self, name: str) -> tuple[Evidence, ...]:
        """Give the inputs of earlier weeks for want of which a metric has no value."""
        return tuple(
            _evidence(self.readings, leaf, week)._replace(is_earlier=True)
            for leaf, week in self.readings.gaps(name, self.week)
            if week != self.week
        )

    def condition_of(self, trigger: str) -> ConditionReport:
        """Report the condition of a trigger, which several moves may share."""
        if trigger not in self._conditions:
            self._conditions[trigger] = report(self.conditions[trigger], self)
        return self._conditions[trigger]

    def of(self, name: str) -> Evidence:
        """Give the observation that stands for an input, or say when it was last seen."""
        if name not in self._found:
            self._found[name] = _evidence(self.readings, name, self.week)
        return self._found[name]


def explain(evaluation: Evaluation) -> Explanation:
    """Explain an evaluation number by number."""
    ladder = evaluation.ladder
    calendar = ladder.policy.calendar
    readings = evaluation.situation.readings
    witness = Witness(evaluation.ladder, evaluation.situation)
    moves = tuple(
        _move(evaluation, witness, exit_, verdicts)
        for exit_, verdicts in zip(ladder.exits[evaluation.stage], evaluation.guards, strict=True)
    )
    pending = evaluation.before.pending
    return Explanation(
        region=evaluation.region,
        week=week_text(calendar, evaluation.week),
        last_day=last_day_of(calendar, evaluation.week),
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
        assumptions=_assumptions(moves, witness),
        wanting=tuple(witness.of(name) for name in evaluation.missing),
    )


def figures(evaluation: Evaluation) -> tuple[Figure, ...]:
    """Give the value of every metric of the policy in the week, with the observations behind it."""
    witness = Witness(evaluation.ladder, evaluation.situation)
    return tuple(_figure(witness, name) for name in evaluation.ladder.policy.metrics)


def _figure(witness: Witness, name: str) -> Figure:
    policy, reading = witness.readings.policy, witness.readings.at(name, witness.week)
    interval = reading.interval
    return Figure(
        metric=name,
        unit=policy.units[name],
        value=reading.value,
        low=interval.low if interval is not None else None,
        high=interval.high if interval is not None else None,
        missing=reading.missing,
        fault=reading.fault,
        is_judgement=name in policy.judgements,
        evidence=witness.behind(name) + (witness.gaps(name) if reading.value is None else ()),
    )


def _evidence(readings: Readings, name: str, week: int) -> Evidence:
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
        fault=reading.fault,
    )


def _move(evaluation: Evaluation, witness: Witness, exit_: Exit, verdicts: tuple[Verdict, ...]) -> MoveReport:
    recommended = evaluation.move == exit_.move.name and evaluation.recommendation is not Recommendation.UNDETERMINED
    count = None if recommended else countdown(evaluation, exit_)
    earliest = None
    if count is not None and count.weeks is not None:
        earliest = week_text(evaluation.ladder.policy.calendar, evaluation.week + count.weeks)
    return MoveReport(
        name=exit_.move.name,
        to=exit_.move.to,
        escalates=exit_.escalates,
        verdict=every(verdicts),
        is_recommended=recommended,
        guards=tuple(
            _guard(evaluation, witness, guard, verdict, exit_.move.source or ())
            for guard, verdict in zip(exit_.guards, verdicts, strict=True)
        ),
        sources=exit_.move.source or (),
        countdown=count,
        earliest_week=earliest,
    )


def _guard(
    evaluation: Evaluation, witness: Witness, guard: Guard, verdict: Verdict, sources: tuple[str, ...]
) -> GuardReport:
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
            return GuardReport(
                kind="after", verdict=verdict, observed=dwell, required=weeks, margin=dwell - weeks, sources=sources
            )
        case Judged(judgement=name):
            missing = (name,) if verdict is UNKNOWN else ()
            found = witness.behind(name)
            return GuardReport(kind="judgement", verdict=verdict, subject=name, missing=missing, evidence=found)
        case Triggered(trigger=name):
            return _triggered(evaluation, witness, name, verdict)
        case _:
            raise TypeError(f"no report for the guard {guard!r}")


def _triggered(evaluation: Evaluation, witness: Witness, name: str, verdict: Verdict) -> GuardReport:
    trigger = evaluation.ladder.policy.triggers[name]
    streak = evaluation.streak(name)
    condition = witness.condition_of(name)
    return GuardReport(
        kind="trigger",
        verdict=verdict,
        subject=name,
        weeks_met=(streak.least, streak.most),
        weeks_asked=trigger.for_,
        margin=streak.least - trigger.for_,
        sources=trigger.source or (),
        missing=evaluation.situation.missing.get(name, ()),
        condition=condition,
        evidence=condition.evidence,
    )


def report(part: Part, witness: Witness) -> ConditionReport:
    """Report a condition with all its parts."""
    if isinstance(part, Compared):
        return _comparison(part, witness)
    situation, route = witness.situation, part.route
    verdict = part.verdict(situation)
    missing = tuple(dict.fromkeys(part.wanting(situation))) if verdict is UNKNOWN else ()
    if isinstance(part, Nested):
        sources = witness.readings.policy.triggers[part.trigger].source or ()
        return ConditionReport(part.kind, verdict, route, subject=part.trigger, missing=missing, sources=sources)
    if isinstance(part, Asked):
        given = answer(part.judgement, situation)
        return ConditionReport(
            part.kind, verdict, route, subject=part.judgement, asked=part.asked, missing=missing,
            value=None if given is UNKNOWN else float(given is Verdict.MET),
            evidence=witness.behind(part.judgement),
        )  # fmt: skip
    parts = tuple([report(inner, witness) for inner in part.parts])
    asked = str(part.at_least) if isinstance(part, Enough) else ""
    return _joined(part.kind, verdict, route, parts, missing=missing, asked=asked)


def _joined(
    kind: str,
    verdict: Verdict,
    route: Route,
    parts: tuple[ConditionReport, ...],
    *,
    missing: tuple[str, ...] = (),
    asked: str = "",
) -> ConditionReport:
    behind = {(one.metric, one.week): one for part in parts for one in part.evidence}
    return ConditionReport(kind, verdict, route, parts, missing=missing, asked=asked, evidence=tuple(behind.values()))


def _comparison(part: Compared, witness: Witness) -> ConditionReport:
    parts = tuple([_limit(part, limit, witness) for limit in part.limits])
    if len(parts) == 1:
        return parts[0]
    verdict = part.verdict(witness.situation)
    return _joined(Every.kind, verdict, part.route, parts, missing=parts[0].missing)


def _limit(part: Compared, limit: Limit, witness: Witness) -> ConditionReport:
    situation, policy = witness.situation, witness.readings.policy
    reading = witness.readings.at(part.metric, witness.week)
    threshold = limit.threshold(situation)
    # A number written into a condition has the source of its trigger.
    sources = policy.triggers[str(part.route[1])].source or ()
    if limit.parameter is not None:
        sources = limit.parameter.sources_on(situation.day) or sources
    return ConditionReport(
        kind=part.kind,
        verdict=part.against(reading, limit, threshold),
        route=(*part.route, limit.operator.value),
        subject=part.metric,
        operator=limit.operator,
        value=reading.value,
        low=reading.interval.low if reading.interval is not None else None,
        high=reading.interval.high if reading.interval is not None else None,
        threshold=threshold,
        parameter=limit.name,
        margin=reading.value - threshold if reading.value is not None and threshold is not None else None,
        unit=policy.units[part.metric],
        asked=part.leaf.missing or "",
        sources=sources,
        missing=reading.missing,
        fault=reading.fault,
        evidence=witness.behind(part.metric) + (witness.gaps(part.metric) if reading.value is None else ()),
    )


def _assumptions(moves: tuple[MoveReport, ...], witness: Witness) -> tuple[str, ...]:
    """Name the moves, triggers and parameters of these moves whose numbers no source backs."""
    names: list[str] = []
    for move in moves:
        if ASSUMPTION in move.sources:
            names.append(f"moves.{move.name}")
        for guard in move.guards:
            if guard.kind == "trigger" and ASSUMPTION in guard.sources:
                names.append(f"triggers.{guard.subject}")
            if guard.condition is not None:
                names += _assumed_in(guard.condition, witness)
    return tuple(dict.fromkeys(names))


def _assumed_in(condition: ConditionReport, witness: Witness) -> list[str]:
    names: list[str] = []
    parts = condition.parts
    if condition.kind == Nested.kind:
        names = [f"triggers.{condition.subject}"]
        parts = (witness.condition_of(condition.subject),)
    elif condition.parameter is not None:
        names = [f"parameters.{condition.parameter}"]
    here = names if ASSUMPTION in condition.sources else []
    return here + [name for part in parts for name in _assumed_in(part, witness)]
