"""Random policies that use the whole language, for the agreement of the two engines."""

from __future__ import annotations

import json
from random import Random

from escalation.errors import Refused
from escalation.policy.load import loads
from escalation.policy.model import Policy

STAGES = ("a", "b", "c", "d")
Tree = dict[str, object]


def whole_policy(seed: int) -> Policy:
    """Give the policy of a seed: every operation and every key that has a meaning occurs in some of them."""
    random = Random(seed)  # noqa: S311 - the same policies every time
    while True:
        try:
            return loads(json.dumps(_tree(random)))
        except Refused:  # a rounded figure may not be rounded again
            continue


def _tree(random: Random) -> Tree:
    metrics = _inputs(random)
    for name in ("m0", "m1", "m2", "m3")[: random.randint(1, 4)]:
        metrics[name] = _computed(random, [one for one in metrics if one != "ready"])
    triggers: Tree = {}
    for name in ("t0", "t1", "t2")[: random.randint(1, 3)]:
        triggers[name] = _trigger(random, [one for one in metrics if one != "ready"], [*triggers])
    steps = [{"from": "2021-01-11", "value": random.choice([1, 2])}, {"from": "2021-02-01", "value": 1.5}]
    locks = [{"not_above": "b", "from": "2021-01-12", "until": "2021-02-10"}, {"not_below": "b", "until": "2021-01-24"}]
    return {
        "language": 1,
        "name": "whole",
        "calendar": random.choice(["iso-week", "epi-week"]),
        "parameters": {"gate": {"value": 2}, "dated": {"dated": steps}},
        "metrics": metrics,
        "triggers": triggers,
        "stages": [{"name": stage} for stage in STAGES],
        "moves": [_move(random, index, [*triggers]) for index in range(random.randint(2, 6))],
        "locks": [lock for lock in locks if random.random() < 0.3],
    }


def _inputs(random: Random) -> Tree:
    ages: list[Tree] = [{}, {"max_age": "1 weeks"}, {"max_age": "3 weeks"}, {"max_age": "always"}]
    kinds: list[Tree] = [
        {},
        {"range": [0, 2.5]},
        {"decimals": random.randint(0, 1)},
        {"reported": {"step": random.choice([1, 0.5]), "how": random.choice(["down", "up", "nearest"])}},
    ]
    found: Tree = {
        name: {"kind": random.choice(["flow", "level", "cumulative"])} | random.choice(ages) | random.choice(kinds)
        for name in ("x", "y", "z")[: random.randint(1, 3)]
    }
    found["area"] = {"kind": "attribute"} | random.choice(kinds)
    found["ready"] = {"kind": "judgement", "by": "board"} | random.choice(ages)
    return found


def _computed(random: Random, metrics: list[str]) -> Tree:
    one, other = random.choice(metrics), random.choice(metrics)
    number = random.choice([other, 1.5])
    several = {"of": random.choices(metrics, k=random.randint(1, 3)), "missing": random.choice(["ignore", "unknown"])}
    weeks = f"{random.randint(1, 3)} weeks"
    pairs: list[tuple[object, object]] = [(1, 2), ("dated", "gate"), (0.5, "dated")]
    thresholds = random.choice(pairs)
    rows: list[Tree] = [{"below": thresholds[0], "value": 1}, {"at_most": thresholds[1], "value": 2.5}]
    operation: Tree = random.choice(
        [
            {"ratio": {"of": one, "to": other}},
            {"per": {"of": one, "to": other, "scale": 3}},
            {"change": {"of": one, "over": weeks}},
            {"mean": {"of": one, "over": weeks}},
            {"sum": {"of": one, "over": weeks}},
            {"lag": {"of": one, "by": weeks}},
            {"difference": {"of": one, "minus": number}},
            {"product": {"of": one, "by": number}},
            {"highest": several},
            {"lowest": several},
            {"projection": {"of": one, "by": "2021-03-01", "from_last": f"{random.randint(2, 4)} weeks"}},
            {"bands": {"of": one, "rows": [*rows, {"otherwise": 0.5}][: random.randint(2, 3)]}},
        ]
    )
    return operation | random.choice([{}, {}, {"range": [0.5, 2]}, {"decimals": random.randint(0, 2)}])


def _trigger(random: Random, metrics: list[str], triggers: list[str]) -> Tree:
    return {
        "when": _condition(random, metrics, triggers, depth=2),
        "for": f"{random.choice([1, 1, 2, 3, 4, 6])} weeks",
        "missing": random.choice(["unknown", "unknown", "hold", "break"]),
        **random.choice([{}, {}, {"since": "entry"}]),
    }


def _condition(random: Random, metrics: list[str], triggers: list[str], *, depth: int) -> Tree:
    kind = random.choice(["leaf", "leaf", "all", "any", "not", "count"] if depth else ["leaf"])
    if kind == "leaf":
        return _leaf(random, metrics, triggers)
    number = 1 if kind == "not" else random.randint(2, 4)
    parts = [_condition(random, metrics, triggers, depth=depth - 1) for _ in range(number)]
    if kind == "count":
        return {"count": {"of": parts, "at_least": random.randint(1, number)}}
    return {kind: parts[0] if kind == "not" else parts}


def _leaf(random: Random, metrics: list[str], triggers: list[str]) -> Tree:
    if triggers and random.random() < 0.2:
        return {"trigger": random.choice(triggers)}
    if random.random() < 0.1:
        return {"judgement": "ready", "is": random.choice(["yes", "no"])}
    below: Tree = {random.choice(["below", "at_most"]): random.choice([2, "gate", 1.5])}
    above: Tree = {random.choice(["above", "at_least"]): random.choice([1, 0.5, "dated"])}
    limits = random.choice([below, above, below | above, {"equal_to": random.choice([0, 1, "gate"])}])
    return (
        {"metric": random.choice(metrics)} | limits | random.choice([{}, {}, {"missing": "met"}, {"missing": "unmet"}])
    )


def _move(random: Random, index: int, triggers: list[str]) -> Tree:
    to = random.choice(STAGES)
    others = [stage for stage in STAGES if stage != to]
    return {
        "name": f"m{index}",
        "from": random.choice([*others, random.sample(others, 2), "any"]),
        "to": to,
        "trigger": random.choice(triggers),
        "after": f"{random.choice([0, 0, 1, 2, 3, 7])} weeks",
        **random.choice([{}, {}, {"requires": ["ready"]}]),
        **random.choice([{}, {}, {"valid": {"from": "2021-01-15"}}, {"valid": {"until": "2021-02-18"}}]),
    }
