"""A report: one page that states what it rests on, numbers for others, and nothing that acts."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import duckdb
import pytest

from escalation import __version__
from escalation.documents.report import folder as folders
from escalation.documents.report.folder import write
from escalation.documents.report.model import Chart, Report, Sheet
from escalation.documents.report.page import page
from escalation.errors import RequestError
from escalation.policy.values import Language
from tests.documents.charts.gallery import PICTURES
from tests.documents.report.examples import FORMULA, HOSTILE, SHEET, SOURCE, report

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = replace(report(), sections=())
VOID = {"meta"}


class Reader(HTMLParser):
    """Collects the elements of a page, and what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(one: Report) -> Reader:
    reader = Reader()
    reader.feed(page(one))
    assert reader.open == []
    return reader


def test_a_page_states_all_that_it_rests_on() -> None:
    text = page(PLAIN)
    for said in (
        "Vaccination proof (bekasi-vaccination)",
        "1.0.0",
        "a" * 64,
        "observations.csv",
        "b" * 64,
        "2021-W47",
        "30 November 2021",
        "26 weeks",
        "10,000",
        "<td>7</td>",
        "80% intervals held 78%",
        "40 of 40 random paths agree with the reference engine",
        f"escalation {__version__}",
        "Assumes that the measures do not change the metrics.",
        "A person decides.",
    ):
        assert said in text


def test_a_page_is_written_in_its_language() -> None:
    text = page(replace(PLAIN, language=Language.INDONESIAN))
    assert '<html lang="id">' in text
    assert "30 November 2021" in text
    assert "10.000" in text
    assert "Keputusan ada pada manusia." in text


def test_every_picture_states_what_it_rests_on() -> None:
    line = SOURCE.line(Language.ENGLISH)
    assert line == (
        "bekasi-vaccination 1.0.0 (aaaaaaaaaaaa); data bbbbbbbbbbbb up to 2021-W47; data as of 2021-11-30; "
        "horizon: 26 weeks; 10,000 draws, seed 7"
    )


def test_below_every_picture_stands_what_is_made_up_and_what_is_supposed() -> None:
    told = replace(SOURCE, remarks=("ILLUSTRATION",), supposed=("Every recommendation is followed.",))
    assert told.caption(Language.ENGLISH) == (
        "ILLUSTRATION",
        "Every recommendation is followed.",
        SOURCE.line(Language.ENGLISH),
    )


@pytest.mark.parametrize("language", Language)
def test_the_method_of_a_picture_is_folded_below_it_and_in_print_stands_at_the_end(language: Language) -> None:
    text = page(report(language=language))
    below = text.split("</svg>")[1].partition("</figure>")[0]
    assert below.count("<details><summary>") == 1
    assert SOURCE.methods[0] in below
    where = re.search(r'<p class="printed">.*“(.*)”', below)
    assert where is not None
    assert f'<section class="facts" id="provenance">\n<h2>{where[1]}</h2>' in text
    assert "<figcaption>" not in page(replace(report(), provenance=replace(SOURCE, methods=())))


def test_what_was_not_drawn_states_no_seed() -> None:
    assert "seed" not in replace(SOURCE, draws=None, seed=None).line(Language.ENGLISH)


def test_a_page_needs_no_other_file_and_runs_nothing() -> None:
    reader = read(report())
    assert {"script", "link", "img", "iframe", "object"}.isdisjoint(reader.names)
    assert reader.names.count("svg") == 2
    targets = [value for name, value in reader.attributes if name in {"src", "href", "xlink:href"}]
    assert all(value is not None and value.startswith("#") for value in targets)


def test_cells_of_a_heat_map_are_held_by_the_page_and_shown() -> None:
    section = replace(report().sections[0], parts=(Chart(title="Weeks", drawing=PICTURES["heat"]),))
    reader = read(replace(report(), sections=(section,)))
    held = [value for name, value in reader.attributes if name == "xlink:href" and str(value).startswith("data:")]
    assert len(held) == 2
    assert all(str(value).startswith("data:image/png;base64,") for value in held)
    assert any(name == "content" and "img-src data:" in str(value) for name, value in reader.attributes)


def test_ids_on_a_page_are_told_apart() -> None:
    ids = [value for name, value in read(report(sections=2)).attributes if name == "id"]
    assert len(ids) == len({*ids})


def test_what_is_between_backticks_is_shown_as_code() -> None:
    shown = page(replace(PLAIN, labels=("`a<b` is 40 (in the policy: 70).",)))
    assert "<li><code>a&lt;b</code> is 40 (in the policy: 70).</li>" in shown


