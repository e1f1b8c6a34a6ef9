"""What changed in the texts of a draft, part by part: no line of a whole draft, and no recommendation rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from escalation.comparison.changes import Action, Change
from escalation.comparison.element import Element, verbatim
from escalation.policy.model import Stage
from escalation.policy.source import Route
from escalation.policy.values import BothLanguages, Document

DRAFT: Route = ("draft",)


def draft_changes(one: Element) -> Iterator[Change]:
    """Tell of each part of a stage's draft that differs, by its path; of a draft that one side lacks, the subject."""
    if not isinstance(one.old, Stage) or not isinstance(one.new, Stage) or one.old.draft == one.new.draft:
        return
    for route, old, new in _differences(DRAFT, one.old.draft, one.new.draft):
        action = Action.ADDED if old is None else Action.REMOVED if new is None else Action.CHANGED
        yield one.changed(
            "draft",
            (_said(one, 0, route, old), _said(one, 1, route, new)),
            at=(route, route),
            has_effect=False,
            action=action,
            subject=".".join(str(part + 1 if isinstance(part, int) else part) for part in route[1:]),
        )


def _said(one: Element, side: int, route: Route, part: object) -> object:
    if part is None:
        return None
    if isinstance(part, str):
        return part
    at = (*route, "subject") if route == DRAFT else route
    return verbatim((one.sides.old, one.sides.new)[side], (*one.routes[side], *at))


def _differences(route: Route, old: object, new: object) -> Iterator[tuple[Route, object, object]]:
    """Give the smallest parts that differ; a part that only one side has is given whole."""
    if old == new:
        return
    if old is None or new is None or isinstance(old, BothLanguages):
        yield route, old, new
    elif isinstance(old, Document) and isinstance(new, Document):
        for key in type(old).model_fields:
            yield from _differences((*route, key), getattr(old, key), getattr(new, key))
    elif isinstance(old, tuple) and isinstance(new, tuple) and isinstance((*old, *new)[0], Document):
        for index, (before, after) in enumerate(zip_longest(old, new)):
            yield from _differences((*route, index), before, after)
    else:
        yield route, old, new
