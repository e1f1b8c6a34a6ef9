"""Edits of the figures to come: what `edits` does to figures on record, done to many draws at once."""

from __future__ import annotations

import numpy as np

from escalation.errors import RequestError
from escalation.policy.metrics import Kind
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.scenarios.edits import Alters, Edit


def altered(values: Floats, edit: Edit, weeks: slice, *, kind: Kind, most: Floats | None) -> Floats:
    """Give the figures of a metric, [week, region, draw], with an edit of the weeks `weeks`.

    `most` [region, draw] is what a cumulative count does not pass, its population, unless it has already. Raise
    RequestError for figures that are late: only a replay of single weeks sees the delay.
    """
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
            factor = np.ones(len(found))
            factor[weeks] = edit.amount
            gains = np.diff(found, axis=0) * factor[1:, np.newaxis, np.newaxis]
            found[1:] = found[0] + np.cumsum(gains, axis=0)
        case Alters.PACE | Alters.STOP:
            inside *= edit.amount
        case Alters.LATE:
            raise RequestError(
                "figures that are late have no effect on the weeks to come in an outlook",
                help="leave weeks out with `missing`, or replay the weeks on record",
            )
    return found if kind is not Kind.CUMULATIVE or most is None else np.fmin(found, np.fmax(most, values))
