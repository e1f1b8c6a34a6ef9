"""Small random policies, of which everything that can happen can be tried out by brute force."""

from __future__ import annotations

import json
from random import Random

from escalation.policy.load import loads
from escalation.policy.model import Policy

STAGES = ("a", "b", "c")
COMPUTED = ("quotient", "less", "times", "earlier")
Tree = dict[str, object]


def some_policy(seed: int, *, dated: bool = False, windows: bool = False, mixed: bool = False) -> Policy:
    """Give the policy of a seed; with `dated` its law changes, with `windows` it looks back at earlier weeks.

    With `mixed` its conditions rest on computed metrics beside their operands, and on attributes.
    """
    whole = tree(Random(seed), dated=dated, windows=windows, mixed=mixed)  # noqa: S311 - the same policies every time
    return loads(json.dumps(whole))


def tree(random: Random, *, dated: bool, windows: bool, mixed: bool = False) -> Tree:
    metrics = _mixed(random) if mixed else _metrics(random, windows=windows)
    triggers: Tree = {}
    for name in ("t0", "t1", "t2")[: random.randint(1, 3)]:
        told = _of_a_computed_one(random, metrics) if mixed and not triggers else None
        triggers[name] = {
            "when": told or _condition(random, tuple(metrics), tuple(triggers), depth=2),
            "for": f"{random.choice([1, 1, 2, 3])} weeks",
            "missing": random.choice(["unknown", "unknown", "hold", "break"]),
            **random.choice([{}, {}, {}, {"since": "entry"}]),
        }
    found: Tree = {
        "language": 1,
        "name": "random",
        "calendar": random.choice(["iso-week", "iso-week", "epi-week"]),
        "parameters": {"gate": {"value": 2}},
        "metrics": metrics,
        "triggers": triggers,
        "stages": [{"name": stage} for stage in STAGES],
        "moves": [_move(random, index, tuple(triggers), dated=dated) for index in range(random.randint(2, 5))],
    }
    if dated:
        steps = [{"from": "2021-01-11", "value": random.choice([1, 2])}, {"from": "2021-01-20", "value": 2}]
        found["parameters"] = {"gate": {"dated": steps}}
        lock = {random.choice(["not_above", "not_below"]): "b", "from": "2021-01-12", "until": "2021-01-24"}
        found["locks"] = [lock] if random.random() < 0.5 else []
    return found


def _metrics(random: Random, *, windows: bool) -> Tree:
    kinds: list[Tree] = [{}, {}, {"range": [1, None]}, {"decimals": 0}]
    metrics: Tree = {"x": {"kind": "level", **random.choice(kinds)}}
    if random.random() < 0.6:
        metrics["y"] = {"kind": "flow", **random.choice([{}, {"reported": {"step": 1, "how": "down"}}])}
    if random.random() < 0.4:
        metrics["ready"] = {"kind": "judgement", "by": "board"}
    if windows:
        looking_back = ["change", "mean", "sum", "lag"]
        operation = random.choice(looking_back)
        metrics["back"] = {
            operation: {"of": "x", "by" if operation == "lag" else "over": f"{random.randint(1, 2)} weeks"}
        }
        return metrics
    rows: list[Tree] = [{"below": 1, "value": 1}, {"at_most": "gate", "value": 2}]
    if random.random() < 0.4:
        otherwise: list[Tree] = [{"otherwise": 3}]
        metrics["band"] = {"bands": {"of": "x", "rows": rows + otherwise * random.randint(0, 1)}}
    if "y" in metrics and random.random() < 0.4:
        several = {"of": ["x", "y"], "missing": random.choice(["ignore", "unknown"])}
        metrics["top"] = {random.choice(["highest", "lowest"]): several, **random.choice([{}, {"range": [1, 2]}])}
    return metrics


def _mixed(random: Random) -> Tree:
    """Give computed metrics beside their operands, the lag of a rounded figure, and an attribute."""
    kinds: list[Tree] = [{}, {"range": [0, None]}, {"decimals": 0}]
    metrics: Tree = {name: {"kind": "flow", **random.choice(kinds)} for name in ("x", "y")}
    to = random.choice(["x", "y", "area"])
    if to == "area":
        metrics["area"] = {"kind": "attribute"}
    operations: dict[str, Tree] = {
        "quotient": random.choice([{"ratio": {"of": "x", "to": to}}, {"per": {"of": "x", "to": to, "scale": 2}}]),
        "less": {"difference": {"of": "x", "minus": random.choice([to, 1])}},
        "times": {"product": {"of": "x", "by": random.choice([to, 2])}, **random.choice([{}, {"range": [0, 2]}])},
    }
    metrics |= {name: operations[name] for name in random.sample([*operations], random.randint(1, 2))}
    if random.random() < 0.4:
        metrics["figure"] = {"kind": "flow", "reported": {"step": 1, "how": random.choice(["down", "up", "nearest"])}}
        metrics["earlier"] = {"lag": {"of": "figure", "by": "1 week"}}
    return metrics


def _condition(random: Random, metrics: tuple[str, ...], triggers: tuple[str, ...], *, depth: int) -> Tree:
    kind = random.choice(["leaf", "leaf", "leaf", "all", "any", "not", "count"] if depth else ["leaf"])
    if kind == "leaf":
        return _leaf(random, metrics, triggers)
    parts = [_condition(random, metrics, triggers, depth=depth - 1) for _ in range(1 if kind == "not" else 2)]
    if kind == "count":
        return {"count": {"of": parts, "at_least": random.randint(1, 2)}}
    return {kind: parts[0] if kind == "not" else parts}


def _of_a_computed_one(random: Random, metrics: Tree) -> Tree:
    """Give a comparison of a computed metric that says what it means where there is none."""
    name = random.choice([one for one in metrics if one in COMPUTED])
    limit = {random.choice(["below", "above", "equal_to"]): random.choice([0, 1, 2])}
    return {"metric": name, **limit, "missing": random.choice(["met", "unmet"])}


def _leaf(random: Random, metrics: tuple[str, ...], triggers: tuple[str, ...]) -> Tree:
    if triggers and random.random() < 0.25:
        return {"trigger": random.choice(triggers)}
    name = random.choice(metrics)
    if name == "ready":
        return {"judgement": name, "is": random.choice(["yes", "no"])}
    limit = random.choice([1, 2, "gate"])
    leaf: Tree = {"metric": name, random.choice(["below", "at_most", "above", "at_least", "equal_to"]): limit}
    return leaf | random.choice([{}, {}, {}, {"missing": "met"}, {"missing": "unmet"}])


def _move(random: Random, index: int, triggers: tuple[str, ...], *, dated: bool) -> Tree:
    to = random.choice(STAGES)
    origin = random.choice([stage for stage in STAGES if stage != to] + ["any"])
    move: Tree = {"name": f"m{index}", "from": origin, "to": to, "trigger": random.choice(triggers)}
    move["after"] = f"{random.choice([0, 0, 1, 2, 3])} weeks"
    if dated and random.random() < 0.5:
        move["valid"] = random.choice([{"from": "2021-01-15"}, {"until": "2021-01-18"}])
    return move
