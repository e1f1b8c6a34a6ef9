"""What pydantic finds wrong with the shape of a file, said in the words of the file, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from escalation.diagnostics import Diagnostic, Severity, in_order
from escalation.errors import Refused
from escalation.policy.scalars import Unquoted

if TYPE_CHECKING:
    from escalation.policy.source import Route, Source

M = TypeVar("M", bound=BaseModel)

# The error types of pydantic that our models can raise, and our own; a test proves that none is missing.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": ("missing-key", "`{key}` is missing"),
    "extra_forbidden": ("unknown-key", "`{key}` is not a key here"),
    "string_type": ("wrong-type", "`{key}` must be text, not {kind}"),
    "string_pattern_mismatch": (
        "bad-name",
        "{value} is not a name: a letter first, then letters, digits, `-` and `_`",
    ),
    "string_too_long": ("too-long", "the text of `{key}` is longer than {max_length} characters"),
    "string_too_short": ("empty-text", "the text of `{key}` is empty"),
    "int_type": ("wrong-type", "`{key}` must be a whole number, not {kind}"),
    "float_type": ("wrong-type", "`{key}` must be a number, not {kind}"),
    "literal_error": ("unknown-word", "{value} is not one of {expected}"),
    "enum": ("unknown-word", "{value} is not one of {expected}"),
    "tuple_type": ("wrong-type", "`{key}` must be a list, not {kind}"),
    "dict_type": ("wrong-type", "`{key}` must have named entries, not {kind}"),
    "model_type": ("wrong-type", "`{key}` must have keys of its own, not {kind}"),
    "model_attributes_type": ("wrong-type", "`{key}` must have keys of its own, not {kind}"),
    "too_short": ("empty-list", "`{key}` has no entry; it needs at least {min_length}"),
    "greater_than": ("out-of-range", "`{key}` must be more than {gt:g}"),
    "greater_than_equal": ("out-of-range", "`{key}` must be at least {ge}"),
    "less_than_equal": ("out-of-range", "`{key}` must be at most {le}"),
    "finite_number": ("out-of-range", "`{key}` must be a finite number"),
    "weeks": ("bad-duration", ""),
    "age": ("bad-duration", ""),
    "day": ("bad-date", ""),
    "yes_no": ("unknown-word", ""),
    "number": ("bad-number", ""),
    "threshold": ("bad-number", ""),
    "operand": ("bad-number", ""),
    "range": ("bad-range", ""),
    "range_order": ("bad-range", ""),
    "wording": ("wrong-type", ""),
    "condition": ("bad-condition", ""),
    "limits": ("bad-condition", ""),
    "metric": ("bad-metric", ""),
    "judgement_role": ("bad-metric", ""),
    "only_judgement": ("bad-metric", ""),
    "judgement_number": ("bad-metric", ""),
    "row": ("bad-row", ""),
    "otherwise": ("bad-row", ""),
    "parameter": ("bad-parameter", ""),
    "dated_order": ("bad-parameter", ""),
    "validity": ("bad-validity", ""),
    "lock": ("bad-lock", ""),
    "invariant": ("bad-invariant", ""),
}
Problem = tuple[tuple[str | int, ...], Diagnostic]
KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "yes or no"),
    ((int, float), "a number"),
    (str, "text"),
    ((list, tuple), "a list"),
    (dict, "named entries"),
    (type(None), "nothing"),
)


def validated(model: type[M], source: Source) -> M:
    """Make a model of a file's tree. Raise Refused with everything that is wrong with its shape."""
    made, problems = attempt(model, source.tree, source)
    if made is None:
        raise Refused(in_order([diagnostic for _, diagnostic in problems]))
    return made


def attempt(model: type[M], tree: object, source: Source) -> tuple[M | None, list[Problem]]:
    """Make a model of a tree, or say what is wrong with its shape: each problem with its route and its place."""
    try:
        return model.model_validate(frozen(tree)), []
    except ValidationError as error:
        return None, _problems(error, source, model)


