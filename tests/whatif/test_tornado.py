"""A tornado: what each number does to an outcome is what the reference engine gives, and nowhere else is it farther."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from escalation.errors import RequestError
from escalation.evaluation.library import Record, begun, replay
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.observations import Observations
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.whatif import tornado
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.panel import panel
from escalation.whatif.cells import Cell, cut
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.numbers import Number, Sort, changed, every
from escalation.whatif.outcomes import Kind, Outcome, outcomes, over_all
from escalation.whatif.outlook import outlook
from escalation.whatif.paired import paired
from escalation.whatif.retraced import lived
from escalation.whatif.seek import Tried
from escalation.whatif.sweep import course_with
from escalation.whatif.swings import LAG, Reach, Swing
from escalation.whatif.tornado import Tornado, on_record, to_come
from tests.whatif.clinic import POLICY, clinic, data
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import some_history, some_record
from tests.whatif.test_outcomes import measured
from tests.whatif.test_outlook import COURSES
from tests.whatif.test_outlook import POLICY as AHEAD_POLICY

VISITS = [10.0, 55.0, 60.0, 70.0, 52.0, 30.0, 15.0, 12.0, 48.0, 51.0, 53.0, 50.0, 56.0, 12.0, 45.0, 46.0, 61.0]
DOSES = [40.0 * week for week in range(1, 18)]
WEEKS_OF_ORDER = Outcome(kind=Kind.WEEKS, stage="order")
WEEKS_OF_LAW = Outcome(kind=Kind.WEEKS, stage="law")
CHANGES = Outcome(kind=Kind.CHANGES)
GAIN = "triggers.slow.when.all.2.below"


Case = tuple[Policy, Observations, Record, Outcome, Random]


def some_case(seed: int) -> Case:
    """Give a random policy with a history and stages on record, and an outcome."""
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    observations = some_history(policy, random)
    record = some_record(policy, observations, random)
    asked = random.choice(outcomes(tuple(policy.ranks)))
    return policy, observations, record, asked, random


def reference(found: Tornado, case: Case, swing: Swing, value: float) -> float:
    """Give the outcome with a value of a number, by the reference engine."""
    policy, observations, record, asked, _ = case
    number = swing.reach.number
    other = policy if number is None else changed(policy, number, value)
    adoption = FOLLOW if number is not None else replace(FOLLOW, lag=int(value))
    paths = [
        lived(
            other,
            replay(other, observations, regions=[region], record=record, adoption=adoption),
            record.get(region, ()),
            adoption,
        )
        for region in found.regions
    ]
    return measured(asked, paths, tuple(policy.ranks), found.start.number)


def figures(policy: Policy, observations: Observations, number: Number) -> list[float]:
    """Give what a threshold is compared with."""
    grid = panel(policy, observations, regions=begun(policy, observations, observations.regions, record=None))
    of = Figures(policy, grid.values, first=grid.first)
    return [one for metric in number.metrics for one in of.of(metric).value.ravel().tolist() if math.isfinite(one)]


def violations(found: Tornado, case: Case) -> Iterator[tuple[str, float]]:
    """Give the values of which the reference engine says something else, or something beyond what is told."""
    policy, observations, _, _, random = case
    for swing in found.swings:
        reach = swing.reach
        for end in (swing.least, swing.greatest, swing.present, swing.lower, swing.higher):
            if end is not None and reference(found, case, swing, end.value) != pytest.approx(end.outcome):
                yield reach.name, end.value
        values: list[float] = [*range(int(reach.low), int(reach.high) + 1)]
        if not reach.is_weeks and reach.number is not None:
            seen = [one for one in figures(policy, observations, reach.number) if reach.low <= one <= reach.high]
            values = [random.uniform(reach.low, reach.high) for _ in range(4)]
            values += random.sample(seen, min(20, len(seen)))
        for value in values:
            outcome = reference(found, case, swing, value)
            if not swing.least.outcome - 1e-9 <= outcome <= swing.greatest.outcome + 1e-9:
                yield reach.name, value


@settings(max_examples=25)
@given(st.integers(0, 10_000))
@example(130)  # a step that would take effect behind the data of a region
def test_no_value_between_the_ends_has_an_outcome_beyond_the_least_and_the_greatest(seed: int) -> None:
    case = policy, observations, record, asked, random = some_case(seed)
    names = [LAG, *random.sample(sorted(every(policy)), min(3, len(every(policy))))]
    try:
        found = on_record(policy, observations, asked, by=0.6, by_weeks=3, names=names, record=record)
    except RequestError as error:
        assume("no week of any region" not in str(error))
        raise
    assert found.retraced.differing == ()
    assert all(swing.is_exact for swing in found.swings)
    assert [*violations(found, case)] == []


PLANTED = {
    "values in between are not tried": (tornado, "cut", lambda low, high, _: [Cell(low, high)]),
    "some values in between are not tried": (tornado, "cut", lambda *of: cut(*of)[::5]),
    "the lag is not changed": (tornado._Job, "adopted", lambda _, adoption: adoption),  # noqa: SLF001 - the mutant
    "an end is left out": (Reach, "tried", lambda reach, _: [reach.high]),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_faults_are_found_out(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known, names = data(visits=VISITS), ["triggers.busy.visits", "triggers.busy.for", LAG]

    def violated(asked: Outcome) -> bool:
        found = on_record(clinic(), known, asked, by=0.3, names=names)
        return any(violations(found, (clinic(), known, {}, asked, Random(1))))  # noqa: S311 - the same values every time

    assert not violated(CHANGES)
    assert not violated(WEEKS_OF_ORDER)
    monkeypatch.setattr(*PLANTED[fault])
    assert violated(CHANGES) or violated(WEEKS_OF_ORDER)


def test_numbers_are_ordered_by_how_far_the_outcome_swings() -> None:
    found = on_record(clinic(), data(visits=VISITS), CHANGES, by=0.2)
    spans = [one.span for one in found.swings]
    assert spans == sorted(spans, reverse=True)
    assert len({*spans}) > 2
    assert {one.reach.name for one in found.swings} == {LAG, *every(clinic())}


def test_the_outcome_is_told_where_it_goes_farther_between_the_ends() -> None:
    found = on_record(clinic(), data(visits=VISITS), CHANGES, by=0.3, names=["triggers.busy.visits"])
    (swing,) = found.swings
    assert (swing.reach.low, swing.reach.high) == (35, 65)
    assert (swing.tried[0].outcome, found.present, swing.tried[-1].outcome) == (1, 1, 0)
    assert swing.greatest == Tried(55.00000000055, 2)


def test_many_values_are_tried_in_several_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = on_record(clinic(), data(visits=VISITS), CHANGES, by=0.2, names=["triggers.busy.visits"])
    monkeypatch.setattr(tornado, "MOST_VALUES", 3)
    cut = on_record(clinic(), data(visits=VISITS), CHANGES, by=0.2, names=["triggers.busy.visits"])
    assert cut.swings == whole.swings


def test_a_parameter_is_tried_at_once_however_many_values_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tornado, "MOST_POLICIES", 1)
    doses = [480.0 + 20 * week for week in range(12)]
    (swing,) = on_record(clinic(), data(doses=doses, visits=VISITS[:12]), CHANGES, names=["target"]).swings
    assert swing.is_exact
    assert len(swing.tried) > 5


def test_too_many_values_leave_the_ends() -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tornado, "MOST_TRIED", 1)
        found = on_record(clinic(), data(visits=VISITS), CHANGES, by=0.2, names=["triggers.busy.visits"])
    (swing,) = found.swings
    assert not swing.is_exact
    assert [one.value for one in swing.tried] == [40, 43.3, 46.7, 50, 53.3, 56.7, 60]


@pytest.mark.parametrize(
    ("name", "ends", "is_held"),
    [
        ("target", (52, 68), False),
        ("triggers.busy.for", (1, 4), True),
        ("moves.to-law.after", (2, 6), False),
        ("moves.to-order.after", (0, 2), True),
        (LAG, (0, 2), True),
    ],
)
def test_each_number_is_changed_within_its_range(name: str, ends: tuple[float, float], is_held: bool) -> None:  # noqa: FBT001
    (swing,) = on_record(clinic(), data(visits=VISITS), CHANGES, names=[name]).swings
    assert (swing.reach.low, swing.reach.high) == ends
    assert swing.reach.is_held is is_held


def test_the_lag_is_changed_from_what_is_supposed() -> None:
    (swing,) = on_record(clinic(), data(visits=VISITS), CHANGES, names=[LAG], adoption=Adoption(lag=1)).swings
    assert [one.value for one in swing.tried] == [0, 1, 2, 3]
    assert swing.present.value == 1


def test_a_parameter_that_is_called_lag_is_a_number_of_its_own() -> None:
    text, given = POLICY.replace(", requires: ready", ""), data(visits=[60.0] * 17, doses=DOSES)
    called = loads(text.replace("parameters: {target:", "parameters: {lag:").replace("below: target", "below: lag"))
    known = {one.reach.name: one.tried for one in on_record(loads(text), given, WEEKS_OF_LAW, by=0.9).swings}
    found = {one.reach.name: one.tried for one in on_record(called, given, WEEKS_OF_LAW, by=0.9).swings}
    assert len({one.outcome for one in found["lag"]}) > 1
    (swing,) = on_record(called, given, WEEKS_OF_LAW, by=0.9, names=["lag"]).swings
    assert swing.tried == found["lag"] == known["target"]


def test_steps_with_lags_of_their_own_have_no_single_one() -> None:
    own = Adoption(lags={"to-law": 2})
    assert LAG not in {one.reach.name for one in on_record(clinic(), data(visits=VISITS), CHANGES, adoption=own).swings}
    with pytest.raises(RequestError, match="there is no single lag"):
        on_record(clinic(), data(visits=VISITS), CHANGES, names=[LAG], adoption=own)


def test_a_name_that_is_no_number_is_refused() -> None:
    with pytest.raises(RequestError, match="nothing"):
        on_record(clinic(), data(visits=VISITS), CHANGES, names=["triggers.nothing.for"])


def test_the_weeks_to_come_are_those_of_outlooks_on_the_same_draws() -> None:
    course, draws = replace(COURSES["followed"], regions=("A",)), Draws(seed=5, count=300)
    asked = Outcome(kind=Kind.RECOMMENDED, stage="c")
    found = to_come(course, asked, draws, by=0.1, by_weeks=1)
    assert found.present == over_all(outlook(course, draws)).of(asked)
    assert found.retraced.paths == 40
    assert found.retraced.differing == ()
    rank = course.policy.ranks["c"]
    for swing in found.swings:
        for one in swing.tried:
            own = replace(course, adoption=replace(course.adoption, lag=int(one.value)))
            if swing.reach.number is not None:
                whole = swing.reach.number.sort is not Sort.THRESHOLD
                own = course_with(course, {swing.reach.name: int(one.value) if whole else one.value})
            assert one.outcome == over_all(outlook(own, draws)).of(asked)
            if one in (swing.lower, swing.higher):
                low, high = paired(course, own, draws).interval
                assert swing.intervals[one.value] == (low[0, rank], high[0, rank])
                assert low[0, rank] - 1e-9 <= one.outcome - found.present <= high[0, rank] + 1e-9


@pytest.mark.parametrize("between", [0, 1, 5])
def test_values_between_a_threshold_and_each_end_are_tried_ahead(between: int) -> None:
    (swing,) = to_come(
        COURSES["followed"], CHANGES, Draws(seed=5, count=64), by=0.2, names=[GAIN], between=between
    ).swings
    values = [one.value for one in swing.tried]
    assert len(values) == 3 + 2 * between
    steps = [other - one for one, other in pairwise(values)]
    assert steps == pytest.approx([0.2 * 4 / (between + 1)] * len(steps), rel=0.06)
    assert not swing.is_exact


def test_ahead_an_outcome_is_told_that_is_farther_between_the_ends() -> None:
    asked, draws = Outcome(kind=Kind.WEEKS, stage="b"), Draws(seed=5, count=300)
    (ends,), (more,) = (
        to_come(COURSES["followed"], asked, draws, by=0.3, names=[GAIN], between=between).swings for between in (0, 4)
    )
    assert more.greatest.outcome > ends.greatest.outcome


def test_several_regions_have_no_interval() -> None:
    course = COURSES["followed"]
    found = to_come(course, Outcome(kind=Kind.RECOMMENDED, stage="c"), Draws(seed=5, count=64), names=[LAG])
    assert found.swings[0].intervals == {}


def test_a_week_that_is_never_reached_is_infinitely_far() -> None:
    asked = Outcome(kind=Kind.FIRST, stage="order")
    found = on_record(clinic(), data(visits=VISITS), asked, by=0.9, names=["triggers.busy.visits"])
    (swing,) = found.swings
    assert swing.greatest.outcome == math.inf
    assert swing.span == math.inf
    assert swing.least.outcome < math.inf


def test_the_nearest_value_of_a_cell_is_in_it() -> None:
    assert [Cell(2, 3).nearest(one) for one in (1, 2.5, 4)] == [2, 2.5, 3]


BANDED = (
    ("gain: {", "band: {bands: {of: coverage, rows: [{below: 50, value: 1}, {otherwise: 2}]}}\n  gain: {"),
    ("{metric: gain, at_least: 5}", "{all: [{metric: gain, at_least: 5}, {metric: band, at_least: 1}]}"),
)


def test_what_is_refused_is_not_tried_and_said() -> None:
    text = AHEAD_POLICY
    for one, other in BANDED:
        text = text.replace(one, other)
    course = replace(COURSES["followed"], policy=loads(text))
    found = to_come(course, CHANGES, Draws(seed=1, count=64), by_weeks=1)
    (limit,) = [one for one in found.swings if one.reach.name.startswith("metrics.band")]
    assert (limit.lower, limit.higher, limit.span) == (None, None, 0)
    assert [one.value for one in limit.reach.refused] == [40, 60]
    assert all("is a number of a metric" in one.reason[0] for one in limit.reach.refused)
