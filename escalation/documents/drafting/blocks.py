"""The Markdown of a draft as blocks: a paragraph, a heading, a label or an item of a list each, with its place.

Drafts come from this program and from the hands of a legal bureau, so that `**BAB I**`, `BAB I` and `## BAB I` read the
same, and items may follow each other without a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from escalation.documents.drafting.passage import Passage, Position, joined, passage


class Style(StrEnum):
    """How an item is numbered."""

    NONE = ""
    ROMAN = "I."
    PARAGRAPH = "(1)"
    LETTER = "a."
    NUMBER = "1."
    LETTER_BRACKET = "a)"
    NUMBER_BRACKET = "1)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a draft: `label` of a labelled part (`Menimbang`), or `mark` and `style` of an item, and the text.

    `at` is where the piece begins, its label or mark included.
    """

    passage: Passage
    at: Position
    level: int = 0
    label: str = ""
    mark: str = ""
    style: Style = Style.NONE

    @property
    def text(self) -> str:
        """What it says."""
        return self.passage.text


ORDINALS = (
    "KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH",
    "KESEBELAS", "KEDUA BELAS", "KETIGA BELAS", "KEEMPAT BELAS", "KELIMA BELAS", "KEENAM BELAS", "KETUJUH BELAS",
    "KEDELAPAN BELAS", "KESEMBILAN BELAS", "KEDUA PULUH",
)  # fmt: skip
LABELS = ("Menimbang", "Mengingat", "Memperhatikan", "Membaca", "Mendengar", "Menetapkan", "Kepada", "Untuk", "Dasar")
_NAMES = "|".join([*LABELS, *(name.upper() for name in LABELS), *sorted(ORDINALS, key=len, reverse=True)])
_LABEL = re.compile(rf"(?P<label>{_NAMES}) ?(?::|$)")
_MARKS = {
    Style.PARAGRAPH: re.compile(r"\((?P<mark>[0-9]{1,3}[a-z]?)\)(?P<stop>\.?)(?: |$)"),
    Style.NUMBER: re.compile(r"(?P<mark>[0-9]{1,3})\.(?: |$)"),
    Style.LETTER: re.compile(r"(?P<mark>a?[a-z])\.(?: |$)"),
    Style.NUMBER_BRACKET: re.compile(r"(?P<mark>[0-9]{1,3})\)(?: |$)"),
    Style.LETTER_BRACKET: re.compile(r"(?P<mark>a?[a-z])\)(?: |$)"),
    Style.ROMAN: re.compile(r"(?P<mark>[IVX]{1,5})\. (?=[A-Z])"),
}
_ALONE = re.compile(
    r"(?:BAB [IVXLC]+\b.{0,200}|Bagian [Kk]e\w+.{0,200}|Paragraf [0-9]+.{0,200}|(?:Pasal|PASAL) [0-9]+[A-Z]?"
    r"|MEMUTUSKAN ?:?|(?:RANCANGAN )?PENJELASAN|LAMPIRAN.{0,200}|Agar setiap orang .*"
    r"|(?:Ditetapkan|Dikeluarkan|Diundangkan) di .*"
    r"|[Pp]ada tanggal\b.*|(?:DENGAN RAHMAT|Dengan persetujuan|Dengan Persetujuan|DEWAN PERWAKILAN RAKYAT).*"
    r"|TEMBUSAN.*|Tembusan.*)"
)
_PREFIX = re.compile(r"(?:\s|>)*(?:(?P<marks>#{1,6})(?:\s+|$)|(?P<bullet>[-+*•]\s+))?")
_OF_RULES = frozenset("-=*_|:+ \t")


def blocks(text: str) -> Iterator[Block]:
    """Split the Markdown of a draft into its blocks, in order."""
    held: list[Passage] = []
    level = 0
    for number, line in enumerate(without_comments(text).split("\n"), start=1):
        if _says_nothing(line):
            yield from _made(held, level)
            held, level = [], 0
            continue
        found, marks, is_bullet = _line(line, number)
        if not found.text:
            continue
        if held and (marks or level or is_bullet or _begins(found, held[-1])):
            yield from _made(held, level)
            held = []
        held.append(found)
        level = marks
        if marks or line.endswith(("  ", "\\", "<br>", "<br/>", "<br />")):
            yield from _made(held, level)
            held, level = [], 0
    yield from _made(held, level)


def _says_nothing(line: str) -> bool:
    """Say whether a line is empty, a rule, the border of a table or the fence of a block of code."""
    text = line.strip(" \t>\r\f\v")
    if not text or text.startswith("```"):
        return True
    is_rule = any(sign * 3 in text for sign in "-=*_") or not text.strip("| \t")
    return is_rule and _OF_RULES.issuperset(text)


def without_comments(text: str) -> str:
    r"""Blank out comments, each line break left where it is.

    >>> without_comments("a<!-- b\nc -->d")
    'a      \n     d'
    """
    pieces, last = [], 0
    while (start := text.find("<!--", last)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += [text[last:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        last = end + 3
    return "".join([*pieces, text[last:]])


def _line(line: str, number: int) -> tuple[Passage, int, bool]:
    """Give the text of a line, the level of its heading (0 where it is none), and whether it begins with a bullet."""
    prefix = _PREFIX.match(line)
    start = prefix.end() if prefix else 0
    marks = len(prefix["marks"] or "") if prefix else 0
    rest = line[start:].removesuffix("\\")
    if rest.startswith("|"):
        rest = rest.replace("|", " ")
    return passage(rest, number, column=start + 1), marks, prefix is not None and prefix["bullet"] is not None


def _begins(line: Passage, before: Passage) -> bool:
    """Say whether a line within a paragraph begins a piece of its own."""
    if _LABEL.match(line.text) or any(mark.match(line.text) for mark in _MARKS.values()):
        return True
    if not _ALONE.fullmatch(line.text):
        return bool(_ALONE.fullmatch(before.text)) and not before.text.startswith("Agar ")
    return (
        not line.text.startswith(("Pasal ", "PASAL ")) or before.text.endswith((".", ";", ":")) or before.text.isupper()
    )


def _made(lines: list[Passage], level: int) -> Iterator[Block]:
    if not lines:
        return
    whole = joined(lines)
    found = _LABEL.match(whole.text)
    if found is None or level:
        yield _item(whole, level)
        return
    rest = whole.part(found.end())
    label = " ".join(found["label"].split())
    if not rest.text:
        yield Block(passage=rest, at=whole.at(), label=label)
        return
    item = _item(rest, 0)
    yield Block(passage=item.passage, at=item.at if item.mark else whole.at(), label=label, mark=item.mark,
                style=item.style)  # fmt: skip


def _item(whole: Passage, level: int) -> Block:
    for style, pattern in _MARKS.items():
        if found := pattern.match(whole.text):
            mark = found["mark"] + (found["stop"] if style is Style.PARAGRAPH else "")
            return Block(passage=whole.part(found.end()), at=whole.at(), level=level, mark=mark, style=style)
    return Block(passage=whole, at=whole.at(), level=level)
