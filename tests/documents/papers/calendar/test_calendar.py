"""The checklist and calendar as a paper and as the days of an office's calendar."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from icalendar import Calendar

from escalation.documents.papers.calendar.contents import CalendarContext, Row
from escalation.documents.papers.calendar.files import calendar_files
from escalation.documents.papers.calendar.paper import context
from escalation.documents.papers.calendar.phrases import HEADINGS
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.study import context as study_context
from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.library import step
from escalation.observations import Observations, tabulate
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.values import Language

TEMPLATE = files("escalation").joinpath("documents", "templates", "calendar.html").read_text()
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} | [l](http://x) *b* =1+1 ; & `c`"
LADDER = """
language: 1
name: ladder
calendar: iso-week
title: "{title}"
instruments: indonesia-city
jurisdiction: {{name: A city, country: {country}}}
metrics: {{storage: {{unit: percent, kind: level}}}}
triggers:
  dry: {{when: {{metric: storage, below: 40}}, missing: unknown, source: assumption}}
  wet: {{when: {{metric: storage, at_least: 60}}, missing: unknown, source: assumption}}
stages:
  - {{name: appeal, instrument: surat_edaran}}
  - {{name: order, title: "{title}"}}
  - {{name: perda, title: "{title}", instrument: perda}}
moves:
  - {{name: up, from: appeal, to: perda, trigger: dry}}
  - {{name: down, from: perda, to: appeal, trigger: wet}}
