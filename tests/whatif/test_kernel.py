"""Both back ends give the same words and counts, however the work is shared out."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import Adoption
from escalation.whatif.arrays import kernel
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import Backend, counted, run
from escalation.whatif.arrays.laid import Inputs
from escalation.whatif.arrays.wiring import Wiring, wired
from escalation.whatif.arrays.words import Words, packed, unpacked
from tests.whatif.ladders import whole_policy

WEEKS, LANES = 30, 700
WEIGHTS = np.random.default_rng(0).integers(0, 12, LANES)
AXES = ((1, 1), (5, 1), (1, 4), (5, 4))


def some_inputs(wiring: Wiring, seed: int) -> Inputs:
    """Give random words of inputs, each over other axes."""
    random = np.random.default_rng(seed)
    found: dict[Key, Words] = {}
    for number, key in enumerate(wiring.circuit.inputs):
        lanes = LANES if number % 5 else 64
        held = random.random((WEEKS, *AXES[number % len(AXES)], lanes)) < 0.3
        found[key] = packed(held) if lanes == LANES else packed(held)[..., :1]
    return found


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("workers", [1, 2, 4])
def test_both_back_ends_give_the_same(seed: int, workers: int) -> None:
    pytest.importorskip("numba", reason="numba is an extra")
    wiring = wired(Ladder(whole_policy(seed)), Adoption(lag=seed % 4), is_steered=seed % 2 == 0, horizon=WEEKS)
    inputs = some_inputs(wiring, seed)
    words = run(wiring, inputs, backend=Backend.NUMPY)
    compiled = run(wiring, inputs, backend=Backend.NUMBA, workers=workers)
    counts = counted(wiring, inputs, weights=WEIGHTS, backend=Backend.NUMPY)
    compiled_counts = counted(wiring, inputs, weights=WEIGHTS, backend=Backend.NUMBA, workers=workers)
    for key in wiring.circuit.outputs:
        assert (words.weeks[key] == compiled.weeks[key]).all()
        assert (counts.weeks[key] == compiled_counts.weeks[key]).all()
        assert (counts.weeks[key] == unpacked(words.weeks[key], LANES) @ WEIGHTS).all()
    for key in wiring.circuit.states:
        assert (words.ended[key] == compiled.ended[key]).all()
        assert (words.ended[key] == compiled_counts.ended[key]).all()


def test_a_back_end_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "find_spec", lambda _: None)
    assert kernel.chosen(None, 10**9) is Backend.NUMPY
    with pytest.raises(RequestError, match="numba is not installed"):
        kernel.chosen(Backend.NUMBA, 1)


def test_small_work_is_compiled_only_where_numba_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, kernel.COMPILED, raising=False)
    assert kernel.chosen(None, 1000) is Backend.NUMPY
    monkeypatch.setitem(sys.modules, kernel.COMPILED, kernel)
    monkeypatch.setattr(kernel, "find_spec", lambda _: object())
    assert kernel.chosen(None, 1000) is Backend.NUMBA
    assert kernel.chosen(None, 10) is Backend.NUMPY
