"""Commas within braces that were meant as part of a text: `{en: Drought stages, Cimanuk basin}`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import TYPE_CHECKING

from escalation.policy.defects import Defect, position
from escalation.policy.scalars import shown

if TYPE_CHECKING:
    from escalation.policy.source import Route, Source

TEXT_KEYS = frozenset(("en", "id", "title", "note"))


def cut_text(tree: object, route: Route, source: Source) -> Defect | None:
    """Say that a comma cuts a text in two, if a key without a value is its second half; none where it is not.

    It is, if no colon follows the key, a text stands before it, and the key has a space in it or the text is a wording.
    """
    entries = _node(tree, route[:-1])
    if not isinstance(entries, Mapping) or _is_followed_by_colon(source, route):
        return None
    keys = list(entries)
    at = keys.index(route[-1])
    before, text = next(((key, entries[key]) for key in reversed(keys[:at]) if entries[key] is not None), ("", None))
    if not isinstance(text, str) or not (" " in str(route[-1]) or before in TEXT_KEYS):
        return None
    rest = takewhile(lambda key: entries[key] is None, keys[keys.index(before) + 1 :])
    whole = ", ".join((text, *rest))
    return Defect(
        rule="empty-value",
        route=route,
        message=f"the comma before `{shown(str(route[-1]))}` begins a new entry here",
        help=f'quote the text that has a comma: "{shown(whole)}"',
        on_key=True,
    )


def _node(tree: object, route: Route) -> object:
    for part in route:
        if isinstance(tree, dict | list):
            tree = tree[part]  # type: ignore[index]
    return tree


def _is_followed_by_colon(source: Source, route: Route) -> bool:
    line, column = position(source, route, on_key=True)
    behind = source.text.split("\n")[line - 1][column - 1 + len(str(route[-1])) :]
    return not behind.lstrip(" ").startswith((",", "}"))
