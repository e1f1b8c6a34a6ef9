"""What a run has counted of random paths is compared with the reference engine, and every planted error is noticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.observations.standings import StageInForce
from escalation.whatif import outlook as outlooks
from escalation.whatif import setting as settings
from escalation.whatif.arrays import ending, kernel, paths, words
from escalation.whatif.arrays.circuit import Gate, Key
from escalation.whatif.arrays.laid import Counts, Laid
from escalation.whatif.arrays.panel import panel
from escalation.whatif.backtest import backtest
from escalation.whatif.checked import checked, paths_of
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large import chunks
from escalation.whatif.large.drawing import drawn, here
from escalation.whatif.retraced import Retraced, agreed
from escalation.whatif.stress import stress
from escalation.whatif.sweep import on_record, to_come
from escalation.whatif.varied import varied
from tests.whatif.clinic import FIRST, clinic
from tests.whatif.test_outlook import COURSES
from tests.whatif.test_stress import record

Plant = Callable[[pytest.MonkeyPatch], None]
COURSE = COURSES["late, and by chance"]
MANY = Draws(seed=3, count=9_000)


def gates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the compiled engine make one gate wrong."""
    fast: Any = pytest.importorskip("escalation.whatif.arrays.fast", reason="numba is an extra")
    run = fast.run

    def wrong(laid: Laid, *others: object) -> None:
        changed = laid.gates.copy()
        changed[changed[:, 0] == fast.OR, 0] = fast.XOR
        run(laid._replace(gates=changed), *others)

    monkeypatch.setattr(fast, "run", wrong)


def last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the compiled engine leave the last 64 draws out."""
    fast: Any = pytest.importorskip("escalation.whatif.arrays.fast", reason="numba is an extra")
    run = fast.run
    monkeypatch.setattr(fast, "run", lambda *given: run(*given[:-1], given[-1] - 1))


def histogram(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count numbers that are one too low."""
    monkeypatch.setattr(outlooks, "histogram", lambda *given: np.roll(ending.histogram(*given), -1, axis=1))


def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count every draw twice."""
    right = words.digits_of
    monkeypatch.setattr(kernel, "digits_of", lambda given: right(2 * given))


def exchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the stages that are entered for those that are recommended."""
    right = outlooks._by_stage

    def wrong(found: Mapping[Key, Counts], what: str, stages: int) -> Counts:
        return right(found, {"first": "called", "called": "first"}.get(what, what), stages)

    monkeypatch.setattr(outlooks, "_by_stage", wrong)


def later_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people follow by the numbers of other draws."""
    right = settings._followed
    monkeypatch.setattr(
        settings, "_followed", lambda course, draws: right(course, [replace(one, seed=one.seed + 1) for one in draws])
    )


PLANTS: tuple[Plant, ...] = (gates, last_word, histogram, weights, exchanged, later_draws)


@pytest.mark.parametrize("plant", PLANTS)
def test_an_error_planted_in_a_run_is_noticed(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert agreed([checked(COURSE, MANY).retraced]) == Retraced(40)
    plant(monkeypatch)
    with pytest.raises(RequestError, match="the two engines do not agree"):
        agreed([checked(COURSE, MANY).retraced])


@pytest.mark.parametrize("plant", PLANTS)
def test_it_is_noticed_in_chunks_as_well(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "SIZE", 20_000)
    draws = replace(MANY, count=3_000)
    (found,) = drawn([COURSE], draws, here([COURSE], draws))
    assert agreed([found.retraced]) == Retraced(40)
    plant(monkeypatch)
    with pytest.raises(RequestError, match="the two engines do not agree"):
        agreed([one.retraced for one in drawn([COURSE], draws, here([COURSE], draws))])


def wrong_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kernel.MAKE, Gate.WITHOUT, np.bitwise_or)


def wrong_order(monkeypatch: pytest.MonkeyPatch) -> None:
    class Reversed(Ladder):
        def __init__(self, policy: object) -> None:
            super().__init__(policy)  # type: ignore[arg-type]
            self.exits = {stage: exits[1:] for stage, exits in self.exits.items()}

    monkeypatch.setattr(paths, "Ladder", Reversed)


def swept() -> Retraced:
    return on_record(clinic(), record(), [varied(clinic(), "moves.to-law.after", [1, 2, 3])]).retraced


def swept_ahead() -> Retraced:
    return to_come(COURSE, [varied(COURSE.policy, "moves.to-c.after", [1, 2])], replace(MANY, count=500)).retraced


def backtested() -> Retraced:
    stages = {"East": (StageInForce(stage="appeal", since=FIRST),)}
    return backtest(panel(clinic(), record()), stages, record()).retraced


def stressed() -> Retraced:
    return stress(clinic(), record()).retraced


@pytest.mark.parametrize("plant", [wrong_gate, wrong_order])
@pytest.mark.parametrize("run", [swept, backtested, stressed])
def test_an_error_in_the_weeks_on_record_is_noticed(
    run: Callable[[], Retraced], plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert agreed([run()]).paths >= 2
    plant(monkeypatch)
    assert run().differing


def test_an_error_in_a_sweep_of_the_weeks_to_come_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert agreed([swept_ahead()]) == Retraced(40)
    exchanged(monkeypatch)
    assert swept_ahead().differing


def test_half_of_the_paths_are_among_the_first_draws() -> None:
    draws = Draws(seed=2, count=1_000_000)
    places = np.concatenate([*paths_of(COURSE, draws).values()])
    assert len(places) == 40
    assert (places < 1_000).sum() == 20
    assert len(np.concatenate([*paths_of(COURSE, replace(draws, count=700)).values()])) == 40


def test_what_differs_is_told_by_its_region() -> None:
    found = Retraced(40, (("North", 2),))
    assert str(found) == "38 of 40 random paths agree with the reference engine; 2 of North do not"
