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


def reasons(subject: Subject, speaker: Speaker) -> Reasons:
    """Say what the evaluation compares on the way to the stage put forward, or at all where no move leads there."""
    explanation, language = subject.explanation, speaker.language
    moves = [one for one in explanation.moves if one.to == subject.proposed] or list(explanation.moves)
    guards = [guard for move in moves for guard in move.guards]
    told = tuple(_told(guards, subject, speaker))
    if not told:
        return Reasons()
    figures = series([text for text, _ in told], language)
    text = phrase(
        FORMULAS,
        "figures",
        language,
        day=day(explanation.last_day, language),
        region=explanation.region,
        figures=figures,
    )
    return Reasons(text=text, figures=tuple(figure for _, figure in told))


def _told(guards: list[GuardReport], subject: Subject, speaker: Speaker) -> Iterator[tuple[str, TracedFigure]]:
    seen: set[tuple[str, float | None]] = set()
    for one in (found for guard in guards for found in comparisons(guard)):
        if one.value is None or (one.subject, one.threshold) in seen:
            continue
        seen.add((one.subject, one.threshold))
        yield _compared(one, subject, speaker)
    lasting = next((guard for guard in guards if _lasts(guard)), None)
    if lasting is not None and lasting.weeks_met is not None:
        least = weeks(lasting.weeks_met[0], speaker.language)
        text = phrase(
            FORMULAS, "figure.held", speaker.language, weeks=_in_words(lasting.weeks_met[0], speaker.language)
        )
        yield text, _traced(lasting.subject, least, subject)


def _lasts(guard: GuardReport) -> bool:
    return guard.kind == "trigger" and guard.verdict is Verdict.MET and (guard.weeks_asked or 0) > 1


def _compared(one: ConditionReport, subject: Subject, speaker: Speaker) -> tuple[str, TracedFigure]:
    language = speaker.language
    decimals = speaker.policy.metrics[one.subject].decimals
    value = quantity(one.value or 0.0, one.unit, language, decimals=decimals, apart_from=one.threshold)
    threshold = quantity(one.threshold, one.unit, language) if one.threshold is not None else ""
    key = "figure.compared" if one.verdict is Verdict.MET and threshold else "figure"
    text = phrase(
        FORMULAS,
        key,
        language,
        metric=_within(speaker.metric(one.subject)),
        value=value,
        operator=speaker.say(f"operator.{one.operator}"),
        threshold=threshold,
    )
    return text, _traced(one.subject, value, subject)


def _traced(name: str, value: str, subject: Subject) -> TracedFigure:
    explanation = subject.explanation
    return TracedFigure(metric=name, region=explanation.region, week=explanation.week, value=value)


def _within(title: str) -> str:
    """Write a title as it stands within a sentence.

    >>> _within("Cakupan dosis pertama"), _within("BOR rumah sakit")
    ('cakupan dosis pertama', 'BOR rumah sakit')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _in_words(count: int, language: Language) -> str:
    return phrase(FORMULAS, "weeks.words", language, count=count, words=in_words(count))
