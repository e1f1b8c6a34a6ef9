"""The file of a policy as it would be with amendments, made without touching the policy itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from escalation.policy.defects import Defect
from escalation.policy.model import Policy
from escalation.policy.paths import ENTRY, SECTIONS, Misplaced
from escalation.policy.scalars import Unquoted
from escalation.policy.source import Route, Spans
from escalation.policy.values import AMENDED

LISTS = ("moves", "locks")
"""The sections whose entries can be dropped and added."""


class Does(StrEnum):
    """What an amendment does."""

    SET = "set"
    DROP = "drop"
    ADD = "add"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One change of a policy.

    `set` gives what stands at a path another value; `drop` takes away a move, a lock or a key of an entry; `add` puts
    an entry (a mapping, as the file would have it) at the end of `moves` or `locks`; `order` lists the names of all
    moves.
    """

    does: Does = Does.SET
    path: str
    value: object = None

    def __str__(self) -> str:
        """Print as it was written, or nearly so."""
        match self.does:
            case Does.SET:
                return f"{self.path}={as_told(self.value)}"
            case Does.ADD if isinstance(self.value, dict) and "name" in self.value:
                return f"add {self.path}.{self.value['name']}"
            case _:
                return f"{self.does} {self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An amendment that has been understood: the route of what it changes, and what the file would have there."""

    at: int
    amendment: Amendment
    route: Route
    value: object = None

    @property
    def does(self) -> Does:
        """What it does."""
        return self.amendment.does


class Draft:
    """A file with all amendments: `source`. Entries keep their places in the file that was read.

    Raise Misplaced for an order that does not name every move once.
    """

    def __init__(self, policy: Policy, changes: Sequence[Change]) -> None:
        self.policy = policy
        self.changes = changes
        self.places = {section: self._places(section) for section in LISTS}
        """Of each list the entries that it has: where each stood, or minus one less the place of its amendment."""
        self.source = replace(policy.source, tree=self._tree(), digest=self._digest(), spans=self._spans())

    def _tree(self) -> dict[str, Any]:
        tree: Any = self.policy.source.tree
        for one in self.changes:
            if one.does is Does.SET:
                tree = _with(tree, one.route, one.value)
                if one.route[0] == "parameters" and one.route[2:] == ("value",):
                    tree["parameters"][one.route[1]].pop("dated", None)
        drops = [one.route for one in self.changes if one.does is Does.DROP and len(one.route) > ENTRY]
        for route in sorted(drops, key=lambda route: [str(key).zfill(ZEROS) for key in route], reverse=True):
            tree = _without(tree, route)
        added = {-1 - one.at: one.value for one in self.changes}
        arranged = {
            section: [tree[section][place] if place >= 0 else added[place] for place in places]
            for section, places in self.places.items()
            if self._is_rearranged(section)
        }
        return {**tree, **arranged}

    def _places(self, section: str) -> list[int]:
        """Leave out the entries that are dropped, add new ones, and put all in order."""
        there = range(len(getattr(self.policy, section)))
        of_all = [one for one in self.changes if one.route == (section,)]
        dropped = [one.route for one in self.changes if one.does is Does.DROP]
        added = {-1 - one.at: one.value for one in of_all if one.does is Does.ADD}
        places = [*(place for place in there if (section, place) not in dropped), *added]
        for one in of_all:
            if one.does is Does.ORDER:
                names = {
                    str(_name(added[place]) if place < 0 else self.policy.moves[place].name): place for place in places
                }
                wanted = [str(name) for name in one.value] if isinstance(one.value, list | tuple) else []
                if sorted(wanted) != sorted(names):
                    remedy = f"the moves are: {', '.join(names)}"
                    raise Misplaced("the order does not name every move once", remedy=remedy)
                places = [names[name] for name in wanted]
        return places

    def _is_rearranged(self, section: str) -> bool:
        return self.places[section] != list(range(len(getattr(self.policy, section))))

    def _spans(self) -> Mapping[Route, Spans]:
        spans = self.policy.source.spans
        moved = {
            section: {before: now for now, before in enumerate(places)}
            for section, places in self.places.items()
            if self._is_rearranged(section)
        }
        if not moved:
            return spans
        kept: dict[Route, Spans] = {}
        for route, span in spans.items():
            if len(route) < ENTRY or route[0] not in moved:
                kept[route] = span
            elif (now := moved[str(route[0])].get(int(route[1]))) is not None:
                kept[(route[0], now, *route[2:])] = span
        return MappingProxyType(kept)

    def _digest(self) -> str:
        told = [(one.does, json.dumps([one.does, one.route, _canonical(one.value)])) for one in self.changes]
        in_any_order = sorted(text for does, text in told if does in (Does.SET, Does.DROP))
        in_this_order = [text for does, text in told if does in (Does.ADD, Does.ORDER)]
        return sha256("\n".join([self.policy.digest, *in_any_order, *in_this_order]).encode()).hexdigest()

    def blamed(self, defect: Defect) -> int:
        """Give the place of the amendment that made a defect; of the first one where none can be told."""
        route = self._before(defect.route)
        if route[1:] and isinstance(route[1], int) and route[1] < 0:
            return -1 - route[1]
        of_entry = [one for one in self.changes if one.route[:ENTRY] == route[:ENTRY]]
        nearest = [one for one in of_entry if one.route == route[: len(one.route)]]
        return (nearest or of_entry or list(self.changes))[0].at

    def _before(self, route: Route) -> Route:
        """Give the route in the policy of what has a route in the file with amendments."""
        if len(route) < ENTRY or route[0] not in self.places:
            return route
        return (route[0], self.places[str(route[0])][int(route[1])], *route[2:])

    def marked(self, policy: Policy) -> Policy:
        """Name the question as the source of what is amended, now or before."""
        fields = {name: getattr(policy, name) for name in Policy.model_fields}
        touched = {one.route[:ENTRY] for one in self.changes}
        for section in SECTIONS:
            entries = fields[section]
            before = getattr(self.policy, section)

            def is_amended(key: Any, section: str = section, before: Any = before) -> bool:  # noqa: ANN401 - a name or a place
                is_new = isinstance(key, int) and key < 0
                return is_new or (section, key) in touched or getattr(before[key], "source", None) == (AMENDED,)

            if isinstance(entries, dict):
                fields[section] = {name: _marked(one) if is_amended(name) else one for name, one in entries.items()}
            else:
                places = self.places.get(section, range(len(entries)))
                pairs = zip(places, entries, strict=True)
                fields[section] = tuple(_marked(one) if is_amended(place) else one for place, one in pairs)
        amended = Policy.model_construct(**fields)
        amended._source = self.source  # noqa: SLF001 - the model's own place for it
        return amended


