"""Papers as PDF, read back with pypdf, and with poppler where it is installed."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from shutil import which
from subprocess import run
from typing import Any, cast

import pypdf
import pytest

pytest.importorskip("typst")

from escalation.documents.charts.frame import Frame
from escalation.documents.layout.render import write
from escalation.documents.layout.sheet import OFFICE
from escalation.documents.papers.charts import picture
from escalation.errors import RequestError
from escalation.policy.values import Language
from tests.documents.charts.gallery import strip
from tests.documents.layout.samples import HOSTILE, hostile, paper


def written() -> bytes:
    pytest.importorskip("matplotlib")
    return write(paper(picture=picture("storage", strip(3), Frame(title="Waduk", language=Language.ENGLISH))), "pdf")


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content), strict=True)


def catalogue(reader: pypdf.PdfReader) -> dict[str, Any]:
    return cast("dict[str, Any]", reader.trailer["/Root"])


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_tagged_archival_and_of_the_size_of_its_sheet() -> None:
    reader = read(written())
    page = reader.pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [215, 330]
    metadata = reader.xmp_metadata
    assert metadata is not None
    told = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in told
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in told
    assert catalogue(reader)["/MarkInfo"]["/Marked"]
    assert catalogue(reader)["/Lang"] == "id"
    assert reader.metadata is not None
    assert reader.metadata.title == "RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN …"


def test_a_signature_is_never_without_the_last_of_the_orders() -> None:
    sign = "".join(f"<p>Baris {number}</p>" for number in range(12))
    for orders in range(24, 40):
        rows = "".join(f"<dt>URUTAN {number}.</dt><dd>Isi perintah.</dd>" for number in range(1, orders + 1))
        reader = read(write(paper(f'<h1>A</h1><dl class="grounds">{rows}</dl><div class="sign">{sign}</div>'), "pdf"))
        pages = [page.extract_text() for page in reader.pages]
        (signed,) = [page for page in pages if "Baris 0" in page]
        assert f"URUTAN {orders}." in signed
        assert "URUTAN 1." in pages[0]


def test_all_is_there_in_its_order_with_banner_and_trace_on_every_page() -> None:
    reader = read(written())
    assert len(reader.pages) == 3
    for page in reader.pages:
        assert "RANCANGAN — dihasilkan mesin" in page.extract_text()
        assert "reservoir, sha256 abc; 2021-W31" in page.extract_text()
    text = words(reader)
    parts = ("WALI KOTA BEKASI", "Menimbang", "a. bahwa air", "b. bahwa perlu", "MEMUTUSKAN", "BAB I", "Pasal 1",
             "(1) Setiap orang", "a. hemat air", "1) di rumah", "b. melapor", "(2) Ayat kedua", "Ukuran",
             "38,5 %",
             "Ditetapkan di Bekasi", "Diundangkan", "PENJELASAN", "kebijakan reservoir sha256 abcdef")  # fmt: skip
    places = [text.index(one) for one in parts]
    assert places == sorted(places)
    assert "PENJELASAN" in reader.pages[2].extract_text()


def test_pictures_have_alternative_texts() -> None:
    assert structure(read(written())).count("/Figure /Alt") == 1


def structure(reader: pypdf.PdfReader) -> list[str]:
    """Give what stands in the tree of tags."""
    found: list[str] = []
    waiting = [catalogue(reader)["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += [part for part in one if hasattr(part.get_object(), "get_object")]
        elif isinstance(one, dict):
            found += [f"{one.get('/S', '')} {'/Alt' if '/Alt' in one else ''}".strip()]
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_headings_lists_and_tables_are_tagged() -> None:
    tags = set(structure(read(written())))
    assert {"/H1", "/H2", "/H4", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure /Alt"} <= tags


def test_hostile_texts_are_inert_in_pdf() -> None:
    reader = read(write(hostile(), "pdf"))
    text = words(reader)
    for one in HOSTILE[:-1]:
        assert " ".join(one.split()) in text
    assert "x" * 60 in text
    assert text.count("x") >= 10_000
    assert {"/OpenAction", "/AA", "/AcroForm", "/Names"}.isdisjoint(catalogue(reader))
    assert all("/Annots" not in page for page in reader.pages)


def test_a_long_word_stays_within_the_page() -> None:
    reader = read(write(paper(f"<h1>A</h1><p>{'W' * 500}</p>", sheet=OFFICE), "pdf"))
    lines = [line for line in reader.pages[0].extract_text().splitlines() if "WWW" in line]
    assert len(lines) > 8


def test_a_pdf_is_the_same_in_every_run() -> None:
    assert written() == written()


def test_a_letter_that_no_font_has_is_told() -> None:
    with pytest.raises(RequestError) as told:
        write(paper("<h1>A</h1><p>\u5317</p>"), "pdf")
    assert str(told.value) == "no font has the letter `\u5317`, which the paper holds"


def test_fonts_of_an_office_are_used_where_the_folder_has_them(tmp_path: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    plain, given = (write(paper("<h1>A</h1><p>\u10d0</p>"), "pdf", fonts=one) for one in (None, fonts))
    assert plain != given
    assert "DejaVuSans" in str(names(read(given)))
    assert "DejaVuSans" not in str(names(read(plain)))
    with pytest.raises(RequestError, match="there is no folder"):
        write(paper("<h1>A</h1>"), "pdf", fonts=tmp_path / "none")
    with pytest.raises(RequestError, match="no font is in the folder"):
        write(paper("<h1>A</h1>"), "pdf", fonts=tmp_path)


def names(reader: pypdf.PdfReader) -> list[str]:
    resources = cast("dict[str, Any]", reader.pages[0]["/Resources"])
    return [one["/BaseFont"] for one in resources["/Font"].values()]


@pytest.mark.skipif(which("pdftotext") is None, reason="poppler is not installed")
def test_poppler_reads_it(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(written())
    told = run(("pdfinfo", "paper.pdf"), cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"JavaScript: +no", told)
    text = run(("pdftotext", "paper.pdf", "-"), cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    assert "Setiap orang:" in text
