"""Dotted paths: how people name a figure of a policy, and the route that leads to it in the file.

`moves.to-perwal.after`, `triggers.dry.for`, `triggers.dry.storage` (the threshold with which it compares the metric),
`metrics.band.bands.rows.2.below`; entries of lists without a name are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from escalation.policy.conditions import CONDITION_KEYS, Comparison, walk
from escalation.policy.defects import Defect, meant, named
from escalation.policy.model import Trigger

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route

SECTIONS = {
    "parameters": "parameter",
    "metrics": "metric",
    "triggers": "trigger",
    "stages": "stage",
    "moves": "move",
    "locks": "lock",
}
"""The parts of a policy that can be amended, and what an entry of each is called."""
TRIGGER_KEYS = frozenset(field.alias or key for key, field in Trigger.model_fields.items())
ENTRY = 2
"""The length of the route of an entry: its section, and its name or place."""
LONGEST = 6
"""Digits of the number of an entry."""


class Misplaced(Exception):
    """A path leads nowhere, or nowhere where the amendment can be; the defect says what could be written."""

    def __init__(
        self, message: str, *, remedy: str = "", word: str = "", known: Collection[str] = (), rule: str = ""
    ) -> None:
        super().__init__(message)
        defect = Defect(rule="bad-path", route=(), message=message, help=remedy, word=word, known=known)
        self.defect = replace(defect, rule=rule) if rule else defect


def route_of(policy: Policy, path: str) -> Route:
    """Give the route of a path; its last key may be one that the file does not have. Raise Misplaced.

    A name alone is that of a parameter, and leads to it.
    """
    section, *rest = path.split(".")
    if not rest:
        if section not in policy.parameters:
            listed = f"the parameters are: {', '.join(policy.parameters) or 'none'}; {_example(policy)}"
            raise Misplaced(
                f"`{section}` is not a parameter of this policy",
                remedy=f"{meant(section, policy.parameters)} {listed}".strip(),
            )
        return ("parameters", section)
    if section not in SECTIONS:
        raise Misplaced(
            f"`{section}` is not a part of a policy that can be amended", word=section, known=tuple(SECTIONS)
        )
    name, *inner = rest
    route: Route = (section, _entry(policy, section, name))
    if section == "triggers" and (shortened := _comparison(policy, name, inner)) is not None:
        return shortened
    return (*route, *_inner(policy, route, inner))


def path_of(policy: Policy, route: Route) -> str:
    """Write a route as a path."""
    section, entry, *rest = route
    if section in ("moves", "stages") and isinstance(entry, int):
        entry = (policy.moves if section == "moves" else policy.stages)[entry].name
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in (section, entry, *rest))


def held(policy: Policy, route: Route) -> object:
    """Give what stands in the file at a route; nothing where there is no such key."""
    node: object = policy.source.tree
    for key in route:
        if isinstance(node, list) and isinstance(key, int):
            node = node[key]
        else:
            node = node.get(key) if isinstance(node, dict) else None
    return node


def _example(policy: Policy) -> str:
    name = policy.moves[0].name if policy.moves else "NAME"
    return f"anything else is named by its path, as `moves.{name}.after`"


def _entry(policy: Policy, section: str, name: str) -> str | int:
    if section == "locks":
        return _number(name, len(policy.locks), "locks")
    if section in ("moves", "stages"):
        names = [one.name for one in (policy.moves if section == "moves" else policy.stages)]
        if name in names:
            return names.index(name)
    else:
        names = list(getattr(policy, section))
        if name in names:
            return name
    raise Misplaced(f"`{name}` is not a {SECTIONS[section]} of this policy", word=name, known=names)


def _number(text: str, count: int, subject: str) -> int:
    """Read the number of an entry, counted from 1; give its index."""
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST and 1 <= int(text) <= count):
        remedy = f"the entries are numbered from 1 to {count}" if count else "there is none"
        raise Misplaced(f"`{text}` is not the number of an entry of `{subject}`", remedy=remedy)
    return int(text) - 1


def _inner(policy: Policy, route: Route, parts: Sequence[str]) -> Route:
    """Follow the parts of a path inside an entry; keys that are not there are for the loader to judge."""
    inner: list[str | int] = []
    for part in parts:
        node = held(policy, (*route, *inner))
        if isinstance(node, list):
            inner.append(_number(part, len(node), str(inner[-1])))
        elif isinstance(node, dict) or node is None:
            inner.append(part)
        else:
            raise Misplaced(f"`{path_of(policy, (*route, *inner))}` is a figure of its own, without a part `{part}`")
    return tuple(inner)


def _comparison(policy: Policy, name: str, parts: Sequence[str]) -> Route | None:
    """Find the threshold that is named by the metric it is compared with; none where the path is no such one."""
    is_whole = parts[:1] == ["when"]
    metric, *rest = [*parts[is_whole:], ""]
    if metric not in policy.metrics or metric in (CONDITION_KEYS if is_whole else TRIGGER_KEYS):
        return None
    leaves = {
        route: leaf
        for route, leaf in walk(policy.triggers[name].when, ("triggers", name, "when"))
        if isinstance(leaf, Comparison)
    }
    found = [route for route, leaf in leaves.items() if leaf.metric == metric]
    if not found:
        compared = named(dict.fromkeys(leaf.metric for leaf in leaves.values())) or "no metric"
        raise Misplaced(f"`{name}` does not compare `{metric}`", remedy=f"it compares {compared}")
    if len(found) > 1:
        paths = named([path_of(policy, route) for route in found])
        raise Misplaced(f"`{name}` compares `{metric}` in {len(found)} places", remedy=f"name one of them: {paths}")
    keys_there = {operator.value for operator, _ in leaves[found[0]].limits}
    match rest[:-1]:
        case [] if len(keys_there) == 1:
            return (*found[0], *keys_there)
        case [key] if key in keys_there or key == "missing":
            return (*found[0], key)
        case _:
            told = named([f"triggers.{name}.{metric}.{key}" for key in sorted(keys_there)])
            raise Misplaced(f"`{name}` compares `{metric}` otherwise", remedy=f"write {told}")
