"""The calendar as days for the calendar of an office: what the law limits, and the range to plan with."""

from __future__ import annotations

from collections.abc import Iterator

from escalation import __version__
from escalation.documents.papers.calendar.ics import Event, ics
from escalation.documents.papers.calendar.paper import Telling, begun, way_of
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.marks import Marks, marks
from escalation.evaluation.sentences import Speaker
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.policy.values import Language


def events(
    policy: Policy,
    observations: Observations,
    subject: Subject,
    *,
    language: Language,
    made_with: tuple[tuple[str, str], ...] = (),
) -> bytes | None:
    """Write the calendar of the act put forward as iCalendar; none where there is no such act.

    The file says that it was made on the last day of the week evaluated: it is the same to the byte on every run.
    """
    ahead = way_of(policy, subject)
    if ahead is None:
        return None
    telling = Telling(ahead, Speaker(policy, language), subject)
    found = marks(policy, observations, (subject.explanation,), language, made_with=made_with)
    named = {"form": telling.form, "region": telling.region}
    return ics(
        _events(telling, found, policy),
        name=telling.say("event.name", **named),
        maker=f"escalation {__version__}",
        stamp=subject.explanation.last_day,
        language=language.value,
    )


def _events(telling: Telling, found: Marks, policy: Policy) -> Iterator[Event]:
    ahead, subject = telling.ahead, telling.subject
    of = (policy.name, telling.region, subject.explanation.week, subject.proposed or "")
    named = {"form": telling.form, "region": telling.region}
    tail = (f"{found.draft}: {found.machine}", found.short)
    rows = [telling.row(place) for place in range(len(ahead.milestones))]
    opening = (telling.about(), telling.say("start", day=telling.day(ahead.start)), *telling.remarks())
    steps = [f"{row.number}. {' · '.join((row.act, *row.about))}: {row.limit}" for row in rows]
    yield Event(
        identity=(*of, "start"), day=ahead.start, summary=telling.say("event.start", **named),
        description=(*opening, *steps, *telling.notes(), *tail),
    )  # fmt: skip
    for place, row in enumerate(rows):
        limit = ahead.milestones[place].limit
        if limit is not None and limit.latest is not None:
            act = begun(telling.worded(ahead.milestones[place].act))
            yield Event(
                identity=(*of, "step", str(place)), day=limit.latest,
                summary=telling.say("event.limit", act=act, **named),
                description=(*row.about, row.limit, f"{row.certainty}: {row.source}", *telling.notes(), *tail),
            )  # fmt: skip
    for key, day in zip(("least", "usual", "most"), ahead.in_force or (), strict=False):
        yield Event(
            identity=(*of, key), day=day, summary=telling.say(f"event.{key}", **named),
            description=(*telling.planning(), *tail),
        )  # fmt: skip
