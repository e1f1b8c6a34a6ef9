"""What is printed for people: text and Markdown say the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.library import evaluate_latest
from escalation.evaluation.sentences import Speaker
from escalation.observations import read, tabulate
from escalation.periods import Calendar, Week
from escalation.policy.amend import amend
from escalation.policy.load import loads
from escalation.policy.values import Language
from escalation.reports.evaluated import Evaluated
from escalation.reports.markdown import markdown
from escalation.reports.text import text

POLICY = loads("""
language: 1
name: reservoir
version: 2.0.0
calendar: iso-week
sources: {old: {title: "Decree 1/2020", until: 2021-08-01}, new: {title: "Decree 2/2021"}}
parameters: {low: {unit: percent, value: 40, source: [old, new], note: "the decree says forty"}}
metrics: {storage: {unit: percent, kind: level, max_age: 1 week}, inflow: {kind: level}}
triggers:
  dry: {when: {all: [{metric: storage, below: low}, {metric: inflow, below: 3}]}, missing: unknown, source: assumption}
stages: [{name: normal}, {name: drought}]
moves: [{name: to-drought, from: normal, to: drought, trigger: dry, source: assumption}]
""")
FIRST = Week.parse("2021-W30", Calendar.ISO).number  # the week to 1 August


def evaluated(*regions: str, week: int = 1, **amendments: float) -> Evaluated:
    rows = [(region, FIRST, "storage", 39.0) for region in regions]
    observations = tabulate(POLICY.calendar, rows)
    asked = Week(POLICY.calendar, FIRST + week)
    found = list(evaluate_latest(POLICY, observations, regions, week=asked))
    policy = amend(POLICY, amendments) if amendments else None
    again = evaluate_latest(policy, observations, regions, week=asked) if policy else ()
    return Evaluated(
        policy=POLICY,
        observations=observations,
        explanations=tuple(explain(one) for one in found),
        figures=tuple(figures(one) for one in found),
        amendments=amendments,
        amended=tuple(explain(one) for one in again),
        amended_policy=policy,
    )


def plain(printed: str) -> str:
    """Take the escapes of Markdown away."""
    return printed.replace("\\", "")


@pytest.mark.parametrize(
    "said",
    [
        "reservoir 2.0.0",
        "storage: figure of 2021-W30, carried 1 week",
        "nothing on record yet of: inflow",
        "note: the decree says forty",
        "to-drought (moves.to-drought)",
        "Decree 1/2020 (no longer in force since 2 August 2021); Decree 2/2021",
    ],
)
def test_markdown_says_what_the_text_says(said: str) -> None:
    assert said in text(evaluated("North"), language=Language.ENGLISH)
    assert said in plain(markdown(evaluated("North"), language=Language.ENGLISH))


@pytest.mark.parametrize("language", Language)
def test_the_table_of_several_regions_says_what_is_assumed(language: Language) -> None:
    result = evaluated("North", "South")
    for printed in (text(result, language=language), plain(markdown(result, language=language))):
        assert printed.count("dry (triggers.dry)") == 1


def test_a_document_is_in_force_on_its_last_day() -> None:
    speaker = Speaker(POLICY, Language.INDONESIAN)
    assert speaker.on(date(2021, 8, 1)).sources(("old",)) == "sumber: Decree 1/2020"
    assert speaker.on(date(2021, 8, 2)).sources(("old",)).endswith("(tidak berlaku lagi sejak 2 Agustus 2021)")


def test_a_value_set_for_the_question_is_not_called_the_files() -> None:
    for printed in (text(evaluated("North", low=30), language=Language.ENGLISH),
                    plain(markdown(evaluated("North", low=30), language=Language.ENGLISH))):  # fmt: skip
        _, _, amended = printed.partition("asked: below 30 %")
        assert "set for this question (--set), not in the policy file" in amended.partition("inflow")[0]
        assert "the decree says forty" not in amended
        assert "parameters.low" not in amended


@pytest.mark.parametrize(
    ("week", "said"), [(1, "carried"), (2, "storage missing since 2021-W32 (last figure: 2021-W30)")]
)
def test_a_figure_is_missing_from_the_week_in_which_it_was_too_old(week: int, said: str) -> None:
    assert said in text(evaluated("North", week=week), language=Language.ENGLISH)


def test_a_judgement_is_not_said_to_be_counted(tmp_path: Path) -> None:
    policy = loads("""
language: 1
name: reservoir
calendar: iso-week
metrics: {storage: {unit: percent, kind: level}, agreed: {kind: judgement, by: office}}
triggers:
  dry: {when: {all: [{metric: storage, below: 40}, {judgement: agreed, is: yes}]}, missing: unknown}
stages: [{name: normal}, {name: drought}]
moves: [{name: to-drought, from: normal, to: drought, trigger: dry}]
""")
    file = tmp_path / "data.csv"
    file.write_text(
        "region,week,storage,agreed,basis,source\nNorth,2021-W30,39,yes,facility,office\n", encoding="utf-8"
    )
    observations = read(file, policy)
    found = list(evaluate_latest(policy, observations, ("North",), week=Week(policy.calendar, FIRST)))
    result = Evaluated(
        policy=policy,
        observations=observations,
        explanations=tuple(explain(one) for one in found),
        figures=tuple(figures(one) for one in found),
    )
    assert text(result, language=Language.ENGLISH, in_full=True).count("counted by facility") == 1
