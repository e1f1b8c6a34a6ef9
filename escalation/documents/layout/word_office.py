"""Word templates of an office, filled by docxtpl in a child process, and marked as every paper is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Pt
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it has no types
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from escalation.documents.layout.confined import confined
from escalation.documents.layout.templates import visible
from escalation.documents.layout.tree import Paper, plain
from escalation.documents.layout.word import timeless
from escalation.documents.layout.word_styles import FIXED_DAY, RED, SMALL, without_copies


def write(file: Path, context: Mapping[str, object], paper: Paper) -> bytes:
    """Fill a Word template with the context of a paper, and mark it as that paper is marked.

    Raise RequestError where it fails, or asks for too much time or memory.
    """
    return confined(partial(_filled, file, context, paper), file.name)


def _filled(file: Path, context: Mapping[str, object], paper: Paper) -> bytes:
    template = DocxTemplate(file)
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=visible)
    template.render(dict(context), jinja_env=sandbox, autoescape=True)
    stream = BytesIO()
    template.save(stream)
    document = docx.Document(stream)  # docxtpl has replaced heads and feet behind the back of python-docx
    _mark(document, paper)
    without_copies(document)
    marked = BytesIO()
    document.save(marked)
    return timeless(marked.getvalue())


def _mark(document: Document, paper: Paper) -> None:
    """Put the banner at the head and the trace at the foot of every page, and all of the trace at the end."""
    for number, section in enumerate(document.sections):
        heads = [section.header, *([section.first_page_header] if section.different_first_page_header_footer else [])]
        feet = [section.footer, *([section.first_page_footer] if section.different_first_page_header_footer else [])]
        for place, text in ((heads, plain(paper.banner)), (feet, paper.trace.short)):
            for one in place:
                if not one.is_linked_to_previous or number == 0:
                    run = one.add_paragraph().add_run(text)
                    run.font.size, run.font.color.rgb = Pt(SMALL), RED
    for line in (paper.trace.heading, *paper.trace.lines):
        document.add_paragraph().add_run(plain(line)).font.size = Pt(SMALL)
    properties = document.core_properties
    properties.comments, properties.created, properties.modified = paper.trace.short[:255], FIXED_DAY, FIXED_DAY
