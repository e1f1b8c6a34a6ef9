"""The keys that may stand at a place of a file, with what they mean, found in the JSON Schema of its model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from escalation.policy.values import TAG

if TYPE_CHECKING:
    from pydantic import BaseModel

Node = Mapping[str, object]


def keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> dict[str, str]:
    """Give the keys at a location of a mistake in a model, each with its description."""
    schema = _schema(model)
    nodes = list(_forms(schema, schema))
    for element in location:
        nodes = [form for node in nodes for inner in _inside(node, element) for form in _forms(inner, schema)]
    return {key: str(_mapping(one).get("description", "")) for node in nodes for key, one in _properties(node).items()}


@cache
def _schema(model: type[BaseModel]) -> Node:
    return model.model_json_schema()


def _inside(node: Node, element: str | int) -> Iterator[object]:
    """Give what is found under an element of a location; the tag of a union chooses among its forms."""
    if isinstance(element, int):
        yield node.get("items")
    elif element.startswith(TAG):
        if element.removeprefix(TAG) in _properties(node):
            yield node
    elif element in _properties(node):
        yield _properties(node)[element]
    else:
        yield from _mapping(node.get("patternProperties")).values()


def _forms(node: object, schema: Node) -> Iterator[Node]:
    """Follow references, and give each choice of a union."""
    one = _mapping(node)
    reference = one.get("$ref")
    if isinstance(reference, str):
        yield from _forms(_mapping(schema.get("$defs")).get(reference.rpartition("/")[2]), schema)
    elif isinstance(choices := one.get("oneOf") or one.get("anyOf"), list):
        for choice in choices:
            yield from _forms(choice, schema)
    elif one:
        yield one


def _properties(node: Node) -> Node:
    return _mapping(node.get("properties"))


def _mapping(node: object) -> Node:
    return node if isinstance(node, Mapping) else {}
