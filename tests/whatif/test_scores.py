"""Scores are what a reader would work out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from escalation.whatif.scores import Score, binned, brier, score, tenths
from escalation.whatif.week_outcomes import WeekKind, WeekOutcome
from tests.whatif.test_hindcast import CALLED, CAREFUL, data, forecast

TRUE, FALSE = True, False


def test_chances_are_sorted_into_tenths_and_what_came_true_is_counted() -> None:
    counts = np.array([0, 1, 2, 3, 6, 19, 20])
    came = np.array([FALSE, TRUE, FALSE, FALSE, TRUE, TRUE, TRUE])
    found = binned(tenths(counts, 20), counts / 20, came)
    assert [(one.low, one.region_weeks, one.true) for one in found] == [(0, 2, 1), (10, 2, 0), (30, 1, 1), (90, 2, 2)]
    assert [one.chance for one in found] == pytest.approx([0.025, 0.125, 0.3, 0.975])
    low, high = found[1].interval
    assert (low, high) == pytest.approx((0.0, 1.96**2 / (2 + 1.96**2)))


@pytest.mark.parametrize("draws", [7, 10, 30, 49, 70, 1000])
def test_a_chance_on_an_edge_lies_in_the_tenth_that_begins_there(draws: int) -> None:
    counts = np.arange(draws + 1)
    exactly = [min(Fraction(10 * count, draws) // 1, 9) for count in counts.tolist()]
    assert tenths(counts, draws).tolist() == exactly


def test_the_brier_score_is_the_mean_square_of_what_was_off() -> None:
    assert brier(np.array([0.2, 0.9, 0.5]), np.array([FALSE, TRUE, TRUE])) == pytest.approx((0.04 + 0.01 + 0.25) / 3)
    assert brier(np.array([]), np.array([], dtype=bool)) is None


def test_nothing_changes_says_that_the_stage_of_the_origin_goes_on() -> None:
    found = forecast(data())
    begun = found.stages[0] >= 1
    assert found.unchanged(CAREFUL).tolist() == [begun.astype(float).tolist()] * 6
    assert not found.unchanged(CALLED).any()


@pytest.mark.parametrize("outcome", [CAREFUL, CALLED], ids=str)
def test_origins_are_scored_together(outcome: WeekOutcome) -> None:
    one, other = forecast(data()), forecast(data(weeks=33))
    found = score([one, other], outcome)
    pairs = [
        (chance, came, unchanged)
        for each in (one, other)
        for chance, came, unchanged, counts in zip(
            each.chance(outcome).ravel(),
            each.truly(outcome).ravel(),
            each.unchanged(outcome).ravel(),
            each.scored(outcome).ravel(),
            strict=True,
        )
        if counts
    ]
    assert (found.origins, found.region_weeks) == (2, len(pairs))
    assert found.true == sum(bool(came) for _, came, _ in pairs)
    assert found.brier == pytest.approx(sum((chance - came) ** 2 for chance, came, _ in pairs) / len(pairs))
    assert found.unchanged == pytest.approx(sum((still - came) ** 2 for _, came, still in pairs) / len(pairs))
    assert found.not_on_record == 3 * 3
    assert found.settled == (6 if outcome == CAREFUL else 0)
    assert found.region_weeks + found.settled + found.cannot_say + found.not_on_record == 2 * 6 * 3
    assert sum(one.region_weeks for one in found.bins) == found.region_weeks


def test_nothing_to_score_gives_no_score() -> None:
    found: Score = score([forecast(data(weeks=31))], WeekOutcome(kind=WeekKind.AT_LEAST, stage="shut"))
    assert (found.region_weeks, found.brier, found.unchanged, found.bins) == (0, None, None, ())


@pytest.mark.parametrize(
    ("brier", "unchanged", "comparison"),
    [(0.1, 0.2, "better"), (0.2, 0.1, "worse"), (0.1 + 0.2, 0.3, "alike"), (0.0, 0.0, "alike"), (None, None, None)],
)
def test_a_score_is_compared_with_that_of_nothing_changes(
    brier: float | None, unchanged: float | None, comparison: str | None
) -> None:
    assert replace(score([forecast(data())], CAREFUL), brier=brier, unchanged=unchanged).comparison == comparison