def frozen(tree: object) -> object:
    """Turn the lists of a tree into tuples."""
    if isinstance(tree, dict):
        return {key: frozen(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return tuple(frozen(value) for value in tree)
    return tree


def _problems(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """Translate all errors; one that only repeats a deeper one (`too short` after a bad entry) is left out."""
    located = [(_route(one["loc"], source.tree), one) for one in error.errors(include_url=False)]
    routes = [route for route, _ in located]
    return [
        (route, _finding(route, one, source, model))
        for route, one in located
        if not (one["type"] == "too_short" and any(_leads_into(route, other) for other in routes))
    ]


def _leads_into(route: Route, other: Route) -> bool:
    return len(other) > len(route) and other[: len(route)] == route


def _route(location: Iterable[str | int], tree: object) -> Route:
    """Drop the elements of a pydantic location that lead nowhere in the file (tags of unions)."""
    route: list[str | int] = []
    node = tree
    elements = list(location)
    for position, element in enumerate(elements):
        if isinstance(node, dict) and element in node:
            node = node[element]
        elif isinstance(node, list | tuple) and isinstance(element, int) and element < len(node):
            node = node[element]
        elif not (position == len(elements) - 1 and isinstance(node, dict) and isinstance(element, str)):
            continue
        route.append(element)
    return tuple(route)


def _finding(route: Route, error: Any, source: Source, model: type[BaseModel]) -> Diagnostic:
    kind, given = error["type"], error["input"]
    on_key = kind == "extra_forbidden"
    if route and route[-1] == "[key]":
        route, on_key = route[:-1], True
    key = next((str(part) for part in reversed(route) if isinstance(part, str)), "the file")
    place = source.place(route, key=on_key)
    if isinstance(given, Unquoted):
        message = f"`{given.text}` without quotes is read as something else by some programs"
        rule, remedy = "surprising-scalar", f'write "{given.text}"'
    else:
        rule, sentence = SENTENCES[kind]
        facts = {**error.get("ctx", {}), "key": key, "kind": _kind(given), "value": f"`{_shown(given)}`"}
        if "expected" in facts:
            facts["expected"] = str(facts["expected"]).replace("'", "`").replace(" or ", ", ")
        message = sentence.format(**facts) if sentence else error["msg"]
        remedy = _remedy(kind, route, model, error)
    return Diagnostic(rule=rule, severity=Severity.ERROR, message=message, place=place, help=remedy)


def _remedy(kind: str, route: Route, model: type[BaseModel], error: Any) -> str:
    if kind == "extra_forbidden":
        keys = _keys_at(error["loc"][:-1], model)
        close = difflib.get_close_matches(str(route[-1]), keys, n=1)
        return f"did you mean `{close[0]}`?" if close else ("the keys here are " + ", ".join(keys) if keys else "")
    if kind == "string_type" and isinstance(error["input"], int | float) and not isinstance(error["input"], bool):
        return f'write "{error["input"]:.15g}" in quotes if it is meant as text'
    if kind in ("literal_error", "enum") and isinstance(error["input"], str):
        words = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        close = difflib.get_close_matches(error["input"], words, n=1)
        return f"did you mean `{close[0]}`?" if close else ""
    return ""


def _keys_at(location: tuple[str | int, ...], model: type[BaseModel]) -> list[str]:
    """Name the keys of the model at a location, by looking into the model's JSON Schema."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    node: Any = schema
    for element in location:
        node = _inside(node, element, definitions)
        if node is None:
            return []
    return sorted(_resolved(node, definitions).get("properties", {}))


def _inside(node: Any, element: str | int, definitions: Any) -> Any:
    node = _resolved(node, definitions)
    if isinstance(element, int):
        return node.get("items")
    if element in node.get("properties", {}):
        return node["properties"][element]
    for choice in node.get("oneOf", []) + node.get("anyOf", []):
        if element in _resolved(choice, definitions).get("properties", {}) and "oneOf" in node:
            return choice
    return node.get("additionalProperties") or None


def _resolved(node: Any, definitions: Any) -> Any:
    if not isinstance(node, dict):
        return {}
    if "$ref" in node:
        return _resolved(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
    choices = [choice for choice in node.get("anyOf", []) if choice.get("type") != "null"]
    return _resolved(choices[0], definitions) if "anyOf" in node and len(choices) == 1 else node


def _kind(given: object) -> str:
    return next((name for types, name in KINDS if isinstance(given, types)), "that")


def _shown(given: object) -> str:
    text = f"{given:.15g}" if isinstance(given, float) else str(given)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - so much of a text names it
