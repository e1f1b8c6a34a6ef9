"""Papers to try the writers on: one with every part of the subset, one of hostile texts."""

from __future__ import annotations

from escalation.documents.layout.reading import read
from escalation.documents.layout.sheet import OFFICE, Sheet
from escalation.documents.layout.tree import Paper, Picture
from escalation.documents.papers.instruments.instrument import legal_sheet
from escalation.instruments import load_pack

REGULATION = legal_sheet(load_pack("indonesia-city"))

MARKS = """
<div class="banner"><strong>RANCANGAN</strong> — dihasilkan mesin</div>
<div class="trace"><p class="short">reservoir, sha256 abc; 2021-W31</p><p class="heading">Asal:</p>
<p>kebijakan reservoir sha256 abcdef</p><p>escalation 0.1.0</p></div>
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2" width="40" height="20" role="img" '
    'aria-labelledby="title description"><title id="title">Waduk</title><desc id="description">Storage falls.</desc>'
    '<path d="M0 0h4v2z"/></svg>'
)
PICTURE = Picture(name="storage", title="Waduk", alt="Storage falls.", draw=lambda _: SVG.encode())

REGULATION_BODY = """
<p class="centre">WALI KOTA BEKASI<br/>PROVINSI JAWA BARAT</p>
<h1 class="centre">RANCANGAN<br/>PERATURAN WALI KOTA BEKASI<br/>
NOMOR <span class="blank"/> TAHUN <span class="blank"/></h1>
<dl class="grounds">
<dt>Menimbang</dt><dd><ol type="a"><li>bahwa air <em>berkurang</em>;</li><li>bahwa perlu;</li></ol></dd>
<dt>Mengingat</dt><dd><ol type="1"><li>Undang-Undang;</li></ol></dd>
</dl>
<p class="centre">MEMUTUSKAN:</p>
<dl class="grounds"><dt>Menetapkan</dt><dd>PERATURAN WALI KOTA TENTANG AIR.</dd></dl>
<h2 class="centre">BAB I<br/>KETENTUAN UMUM</h2>
<h3 class="centre">Pasal 1</h3>
<ol type="(1)">
<li>Setiap orang:
<ol type="a"><li>hemat air; dan
<ol type="1)"><li>di rumah; dan</li><li>di kantor.</li></ol></li><li>melapor.</li></ol></li>
<li>Ayat kedua.</li>
</ol>
<table><thead><tr><th>Ukuran</th><th>Nilai</th></tr></thead>
<tbody><tr><td>Waduk</td><td>38,5 %</td></tr><tr><td class="depth1">Utara</td><td>|</td></tr></tbody></table>
<figure><img src="storage"/><figcaption>Waduk</figcaption></figure>
<ul><li>satu</li><li>dua<br/>dan<ul><li>dalam</li></ul></li></ul>
<p class="note">Catatan.</p><p class="right">Bekasi</p>
<div class="sign"><p>Ditetapkan di Bekasi</p><p>pada tanggal <span class="blank"/></p><p>WALI KOTA BEKASI,</p><p/></div>
<div class="sign left"><p>Diundangkan di Bekasi</p><p><span class="blank"/></p></div>
<hr class="page"/>
<h2 class="centre">PENJELASAN</h2><h3>Umum</h3><h4>Pasal 1</h4><p>Cukup jelas.</p>
"""


def paper(
    body: str = REGULATION_BODY, *, marks: str = MARKS, sheet: Sheet = REGULATION, picture: Picture = PICTURE
) -> Paper:
    return read(marks + body, "sample.html", sheet=sheet, language="id", pictures=(picture,))


HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    '#eval("1+1") #import "x.typ" $x^2$ \\u{41} @label <label> /* note */ // gone',
    "[link](http://www.x.example) *b* _i_ `code` | ~~s~~ ![i](x) @team $x$",
    "&amp; &lt; <!-- c --> ]]> <?xml?>",
    "=1+1",
    "- 1. no list",
    "1. no list either",
    "+ nor this",
    "\ufffd\ufffd",
    "x" * 10_000,
)
"""Texts as they reach a template's page: hidden characters are marks by then."""


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def hostile() -> Paper:
    texts = [escaped(text) for text in HOSTILE]
    paragraphs = "".join(f"<p>{text}</p>" for text in texts)
    items = "".join(f"<li>{text}</li>" for text in texts)
    rows = "".join(f"<tr><td>{text}</td><td><strong>{text}</strong></td></tr>" for text in texts)
    body = f"<h1>{texts[0]}</h1>{paragraphs}<ol type='a'>{items}</ol><ul>{items}</ul>"
    head = f"<thead><tr><th>{texts[0]}</th><th>{texts[1]}</th></tr></thead>"
    grounds = f"<dl class='grounds'><dt>{texts[5]}</dt><dd>{texts[6]}</dd></dl>"
    return paper(f"{body}{grounds}<table>{head}<tbody>{rows}</tbody></table>", sheet=OFFICE)
