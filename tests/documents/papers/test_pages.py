"""The papers of Bekasi page by page: none ends with a few lines, no signature is alone, every picture is told."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pypdf
import pytest

pytest.importorskip("typst")
pytest.importorskip("docx")
pytest.importorskip("matplotlib")

import docx

from escalation.documents.layout.render import write
from escalation.documents.layout.tree import Figure, Paper
from escalation.documents.papers.calendar.paper import calendar
from escalation.documents.papers.charts import charts
from escalation.documents.papers.instruments.instrument import instrument
from escalation.documents.papers.study import study
from escalation.evaluation.library import step
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.trend import pasts
from escalation.periods import Week
from escalation.policy.values import Language
from tests.documents.layout.samples import paper
from tests.documents.papers.acts import climbed

if TYPE_CHECKING:
    from collections.abc import Iterator

STAGES = ("appeal", "instruction", "perwal", "perda")
LANGUAGE = Language.INDONESIAN
MARKED = 3
"""Lines of head and foot that a page has besides its text, at the most."""


@cache
def papers() -> dict[str, Paper]:
    policy, observations, subjects = climbed()
    seen = replace(subjects[11], pasts=pasts(step(policy, observations, week="2021-W47"), 26))
    assert seen.explanation.week == "2021-W47"
    found: dict[str, Paper | None] = {}
    for stage in STAGES:
        one = replace(seen, prepared_for=stage)
        found[f"instrument {stage}"] = instrument(policy, observations, one)
        found[f"calendar {stage}"] = calendar(policy, observations, one, language=LANGUAGE, has_picture=True)
        found[f"study {stage}"] = study(policy, observations, (one,), language=LANGUAGE)
    assert None not in found.values()
    return {name: one for name, one in found.items() if one is not None}


def pages(one: Paper) -> list[list[str]]:
    reader = pypdf.PdfReader(BytesIO(write(one, "pdf")))
    return [[line for line in page.extract_text().splitlines() if line.strip()] for page in reader.pages]


def drawn() -> Iterator[Figure]:
    yield from (block for one in papers().values() for block in one.blocks if isinstance(block, Figure))


@pytest.mark.parametrize("kind", ["instrument", "calendar", "study"])
@pytest.mark.parametrize("stage", STAGES)
def test_no_paper_ends_with_a_page_of_a_few_lines(kind: str, stage: str) -> None:
    assert len(pages(papers()[f"{kind} {stage}"])[-1]) >= 4 + MARKED


@pytest.mark.parametrize("lines", range(20, 34, 2))
def test_a_signature_is_never_alone_on_a_page_whatever_the_length_of_the_text(lines: int) -> None:
    text = "".join(f"<p>Kalimat ke-{place}.</p>" for place in range(lines))
    signs = (
        '<div class="sign"><p>Ditetapkan di Bekasi</p><p><span class="blank"/></p></div>'
        '<div class="sign left"><p>Diundangkan di Bekasi</p><p><span class="blank"/></p></div><p>BERITA DAERAH</p>'
    )
    found = pages(paper(f"<h1>A</h1>{text}{signs}"))
    (signed,) = (page for page in found if any("Ditetapkan" in line for line in page))
    said = " ".join(signed)
    assert re.search(rf"Kalimat ke-{lines - 1}\..*Ditetapkan.*Diundangkan.*BERITA", said)
    assert len(found[-1]) >= 4


def test_in_word_a_text_stays_with_the_signature_and_the_signatures_with_each_other() -> None:
    document = docx.Document(BytesIO(write(papers()["instrument perda"], "docx")))
    said = [one for one in document.paragraphs if one.text.strip()]
    first = next(place for place, one in enumerate(said) if one.text.startswith("Ditetapkan di"))
    last = next(place for place, one in enumerate(said) if one.text.startswith("LEMBARAN DAERAH"))
    assert said[first - 1].text.startswith("Agar setiap orang")
    styled = [
        one.paragraph_format.keep_with_next or (one.style is not None and one.style.name == "Signature Block")
        for one in said
    ]
    assert all(styled[first - 1 : last])


def test_every_picture_has_a_title_and_a_description_in_every_form() -> None:
    assert len(list(drawn())) >= 4 * 4
    for name, one in papers().items():
        figures = [block.picture for block in one.blocks if isinstance(block, Figure)]
        assert all(picture.title and len(picture.alt) > 20 for picture in figures)
        page = write(one, "html").decode()
        assert len(re.findall(r'<svg [^>]*role="img"[^>]*>\s*<title id="[^"]+">[^<]+</title>\s*<desc', page)) == len(
            figures
        )
        told = BytesIO(write(one, "docx"))
        shapes = docx.Document(told).element.body.iter("{*}docPr")
        assert [(shape.get("title"), shape.get("descr")) for shape in shapes] == [
            (picture.title, picture.alt) for picture in figures
        ], name


def test_no_line_begins_with_a_percent_sign() -> None:
    for one in papers().values():
        assert [line for page in pages(one) for line in page if line.lstrip().startswith("%")] == []
        told = {block.picture.alt for block in one.blocks if isinstance(block, Figure)}
        lines = write(one, "md").decode().splitlines()
        assert [line for line in lines if re.search("[0-9] %", line) and line.strip("*") not in told] == []
        page = re.sub(r"<svg.*?</svg>", "", write(one, "html").decode(), flags=re.DOTALL)
        assert re.findall("[0-9] %", page) == []


def test_thresholds_of_one_level_are_one_line_with_the_words_for_both() -> None:
    policy, observations, subjects = climbed("recovery")
    one = next(one for one in subjects if one.explanation.stage == "perwal" and one.proposed == "instruction")
    seen = replace(one, pasts=pasts(step(policy, observations, week=one.explanation.week, stage="perwal"), 26))
    told = {picture.name: picture.alt for picture in charts(seen, Speaker(policy, LANGUAGE))}
    assert "terhadap paling sedikit 70 %; di bawah 70 %, paling sedikit 50 %" in told["first_dose_coverage-1"]


def test_a_chart_begins_with_the_first_figure_or_stage_but_shows_some_weeks() -> None:
    policy, observations, subjects = climbed()
    for one, weeks in ((subjects[1], 6), (subjects[8], 9)):
        seen = replace(one, pasts=pasts(step(policy, observations, week=one.explanation.week), 26))
        last = Week.parse(one.explanation.week, policy.calendar)
        alts = [picture.alt for picture in charts(seen, Speaker(policy, LANGUAGE))]
        assert alts
        assert all(f"dari {last + (1 - weeks)} sampai {last}" in alt for alt in alts)
