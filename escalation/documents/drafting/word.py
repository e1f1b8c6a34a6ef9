"""Word documents as Markdown: a line for each line of a paragraph, with the mark that Word numbers it by."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from string import ascii_lowercase
from typing import TYPE_CHECKING

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from escalation.documents.drafting.origin import MADE_UP
from escalation.documents.numbering import roman

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

MOST_UNPACKED = 100_000_000
"""Bytes of all parts of a document, unpacked."""
MOST_PARAGRAPHS = 20_000
LONGEST_NUMBER = 6
DEEPEST = 9
"""Levels of lists, and of tables within tables."""
_SIGNS = re.compile(r"[\\*`|\t\u00a0]|<(?=[A-Za-z/!])|&(?=#?\w+;)")
"""What Markdown would take for its own; a space stands in its place."""
_MARK_ALONE = re.compile(r"(?:[a-z]|[0-9]{1,3})[.)]|\([0-9]{1,3}\)")
"""What stands in a cell of its own before the paragraph that it numbers."""
_HEADINGS = {"title": 1, "heading 1": 2, "heading 2": 3, "heading 3": 4, "heading 4": 5}
_VALUE, _STYLE_ID = qn("w:val"), qn("w:styleId")


def _tag(name: str) -> str:
    return qn(f"w:{name}")


_SPACES = {_tag("br"): "\n", _tag("cr"): "\n", _tag("tab"): " ", _tag("noBreakHyphen"): "-"}
_PROPERTIES = ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr")
_LEFT_OUT = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    *(_tag(name) for name in (*_PROPERTIES, "del", "moveFrom", "drawing", "pict", "object", "instrText")),
}
"""What holds no text of the draft: properties, pictures and text boxes, and what a tracked change takes out."""


class Unreadable(Exception):
    """A file that is no Word document, or one that is not safe to unpack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLine:
    """A line of a paragraph: as Markdown, with the number and the whole of its paragraph, and columns before it."""

    markdown: str
    paragraph: int
    whole: str
    before: int


def lines(data: bytes) -> list[WordLine]:
    """Read the paragraphs of a Word document that say something, changes that are tracked as if they were accepted.

    The banner of an illustration, at the head of the first page, stands before them.

    Raise Unreadable where it cannot be read.
    """
    document = _opened(data)
    styles = {one.get(_STYLE_ID, ""): one for one in document.styles.element.findall(_tag("style"))}
    numbering = _Numbering(lists=_lists(document), styles=styles)
    found = [line for text in _banners(document) for line in _lines_of(text, 1, 0)]
    number, above = 0, ""
    for paragraph in _paragraphs(document.element.body):
        mark = above + numbering.mark(paragraph)
        text = _SIGNS.sub(" ", "".join(_said(paragraph))).strip()
        above = f"{text} " if _MARK_ALONE.fullmatch(text) else ""
        if above or not text.strip(" :"):
            continue
        number += 1
        if number > MOST_PARAGRAPHS:
            raise Unreadable(f"the document has more than {MOST_PARAGRAPHS:,} paragraphs")
        found += _lines_of(f"{mark}{text}", number, _level(paragraph, styles))
    return found


def _banners(document: Document) -> Iterator[str]:
    """Give what stands at the head of the first page and says that figures are made up."""
    for first in document.sections[:1]:
        head = first.first_page_header if first.different_first_page_header_footer else first.header
        try:
            held = None if head.is_linked_to_previous else head._element
        except KeyError:  # where the part is missing
            held = None
        for paragraph in _paragraphs(held) if held is not None else ():
            text = _SIGNS.sub(" ", "".join(_said(paragraph))).strip()
            if MADE_UP in text:
                yield text


def _level(paragraph: Element, styles: dict[str, Element]) -> int:
    """Give the level of the heading that a paragraph is by its style; 0 where it is none."""
    name = styles.get(_style_of(paragraph))
    said = name.find(_tag("name")) if name is not None else None
    return _HEADINGS.get(said.get(_VALUE, "").lower(), 0) if said is not None else 0


def _style_of(paragraph: Element) -> str:
    said = paragraph.find(f"{_tag('pPr')}/{_tag('pStyle')}")
    return str(said.get(_VALUE, "")) if said is not None else ""


def _lines_of(text: str, number: int, level: int) -> Iterator[WordLine]:
    sign = "#" * level + " " * (level > 0)
    whole, before = text.replace("\n", " "), 0
    for one in text.split("\n"):
        # Two spaces end a block of Markdown: each line stands for itself.
        yield WordLine(markdown=f"{sign}{one}  ", paragraph=number, whole=whole, before=before - len(sign))
        before += len(one) + 1


def _opened(data: bytes) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(f"the document has more than {MOST_UNPACKED:,} bytes when it is unpacked")
        return docx.Document(BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, NotImplementedError) as error:
        raise Unreadable("the file is no Word document that can be read") from error


