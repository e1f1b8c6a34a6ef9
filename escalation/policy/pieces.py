"""Large files in pieces: where mistakes go into the thousands, no more of them are worked out than can be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from escalation.policy.source import Route

LARGE = 2_000
"""So many keys and values may be wrong at once within 16 MiB: a mistake takes up to 1.5 kB."""
LARGEST_ENTRY = 3_000
PIECE = 500


def is_large(tree: object) -> bool:
    """Whether so much may be wrong with a tree that it is looked at in pieces."""
    return isinstance(tree, dict) and weight(tree) > LARGE


def oversized(tree: dict[str, Any]) -> list[Route]:
    """Name the entries of a large tree that are large files of their own."""
    return [
        (section,) if key is None else (section, key)
        for section, key, value in _entries(tree)
        if weight(value) > LARGEST_ENTRY
    ]


def worth_telling(model: type[BaseModel], tree: dict[str, Any], *, most: int) -> dict[str, Any]:
    """Give a large tree, or only its first entries, if more than `most` mistakes of shape are among them."""
    kept: dict[str, Any] = {}
    piece: dict[str, Any] = {}
    size = count = 0
    for section, key, value in _entries(tree):
        _put(kept, section, key, value)
        _put(piece, section, key, value)
        size += weight(value)
        if size >= PIECE:
            count += _mistakes(model, piece)
            if count > most:
                return kept
            piece, size = {}, 0
    return tree


def weight(node: object) -> int:
    """Count the keys and values of a tree."""
    found, left = 0, [node]
    while left:
        one = left.pop()
        found += 1
        if isinstance(one, dict):
            found += len(one)
            left += one.values()
        elif isinstance(one, list):
            left += one
    return found


def _entries(tree: dict[str, Any]) -> Iterator[tuple[str, str | int | None, object]]:
    """Give the entries of the sections in their order; a section without any is an entry of its own."""
    for section, entries in tree.items():
        if isinstance(entries, dict) and entries:
            yield from ((section, name, entry) for name, entry in entries.items())
        elif isinstance(entries, list) and entries:
            yield from ((section, index, entry) for index, entry in enumerate(entries))
        else:
            yield section, None, entries


def _put(tree: dict[str, Any], section: str, key: str | int | None, value: object) -> None:
    if key is None:
        tree[section] = value
    elif isinstance(key, int):
        tree.setdefault(section, []).append(value)
    else:
        tree.setdefault(section, {})[key] = value


def _mistakes(model: type[BaseModel], piece: dict[str, Any]) -> int:
    """Count the mistakes of shape in some entries; sections that are not among them are not missing."""
    try:
        model.model_validate(frozen(piece))
    except ValidationError as error:
        wanted = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
        return error.error_count() - len(wanted - piece.keys())
    return 0


def frozen(tree: object) -> object:
    """Turn the lists of a tree into tuples."""
    if isinstance(tree, dict):
        return {key: frozen(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return tuple(frozen(value) for value in tree)
    return tree
