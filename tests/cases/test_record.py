"""Episodes of the data as cases: they give what they were recorded from, and are added to a file like the others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from escalation.cases.load import loads
from escalation.cases.record import appended, record
from escalation.cases.run import play
from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.observations import NO_WEEK, Entry, Observations, read, tabulate
from escalation.observations.standings import StageInForce, read_standings
from escalation.periods import Calendar, Week
from escalation.policy.load import load
from tests.cases.reservoir import reservoir

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = Week.parse("2021-W36", Calendar.ISO)


def observed() -> Observations:
    figures: list[tuple[str, Sequence[float | None]]] = [
        ("storage", [None, 39, 38.5, None, float("nan"), 41]),
        ("surveyed", [None, 1, 1, 0]),
        ("inflow", [7]),
    ]
    entries = [
        Entry("R", FIRST.number + week, name, value) for name, values in figures for week, value in enumerate(values)
    ]
    reports = ((50.0, FIRST.first_day), (39.5, FIRST.last_day + timedelta(days=3)))
    entries += [Entry("R", FIRST.number, "storage", value, known=day.toordinal()) for value, day in reports]
    return tabulate(Calendar.ISO, [*entries, Entry("R", NO_WEEK, "area", 5)])


def recorded(first: int, last: int, **options: object) -> str:
    stages = (
        StageInForce(stage="normal", since=FIRST.number - 3),
        StageInForce(stage="drought", since=FIRST.number + 2),
    )
    return record(reservoir(), observed(), "R", (FIRST + first, FIRST + last), stages=stages, **options)  # type: ignore[arg-type]


def test_an_episode_is_written_with_its_stages_series_and_expectations() -> None:
    text = recorded(1, 2)
    assert "  stage: normal\n  since: 2021-W33\n  decisions: {2021-W38: drought}\n  start: 2021-W36\n" in text
    assert "    storage: 39.5-0.5x2\n" in text
    assert "    inflow: [7]\n" in text
    assert "    area: 5\n" in text
    assert "    surveyed: _ yesx1\n" in text
    assert "{week: 2021-W37, stage: normal, recommend: escalate, to: drought, because: [dry]}" in text


def test_a_decision_that_waits_is_written_with_the_week_in_which_it_was_taken() -> None:
    stages = (
        StageInForce(stage="normal", since=FIRST.number - 3),
        StageInForce(stage="drought", since=FIRST.number + 4, decided=FIRST.number + 1),
    )
    text = record(reservoir(), observed(), "R", (FIRST, FIRST + 2), stages=stages)
    assert "  decisions: {2021-W40: {stage: drought, decided: 2021-W37}}\n" in text
    assert "{week: 2021-W38, stage: normal, recommend: hold, pending: drought}" in text


def test_an_episode_gives_what_it_was_recorded_from() -> None:
    (case,) = loads(f"policy: p\ncases:\n{recorded(0, 5)}", reservoir()).cases
    assert len(case.expected) == 6
    assert play(Ladder(reservoir()), case).passed


def test_a_figure_that_cannot_be_used_stays_one() -> None:
    assert "storage: 39.5-0.5x2 _ unusable 41" in recorded(0, 5)


def test_with_a_date_the_case_holds_what_was_known_then() -> None:
    text = recorded(0, 0, as_of=FIRST.last_day)
    assert "note: as known on 2021-09-12" in text
    assert "storage: [50]" in text


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (0, 6), (2, 1)])
def test_weeks_that_the_data_do_not_have_are_refused(first: int, last: int) -> None:
    with pytest.raises(RequestError):
        recorded(first, last)


def test_an_entry_is_indented_like_the_others() -> None:
    text = "policy: p\ncases:\n  # the first\n  - name: a\n    start: 2021-W36\n"
    assert appended(text, "- name: b\n  start: 2021-W37\n") == f"{text}\n  - name: b\n    start: 2021-W37\n"


def test_a_file_without_a_list_is_refused() -> None:
    with pytest.raises(RequestError):
        appended("policy: p\ncases: [{name: a}]\n", "- name: b\n")


@pytest.mark.parametrize(
    "file",
    ["observations.csv", "observations-illustration.csv", "observations-recovery.csv", "observations-lingering.csv"],
)
def test_the_figures_of_bekasi_can_be_recorded_whole(project: Path, file: str) -> None:
    folder = project / "policies" / "bekasi-vaccination"
    policy = load(folder / "policy.yaml")
    observations = read(folder / file, policy)
    stages = read_standings(folder / "standings.csv", policy)["Kota Bekasi"]
    span = observations.span("Kota Bekasi")
    assert span is not None
    weeks = (Week(policy.calendar, max(span[0], stages[0].since)), Week(policy.calendar, span[1]))
    assert "recommend" in record(policy, observations, "Kota Bekasi", weeks, stages=stages)
