"""Papers as Markdown and as HTML, read back."""

from __future__ import annotations

import html
import re

import html5lib
import pytest
from html5lib import treebuilders

from escalation.documents.layout.render import write
from tests.documents.layout.samples import HOSTILE, MARKS, escaped, hostile, paper

MARKDOWN = r"""# RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN …

**RANCANGAN — dihasilkan mesin**

WALI KOTA BEKASI\
PROVINSI JAWA BARAT

Menimbang : a. bahwa air *berkurang*;

b. bahwa perlu;

Mengingat : 1. Undang-Undang;

MEMUTUSKAN:

Menetapkan : PERATURAN WALI KOTA TENTANG AIR.

## BAB I KETENTUAN UMUM

### Pasal 1

(1) Setiap orang:

a. hemat air; dan

1) di rumah; dan

2) di kantor.

b. melapor.

(2) Ayat kedua.

| Ukuran | Nilai |
| --- | --- |
| Waduk | 38,5 % |
| · Utara | \| |

*Storage falls.*

Waduk

- satu
- dua\
  dan
  - dalam

Catatan.

Bekasi

Ditetapkan di Bekasi\
pada tanggal …\
WALI KOTA BEKASI,\


Diundangkan di Bekasi\
…

## PENJELASAN

### Umum

#### Pasal 1

Cukup jelas.

---

Asal:

- kebijakan reservoir sha256 abcdef
- escalation 0.1.0
"""


def test_an_instrument_in_markdown_begins_with_its_title_and_its_items_with_their_markers() -> None:
    assert write(paper(), "md").decode() == MARKDOWN.replace(" %", "\N{NO-BREAK SPACE}%")


def test_hostile_texts_are_inert_in_markdown() -> None:
    text = write(hostile(), "md").decode()
    assert re.findall(r"<(?!br>)|(?<!\\)`|(?<!\\)\]\(|@|(?<!\\)\$|://|www[.]", text) == []
    lines = text.splitlines()
    assert r"\- 1. no list" in lines
    assert r"1\. no list either" in lines
    assert r"\+ nor this" in lines
    assert r"\=1+1" in lines
    bars = {len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")}
    assert bars == {3}
    plain = re.sub(r"\\([^A-Za-z0-9\s])|&#?\w+;", lambda found: found[1] or html.unescape(found[0]), text)
    for one in HOSTILE:
        assert one in plain


def parsed(page: str) -> object:
    parser = html5lib.HTMLParser(strict=True, tree=treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False)
    return parser.parse(page)


def test_the_page_of_every_part_is_valid_html_and_needs_no_other_file() -> None:
    page = write(paper(), "html").decode()
    root = parsed(page)
    tags = {one.tag for one in root.iter() if isinstance(one.tag, str)}  # type: ignore[attr-defined]
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", page)
    assert "size: 215mm 330mm; margin: 25mm 25mm 25mm 25mm" in page
    assert "@page :first { margin-top: 80mm; }" in page
    assert '<div class="sign left room">' in page


def test_markers_of_lists_are_real_numbering_in_html() -> None:
    page = write(paper(), "html").decode()
    kinds = re.findall(r'<ol class="([a-z-]+)">', page)
    assert kinds == ["lower-alpha", "decimal", "bracketed", "lower-alpha", "number-bracket"]
    assert "<dt>Menimbang <span>:</span></dt>" in page


def test_hostile_texts_are_inert_in_html() -> None:
    page = write(hostile(), "html").decode()
    root = parsed(page)
    tags = {one.tag for one in root.iter() if isinstance(one.tag, str)}  # type: ignore[attr-defined]
    assert tags.isdisjoint({"script", "a", "img"})
    texts = ["".join(one.itertext()) for one in root.iter("p")]  # type: ignore[attr-defined]
    for one in HOSTILE:
        assert one in texts


def test_a_text_cannot_end_the_style_sheet() -> None:
    marks = MARKS.replace("reservoir", escaped('"</style><script>1</script>\\'))
    page = write(paper("<h1>A</h1>", marks=marks), "html").decode()
    assert page.count("</style>") == 1
    assert "<script>" not in page


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_same_paper_gives_the_same_bytes(form: str) -> None:
    assert write(paper(), form) == write(paper(), form)
