"""The staff study: the question, assumptions, facts, every guard, alternatives, risks, conclusion and proposal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from escalation.documents.layout.render import compose
from escalation.documents.layout.sheet import OFFICE
from escalation.documents.layout.tree import Paper
from escalation.documents.papers.charts import charts
from escalation.documents.papers.contents import (
    FigureRow,
    GuardRow,
    MoveSection,
    RegionSection,
    StudyContext,
    Subject,
)
from escalation.documents.papers.forms import form_left, form_of, form_repealing
from escalation.documents.papers.legal import facts, facts_of_repeal, risks
from escalation.documents.papers.marks import marks
from escalation.documents.papers.phrases import HEADINGS, SENTENCES
from escalation.documents.papers.timing import timing
from escalation.documents.papers.tried import tried
from escalation.evaluation.faults import illustrates
from escalation.evaluation.records import ConditionReport, Explanation, Figure, GuardReport
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.step import Recommendation
from escalation.instruments import Form
from escalation.observations import Observations
from escalation.observations.illustrations import is_illustration
from escalation.observations.telling import plainly_told
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import day, phrase, title


def study(
    policy: Policy,
    observations: Observations,
    subjects: tuple[Subject, ...],
    *,
    language: Language,
    made_with: tuple[tuple[str, str], ...] = (),
    templates: Path | None = None,
) -> Paper:
    """Compose the study. `templates` as in `compose`, `made_with` as in `marks`."""
    found = context(policy, observations, subjects, language, made_with=made_with)
    pictures = tuple(chart for section in found.sections for chart in section.charts)
    return compose("study.html", sheet=OFFICE, language=language, pictures=pictures, templates=templates, study=found)


def context(
    policy: Policy,
    observations: Observations,
    subjects: tuple[Subject, ...],
    language: Language,
    *,
    made_with: tuple[tuple[str, str], ...] = (),
) -> StudyContext:
    """Gather what the study says."""
    speaker = Speaker(policy, language)
    index = 1 if language is Language.INDONESIAN else 0
    heading = {key: texts[index] for key, texts in HEADINGS.items()}
    return StudyContext(
        heading=heading,
        policy=speaker.policy_title(),
        sections=tuple(
            _section(
                one,
                speaker.on(one.explanation.last_day),
                heading,
                number=number,
                is_made_up=illustrates(observations, one.explanation),
            )
            for number, one in enumerate(subjects, start=1)
        ),
        simplifications=tuple(text.in_language(language) for text in policy.simplifications),
        findings=tuple(plainly_told(observations.findings, language)),
        marks=marks(policy, observations, (one.explanation for one in subjects), language, made_with=made_with),
        decides=speaker.say("decides"),
    )


def _begun(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def _section(
    subject: Subject, speaker: Speaker, heading: dict[str, str], *, number: int, is_made_up: bool
) -> RegionSection:
    explanation = subject.explanation
    remarks = speaker.remarks(explanation)
    remarks += (phrase(SENTENCES, "illustration.cell", speaker.language),) if is_made_up else ()
    made_up = (phrase(SENTENCES, "illustration", speaker.language),) if is_made_up else ()
    proposal = {"undetermined": "wait", "hold": "keep"}.get(explanation.recommendation.value, "submit")
    last = day(explanation.last_day, speaker.language)
    told, told_of_repeal = tuple(facts(subject, speaker)), tuple(facts_of_repeal(subject, speaker))
    return RegionSection(
        region=explanation.region,
        week=explanation.week,
        stage=speaker.stage(explanation.stage),
        question=heading["ask"].format(region=explanation.region, week=explanation.week, day=last),
        in_force=f"{speaker.say('label.stage')}: {speaker.in_force(explanation)}",
        figures=tuple(_figures(subject.figures, speaker)),
        moves=tuple(_moves(explanation, speaker, heading)),
        recommendation=_begun(speaker.recommendation(explanation)),
        remarks=_begun("; ".join(remarks)),
        why=_begun(speaker.why(explanation)),
        law=_law("law-on", _form_ahead(subject, speaker), speaker, last),
        repeal_law=_law("law-on.repeal", form_repealing(subject, speaker.policy), speaker, last),
        charts=tuple(charts(subject, speaker, number=number, is_made_up=is_made_up)) if subject.pasts else (),
        facts=tuple(one.row for one in told),
        repeal_facts=tuple(one.row for one in told_of_repeal),
        alternatives=tuple(_alternatives(subject, speaker)),
        tried=tuple(tried(subject, speaker)),
        timing=tuple(timing(subject, speaker)),
        risks=tuple(risks(subject, speaker, told, told_of_repeal)),
        prepared=prepared(subject, speaker),
        proposal=" ".join((heading["nothing" if is_made_up else proposal], *_unrevoked(subject, speaker))),
        assumptions=(*made_up, *_assumptions(subject, speaker, last)),
    )


def _form_ahead(subject: Subject, speaker: Speaker) -> Form | None:
    return form_of(speaker.policy, subject.proposed) if subject.proposed is not None else None


def _law(key: str, form: Form | None, speaker: Speaker, last: str) -> str:
    if form is None:
        return ""
    return phrase(SENTENCES, key, speaker.language, form=form.title.in_language(speaker.language), day=last)


def _unrevoked(subject: Subject, speaker: Speaker) -> Iterator[str]:
    """Say that nothing ends an act in force that is no legislation where a milder stage is put forward."""
    form, to = form_left(subject, speaker.policy), subject.proposed
    if form is not None and form.rank is None and to is not None:
        left = form.title.in_language(speaker.language)
        yield phrase(SENTENCES, "revoked.not", speaker.language, form=left, to=speaker.stage(to))


def prepared(subject: Subject, speaker: Speaker) -> str:
    """Say that the paper is for another stage than the one recommended; nothing where it is for that."""
    asked, explanation = subject.prepared_for, subject.explanation
    if asked is None or (asked == explanation.to and explanation.recommendation.value in {"escalate", "relax"}):
        return ""
    said = speaker.recommendation(explanation)
    stays = asked == explanation.stage and explanation.recommendation is Recommendation.HOLD
    key = "prepared.in-force" if stays else "prepared"
    return phrase(SENTENCES, key, speaker.language, to=speaker.stage(asked), recommendation=said)


def _assumptions(subject: Subject, speaker: Speaker, last: str) -> Iterator[str]:
    if subject.explanation.assumptions:
        names = "; ".join(_unsourced(route, speaker) for route in subject.explanation.assumptions)
        yield phrase(SENTENCES, "unsourced", speaker.language, names=names)
    if subject.is_assumed:
        yield _begun(speaker.say("stage.assumed"))
    if subject.is_given:
        explanation = subject.explanation
        stage = speaker.stage(explanation.stage)
        yield phrase(SENTENCES, "given", speaker.language, stage=stage, week=explanation.since)
    if subject.set_aside is not None:
        yield phrase(SENTENCES, "given.aside", speaker.language, file=subject.set_aside)
    if subject.proposed is not None and form_of(speaker.policy, subject.proposed) is not None:
        yield phrase(SENTENCES, "supposed", speaker.language, day=last)


def _unsourced(route: str, speaker: Speaker) -> str:
    """Name a number of the policy file that no source backs."""
    section, called = route.partition(".")[0], speaker.assumption(route).removesuffix(f" ({route})")
    key = f"unsourced.{section}"
    return phrase(SENTENCES, key if key in SENTENCES else "unsourced.other", speaker.language, name=called)


def _alternatives(subject: Subject, speaker: Speaker) -> Iterator[str]:
    """Name every other lawful move out of the stage in force, with its countdown, and staying."""
    explanation, language = subject.explanation, speaker.language
    if explanation.recommendation is not Recommendation.HOLD or subject.proposed is not None:
        yield phrase(SENTENCES, "stay", language, stage=speaker.stage(explanation.stage))
    for move in explanation.moves:
        if move.to != subject.proposed:
            countdown = speaker.countdown(move, explanation)
            yield phrase(
                SENTENCES,
                "move",
                language,
                move=speaker.move(move.name),
                to=speaker.stage(move.to),
                countdown=countdown,
            )
    yield phrase(SENTENCES, "other", language)


def _figures(figures: tuple[Figure, ...], speaker: Speaker) -> Iterator[FigureRow]:
    for figure in figures:
        said = [*speaker.lacks(figure.lacks)]
        for one in figure.evidence:
            if one.metric == figure.metric:
                said += [speaker.carried(one)] if one.carried_from else []
                said += [speaker.say("evidence.as-of", day=day(one.as_of, speaker.language))] if one.as_of else []
                said += [one.source] if one.source and not is_illustration(one.source) else []
        if figure.value is not None and any(is_illustration(one.source) for one in figure.evidence):
            said.append(phrase(SENTENCES, "illustration.cell", speaker.language))
        yield FigureRow(metric=speaker.metric(figure.metric), value=speaker.figure(figure), observed="; ".join(said))


def _moves(explanation: Explanation, speaker: Speaker, heading: dict[str, str]) -> Iterator[MoveSection]:
    """Give a section for each move; what a trigger asks for stands where it is met first, and is referred to later."""
    told = _Told(heading=heading)
    for move in explanation.moves:
        yield MoveSection(
            name=speaker.move(move.name),
            to=speaker.stage(move.to),
            countdown=_begun(speaker.countdown(move, explanation)),
            rows=tuple(row for guard in move.guards for row in _guard(guard, speaker, 0, told=told)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What stands in the analysis already: triggers by name, and sources with a note, with the threshold they back."""

    heading: dict[str, str]
    triggers: set[str] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)


