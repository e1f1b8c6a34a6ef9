"""Texts that try to be more than texts, in every place of a policy, its data and its files: inert in every paper."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import icalendar
import pytest
from click.testing import CliRunner

from escalation.cli import main
from tests.documents.accessible import faults, parsed
from tests.documents.papers.acts import CITY, DRAFT, GENERIC, LADDER

TEXT = (
    "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} #eval('1') $x^2$ [l](http://www.x.example) ]]> | =1+1 `c` *b* "
    "@team javascript:alert(1) & &lt; --> ; , \\n BEGIN:VEVENT"
)
REGION = '=HYPERLINK("<b>N</b>") {{ 7 * 7 }}, @team ' + "x" * 3000
FOLDER = "dir\u202e<b>{{ 7 * 7 }}\n=x"
FILLED = ("TEXT", "to keep water", "archive", "Wells fall", "reprimand", "by hand", "the sick", "It lapses", "everyone",
          "Lawn", "grass", "reservoirs fall", "the Act asks", "The board reviews it", "Two things:")  # fmt: skip
TITLES = ("Storage", "Dry", "Water Act", "A letter", '"Letter of 1 May 2021"', '"Water Act 1990"', "Example District",
          "Exampleville", "Example Province", "Example")  # fmt: skip


def policy(names: dict[str, str]) -> str:
    """Write the ladder with the hostile text wherever a policy has a text."""
    draft = DRAFT
    for one in FILLED:
        draft = draft.replace(f"'{one}'", "HOST").replace(one, "HOST")
    source = LADDER.replace("DRAFT", draft)
    for key, name in names.items():
        source = source.replace(key, name)
    for title in TITLES:
        source = re.sub(rf": {re.escape(title)}(?=[,}}])", ": HOST", source)
    source = source.replace("within: HOST", "within: HOST, country: ID, code: '3275'")
    source = (
        source.replace("- {name: enacted,", "- {name: enacted, title: HOST,") + "title: HOST\nsimplifications: [HOST]\n"
    )
    return source.replace("HOST", json.dumps(TEXT))


@cache
def papers(pack: str) -> dict[str, str]:
    """Write all papers and exports on the hostile policy as text, by how their names end."""
    found: dict[str, str] = {}
    with TemporaryDirectory() as place:
        folder = Path(place) / FOLDER
        folder.mkdir()
        (folder / "policy.yaml").write_text(policy(CITY if pack == "indonesia-city" else GENERIC), encoding="utf-8")
        with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
            rows = [(REGION, "2021-W30", 38.75, "=1+1 <i>"), (REGION, "2021-W31", 37.5, "=1+1 <i>")]
            csv.writer(file).writerows([("region", "week", "storage", "source"), *rows])
        for form in ("html", "md"):
            out = Path(place) / form
            given = ("--for", "enacted", "--stage", "regulated", "--since", "2021-W10", "--out", str(out))
            result = CliRunner().invoke(
                main, ["draft", str(folder), *given, "--format", form, "--export", "akn", "--export", "jdih"]
            )
            assert result.exit_code == 0, result.output
            for one in sorted(out.iterdir()):
                assert re.fullmatch("[a-z0-9-]+-2021-W31[.][a-z.]+", one.name)
                found[f"{one.name.partition('-')[0]}.{one.name.partition('.')[2]}"] = one.read_bytes().decode()
    return found


MARKUP = re.compile(r"<(?!br>)[a-z/!]|(?<!\\)`|(?<!\\)\]\(|@|(?<!\\)\$|://|www[.]|&\\#|^=|^BEGIN:", re.MULTILINE)
PAPERS = ("study", "instrument", "calendar")
both = pytest.mark.parametrize("pack", ["generic", "indonesia-city"])


@both
def test_no_paper_and_no_export_holds_a_character_that_turns_text_round(pack: str) -> None:
    names = {f"{paper}.{form}" for paper in PAPERS for form in ("html", "md")}
    others = {"calendar.ics", "calendar.svg", "instrument.akn.xml", "instrument.jdih.json"}
    assert set(papers(pack)) == names | others
    for text in papers(pack).values():
        assert re.findall("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0e-\x1f]", text) == []


@both
def test_pages_are_valid_and_hold_no_element_of_the_texts(pack: str) -> None:
    for paper in PAPERS:
        page = papers(pack)[f"{paper}.html"]
        assert faults(page) == []
        assert {one.tag for one in parsed(page).iter()}.isdisjoint({"script", "a", "img", "b", "i", "iframe"})
        assert page.count("alert(1)") == page.count("&lt;script&gt;alert(1)&lt;/script&gt;") * 2 > 0


@both
def test_markdown_holds_no_markup_link_or_mention_of_the_texts(pack: str) -> None:
    for paper in PAPERS:
        text = papers(pack)[f"{paper}.md"]
        assert (
            re.findall(
                r"<(?!br>)[a-z/!]|(?<!\\)`|(?<!\\)\]\(|@|(?<!\\)\$|://|www[.]|&\\#|^=|^BEGIN:", text, re.MULTILINE
            )
            == []
        )
        assert "{{ 7 \\* 7 }}" in text


@both
def test_the_calendar_has_its_own_events_and_no_others(pack: str) -> None:
    source = papers(pack)["calendar.ics"]
    events = icalendar.Calendar.from_ical(source).walk("VEVENT")
    assert len(events) == source.count("\r\nBEGIN:VEVENT\r\n") >= 1
    assert all(len(line.encode()) <= 75 for line in source.split("\r\n"))
    assert all("{{ 7 * 7 }}" in str(one["summary"]) for one in events)


def read(source: str) -> ET.Element:
    return ET.fromstring(source)  # noqa: S314 - our own output


@both
def test_exports_and_pictures_can_be_read_and_hold_no_element_of_the_texts(pack: str) -> None:
    for name in ("instrument.akn.xml", "calendar.svg"):
        tags = {one.tag.rpartition("}")[2] for one in read(papers(pack)[name]).iter()}
        assert tags.isdisjoint({"script", "b", "i", "l"})
    assert TEXT in "".join(read(papers(pack)["instrument.akn.xml"]).itertext())
    record = json.loads(papers(pack)["instrument.jdih.json"])
    assert TEXT.casefold() in str(record["judul"]).casefold()
