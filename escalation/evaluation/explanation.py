"""Why: every guard of every move out of the stage with what was observed, required and missing, as records.

Nothing here judges: verdicts come from `step` and the parts of conditions, the records add the numbers behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from escalation.evaluation.condition import (
    Asked,
    Bound,
    Compared,
    Enough,
    Every,
    Joined,
    Nested,
    Part,
    Situation,
    answer,
)
from escalation.evaluation.countdown import countdown
from escalation.evaluation.ladder import Exit, Guard, InForce, Judged, Ladder, LongEnough, NotLocked, Triggered
from escalation.evaluation.reading import Cause, Gap
from escalation.evaluation.records import (
    ConditionReport,
    Evidence,
    Explanation,
    Figure,
    GuardReport,
    Lack,
    MoveReport,
)
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
        self._behind: dict[str, tuple[Evidence, ...]] = {}
        self._conditions: dict[str, ConditionReport] = {}

    def behind(self, name: str) -> tuple[Evidence, ...]:
        """Give the observation of each metric on record that a metric rests on, where there is one for the week."""
        found = self._behind.get(name)
        if found is None:
            evidence = [self._evidence(leaf) for leaf in self.readings.inputs_of(name)]
            found = self._behind[name] = tuple([one for one in evidence if one is not None])
        return found

    def condition_of(self, trigger: str) -> ConditionReport:
        """Report the condition of a trigger, which several moves may share."""
        if trigger not in self._conditions:
            self._conditions[trigger] = report(self.conditions[trigger], self)
        return self._conditions[trigger]

    def lacks(self, gaps: Iterable[Gap]) -> tuple[Lack, ...]:
        """Gather gaps by what is wanting and why."""
        weeks: dict[tuple[str, Cause], set[int]] = {}
        for gap in gaps:
            weeks.setdefault((gap.name, gap.cause), set()).add(gap.week)
        return tuple([self._lack(name, cause, sorted(found)) for (name, cause), found in weeks.items()])

    def _lack(self, name: str, cause: Cause, weeks: list[int]) -> Lack:
        policy = self.readings.policy
        texts = tuple([week_text(policy.calendar, week) for week in weeks])
        if cause is not Cause.ABSENT or weeks[-1] != self.week:
            return Lack(name, texts, cause)
        seen = self.readings.last_usable(name, before=self.week)
        if seen is None:
            return Lack(name, texts, cause, never=True)
        last, first = seen
        return Lack(
            name,
            texts,
            cause,
            since=week_text(policy.calendar, first),
            last_seen=week_text(policy.calendar, last),
        )

    def _evidence(self, name: str) -> Evidence | None:
        readings = self.readings
        found, value = readings.observed(name, self.week), readings.at(name, self.week).value
        if found is None or value is None:
            return None
        calendar = readings.policy.calendar
        carried = self.week - found.week if found.week else 0
        return Evidence(
            region=readings.region,
            metric=name,
            week=week_text(calendar, self.week),
            value=value,
            carried_from=week_text(calendar, found.week) if carried else None,
            carried_weeks=carried,
            as_of=date.fromordinal(found.known) if found.known else None,
            basis=found.basis,
            source=found.source,
        )


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
        assumptions=_assumptions(moves),
        lacks=witness.lacks(evaluation.gaps),
        also_met=evaluation.also_met,
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
        lacks=witness.lacks(reading.gaps),
        is_judgement=name in policy.judgements,
        evidence=witness.behind(name),
    )


def _move(evaluation: Evaluation, witness: Witness, exit_: Exit, verdicts: tuple[Verdict, ...]) -> MoveReport:
    recommended = evaluation.move == exit_.move.name and evaluation.recommendation is not Recommendation.UNDETERMINED
    count = None if recommended or evaluation.before.pending is not None else countdown(evaluation, exit_)
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
            lacks = witness.lacks(witness.readings.at(name, witness.week).gaps)
            found = witness.behind(name)
            return GuardReport(kind="judgement", verdict=verdict, subject=name, lacks=lacks, evidence=found)
        case Triggered(trigger=name):
            below = [_triggered(evaluation, witness, other) for other in _all_below(evaluation.ladder, name)]
            return _triggered(evaluation, witness, name)._replace(below=tuple(below))
        case _:
            raise TypeError(f"no report for the guard {guard!r}")


def _all_below(ladder: Ladder, name: str) -> list[str]:
    """Name the triggers that a trigger rests on, each once, in the order in which they are met."""
    found: dict[str, None] = {}
    waiting = [*reversed(ladder.below[name])]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += reversed(ladder.below[one])
    return list(found)


def _triggered(evaluation: Evaluation, witness: Witness, name: str) -> GuardReport:
    trigger = evaluation.ladder.policy.triggers[name]
    streak = evaluation.streak(name)
    condition = witness.condition_of(name)
    return GuardReport(
        kind="trigger",
        verdict=evaluation.situation.triggers[name],
        subject=name,
        weeks_met=(streak.least, streak.most),
        weeks_asked=trigger.for_,
        margin=streak.least - trigger.for_,
        sources=trigger.source or (),
        lacks=witness.lacks(evaluation.situation.gaps.get(name, ())),
        condition=condition,
        evidence=condition.evidence,
    )


def report(part: Part, witness: Witness) -> ConditionReport:
    """Report a condition with all its parts."""
    if isinstance(part, Compared):
        return _comparison(part, witness)
    situation, route = witness.situation, part.route
    if isinstance(part, Joined):
        parts = tuple([report(inner, witness) for inner in part.parts])
        verdict = part.join([one.verdict for one in parts])
        lacks = witness.lacks(part.wanting(situation)) if verdict is UNKNOWN else ()
        asked = str(part.at_least) if isinstance(part, Enough) else ""
        return _joined(part.kind, verdict, route, parts, lacks=lacks, asked=asked)
    verdict = part.verdict(situation)
    lacks = witness.lacks(part.wanting(situation)) if verdict is UNKNOWN else ()
    if isinstance(part, Nested):
        sources = witness.readings.policy.triggers[part.trigger].source or ()
        return ConditionReport(part.kind, verdict, route, subject=part.trigger, lacks=lacks, sources=sources)
    if not isinstance(part, Asked):
        raise TypeError(f"no report for the condition {part!r}")
    given = answer(part.judgement, situation)
    return ConditionReport(
        part.kind, verdict, route, subject=part.judgement, asked=part.asked, lacks=lacks,
        value=None if given is UNKNOWN else float(given is Verdict.MET),
        evidence=witness.behind(part.judgement),
    )  # fmt: skip


def _joined(
    kind: str,
    verdict: Verdict,
    route: Route,
    parts: tuple[ConditionReport, ...],
    *,
    lacks: tuple[Lack, ...] = (),
    asked: str = "",
) -> ConditionReport:
    behind = {(one.metric, one.week): one for part in parts for one in part.evidence}
    return ConditionReport(kind, verdict, route, parts, lacks=lacks, asked=asked, evidence=tuple(behind.values()))


def _comparison(part: Compared, witness: Witness) -> ConditionReport:
    parts = tuple([_bound(part, bound, witness) for bound in part.bounds])
    if len(parts) == 1:
        return parts[0]
    return _joined(Every.kind, every(one.verdict for one in parts), part.route, parts, lacks=parts[0].lacks)


def _bound(part: Compared, bound: Bound, witness: Witness) -> ConditionReport:
    situation, policy = witness.situation, witness.readings.policy
    reading = witness.readings.at(part.metric, witness.week)
    threshold = bound.threshold(situation)
    verdict = part.against(reading, bound, threshold)
    # A number written into a condition has the source of its trigger.
    sources = policy.triggers[str(part.route[1])].source or ()
    if bound.parameter is not None:
        sources = bound.parameter.sources_on(situation.day) or sources
    return ConditionReport(
        kind=part.kind,
        verdict=verdict,
        route=(*part.route, bound.operator.value),
        subject=part.metric,
        operator=bound.operator,
        value=reading.value,
        low=reading.interval.low if reading.interval is not None else None,
        high=reading.interval.high if reading.interval is not None else None,
        threshold=threshold,
        parameter=bound.name,
        margin=reading.value - threshold if reading.value is not None and threshold is not None else None,
        unit=policy.units[part.metric],
        asked=part.leaf.missing or "" if reading.value is None else "",
        sources=sources,
        lacks=witness.lacks(reading.gaps or (part.wanting(situation) if verdict is UNKNOWN else ())),
        evidence=witness.behind(part.metric),
    )


def _assumptions(moves: tuple[MoveReport, ...]) -> tuple[str, ...]:
    """Name the moves, triggers and parameters of these moves whose numbers no source backs."""
    names: list[str] = []
    for move in moves:
        if ASSUMPTION in move.sources:
            names.append(f"moves.{move.name}")
        for guard in move.guards:
            for trigger in (guard, *guard.below) if guard.condition is not None else ():
                if ASSUMPTION in trigger.sources:
                    names.append(f"triggers.{trigger.subject}")
                names += _assumed_in(trigger.condition)
    return tuple(dict.fromkeys(names))


def _assumed_in(condition: ConditionReport | None) -> Iterator[str]:
    if condition is None:
        return
    if condition.parameter is not None and ASSUMPTION in condition.sources:
        yield f"parameters.{condition.parameter}"
    for part in condition.parts:
        yield from _assumed_in(part)
