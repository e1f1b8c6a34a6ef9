"""The papers on one recommendation, by the names that `--paper` gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from escalation.documents.layout.render import write
from escalation.documents.layout.tree import Paper
from escalation.documents.papers.calendar.files import calendar_files
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.instruments.instrument import instrument
from escalation.documents.papers.naming import file_name
from escalation.documents.papers.study import study
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.policy.values import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What papers are asked to be about, and in which form.

    `fonts` as in `write`, `templates` as in `compose`, `made_with` as in `marks`; `has_picture` asks for pictures
    where a paper can hold them.
    """

    policy: Policy
    observations: Observations
    subject: Subject
    form: str
    language: Language
    fonts: Path | None = None
    templates: Path | None = None
    made_with: tuple[tuple[str, str], ...] = ()
    has_picture: bool = False


def _study(asked: Request) -> Mapping[str, bytes]:
    paper = study(
        asked.policy,
        asked.observations,
        (asked.subject,),
        language=asked.language,
        made_with=asked.made_with,
        templates=asked.templates,
    )
    return _file("study", paper, asked)


def _instrument(asked: Request) -> Mapping[str, bytes]:
    paper = instrument(
        asked.policy, asked.observations, asked.subject, made_with=asked.made_with, templates=asked.templates
    )
    return _file("instrument", paper, asked) if paper is not None else {}


def _calendar(asked: Request) -> Mapping[str, bytes]:
    return calendar_files(
        asked.policy,
        asked.observations,
        asked.subject,
        form=asked.form,
        fonts=asked.fonts,
        language=asked.language,
        made_with=asked.made_with,
        has_picture=asked.has_picture,
        templates=asked.templates,
    )


def _file(name: str, paper: Paper, asked: Request) -> Mapping[str, bytes]:
    return {file_name(name, asked.subject.explanation, asked.form): write(paper, asked.form, fonts=asked.fonts)}


PAPERS: Mapping[str, Callable[[Request], Mapping[str, bytes]]] = {
    "study": _study,
    "instrument": _instrument,
    "calendar": _calendar,
}
"""Each gives its files by name, none where there is nothing to write."""