def _guard(guard: GuardReport, speaker: Speaker, depth: int, *, told: _Told) -> Iterator[GuardRow]:
    source = speaker.sources(guard.sources) if guard.sources else ""
    text, again = speaker.guard(guard), guard.condition is not None and guard.subject in told.triggers
    above = told.heading["above"]
    yield GuardRow(
        depth=depth, text=f"{text} ({above})" if again else text, verdict=speaker.verdict(guard), source=source
    )
    if guard.condition is None or again:
        return
    told.triggers.add(guard.subject)
    yield from _conditions(guard.condition, speaker, depth + 1, told=told)
    for trigger in guard.below:
        yield from _guard(trigger, speaker, depth + 1, told=told)


def _conditions(report: ConditionReport, speaker: Speaker, depth: int, *, told: _Told) -> Iterator[GuardRow]:
    source = speaker.sources(report.sources) if report.kind == "comparison" else ""
    parameter = speaker.policy.parameters.get(report.parameter or "")
    if parameter is not None and parameter.note is not None:
        in_full = f"{source} ({parameter.note.in_language(speaker.language)})"
        called = title(parameter.title, report.parameter or "", speaker.language)
        first = told.sources.get(in_full)
        source = phrase(SENTENCES, "source.same", speaker.language, name=first) if first is not None else in_full
        told.sources.setdefault(in_full, called)
    yield GuardRow(depth=depth, text=speaker.condition(report), verdict=speaker.verdict(report), source=source)
    for part in report.parts:
        yield from _conditions(part, speaker, depth + 1, told=told)
