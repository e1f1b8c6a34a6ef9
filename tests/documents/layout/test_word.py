"""Papers as Word documents, read back with python-docx and as the XML in their archive."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from posixpath import normpath
from shutil import which
from subprocess import run
from xml.etree import ElementTree as ET

import pytest

docx = pytest.importorskip("docx")

from docx.oxml.ns import qn  # noqa: E402 - of an extra that may be missing
from docx.shared import Mm  # noqa: E402
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]  # noqa: E402 - it has no types

from escalation.documents.charts.frame import Frame  # noqa: E402
from escalation.documents.layout.render import write  # noqa: E402
from escalation.documents.layout.sheet import OFFICE  # noqa: E402
from escalation.documents.papers.charts import picture  # noqa: E402
from escalation.policy.values import Language  # noqa: E402
from tests.documents.charts.gallery import strip  # noqa: E402
from tests.documents.layout.samples import HOSTILE, REGULATION_BODY, hostile, paper  # noqa: E402


def written() -> bytes:
    pytest.importorskip("matplotlib")
    drawn = picture("storage", strip(3), Frame(title="Waduk", language=Language.INDONESIAN))
    return write(paper(picture=drawn), "docx")


def parts(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_every_part_is_well_formed_and_every_relation_leads_to_a_part() -> None:
    found = parts(written())
    for name, content in found.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)  # noqa: S314 - written here
    for name, content in found.items():
        if name.endswith(".rels"):
            folder = Path(name).parent.parent
            for target in re.findall(r'Target="([^"]+)"', content.decode()):
                assert normpath(target[1:] if target.startswith("/") else folder / target) in found


def test_the_sheet_is_that_of_a_regulation_and_the_first_page_begins_lower() -> None:
    document = docx.Document(BytesIO(written()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (215, 330)
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert {round(one.mm) for one in edges} == {25}
    assert section.different_first_page_header_footer
    room = section.first_page_header.paragraphs[1].paragraph_format.line_spacing
    assert room == pytest.approx(Mm(80 - 12.5) - 20 * 12700, abs=12700)
    fonts = document.styles.element.find(f".//{qn('w:rFonts')}")
    assert fonts.get(qn("w:ascii")) == "Bookman Old Style"
    assert document.styles["Normal"].font.size.pt == 12
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "id-ID"


def test_headings_have_word_styles_and_lists_real_numbering_that_begins_anew() -> None:
    document = docx.Document(BytesIO(written()))
    styles = [(one.style.name, one.text) for one in document.paragraphs if "Heading" in one.style.name]
    assert styles == [
        ("Heading 1", "BAB I\nKETENTUAN UMUM"),
        ("Heading 2", "Pasal 1"),
        ("Heading 1", "PENJELASAN"),
        ("Heading 2", "Umum"),
        ("Heading 3", "Pasal 1"),
    ]
    numbered = [one for one in document.paragraphs if one._p.pPr is not None and one._p.pPr.numPr is not None]
    assert [(one.text, one._p.pPr.numPr.ilvl.val) for one in numbered][:6] == [
        ("Setiap orang:", 0),
        ("hemat air; dan", 1),
        ("di rumah; dan", 2),
        ("di kantor.", 2),
        ("melapor.", 1),
        ("Ayat kedua.", 0),
    ]
    definitions = document.part.numbering_part.element
    for one in numbered:
        found = definitions.num_having_numId(one._p.pPr.numPr.numId.val)
        assert found.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_tables_have_fixed_widths_and_heads_that_repeat() -> None:
    document = docx.Document(BytesIO(written()))
    table = document.tables[2]
    assert [one.text for one in table.rows[0].cells] == ["Ukuran", "Nilai"]
    assert not table.autofit
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(165), abs=700)
    assert {cell.width for row in table.rows for cell in row.cells} == {column.width for column in table.columns}
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, False, False]


def test_pictures_have_alternative_texts() -> None:
    document = docx.Document(BytesIO(written()))
    said = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(said) == 1
    assert len(said[0]) > 20


def test_banner_and_trace_stand_at_the_head_and_foot_of_every_page_and_the_trace_at_the_end() -> None:
    document = docx.Document(BytesIO(written()))
    section = document.sections[0]
    for head in (section.header, section.first_page_header):
        assert head.paragraphs[0].text == "RANCANGAN — dihasilkan mesin"
    for foot in (section.footer, section.first_page_footer):
        assert foot.paragraphs[0].text.startswith("reservoir, sha256 abc; 2021-W31")
        assert 'w:instr="PAGE"' in foot._element.xml
    assert [one.text for one in document.paragraphs][-3:] == [
        "Asal:",
        "kebijakan reservoir sha256 abcdef",
        "escalation 0.1.0",
    ]


def test_room_for_a_signature_is_left_before_a_name_that_is_to_be_written() -> None:
    document = docx.Document(BytesIO(written()))
    room = [one for one in document.paragraphs if one.style.name == "Signature Block" and one.text == "…"]
    assert [one.paragraph_format.space_before.pt for one in room] == [48]


def test_the_last_of_the_orders_stays_with_the_signature() -> None:
    rows = "<dt>KESATU</dt><dd>Awal.</dd><dt>KEDUA</dt><dd>Akhir.</dd>"
    archive = write(paper(f'<h1>A</h1><dl class="grounds">{rows}</dl><div class="sign"><p>B</p></div>'), "docx")
    (table,) = docx.Document(BytesIO(archive)).tables
    stays = [{one.paragraphs[0].paragraph_format.keep_with_next for one in row.cells} for row in table.rows]
    assert stays == [{None}, {True}]


def test_no_line_ends_within_a_name_with_a_number_or_behind_a_minus() -> None:
    body = "<h1>A</h1><p>SET.COVID-19 di 2021-W40 (selisih -13,92 poin) 440-1395</p>"
    archive = write(paper(body), "docx")
    text = "SET.COVID-19 di 2021-W40 (selisih \N{MINUS SIGN}13,92 poin) 440-1395"
    assert text in [one.text for one in docx.Document(BytesIO(archive)).paragraphs]
    assert parts(archive)["word/document.xml"].count(b"<w:noBreakHyphen/>") == 1


def test_what_follows_a_break_begins_a_page() -> None:
    document = docx.Document(BytesIO(written()))
    begins = [one.text for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert begins == ["PENJELASAN"]


def test_hostile_texts_are_inert_in_word() -> None:
    archive = write(hostile(), "docx")
    document = docx.Document(BytesIO(archive))
    texts = [one.text for one in document.paragraphs]
    for one in HOSTILE:
        assert one in texts
    found = parts(archive)
    body = found["word/document.xml"].decode()
    assert not re.search(r"<w:(hyperlink|instrText|fldSimple|altChunk|object)|r:link|TargetMode", body)
    assert b"TargetMode" not in found["word/_rels/document.xml.rels"]


def test_a_document_is_the_same_in_every_run() -> None:
    assert written() == written()
    with zipfile.ZipFile(BytesIO(written())) as found:
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_paper_of_an_office_begins_at_its_margin() -> None:
    document = docx.Document(BytesIO(write(paper("<h1>A</h1>", sheet=OFFICE), "docx")))
    assert not document.sections[0].different_first_page_header_footer


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(written())
    command = (
        "soffice",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "paper.docx"),
    )
    run(command, check=True, capture_output=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, timeout=120)
    text = (tmp_path / "paper.txt").read_text(encoding="utf-8-sig")
    for one in re.findall(r">([^<>\n]{5,})<", REGULATION_BODY):
        assert one.strip().replace(" %", "\N{NO-BREAK SPACE}%") in text


def test_only_a_long_row_may_be_broken_by_the_end_of_a_page() -> None:
    rows = "".join(f"<tr><td>{text}</td><td>b</td></tr>" for text in ("a", "lima " * 130))
    one = paper(f"<h1>A</h1><table data-widths='50 50'><tbody>{rows}</tbody></table>")
    found = docx.Document(BytesIO(write(one, "docx"))).tables[0]._tbl.tr_lst
    assert [row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in found] == [True, False]
    assert write(one, "html").decode().count('<tr class="long">') == 1


def test_word_would_open_it_without_repair(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(written())
    found = OpenXmlValidator().validate(tmp_path / "paper.docx")
    assert [one.description for one in found.errors] == []


def test_a_broken_document_would_be_noticed(tmp_path: Path) -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in parts(written()).items():
            packed.writestr(name, content.replace(b"<w:body>", b"<w:body><w:r/>"))
    (tmp_path / "paper.docx").write_bytes(archive.getvalue())
    assert OpenXmlValidator().validate(tmp_path / "paper.docx").errors