def _paragraphs(held: Element) -> Iterator[Element]:
    """Give all paragraphs in order, those in tables row by row, whatever they are wrapped in."""
    for one in held.iterchildren("{*}*"):
        if one.tag == _tag("p"):
            yield one
        elif one.tag not in _LEFT_OUT:
            yield from _paragraphs(one)


def _said(held: Element) -> Iterator[str]:
    """Give the text of a paragraph, piece by piece."""
    for one in held.iterchildren("{*}*"):
        if one.tag == _tag("t"):
            yield one.text or ""
        elif one.tag in _SPACES:
            yield _SPACES[one.tag]
        elif one.tag not in _LEFT_OUT:
            yield from _said(one)


Level = dict[str, str]
"""What is said of a level of a list: `numFmt`, `lvlText`, `start`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list: the definition that it shares with others, the levels of that, and where it starts anew."""

    key: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class _Numbering:
    """Counts the items of the lists of a document as Word does: lists of one definition go on, unless they say not."""

    lists: dict[str, _List]
    styles: dict[str, Element]
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def mark(self, paragraph: Element) -> str:
        """Give the mark before a paragraph, with a space after it; empty where it has none, or a bullet."""
        number, level = self._list_of(paragraph)
        found = self.lists.get(number)
        if found is None or level >= DEEPEST:
            return ""
        counts = self._counted(number, found, level)
        said = found.levels.get(level, {})
        if said.get("numFmt", "bullet") in {"bullet", "none"}:
            return ""

        def written(one: re.Match[str]) -> str:
            place = int(one[1]) - 1
            return _written(counts[place], found.levels.get(place, {}).get("numFmt", "decimal"))

        return f"{re.sub('%([1-9])', written, said.get('lvlText', ''))} ".lstrip()

    def _counted(self, number: str, found: _List, level: int) -> list[int]:
        """Count one more item of a level; a list that says where it starts does so at its first item."""
        counts = self.counts.setdefault(found.key, [0] * DEEPEST)
        if number not in self.begun:
            self.begun.add(number)
            for place, start in found.starts.items():
                counts[place] = start - 1
        for above in range(level):
            counts[above] = counts[above] or _start(found, above)
        is_first = counts[level] == 0 and level not in found.starts
        counts[level] = _start(found, level) if is_first else counts[level] + 1
        counts[level + 1 :] = [0] * (DEEPEST - level - 1)
        return counts

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        """Give the number of the list that a paragraph or its style is in, and the level; empty where it is in none."""
        element: Element | None = paragraph
        style = _style_of(paragraph)
        for _ in range(DEEPEST):
            held = element.find(f"{_tag('pPr')}/{_tag('numPr')}") if element is not None else None
            number = held.find(_tag("numId")) if held is not None else None
            if held is not None and number is not None:
                level = held.find(_tag("ilvl"))
                return str(number.get(_VALUE, "")), _whole(level.get(_VALUE) if level is not None else None, 0)
            element = self.styles.get(style)
            above = element.find(_tag("basedOn")) if element is not None else None
            style = str(above.get(_VALUE, "")) if above is not None else ""
        return "", 0


def _lists(document: Document) -> dict[str, _List]:
    """Give the lists of a document by their numbers."""
    try:
        numbering = document.part.numbering_part.element
    except NotImplementedError:  # what python-docx says of a document without lists
        return {}
    definitions = {one.get(_tag("abstractNumId")): one for one in numbering.findall(_tag("abstractNum"))}
    found = {}
    for num in numbering.findall(_tag("num")):
        held = num.find(_tag("abstractNumId"))
        key = held.get(_VALUE, "") if held is not None else ""
        levels = {
            _whole(level.get(_tag("ilvl")), 0): {
                part.tag.rpartition("}")[2]: part.get(_VALUE, "") for part in level.iterchildren("{*}*")
            }
            for level in (definitions[key].findall(_tag("lvl")) if key in definitions else ())
        }
        starts = {
            _whole(one.get(_tag("ilvl")), 0): _whole(start.get(_VALUE), 1)
            for one in num.findall(_tag("lvlOverride"))
            if (start := one.find(_tag("startOverride"))) is not None and _whole(one.get(_tag("ilvl")), 0) < DEEPEST
        }
        found[num.get(_tag("numId"), "")] = _List(key=key, levels=levels, starts=starts)
    return found


def _start(of: _List, level: int) -> int:
    return _whole(of.levels.get(level, {}).get("start"), 1)


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said is not None and said.isdecimal() and len(said) < LONGEST_NUMBER else otherwise


def _written(count: int, form: str) -> str:
    """Write the number of an item in a form of Word.

    >>> _written(2, "lowerLetter"), _written(4, "upperRoman"), _written(12, "decimal")
    ('b', 'IV', '12')
    """
    letter = ascii_lowercase[(count - 1) % len(ascii_lowercase)] * min(3, 1 + (count - 1) // len(ascii_lowercase))
    match form:
        case "lowerLetter":
            return letter
        case "upperLetter":
            return letter.upper()
        case "lowerRoman":
            return roman(count).lower()
        case "upperRoman":
            return roman(count)
        case _:
            return str(count)
