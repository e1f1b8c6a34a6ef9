"""Random numbers by counter: each draw is a function of seed, scenario, region, block and stream, and of nothing else.

Philox 4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011). No state is
kept, so any part can be computed by anyone in any order, and policies can be compared on the same draws.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError

Words = NDArray[np.uint32]
Numbers = NDArray[np.uint64]
Scenarios = NDArray[np.integer]
"""Numbers of scenarios, from 0 to below 2**32."""
ROUNDS = 10
MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
WEYL = (0x9E3779B9, 0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
MOST_SEED = 2**64 - 1


def words(seed: int, *, scenario: Scenarios, region: int, block: int, stream: int) -> Words:
    """Give four words of 32 bits for each scenario, [word, scenario].

    The key is the seed, its low half first, and the counter (scenario, region, block, stream), 32 bits each.
    Raise RequestError for a seed that has not 64 bits.
    """
    c0, c1, c2, c3 = np.broadcast_arrays(
        np.asarray(scenario, dtype=np.uint64), np.uint64(region), np.uint64(block), np.uint64(stream)
    )
    for key in keys(seed):
        first, second = MULTIPLIERS[0] * c0, MULTIPLIERS[1] * c2
        c0, c1 = (second >> HALF) ^ c1 ^ key[0], second & LOW
        c2, c3 = (first >> HALF) ^ c3 ^ key[1], first & LOW
    return np.stack([c0, c1, c2, c3]).astype(np.uint32)


def keys(seed: int) -> Numbers:
    """Give the two halves of the key of every round, [round, half]. Raise RequestError as `words` does."""
    if not 0 <= seed <= MOST_SEED:
        raise RequestError(f"the seed {seed} is out of reach", help=f"take a whole number from 0 to {MOST_SEED}")
    halves = np.array([seed & 0xFFFFFFFF, seed >> 32], dtype=np.uint64)
    turns = np.arange(ROUNDS, dtype=np.uint64)[:, np.newaxis]
    return (halves + turns * np.array(WEYL, dtype=np.uint64)) & LOW


def uniforms(seed: int, *, scenario: Scenarios, region: int, block: int, stream: int) -> NDArray[np.float64]:
    """Give four numbers from 0 to below 1 for each scenario, [number, scenario]: the word divided by 2**32, exactly.

    A float64 holds every such number, so nothing is rounded and 1 is never reached.
    """
    drawn = words(seed, scenario=scenario, region=region, block=block, stream=stream)
    return drawn.astype(np.float64) * 2.0**-32


def places(drawn: Words, count: int | NDArray[np.integer]) -> NDArray[np.int64]:
    """Turn words into places from 0 to below `count`: the high half of their product, in whole numbers.

    Each place is drawn as often as any other but for one part in 2**32 / count.

    >>> places(np.array([0, 2**31, 2**32 - 1], dtype=np.uint32), 10).tolist()
    [0, 5, 9]
    """
    return ((drawn.astype(np.uint64) * np.asarray(count, dtype=np.uint64)) >> HALF).astype(np.int64)


def number(name: str) -> int:
    """Give the number of a region or a stream in the counter: the first 32 bits of the SHA-256 of its name.

    It depends on nothing but the name, so a further region changes no draw of the others. Two names may share a
    number, and then their draws: among 83,000 regions one pair is to be expected.

    >>> number("Kota Bekasi")
    3535211538
    """
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
