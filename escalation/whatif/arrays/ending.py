"""Numbers that a circuit has kept in binary digits, counted in the end."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.telling import full
from escalation.whatif.arrays.words import Words, unpacked, words_for


def histogram(ended: Mapping[Key, Words], key: Key, horizon: int, weights: Counts) -> Counts:
    """Count the lanes by a number that the circuit has kept, [..., number]: each as often as `weights` [..., lane] say.

    Numbers are counted up to `full` of the weeks of the horizon.
    """
    *groups, lanes = weights.shape
    size, most = int(np.prod(groups)), full(horizon)
    held = np.zeros(weights.shape, dtype=np.uint16)
    for digit in range(most.bit_length()):
        words = np.broadcast_to(ended[key._replace(digit=digit)], (*groups, words_for(lanes)))
        held |= unpacked(words, lanes).view(np.uint8) * np.uint16(1 << digit)
    places = held.reshape(size, lanes) + (most + 1) * np.arange(size)[:, np.newaxis]
    found = np.bincount(places.ravel(), weights.ravel(), minlength=(most + 1) * size)
    return found.reshape(*groups, most + 1).astype(np.int64)


def shortest_stays(ended: Mapping[Key, Words], horizon: int, weights: Counts) -> Counts:
    """Count the lanes by the weeks of their shortest stay, [..., weeks], those without one by 0."""
    spare = histogram(ended, Key("spare"), horizon, weights)
    found = np.zeros((*spare.shape[:-1], horizon + 1), dtype=np.int64)
    found[..., 0] = spare[..., 0]
    found[..., 1:horizon] = spare[..., :0:-1][..., 1:horizon]
    return found