"""


def given(
    storage: float = 39.0,
    *,
    stage: str = "appeal",
    asked: str | None = None,
    country: str = "ID",
    title: str = "By-law",
    region: str = "North",
    start: date | None = None,
) -> tuple[Policy, Observations, Subject]:
    policy = loads(LADDER.format(title=title, country=country))
    week = Week.parse("2021-W36", policy.calendar).number
    observations = tabulate(policy.calendar, [(region, week, "storage", storage)])
    evaluation = step(policy, observations, stage=stage, since="2021-W30")
    subject = Subject(explanation=explain(evaluation), figures=figures(evaluation), prepared_for=asked, begun=start)
    return policy, observations, subject


def told(of: tuple[Policy, Observations, Subject], language: Language = Language.ENGLISH) -> CalendarContext:
    found = context(*of, language)
    assert found is not None
    return found


def written(of: tuple[Policy, Observations, Subject], form: str, language: Language = Language.ENGLISH) -> list[bytes]:
    return list(calendar_files(*of, form=form, language=language).values())


def events(source: bytes) -> list[Any]:
    """Read events back as dictionaries."""
    return list(Calendar.from_ical(source).walk("VEVENT"))


def test_the_way_begins_on_the_day_after_the_week_evaluated_unless_another_is_given() -> None:
    assert told(given()).start.startswith("Assumed start: 13 September 2021")
    assert told(given(start=date(2022, 1, 3))).start.startswith("Assumed start: 3 January 2022")


def test_a_row_says_who_by_when_from_what_and_by_which_law() -> None:
    row = told(given()).rows[10]
    assert row == Row(
        number="11",
        act="Signature",
        about=("Mayor",),
        limit="30 working days from the joint approval, if that is on 13 September 2021",
        latest="26 October 2021",
        certainty="confirmed",
        source="UU 23/2014 (LN 2014/244, TLN 5587). Pasal 242 ayat (6); if not, it is valid all the same: "
        "ayat (7) to (9).",
    )


def test_a_source_later_than_the_day_of_the_law_is_told_to_be_one() -> None:
    sources = [row.source for row in told(given(start=date(2022, 2, 21))).rows]
    assert any("UU 15/2019" in one for one in sources)
    assert not any("UU 13/2022" in one for one in sources)
    early = told(given(start=date(2011, 9, 1)))
    found = next(row.source for row in early.rows if row.act == "Deliberation")
    assert "UU 23/2014 (LN 2014/244, TLN 5587) (not yet in force: from 2 October 2014)" in found


def test_a_step_without_a_limit_says_so_and_has_no_day() -> None:
    row = told(given(), Language.INDONESIAN).rows[6]
    assert (row.act, row.limit, row.latest) == ("Persetujuan bersama", "tidak ada batas waktu dalam paket", "–")


def test_what_need_not_be_done_says_so() -> None:
    rows = told(given(asked="appeal")).rows
    assert rows[1].about == ("Forkopimda", "(before it is made, if so chosen)")


def test_an_act_that_relaxes_takes_the_form_of_the_stage_left() -> None:
    found = told(given(65.0, stage="perda"))
    assert found.form == "Regional by-law (repeal)"
    assert any(text.startswith("The act relaxes") for text in found.remarks)
    assert any(text.endswith("the act of the milder stage, Circular, is left out.") for text in found.remarks)


def test_a_calendar_for_another_stage_than_the_one_recommended_says_so() -> None:
    assert any("the recommendation is another" in text for text in told(given(asked="appeal")).remarks)


def test_days_in_force_are_those_of_the_study() -> None:
    of = given()
    policy, observations, subject = of
    (section,) = study_context(policy, observations, (subject,), Language.ENGLISH).sections
    assert all(day in section.timing[1] for day in told(of).in_force)


@pytest.mark.parametrize("of", [given(50.0), given(asked="order")], ids=["no act", "no legal form"])
def test_without_an_act_or_its_legal_form_there_is_no_calendar(of: tuple[Policy, Observations, Subject]) -> None:
    assert calendar_files(*of, form="md", language=Language.ENGLISH) == {}


def test_holidays_that_were_left_out_are_named() -> None:
    found = told(given(), Language.INDONESIAN)
    assert found.off_until.endswith("sampai 4 November 2021:")
    assert found.off == ("20 Oktober 2021: Maulid Nabi Muhammad",)


def test_of_a_country_that_is_not_known_the_paper_says_that_public_holidays_are_not() -> None:
    found = told(given(country="Atlantis"))
    assert "the public holidays of `Atlantis` are not known" in found.working[0]
    assert found.rows[10].latest == "25 October 2021"
    assert found.off == ()


def test_years_that_the_data_do_not_hold_are_named() -> None:
    assert any(text.startswith("Of 2040,") for text in told(given(start=date(2040, 2, 1))).working)
    assert any(
        text.startswith("No public holidays are known of 2140") for text in told(given(start=date(2140, 2, 1))).working
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", ["html", "md"])
def test_a_calendar_is_marked_as_a_draft_and_the_same_on_every_run(form: str, language: Language) -> None:
    paper, days = written(given(), form, language)
    for content in (paper, days):
        assert ("RANCANGAN" if language is Language.INDONESIAN else "DRAFT") in content.decode()
    assert written(given(), form, language) == [paper, days]


def test_days_are_those_of_the_paper() -> None:
    of = given()
    found = events(written(of, "md")[1])
    days = [one["DTSTART"].dt for one in found]
    assert days == [
        date(2021, 9, 13),
        *(date(2021, 9, day) for day in (16, 21, 30)),
        date(2021, 10, 26),
        date(2021, 11, 4),
        date(2021, 11, 2),
        date(2021, 12, 12),
        date(2022, 3, 12),
    ]
    assert len({one["UID"] for one in found}) == len(found)
    assert "7. Joint approval · DPRD and the mayor: no limit in the pack" in found[0]["DESCRIPTION"].splitlines()


def test_the_picture_is_a_part_of_the_paper_and_a_file_of_its_own() -> None:
    found = calendar_files(*given(), form="html", language=Language.INDONESIAN, has_picture=True)
    assert [name.rpartition(".")[2] for name in found] == ["html", "ics", "svg"]
    page, _, picture = (content.decode() for content in found.values())
    assert page.count("<svg ") == 1
    for drawn in (page, picture):
        assert "Penandatanganan: 26 Oktober 2021" in drawn
        assert "Tanpa batas waktu: Pencantuman dalam Propemperda" in drawn


def test_two_regions_never_share_an_event() -> None:
    first, second = (
        {one["UID"] for one in events(written(given(region=name), "md")[1])} for name in ("North", "South")
    )
    assert first.isdisjoint(second)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", ["html", "md"])
def test_texts_of_policy_and_data_are_inert(form: str, language: Language) -> None:
    paper, days = written(given(title=HOSTILE, region="<b>\u202e;,\nEND:VEVENT" + "x" * 10_000), form, language)
    assert "<script" not in paper.decode()
    assert "<b>" not in paper.decode()
    assert " 49 " not in paper.decode()
    assert "\u202e" not in paper.decode() + days.decode()
    assert {part.name for part in Calendar.from_ical(days).walk()} == {"VCALENDAR", "VEVENT"}


def test_the_template_sees_all_of_the_context_and_nothing_else() -> None:
    used = set(re.findall(r"\bcalendar\.(\w+)", TEMPLATE))
    assert used == {one.name for one in fields(CalendarContext)}
    assert set(re.findall(r"\brow\.(\w+)", TEMPLATE)) == {one.name for one in fields(Row)}
    assert set(re.findall(r"\bwords\.(\w+)", TEMPLATE)) == set(HEADINGS) - {"off"}


def test_no_row_is_half_translated() -> None:
    english, indonesian = told(given()), told(given(), Language.INDONESIAN)
    for one, other in zip(english.rows, indonesian.rows, strict=True):
        assert (one.act, one.limit, one.certainty) != (other.act, other.limit, other.certainty)
        assert not {"the", "with", "and"} & set(re.findall(r"\w+", f"{other.act} {other.limit}"))
