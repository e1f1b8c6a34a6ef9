"""Random policies and histories, small enough that thresholds are met, missed and hit in every other week."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from hypothesis import strategies as st

from escalation.policy.load import loads
from escalation.policy.model import Policy
from tests.evaluation.worlds import Figures

Tree = dict[str, object]
History = dict[str, Figures]

STAGES = ("a", "b", "c")
VALUES = (0.0, 1.0, 2.0, 3.0, 4.0)
LIMITS = (1, 2, 3)
SHARES = (25, 50, 75)
SHARE_METRICS: tuple[str, ...] = ("share", "share_gain")
METRICS: tuple[str, ...] = (
    *("x", "z", "r", "gain", "average", "total", "late", "rest", "twice", "rate", "top", "low", "ahead", "band"),
    *("x", "z"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """What a random policy may hold; a property names the fragment of the language in which it is true."""

    missing: tuple[str, ...] = ("unknown", "hold", "break")
    max_age: tuple[str, ...] = ("0 weeks", "1 week", "always")
    absent: tuple[str | None, ...] = (None, "met", "unmet")
    in_extremes: tuple[str, ...] = ("ignore", "unknown")
    negated_triggers: bool = True
    shares_only: bool = False
    one_way_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A policy as a tree, as a value, and a history of its inputs."""

    tree: Tree
    history: History
    policy: Policy = field(compare=False)

    def with_weeks(self, trigger: str, weeks: int) -> Policy:
        """Give the policy with another `for` of a trigger."""
        triggers = json.loads(json.dumps(self.tree["triggers"]))
        triggers[trigger]["for"] = f"{weeks} weeks"
        return made(self.tree | {"triggers": triggers})


def made(tree: Tree) -> Policy:
    return loads(json.dumps(tree))


def metrics(draw: st.DrawFn, fragment: Fragment) -> Tree:
    """Give inputs and one metric for each operation, some of which rest on others."""

    def age() -> str:
        return draw(st.sampled_from(fragment.max_age))

    extreme = draw(st.sampled_from(fragment.in_extremes))
    rows = [{"below": 1, "value": 1}, {"at_most": "gate", "value": 2}]
    rows += draw(st.sampled_from([[], [{"otherwise": 3}]]))
    return {
        "x": {"kind": "level", "max_age": age()},
        "z": {"kind": "level", "max_age": age(), "range": [0, 3]},
        "n": {"kind": "level", "max_age": age()},
        "t": {"kind": "level", "max_age": age()},
        "r": {"kind": "level", "max_age": age(), "reported": {"step": 1, "how": draw(st.sampled_from(["down", "up"]))}},
        "ready": {"kind": "judgement", "by": "board", "max_age": age()},
        "share": {"unit": "percent", "ratio": {"of": "n", "to": "t"}, "range": [0, None]},
        "share_gain": {"change": {"of": "share", "over": "1 week"}},
        "gain": {"change": {"of": "x", "over": f"{draw(st.integers(1, 2))} weeks"}},
        "average": {"mean": {"of": "x", "over": "2 weeks"}},
        "total": {"sum": {"of": "z", "over": "2 weeks"}},
        "late": {"lag": {"of": "gain", "by": "1 week"}},
        "rest": {"difference": {"of": "x", "minus": "z"}},
        "twice": {"product": {"of": "x", "by": 0.5}, "decimals": 0},
        "rate": {"per": {"of": "x", "to": "z", "scale": 2}},
        "top": {"highest": {"of": ["x", "z", "r"], "missing": extreme}},
        "low": {"lowest": {"of": ["x", "late"], "missing": extreme}},
        "ahead": {"projection": {"of": "x", "by": "2021-01-24", "from_last": "2 weeks"}},
        "band": {"bands": {"of": "x", "rows": rows}},
    }


@st.composite
def comparisons(draw: st.DrawFn, fragment: Fragment) -> Tree:
    """Give a comparison, now and then with two thresholds."""
    limit: st.SearchStrategy[object] = st.sampled_from(SHARES if fragment.shares_only else (*LIMITS, "gate"))
    names = SHARE_METRICS if fragment.shares_only else METRICS
    leaf: Tree = {"metric": draw(st.sampled_from(names))}
    leaf[draw(st.sampled_from(["below", "at_most", "equal_to"]))] = draw(limit)
    if draw(st.booleans()):
        leaf = {"metric": leaf["metric"], draw(st.sampled_from(["above", "at_least"])): draw(limit)}
    elif draw(st.booleans()):
        leaf["above"] = draw(limit)
    absent = draw(st.sampled_from(fragment.absent))
    return leaf if absent is None else leaf | {"missing": absent}


