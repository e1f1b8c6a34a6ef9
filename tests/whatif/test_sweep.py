"""A sweep counts what the reference engine gives for every value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.evaluation.library import replay
from escalation.evaluation.replay import Adoption
from escalation.evaluation.step import Recommendation, is_adoptable
from escalation.observations import tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.amend import amend
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.whatif import sweeping
from escalation.whatif.arrays.kernel import Backend
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.kept import Make, Part
from escalation.whatif.outcomes import Kind, Outcome, outcomes, over_all
from escalation.whatif.outlook import outlook
from escalation.whatif.sweep import Sweep, on_record, to_come
from escalation.whatif.varied import number, varied
from tests.whatif.test_agreement import plain, undone
from tests.whatif.test_outlook import COURSES, POLICY, some_past

POLICY_WITH_TARGET = loads(
    POLICY.replace(
        "metrics:", "parameters: {target: {value: 70, unit: percent, range: [0, 100], source: assumption}}\nmetrics:", 1
    ).replace("below: 70", "below: target")
)
DATED_TEXT = POLICY.replace(
    "metrics:",
    "parameters: {target: {unit: percent, range: [0, 100], source: assumption, "
    "dated: [{from: 2000-01-01, value: 70}, {from: MIDDLE, value: 45}]}}\nmetrics:",
    1,
).replace("below: 70", "below: target")
DATED = loads(DATED_TEXT.replace("MIDDLE", "2001-01-01"))
DATA = some_past(POLICY_WITH_TARGET)
TARGET, AFTER, WINDOW = "target", "moves.to-c.after", "metrics.gain.change.over"
FOR, PACE = "triggers.slow.for", "triggers.fast.gain"
VALUES = {
    TARGET: (20.0, 45.0, 70.0),
    AFTER: (1.0, 3.0, 9.0),
    WINDOW: (1.0, 3.0),
    FOR: (1.0, 2.0, 5.0),
    PACE: (0.5, 3.0, 5.0),
}


def half_of(stays: Iterator[int]) -> float:
    """Give the weeks that half of the shortest stays do not exceed; 0 is no stay."""
    found = sorted(one or math.inf for one in stays)
    return found[(len(found) + 1) // 2 - 1]


def assert_as_in_the_reference(
    found: Sweep, places: tuple[int, ...], settings: dict[str, float], *, base: Policy = POLICY_WITH_TARGET
) -> None:
    policy = amend(base, {path: number(value) for path, value in settings.items()})
    by_region = {region: list(replay(policy, DATA, regions=[region])) for region in DATA.regions}
    weeks = [one.evaluation for outcomes in by_region.values() for one in outcomes]
    ranks, stages = policy.ranks, [stage.name for stage in policy.stages]
    for stage in stages:
        in_force = sum(one.stage == stage for one in weeks) / len(DATA.regions)
        assert found.of(Outcome(kind=Kind.WEEKS, stage=stage))[places] == pytest.approx(in_force)
    undetermined = sum(one.recommendation is Recommendation.UNDETERMINED for one in weeks) / len(DATA.regions)
    assert found.of(Outcome(kind=Kind.UNDETERMINED))[places] == pytest.approx(undetermined)
    changes = sum(
        one != other
        for outcomes in by_region.values()
        for one, other in pairwise([*(each.evaluation.stage for each in outcomes), outcomes[-1].stage_after])
    )
    assert found.of(Outcome(kind=Kind.CHANGES))[places] == pytest.approx(changes / len(DATA.regions))
    in_turn = [
        [*(ranks[each.evaluation.stage] for each in one), ranks[one[-1].stage_after]] for one in by_region.values()
    ]
    assert found.of(Outcome(kind=Kind.SHORTEST_STAY))[places] == half_of(plain(one[:-1], one[-1]) for one in in_turn)
    back = sum(map(undone, in_turn))
    assert found.of(Outcome(kind=Kind.UNDONE))[places] == pytest.approx(back / len(DATA.regions))
    for stage in stages:
        asked = [
            next(
                (
                    week
                    for week, one in enumerate(outcomes)
                    if is_adoptable(one.evaluation) and one.evaluation.to == stage
                ),
                None,
            )
            for outcomes in by_region.values()
        ]
        called = sorted(week for week in asked if week is not None)
        assert found.of(Outcome(kind=Kind.RECOMMENDED, stage=stage))[places] == pytest.approx(len(called) / len(asked))
        half = called[len(asked) // 2 - 1] if len(called) * 2 >= len(asked) else math.inf
        assert found.of(Outcome(kind=Kind.FIRST, stage=stage))[places] == half


@pytest.mark.parametrize(
    "paths",
    [
        (TARGET,),
        (AFTER,),
        (WINDOW,),
        (FOR,),
        (PACE,),
        (TARGET, AFTER),
        (AFTER, TARGET),
        (AFTER, WINDOW),
        (FOR, AFTER),
        (PACE, FOR),
    ],
    ids=" and ".join,
)
def test_the_weeks_on_record_are_those_of_the_reference_engine(paths: tuple[str, ...]) -> None:
    of = [varied(POLICY_WITH_TARGET, path, VALUES[path]) for path in paths]
    found = on_record(POLICY_WITH_TARGET, DATA, of)
    assert found.retraced.paths == min(40, np.prod([len(one.values) for one in of]) * len(found.regions))
    assert found.retraced.differing == ()
    for places in product(*(range(len(one.values)) for one in of)):
        settings = {one.path: one.values[place] for one, place in zip(of, places, strict=True)}
        assert_as_in_the_reference(found, places, settings)


@pytest.mark.parametrize("backend", list(Backend))
@pytest.mark.parametrize("seed", range(6))
def test_random_values_are_swept_as_in_the_reference_by_both_back_ends(seed: int, backend: Backend) -> None:
    if backend is Backend.NUMBA:
        pytest.importorskip("numba", reason="numba is an extra")
    random = np.random.default_rng(seed)
    values = {
        TARGET: [*random.uniform(0, 100, 3).round(int(random.integers(4))).tolist(), 70.0],
        AFTER: random.integers(0, 12, 3).astype(float).tolist(),
        FOR: random.integers(1, 7, 3).astype(float).tolist(),
        PACE: random.uniform(-1, 5, 3).round(1).tolist(),
    }
    paths = random.permutation([*values])[:2].tolist()
    of = [varied(POLICY_WITH_TARGET, path, values[path]) for path in paths]
    found = on_record(POLICY_WITH_TARGET, DATA, of, backend=backend)
    for places in product(*(range(len(one.values)) for one in of)):
        settings = {one.path: one.values[place] for one, place in zip(of, places, strict=True)}
        assert_as_in_the_reference(found, places, settings)


def test_a_longer_stay_than_the_policys_own_looks_back_as_far() -> None:
    policy = loads("""
