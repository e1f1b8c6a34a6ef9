"""Computed metrics and comparisons compiled by numba (extra `fast`): digit for digit as `computed` and `answers` do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from escalation.whatif.arrays.comparing import at_most, held, ruled
from escalation.whatif.arrays.sheet import (
    ADD_UP,
    DIVIDE,
    DRAWN,
    EARLIER,
    KNOWN,
    NUMBER,
    SUBTRACT,
)
from escalation.whatif.arrays.words import WORD

if TYPE_CHECKING:
    from escalation.whatif.arrays.panel import Floats
    from escalation.whatif.arrays.program import Places
    from escalation.whatif.arrays.sheet import Sheet
    from escalation.whatif.arrays.words import Words


TILE = 8 * WORD
"""Draws: 4 KiB a row, so that the latest weeks of some metrics stay near the processor."""


@njit(nogil=True, inline="always")
def add_up(rows: Floats, week: int, weeks: int, found: Floats) -> None:
    """Add up so many weeks to a week from the earliest on; not a number where the first of them is not there."""
    found[:] = 0.0 if week >= weeks - 1 else np.nan
    for before in range(min(weeks - 1, week), -1, -1):
        found += rows[(week - before) % len(rows)]


@njit(nogil=True, inline="always")
def work(board: Floats, step: Places, number: float, week: int, found: Floats) -> None:
    """Compute a metric in one week for a tile of draws from the rows of the metrics before it.

    `board` [step, week, draw] has as many weeks as the metrics look back at, each in the place of one long ago.
    """
    what, weeks = step[0], step[3]
    depth = board.shape[1]
    left = board[step[1], week % depth]
    if what == DIVIDE:
        right = board[step[2], week % depth]
        for i in range(TILE):
            found[i] = np.nan if right[i] == 0 else left[i] / right[i] * number
    elif what == ADD_UP:
        add_up(board[step[1]], week, weeks, found)
        found /= number
    elif weeks > week:
        found[:] = np.nan
    elif what == EARLIER:
        left = board[step[1], (week - weeks) % depth]
        for i in range(TILE):
            found[i] = left[i]
    elif step[2] == NUMBER:
        for i in range(TILE):
            found[i] = left[i] - number if what == SUBTRACT else left[i] * number
    else:
        right = board[step[2], (week - weeks) % depth]
        for i in range(TILE):
            found[i] = left[i] - right[i] if what == SUBTRACT else left[i] * right[i]


@njit(nogil=True, inline="always")
def keep(found: Floats, low: float, high: float) -> None:
    """Leave out what does not lie between two numbers."""
    for i in range(TILE):
        found[i] = found[i] if (found[i] > low) & (found[i] < high) else np.nan


@njit(nogil=True, inline="always")
def ask(board: Floats, sheet: Sheet, week: int, found: Words) -> None:
    """Set `found` [met or unmet, question, word] to the answers of a tile of draws in a week."""
    for q in range(len(sheet.asked)):
        step, operator, missing = sheet.asked[q]
        less, more = sheet.less[q, week], sheet.more[q, week]
        is_in_force = not np.isnan(less)
        row = board[step, week % board.shape[1]]
        for word in range(found.shape[2]):
            met = unmet = np.uint64(0)
            if is_in_force:
                there = at_most(row, word * WORD, np.inf)
                met, unmet = ruled(held(operator, row, word * WORD, less, more), there, missing)
            found[0, q, word], found[1, q, word] = met, unmet


@njit(nogil=True, cache=True)
def judge(sheet: Sheet, drawn: Floats, known: Floats, found: Words) -> None:
    """Set `found` [week, region, met or unmet, question, word] to the answers.

    `drawn` [metric, week, region, draw] and `known` [metric, week, region] are the figures that steps take.
    """
    weeks, regions, draws = drawn.shape[1:]
    board = np.empty((len(sheet.steps), sheet.steps[:, 3].max() + 1, TILE))
    for region in range(regions):
        for first in range(0, draws, TILE):
            size = min(TILE, draws - first)
            words = slice(first // WORD, (first + size + WORD - 1) // WORD)
            for week in range(weeks):
                for s in range(len(sheet.steps)):
                    step, row = sheet.steps[s], board[s, week % board.shape[1]]
                    if step[0] == DRAWN:
                        own = drawn[step[1], week, region, first : first + size]
                        for i in range(size):
                            row[i] = own[i]
                        for i in range(size, TILE):
                            row[i] = np.nan
                    elif step[0] == KNOWN:
                        number = known[step[1], week, region]
                        for i in range(TILE):
                            row[i] = number
                    else:
                        work(board, step, sheet.numbers[s, 0], week, row)
                    keep(row, sheet.numbers[s, 1], sheet.numbers[s, 2])
                ask(board, sheet, week, found[week, region, :, :, words])
