"""From a template and what it may see to a paper, and from a paper to the bytes of a file."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from escalation.documents.layout import html, md
from escalation.documents.layout.reading import read
from escalation.documents.layout.sheet import Sheet
from escalation.documents.layout.templates import fill
from escalation.documents.layout.tree import Paper, Picture
from escalation.errors import RequestError, install
from escalation.policy.values import Language

INSTALL = install("docs")


def compose(
    template: str,
    *,
    sheet: Sheet,
    language: Language,
    pictures: tuple[Picture, ...] = (),
    templates: Path | None = None,
    **context: object,
) -> Paper:
    """Fill a template with a context and read the paper from what it gives.

    `templates` is an office's folder: of a template of the same name there, ours is not asked; a Word document of that
    name is filled for the form `docx`. Raise RequestError where a template of an office fails, or what it gives is
    outside the subset of XHTML that papers are written in.
    """
    filled = fill(template, context, folder=templates)
    paper = read(filled, template, sheet=sheet, language=language.value, pictures=pictures)
    if templates is None or not (file := (templates / template).with_suffix(".docx")).is_file():
        return paper

    def word() -> bytes:
        _require("docxtpl")
        from escalation.documents.layout import word_office

        return word_office.write(file, context, paper, pictures=pictures, folder=templates)

    return replace(paper, word=word)


def write(paper: Paper, form: str, *, fonts: Path | None = None) -> bytes:
    """Write a paper in one of FORMS; the same paper gives the same bytes. `fonts` is a folder of fonts for PDF.

    Raise RequestError where the extra `docs` is missing, or no font has a letter of the paper.
    """
    match form:
        case "docx":
            _require("docx")
            from escalation.documents.layout import word

            return word.write(paper) if paper.word is None else paper.word()
        case "pdf":
            _require("typst")
            from escalation.documents.layout import pdf

            return pdf.write(paper, fonts=fonts)
    return (html.write(paper) if form == "html" else md.write(paper)).encode()


def fonts_lacking(folder: Path) -> str | None:
    """Name the letters that papers are to be set in, where a folder of fonts has none of them; as `examine`."""
    _require("typst")
    from escalation.documents.layout import pdf

    return pdf.examine(folder)


def _require(module: str) -> None:
    if find_spec(module) is None:
        raise RequestError(
            f"this form is written with `{module}`, which is not installed",
            help=INSTALL[0],
            indonesian=(f"bentuk ini ditulis dengan `{module}`, yang belum terpasang", INSTALL[1]),
        )
