"""The staff study."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from escalation.diagnostics import Place
from escalation.documents.layout.render import write
from escalation.documents.papers.contents import RegionSection, StudyContext, Subject
from escalation.documents.papers.marks import Marks
from escalation.documents.papers.phrases import HEADINGS, MADE_WITH
from escalation.documents.papers.study import context, study
from escalation.evaluation.catalogue import sentence
from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.library import evaluate_latest, step
from escalation.evaluation.step import Recommendation
from escalation.evaluation.trend import trends
from escalation.instruments import Workdays
from escalation.observations import Observations, tabulate
from escalation.observations.findings import diagnose
from escalation.observations.standings import StageInForce
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


def test_every_figure_of_the_memo_is_the_evaluations() -> None:
    text = memo("md")
    assert "38.50 %" in text
    assert "39.00 %" not in text
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
    assert "data.csv, baris 7: kesalahan: baris tanpa minggu [blank-week]<br>rincian: " in text
    assert "saran: name one" in text


LADDER = """
language: 1
name: ladder
calendar: iso-week
instruments: indonesia-city
sources: {law: {title: A law}}
metrics: {storage: {unit: percent, kind: level, title: Storage}, ready: {kind: judgement, by: a-role, max_age: always}}
triggers:
  dry: {title: Dry, when: {metric: storage, below: 40}, missing: unknown, source: assumption}
  wet: {title: Wet, when: {metric: storage, at_least: 60}, missing: unknown, source: assumption}
stages:
  - {name: appeal, instrument: surat_edaran}
  - {name: instruction, instrument: instruksi_wali_kota}
  - {name: perwal, instrument: perwal, parent_norm: law}
  - {name: perda, instrument: perda}
moves:
  - {name: relax, from: perwal, to: appeal, trigger: wet}
  - {name: up, from: instruction, to: perwal, trigger: dry}
  - {name: to-perda, from: perwal, to: perda, trigger: dry}
