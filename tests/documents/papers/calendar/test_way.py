"""The way to an act: what the law limits, from what it is counted, and the days that follow."""

from __future__ import annotations

from datetime import date

import pytest

from escalation.documents.papers.calendar.way import Milestone, Part, Way, way
from escalation.errors import RequestError
from escalation.instruments import Certainty, Workdays, load_pack, loads_pack

JOINT_APPROVAL = date(2021, 9, 13)
PACK = """\
pack: 1
name: example
title: Example
sources: {law: {title: A law}}
forms:
  act:
    title: Act
    kind: primary_or_bylaw
    nature: {value: legislation, source: law, certainty: confirmed}
    binds: {value: [public], source: law, certainty: confirmed}
    sanctions: {value: {reach: none}, source: law, certainty: confirmed}
    procedure:
      - {value: {act: Notice, within: 10, clock: calendar}, source: law, certainty: confirmed}
      - {value: {name: hearing, act: Hearing}, source: law, certainty: confirmed, until: 2022-12-31}
      - {value: {act: Vote, within: 5, clock: working, after: hearing}, source: law, certainty: confirmed}
      - {value: {act: Print, within: 2, clock: working}, source: law, certainty: confirmed}
"""


def way_to(form: str, start: date = JOINT_APPROVAL) -> Way:
    return way(load_pack("indonesia-city").forms[form], start, Workdays("ID"))


def named(found: Way, act: str) -> Milestone:
    return next(one for one in found.milestones if one.act.en == act)


def latest(found: Way, act: str) -> date | None:
    limit = named(found, act).limit
    assert limit is not None
    return limit.latest


def example(start: date) -> Way:
    return way(loads_pack(PACK).forms["act"], start, Workdays("ID"))


def test_the_clocks_of_a_by_law_run_from_the_joint_approval() -> None:
    found = way_to("perda")
    assert latest(found, "transmission to the mayor") == date(2021, 9, 16)
    assert latest(found, "transmission to the governor for the register number") == date(2021, 9, 21)
    assert latest(found, "register number") == date(2021, 9, 30)
    assert latest(found, "signature") == date(2021, 10, 26)
    assert latest(found, "send it to the governor") == date(2021, 11, 4)


def test_a_step_without_a_limit_gets_no_day() -> None:
    found = way_to("perda")
    assert [one.act.en for one in found.milestones if one.limit is None] == [
        "entry in the Propemperda",
        "explanation, statement or academic paper",
        "participation of the public",
        "harmonisation",
        "deliberation",
        "joint approval",
        "promulgation in Lembaran Daerah",
        "make it known to the public",
    ]


def test_a_limit_tells_whether_the_day_from_which_it_is_counted_is_supposed() -> None:
    found = way_to("perda")
    signature, register = named(found, "signature").limit, named(found, "register number").limit
    assert signature is not None
    assert register is not None
    assert (signature.counted, signature.is_supposed) == (JOINT_APPROVAL, True)
    assert (register.counted, register.is_supposed) == (date(2021, 9, 21), False)


def test_of_a_limit_without_a_clock_no_day_is_reckoned() -> None:
    limit = named(way_to("perwal"), "facilitation").limit
    assert limit is not None
    assert (limit.days, limit.clock, limit.counted, limit.latest) == (15, None, None, None)


@pytest.mark.parametrize("form", ["perwal", "perda"])
def test_a_limit_that_another_fact_gives_is_one_of_its_step_and_no_step(form: str) -> None:
    found = way_to(form)
    assert "facilitation, its limit" not in [one.act.en for one in found.milestones]
    facilitation = named(found, "facilitation")
    assert facilitation.fact.certainty is Certainty.REPORTED
    assert facilitation.limited_by is not None
    assert facilitation.limited_by.certainty is Certainty.UNCONFIRMED
    assert facilitation.backing is facilitation.limited_by


def test_a_step_whose_limit_has_no_clock_is_supposed_to_need_no_time() -> None:
    found = way_to("perda")
    transmission = named(found, "transmission to the mayor").limit
    assert transmission is not None
    assert (transmission.counted, transmission.is_supposed) == (JOINT_APPROVAL, True)


def test_the_law_is_that_of_the_start() -> None:
    acts = [[one.act.en for one in way_to("perwal", date(2022, 6, day)).milestones] for day in (15, 16)]
    assert [found[0] for found in acts] == ["facilitation", "harmonisation"]


def test_an_approval_that_is_a_step_is_told_once() -> None:
    acts = [one.act.en for one in way_to("perda", date(2026, 11, 23)).milestones]
    assert [acts.count(one) for one in ("harmonisation", "register number", "joint approval")] == [1, 1, 1]
    assert "joint approval with the mayor" not in acts


def test_a_form_without_a_procedure_has_its_approvals_its_signature_and_its_publication() -> None:
    found = way_to("surat_edaran")
    assert [(one.part, one.is_required) for one in found.milestones] == [
        (Part.BEFORE, True),
        (Part.BEFORE, False),
        (Part.STEP, True),
        (Part.STEP, True),
    ]
    assert [one.act.id for one in found.milestones][-2:] == [
        "penandatanganan",
        "pengumuman: situs resmi, daftar distribusi",
    ]


def test_the_range_to_plan_with_is_counted_from_the_start_and_apart_from_the_limits() -> None:
    assert way_to("perda").in_force == (date(2021, 11, 2), date(2021, 12, 12), date(2022, 3, 12))
    assert way_to("instruksi_wali_kota", date(2021, 10, 18)).in_force == (
        date(2021, 10, 19),
        date(2021, 10, 22),
        date(2021, 10, 26),
    )


def test_a_limit_of_the_first_step_is_counted_from_the_start_and_a_later_one_from_the_step_before() -> None:
    found = example(JOINT_APPROVAL)
    assert latest(found, "Notice") == date(2021, 9, 23)
    assert latest(found, "Vote") == date(2021, 9, 30)
    assert latest(found, "Print") == date(2021, 10, 4)


def test_a_limit_that_is_counted_from_a_step_that_is_no_more_has_no_day() -> None:
    found = example(date(2023, 1, 2))
    assert (latest(found, "Vote"), latest(found, "Print")) == (None, None)


def test_working_days_are_told_up_to_the_last_one_counted() -> None:
    assert way_to("perda").counted_until == date(2021, 11, 4)
    assert way_to("surat_edaran").counted_until == date(2021, 9, 16)
    assert way(load_pack("generic").forms["order"], JOINT_APPROVAL, Workdays()).counted_until is None


def test_a_way_that_leads_behind_the_last_year_is_refused() -> None:
    with pytest.raises(RequestError, match="leads behind the year 9999"):
        way_to("perda", date(9999, 12, 20))
