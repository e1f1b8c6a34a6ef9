"""Regrets are printed with what is known of them, and no more."""

from __future__ import annotations

import pytest

from escalation.evaluation.sentences import Speaker
from escalation.policy.load import loads
from escalation.policy.values import Language
from escalation.reports.regret import regret_shown
from escalation.whatif.regret import Prefer, Regret
from tests.whatif.test_outlook import POLICY
from tests.whatif.test_regret import FIRST, LAST, NEVER, by_hand

ENGLISH, INDONESIAN = (Speaker(loads(POLICY), language) for language in (Language.ENGLISH, Language.INDONESIAN))
MAYBE = [9] * 32 + [NEVER] * 28


def weeks(*first: list[int]) -> Regret:
    """Compare alternatives by the weeks of one future; in the other all are alike."""
    numbers = [row for own in first for row in (own, [5] * len(own))]
    return by_hand(numbers, FIRST, Prefer.LATER)


@pytest.mark.parametrize(
    ("numbers", "row", "english", "indonesian"),
    [
        ([[3] * 60, [NEVER] * 60, [4] * 60], 0, "≥ 9", "≥ 9"),
        ([[3] * 60, [9] * 60, [4] * 60], 0, "6", "6"),
        ([[3] * 60, MAYBE, [4] * 60], 0, "6 (6 and more)", "6 (6 ke atas)"),
        ([[3] * 60, [9] * 29 + [NEVER] * 31, [4] * 60], 0, "≥ 9 (6 and more)", "≥ 9 (6 ke atas)"),
        ([[10] * 60, MAYBE, [4] * 60], 1, "1 (up to 1) ≈", "1 (sampai 1) ≈"),
        ([MAYBE, [8] * 32 + [NEVER] * 28, [4] * 60], 1, "1 (ends not known) ≈", "1 (ujung selang tidak diketahui) ≈"),
        ([[3] * 60, [NEVER] * 60, [NEVER] * 60], 2, "0", "0"),
    ],
)
def test_an_interval_without_an_end_is_told_as_such(
    numbers: list[list[int]], row: int, english: str, indonesian: str
) -> None:
    found = weeks(*numbers)
    assert regret_shown(found, (0, row, 0), ENGLISH) == english
    assert regret_shown(found, (0, row, 0), INDONESIAN) == indonesian


def of_means(own: list[int], best: list[int]) -> Regret:
    return by_hand([own, [5] * len(own), best, [5] * len(own), own, [5] * len(own)], LAST, Prefer.FEWER)


@pytest.mark.parametrize(
    ("own", "best", "shown"),
    [
        ([2] * 300 + [1] * 700, [0] * 1000, "1.30 (1.27 to 1.33)"),
        ([1] * 30 + [0] * 970, [0] * 970 + [1] * 20 + [0] * 10, "0.010 (-0.004 to 0.024) ≈"),
        ([6, 2] * 60, [0] * 120, "4.0 (3.6 to 4.4)"),
        ([4] * 120, [0] * 120, "4.0"),
    ],
)
def test_an_interval_of_means_has_as_many_decimals_as_its_ends_need(
    own: list[int], best: list[int], shown: str
) -> None:
    assert regret_shown(of_means(own, best), (0, 0, 0), ENGLISH) == shown
