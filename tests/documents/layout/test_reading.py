"""The tree that is read from what a template gives."""

from __future__ import annotations

import pytest

from escalation.documents.layout.tree import Break, Heading, Listing, Paragraph, Table, Text, inner, plain
from escalation.errors import RequestError
from tests.documents.layout.samples import MARKS, paper


def test_a_paper_has_its_title_banner_and_trace() -> None:
    found = paper()
    assert plain(found.title.content) == "RANCANGAN PERATURAN WALI KOTA BEKASI NOMOR … TAHUN …"
    assert plain(found.banner) == "RANCANGAN — dihasilkan mesin"
    assert found.trace.short == "reservoir, sha256 abc; 2021-W31"
    assert [plain(line) for line in found.trace.lines] == ["kebijakan reservoir sha256 abcdef", "escalation 0.1.0"]


def test_runs_of_spaces_are_one_and_lines_have_none_at_their_ends() -> None:
    found = paper("<h1>A</h1><p> one\n  <strong> two </strong> three <br/>\n four </p>").blocks[1]
    assert found == Paragraph(
        content=(Text("one "), Text("two ", is_strong=True), Text("three"), Break(), Text("four"))
    )


def test_lists_stand_within_lists() -> None:
    kinds = [one.marker for block in paper().blocks for one in inner(block) if isinstance(one, Listing)]
    assert kinds == ["a", "1", "(1)", "a", "1)", None, None]


def test_headings_have_their_level() -> None:
    assert [one.level for one in paper().blocks if isinstance(one, Heading)] == [1, 2, 3, 2, 3, 4]


@pytest.mark.parametrize(
    ("table", "widths"),
    [
        ("<table data-widths='3 1'><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", (75, 25)),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", (50, 50)),
        ("<table data-widths='99 1'><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", (92, 8)),
    ],
)
def test_widths_of_columns_come_to_a_hundred(table: str, widths: tuple[int, ...]) -> None:
    found = paper(f"<h1>A</h1>{table}").blocks[1]
    assert isinstance(found, Table)
    assert found.widths == widths


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<h1>A</h1>\n<script>1</script>", "line 6 of what it gives: `<script>` is not an element that stands here"),
        ("<h1>A</h1><p><a>x</a></p>", "`<a>` does not stand in `<p>`"),
        ("<h1>A</h1><p onclick='x'>x</p>", "`onclick` is no attribute of `<p>`"),
        ("<h1>A</h1><p>&nbsp;</p>", "have names: write the sign"),
        ("<h1>A</h1><p>", "an element is closed that is not the one opened last"),
        ("<h1>A</h1><!DOCTYPE x>", "a sign that stands for itself"),
        ("<h1>A</h1>words", "text `words` outside of a paragraph"),
        ("<h1>A</h1><ul>words</ul>", "text `words` in `<ul>`"),
        ("<h1>A</h1><ul><p>x</p></ul>", "`<p>` where li stands"),
        ("<h1>A</h1><ol type='i'><li>x</li></ol>", "`i` is no type of a list"),
        ("<h1>A</h1><dl><dt>a</dt></dl>", "a `<dd>` follows each `<dt>`"),
        ("<h1>A</h1><table><tbody><tr><td/></tr><tr/></tbody></table>", "as many cells in every row"),
        ("<h1>A</h1><table data-widths='1'><tbody><tr><td/><td/></tr></tbody></table>", "the widths of 2 columns"),
        ("<h1>A</h1><figure><img src='other'/></figure>", "the name of a picture"),
        ("<h1>A</h1><figure/>", "the name of a picture"),
        ("<h1>A</h1><hr/>", "`<hr>` is not an element that stands here"),
        ("<h1>A</h1><h3>B</h3>", "`<h3>` follows `<h1>`: no level is left out"),
        ("<p>A</p>", "0 elements `<h1>`"),
        ("<h1>A</h1><h1>B</h1>", "2 elements `<h1>`"),
        (f"<h1>A</h1>{MARKS}", '2 elements `<div class="banner">`'),
    ],
)
def test_what_is_outside_the_subset_is_told_with_its_line(body: str, message: str) -> None:
    with pytest.raises(RequestError) as told:
        paper(body)
    assert message in str(told.value)
    assert "template `sample.html`" in str(told.value)
