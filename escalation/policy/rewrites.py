"""What an author probably meant by something of a wrong shape, as it is written in the language."""

from __future__ import annotations

import re

OPERATORS = {"<=": "at_most", ">=": "at_least", "<": "below", ">": "above", "==": "equal_to", "=": "equal_to"}
_COMPARED = re.compile(r"\s*([\w-]+)\s*(<=|>=|<|>|==|=)\s*([\w.-]+)\s*")
_LASTING = re.compile(r"\s*(\d{1,4})\s*(day|month|year)s?\s*")
WEEKS = {"month": 52 / 12, "year": 52.0, "day": 1 / 7}


def rewritten(kind: str, given: object, key: str) -> str:
    """Say what to write instead of something given under a key; the empty text where that is not plain.

    >>> rewritten("condition", "storage < 40", "when")
    'write `{metric: storage, below: 40}`'
    >>> rewritten("condition", {"storage": {"at_most": "low"}}, "when")
    'write `{metric: storage, at_most: low}`'
    >>> rewritten("weeks", "14 days", "for"), rewritten("weeks", "1 month", "after")
    ('write it as `2 weeks`', 'write it as `4 weeks`')
    >>> rewritten("model_type", "normal", "stages")
    'write `{name: normal}`'
    """
    match kind, given:
        case "condition", str(text) if found := _COMPARED.fullmatch(text):
            return f"write `{{metric: {found[1]}, {OPERATORS[found[2]]}: {found[3]}}}`"
        case "condition", dict(tree) if len(tree) == 1:
            ((metric, limits),) = tree.items()
            return _compared(metric, limits)
        case "condition", list() | tuple():
            return "write `{all: [...]}` where every part must hold, or `{any: [...]}` where one will do"
        case "weeks", str(text) if found := _LASTING.fullmatch(text):
            weeks = max(1, round(int(found[1]) * WEEKS[found[2]]))
            return f"write it as `{weeks} week{'s' if weeks > 1 else ''}`"
        case "model_type", str(name) if key == "stages":
            return f"write `{{name: {name}}}`"
        case "string_type", list() | tuple() if key == "trigger":
            return "name one trigger; its condition joins several by `{all: [{trigger: a}, {trigger: b}]}`, or `any`"
        case "string_type", float() | int():
            return 'quote it, as in `"1.0"`' if key == "version" else "quote it, as it is meant, if it is a text"
    return ""


def _compared(metric: object, limits: object) -> str:
    if not isinstance(limits, dict) or not limits.keys() <= set(OPERATORS.values()):
        return ""
    asked = ", ".join(f"{operator}: {limit}" for operator, limit in limits.items())
    return f"write `{{metric: {metric}, {asked}}}`"
