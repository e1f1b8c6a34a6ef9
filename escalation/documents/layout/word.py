"""A paper as a Word document that can be edited: heading styles, numbered lists, tables with repeated heads."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

import docx
from docx.document import _Body
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from escalation.documents.layout.sheet import Sheet
from escalation.documents.layout.tree import (
    TOGETHER,
    Block,
    Figure,
    Grounds,
    Heading,
    Line,
    Listing,
    PageBreak,
    Paper,
    Paragraph,
    Signature,
    Table,
    Text,
    following,
    is_long,
)
from escalation.documents.layout.typography import HYPHEN
from escalation.documents.layout.word_styles import HEADINGS, INDENT, add_list, mark, set_up

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

    Container: TypeAlias = _Body | _Cell

ALIGNMENT = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
LABEL, COLON = 32, 5
"""Widths of the columns of grounds before the content, in millimetres."""
WIDEST_PICTURE = 150
NO_MARGIN = f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/></w:tblCellMar>'
SHADE = "EEEEEE"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def write(paper: Paper) -> bytes:
    """Write a paper as DOCX."""
    document = docx.Document(BytesIO(_blank(paper.sheet, paper.language, is_centred=paper.title.is_centred)))
    mark(document, paper)
    writer = _Writer(document, paper.sheet.width - paper.sheet.left - paper.sheet.right)
    body = document._body
    writer.blocks(body, paper.blocks, writer.width)
    heading = writer.paragraph(body, paper.trace.heading, "Trace")
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(18), True
    for place, line in enumerate(paper.trace.lines, start=1):
        written = writer.paragraph(body, line, "Trace")
        is_tail = len(paper.trace.lines) - TOGETHER < place < len(paper.trace.lines)
        written.paragraph_format.keep_with_next = is_tail or None
    stream = BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


@cache
def _blank(sheet: Sheet, language: str, *, is_centred: bool) -> bytes:
    """Give a document without a text that has the styles of a paper; it takes as long to make as a page of text."""
    document, stream = docx.Document(), BytesIO()
    set_up(document, sheet, language, is_centred=is_centred)
    document.save(stream)
    return stream.getvalue()


def timeless(archive: bytes) -> bytes:
    """Write an archive again with one time for all its files."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as found, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in found.namelist():
            one = zipfile.ZipInfo(name, FIXED_TIME)
            one.compress_type, one.create_system = zipfile.ZIP_DEFLATED, 0
            packed.writestr(one, found.read(name))
    return stream.getvalue()


