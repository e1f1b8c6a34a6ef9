"""Drafts in Word: read with the numbers that Word gives, and told of by paragraph."""

from __future__ import annotations

import sys
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from escalation.documents.drafting import check, read_draft
from escalation.documents.drafting.word import lines
from escalation.documents.layout.render import write
from escalation.documents.papers.instruments.instrument import instrument, repeal
from escalation.errors import Refused, RequestError
from escalation.policy.values import Language
from tests.documents.papers.acts import climbed

FOLDER = Path(__file__).parent.parent.parent / "files" / "drafts"
DAY = date(2026, 11, 23)


def saved(paragraphs: list[str], folder: Path) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / "draft.docx"))
    return folder / "draft.docx"


def numbered(*styles: str) -> list[str]:
    document, stream = docx.Document(), BytesIO()
    for style in styles:
        document.add_paragraph("satu", style=style)
    document.save(stream)
    return [one.whole for one in lines(stream.getvalue())]


@pytest.mark.parametrize("stage", ["appeal", "instruction", "perwal", "perda"])
def test_in_our_own_drafts_in_word_nothing_is_found(stage: str, tmp_path: Path) -> None:
    policy, observations, subjects = climbed()
    found = replace(subjects[-1], prepared_for=stage)
    for paper in (instrument(policy, observations, found), repeal(policy, observations, found)):
        if paper is not None:
            (tmp_path / "draft.docx").write_bytes(write(paper, "docx"))
            assert check(read_draft(tmp_path / "draft.docx").text, found.explanation.last_day) == ()


def test_a_banner_taken_from_the_head_of_the_pages_is_missed(tmp_path: Path) -> None:
    policy, observations, subjects = climbed()
    paper = instrument(policy, observations, replace(subjects[0], prepared_for="instruction"))
    assert paper is not None
    document = docx.Document(BytesIO(write(paper, "docx")))
    for section in document.sections:
        for head in (section.header, section.first_page_header):
            for one in head.paragraphs:
                one.clear()
    document.save(str(tmp_path / "draft.docx"))
    found = check(read_draft(tmp_path / "draft.docx").text, subjects[0].explanation.last_day)
    assert [one.rule for one in found] == ["illustration-banner-missing"]


@pytest.mark.parametrize("name", ["surat_edaran", "instruksi", "keputusan", "perwal", "perda"])
def test_a_draft_without_styles_reads_in_word_as_it_does_in_markdown(name: str, tmp_path: Path) -> None:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    paragraphs = [line.lstrip("#> ") for line in text.split("\n")]
    assert check(read_draft(saved(paragraphs, tmp_path)).text, DAY) == ()


def test_a_finding_names_the_paragraph_and_shows_it(tmp_path: Path) -> None:
    title = "RANCANGAN SURAT EDARAN NOMOR … TENTANG VAKSINASI"
    draft = read_draft(saved([title, "", "a. Tetap dilayani.\nb. Warga wajib datang."], tmp_path))
    found = check(draft.text, DAY, file="draft.docx", select={"words-of-obligation"})
    english, indonesian = (draft.located(found, language)[0].place for language in Language)
    assert [str(english), str(indonesian)] == ["draft.docx:paragraph 2", "draft.docx:paragraf 2"]
    assert draft.lines[english.line - 1][english.column - 1 :] == "wajib datang."


def test_lists_have_the_numbers_that_word_gives_them() -> None:
    assert numbered("List Number", "List Number", "List Bullet", "Normal", "List Number") == [
        "1. satu", "2. satu", "satu", "satu", "3. satu",
    ]  # fmt: skip


def test_a_mark_in_a_cell_of_its_own_numbers_what_follows() -> None:
    document, stream = docx.Document(), BytesIO()
    table = document.add_table(2, 4)
    for row, texts in zip(
        table.rows, (("Menimbang", ":", "a.", "bahwa satu;"), ("", "", "b.", "bahwa dua;")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    document.save(stream)
    assert [one.whole for one in lines(stream.getvalue())] == ["Menimbang", "a. bahwa satu;", "b. bahwa dua;"]


def test_what_markdown_would_take_for_its_own_is_text() -> None:
    document, stream = docx.Document(), BytesIO()
    document.add_paragraph("a *b* `c` <i>d</i> &lt; e|f \\g")
    document.save(stream)
    (only,) = lines(stream.getvalue())
    assert only.whole == "a  b   c   i>d /i>  lt; e f  g"


def test_tracked_changes_count_as_accepted_and_content_controls_are_read() -> None:
    document, stream = docx.Document(), BytesIO()
    document.element.body.insert(0, parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtContent><w:p><w:r><w:t>Warga </w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>'
        'diimbau</w:t></w:r></w:ins><w:del w:id="2" w:author="a"><w:r><w:delText>wajib</w:delText></w:r></w:del>'
        "</w:p></w:sdtContent></w:sdt>"
    ))  # fmt: skip
    document.save(stream)
    assert [one.whole for one in lines(stream.getvalue())] == ["Warga diimbau"]


def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.docx", "w") as archive:
        archive.writestr("a.txt", "a")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 100_000_001)
    (tmp_path / "text.docx").write_text("RANCANGAN", encoding="utf-8")
    for name, said in (("empty", "no Word document"), ("bomb", "unpacked"), ("text", "no Word document")):
        with pytest.raises(Refused) as refused:
            read_draft(tmp_path / f"{name}.docx")
        assert said in refused.value.diagnostics[0].message


def test_a_file_that_can_be_converted_is_refused_with_the_command(tmp_path: Path) -> None:
    for name, command in (
        ("draft.doc", "soffice --headless --convert-to docx"),
        ("draft.html", "pandoc --to markdown"),
    ):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
        with pytest.raises(Refused) as refused:
            read_draft(tmp_path / name)
        assert command in refused.value.diagnostics[0].help


def test_without_the_extra_that_reads_word_the_command_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = saved(["RANCANGAN"], tmp_path)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(RequestError, match="not installed") as error:
        read_draft(file)
    assert "pandoc" in str(error.value.help)
