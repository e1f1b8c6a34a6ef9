"""Word templates of an office, filled by docxtpl in a child process, and marked as every paper is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import quoteattr
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage  # type: ignore[import-untyped]  # it has no types
from jinja2.sandbox import ImmutableSandboxedEnvironment

from escalation.documents.layout.confined import confined
from escalation.documents.layout.faults import Source, Unknown, explained
from escalation.documents.layout.names import within
from escalation.documents.layout.templates import visible
from escalation.documents.layout.tree import Paper, Picture, plain
from escalation.documents.layout.word import timeless
from escalation.documents.layout.word_finishing import finish
from escalation.documents.layout.word_styles import FIXED_DAY, RED, SMALL, without_copies
from escalation.errors import RequestError

WIDTH = 150
"""Of a picture, in millimetres, as in our own papers."""
SHOWN = 60


def write(
    file: Path, context: Mapping[str, object], paper: Paper, *, pictures: tuple[Picture, ...], folder: Path
) -> bytes:
    """Fill a Word template of a folder with the context of a paper, and mark it as that paper is marked.

    Raise RequestError where it fails, or asks for too much time or memory.
    """
    within(file, folder)
    drawn = {one.name: one.draw("png") for one in pictures}
    return confined(partial(_filled, file, context, paper, drawn), file.name)


class Drawn(InlineImage):  # type: ignore[misc]  # it has no types
    """A picture in the text, with the words for those who do not see it."""

    def __init__(self, template: DocxTemplate, picture: Picture, drawn: bytes) -> None:
        super().__init__(template, BytesIO(drawn), width=Mm(WIDTH))
        self.alt = picture.alt

    def _insert_image(self) -> str:
        words = quoteattr(self.alt)
        return re.sub("(?<=<wp:docPr )", lambda _: f"descr={words} ", super()._insert_image(), count=1)


def _filled(file: Path, context: Mapping[str, object], paper: Paper, drawn: Mapping[str, bytes]) -> bytes:
    template = _opened(file)

    def finalize(value: object) -> object:
        return Drawn(template, value, drawn[value.name]) if isinstance(value, Picture) else visible(value)

    sandbox = ImmutableSandboxedEnvironment(undefined=Unknown, finalize=finalize)
    try:
        template.render(dict(context), jinja_env=sandbox, autoescape=True)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - an expression of a template may raise anything
        source = Source(folder=file.parent, template=file.name, environment=sandbox, context=context)
        told = explained(error, source)
        raise RequestError(f"{file}{_paragraph(file, told.word)}: {told.message}", help=told.help) from None
    stream = BytesIO()
    template.save(stream)
    document = docx.Document(stream)  # docxtpl has replaced heads and feet behind the back of python-docx
    _mark(document, paper)
    finish(document)
    without_copies(document)
    marked = BytesIO()
    document.save(marked)
    return timeless(marked.getvalue())


def _opened(file: Path) -> DocxTemplate:
    template = DocxTemplate(file)
    try:
        template.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError):  # KeyError where a part is missing
        raise RequestError(f"{file}: no Word document", help="save it as .docx") from None
    return template


def _paragraph(file: Path, word: str) -> str:
    """Show the first paragraph that has a word in a tag: a Word document has no lines."""
    document = docx.Document(str(file))
    parts = [document.element.body]
    parts += [part._element for section in document.sections for part in (section.header, section.footer)]
    for part in parts:
        for one in part.iter(qn("w:p")):
            text = "".join(found.text or "" for found in one.iter(qn("w:t")))
            if word and re.search(rf"{{[{{%].*(?<!\w){re.escape(word)}(?!\w)", text):
                return f", paragraph `{text[:SHOWN]}`"
    return ""


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