language: 1
name: stay
calendar: iso-week
metrics: {x: {kind: level}}
triggers: {low: {when: {metric: x, below: 70}, missing: unknown}}
stages: [{name: a}, {name: b}, {name: c}]
moves: [{name: up, from: a, to: b, trigger: low}, {name: upper, from: b, to: c, trigger: low, after: 1 week}]
""")
    start = Week.parse("2021-W10", policy.calendar).number
    data = tabulate(policy.calendar, [("A", start + week, "x", 60.0) for week in range(6)])
    record = {"A": (StageInForce(stage="b", since=start - 8),)}
    found = on_record(policy, data, [varied(policy, "moves.upper.after", (1.0, 8.0, 10.0, 20.0))], record=record)
    assert found.of(Outcome(kind=Kind.FIRST, stage="c")).tolist() == [0, 0, 2, math.inf]


def test_a_number_on_which_nothing_rests_changes_nothing() -> None:
    policy = loads(POLICY.replace("metrics:", "parameters: {spare: {value: 5, source: assumption}}\nmetrics:", 1))
    spare = varied(policy, "spare", (1.0, 2.0, 3.0))
    alone = on_record(policy, DATA, [spare])
    assert (alone.counted.weeks == alone.counted.weeks[0]).all()
    both = on_record(policy, DATA, [spare, varied(policy, AFTER, (1.0, 9.0))])
    assert both.counted.weeks.shape[:2] == (3, 2)
    assert (both.counted.weeks == both.counted.weeks[:1]).all()


def test_the_values_are_not_all_alike() -> None:
    found = on_record(
        POLICY_WITH_TARGET, DATA, [varied(POLICY_WITH_TARGET, path, VALUES[path]) for path in (TARGET, AFTER)]
    )
    assert len({tuple(cell) for row in found.counted.weeks.tolist() for cell in row}) > 2


def test_many_regions_are_tried_in_parts_that_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    series = {(f"{region}{copy}", metric): held for (region, metric), held in DATA.series.items() for copy in range(40)}
    weeks = {f"{region}{copy}": span for region, span in DATA.weeks.items() for copy in range(40)}
    many = replace(DATA, regions=tuple(weeks), series=series, weeks=weeks)
    of = [varied(POLICY_WITH_TARGET, path, VALUES[path]) for path in (TARGET, WINDOW)]
    made: list[str] = []

    def each(names: Sequence[str], make: Make) -> Iterator[Part]:
        made.extend(names)
        return map(make, range(len(names)))

    whole = on_record(POLICY_WITH_TARGET, many, of, each=each)
    assert len(made) == 2
    monkeypatch.setattr(sweeping, "AT_ONCE", 1)
    in_parts = on_record(POLICY_WITH_TARGET, many, of, each=each)
    assert len(made) == 2 + 2 * 3
    alone = on_record(POLICY_WITH_TARGET, DATA, of)
    for asked in outcomes(whole.stages):
        assert (in_parts.of(asked) == whole.of(asked)).all()
        assert whole.of(asked) == pytest.approx(alone.of(asked))


def test_weeks_to_come_are_those_of_the_outlooks_of_amended_policies() -> None:
    course, draws = COURSES["followed"], Draws(seed=5, count=64)
    of = [varied(course.policy, AFTER, (1, 3, 9))]
    found = to_come(course, of, draws)
    assert found.present == (1,)
    alone = outlook(course, draws)
    for asked in outcomes(found.stages):
        assert found.of(asked)[1] == over_all(alone).of(asked)
    called = found.of(Outcome(kind=Kind.RECOMMENDED, stage="c"))
    assert called[0] > called[2]
    assert found.retraced.paths == 40
    assert found.retraced.differing == ()


def test_the_value_of_one_date_is_varied() -> None:
    middle = Week(DATED.calendar, DATA.weeks[DATA.regions[0]][0] + 15).last_day
    dated = loads(DATED_TEXT.replace("MIDDLE", str(middle)))
    path = "parameters.target.dated.2.value"
    of = varied(dated, path, (20.0, 45.0, 90.0))
    found = on_record(dated, DATA, [of])
    assert (of.present, of.unit) == (45, "percent")
    assert len({tuple(found.counted.weeks[place]) for place in range(3)}) > 1
    for place, value in enumerate(of.values):
        assert_as_in_the_reference(found, (place,), {path: value}, base=dated)


def test_the_values_of_two_dates_are_varied_together() -> None:
    middle = Week(DATED.calendar, DATA.weeks[DATA.regions[0]][0] + 15).last_day
    dated = loads(DATED_TEXT.replace("MIDDLE", str(middle)))
    of = [varied(dated, f"parameters.target.dated.{date}.value", (20.0, 60.0)) for date in (1, 2)]
    found = on_record(dated, DATA, of)
    for places in product(range(2), range(2)):
        settings = {one.path: one.values[place] for one, place in zip(of, places, strict=True)}
        assert_as_in_the_reference(found, places, settings, base=dated)


def test_the_policys_own_value_is_found() -> None:
    assert varied(POLICY_WITH_TARGET, TARGET, (50, 40, 50)).values == (40, 50)
    assert varied(POLICY_WITH_TARGET, TARGET, (50,)).present == 70
    found = varied(POLICY_WITH_TARGET, AFTER, (2,))
    assert (found.present, found.unit) == (3, "weeks")


@pytest.mark.parametrize(
    ("path", "values", "said"),
    [
        (TARGET, (50.0, 130.0), "130 is outside the range of `target`, 0 to 100"),
        (AFTER, (0.5,), "0.5"),
        ("nothing", (1.0,), "`nothing` is not a parameter of this policy"),
        ("moves.to-x.after", (1.0,), "`to-x` is not a move of this policy"),
        (TARGET, (), "is given no value"),
        ("parameters.target.range", (1.0,), "is not a value of a parameter"),
    ],
)
def test_what_cannot_be_varied_is_refused(path: str, values: tuple[float, ...], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        varied(POLICY_WITH_TARGET, path, values)


def test_a_metric_is_not_varied_in_weeks_to_come_which_are_forecast_by_it() -> None:
    course = COURSES["followed"]
    with pytest.raises(RequestError, match="is a number of a metric"):
        to_come(course, [varied(course.policy, WINDOW, (2,))], Draws(seed=1, count=8))


def test_a_part_of_a_week_is_refused_between_whole_ones() -> None:
    with pytest.raises(RequestError, match=r"`moves\.to-c\.after=1\.5` cannot be"):
        on_record(POLICY_WITH_TARGET, DATA, [varied(POLICY_WITH_TARGET, AFTER, (1.0, 1.5, 2.0))])


def test_too_many_values_are_refused() -> None:
    one = varied(POLICY_WITH_TARGET, TARGET, tuple(np.linspace(0, 100, 60)))
    with pytest.raises(RequestError, match="are too many"):
        on_record(POLICY_WITH_TARGET, DATA, [one, varied(POLICY_WITH_TARGET, AFTER, tuple(range(1, 61)))])
    with pytest.raises(RequestError, match="varied twice"):
        on_record(POLICY_WITH_TARGET, DATA, [one, one])


def test_regions_without_a_week_are_refused() -> None:
    with pytest.raises(RequestError, match="no week of any region is on record"):
        on_record(POLICY_WITH_TARGET, DATA, [varied(POLICY_WITH_TARGET, TARGET, (50.0,))], regions=[])


def test_what_would_take_effect_behind_the_data_of_a_region_is_no_change() -> None:
    policy = loads("""
language: 1
name: lag
calendar: iso-week
metrics: {x: {kind: level}}
triggers: {low: {when: {metric: x, below: 70}, missing: unknown}}
stages: [{name: a}, {name: b}]
moves: [{name: up, from: a, to: b, trigger: low}]
""")
    start = Week.parse("2021-W10", policy.calendar).number
    longer = [("A", start + week, "x", 60.0) for week in range(4)]
    data = tabulate(policy.calendar, [*longer, ("B", start, "x", 60.0)])
    found = on_record(policy, data, [], adoption=Adoption(lag=1))
    assert float(found.of(Outcome(kind=Kind.CHANGES))) == 0.5
    assert found.retraced == (2, ())
