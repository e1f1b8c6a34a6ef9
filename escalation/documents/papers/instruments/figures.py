"""The figures of a draft: what the evaluation compares on the way to the stage, each traced to metric and week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from escalation.documents.papers.contents import Subject
from escalation.documents.papers.instruments.contents import TracedFigure
from escalation.documents.papers.instruments.phrases import FORMULAS
from escalation.documents.papers.instruments.words import in_words, series
from escalation.documents.papers.timing import comparisons
from escalation.evaluation.records import ConditionReport, GuardReport
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.truth import Verdict
from escalation.policy.values import Language
from escalation.policy.wording import day, phrase, quantity, weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The sentence with the figures, without its full stop, and where each figure comes from; empty where none is."""

    text: str = ""
    figures: tuple[TracedFigure, ...] = ()


def reasons(subject: Subject, speaker: Speaker, *, is_made_up: bool = False) -> Reasons:
    """Say what the evaluation compares on the way to the stage put forward, or at all where no move leads there.

    `is_made_up` has the sentence say that the figures are an illustration.
    """
    explanation, language = subject.explanation, speaker.language
    leading = [one for one in explanation.moves if one.to == subject.proposed]
    guards = [guard for move in leading or explanation.moves for guard in move.guards]
    told = tuple(_told(guards, subject, speaker, is_way=bool(leading)))
    if not told:
        return Reasons()
    figures = series([text for text, _ in told], language)
    text = phrase(
        FORMULAS,
        "figures.made-up" if is_made_up else "figures",
        language,
        day=day(explanation.last_day, language),
        region=explanation.region,
        figures=figures,
    )
    return Reasons(text=text, figures=tuple(figure for _, figure in told))


def _told(
    guards: list[GuardReport], subject: Subject, speaker: Speaker, *, is_way: bool
) -> Iterator[tuple[str, TracedFigure]]:
    """Say each figure once; `is_way` says that the guards lead to the stage.

    Where they lead elsewhere, what they ask for says nothing of it: the figures stand alone.
    """
    compared: dict[str, list[ConditionReport]] = {}
    for one in (found for guard in guards for found in comparisons(guard)):
        if one.value is not None:
            compared.setdefault(one.subject, []).append(one)
    for reports in compared.values():
        yield _compared(reports, subject, speaker, is_way=is_way)
    lasting = next((guard for guard in guards if _lasts(guard)), None) if is_way else None
    if lasting is not None and lasting.weeks_met is not None:
        least = weeks(lasting.weeks_met[0], speaker.language)
        held = _in_words(lasting.weeks_met[0], speaker.language)
        text = phrase(FORMULAS, "figure.held", speaker.language, weeks=held)
        yield text, _traced(lasting.subject, least, subject)


def _lasts(guard: GuardReport) -> bool:
    return guard.kind == "trigger" and guard.verdict is Verdict.MET and (guard.weeks_asked or 0) > 1


def _compared(
    reports: list[ConditionReport], subject: Subject, speaker: Speaker, *, is_way: bool
) -> tuple[str, TracedFigure]:
    """Tell of a metric with the comparisons that are met on the way to the stage, one of each kind."""
    language, first = speaker.language, reports[0]
    holding = (one for one in reversed(reports) if is_way and one.verdict is Verdict.MET and one.threshold is not None)
    met = {one.operator: one for one in holding}
    value = quantity(
        first.value or 0.0,
        first.unit,
        language,
        decimals=speaker.policy.metrics[first.subject].decimals,
        apart_from=first.threshold,
    )
    required = [
        f"{speaker.say(f'operator.{operator}')} {quantity(one.threshold or 0.0, one.unit, language)}"
        for operator, one in reversed(met.items())
    ]
    text = phrase(
        FORMULAS,
        "figure.compared" if required else "figure",
        language,
        metric=_within(speaker.metric(first.subject)),
        value=value,
        required=series(required, language),
    )
    return text, _traced(first.subject, value, subject, required=series(required, language))


def _traced(name: str, value: str, subject: Subject, *, required: str = "") -> TracedFigure:
    told = subject.explanation
    return TracedFigure(metric=name, region=told.region, week=told.week, value=value, required=required)


def _within(title: str) -> str:
    """Write a title as it stands within a sentence.

    >>> _within("Cakupan dosis pertama"), _within("BOR rumah sakit")
    ('cakupan dosis pertama', 'BOR rumah sakit')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _in_words(count: int, language: Language) -> str:
    return phrase(FORMULAS, "weeks.words", language, count=count, words=in_words(count))
