"""Templates of an office: in place of ours, in a sandbox, with limits."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from escalation.documents.layout.confined import confined
from escalation.documents.layout.render import compose, write
from escalation.documents.layout.sheet import OFFICE
from escalation.documents.layout.tree import Paper
from escalation.errors import RequestError
from escalation.policy.values import Language
from tests.documents.layout.samples import HOSTILE, MARKS


def composed(folder: Path, body: str, *, name: object = "", texts: tuple[str, ...] = ()) -> Paper:
    (folder / "study.html").write_text(MARKS + body, encoding="utf-8")
    return compose("study.html", sheet=OFFICE, language=Language.INDONESIAN, templates=folder, name=name, texts=texts)


def test_a_template_of_the_office_takes_the_place_of_ours_and_may_use_our_macros(tmp_path: Path) -> None:
    body = '<h1>{{ name }}</h1>{% from "marks.html" import banner %}'
    assert "<h1>Waduk &lt;b&gt;</h1>" in write(composed(tmp_path, body, name="Waduk <b>"), "html").decode()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<h1>A</h1>\n{% for", "template `study.html`, line 6: "),
        ("<h1>A</h1>\n\n{{ nothing }}", "template `study.html`, line 7: 'nothing' is undefined"),
        ("<h1>{{ ''.__class__.__mro__ }}</h1>", "is unsafe"),
        ("<h1>{{ name.append(1) }}</h1>", "'append' of 'list' object is unsafe"),
        ("<h1>{{ 1 / 0 }}</h1>", "line 5: division by zero"),
        ("<h1>{{ 'x' * 10 ** 9 }}</h1>", "needs more than 256 MiB"),
        ("{% include '../secret.html' %}", "there is no template `../secret.html`"),
        ("{% include '/etc/hostname' %}", "there is no template `/etc/hostname`"),
        ("<h1>A</h1><script>1</script>", "`<script>` is not an element that stands here"),
    ],
)
def test_a_template_that_fails_or_asks_for_too_much_is_told(tmp_path: Path, body: str, message: str) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    with pytest.raises(RequestError) as told:
        composed(folder, body, name=[])
    assert message in str(told.value)


def test_work_without_end_is_ended() -> None:
    def endless() -> bytes:
        while True:
            pass

    with pytest.raises(RequestError, match=r"takes longer than 0\.2 s"):
        confined(endless, "study.html", seconds=0.2)


def test_work_writes_no_file_and_cannot_give_too_much(tmp_path: Path) -> None:
    def writes() -> bytes:
        (tmp_path / "file").write_bytes(b"1")
        return b""

    with pytest.raises(RequestError):
        confined(writes, "study.html")
    assert not (tmp_path / "file").exists() or not (tmp_path / "file").stat().st_size
    with pytest.raises(RequestError, match="gives more than 32 MiB"):
        confined(lambda: bytes(33 * 2**20), "study.html")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no folder"):
        compose("study.html", sheet=OFFICE, language=Language.ENGLISH, templates=tmp_path / "none")


def word_template(folder: Path, *texts: str) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Kop {{ name }}"
    for text in texts:
        document.add_paragraph(text)
    document.save(folder / "study.docx")


def test_a_word_template_of_the_office_is_filled_and_marked(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    word_template(tmp_path, "Telaahan {{ name }}", "{% for one in texts %}{{ one }};{% endfor %}")
    paper = composed(tmp_path, "<h1>A</h1>", name="<b>Waduk", texts=HOSTILE[:-2])
    written = write(paper, "docx")
    assert written == write(paper, "docx")
    document = docx.Document(BytesIO(written))
    texts = [one.text for one in document.paragraphs]
    assert texts[0] == "Telaahan <b>Waduk"
    assert texts[1] == "".join(f"{one};" for one in HOSTILE[:-2])
    assert texts[-2:] == ["kebijakan reservoir sha256 abcdef", "escalation 0.1.0"]
    section = document.sections[0]
    assert [one.text for one in section.header.paragraphs] == ["Kop <b>Waduk", "RANCANGAN — dihasilkan mesin"]
    assert section.footer.paragraphs[-1].text == "reservoir, sha256 abc; 2021-W31"
    assert b"<h1>A</h1>" in write(paper, "html")
    assert "word/stylesWithEffects.xml" not in ZipFile(BytesIO(written)).namelist()


def test_a_word_template_is_confined_as_well(tmp_path: Path) -> None:
    pytest.importorskip("docxtpl")
    word_template(tmp_path, "{{ 'x' * 10 ** 9 }}")
    paper = composed(tmp_path, "<h1>A</h1>", name="A")
    with pytest.raises(RequestError, match=r"template `study\.docx` needs more than 256 MiB"):
        write(paper, "docx")
