"""The files of the calendar of one act."""

from __future__ import annotations

from pathlib import Path

from escalation.documents.layout.render import write
from escalation.documents.layout.tree import Figure
from escalation.documents.papers.calendar.events import events
from escalation.documents.papers.calendar.paper import calendar
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.naming import file_name
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.policy.values import Language


def calendar_files(
    policy: Policy,
    observations: Observations,
    subject: Subject,
    *,
    form: str,
    language: Language,
    fonts: Path | None = None,
    made_with: tuple[tuple[str, str], ...] = (),
    has_picture: bool = False,
    templates: Path | None = None,
) -> dict[str, bytes]:
    """Give the calendar of the act put forward in a form and as iCalendar, by file name; nothing without an act.

    With a picture it is part of the paper and a file of its own. `fonts` as for `write`, `templates` as for `compose`.
    """
    paper = calendar(
        policy, observations, subject, language=language, made_with=made_with, has_picture=has_picture,
        templates=templates,
    )  # fmt: skip
    days = events(policy, observations, subject, language=language, made_with=made_with)
    if paper is None or days is None:
        return {}
    pictures = {
        file_name("calendar", subject.explanation, "svg"): block.picture.draw("svg")
        for block in paper.blocks
        if isinstance(block, Figure)
    }
    return {
        file_name("calendar", subject.explanation, form): write(paper, form, fonts=fonts),
        file_name("calendar", subject.explanation, "ics"): days,
        **pictures,
    }
