"""Random numbers by counter: the published vectors, and that a draw depends on nothing but its counter and seed."""

from __future__ import annotations

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.whatif.forecasts.philox import number, places, uniforms, words

SCENARIOS = np.arange(1_000, dtype=np.uint32)


@pytest.mark.parametrize(
    ("counter", "key", "published"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
    ids=["zeros", "ones", "digits of pi"],
)
def test_the_words_are_those_of_the_known_answers_of_random123(counter: str, key: str, published: str) -> None:
    scenario, region, block, stream = (int(one, 16) for one in counter.split())
    low, high = (int(one, 16) for one in key.split())
    found = words(low + (high << 32), scenario=np.array([scenario]), region=region, block=block, stream=stream)
    assert " ".join(f"{int(one):08x}" for one in found[:, 0]) == published


@pytest.mark.parametrize("cuts", [[1], [500], [7, 64, 65, 999]])
def test_any_chunking_of_the_scenarios_gives_the_same_words(cuts: list[int]) -> None:
    whole = words(7, scenario=SCENARIOS, region=3, block=1, stream=2)
    parts = [words(7, scenario=part, region=3, block=1, stream=2) for part in np.split(SCENARIOS, cuts)]
    assert np.array_equal(np.concatenate(parts, axis=1), whole)
    backwards = words(7, scenario=SCENARIOS[::-1], region=3, block=1, stream=2)
    assert np.array_equal(backwards[:, ::-1], whole)


@pytest.mark.parametrize("part", ["region", "block", "stream", "seed"])
def test_each_part_of_the_counter_and_the_seed_makes_other_words(part: str) -> None:
    def drawn(changed: int) -> set[int]:
        parts = {"seed": 0, "region": 0, "block": 0, "stream": 0, part: changed}
        seed = parts.pop("seed")
        return {int(one) for one in words(seed, scenario=SCENARIOS, **parts).ravel()}

    assert len(drawn(0)) > 3_990
    assert len(drawn(0) & drawn(1)) < 5
    assert len(drawn(0) & drawn(2**31)) < 5


def test_uniforms_are_the_words_divided_exactly_and_never_reach_one() -> None:
    drawn = uniforms(11, scenario=SCENARIOS, region=0, block=0, stream=0)
    whole = words(11, scenario=SCENARIOS, region=0, block=0, stream=0)
    assert np.array_equal(drawn * 2**32, whole.astype(np.float64))
    assert float(np.float64(2**32 - 1) * 2.0**-32) < 1.0


def test_uniforms_are_spread_evenly_and_do_not_move_together() -> None:
    drawn = uniforms(5, scenario=np.arange(100_000), region=1, block=2, stream=3)
    counts = np.array([np.bincount((one * 10).astype(int), minlength=10) for one in drawn])
    assert np.abs(counts - 10_000).max() < 5 * np.sqrt(10_000 * 0.9)
    assert np.abs(np.corrcoef(drawn) - np.eye(4)).max() < 0.02
    assert abs(np.corrcoef(drawn[0, 1:], drawn[0, :-1])[0, 1]) < 0.02


def test_every_place_is_drawn_equally_often() -> None:
    drawn = words(5, scenario=np.arange(70_000), region=1, block=2, stream=3)[0]
    counts = np.bincount(places(drawn, 7), minlength=7)
    assert len(counts) == 7
    assert np.abs(counts - 10_000).max() < 5 * np.sqrt(10_000)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_has_not_64_bits_is_refused(seed: int) -> None:
    with pytest.raises(RequestError, match="is out of reach"):
        words(seed, scenario=SCENARIOS, region=0, block=0, stream=0)


def test_a_region_has_the_same_number_whatever_other_regions_there_are() -> None:
    assert number("Kota Bekasi") == 3535211538
    assert number("Kota Bekasi ") != number("Kota Bekasi")
