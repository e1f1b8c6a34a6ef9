"""The papers on one recommendation, by the names that `--paper` gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from escalation.diagnostics import Diagnostic, Place
from escalation.documents.drafting.harness import check, names_instrument
from escalation.documents.layout.render import write
from escalation.documents.layout.tree import Paper
from escalation.documents.papers.calendar.files import calendar_files
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.instruments.instrument import instrument, repeal
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files of a paper by name, and what the rules on drafts find in it."""

    files: Mapping[str, bytes]
    findings: tuple[Diagnostic, ...] = ()


def _study(asked: Request) -> Written:
    paper = study(
        asked.policy,
        asked.observations,
        (asked.subject,),
        language=asked.language,
        made_with=asked.made_with,
        templates=asked.templates,
    )
    return Written(files=_file("study", paper, asked))


def _instrument(asked: Request) -> Written:
    paper = instrument(
        asked.policy, asked.observations, asked.subject, made_with=asked.made_with, templates=asked.templates
    )
    return _draft("instrument", paper, asked)


def _repeal(asked: Request) -> Written:
    paper = repeal(
        asked.policy, asked.observations, asked.subject, made_with=asked.made_with, templates=asked.templates
    )
    return _draft("repeal", paper, asked)


def _draft(name: str, paper: Paper | None, asked: Request) -> Written:
    """Write a draft, and try the rules on drafts in it, by the law of the week's last day."""
    if paper is None:
        return Written(files={})
    files, text = _file(name, paper, asked), write(paper, "md").decode()
    day = asked.subject.explanation.last_day
    findings = check(text, day, file=next(iter(files)), language=asked.language) if names_instrument(text) else ()
    if asked.form != "md":  # the lines are those of Markdown, and stand in no other form
        findings = tuple(replace(one, place=Place(file=one.place.file)) for one in findings)
    return Written(files=files, findings=findings)


def _calendar(asked: Request) -> Written:
    files = calendar_files(
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
    return Written(files=files)


def _file(name: str, paper: Paper, asked: Request) -> Mapping[str, bytes]:
    return {file_name(name, asked.subject.explanation, asked.form): write(paper, asked.form, fonts=asked.fonts)}


PAPERS: Mapping[str, Callable[[Request], Written]] = {
    "study": _study,
    "instrument": _instrument,
    "repeal": _repeal,
    "calendar": _calendar,
}
"""Each gives its files by name, none where there is nothing to write."""
