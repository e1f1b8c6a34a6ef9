"""From a template and what it may see to a paper, and from a paper to the bytes of a file."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from escalation.documents.layout import html, md
from escalation.documents.layout.reading import read
from escalation.documents.layout.sheet import Sheet
from escalation.documents.layout.tree import Paper, Picture
from escalation.errors import RequestError
from escalation.policy.scalars import UNSEEN
from escalation.policy.values import Language

INSTALL = "pip install 'escalation[docs]'"


def compose(
    template: str, *, sheet: Sheet, language: Language, pictures: tuple[Picture, ...] = (), **context: object
) -> Paper:
    """Fill a template of the package with a context and read the paper from what it gives.

    Raise RequestError where that is outside the subset of XHTML that papers are written in.
    """
    filled = environment().get_template(template).render(**context)
    return read(filled, template, sheet=sheet, language=language.value, pictures=pictures)


def write(paper: Paper, form: str, *, fonts: Path | None = None) -> bytes:
    """Write a paper in one of FORMS; the same paper gives the same bytes. `fonts` is a folder of fonts for PDF.

    Raise RequestError where the extra `docs` is missing, or no font has a letter of the paper.
    """
    if form == "docx":
        _require("docx", "python-docx")
        from escalation.documents.layout import word

        return word.write(paper)
    if form == "pdf":
        _require("typst", "typst")
        from escalation.documents.layout import pdf

        return pdf.write(paper, fonts=fonts)
    return (html.write(paper) if form == "html" else md.write(paper)).encode()


def _require(module: str, name: str) -> None:
    if find_spec(module) is None:
        raise RequestError(f"this form is written with {name}, which is not installed", help=INSTALL)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Give the sandbox in which the templates of the package are filled."""
    return ImmutableSandboxedEnvironment(
        loader=PackageLoader("escalation", "documents/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=visible,
    )


def visible(value: object) -> object:
    """Put a mark where a character cannot be seen, such as one that turns the order of what follows round."""
    return UNSEEN.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value
