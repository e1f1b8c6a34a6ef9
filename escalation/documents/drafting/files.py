"""Files that hold drafts: Markdown as it is, Word as Markdown with a line for each paragraph."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from escalation.diagnostics import Diagnostic, Place, Severity, visible
from escalation.errors import Refused, RequestError, install
from escalation.policy.values import Language

LARGEST, MOST_LINES = 500_000, 10_000
"""Bytes and lines of a draft that are read: some 200 pages."""
LARGEST_WORD = 20_000_000
"""Bytes of a Word document, which may hold pictures."""
WORD = ".docx"
CONVERSIONS = {
    ".doc": "soffice --headless --convert-to docx",
    ".odt": "soffice --headless --convert-to docx",
    ".rtf": "soffice --headless --convert-to docx",
    ".html": "pandoc --to markdown --wrap none --output draft.md",
}
"""How to make of other files what is read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a line of the Markdown stands in a Word document: the number of its paragraph, and columns before it."""

    paragraph: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A draft as Markdown; `lines` are what readers are shown, `spots` say where those of a Word document stand."""

    text: str
    lines: tuple[str, ...]
    spots: tuple[Spot, ...] = ()

    def located(self, found: Iterable[Diagnostic], language: Language = Language.ENGLISH) -> tuple[Diagnostic, ...]:
        """Give findings the places that they have in the file."""
        return tuple(replace(one, place=self._place(one.place, language)) for one in found)

    def _place(self, place: Place, language: Language) -> Place:
        if not 0 < place.line <= len(self.spots):
            return place
        spot = self.spots[place.line - 1]
        word = "paragraf" if language is Language.INDONESIAN else "paragraph"
        column = max(1, place.column + spot.before)
        return Place(file=place.file, line=spot.paragraph, column=column, cell=f"{word} {spot.paragraph}")


def read_draft(path: str | os.PathLike[str]) -> DraftFile:
    """Read a draft in Markdown or Word.

    Raise RequestError where there is no such file, or what reads Word is missing, Refused where it holds no draft.
    """
    file = os.fspath(path)
    if Path(path).suffix.lower() == WORD:
        return _word(file)
    text = read_text(path)
    return DraftFile(text=text, lines=tuple(text.split("\n")))


def read_text(path: str | os.PathLike[str]) -> str:
    """Read a draft in Markdown. Raise RequestError where there is no such file, Refused where it is no Markdown."""
    file = os.fspath(path)
    data = _bytes(file, LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise _refused(file, "draft-not-text", "the file is not text in UTF-8", _remedy(file))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise _refused(file, "draft-too-large", f"the file has more than {MOST_LINES:,} lines", "split the draft")
    return text


def _word(file: str) -> DraftFile:
    data = _bytes(file, LARGEST_WORD)
    if find_spec("docx") is None:
        raise RequestError(
            "Word is read with `docx`, which is not installed",
            help=f"{install('docs')[0]}, or `pandoc {visible(file)} --to markdown --wrap none -o draft.md`",
        )
    from escalation.documents.drafting import word

    try:
        lines = word.lines(data)
    except word.Unreadable as error:
        raise _refused(file, "draft-not-text", str(error), "open it in Word and save it again as .docx") from None
    text = "\n".join(one.markdown for one in lines)
    if len(text.encode()) > LARGEST or len(lines) > MOST_LINES:
        message = f"the document has more than {LARGEST:,} bytes of text or {MOST_LINES:,} lines"
        raise _refused(file, "draft-too-large", message, "split the draft")
    shown = {one.paragraph: one.whole for one in lines}
    spots = tuple(Spot(paragraph=one.paragraph, before=one.before) for one in lines)
    return DraftFile(text=text, lines=tuple(shown.values()), spots=spots)


def _bytes(file: str, most: int) -> bytes:
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a name of a file").lower()
        raise RequestError(f"`{visible(file)}` cannot be read: {reason}") from None
    if len(data) > most:
        raise _refused(file, "draft-too-large", f"the file has more than {most:,} bytes", "split the draft")
    return data


def _remedy(file: str) -> str:
    """Say how a file that is no text becomes one."""
    way = CONVERSIONS.get(Path(file).suffix.lower())
    return f"convert it: `{way} {visible(file)}`" if way is not None else "save the draft as Markdown or Word (.docx)"


def _refused(file: str, rule: str, message: str, remedy: str) -> Refused:
    one = Diagnostic(rule=rule, severity=Severity.ERROR, message=message, place=Place(file=file), help=remedy)
    return Refused((one,))