def conditions(fragment: Fragment, earlier: tuple[str, ...]) -> st.SearchStrategy[Tree]:
    """Give conditions whose trigger leaves name earlier triggers only."""
    plain: st.SearchStrategy[Tree] = comparisons(fragment)
    if not fragment.shares_only:
        plain |= st.sampled_from(["yes", "no"]).map(judged)
    leaves, negated = plain, plain
    if earlier:
        leaves |= st.sampled_from(earlier).map(triggered)
    if earlier and fragment.negated_triggers:
        negated |= st.sampled_from(earlier).map(triggered)
    leaves |= negated.map(opposed)

    def joined(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        ways = st.lists(parts, min_size=1, max_size=3).flatmap(joined_somehow)
        return ways | ways.map(opposed) if fragment.negated_triggers else ways

    return st.recursive(leaves, joined, max_leaves=4)


def judged(answer: str) -> Tree:
    return {"judgement": "ready", "is": answer}


def triggered(name: str) -> Tree:
    return {"trigger": name}


def opposed(part: Tree) -> Tree:
    return {"not": part}


def joined_somehow(parts: list[Tree]) -> st.SearchStrategy[Tree]:
    counts: list[Tree] = [{"count": {"of": parts, "at_least": least}} for least in range(1, len(parts) + 1)]
    return st.sampled_from([{"all": parts}, {"any": parts}, *counts])


def triggers(draw: st.DrawFn, fragment: Fragment) -> Tree:
    made_so_far: Tree = {}
    for name in ("t0", "t1", "t2")[: draw(st.integers(1, 3))]:
        one: Tree = {
            "when": draw(conditions(fragment, tuple(made_so_far))),
            "for": f"{draw(st.integers(1, 3))} weeks",
            "missing": draw(st.sampled_from(fragment.missing)),
        }
        made_so_far[name] = one | draw(st.sampled_from([{}, {}, {"since": "entry"}]))
    return made_so_far


def moves(draw: st.DrawFn, fragment: Fragment, named: tuple[str, ...]) -> list[Tree]:
    found: list[Tree] = []
    for index in range(draw(st.integers(1, 4))):
        origin, to = draw(st.sampled_from([(a, b) for a in STAGES for b in STAGES if a != b]))
        if fragment.one_way_up and origin == "a" and any(move["from"] == "a" for move in found):
            continue
        move: Tree = {"name": f"m{index}", "from": origin, "to": to, "trigger": draw(st.sampled_from(named))}
        move["after"] = f"{draw(st.integers(0, 2))} weeks"
        if not fragment.shares_only:
            move |= draw(st.sampled_from([{}, {}, {}, {"requires": "ready"}, {"valid": {"from": "2021-01-20"}}]))
        found.append(move)
    return found


@st.composite
def worlds(draw: st.DrawFn, fragment: Fragment = Fragment(), *, weeks: int = 7, gaps: int | None = None) -> World:
    """Give a policy with a history; `gaps`: at most so many figures are missing, all among those that are asked for."""
    tree: Tree = {"language": 1, "name": "random", "calendar": "iso-week"}
    dated = [{"from": "2021-01-11", "value": draw(st.sampled_from(LIMITS))}, {"from": "2021-01-25", "value": 2}]
    tree["parameters"] = {"gate": draw(st.sampled_from([{"value": 2}, {"dated": dated}]))}
    tree["metrics"] = metrics(draw, fragment)
    tree["triggers"] = triggers(draw, fragment)
    tree["stages"] = [{"name": stage} for stage in STAGES]
    tree["moves"] = moves(draw, fragment, tuple(draw(st.just(tree["triggers"]))))  # type: ignore[arg-type]
    lock = {"not_above": "b", "from": "2021-01-18", "until": "2021-01-31"}
    tree["locks"] = draw(st.sampled_from([[], [], [lock]]))
    policy = made(tree)
    figure = st.sampled_from(VALUES)
    rare = figure if gaps is not None else st.sampled_from((*VALUES, *VALUES, None, None, None))
    answers = (0.0, 1.0) if gaps is not None else (0.0, 1.0, 1.0, None)
    history: dict[str, list[float | None]] = {
        name: draw(st.lists(st.sampled_from(answers) if name == "ready" else rare, min_size=weeks, max_size=weeks))
        for name in policy.inputs
    }
    for name, week in draw(st.lists(cells(policy, weeks), max_size=gaps or 0, unique=True)):
        history[name][week] = None
    return World(tree=tree, history={name: tuple(figures) for name, figures in history.items()}, policy=policy)


def cells(policy: Policy, weeks: int) -> st.SearchStrategy[tuple[str, int]]:
    """Give the figures that may matter: an input and a week."""
    return st.tuples(st.sampled_from(tuple(policy.inputs)), st.integers(0, weeks - 1))
