"""The page of templates, made from the dataclasses that they see and the macros that they may use."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Union, get_args, get_origin, get_type_hints

from escalation.documents.layout.tree import Picture
from escalation.documents.papers.calendar.contents import CalendarContext
from escalation.documents.papers.calendar.phrases import HEADINGS as CALENDAR_WORDS
from escalation.documents.papers.contents import StudyContext
from escalation.documents.papers.instruments.instrument import NAMES
from escalation.documents.papers.phrases import HEADINGS as STUDY_WORDS

MARK = "<!-- Below this line the page is made from the dataclasses and the macros. -->\n"
TEMPLATES = Path(__file__).resolve().parents[2] / "escalation" / "documents" / "templates"
MACROS = ("marks.html", "acts.html", "generic/parts.html", "indonesia-city/parts.html")
WORDS = {StudyContext: STUDY_WORDS, CalendarContext: CALENDAR_WORDS}
HIDDEN = {Picture: {"draw"}}
"""What no template asks for: a picture is placed by its name, in Word by itself."""


def made(head: str) -> str:
    """Give the whole page: what was written by hand, and what the code says."""
    contexts = [("study", StudyContext, "study"), ("calendar", CalendarContext, "calendar")]
    contexts += [("instrument", context, name) for context, name in NAMES.items()]
    parts: dict[type, None] = {}
    lines = ["| templates | see | which is a |", "| --- | --- | --- |"]
    for name, context, template in contexts:
        where = f"{template}.html" if name != "instrument" else f"PACK/{template}.html"
        lines.append(f"| `{where}`, `{where.replace('html', 'docx')}` | `{name}` | `{context.__name__}` |")
        parts |= dict.fromkeys(_reached(context))
    lines += ["", "| value | is | has |", "| --- | --- | --- |", *(_row(one) for one in parts), ""]
    lines += [
        f"The words of `{one.__name__}.heading`: {', '.join(map(_code, words))}.\n" for one, words in WORDS.items()
    ]
    lines += ["## Macros", "", "| from | macro | writes |", "| --- | --- | --- |"]
    lines += [row for file in MACROS for row in _macros(file)]
    return head + MARK + "\n" + "\n".join(lines) + "\n"


def _reached(one: type) -> Iterator[type]:
    yield one
    for kind in get_type_hints(one).values():
        yield from (inner for part in _inside(kind) if is_dataclass(part) for inner in _reached(part))


def _inside(kind: object) -> Iterator[type]:
    if isinstance(kind, type) and not get_args(kind):
        yield kind
    for part in get_args(kind):
        yield from _inside(part)


def _row(one: type) -> str:
    doc = (one.__doc__ or "").partition("\n\n")
    told = " ".join(" ".join((doc[0], doc[2])).split())
    hints = get_type_hints(one)
    names = [name.name for name in fields(one) if name.name not in HIDDEN.get(one, ())]  # type: ignore[arg-type]
    return f"| `{one.__name__}` | {told} | {', '.join(_field(name, hints[name]) for name in names)} |"


def _field(name: str, kind: object) -> str:
    said = _said(kind)
    return _code(name) if said == "a text" else f"{_code(name)} ({said})"


def _said(kind: object) -> str:
    """Say in plain words what a field holds.

    >>> _said(str), _said(tuple[str, ...]), _said(tuple[tuple[int, str], ...]), _said(dict[str, str])
    ('a text', 'texts', 'pairs of a number and a text', 'words by name')
    """
    arguments = get_args(kind)
    if get_origin(kind) in {Union, types.UnionType}:
        return f"{_said(arguments[0])}, or nothing"
    if get_origin(kind) is dict:
        return "words by name"
    if get_origin(kind) is tuple and arguments[-1] is Ellipsis:
        inner = _said(arguments[0])
        return {"a text": "texts", "texts": "lists of texts"}.get(inner) or (
            inner if inner.startswith("pairs") else f"a list of {inner}"
        )
    if get_origin(kind) is tuple:
        return f"pairs of {' and '.join(map(_said, arguments))}"
    return {str: "a text", int: "a number"}.get(kind) or _code(kind.__name__)  # type: ignore[call-overload, attr-defined]


def _macros(file: str) -> Iterator[str]:
    text = (TEMPLATES / file).read_text(encoding="utf-8")
    for told, name, given in re.findall(r"\{# (.*?) #\}\n\{% macro (\w+)\((.*?)\) %\}", text):
        yield f"| `{file}` | `{name}({given})` | {told.rstrip('.')} |"


def _code(name: str) -> str:
    return f"`{name}`"
