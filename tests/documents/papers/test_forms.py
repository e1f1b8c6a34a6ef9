"""When an act could be in force: one reckoning for all papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from escalation.documents.papers.calendar.way import way
from escalation.documents.papers.forms import changes_ahead, form_of, in_force
from escalation.errors import RequestError
from escalation.instruments import Workdays, load_pack
from escalation.instruments.model import Planning
from tests.documents.papers.acts import climbed


def test_the_calendar_reckons_with_the_days_of_the_study() -> None:
    form = load_pack("indonesia-city").forms["instruksi_wali_kota"]
    assert form.lead_time is not None
    start = date(2021, 10, 18)
    found = in_force(form.lead_time.planning.value, start, Workdays("ID"))
    assert (
        way(form, start, Workdays("ID")).in_force
        == found
        == (
            date(2021, 10, 19),
            date(2021, 10, 22),
            date(2021, 10, 26),
        )
    )


@pytest.mark.parametrize(("days_before", "expected"), [(5, 0), (4, 1), (1, 1), (0, 1)])
def test_a_change_of_the_law_is_ahead_to_the_day_on_which_the_act_could_be_in_force(
    days_before: int, expected: int
) -> None:
    """The form of the instruction may need 5 working days; the law of this by-law changes on 2 January 2026."""
    policy, _, subjects = climbed()
    by_law, change = load_pack("indonesia-city").forms["perda"], date(2026, 1, 2)
    day = change
    for _ in range(days_before + 1):
        day -= timedelta(days=1)
        while not Workdays("ID").is_working(day):
            day -= timedelta(days=1)
    explanation = subjects[0].explanation._replace(last_day=min(day, change - timedelta(days=1)))
    subject = replace(subjects[0], explanation=explanation, prepared_for="instruction", begun=day)
    form = form_of(policy, "instruction")
    assert form is not None
    assert form.lead_time is not None
    assert form.lead_time.planning.value == Planning(least=1, usual=3, most=5, clock="working")
    assert changes_ahead(by_law, subject, policy) == (change,) * expected


@pytest.mark.parametrize(
    ("left", "day", "expected"),
    [("perda", date(2025, 12, 1), 1), (None, date(2025, 12, 1), 0), (None, date(2025, 12, 30), 1)],
)
def test_a_step_down_counts_the_lead_time_of_the_act_that_repeals_and_else_of_its_own(
    left: str | None, day: date, expected: int
) -> None:
    """The law on by-laws changes on 2 January 2026: within the lead time of a by-law, and not of an instruction."""
    policy, _, subjects = climbed()
    stages = tuple(one.model_copy(update={"instrument": left}) if one.name == "perda" else one for one in policy.stages)
    policy = policy.model_copy(update={"stages": stages})
    explanation = subjects[0].explanation._replace(stage="perda", last_day=day)
    subject = replace(subjects[0], explanation=explanation, prepared_for="instruction", begun=day)
    form = load_pack("indonesia-city").forms["instruksi_wali_kota"]
    changing = form.model_copy(update={"sanctions": load_pack("indonesia-city").forms["perda"].sanctions})
    assert changes_ahead(changing, subject, policy) == (date(2026, 1, 2),) * expected


def test_days_behind_the_last_year_are_refused() -> None:
    with pytest.raises(RequestError, match="leads behind the year 9999"):
        in_force(Planning(least=1, usual=2, most=30, clock="calendar"), date(9999, 12, 20), Workdays("ID"))
