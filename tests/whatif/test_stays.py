"""Shortest stays are those that plain Python finds on paths of the reference engine; planted errors are noticed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.evaluation.library import begun, replay
from escalation.evaluation.replay import Adoption
from escalation.policy.model import Policy
from escalation.whatif.arrays import telling
from escalation.whatif.arrays.circuit import NO, YES, Circuit, Counter, Key, Wire, keep_greatest
from escalation.whatif.arrays.ending import histogram
from escalation.whatif.arrays.kernel import Backend
from escalation.whatif.arrays.panel import panel
from escalation.whatif.arrays.paths import tallied
from escalation.whatif.checked import checked
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.retraced import Lived, agreed, lived, shortest_stay
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import plain, some_adoption, some_history, some_record
from tests.whatif.test_outlook import COURSES

Plant = Callable[[pytest.MonkeyPatch], None]
FAST = Adoption()


def by_reference(policy: Policy, seed: int, *, is_plain: bool) -> tuple[list[int], np.ndarray]:
    """Give the shortest stays of random regions by the reference engine, and what the array engine counts of them."""
    random = Random(seed)  # noqa: S311 - the same histories every time
    observations = some_history(policy, random)
    record = {} if is_plain else some_record(policy, observations, random)
    adoption = FAST if is_plain else some_adoption(policy, random)
    grid = panel(policy, observations, regions=begun(policy, observations, observations.regions, record=record))
    if not grid.regions:
        return [], np.zeros(1, dtype=np.int64)
    expected = []
    for region in grid.regions:
        outcomes = replay(policy, observations, regions=[region], record=record, adoption=adoption)
        path = lived(policy, outcomes, record.get(region, ()), adoption)
        expected.append(plain([one.stage for one in path], path[-1].after) if path else 0)
        assert shortest_stay(path) == expected[-1]
    found = np.zeros(1, dtype=np.int64)
    for place, backend in enumerate(backends()):
        counts = tallied(grid, adoption=adoption, record=record, backend=backend).shortest_stay
        assert counts is not None
        assert place == 0 or np.array_equal(counts, found)
        found = counts
    return expected, found


def backends() -> list[Backend]:
    """Give the back ends that are there."""
    try:
        import numba  # noqa: F401, PLC0415 - an extra
    except ImportError:
        return [Backend.NUMPY]
    return [*Backend]


def differs(seeds: range, *, is_plain: bool = False) -> tuple[bool, int]:
    """Say whether a count differs, and how many stays were found."""
    found = 0
    for seed in seeds:
        expected, counts = by_reference(whole_policy(seed), seed, is_plain=is_plain)
        found += sum(one > 0 for one in expected)
        if not np.array_equal(np.bincount(expected, minlength=len(counts)), counts):
            return True, found
    return False, found


@pytest.mark.parametrize(("is_plain", "seeds"), [(True, 150), (False, 300)])
def test_stays_are_measured_on_random_policies_records_and_adoptions(*, is_plain: bool, seeds: int) -> None:
    is_other, found = differs(range(seeds), is_plain=is_plain)
    assert not is_other
    assert found > 20


@pytest.mark.parametrize(
    ("stages", "last", "weeks"),
    [
        ([0, 0, 0], 0, 0),
        ([0, 0, 0], 1, 0),  # the stay of the start is not counted, however it ends
        ([0, 1, 1], 1, 0),  # cut by the horizon
        ([0, 1, 1], 2, 2),
        ([0, 1], 0, 1),
        ([0, 1, 1, 1, 2, 2, 0], 0, 2),
        ([0, 1, 2, 2, 2], 2, 1),
        ([2, 2, 0, 0, 0, 1], 2, 1),
    ],
)
def test_only_stays_that_begin_and_end_by_a_change_count(stages: list[int], last: int, weeks: int) -> None:
    afters = [*stages[1:], last]
    path = [
        Lived(week, stage, -1, is_undetermined=False, after=after)
        for week, (stage, after) in enumerate(zip(stages, afters, strict=True))
    ]
    assert shortest_stay(path) == weeks == plain(stages, last)


def off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Counter.shrink

    def twice(self: Counter, where: Wire) -> None:
        right(self, where)
        if where == YES:
            right(self, where)

    monkeypatch.setattr(Counter, "shrink", twice)


def greatest_is_last(monkeypatch: pytest.MonkeyPatch) -> None:
    def last(circuit: Circuit, what: str, digits: list[Wire], where: Wire) -> None:
        for place, digit in enumerate(digits):
            kept = circuit.without(circuit.state(what, digit=place), where)
            circuit.following[Key(what, digit=place)] = circuit.either(kept, circuit.both(digit, where))

    monkeypatch.setattr(telling, "keep_greatest", last)


def longest(monkeypatch: pytest.MonkeyPatch) -> None:
    def turned(circuit: Circuit, what: str, digits: list[Wire], where: Wire) -> None:
        keep_greatest(circuit, what, [circuit.opposite(one) for one in digits], where)

    def read(*given: object) -> np.ndarray:
        spare = histogram(*given)  # type: ignore[arg-type]
        return np.concatenate([spare[..., :1], spare[..., :0:-1]], axis=-1)

    monkeypatch.setattr(telling, "keep_greatest", turned)
    monkeypatch.setattr("escalation.whatif.arrays.ending.histogram", read)


def first_stay_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Circuit.state

    def begun_at_once(self: Circuit, what: str, of: int = 0, digit: int = 0) -> Wire:
        wire = right(self, what, of, digit)
        return YES if what == "begun" else wire

    monkeypatch.setattr(Circuit, "state", begun_at_once)


def cut_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def always(circuit: Circuit, what: str, digits: list[Wire], where: Wire) -> None:
        keep_greatest(circuit, what, digits, circuit.either(where, circuit.state("begun")))

    monkeypatch.setattr(telling, "keep_greatest", always)


def on_record_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Circuit.state

    def never(self: Circuit, what: str, of: int = 0, digit: int = 0) -> Wire:
        wire = right(self, what, of, digit)
        return NO if what == "evaluated" else wire

    monkeypatch.setattr(Circuit, "state", never)


PLANTS = (off_by_one, greatest_is_last, longest, first_stay_counted, cut_counted, on_record_ignored)


@pytest.mark.parametrize("plant", PLANTS)
def test_an_error_planted_in_the_measuring_is_noticed(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    is_other, _ = differs(range(150))
    assert is_other


@pytest.mark.parametrize("plant", [off_by_one, greatest_is_last, longest, first_stay_counted, cut_counted])
def test_the_check_of_every_run_notices_it_too(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    course, draws = COURSES["followed"], Draws(seed=3, count=2_000)
    assert agreed([checked(course, draws).retraced]).paths == 40
    plant(monkeypatch)
    with pytest.raises(RequestError, match="the two engines do not agree"):
        agreed([checked(course, draws).retraced])
