"""Which files of an office's folder are templates, so that none is passed over because of its name."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from zipfile import ZipFile

from jinja2 import Environment, TemplateSyntaxError, meta

from escalation.diagnostics import visible
from escalation.documents.layout.confined import confined
from escalation.errors import RequestError

PAPERS = ("study", "calendar", "circular", "instruction", "regulation", "bylaw")
"""The papers of which Word templates are filled, by the names of their templates."""
NO_PAPER = ("report.html",)
"""What is made of a what-if is no paper, and has no template of an office."""
LIKE_TEMPLATES = {".html", ".htm", ".xhtml", ".j2", ".jinja", ".jinja2", ".docx", ".doc", ".docm", ".dot", ".dotx",
                  ".dotm", ".odt", ".rtf", ".css", ".typ"}  # fmt: skip
DEEP = ("*", "*/*")
PICTURED = {
    "study": ("charts", "{% for one in section.charts %}IMAGE{% endfor %}"),
    "calendar": ("pictures", "{% for one in calendar.pictures %}IMAGE{% endfor %}"),
}
"""Of the papers that hold pictures: the value that holds them, and how they are placed."""
IMAGE = '<figure><img src="{{ one.name }}"/></figure>'


@cache
def examine(folder: Path, ours: tuple[str, ...]) -> None:
    """Raise RequestError for a file that looks like a template and has the name of none, or where there is no template.

    A file that another template includes has any name.
    """
    allowed = names(ours)
    files = sorted(_files(folder))
    included = set(json.loads(confined(partial(_included, folder, files), str(folder))))
    for file in files:
        if file in allowed or file in included:
            continue
        alike = [one for one in allowed if Path(one).name == Path(file).name]
        near = alike or difflib.get_close_matches(file, sorted(allowed), n=1, cutoff=0.5)
        advice = f"did you mean {' or '.join(f'`{one}`' for one in near)}? " if near else ""
        message = f"{visible(str(folder / file))}: no paper has a template of this name, and no template includes it"
        raise RequestError(message, help=f"{advice}{_told(allowed)}")
    if not files:
        raise RequestError(f"no template is in the folder `{folder}`", help=_told(allowed))


def _told(allowed: tuple[str, ...]) -> str:
    pages = ", ".join(f"`{one}`" for one in allowed if one.endswith(".html"))
    return f"the names are {pages}; those of papers also with `.docx`, for Word"


def names(ours: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names that templates of an office may have.

    >>> names(("study.html", "generic/bylaw.html", "generic/parts.html", "paper.css"))
    ('study.html', 'study.docx', 'generic/bylaw.html', 'generic/bylaw.docx', 'generic/parts.html')
    """
    found: list[str] = []
    for one in ours:
        path = Path(one)
        if path.suffix == ".html" and one not in NO_PAPER:
            found += [one, path.with_suffix(".docx").as_posix()] if path.stem in PAPERS else [one]
    return tuple(found)


def without_pictures(folder: Path, form: str) -> Iterator[tuple[Path, str]]:
    """Give the templates of the study and the calendar that place no picture in a form, and what would place one."""
    for paper, (said, written) in PICTURED.items():
        word = folder / f"{paper}.docx"
        file, image = (word, "{{ one }}") if form == "docx" and word.is_file() else (folder / f"{paper}.html", IMAGE)
        if file.is_file() and confined(partial(_speaks, file, folder, said), file.name) == b"no":
            yield file, written.replace("IMAGE", image)


def _speaks(file: Path, folder: Path, word: str) -> bytes:
    """Say whether a template, or any file beside it, speaks of what holds the pictures."""
    if file.suffix == ".docx":
        with ZipFile(file) as parts:
            texts = [re.sub(b"<[^>]*>", b"", parts.read(name)) for name in parts.namelist() if name.endswith(".xml")]
    else:
        texts = [one.read_bytes() for pattern in DEEP for one in folder.glob(pattern) if one.suffix == ".html"]
    return b"yes" if any(word.encode() in text for text in texts) else b"no"


def within(file: Path, folder: Path) -> None:
    """Raise RequestError for a file that a link leads to outside of the folder."""
    if not file.resolve().is_relative_to(folder.resolve()):
        raise RequestError(
            f"{visible(str(file))}: a link leads out of the folder of templates", help="put a copy into the folder"
        )


def _files(folder: Path) -> Iterator[str]:
    for pattern in DEEP:
        for file in folder.glob(pattern):
            is_hidden = any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
            if file.suffix.lower() in LIKE_TEMPLATES and not is_hidden and file.is_file():
                yield file.relative_to(folder).as_posix()


def _included(folder: Path, files: list[str]) -> bytes:
    """Name what templates of the folder include or import; those that cannot be read are told when they are filled."""
    found: set[str] = set()
    for file in files:
        if file.endswith(".html"):
            try:
                tree = Environment(autoescape=True).parse((folder / file).read_text(encoding="utf-8-sig"))
            except (TemplateSyntaxError, UnicodeDecodeError, RecursionError):
                continue
            found.update(name for name in meta.find_referenced_templates(tree) if name is not None)
    return json.dumps(sorted(found)).encode()
