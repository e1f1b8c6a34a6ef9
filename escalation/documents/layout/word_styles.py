"""The frame of a Word document: styles, language, sheet, head and foot, numbering, and what its file says of itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from escalation.documents.layout.sheet import Sheet
from escalation.documents.layout.tree import MARKERS, Paper, plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

FIXED_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The day that files name as the one on which they were made, so that a rerun gives the same bytes."""
LANGUAGES = {"id": "id-ID", "en": "en-GB"}
HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2", 4: "Heading 3"}
STYLES_AGAIN = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
RED, BLACK = RGBColor(0x8A, 0x1C, 0x1C), RGBColor(0, 0, 0)
EDGE = 12.5
"""From the edge of the sheet to head and foot, in millimetres."""
INDENT = 9
"""Of a level of a list, in millimetres."""
SMALL = 8
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "I": "upperRoman"}
FIRST_LIST = 100
"""The number of our first definition of a list, above those of Word's own styles."""


def set_up(document: Document, sheet: Sheet, language: str, *, is_centred: bool) -> None:
    """Give a new document the styles, the sheet and the numbering of papers of a kind; `is_centred` is their title."""
    _styles(document, sheet, is_centred=is_centred)
    _language(document, LANGUAGES[language])
    _sheet(document.sections[0], sheet)
    _lists(document)
    without_copies(document)


def mark(document: Document, paper: Paper) -> None:
    """Put the marks of a paper on every page, and into what the file says of itself."""
    _marks(document.sections[0], paper)
    properties = document.core_properties
    properties.title, properties.language = plain(paper.title.content)[:255], LANGUAGES[paper.language]
    properties.subject, properties.comments = plain(paper.banner)[:255], paper.trace.short[:255]
    properties.author = properties.last_modified_by = "escalation"
    properties.created = properties.modified = FIXED_DAY


def without_copies(document: Document) -> None:
    """Take out what would no longer be true: a picture of the first page, and the styles once more for Word 2010."""
    for rels, kind in ((document.part.package.rels, RELATIONSHIP_TYPE.THUMBNAIL), (document.part.rels, STYLES_AGAIN)):
        for key in [key for key, one in rels.items() if one.reltype == kind]:
            del rels[key]


def _styles(document: Document, sheet: Sheet, *, is_centred: bool) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    fonts.attrib.clear()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), sheet.font)
    spacing = defaults.find(f".//{qn('w:spacing')}")
    spacing.attrib.update({qn("w:after"): "120", qn("w:line"): "240"})
    normal = document.styles["Normal"]
    normal.font.size = Pt(sheet.points)
    if sheet.is_formal:
        normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for level, name in HEADINGS.items():
        size = sheet.points if sheet.is_formal else sheet.points + (1 if is_centred else 4, 2, 1, 0)[level - 1]
        _plain(document.styles[name], size=size, is_bold=not sheet.is_formal)
        document.styles[name].paragraph_format.space_after = Pt(6)
    document.styles["List Paragraph"].paragraph_format.left_indent = Mm(0)
    for name, points in (("Header", SMALL), ("Footer", SMALL), ("Caption", sheet.points - 1)):
        _plain(document.styles[name], size=points, is_bold=False)
    for name, points in (("Table Text", sheet.points - 1.5), ("Note", sheet.points - 2), ("Trace", SMALL)):
        _plain(_added(document, name), size=points, is_bold=False)
    for name in ("Table Text", "Trace"):
        document.styles[name].paragraph_format.space_after = Pt(2)
        document.styles[name].paragraph_format.space_before = Pt(2 if name == "Table Text" else 0)
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    signature = _added(document, "Signature Block")
    signature.paragraph_format.space_after, signature.paragraph_format.keep_with_next = Pt(0), True
    signature.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _added(document: Document, name: str) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = document.styles["Normal"], True
    return style


def _plain(style: ParagraphStyle, *, size: float, is_bold: bool) -> None:
    """Take the theme of Word's template from a style: letters of the text, black, without lines around."""
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)
    style.font.size, style.font.bold, style.font.italic = Pt(size), is_bold, False
    style.font.color.rgb = BLACK
    for holder, names in ((style.element.rPr, ("w:spacing", "w:kern")), (style.element.pPr, ("w:pBdr", "w:tabs"))):
        for one in [one for name in names if holder is not None for one in holder.findall(qn(name))]:
            holder.remove(one)


def _language(document: Document, language: str) -> None:
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), language)
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    is_indonesian = language.startswith("id")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), "," if is_indonesian else ".")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";" if is_indonesian else ",")
    settings.find(f".//{qn('w:compatSetting')}").set(qn("w:val"), "15")


def _sheet(section: Section, sheet: Sheet) -> None:
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
    section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
    section.header_distance = section.footer_distance = Mm(EDGE)


def _marks(section: Section, paper: Paper) -> None:
    """Put the banner at the head and the trace at the foot of every page; where need be the first begins lower."""
    sheet = paper.sheet
    _head(section.header.paragraphs[0], paper)
    _foot(section.footer.paragraphs[0], paper)
    if sheet.first_top > sheet.top:
        section.different_first_page_header_footer = True
        _head(section.first_page_header.paragraphs[0], paper)
        _foot(section.first_page_footer.paragraphs[0], paper)
        room = section.first_page_header.add_paragraph().paragraph_format
        room.line_spacing = Emu(Mm(sheet.first_top - EDGE) - 2 * Pt(SMALL * 1.25))
        room.line_spacing_rule = WD_LINE_SPACING.EXACTLY


def _head(paragraph: Paragraph, paper: Paper) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(plain(paper.banner)).font.color.rgb = RED


def _foot(paragraph: Paragraph, paper: Paper) -> None:
    sheet = paper.sheet
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    edge = Mm(sheet.width - sheet.left - sheet.right)
    paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{paper.trace.short}\t")
    page = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(page))


def _lists(document: Document) -> None:
    """Define the kinds of lists; Word wants definitions before the lists that use them."""
    numbering = document.part.numbering_part.element
    place = len(numbering.findall(qn("w:abstractNum")))
    for number, kind in enumerate((*MARKERS, None), start=FIRST_LIST):
        numbering.insert(place + number - FIRST_LIST, parse_xml(_definition(number, kind)))


def _definition(number: int, kind: str | None) -> str:
    """Write the definition of a kind of list, with nine levels that differ by their indent only."""
    sign = kind.strip("()") if kind is not None else ""
    text = kind.replace(sign, "%{}") + ("." if kind == sign else "") if kind is not None else "•"
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{FORMATS.get(sign, "bullet")}"/>'
        f'<w:lvlText w:val="{text.format(level + 1)}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{_twips((level + 1) * INDENT)}" w:hanging="{_twips(INDENT)}"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{levels}</w:abstractNum>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def add_list(document: Document, kind: str | None, level: int) -> int:
    """Begin a list of a kind at 1 and give its number."""
    definition = FIRST_LIST + (len(MARKERS) if kind is None else MARKERS.index(kind))
    one = document.part.numbering_part.element.add_num(definition)
    one.add_lvlOverride(level).add_startOverride(1)
    return int(one.numId)
