"""What is supposed of the weeks to come unasked is said: that figures come in, and that nobody judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from escalation.observations import tabulate
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.policy.values import Language
from escalation.whatif.asking import course
from escalation.whatif.conditions import conditions
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.scenarios.scenario import BASELINE, applied

WARD = loads(
    "{language: 1, name: ward, calendar: iso-week, "
    "metrics: {cases: {kind: flow}, beds: {kind: flow}, ready: {kind: judgement, by: clinic, max_age: 4 weeks}}, "
    "triggers: {many: {when: {metric: cases, at_least: 100}, missing: break}, "
    "full: {when: {metric: beds, at_least: 5}, missing: break}}, stages: [{name: calm}, {name: alert}, {name: alarm}], "
    "moves: [{name: up, from: calm, to: alert, trigger: many, requires: [ready]}, "
    "{name: further, from: alert, to: alarm, trigger: full}]}"
)
NOW = Week.parse("2021-W30", WARD.calendar).number
REPORTED = "Every metric is supposed to be reported in every week to come (assumption)."
UNJUDGED = "`ready`: nobody is supposed to judge in the weeks to come (assumption); "


def said(
    judged: Mapping[str, int],
    *,
    ends: Mapping[str, int] | None = None,
    assumed: Mapping[str, float] | None = None,
    edits: tuple[Edit, ...] = (),
    weeks: int = 6,
    language: Language = Language.ENGLISH,
) -> list[str]:
    """Give the conditions; `judged` are weeks of judgements, `ends` last weeks of cases, counted from the last week."""
    entries: list[tuple[str, int, str, float]] = []
    for region in ("East", "North", "South"):
        last = (ends or {}).get(region, 0)
        entries.extend((region, NOW + week, "cases", 80 + week) for week in range(-29, last + 1))
        entries.extend((region, NOW + week, "beds", 2) for week in range(-29, 1))
    entries.extend((region, NOW + week, "ready", 1) for region, week in judged.items())
    made = applied(replace(BASELINE, edits=edits, horizon=weeks), WARD, tabulate(WARD.calendar, entries))
    return [one.in_language(language) for one in conditions(course(made, record={}, weeks=weeks, assumed=assumed))]


def test_a_judgement_that_nobody_gives_is_named_with_the_week_until_which_the_last_one_holds() -> None:
    assert said(dict.fromkeys(("East", "North", "South"), -1)) == [
        REPORTED,
        f"{UNJUDGED}the last judgement holds until 2021-W33.",
    ]


def test_regions_whose_judgements_end_in_other_weeks_are_told_apart() -> None:
    (_, line) = said({"East": -1, "North": 0})
    until = "the last judgement holds until 2021-W33 (East), 2021-W34 (North); none is on record of South."
    assert line == UNJUDGED + until


def test_where_no_judgement_is_on_record_that_is_said() -> None:
    assert said({})[1] == f"{UNJUDGED}no judgement is on record."


def test_nothing_is_said_of_a_judgement_that_holds_throughout_or_is_assumed() -> None:
    assert said(dict.fromkeys(("East", "North", "South"), 0), weeks=4) == [REPORTED]
    assert said({}, assumed={"ready": 1.0}) == [REPORTED]


def test_a_judgement_that_an_edit_gives_in_all_weeks_is_no_condition_and_one_in_some_weeks_is() -> None:
    given = Edit(alters=Alters.REVISE, metrics=("ready",), amount=1.0, first=NOW + 1)
    assert said({}, edits=(given,)) == [REPORTED]
    (_, line) = said({}, edits=(replace(given, last=NOW + 2),))
    assert line == (
        "`ready`: nobody is supposed to judge in the weeks to come (assumption), but as is given above; "
        "no judgement is on record."
    )


def test_what_is_assumed_throughout_is_told_apart_from_what_an_edit_gives_in_some_weeks() -> None:
    edit = Edit(alters=Alters.REVISE, metrics=("ready",), amount=0.0, first=NOW + 2, last=NOW + 3)
    line = "`ready` is yes in the weeks to come (assumption), but as is given above."
    assert said({}, assumed={"ready": 1.0}, edits=(edit,)) == [REPORTED, line]


def test_regions_that_have_stopped_reporting_are_named_with_their_last_week() -> None:
    (_, stale, _) = said({}, ends={"East": -3})
    assert stale == "Supposed to be reported again, having no figure for 2021-W30: East (`cases`: 2021-W27)."


def test_figures_that_are_supposed_to_be_missing_are_an_exception() -> None:
    missing = Edit(alters=Alters.MISSING, metrics=("cases",), first=NOW + 2)
    assert said({}, edits=(missing,))[0] == f"{REPORTED[:-1]}, but for what is left out above."


def test_conditions_are_said_in_indonesian() -> None:
    reported, stale, unjudged = said({"East": -1}, ends={"East": -3}, language=Language.INDONESIAN)
    assert reported == "Setiap ukuran dianggap dilaporkan pada setiap minggu mendatang (asumsi)."
    assert stale == "Dianggap dilaporkan lagi, karena tidak ada angkanya untuk 2021-W30: East (`cases`: 2021-W27)."
    assert unjudged == (
        "`ready`: dianggap tidak ada yang menilai pada minggu-minggu mendatang (asumsi); "
        "penilaian terakhir berlaku sampai 2021-W33 (East); tidak ada yang tercatat untuk North, South."
    )