@dataclass(slots=True)
class _Writer:
    """Writes blocks into a document of a width in millimetres; `breaks` says that the next begins a page.

    `last` is the paragraph written last.
    """

    document: Document
    width: float
    breaks: bool = False
    last: WordParagraph | None = None

    def blocks(self, container: Container, blocks: tuple[Block, ...], width: float, *, level: int = 0) -> None:
        for block, stays in following(blocks):
            self.block(container, block, width, level)
            if stays and self.last is not None:
                self.last.paragraph_format.keep_with_next = True
                if isinstance(block, Grounds):
                    for paragraph in (one for cell in container.tables[-1].rows[-1].cells for one in cell.paragraphs):
                        paragraph.paragraph_format.keep_with_next = True

    def block(self, container: Container, block: Block, width: float, level: int) -> None:
        match block:
            case Heading(content=content, is_centred=is_centred):
                paragraph = self.paragraph(container, content, HEADINGS[block.level].replace(" ", ""))
                paragraph.alignment = ALIGNMENT["centre"] if is_centred else WD_ALIGN_PARAGRAPH.LEFT
            case Paragraph():
                self.text(container, block, level)
            case Listing():
                self.listing(container, block, width, level)
            case Grounds():
                self.grounds(container, block, width)
            case Table():
                self.table(container, block, width)
            case Figure():
                self.figure(container, block, width)
            case Signature():
                self.signature(container, block, width)
            case PageBreak():
                self.breaks = True

    def paragraph(self, container: Container, content: Line, style: str | None = None) -> WordParagraph:
        paragraph = container.add_paragraph()
        if style is not None:
            paragraph._p.style = style  # by its id: python-docx looks through all styles for a name, 5 ms a paragraph
        if self.breaks:
            paragraph.paragraph_format.page_break_before, self.breaks = True, False
        _runs(paragraph, content)
        self.last = paragraph
        return paragraph

    def text(self, container: Container, block: Paragraph, level: int) -> WordParagraph:
        paragraph = self.paragraph(container, block.content, "Note" if block.style == "note" else None)
        if block.style in ALIGNMENT:
            paragraph.alignment = ALIGNMENT[block.style]
        if level:
            paragraph.paragraph_format.left_indent = Mm(level * INDENT)
        return paragraph

    def listing(self, container: Container, block: Listing, width: float, level: int) -> None:
        """Write a list with real numbering; what follows the first paragraph of an item is indented as its text."""
        number = add_list(self.document, block.marker, level)
        for item in block.items:
            led = item[0].content if item and isinstance(item[0], Paragraph) else ()
            paragraph = self.paragraph(container, led, "ListParagraph")
            numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = level, number
            self.blocks(container, item[1:] if led else item, width, level=level + 1)

    def grounds(self, container: Container, block: Grounds, width: float) -> None:
        widths = (LABEL, COLON, width - LABEL - COLON)
        table = self.grid(container, len(block.rows), widths)
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(parse_xml(NO_MARGIN))
        for row, ground in zip(table.rows, block.rows, strict=True):
            label, colon, content = row.cells
            _runs(label.paragraphs[0], ground.label)
            label.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
            colon.paragraphs[0].add_run(":")
            self.fill(content, ground.content, widths[2])

    def fill(self, cell: _Cell, blocks: tuple[Block, ...], width: float) -> None:
        """Write blocks into a cell in place of its empty paragraph; a cell ends with a paragraph."""
        empty = cell.paragraphs[0]._p
        self.blocks(cell, blocks, width)
        if blocks:
            cell._tc.remove(empty)
        if blocks and isinstance(blocks[-1], Table | Grounds):
            cell.add_paragraph()

    def table(self, container: Container, block: Table, width: float) -> None:
        rows = (*block.head, *block.body)
        table = self.grid(container, len(rows), tuple(width * share / 100 for share in block.widths))
        table._tbl.tblStyle_val = "TableGrid"
        for place, (found, cells) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
            properties = found.get_or_add_trPr()
            if not is_long(cells, block.widths):
                properties.append(OxmlElement("w:cantSplit"))
            if place < len(block.head):
                properties.append(OxmlElement("w:tblHeader"))
            for held, one in zip(found.tc_lst, cells, strict=True):
                cell = _Cell(held, table)
                paragraph = cell.paragraphs[0]
                paragraph._p.style = "TableText"
                _runs(paragraph, one.content, is_strong=one.is_header)
                if one.depth:
                    paragraph.paragraph_format.left_indent = Mm(one.depth * INDENT / 2)
                if one.is_header:
                    _shade(cell)
        container.add_paragraph().paragraph_format.space_after = Pt(0)

    def grid(self, container: Container, rows: int, widths: tuple[float, ...]) -> WordTable:
        """Begin a table whose columns keep the widths given, in millimetres."""
        if self.breaks:
            self.paragraph(container, ())
        table = container.add_table(rows, len(widths), Mm(sum(widths))) if isinstance(container, _Body) else (
            container.add_table(rows, len(widths))
        )  # fmt: skip
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table._tbl.tr_lst:  # by its elements: python-docx looks through the table for each cell
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = Mm(width)
        return table

    def figure(self, container: Container, block: Figure, width: float) -> None:
        paragraph = self.paragraph(container, ())
        paragraph.paragraph_format.keep_with_next = bool(block.caption)
        picture = paragraph.add_run().add_picture(BytesIO(block.picture.draw("png")), Mm(min(width, WIDEST_PICTURE)))
        said = picture._inline.docPr
        said.set("descr", block.picture.alt)
        said.set("name", block.picture.name)
        said.set("title", block.picture.title)
        if block.caption:
            self.paragraph(container, block.caption, "Caption")

    def signature(self, container: Container, block: Signature, width: float) -> None:
        """Write a block that stays together; its last line may part from what follows."""
        for place, line in enumerate(block.lines, start=1):
            paragraph = self.paragraph(container, line, "SignatureBlock")
            if not block.is_left:
                paragraph.paragraph_format.left_indent = Mm(width / 2)
            if place == 1:
                paragraph.paragraph_format.space_before = Pt(18)
            if place == len(block.lines) and block.has_room:
                paragraph.paragraph_format.space_before = Pt(48)
            if place == len(block.lines):
                paragraph.paragraph_format.keep_with_next, paragraph.paragraph_format.space_after = False, Pt(12)


def _runs(paragraph: WordParagraph, line: Line, *, is_strong: bool = False) -> None:
    for one in line:
        if isinstance(one, Text):
            run = paragraph.add_run()
            for place, part in enumerate(HYPHEN.split(one.text)):
                if place:
                    run._r.append(OxmlElement("w:noBreakHyphen"))
                run.add_text(part)
            if is_strong or one.is_strong:
                run.bold = True
            if one.is_emphatic:
                run.italic = True
        else:
            paragraph.add_run().add_break()


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
