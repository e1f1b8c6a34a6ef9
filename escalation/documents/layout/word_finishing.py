"""Finishes the texts of a Word document of an office as those of our own papers are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from escalation.documents.layout.typography import HYPHEN, finished

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

TEXT, PARAGRAPH = qn("w:t"), qn("w:p")
GAPS = (qn("w:tab"), qn("w:br"), qn("w:cr"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def finish(document: Document) -> None:
    """Finish the texts of the body, and of the heads and feet of its pages."""
    for part in _parts(document):
        for paragraph in part.iter(PARAGRAPH):
            _finish(paragraph)


def _parts(document: Document) -> Iterator[BaseOxmlElement]:
    yield document.element.body
    for section in document.sections:
        for one in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not one.is_linked_to_previous:
                yield one._element


def _finish(paragraph: BaseOxmlElement) -> None:
    """Finish a paragraph as one text: what stands before a sign may be in another run."""
    held = [one for one in paragraph.iter(TEXT, *GAPS) if next(one.iterancestors(PARAGRAPH)) is paragraph]
    said = [(one.text or "") if one.tag == TEXT else "\n" for one in held]
    whole = finished("".join(said))
    hyphens = {found.start() for found in HYPHEN.finditer(whole)}
    start = 0
    for one, text in zip(held, said, strict=True):
        end = start + len(text)
        cuts = [place for place in range(start, end) if place in hyphens]
        if one.tag == TEXT and (cuts or whole[start:end] != text):
            bounds = zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True)
            _put(one, [whole[first:last] for first, last in bounds])
        start = end


def _put(one: BaseOxmlElement, pieces: list[str]) -> None:
    """Put pieces with hyphens between them in the place of a text."""
    one.text = pieces[0]
    one.set(SPACE, "preserve")
    last = one
    for piece in pieces[1:]:
        hyphen, text = OxmlElement("w:noBreakHyphen"), OxmlElement("w:t")
        text.text = piece
        text.set(SPACE, "preserve")
        last.addnext(hyphen)
        hyphen.addnext(text)
        last = text
