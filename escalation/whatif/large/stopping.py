"""When enough has been drawn: every probability is known to within a tolerance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

import numpy as np

from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import in_english, number
from escalation.whatif.outlook import Outlook

FEWEST = 1_000
"""Draws after which it is looked at first; then each time there are twice as many."""
LEVEL = 95
"""Percent of such intervals that hold the probability itself."""
NORMAL = 1.959963984540054
"""So many standard deviations hold 95 percent of a normal distribution."""


def rounds(draws: int, *, is_stopping: bool) -> Iterator[tuple[int, int]]:
    """Give the first and the end of the draws of each round: all at once, or as many again as there are."""
    first, end = 0, min(FEWEST, draws) if is_stopping else draws
    while first < draws:
        yield first, end
        first, end = end, min(2 * end, draws)


def half_width(outlooks: Sequence[Outlook]) -> float:
    """Give half the width of the widest 95 % interval (Wilson) of a probability in outlooks, in percentage points.

    They are the probabilities of each stage, and that the policy cannot say, by week, and that a stage was entered or
    recommended up to a week.
    """
    return 100 * max(_widest(one) for one in outlooks)


def _widest(outlook: Outlook) -> float:
    ever = (np.cumsum(counts, axis=0) for counts in (outlook.entered, outlook.recommended))
    farthest = max(
        int(np.minimum(counts, outlook.draws - counts).max(initial=0))
        for counts in (outlook.stage, outlook.undetermined, *ever)
    )
    share, square = farthest / outlook.draws, NORMAL**2 / outlook.draws
    return sqrt(square * share * (1 - share) + square**2 / 4) / (1 + square)


def label(outlooks: Sequence[Outlook], tolerance: float) -> BothLanguages:
    """Say how well probabilities were to be known, in percentage points, and how well they are."""
    achieved = half_width(outlooks)
    numbers = (tolerance, achieved, outlooks[0].draws)
    wanted, within, draws = (number(one, Language.ENGLISH) for one in numbers)
    dicari, galat, undian = (number(one, Language.INDONESIAN) for one in numbers)
    if achieved > tolerance:
        return BothLanguages(
            en=f"No probability was to be less well known than ±{wanted} percentage points ({LEVEL} %); "
            + in_english("all {draws} draws leave ±{within}.", draws=draws, within=within),
            id=f"Setiap peluang hendak diketahui ±{dicari} poin persen ({LEVEL} %); "
            f"seluruh {undian} undian menyisakan ±{galat}.",
        )
    return BothLanguages(
        en=f"Drawn until every probability is known to ±{wanted} percentage points ({LEVEL} %): "
        + in_english("after {draws} draws to ±{within}.", draws=draws, within=within),
        id=f"Diundi sampai setiap peluang diketahui ±{dicari} poin persen ({LEVEL} %): "
        f"setelah {undian} undian ±{galat}.",
    )
