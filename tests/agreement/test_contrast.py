"""The contrast of two policies against brute force on random pairs, and a mistake planted in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from escalation.checks.exact import Contrast, Relation, cells, contrast
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.standing import NONE, Standing
from escalation.evaluation.step import Recommendation, step
from escalation.periods import Week
from escalation.policy.load import loads
from escalation.policy.model import Policy
from tests.agreement.brute import figures, plain, values_of
from tests.agreement.ladders import STAGES, Tree, tree

WEEKS = 4
PAIRS = 120
CHUNKS = 4


def pair(seed: int) -> tuple[Policy, Policy]:
    """Give a random policy, and one that differs from it in a place or two."""
    random = Random(seed)  # noqa: S311 - the same policies every time
    whole = tree(random, dated=False, windows=False)
    return made(whole), made(changed(random, whole))


def made(whole: Tree) -> Policy:
    return loads(json.dumps(whole))


def changed(random: Random, whole: Tree) -> Tree:
    other = json.loads(json.dumps(whole))
    trigger, move = random.choice([*other["triggers"].values()]), random.choice(other["moves"])
    match random.choice(["gate", "for", "after", "missing", "order", "nothing", "trigger"]):
        case "gate":
            other["parameters"]["gate"]["value"] = 1
        case "for":
            trigger["for"] = f"{random.randint(1, 3)} weeks"
        case "after":
            move["after"] = f"{random.randint(0, 3)} weeks"
        case "missing":
            trigger["missing"] = random.choice(["unknown", "hold", "break"])
        case "order":
            random.shuffle(other["moves"])
        case "trigger":
            move["trigger"] = random.choice([*other["triggers"]])
    return other  # type: ignore[no-any-return]


def brute(old: Policy, new: Policy) -> dict[str, int]:
    """Give, by kind of difference, the fewest weeks of data that show it, of so many weeks as are tried."""
    ladders = (Ladder(old), Ladder(new))
    week = Week.parse("2021-W01", old.calendar).number
    grid = list(figures(ladders, week, values_of(old)))
    none = (NONE,) * len(ladders[0].triggers)
    current = {(stage, dwell, none, none) for stage in STAGES for dwell in range(-1, 4)}
    found: dict[str, int] = {}
    known: set[object] = set()
    for length in range(1, WEEKS + 1):
        following = set()
        for place, readings in product(current - known, grid):
            stage, dwell, *streaks = place
            before = (Standing(stage, dwell, one) for one in streaks)
            one, other = (step(*given, week) for given in zip(ladders, before, readings, strict=True))
            differ = set(kinds(old, one.stage, (one.recommendation, one.to), (other.recommendation, other.to)))
            found |= {kind: length for kind in differ if kind not in found}
            after = (plain(one.standing.streaks), plain(other.standing.streaks))
            following |= {(stage, later, *after) for later in ((-1, 0) if dwell < 0 else (min(dwell + 1, 4),))}
        known |= current
        current = following
    return found


Advice = tuple[Recommendation, str | None]


def kinds(policy: Policy, stage: str, one: Advice, other: Advice) -> Iterator[str]:
    """Name the kind in which two recommendations in a stage differ, if they do."""
    stays = (Recommendation.HOLD, Recommendation.UNDETERMINED)
    ranks = [policy.ranks[stage if word in stays else str(to)] for word, to in (one, other)]
    if ranks[0] != ranks[1]:
        yield "stricter" if ranks[1] > ranks[0] else "looser"
    elif one != other:
        yield "other"


def differences(found: Contrast, seen: dict[str, int]) -> list[str]:
    told = []
    if found.relation is Relation.NOT_PROVED:
        return []
    for kind in ("stricter", "looser", "other"):
        witness = getattr(found, kind)
        if kind in seen and witness is None and not (kind == "other" and found.relation is Relation.MIXED):
            told.append(f"{kind} is not found")
        # Which of several triggers decides is looked at by the contrast only.
        if kind != "other" and witness is not None and witness.length <= WEEKS and kind not in seen:
            told.append(f"{kind} is no difference")
    if found.relation is Relation.EQUAL and seen:
        told.append("they are not equal")
    return told


def disagreements(seeds: range) -> dict[int, list[str]]:
    pairs = {seed: pair(seed) for seed in seeds}
    found = {seed: differences(contrast(*both), brute(*both)) for seed, both in pairs.items()}
    return {seed: told for seed, told in found.items() if told}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_contrast_agrees_with_brute_force(chunk: int) -> None:
    size = PAIRS // CHUNKS
    assert disagreements(range(chunk * size, (chunk + 1) * size)) == {}


def test_all_relations_occur_among_the_random_pairs() -> None:
    relations = {contrast(*pair(seed)).relation for seed in range(PAIRS)}
    assert relations >= {Relation.EQUAL, Relation.STRICTER, Relation.LOOSER, Relation.MIXED, Relation.DIFFERS}


def test_a_mistake_planted_in_the_contrast_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cells.cells_of
    monkeypatch.setattr(cells, "cells_of", lambda *given: [one for one in whole(*given) if one.low != one.high])
    assert any(disagreements(range(start, start + 20)) for start in range(0, PAIRS, 20))
