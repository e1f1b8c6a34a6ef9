"""A replay in which each week is evaluated on what was known by then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.evaluation.library import evaluate_latest
from escalation.evaluation.library import replay as replay_at_once
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome
from escalation.observations import Entry, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar, last_day_of, week_text
from escalation.whatif.asknown import replay_as_known
from escalation.whatif.edits import Alters
from tests.evaluation.strategies import World, worlds
from tests.evaluation.worlds import FIRST, observed, told
from tests.whatif.clinic import clinic, data, edit, made

NEVER = Adoption(adopt=Adopt.NEVER)
ADOPTIONS = st.sampled_from([FOLLOW, NEVER, Adoption(lag=1), Adoption(lag=2), Adoption(up_to="b")])
RECORDS: list[tuple[StageInForce, ...]] = [
    (StageInForce(stage="b", since=FIRST),),
    (StageInForce(stage="a", since=FIRST), StageInForce(stage="b", since=FIRST + 3, decided=FIRST)),
    (StageInForce(stage="b", since=FIRST + 1), StageInForce(stage="c", since=FIRST + 3)),
]


def answers(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    return [
        (one.evaluation.week, one.evaluation.before, one.evaluation.standing, one.evaluation.recommendation,
         one.evaluation.guards, one.stage_after, one.unlawful, one.lapsed)
        for one in outcomes
    ]  # fmt: skip


@given(worlds(), ADOPTIONS, st.none() | st.sampled_from(RECORDS))
def test_where_every_figure_is_known_in_its_week_it_is_the_replay(
    world: World, adoption: Adoption, record: tuple[StageInForce, ...] | None
) -> None:
    known = observed(world.history)
    of = {"R": record} if record is not None else None
    expected = list(replay_at_once(world.policy, known, adoption=adoption, record=of))
    assert answers(list(replay_as_known(world.policy, known, adoption=adoption, record=of))) == answers(expected)


@given(worlds(), st.sampled_from(RECORDS))
def test_with_the_stages_on_record_too(world: World, record: tuple[StageInForce, ...]) -> None:
    known, of = observed(world.history), {"R": record}
    recorded = Adoption(adopt=Adopt.RECORDED)
    expected = list(replay_at_once(world.policy, known, adoption=recorded, record=of))
    assert answers(list(replay_as_known(world.policy, known, adoption=recorded, record=of))) == answers(expected)


def delayed(observations: Observations, delays: list[int]) -> Observations:
    """Let the figures of some weeks be known later, those of the first week at once."""
    entries = [
        Entry(region, one.week, metric, one.value, last_day_of(Calendar.ISO, one.week + delay).toordinal())
        for (region, metric), found in observations.series.items()
        for one in found
        for delay in [delays[(one.week - FIRST) % len(delays)] if one.week > FIRST else 0]
    ]
    return tabulate(Calendar.ISO, entries)


@given(worlds(), st.lists(st.integers(0, 4), min_size=1, max_size=7))
def test_each_week_is_what_the_engine_says_of_it_as_of_its_last_day(world: World, delays: list[int]) -> None:
    known = delayed(observed(world.history), delays)
    span = known.span("R")
    if span is None or span[0] != FIRST:
        return
    record = {"R": (StageInForce(stage="a", since=FIRST),)}
    for outcome in replay_as_known(world.policy, known, adoption=NEVER, record=record):
        week = outcome.evaluation.week
        as_of = last_day_of(Calendar.ISO, week)
        (expected,) = evaluate_latest(
            world.policy, known, ["R"], week=week_text(Calendar.ISO, week), record=record, as_of=as_of
        )
        assert outcome.evaluation.standing == expected.standing
        assert outcome.evaluation.guards == expected.guards


def test_a_late_figure_is_missing_in_its_week_and_stands_later() -> None:
    busy = data(visits=[60.0] * 5)
    late = made(busy, edit(Alters.LATE, "visits", amount=2))
    at_once = told(replay_as_known(clinic(), busy, regions=["East"]))
    assert at_once == ["hold>appeal", "escalate>order", "hold>order", "hold>order", "hold>order"]
    two_later = told(replay_as_known(clinic(), late, regions=["East"]))
    # Visits are carried for a week: when a figure comes it is two weeks old, and what stands for its own week is known.
    assert two_later == ["hold>appeal", "hold>appeal", *["undetermined>appeal"] * 3]


def test_a_figure_that_is_a_week_late_is_carried_where_the_policy_allows_it() -> None:
    late = made(data(visits=[60.0] * 5), edit(Alters.LATE, "visits", amount=1))
    assert told(replay_as_known(clinic(), late, regions=["East"]))[:3] == [
        "hold>appeal", "escalate>order", "hold>order",
    ]  # fmt: skip


def test_a_replay_at_once_knows_nothing_of_delays() -> None:
    busy = data(visits=[60.0] * 5)
    late = made(busy, edit(Alters.LATE, "visits", amount=2))
    assert told(list(replay_at_once(clinic(), late))) == told(list(replay_at_once(clinic(), busy)))


def test_where_everything_is_late_nothing_is_known_at_first() -> None:
    late = made(data(visits=[60.0] * 3), replace(edit(Alters.LATE, "visits", "doses", "people", amount=5), is_all=True))
    assert told(replay_as_known(clinic(), late, regions=["East"])) == ["hold>appeal"] * 3


def test_a_region_that_the_data_do_not_name_is_refused() -> None:
    with pytest.raises(Exception, match="`North` is not a region"):
        list(replay_as_known(clinic(), data(visits=[1.0]), regions=["North"]))
