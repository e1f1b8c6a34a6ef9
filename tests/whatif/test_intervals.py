"""Intervals of differences of shares: those of the paper, and how often they hold what is true."""

from __future__ import annotations

import numpy as np
import pytest

from escalation.whatif.intervals import newcombe


@pytest.mark.parametrize(
    ("counts", "ends"),
    [
        (
            (14, 5, 0, 22),
            (-0.2265, -0.0115),
        ),  # Altman, Machin, Bryant, Gardner 2000, Statistics with Confidence, table 6.2
        ((1, 1, 7, 12), (0.0256, 0.5069)),  # Fagerland, Lydersen, Laake 2017, Contingency Tables, chapter 8
    ],
)
def test_worked_examples_come_out(counts: tuple[int, int, int, int], ends: tuple[float, float]) -> None:
    both, first, second, _ = (np.array(one) for one in counts)
    low, high = newcombe(both, first, second, sum(counts))
    assert (float(low), float(high)) == pytest.approx(ends, abs=1e-4)


@pytest.mark.parametrize("counts", [(0, 0, 100, 0), (0, 100, 0, 0), (1, 0, 99, 0), (50, 0, 50, 0), (0, 1, 99, 0)])
def test_it_has_a_width_and_holds_nothing_impossible(counts: tuple[int, int, int, int]) -> None:
    both, first, second, _ = (np.array(one) for one in counts)
    low, high = newcombe(both, first, second, 100)
    assert -1 <= low <= (second - first) / 100 <= high <= 1
    assert high - low > 0.01


@pytest.mark.parametrize("shares", [(0.5, 0.1, 0.2, 0.2), (0.0, 0.0, 0.03, 0.97), (0.9, 0.01, 0.08, 0.01)])
def test_it_holds_the_truth_as_often_as_it_says(shares: tuple[float, ...]) -> None:
    draws = 200
    counts = np.random.default_rng(1).multinomial(draws, shares, size=4_000).T
    low, high = newcombe(counts[0], counts[1], counts[2], draws)
    truth = shares[2] - shares[1]
    assert 0.93 < np.mean((low <= truth) & (truth <= high)) < 0.99
