"""Edits of the figures to come: what `edits` does to figures on record, done to many draws at once."""

from __future__ import annotations

import numpy as np

from escalation.errors import RequestError
from escalation.policy.metrics import Kind
from escalation.whatif.arrays.panel import UNUSABLE, Floats
from escalation.whatif.scenarios.edits import Alters, Edit


def altered(values: Floats, edit: Edit, weeks: slice, *, kind: Kind, most: Floats | None) -> Floats:
    """Give the figures of a metric, [week, region, draw], with an edit of the weeks `weeks`.

    `most` [region, draw] is what a cumulative count does not pass, its population, unless it has already; not a number
    where that is unknown. What is no finite number any more is infinite: it is on record, and cannot be used. Raise
    RequestError for figures that are late: only a replay of single weeks sees the delay.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        found = _edited(values, edit, weeks, kind=kind)
    held = found if kind is not Kind.CUMULATIVE or most is None else np.minimum(found, _room(most, values))
    if edit.alters is Alters.MISSING:
        return held
    return np.where(np.isfinite(held) | np.isnan(values), held, UNUSABLE)


def _edited(values: Floats, edit: Edit, weeks: slice, *, kind: Kind) -> Floats:
    found = values.copy()
    inside = found[weeks]
    match edit.alters:
        case Alters.MISSING:
            inside[:] = np.nan
        case Alters.REVISE:
            inside[:] = edit.amount
        case Alters.SHIFT:
            inside += edit.amount
        case Alters.SCALE:
            inside *= edit.amount
        case Alters.CAMPAIGN if kind is Kind.CUMULATIVE:
            added = np.zeros(len(found))
            added[weeks] = edit.amount
            found += np.cumsum(added)[:, np.newaxis, np.newaxis]
        case Alters.CAMPAIGN:
            inside += edit.amount
        case Alters.PACE | Alters.STOP if kind is Kind.CUMULATIVE:
            more = np.zeros(len(found))
            more[weeks] = edit.amount - 1
            found += np.cumsum(_gains(found) * more[:, np.newaxis, np.newaxis], axis=0)
        case Alters.PACE | Alters.STOP:
            inside *= edit.amount
        case Alters.LATE:
            raise RequestError(
                "figures that are late have no effect on the weeks to come in an outlook",
                help="leave weeks out with `missing`, or replay the weeks on record",
                indonesian=(
                    "angka yang terlambat tidak berpengaruh pada minggu mendatang",
                    "hilangkan minggu dengan `missing`, atau putar ulang minggu yang tercatat dengan `replay`",
                ),
            )
    return found


def _room(most: Floats, values: Floats) -> Floats:
    """Say how far counts may grow: to what they do not pass, as far as it is known, or where they are already."""
    found: Floats = np.fmax(np.where(np.isnan(most), np.inf, most), values)
    return found


def _gains(counts: Floats) -> Floats:
    """Give the increase of a cumulative count since the week before it with a figure; 0 where there is none."""
    is_known = np.isfinite(counts)
    rows = np.arange(len(counts)).reshape(-1, 1, 1)
    newest = np.maximum.accumulate(np.where(is_known, rows, -1), axis=0)
    before = np.concatenate([np.full_like(newest[:1], -1), newest[:-1]])
    found: Floats = counts - np.take_along_axis(counts, np.maximum(before, 0), axis=0)
    return np.where(is_known & (before >= 0), found, 0.0)
