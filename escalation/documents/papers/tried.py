"""Which stages were tried and for how long, as the record has it."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.documents.papers.contents import Subject
from escalation.documents.papers.phrases import SENTENCES
from escalation.evaluation.sentences import Speaker
from escalation.periods import Week
from escalation.policy.wording import phrase, weeks


def tried(subject: Subject, speaker: Speaker) -> Iterator[str]:
    """Say which stages were in force and for how many weeks, and which milder ones are not on record as tried."""
    language = speaker.language
    if not subject.stages:
        yield phrase(SENTENCES, "tried.unknown", language)
        return
    calendar = speaker.policy.calendar
    now = Week.parse(subject.explanation.week, calendar)
    entered = [one for one in subject.stages if one.since <= now.number]
    ends = [*(one.since for one in entered[1:]), now.number]
    for one, end in zip(entered, ends, strict=True):
        yield phrase(
            SENTENCES,
            "tried.now" if one is entered[-1] else "tried.over",
            language,
            stage=speaker.stage(one.stage),
            weeks=weeks(end - one.since, language),
            week=str(Week(calendar, one.since)),
        )
    if subject.is_given:
        yield phrase(SENTENCES, "tried.given", language)
    for stage in untried(subject, speaker):
        to = speaker.stage(subject.proposed or "")
        yield phrase(SENTENCES, "tried.never", language, stage=speaker.stage(stage), to=to)


def untried(subject: Subject, speaker: Speaker) -> tuple[str, ...]:
    """Name the stages that are milder than the one put forward and were never in force, as far as is on record."""
    policy, now = speaker.policy, Week.parse(subject.explanation.week, speaker.policy.calendar).number
    if subject.proposed is None or not subject.stages:
        return ()
    been = {one.stage for one in subject.stages if one.since <= now}
    goal = policy.ranks[subject.proposed]
    return tuple(one.name for one in policy.stages if policy.ranks[one.name] < goal and one.name not in been)
