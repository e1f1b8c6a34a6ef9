"""`escalation check-draft`: which files are meant, what fails a run, and in which language."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import Result

Run = Callable[..., Result]
DRAFTS = Path(__file__).parent.parent / "files" / "drafts"
ISSUED = "# PERATURAN WALI KOTA BEKASI NOMOR 12 TAHUN 2027 TENTANG VAKSINASI\n"


@pytest.fixture
def papers(folder: Path) -> Path:
    """Give a folder with a draft and a study."""
    (folder / "papers" / "deep").mkdir(parents=True)
    shutil.copy(DRAFTS / "perwal.md", folder / "papers" / "deep")
    (folder / "papers" / "study.md").write_text("# Telaahan staf\n", encoding="utf-8")
    return folder / "papers"


def test_a_clean_draft_is_exit_0(run: Run) -> None:
    result = run("check-draft", str(DRAFTS / "perda.md"), "--date", "2026-11-23")
    assert result.exit_code == 0
    assert result.stdout == f"{DRAFTS / 'perda.md'}: 0 errors, 0 other findings\n"


def test_a_folder_stands_for_the_drafts_in_it(run: Run, papers: Path) -> None:
    result = run("check-draft", papers.name, "--format", "json", "--date", "2026-11-23")
    assert json.loads(result.stdout)["files"] == ["papers/deep/perwal.md"]
    assert "papers/study.md is left out: its title names no instrument" in result.stderr


def test_a_file_that_is_named_is_checked_whatever_its_title(run: Run, papers: Path) -> None:
    result = run("check-draft", f"{papers.name}/study.md")
    assert result.exit_code == 1
    assert "[unknown-draft]" in result.stdout


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["reservoir"]])
def test_checking_no_draft_is_exit_3(run: Run, arguments: list[str]) -> None:
    assert run("check-draft", *arguments).exit_code == 3


def test_a_finding_is_told_in_the_language_asked_for(run: Run, folder: Path) -> None:
    (folder / "draft.md").write_text(ISSUED, encoding="utf-8")
    english, indonesian = (run("check-draft", "draft.md", "--lang", lang).stdout for lang in ("en", "id"))
    assert "draft.md:1:36: error: the title of a draft has the number or year `12`" in english
    assert "draft.md:1:36: error: judul rancangan sudah memuat nomor atau tahun `12`" in indonesian


def test_severities_and_rules_are_chosen(run: Run, folder: Path) -> None:
    (folder / "draft.md").write_text(ISSUED, encoding="utf-8")
    only = run("check-draft", "draft.md", "--select", "walikota-in-one-word")
    assert only.exit_code == 0
    assert "[number-filled-in]" not in run("check-draft", "draft.md", "--ignore", "number-filled-in").stdout
    assert run("check-draft", "draft.md", "--select", "no-such-rule").exit_code == 2


def test_every_form_of_output_has_the_finding_and_the_page_of_its_rule(run: Run, folder: Path) -> None:
    (folder / "draft.md").write_text(ISSUED, encoding="utf-8")
    for form in ("json", "sarif", "junit", "github", "gitlab", "markdown"):
        assert "number-filled-in" in run("check-draft", "draft.md", "--format", form).stdout
    log = json.loads(run("check-draft", "draft.md", "--format", "sarif", "--select", "number-filled-in").stdout)
    assert "A draft with a number looks issued" in log["runs"][0]["tool"]["driver"]["rules"][0]["help"]["text"]
    assert "in 1 draft" in run("check-draft", "draft.md", "--format", "github").stdout


def test_the_manual_has_the_page_of_a_rule_on_drafts(run: Run) -> None:
    assert "A draft with a number looks issued" in run("manual", "number-filled-in").stdout


def test_a_file_in_another_encoding_is_told_as_a_finding(run: Run, folder: Path) -> None:
    (folder / "draft.md").write_bytes(b"# RANCANGAN \xe9")
    result = run("check-draft", "draft.md")
    assert result.exit_code == 1
    assert "[draft-not-text]" in result.stdout


def test_a_word_document_is_told_of_by_paragraph(run: Run, folder: Path) -> None:
    document = docx.Document()
    document.add_paragraph(ISSUED.lstrip("# ").strip())
    document.save(str(folder / "draft.docx"))
    result = run("check-draft", "draft.docx", "--select", "number-filled-in")
    assert result.exit_code == 1
    assert "draft.docx:paragraph 1: error: the title of a draft has the number or year `12`" in result.stdout
    assert json.loads(run("check-draft", "draft.docx", "--format", "json").stdout)["files"] == ["draft.docx"]


def test_a_file_that_is_neither_markdown_nor_word_is_answered_with_the_command(run: Run, folder: Path) -> None:
    (folder / "draft.odt").write_bytes(b"PK\x03\x04\xff")
    result = run("check-draft", "draft.odt")
    assert result.exit_code == 1
    assert "help: convert it: `soffice --headless --convert-to docx draft.odt`" in result.stdout
