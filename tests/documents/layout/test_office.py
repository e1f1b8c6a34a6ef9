"""Templates of an office: in place of ours, in a sandbox, with limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from escalation.diagnostics import visible
from escalation.documents.charts import canvas
from escalation.documents.charts.frame import Frame
from escalation.documents.layout.confined import confined
from escalation.documents.layout.names import without_pictures
from escalation.documents.layout.render import compose, write
from escalation.documents.layout.sheet import OFFICE
from escalation.documents.layout.tree import Paper, Picture
from escalation.errors import RequestError
from escalation.policy.values import Language
from tests.documents.charts import gallery
from tests.documents.layout.samples import HOSTILE, MARKS, PICTURE

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@dataclass(frozen=True)
class Part:
    region: str


@dataclass(frozen=True)
class Seen:
    policy: str
    sections: tuple[Part, ...]
    words: dict[str, str]


def composed(
    folder: Path, body: str, *, name: object = "", texts: tuple[str, ...] = (), study: object = "",
    pictures: tuple[Picture, ...] = (),
) -> Paper:  # fmt: skip
    (folder / "study.html").write_text(MARKS + body, encoding="utf-8")
    return compose(
        "study.html", sheet=OFFICE, language=Language.INDONESIAN, templates=folder, pictures=pictures,
        name=name, texts=texts, study=study,
    )  # fmt: skip


def test_a_template_of_the_office_takes_the_place_of_ours_and_may_use_our_macros(tmp_path: Path) -> None:
    body = '<h1>{{ name }}</h1>{% from "marks.html" import banner %}'
    assert "<h1>Waduk &lt;b&gt;</h1>" in write(composed(tmp_path, body, name="Waduk <b>"), "html").decode()


@pytest.mark.parametrize(
    ("body", "message", "remedy"),
    [
        ("<h1>{{ study.polcy }}</h1>", ":5:14: `Seen` has no `polcy`", "did you mean `policy`?"),
        ("<h1>A</h1>\n\n{{ nme }}", ":7:4: there is no `nme` here", "did you mean `name`?"),
        ("{% set wells = 2 %}\n<h1>{{ well }}</h1>", ":6:8: there is no `well` here", "did you mean `wells`?"),
        ("<h1>{{ study\n.sections\n.regon }}</h1>", ":7:2: a list has no `regon`", "write `{% for one in LIST %}`"),
        ("{% for one in study.sections %}<h1>{{ one.regon }}</h1>{% endfor %}", ":5:43: `Part` has no", "`region`"),
        ("<h1>{{ study.sections[9] }}</h1>", ":5:23: there is no element 9: the first is 0, and there are 1", ""),
        ("<h1>{{ study.words.titel }}</h1>", ":5:20: a table of words has no `titel`", "did you mean `title`?"),
        ("<h1>{{ study.sections }}</h1>", ": a list cannot be printed", ""),
        ("<h1>{{ study }}</h1>", ": `Seen` cannot be printed", "write one of its parts: `policy`"),
        ('{% from "marks.html" import baner %}{{ baner() }}', ":5:29: `marks.html` has no `baner`", "`banner`"),
        ('{% from "mark.html" import banner %}', ":5:10: there is no template `mark.html`", "`marks.html`"),
        ('{% from "marks.html" import banner %}{{ banner() }}', ":5: the macro is not given its `marks`", ""),
        ("<h1>{{ name | uper }}</h1>", ":5:15: there is no filter `uper`", "did you mean `upper`?"),
        ("{% if name is odder %}{% endif %}", ":5:15: there is no test `odder`", "did you mean `odd`?"),
        ("<h1>{{ name }</h1>", ":5:13: `}` cannot stand here", ""),
        ("<h1>A</h1>\n{% for", ":6: the template ends within a tag", ""),
        ("{% for one in name %}", ":5: `{% for … %}` is not closed", "write `{% endfor %}`"),
        ("{% endfor %}", ":5:4: `{% endfor %}` closes nothing that is open", ""),
        ("{% fro %}", ":5:4: there is no `{% fro %}`", ""),
        ("{{ name name }}", ":5:4: `name` stands where `}}` should", ""),
        ("<h1>{{ name() }}</h1>", ":5: a text cannot be called: leave out the brackets", ""),
        ("<h1>{{ 1 / 0 }}</h1>", ":5: this cannot be worked out: division by zero", ""),
        ("{% for one in range(10 ** 9) %}{% endfor %}", ":5:15: a range holds at most 100,000 numbers", ""),
        ("{% include 'study.html' %}", ": it includes or calls itself without end", ""),
        ("<h1>{{ ''.__class__.__mro__ }}</h1>", ":5:11: `__class__` is not for templates", ""),
        ("<h1>{{ study['__class__'] }}</h1>", ":5:15: `__class__` is not for templates", ""),
        ("<h1>{{ study | attr('__class__') }}</h1>", ":5:22: `__class__` is not for templates", ""),
        ("<h1>{{ '{0.__class__}'.format(study) }}</h1>", ":5:12: `__class__` is not for templates", ""),
        ("<h1>{{ cycler.__init__.__globals__ }}</h1>", ":5:15: `__init__` is not for templates", ""),
        ("<h1>{{ study.sections.append(1) }}</h1>", ":5:23: a list has no `append`", ""),
        ("<h1>{{ study.words.clear() }}</h1>", ":5:20: `clear` is not for templates", ""),
        ("<h1>{{ 'x' * 10 ** 9 }}</h1>", "template `study.html` needs more than 256 MiB", "make it shorter"),
        ("{% include '../secret.html' %}", ":5:13: there is no template `../secret.html`", ""),
        ("{% include '/etc/hostname' %}", ":5:13: there is no template `/etc/hostname`", ""),
        ("<h1>A</h1><script>1</script>", "`<script>` is not an element that stands here", ""),
        ("<h1>A & B</h1>", "a sign that stands for itself is written `&amp;` or `&lt;`, after `<h1>A &`", ""),
        ("{% for one in range(33) %}<ul><li>{% endfor %}", "more than 32 elements within each other", ""),
        ("{% for one in range(99999) %}<p>{{ 'x' * 60 }}</p>{% endfor %}", "gives more than 4 MiB", "make it shorter"),
        ("<h1>A</h2>", "an element is closed that is not the one opened last", ""),
        ("<h1>A&nbsp;B</h1>", "only `&amp;`, `&lt;`, `&gt;` and `&quot;` have names", ""),
    ],
)
def test_a_template_that_fails_or_asks_for_too_much_is_told(
    tmp_path: Path, body: str, message: str, remedy: str
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    study = Seen(policy="Waduk", sections=(Part(region="Utara"),), words={"title": "Judul"})
    with pytest.raises(RequestError) as told:
        composed(folder, body, name="A", study=study)
    assert message in str(told.value)
    assert remedy in told.value.help
    if message.startswith(":"):
        assert str(told.value).startswith(f"{folder / 'study.html'}:")


def test_a_mistake_in_a_macro_of_ours_is_told_where_the_office_calls_it(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"study\.html:6: a text has no `draft`"):
        composed(tmp_path, "<h1>A</h1>\n{% from 'marks.html' import banner %}{{ banner('x') }}")


def test_a_template_may_begin_as_an_editor_of_windows_has_it_begin(tmp_path: Path) -> None:
    (tmp_path / "study.html").write_bytes(b"\xef\xbb\xbf" + (MARKS + "<h1>A</h1>").replace("\n", "\r\n").encode())
    paper = compose("study.html", sheet=OFFICE, language=Language.ENGLISH, templates=tmp_path)
    assert "<h1>A</h1>" in write(paper, "html").decode()
    (tmp_path / "study.html").write_bytes(b"<h1>\xe9</h1>")
    with pytest.raises(RequestError, match=r"study\.html: this is not UTF-8"):
        compose("study.html", sheet=OFFICE, language=Language.ENGLISH, templates=tmp_path)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Study.html", "did you mean `study.html`?"),
        ("study.htm", "did you mean `study.html`?"),
        ("study.dotx", "did you mean `study.docx`?"),
        ("circular.html", "did you mean `generic/circular.html` or `indonesia-city/circular.html`?"),
        ("marks.docx", "the names are `acts.html`, "),
        ("report.html", "the names are `acts.html`, "),
        ("bekasi/circular.html", "did you mean "),
        ("\u202estudy<b>{{ 1 }}\n\x1b[31m.html", "the names are `acts.html`, "),
    ],
)
def test_a_file_with_the_name_of_no_template_is_told(tmp_path: Path, name: str, remedy: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("A", encoding="utf-8")
    with pytest.raises(RequestError, match="no paper has a template of this name") as told:
        composed(tmp_path, "<h1>A</h1>")
    assert str(told.value).startswith(f"{visible(str(tmp_path / name))}: ")
    assert remedy in told.value.help


def test_what_another_template_includes_has_any_name_and_notes_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letterhead.html").write_text("<p>Kop</p>", encoding="utf-8")
    for name in ("README.md", ".study.html", "~$study.docx", "logo.png"):
        (tmp_path / name).write_bytes(b"x")
    page = write(composed(tmp_path, "{% include 'letterhead.html' %}<h1>A</h1>"), "html").decode()
    assert "<p>Kop</p>" in page


def test_a_folder_without_a_template_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("A", encoding="utf-8")
    with pytest.raises(RequestError, match="no template is in the folder"):
        compose("study.html", sheet=OFFICE, language=Language.ENGLISH, templates=tmp_path)


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path, is_folder: bool) -> None:  # noqa: FBT001 - of the test
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "elsewhere").mkdir()
    secret = tmp_path / "elsewhere" / "secret.html"
    secret.write_text("<p>secret</p>", encoding="utf-8")
    (folder / "link").symlink_to(secret.parent if is_folder else secret)
    with pytest.raises(RequestError, match="a link leads out of the folder of templates"):
        composed(folder, f"{{% include 'link{'/secret.html' if is_folder else ''}' %}}<h1>A</h1>")


def test_templates_that_place_no_picture_are_found(tmp_path: Path) -> None:
    (tmp_path / "study.html").write_text("<h1>A</h1>", encoding="utf-8")
    (tmp_path / "calendar.html").write_text("{% include 'way.html' %}", encoding="utf-8")
    assert [file.name for file, _ in without_pictures(tmp_path, "html")] == ["study.html", "calendar.html"]
    (tmp_path / "way.html").write_text("{% for one in calendar.pictures %}{% endfor %}", encoding="utf-8")
    ((file, advice),) = without_pictures(tmp_path, "pdf")
    assert file.name == "study.html"
    assert advice == '{% for one in section.charts %}<figure><img src="{{ one.name }}"/></figure>{% endfor %}'


def test_word_templates_that_place_no_picture_are_found(tmp_path: Path) -> None:
    word_template(tmp_path, "{{ study.policy }}")
    ((file, advice),) = without_pictures(tmp_path, "docx")
    assert (file.name, advice) == ("study.docx", "{% for one in section.charts %}{{ one }}{% endfor %}")
    assert list(without_pictures(tmp_path, "html")) == []
    word_template(tmp_path, advice)
    assert list(without_pictures(tmp_path, "docx")) == []


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


def test_a_word_template_has_the_minus_and_the_hyphens_of_our_own_papers(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    word_template(tmp_path, "Naskah 440-1395 {{ name }}: {{ texts[0] }}; {{ texts[1] }} %", "SATU")
    file = tmp_path / "study.docx"
    document = docx.Document(file)
    document.paragraphs[-1].add_run("-19, 2021").bold = True
    document.paragraphs[-1].add_run("-11, ").add_tab()
    document.paragraphs[-1].add_run("-3")
    document.save(file)
    paper = composed(tmp_path, "<h1>A</h1>", name="COVID-19", texts=("selisih -13,92", "4,5"))
    document = docx.Document(BytesIO(write(paper, "docx")))
    first, second = document.paragraphs[:2]
    assert first.text == "Naskah 440-1395 COVID-19: selisih \N{MINUS SIGN}13,92; 4,5\N{NO-BREAK SPACE}%"
    assert second.text == "SATU-19, 2021-11, \t\N{MINUS SIGN}3"
    held = [one.getprevious().text or "" for one in document.element.body.iter(docx.oxml.ns.qn("w:noBreakHyphen"))]
    assert [text[-5:] for text in held] == ["COVID", ""]
    assert len(list(document.sections[0].header.part.element.iter(docx.oxml.ns.qn("w:noBreakHyphen")))) == 1


def test_a_word_template_is_confined_as_well(tmp_path: Path) -> None:
    pytest.importorskip("docxtpl")
    word_template(tmp_path, "{{ 'x' * 10 ** 9 }}")
    paper = composed(tmp_path, "<h1>A</h1>", name="A")
    with pytest.raises(RequestError, match=r"template `study\.docx` needs more than 256 MiB"):
        write(paper, "docx")


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("A {{ nme }}", ", paragraph `A {{ nme }}`: there is no `nme` here", "did you mean `name`?"),
        ("{{ study.polcy }}", ", paragraph `{{ study.polcy }}`: `Seen` has no `polcy`", "did you mean `policy`?"),
        ("{{ study.sections }}", ": a list cannot be printed", ""),
        ("{% include 'study.docx' %}", ": a Word template includes and imports nothing", ""),
        ("{% for one in texts %}", ": `{% for … %}` is not closed", "write `{% endfor %}`"),
        ("{{ study.__class__ }}", ", paragraph `{{ study.__class__ }}`: `__class__` is not for templates", ""),
    ],
)
def test_what_is_wrong_with_a_word_template_is_told_with_its_paragraph(
    tmp_path: Path, text: str, message: str, remedy: str
) -> None:
    pytest.importorskip("docxtpl")
    word_template(tmp_path, text)
    study = Seen(policy="Waduk", sections=(), words={})
    with pytest.raises(RequestError) as told:
        write(composed(tmp_path, "<h1>A</h1>", name="A", study=study), "docx")
    assert str(told.value) == f"{tmp_path / 'study.docx'}{message}"
    assert remedy in told.value.help


@pytest.mark.parametrize("is_zip", [True, False])
def test_a_file_that_is_no_word_document_is_told(tmp_path: Path, is_zip: bool) -> None:  # noqa: FBT001 - of the test
    pytest.importorskip("docxtpl")
    (tmp_path / "study.docx").write_text("Telaahan", encoding="utf-8")
    if is_zip:
        with ZipFile(tmp_path / "study.docx", "w") as parts:
            parts.writestr("word/document.xml", "<w:t>Telaahan</w:t>")
    with pytest.raises(RequestError, match=r"study\.docx: no Word document"):
        write(composed(tmp_path, "<h1>A</h1>"), "docx")


def test_a_word_template_places_pictures_with_what_they_show(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    drawn = canvas.Painting(gallery.strip(2), Frame(title="Waduk", language=Language.INDONESIAN)).png()
    picture = replace(PICTURE, alt='Isi waduk < 40 & "turun"', draw=lambda _: drawn)
    body = '<h1>A</h1><figure><img src="storage"/></figure>'
    word_template(tmp_path, "Gambar: {{ name }}")
    paper = composed(tmp_path, body, name=picture, pictures=(picture,))
    document = docx.Document(BytesIO(write(paper, "docx")))
    (described,) = document.element.body.iter(f"{{{DRAWING}}}docPr")
    assert described.get("descr") == picture.alt
