"""The staff study."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from escalation.documents.layout.render import write
from escalation.documents.papers.contents import RegionSection, Subject
from escalation.documents.papers.forms import form_of
from escalation.documents.papers.legal import facts, facts_of_repeal, risks
from escalation.documents.papers.study import context, study
from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.library import step
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.step import Recommendation
from escalation.evaluation.trend import trends
from escalation.instruments import Certainty, Fact, Form, Workdays, law, on
from escalation.instruments.model import Approval
from escalation.observations import tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.policy.values import Language
from tests.documents.papers.acts import CITY, GENERIC, STAGES, asked, climbed, ladder

TEMPLATES = files("escalation").joinpath("documents", "templates")

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
    early, *known = section(found, ladder=LADDER + "jurisdiction: {name: A city, country: ID}").timing
    assert early.startswith("The assumed start, 18 October 2021, lies before the end of the week evaluated")
    assert known[1].endswith("usually on 22 October 2021, at the latest on 26 October 2021.")
    assert known[2].endswith(
        f"as the data package {Workdays('ID').made_with} has them; local holidays count as working days."
    )


def test_a_way_that_began_long_ago_is_held_against_the_present_figures() -> None:
    found = replace(subject("instruction", [31, 33, 35, 37, 39]), begun=date(2025, 6, 2))
    assert any("it would be 39 % on 7 December 2025." in text for text in section(found).timing)


def test_an_act_that_relaxes_takes_the_lead_time_of_the_form_of_the_stage_left() -> None:
    found = subject("perwal", [65] * 5)
    assert found.proposed == "appeal"
    told = section(found).timing
    assert told[0] == "The act that repeals, Mayoral regulation:"
    assert told[1].startswith("Lead time to plan for: 10 to 45 calendar days, usually 20")
    milder = told.index("The act of the milder stage, Circular:")
    assert told[milder + 1].startswith("Lead time to plan for: 0 to 3")


def test_a_step_down_from_legislation_shows_the_law_and_the_risks_of_both_acts() -> None:
    policy, _, subjects = climbed("recovery")
    down = next(one for one in subjects if (one.explanation.stage, one.explanation.to) == ("perda", "perwal"))
    found = context(policy, tabulate(policy.calendar, ()), (down,), Language.ENGLISH).sections[0]
    assert found.law.startswith("Legal form: Mayoral regulation")
    assert found.repeal_law.startswith("Legal form of the act that repeals the one in force: Regional by-law")
    assert any(row.value.startswith("DPRD and the mayor: joint approval") for row in found.repeal_facts)
    assert not any(row.value.startswith("DPRD and the mayor") for row in found.facts)
    asks = next(text for text in found.risks if text.startswith("Before the Regional by-law that repeals is made"))
    assert all(act in asks for act in ("facilitation", "joint approval", "register number"))
    for form in ("Mayoral regulation", "Regional by-law"):
        assert any(f"facts on {form} are unconfirmed" in text for text in found.risks)


def test_what_is_no_legislation_and_is_not_revoked_is_told_where_the_step_is_proposed() -> None:
    policy, _, subjects = climbed("recovery")
    steps = {(one.explanation.stage, one.proposed): one for one in subjects}
    said = "The step to Appeal does not by itself revoke what is in force (Instruction of the mayor)"
    for pair, is_said in {("instruction", "appeal"): True, ("perwal", "instruction"): False}.items():
        found = context(policy, tabulate(policy.calendar, ()), (steps[pair],), Language.ENGLISH).sections[0]
        assert (said in found.proposal) is is_said
        assert bool(found.repeal_facts) is not is_said


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
    assert "Governor: register number, within 7 working days of receipt" in english.values()
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
    assert "facts on Mayoral regulation are unconfirmed" in text
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
    page = write(study(policy, tabulate(policy.calendar, []), (found,), language=language), "html").decode()
    rows = dict(re.findall(r"<tr><td>([^<]*)</td><td>([^<]*)</td><td>[^<]*</td></tr>", page))
    for figure in found.figures:
        if not figure.is_judgement and figure.value is not None:
            title = policy.metrics[figure.metric].title
            assert title is not None
            printed = rows[title.in_language(language)].removesuffix("\N{NO-BREAK SPACE}%")
            if language is Language.INDONESIAN:
                printed = printed.replace(".", "").replace(",", ".")
            assert float(printed) == pytest.approx(figure.value, abs=0.00501)


def test_what_the_pack_does_not_know_for_the_week_says_so_in_the_facts() -> None:
    known = {row.fact: row.value for row in section(subject("appeal", [39] * 5, asked="perwal")).facts}
    assert known["numbering"] == "NOMOR …… TAHUN ……"
    assert "not known for this date" not in known.values()
    found = subject("appeal", [39] * 5, asked="perwal")
    before = replace(found, explanation=found.explanation._replace(last_day=date(2011, 1, 2)))
    facts = {row.fact: row.value for row in section(before).facts}
    assert facts.keys() >= {"binds", "signed by", "hardest sanction", "numbering", "steps", "afterwards"}
    assert facts.pop("lead time to plan for") == "10 to 45 calendar days, usually 20"
    assert set(facts.values()) == {"not known for this date"}


@pytest.mark.parametrize("pack", ["indonesia-city", "generic"])
@pytest.mark.parametrize("day", [date(2021, 11, 28), date(2026, 11, 22)])
def test_every_unconfirmed_fact_of_a_form_is_named_with_its_source(pack: str, day: date) -> None:
    policy = ladder(CITY if pack == "indonesia-city" else GENERIC)
    for stage in STAGES:
        _, found = asked(policy, stage, week=str(Week.of(day, policy.calendar)))
        form = form_of(policy, stage)
        assert form is not None
        bare = policy.model_copy(
            update={"stages": tuple(one.model_copy(update={"draft": None}) for one in policy.stages)}
        )
        speaker = Speaker(bare, Language.ENGLISH)
        rows, rows_of_repeal = tuple(facts(found, speaker)), tuple(facts_of_repeal(found, speaker))
        named = risks(found, speaker, rows, rows_of_repeal)
        told = [text for text in named if text.startswith("Unconfirmed: ")]
        expected = [
            one
            for route, one in law(form, day)
            if one.certainty is Certainty.UNCONFIRMED and (route[0] != "approvals" or _is_told(form, one, day))
        ]
        assert len(told) == len(expected), (stage, told)
        assert all("Source: " in text and not text.endswith("Source: .") for text in told)


def _is_told(form: Form, fact: Fact[object], day: date) -> bool:
    """An approval is told of where there are no steps, and else where it limits one."""
    assert isinstance(fact.value, Approval)
    return fact.value.within is not None or not on(form.procedure, day)


def test_the_study_names_the_norms_of_the_draft_with_their_certainty() -> None:
    policy, observations, subjects = climbed()
    found = next(one for one in subjects if one.proposed == "perwal")
    rows = [
        (row.value, row.certainty)
        for row in context(policy, observations, (found,), Language.ENGLISH).sections[0].facts
        if row.fact == "legal basis"
    ]
    assert rows == [
        ("Undang-Undang Nomor 9 Tahun 1996", "as the policy file has it"),
        ("Undang-Undang Nomor 23 Tahun 2014", "reported"),
        ("Undang-Undang Nomor 4 Tahun 1984", "confirmed"),
        ("Undang-Undang Nomor 25 Tahun 2009", "confirmed"),
        ("Undang-Undang Nomor 6 Tahun 2018", "confirmed"),
        ("Peraturan Presiden Nomor 99 Tahun 2020", "reported"),
    ]
    late = replace(found, explanation=found.explanation._replace(last_day=date(2024, 1, 7)))
    values = [row.value for row in context(policy, observations, (late,), Language.ENGLISH).sections[0].facts]
    assert "Undang-Undang Nomor 4 Tahun 1984: not in force, or not known how it is cited then" in values


def test_a_study_has_no_name_of_the_policy_file_before_its_origin() -> None:
    policy, observations, subjects = climbed()
    names = {*policy.metrics, *policy.triggers, *policy.parameters, *(one.name for one in policy.moves)}
    names |= {name for name in policy.sources if "-" in name} | {"services_ready", "dinas-kesehatan"}
    for one in subjects:
        for language in Language:
            body = write(study(policy, observations, (one,), language=language), "md").decode().replace("\\", "")
            text = body.rpartition("\n---\n")[0]
            assert not [name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)], one


def test_a_paper_for_the_stage_in_force_says_that_it_is() -> None:
    found = section(subject("instruction", [45] * 5, asked="instruction"))
    assert "the stage already in force; the recommendation: " in found.prepared
    text = " ".join(found.risks)
    assert "is the stage in force: an act of it repeats or replaces the one that is there" in text
    assert "No move of the policy leads from" not in text


def test_the_signatory_of_a_circular_is_told_without_a_capacity_that_no_source_backs() -> None:
    facts = {row.fact: row.value for row in section(subject("appeal", [39] * 5, asked="appeal")).facts}
    assert facts["signed by"] == "Mayor"