ZEROS = 6
"""Digits to which numbers of entries are filled up, so that they sort like texts."""


def _marked(entry: Any) -> Any:  # noqa: ANN401 - a part of any of the sections
    return entry.model_copy(update={"source": (AMENDED,)}) if "source" in type(entry).model_fields else entry


def _name(entry: object) -> object:
    return entry.get("name") if isinstance(entry, dict) else None


def _with(node: Any, route: Route, value: object, *, depth: int = 0) -> Any:  # noqa: ANN401 - a tree of a file
    """Give a tree with another value at a route; what else it holds is shared, not copied.

    In an entry, what is said of the old value goes.
    """
    if not route:
        return value
    key: Any = route[0]
    copy = list(node) if isinstance(node, list) else dict(node or {})
    copy[key] = _with(copy[key] if isinstance(copy, list) else copy.get(key), route[1:], value, depth=depth + 1)
    return _unsourced(copy) if depth >= ENTRY else copy


def _without(tree: Any, route: Route) -> Any:  # noqa: ANN401 - a tree of a file
    """Give a tree without what a route leads to."""
    holder = tree
    for key in route[:-1]:
        holder = holder[key]
    rest: Any = list(holder) if isinstance(holder, list) else dict(holder)
    del rest[route[-1]]
    return _with(tree, route[:-1], _unsourced(rest))


def _unsourced(entry: Any) -> Any:  # noqa: ANN401 - a tree of a file
    if isinstance(entry, dict):
        for said in ("source", "note"):
            entry.pop(said, None)
    return entry


def as_told(value: object) -> str:
    """Print a value as a file has it.

    >>> as_told(30.0), as_told("8 weeks"), as_told(["a", "b"])
    ('30', '8 weeks', '[a, b]')
    """
    match _plain(value):
        case float() as figure:
            return f"{figure:.15g}"
        case list() | tuple() as entries:
            return f"[{', '.join(map(as_told, entries))}]"
        case dict() as keys:
            return f"{{{', '.join(f'{key}: {as_told(one)}' for key, one in keys.items())}}}"
        case other:
            return str(other)


def _plain(value: object) -> object:
    return value.text if isinstance(value, Unquoted) else value


def _canonical(value: object) -> object:
    """Give a value so that what means the same is written the same."""
    match value:
        case bool() | None:
            return value
        case int() | float():
            return float(value)
        case dict():
            return {key: _canonical(value[key]) for key in sorted(value)}
        case list() | tuple():
            return [_canonical(one) for one in value]
        case _:
            return _plain(value)
