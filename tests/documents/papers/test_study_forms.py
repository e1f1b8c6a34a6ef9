"""The staff study as a file: marked, inert, complete, and told what it was made from."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO

import pypdf
import pytest

from escalation.diagnostics import Place
from escalation.documents.layout.render import write
from escalation.documents.papers.contents import RegionSection, StudyContext, Subject
from escalation.documents.papers.marks import Marks
from escalation.documents.papers.phrases import HEADINGS, MADE_WITH
from escalation.documents.papers.study import study
from escalation.evaluation.catalogue import sentence
from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.library import evaluate_latest, step
from escalation.observations import Observations, tabulate
from escalation.observations.findings import diagnose
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.values import Language

TEMPLATES = files("escalation").joinpath("documents", "templates")

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} | [link](http://x) \\u202e *b* =1+1 & `code`"


def policy_text(title: str) -> str:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f"""
language: 1
name: reservoir
calendar: iso-week
title: "{quoted}"
metrics: {{storage: {{unit: percent, kind: level, title: "{quoted}"}}}}
triggers:
  dry: {{title: "{quoted}", when: {{metric: storage, below: 40}}, for: 2 weeks, missing: unknown, source: assumption}}
stages: [{{name: normal}}, {{name: drought, title: "{quoted}"}}]
moves: [{{name: to-drought, from: normal, to: drought, trigger: dry}}]
simplifications: ["{quoted}"]
"""


def written(
    form: str,
    policy: Policy,
    observations: Observations,
    subjects: tuple[Subject, ...],
    *,
    language: Language,
    made_with: tuple[tuple[str, str], ...] = (),
) -> str:
    paper = study(policy, observations, subjects, language=language, made_with=made_with)
    return write(paper, form).decode()


def memo(form: str, *, title: str = "Reservoir", language: Language = Language.ENGLISH, region: str = "North") -> str:
    policy = loads(policy_text(title))
    week = Week.parse("2021-W30", policy.calendar).number
    observations = tabulate(policy.calendar, [(region, week, "storage", 39.0), (region, week + 1, "storage", 38.5)])
    evaluation = step(policy, observations)
    subjects = (Subject(explanation=explain(evaluation), figures=figures(evaluation)),)
    return written(form, policy, observations, subjects, language=language)


class Tags(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)
        if tag not in {"meta", "col", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(("language", "mark"), [(Language.ENGLISH, "DRAFT"), (Language.INDONESIAN, "RANCANGAN")])
def test_the_memo_is_marked_as_a_draft_and_leaves_number_date_and_signature_empty(
    form: str, language: Language, mark: str
) -> None:
    text = memo(form, language=language)
    assert mark in text
    index = 1 if language is Language.INDONESIAN else 0
    for blank in ("number", "date", "signature"):
        assert f"{HEADINGS[blank][index]}: …" in text


def test_the_page_is_well_formed_and_self_contained() -> None:
    page = Tags()
    page.feed(memo("html"))
    assert page.open == []
    assert page.tags.isdisjoint({"script", "link", "img", "iframe"})


def test_hostile_texts_come_out_inert_in_html() -> None:
    page = Tags()
    page.feed(memo("html", title=HOSTILE, region=HOSTILE))
    assert "script" not in page.tags
    assert "a" not in page.tags
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7 * 7 }}" in page.text


def test_hostile_texts_come_out_inert_in_markdown() -> None:
    text = memo("md", title=HOSTILE, region=HOSTILE)
    assert "<script>" not in text
    assert not re.search(r"(?<!\\)\[link", text)
    assert r"{{ 7 \* 7 }}" in text
    bars = [len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")]
    assert bars[:3] == [5, 5, 5]
    assert set(bars[3:]) == {4}


@pytest.mark.parametrize("form", ["md", "html"])
def test_marks_that_turn_text_round_are_made_visible_and_long_names_stay_whole(form: str) -> None:
    text = memo(form, region="No\u202erth\u2066" + "x" * 10_000)
    assert "\u202e" not in text
    assert "\u2066" not in text
    assert "No\ufffdrth\ufffd" + "x" * 10_000 in text


def read_back(content: bytes, form: str) -> str:
    """Give the text of a file, its pages or paragraphs and cells one after the other."""
    if form == "pdf":
        return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages).split())
    document = pytest.importorskip("docx").Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_hostile_texts_stand_in_word_and_pdf_as_they_were_written(form: str) -> None:
    pytest.importorskip("docx" if form == "docx" else "typst")
    policy = loads(policy_text(HOSTILE))
    region = "No\u202erth <w:t>" + "x" * 10_000
    week = Week.parse("2021-W31", policy.calendar).number
    observations = tabulate(policy.calendar, [(region, week, "storage", 38.5)])
    evaluation = step(policy, observations)
    subjects = (Subject(explanation=explain(evaluation), figures=figures(evaluation)),)
    text = read_back(write(study(policy, observations, subjects, language=Language.ENGLISH), form), form)
    assert text.count(HOSTILE) >= 3
    assert "No\ufffdrth <w:t>" in text
    assert "x" * 50 in text
    assert "\u202e" not in text


def test_every_figure_of_the_memo_is_the_evaluations() -> None:
    text = memo("md")
    assert "38.50\N{NO-BREAK SPACE}%" in text
    assert "39.00\N{NO-BREAK SPACE}%" not in text
    assert "2 of 2 weeks" in text


def test_the_memo_names_what_it_was_made_from() -> None:
    text = memo("md")
    assert re.search(r"policy reservoir .*sha256 [0-9a-f]{64}", text)
    assert "week 2021-W31" in text
    assert re.search(r"escalation [0-9.]+", text)


def several(form: str, language: Language = Language.ENGLISH) -> str:
    policy = loads(policy_text("Left out"))
    week = Week.parse("2021-W30", policy.calendar).number
    rows = [(region, week, "storage", 39.0) for region in ("North", "South")]
    observations = tabulate(policy.calendar, rows)
    subjects = tuple(
        Subject(explanation=explain(one), figures=figures(one), is_assumed=one.region == "South")
        for one in evaluate_latest(policy, observations, ["North", "South"])
    )
    return written(form, policy, observations, subjects, language=language)


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_memo_on_several_regions_begins_with_all_of_them_and_says_once_what_the_file_leaves_out(form: str) -> None:
    text = several(form)
    assert text.index("South") < text.index("A. Question")
    assert text.count(HEADINGS["left-out"][0]) == 1


@pytest.mark.parametrize("language", Language)
def test_a_stage_that_is_assumed_is_among_the_assumptions_of_its_region(language: Language) -> None:
    said = sentence("stage.assumed", language)[1:]
    north, south = several("md", language).split("## A. ")[1:]
    assert said not in north
    assert said in south


def test_what_else_the_memo_rests_on_is_named_in_its_language() -> None:
    policy = loads(policy_text("Reservoir"))
    observations = tabulate(
        policy.calendar, [("North", Week.parse("2021-W30", policy.calendar).number, "storage", 1.0)]
    )
    evaluation = step(policy, observations)
    explained = (Subject(explanation=explain(evaluation), figures=figures(evaluation)),)
    made_with = tuple((key, "x") for key in MADE_WITH)
    text = written("html", policy, observations, explained, language=Language.INDONESIAN, made_with=made_with)
    for _, word in MADE_WITH.values():
        assert f"<li>{word} x</li>" in text


def test_the_findings_of_an_indonesian_memo_are_in_indonesian() -> None:
    policy = loads(policy_text("Reservoir"))
    observations = tabulate(
        policy.calendar, [("North", Week.parse("2021-W30", policy.calendar).number, "storage", 1.0)]
    )
    finding = diagnose("blank-week", "the row names no week", Place(file="data.csv", line=7), help="name one")
    evaluation = step(policy, observations)
    explained = (Subject(explanation=explain(evaluation), figures=figures(evaluation)),)
    found = replace(observations, findings=(finding,))
    text = written("html", policy, found, explained, language=Language.INDONESIAN)
    assert "data.csv, baris 7: kesalahan: baris tanpa minggu [blank-week]" in text
    assert "the row names no week" not in text
    assert "name one" not in text
    english = written("html", policy, found, explained, language=Language.ENGLISH)
    assert "data.csv:7: error: the row names no week [blank-week]<br>help: name one" in english


def test_the_template_uses_every_part_of_a_section() -> None:
    text = (TEMPLATES / "study.html").read_text(encoding="utf-8")
    assert {one.name for one in fields(RegionSection)} == set(re.findall(r"section\.([a-z_]+)", text))
    assert {one.name for one in fields(StudyContext)} == set(re.findall(r"study\.([a-z_]+)", text))
    assert {one.name for one in fields(Marks)} == set(
        re.findall(r"marks\.([a-z_]+)", (TEMPLATES / "marks.html").read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_same_study_is_written_again_to_the_byte(form: str) -> None:
    assert memo(form) == memo(form)
