"""An element that both policies have, and what can be said of any of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escalation.comparison.changes import Action, Change, Facet, Verbatim
from escalation.policy.model import Policy
from escalation.policy.scalars import Unquoted
from escalation.policy.source import Route
from escalation.policy.values import BothLanguages, Document

INERT = frozenset({"title", "note", "source", "url", "by", "instrument", "parent_norm", "draft", "norm"})
"""Keys that no recommendation rests on, wherever they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two policies, and what the moves of each rest on."""

    old: Policy
    new: Policy
    used: frozenset[tuple[str, str]]

    def matters(self, section: str, name: str) -> bool:
        """Say whether a recommendation of either policy can rest on an element."""
        if section in ("parameters", "metrics", "triggers"):
            return (section, name) in self.used
        return section in ("stages", "moves", "locks")

    def one_sided(self, section: str, name: str, *, old: Route | None = None, new: Route | None = None) -> Change:
        """Tell of an element that only one of the policies has."""
        return Change(
            section=section,
            name=name,
            aspect="",
            action=Action.REMOVED if new is None else Action.ADDED,
            old=facet(self.old, old, verbatim(self.old, old)) if old is not None else None,
            new=facet(self.new, new, verbatim(self.new, new)) if new is not None else None,
            has_effect=self.matters(section, name),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element as both policies have it, with its route in each file."""

    sides: Sides
    section: str
    name: str
    old: Document
    new: Document
    routes: tuple[Route, Route]

    def changed(
        self,
        aspect: str,
        values: tuple[object, object],
        *,
        at: tuple[Route, Route],
        units: tuple[str | None, str | None] = (None, None),
        has_effect: bool = True,
        action: Action = Action.CHANGED,
        subject: str = "",
    ) -> Change:
        """Tell of an aspect; `at` leads to it from the element in each file."""
        old, new = (
            facet(policy, (*route, *within), value, unit)
            for policy, route, within, value, unit in zip(
                (self.sides.old, self.sides.new), self.routes, at, values, units, strict=True
            )
        )
        return Change(
            section=self.section,
            name=self.name,
            aspect=aspect,
            action=action,
            old=old,
            new=new,
            has_effect=has_effect and self.sides.matters(self.section, self.name),
            subject=subject,
        )

    def keys(self, *, leave_out: Iterable[str] = (), inert: Iterable[str] = ()) -> Iterator[Change]:
        """Tell of each key whose value differs; `inert` ones have no effect here."""
        without_effect, units = {*INERT, *inert}, tuple(getattr(one, "unit", None) for one in (self.old, self.new))
        for field, described in type(self.old).model_fields.items():
            key = described.alias or field
            if key in leave_out:
                continue
            old, new = getattr(self.old, field), getattr(self.new, field)
            if old != new:
                at = ((key,), (key,))
                has_units = key in ("value", "range")
                yield self.changed(
                    key,
                    (self._said(old, 0, key), self._said(new, 1, key)),
                    at=at,
                    units=(units[0], units[1]) if has_units else (None, None),
                    has_effect=key not in without_effect,
                )

    def _said(self, value: object, side: int, key: str) -> object:
        """Give a value as it is printed: parts with keys of their own in the file's words."""
        if not isinstance(value, Document) or isinstance(value, BothLanguages):
            return value
        return verbatim((self.sides.old, self.sides.new)[side], (*self.routes[side], key))


def facet(policy: Policy, route: Route, value: object, unit: str | None = None) -> Facet:
    """Make one side of a change."""
    return Facet(value=value, place=policy.source.place(route), unit=unit)


def verbatim(policy: Policy, route: Route) -> Verbatim:
    """Give a part of a file in its own words, titles, notes and sources left out."""
    node = policy.source.tree
    for key in route:
        node = node[key]  # type: ignore[index]
    return Verbatim(flow(node))


def flow(node: object) -> str:
    """Print a part of a file on one line.

    >>> flow({"metric": "storage", "below": 40.0, "title": {"en": "Low"}})
    '{metric: storage, below: 40}'
    """
    if isinstance(node, dict):
        kept = (f"{key}: {flow(value)}" for key, value in node.items() if key not in ("title", "note", "source"))
        return "{" + ", ".join(kept) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(flow, node)) + "]"
    if isinstance(node, Unquoted):
        return node.text
    if isinstance(node, float):
        return f"{node:.15g}"
    return "null" if node is None else str(node).lower() if isinstance(node, bool) else str(node)