def test_hostile_texts_come_out_inert() -> None:
    text = page(report(HOSTILE))
    reader = read(report(HOSTILE))
    assert "script" not in reader.names
    assert reader.names.count("style") == page(report()).count("<style")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", text)


def test_hostile_names_cannot_end_the_line_at_the_foot() -> None:
    text = page(replace(PLAIN, provenance=replace(SOURCE, name=HOSTILE, version=HOSTILE)))
    (foot,) = re.findall(r"@bottom-left \{ content: (.*?); font", text)
    assert re.fullmatch(r'"[A-Za-z0-9 \\]*"', foot)


@pytest.mark.parametrize(("sections", "has_contents"), [(4, False), (5, True)])
def test_long_reports_have_a_table_of_contents(sections: int, *, has_contents: bool) -> None:
    section = replace(report().sections[0], parts=())
    assert ("<nav" in page(replace(PLAIN, sections=(section,) * sections))) is has_contents


def test_a_folder_holds_the_page_the_numbers_and_the_manifest(tmp_path: Path) -> None:
    assert write(PLAIN, tmp_path / "out") == ()
    assert {one.name for one in (tmp_path / "out").iterdir()} == {
        "report.html",
        "summary.csv",
        "summary.parquet",
        "manifest.json",
    }
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_the_manifest_has_the_digest_of_every_file(tmp_path: Path) -> None:
    write(PLAIN, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    for name, told in manifest["files"].items():
        held = (tmp_path / "out" / name).read_bytes()
        assert told == {"bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()}
    assert {*manifest["files"]} == {"report.html", "summary.csv", "summary.parquet"}
    assert manifest["seed"] == 7
    assert manifest["policy"]["sha256"] == "a" * 64
    assert manifest["versions"]["escalation"] == __version__


def test_a_report_written_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(report(), tmp_path / name)
    files = [{one.name: one.read_bytes() for one in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert files[0] == files[1]


def test_numbers_in_parquet_are_those_given(tmp_path: Path) -> None:
    write(PLAIN, tmp_path / "out")
    with duckdb.connect(":memory:") as connection:
        found = connection.read_parquet(str(tmp_path / "out" / "summary.parquet"))
        assert found.columns == ["region", "draws", "share"]
        assert [str(one) for one in found.types] == ["VARCHAR", "BIGINT", "DOUBLE"]
        assert found.fetchall() == [*SHEET.rows]


def test_formulas_leave_as_texts_in_csv(tmp_path: Path) -> None:
    write(PLAIN, tmp_path / "out")
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8", newline="") as stream:
        rows = [*csv.reader(stream)]
    assert rows[2] == [f"'{FORMULA}", "2", ""]
    assert "\u202e" not in rows[3][0]


@pytest.mark.parametrize("text", ["\u200b=1+1", " =1+1", "\uff1d1+1", "\t=1", "@x", "-1+1"])
def test_hidden_formulas_leave_as_texts_too(text: str, tmp_path: Path) -> None:
    write(replace(PLAIN, sheet=Sheet(columns=(("region", str),), rows=((text,),))), tmp_path / "out")
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8", newline="") as stream:
        (_, (cell,)) = [*csv.reader(stream)]
    assert cell.startswith("'")


def test_without_duckdb_the_rest_is_written_and_the_lack_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "can_write_parquet", lambda: False)
    (left_out,) = write(PLAIN, tmp_path / "out")
    assert "pip install '.[sql]' in the folder of this project" in left_out
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["left_out"] == [left_out]
    assert not (tmp_path / "out" / "summary.parquet").exists()


def test_an_earlier_report_is_replaced(tmp_path: Path) -> None:
    write(PLAIN, tmp_path / "out")
    write(replace(PLAIN, title="Another"), tmp_path / "out")
    assert "Another" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(RequestError, match=r"holds other files, such as `thesis\.txt`"):
        write(PLAIN, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(RequestError, match="`out` is a file"):
        write(PLAIN, tmp_path / "out")


def test_a_folder_in_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no folder"):
        write(PLAIN, tmp_path / "nowhere" / "out")


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    wrong = replace(PLAIN, sheet=Sheet(columns=(("draws", int),), rows=(("many",),)))
    write(PLAIN, tmp_path / "out")
    before = {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()}
    with pytest.raises(duckdb.Error):
        write(wrong, tmp_path / "out")
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    assert {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()} == before
