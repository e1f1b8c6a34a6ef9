"""The stress test: its battery, and what each strain does, worked out again in the reference engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from escalation.errors import RequestError
from escalation.evaluation.library import replay
from escalation.evaluation.step import Recommendation
from escalation.observations import Entry, Observations, tabulate
from escalation.periods import Calendar
from escalation.whatif.large.kept import Make, Part
from escalation.whatif.scenarios.edits import edited
from escalation.whatif.scenarios.replaying import replay_weekly
from escalation.whatif.stress import Sort, Strain, battery, stress
from tests.whatif.clinic import FIRST, clinic, data

VISITS = [10.0, 55.0, 60.0, 70.0, 52.0, 30.0, 15.0, 12.0, 48.0, 51.0, 53.0, 50.0]


def record() -> Observations:
    """Give twelve weeks in which an order is recommended twice, the second time by visits close to the threshold."""
    return data(doses=[100.0 + 20 * week for week in range(12)], visits=VISITS)


def goals(outcomes: list[tuple[str, int, str]]) -> dict[tuple[str, int], str]:
    return {(region, week): goal for region, week, goal in outcomes}


def reference(observations: Observations, strain: Strain | None) -> dict[tuple[str, int], str]:
    """Say by region and week which stage the reference engine recommends, or that it cannot say."""
    policy = clinic()
    made = observations if strain is None else edited(observations, policy, strain.edits)[0]
    is_late = strain is not None and strain.sort is Sort.LATE
    outcomes = replay_weekly(policy, made) if is_late else replay(policy, made)
    return goals(
        [
            (
                one.evaluation.region,
                one.evaluation.week,
                "?"
                if one.evaluation.recommendation is Recommendation.UNDETERMINED
                else one.evaluation.to or one.evaluation.stage,
            )
            for one in outcomes
        ]
    )


def test_the_battery_is_that_of_the_figures_on_record() -> None:
    names = [strain.name for strain in battery(clinic(), record())]
    assert names[:3] == ["missing doses 1", "missing doses 2", "missing doses 4"]
    assert {
        "late all 1",
        "late all 2",
        "revised visits -10",
        "revised doses 1",
        "stopped doses 4",
        "stopped doses 6",
    } <= {*names}
    assert not [name for name in names if "area" in name or "unjudged" in name or "stopped visits" in name]


def test_a_judgement_on_record_may_be_missing() -> None:
    policy = clinic()
    entries = [Entry("East", FIRST, "ready", 1.0, 0, "board"), Entry("East", FIRST, "visits", 5.0)]
    strains = battery(policy, tabulate(Calendar.ISO, entries))
    assert [strain.name for strain in strains if strain.sort is Sort.UNJUDGED] == ["unjudged ready"]


def test_every_toll_is_that_of_the_reference_engine() -> None:
    observations = record()
    found = stress(clinic(), observations)
    baseline = reference(observations, None)
    assert found.region_weeks == len(baseline) == 24
    for toll in found.tolls:
        strained = reference(observations, toll.strain)
        assert toll.undetermined == sum(goal == "?" for goal in strained.values()), toll
        if toll.strain.sort is not Sort.LATE:
            assert toll.otherwise == sum(strained[one] != goal for one, goal in baseline.items()), toll


def test_fewer_visits_delay_or_prevent_an_order() -> None:
    tolls = {toll.strain.name: toll for toll in stress(clinic(), record()).tolls}
    assert tolls["revised visits -10"].later == 2
    assert tolls["revised visits -10"].most_weeks_later == 1
    assert tolls["revised visits 10"].later == 0
    assert tolls["revised doses 1"].otherwise == 0


def test_late_reports_are_compared_with_what_was_known_at_the_time() -> None:
    tolls = {toll.strain.name: toll for toll in stress(clinic(), record()).tolls}
    assert tolls["late all 1"].later == 0  # visits of the week before are carried: `max_age: 1 week`
    assert tolls["late all 1"].missed == 0
    assert tolls["late all 2"].missed == 2


def test_the_worst_comes_first() -> None:
    tolls = stress(clinic(), record()).tolls
    assert tolls[0].strain.name == "late all 2"
    ranked = [(toll.missed, toll.most_weeks_later) for toll in tolls]
    assert ranked == sorted(ranked, reverse=True)


def test_many_regions_are_replayed_in_parts_that_add_up() -> None:
    few, names = record(), tuple(f"{region}{copy}" for copy in range(12) for region in ("East", "West"))
    series = {(name, metric): held for name in names for (one, metric), held in few.series.items() if one == name[:4]}
    rows, weeks = {one: few.rows[one[:4]] for one in names}, {one: few.weeks[one[:4]] for one in names}
    many = replace(few, regions=names, series=series, rows=rows, weeks=weeks)
    made: list[str] = []

    def each(parts: Sequence[str], make: Make) -> Iterator[Part]:
        made.extend(parts)
        return map(make, range(len(parts)))

    found, alone = stress(clinic(), many, each=each), stress(clinic(), few)
    assert {"late-all-1-as-known-regions-0-16", "late-all-1-as-known-regions-16-24", "baseline-regions-0-24"} <= {*made}
    for one, other in zip(found.tolls, alone.tolls, strict=True):
        assert one.strain == other.strain
        assert (one.missed, one.later, one.otherwise) == (12 * other.missed, 12 * other.later, 12 * other.otherwise)
        assert one.most_weeks_later == other.most_weeks_later
        assert one.undetermined == 12 * other.undetermined


def test_data_without_a_week_cannot_be_strained() -> None:
    with pytest.raises(RequestError, match="no week of any region is on record"):
        stress(clinic(), tabulate(Calendar.ISO, []))
