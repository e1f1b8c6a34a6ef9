"""Kleene's logic, against all ways in which what is unknown can turn out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import pytest

from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, enough, every, opposite, some, verdict_of

PARTS = [parts for size in range(5) for parts in product([MET, UNMET, UNKNOWN], repeat=size)]


def settled(parts: Sequence[Verdict], holds: Callable[[list[bool]], bool]) -> Verdict:
    """Give the verdict that all completions of the unknown parts agree on, or unknown."""
    choices = [{MET: [True], UNMET: [False], UNKNOWN: [True, False]}[part] for part in parts]
    found = {holds(list(completion)) for completion in product(*choices)}
    return UNKNOWN if len(found) > 1 else verdict_of(holds=found.pop())


def test_all_is_what_every_completion_agrees_on() -> None:
    assert [every(parts) for parts in PARTS] == [settled(parts, all) for parts in PARTS]


def test_any_is_what_every_completion_agrees_on() -> None:
    assert [some(parts) for parts in PARTS] == [settled(parts, any) for parts in PARTS]


@pytest.mark.parametrize("least", [1, 2, 3])
def test_count_is_what_every_completion_agrees_on(least: int) -> None:
    expected = [settled(parts, lambda completion: sum(completion) >= least) for parts in PARTS]
    assert [enough(parts, at_least=least) for parts in PARTS] == expected


def test_not_turns_round_what_is_known() -> None:
    assert [opposite(one) for one in (MET, UNMET, UNKNOWN)] == [UNMET, MET, UNKNOWN]
