"""A report as one page of HTML that needs no other file and runs nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from escalation.documents.charts.canvas import svg
from escalation.documents.charts.frame import Frame
from escalation.documents.layout.templates import sandbox
from escalation.documents.report.model import Chart, Report, Table
from escalation.documents.report.phrases import PHRASES, phrase

MOST_UNLISTED = 4
"""With more sections than this there is a table of contents."""
SECURITY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as SVG that was made here, with the methods of what it shows."""

    svg: Markup
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A section as the template sees it."""

    heading: str
    paragraphs: tuple[str, ...]
    parts: tuple[Table | Picture, ...]


def page(report: Report) -> str:
    """Write a report as HTML. Raise RequestError where it has pictures and matplotlib is not installed."""
    environment = sandbox(PackageLoader("escalation", "documents/templates"), StrictUndefined, finalize=_seen)
    environment.filters["code"] = _code
    sections = [
        Shown(
            heading=section.heading,
            paragraphs=section.paragraphs,
            parts=tuple(
                _picture(report, one, f"s{place}p{number}-") if isinstance(one, Chart) else one
                for number, one in enumerate(section.parts)
            ),
        )
        for place, section in enumerate(report.sections, start=1)
    ]
    return environment.get_template("report.html").render(
        report=report,
        labels=tuple(dict.fromkeys((*report.provenance.remarks, *report.labels))),
        sections=sections,
        has_contents=len(sections) > MOST_UNLISTED,
        phrase={key: phrase(key, report.language) for key in PHRASES if "{" not in PHRASES[key][0]},
        facts=tuple(report.provenance.facts(report.language)),
        security=SECURITY,
        foot=_css_text(report.provenance.line(report.language)),
    )


def _picture(report: Report, chart: Chart, prefix: str) -> Picture:
    source = chart.source or report.provenance
    caption = (*chart.caption, *source.caption(report.language))
    drawn = svg(chart.drawing, Frame(title=chart.title, language=report.language, caption=caption), prefix=prefix)
    shown = Markup(drawn.decode())  # noqa: S704 - drawn here: letters are outlines, title and description are escaped
    return Picture(svg=shown, methods=source.methods)


def _seen(value: object) -> object:
    """Take from a text the signs that change how others are read; a picture stays as it is."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(sign for sign in value if sign in "\t\n" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})


def _code(text: str) -> Markup:
    """Let what stands between backticks be shown as code; the text is escaped."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(_seen(text)))))  # noqa: S704 - escaped before


def _css_text(text: str) -> Markup:
    """Write a text as a string of CSS: every sign but letters, digits and spaces as its number, ended by a space."""
    shown = (sign if sign == " " or (sign.isascii() and sign.isalnum()) else f"\\{ord(sign):06x} " for sign in text)
    return Markup(f'"{"".join(shown)}"')  # noqa: S704 - no sign is left that could end the string