"""


def subject(stage: str, values: list[float], *, before: str | None = "appeal", asked: str | None = None) -> Subject:
    policy = loads(LADDER)
    first = Week.parse("2025-W45", policy.calendar).number
    rows = [("North", first + at, "storage", value) for at, value in enumerate(values)]
    evaluation = step(policy, tabulate(policy.calendar, rows), stage=stage, since="2025-W45")
    earlier = (StageInForce(stage=before, since=first - 9),) if before is not None else ()
    return Subject(
        explanation=explain(evaluation),
        figures=figures(evaluation),
        trends=trends(evaluation),
        stages=(*earlier, StageInForce(stage=stage, since=first)),
        prepared_for=asked,
    )


def section(found: Subject, language: Language = Language.ENGLISH, *, ladder: str = LADDER) -> RegionSection:
    policy = loads(ladder)
    return context(policy, tabulate(policy.calendar, []), (found,), language).sections[0]


def test_stages_on_record_come_with_their_weeks_and_milder_ones_that_were_never_tried_are_named() -> None:
    assert section(subject("instruction", [39] * 5)).tried == (
        "appeal: 9 weeks, from 2025-W36",
        "instruction: 4 weeks so far, from 2025-W45; in force",
    )
    assert (
        section(subject("perwal", [39] * 5)).tried[-1] == "instruction: milder than perda, and not on record as tried"
    )


def test_a_condition_that_the_trend_ends_before_the_act_is_in_force_is_told() -> None:
    rising = section(subject("instruction", [31, 33, 35, 37, 39])).timing
    assert any("no longer hold before the act is in force: consider staying" in text for text in rising)
    assert any("it would be 45 % on 28 December 2025." in text for text in rising)
    still = section(subject("instruction", [38.9, 38.9, 38.9, 38.9, 39])).timing
    assert not any("no longer hold" in text for text in still)
    assert any("that would still hold" in text for text in still)


def test_lead_times_in_working_days_leave_out_the_public_holidays_of_the_country() -> None:
    unknown = section(subject("appeal", [39] * 5, asked="instruction")).timing
    assert unknown[1].endswith("usually on 11 December 2025, at the latest on 15 December 2025.")
    assert "the policy names no country: public holidays are not known" in unknown[2]
    found = replace(subject("appeal", [39] * 5, asked="instruction"), begun=date(2021, 10, 18))
    known = section(found, ladder=LADDER + "jurisdiction: {name: A city, country: ID}").timing
    assert known[1].endswith("usually on 22 October 2021, at the latest on 26 October 2021.")
    assert known[2].endswith(f"as {Workdays('ID').made_with} has them; local ones are not.")


def test_an_act_that_relaxes_takes_the_lead_time_of_the_form_of_the_stage_left() -> None:
    found = subject("perwal", [65] * 5)
    assert found.proposed == "appeal"
    assert section(found).timing[0].startswith("Lead time to plan for: 10 to 45 calendar days, usually 20")


def test_a_trend_of_a_percentage_ends_at_a_hundred() -> None:
    falling = section(subject("perwal", [80, 60, 40, 20, 1])).timing
    assert any("it would be 0 % on" in text for text in falling)


def test_without_figures_of_four_weeks_before_no_trend_is_drawn() -> None:
    assert "no trend can be drawn" in section(subject("instruction", [39])).timing[-1]


def test_where_all_stays_no_act_is_timed_and_no_risk_told() -> None:
    found = section(subject("instruction", [50] * 5))
    none = ("No act is put forward.",)
    assert (found.timing, found.risks, found.facts) == (none, none, ())
    assert not any(text.startswith("Stay") for text in found.alternatives)


def test_the_law_of_the_last_day_of_the_week_is_shown_with_its_certainty() -> None:
    facts = {row.fact: row for row in section(subject("perwal", [39] * 5)).facts}
    assert facts["hardest sanction"].value == "detention or fine, at most 6 months, at most Rp 50,000,000"
    assert facts["hardest sanction"].certainty == "confirmed"
    later = {row.fact: row for row in section(subject("perwal", [39] * 9)).facts}
    assert later["hardest sanction"].value == "fine, category III at most, at most Rp 50,000,000"
    assert later["hardest sanction"].certainty == "reported"
    assert later["numbering"].value == "NOMOR …… TAHUN ……"


def test_the_way_to_a_by_law_comes_with_its_clocks_in_both_languages() -> None:
    english = {row.fact: row.value for row in section(subject("perwal", [39] * 5)).facts}
    assert "Gubernur: register number, within 7 working days of receipt" in english.values()
    indonesian = [row.value for row in section(subject("perwal", [39] * 5), Language.INDONESIAN).facts]
    assert "Gubernur: nomor register, dalam 7 hari kerja sejak penerimaan" in indonesian
    assert "menyampaikannya kepada gubernur, dalam 7 hari kerja" in indonesian


def test_a_form_without_steps_names_what_comes_before_it() -> None:
    facts = {row.fact: row for row in section(subject("appeal", [39] * 5, asked="instruction")).facts}
    assert facts["before it is made"].value == "Forkopimda: discussion of urgent action (if so chosen)"
    assert facts["published in"].certainty == "unconfirmed, not to be relied on"


def test_the_risks_of_a_form_are_named() -> None:
    text = " ".join(section(subject("instruction", [39] * 5)).risks)
    assert "Mayoral regulation rests on A law" in text
    assert "no judgement that people can comply" in text
    assert "facts of the pack on Mayoral regulation are unconfirmed" in text
    assert "no duty of the public" in " ".join(section(subject("appeal", [39] * 5, asked="instruction")).risks)


def test_a_paper_for_another_stage_says_that_it_is_not_recommended() -> None:
    found = section(subject("instruction", [39] * 5, asked="perda"))
    assert found.prepared == "This paper is prepared for perda; the recommendation is another: escalate to perwal."
    assert "No move of the policy leads from instruction to perda." in found.risks
    assert section(subject("instruction", [39] * 5, asked="perwal")).prepared == ""


def test_staying_and_every_other_move_are_alternatives() -> None:
    assert section(subject("perwal", [39] * 5)).alternatives == (
        "Stay at perwal: always open.",
        "relax, to appeal: earliest 2025-W50 (in 1 week), were its condition to hold from now on",
        "Another decision, with its reasons on record.",
    )


def test_staying_is_named_where_the_step_cannot_be_determined() -> None:
    found = subject("perwal", [39])
    unknown = found.explanation._replace(recommendation=Recommendation.UNDETERMINED)
    assert section(replace(found, explanation=unknown)).alternatives[0] == "Stay at perwal: always open."


def test_an_indonesian_study_says_no_phrase_in_english() -> None:
    found = section(subject("perwal", [39] * 5), Language.INDONESIAN)
    said = " ".join((*found.alternatives, *found.tried, *found.timing, *found.risks, found.law))
    assert re.findall(r"\b(?:the|and|of|is|days|weeks|no)\b", said) == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("stage", ["instruction", "perwal"])
def test_the_figures_of_the_page_parse_back_to_those_of_the_evaluation(stage: str, language: Language) -> None:
    found = subject(stage, [38.25, 39.5, 37.125, 36, 39.375])
    policy = loads(LADDER)
    page = written("html", policy, tabulate(policy.calendar, []), (found,), language=language)
    rows = dict(re.findall(r"<tr><td>([^<]*)</td><td>([^<]*)</td><td>[^<]*</td></tr>", page))
    for figure in found.figures:
        if not figure.is_judgement and figure.value is not None:
            printed = rows[policy.metrics[figure.metric].title.in_language(language)].removesuffix(" %")  # type: ignore[union-attr]
            if language is Language.INDONESIAN:
                printed = printed.replace(".", "").replace(",", ".")
            assert float(printed) == pytest.approx(figure.value, abs=0.00501)


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
