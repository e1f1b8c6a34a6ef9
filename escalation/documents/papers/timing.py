"""Whether the figures would pass the threshold before the act could be in force: lead time against the trend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from escalation.documents.papers.contents import Subject
from escalation.documents.papers.daysoff import counted, workdays
from escalation.documents.papers.forms import InForce, form_of, form_repealing, form_taken, in_force
from escalation.documents.papers.phrases import SENTENCES
from escalation.documents.papers.starting import too_early
from escalation.evaluation.comparison import HOLDS, relation
from escalation.evaluation.records import ConditionReport, GuardReport
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.trend import OVER, Trend
from escalation.evaluation.truth import Verdict
from escalation.instruments import Form, on
from escalation.instruments.model import LeadTime
from escalation.policy.wording import day, number, phrase, quantity, weeks

DAYS_OF_WEEK = 7


def timing(subject: Subject, speaker: Speaker) -> Iterator[str]:
    """Say when the act could be in force, and where the trend would have brought the figures by then."""
    language, proposed = speaker.language, subject.proposed
    if proposed is None:
        yield phrase(SENTENCES, "none", language)
        return
    yield from too_early(subject, language)
    form = form_taken(subject, speaker.policy)
    lead = form.lead_time if form is not None else None
    last = subject.explanation.last_day
    if lead is None or not lead.planning.covers(last):
        yield phrase(SENTENCES, "timing.no-lead", language)
        return
    reckoned = in_force(lead.planning.value, subject.start, workdays(speaker.policy))
    milder = form_of(speaker.policy, proposed)
    is_repeal = form_repealing(subject, speaker.policy) is not None
    if is_repeal and form is not None:
        yield phrase(SENTENCES, "timing.repeal", language, form=form.title.in_language(language))
    yield from _days(lead, subject, reckoned, speaker)
    if is_repeal and milder is not None:
        yield from _milder(milder, subject, speaker)
    usual = max(last, reckoned.usual)
    conditions = tuple(_compared(subject, proposed))
    told = [one for one in conditions if one.subject in {trend.metric for trend in subject.trends}]
    if not told:
        yield phrase(SENTENCES, "trend.none", language, over=weeks(OVER, language))
        return
    by_metric = {trend.metric: trend for trend in subject.trends}
    for one in told:
        yield _trend(one, by_metric[one.subject], last, usual, speaker)
    yield phrase(SENTENCES, "timing.line", language)


def _milder(form: Form, subject: Subject, speaker: Speaker) -> Iterator[str]:
    """Say when the act of the milder stage could be in force, beside the one that repeals."""
    yield phrase(SENTENCES, "timing.milder", speaker.language, form=form.title.in_language(speaker.language))
    lead = form.lead_time
    if lead is None or not lead.planning.covers(subject.explanation.last_day):
        yield phrase(SENTENCES, "timing.no-lead", speaker.language)
        return
    reckoned = in_force(lead.planning.value, subject.start, workdays(speaker.policy))
    yield from _days(lead, subject, reckoned, speaker)


def _days(lead: LeadTime, subject: Subject, reckoned: InForce, speaker: Speaker) -> Iterator[str]:
    language, plan, start = speaker.language, lead.planning.value, subject.start
    clock = phrase(SENTENCES, plan.clock, language)
    certainty = phrase(SENTENCES, lead.planning.certainty.value, language)
    yield phrase(SENTENCES, "planning", language, least=plan.least, usual=plan.usual, most=plan.most, clock=clock,
                 certainty=certainty)  # fmt: skip
    least, usual, most = (day(end, language) for end in reckoned)
    yield phrase(SENTENCES, "in-force", language, day=day(start, language), least=least, usual=usual, most=most)
    if plan.clock == "working":
        yield from counted(workdays(speaker.policy), start, reckoned.most, language)
    for case in on(lead.observed, subject.explanation.last_day):
        certainty = phrase(SENTENCES, case.certainty.value, language)
        clock = phrase(SENTENCES, case.value.clock, language)
        yield phrase(SENTENCES, "observed", language, days=case.value.days, clock=clock, certainty=certainty,
                     case=case.value.case.in_language(language))  # fmt: skip


def _compared(subject: Subject, proposed: str) -> Iterator[ConditionReport]:
    """Give the comparisons that are met and lead to the stage put forward, each once."""
    seen: set[tuple[str, float | None]] = set()
    for move in subject.explanation.moves:
        if move.to != proposed:
            continue
        for one in (found for guard in move.guards for found in comparisons(guard)):
            if one.verdict is Verdict.MET and one.threshold is not None and (one.subject, one.threshold) not in seen:
                seen.add((one.subject, one.threshold))
                yield one


def comparisons(guard: GuardReport) -> Iterator[ConditionReport]:
    """Give every comparison that a guard rests on, those of the triggers below it included."""
    if guard.condition is not None:
        yield from _leaves(guard.condition)
    for below in guard.below:
        yield from comparisons(below)


def _leaves(report: ConditionReport) -> Iterator[ConditionReport]:
    if report.kind == "comparison":
        yield report
    for part in report.parts:
        yield from _leaves(part)


def _trend(report: ConditionReport, trend: Trend, last: date, usual: date, speaker: Speaker) -> str:
    language, policy = speaker.language, speaker.policy
    metric = policy.metrics[report.subject]
    then = trend.value + trend.weekly * (usual - last).days / DAYS_OF_WEEK
    low, high = metric.bounds
    then = max(then, low) if low is not None else then
    then = min(then, high) if high is not None else then
    threshold = report.threshold or 0.0
    holds = report.operator is not None and relation(then, threshold) in HOLDS[report.operator]
    change = "percentage points" if report.unit == "percent" else report.unit
    weekly = quantity(trend.weekly, change, language)
    return phrase(
        SENTENCES,
        "trend",
        language,
        metric=speaker.metric(report.subject),
        value=quantity(trend.value, report.unit, language, decimals=metric.decimals, apart_from=threshold),
        weekly=f"+{weekly}" if number(trend.weekly, language).strip("-0.,") and trend.weekly > 0 else weekly,
        over=weeks(OVER, language),
        then=quantity(then, report.unit, language, apart_from=threshold),
        day=day(usual, language),
        operator=speaker.say(f"operator.{report.operator}"),
        threshold=quantity(threshold, report.unit, language),
        outcome=phrase(SENTENCES, "outcome.held" if holds else "outcome.over", language),
    )
