"""What is wrong with the day from which the way to an act is counted: nobody could have set out on it."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.documents.papers.contents import Subject
from escalation.documents.papers.phrases import SENTENCES
from escalation.policy.values import Language
from escalation.policy.wording import day, phrase


def too_early(subject: Subject, language: Language) -> Iterator[str]:
    """Say that the way begins before the week evaluated has ended, or before the data were known."""
    start, last, known = subject.start, subject.explanation.last_day, subject.explanation.as_of
    if start <= last:
        week = subject.explanation.week
        yield phrase(
            SENTENCES, "start.in-week", language, day=day(start, language), week=week, last=day(last, language)
        )
    if known is not None and start < known:
        yield phrase(SENTENCES, "start.unknown", language, day=day(start, language), known=day(known, language))
