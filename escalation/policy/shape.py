"""What is wrong with the shape of a file, said in the words of the file, each mistake with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from escalation.errors import Refused
from escalation.policy.commas import cut_text
from escalation.policy.conditions import CONDITION_KEYS
from escalation.policy.defects import MOST_MISTAKES, Defect, diagnosed, named, position
from escalation.policy.keys import keys_at
from escalation.policy.metrics import METRIC_KEYS, OPERATIONS
from escalation.policy.numerals import advice_on
from escalation.policy.pieces import LARGEST_ENTRY, frozen, is_large, oversized, worth_telling
from escalation.policy.rewrites import rewritten
from escalation.policy.scalars import Unquoted, shown
from escalation.policy.values import LONGEST_NAME, TAG

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from escalation.policy.source import Route, Source

M = TypeVar("M", bound=BaseModel)


class Sentence(NamedTuple):
    """The rule, the message and the advice for one type of mistake; an empty message: the mistake brings its own."""

    rule: str
    message: str
    help: str = ""


_A_NAME = "a name begins with a letter A to Z, followed by letters, digits, `-` and `_`"

# The types of mistakes that our models can make of a file, those of pydantic and our own; a test proves that none is
# missing, and that each occurs.
SENTENCES: Mapping[str, Sentence] = {
    "missing": Sentence("missing-key", "`{key}` is missing"),
    "extra_forbidden": Sentence("unknown-key", "`{key}` is not a key here"),
    "string_type": Sentence("wrong-type", "{subject} must be a text, not {given}"),
    "string_pattern_mismatch": Sentence("bad-name", "{given} is not a name", _A_NAME),
    "string_too_long": Sentence("too-long", "{subject} is longer than {max_length} characters", "shorten it"),
    "string_too_short": Sentence("empty-text", "{subject} is an empty text", "write a text, or delete the key"),
    "int_type": Sentence("wrong-type", "{subject} must be a whole number, not {given}", "write digits alone: 2"),
    "literal_error": Sentence("unknown-word", "{subject} must be {expected}, not {given}"),
    "enum": Sentence("unknown-word", "{subject} must be {expected}, not {given}"),
    "tuple_type": Sentence("wrong-type", "{subject} must be a list, not {given}"),
    "dict_type": Sentence("wrong-type", "{subject} must have named entries, not {given}", "write `name: value` below"),
    "model_type": Sentence("wrong-type", "{subject} must have keys of its own, not {given}"),
    "too_short": Sentence("empty-list", "{subject} has no entry", "write at least one"),
    "greater_than": Sentence("out-of-range", "{subject} must be more than {gt:.15g}, not {given}"),
    "greater_than_equal": Sentence("out-of-range", "{subject} must be at least {ge:.15g}, not {given}"),
    "less_than_equal": Sentence("out-of-range", "{subject} must be at most {le:.15g}, not {given}"),
    "weeks": Sentence("bad-duration", "{subject} must be a number of weeks, not {given}", "write it as `2 weeks`"),
    "age": Sentence("bad-duration", "{subject} must be an age, not {given}", "write it as `2 weeks`, or `always`"),
    "day": Sentence("bad-date", "{subject} must be a date, not {given}", "write it as 2021-09-12"),
    "no_such_day": Sentence("bad-date", "{given} does not exist in the calendar", "write it as 2021-09-12"),
    "far_day": Sentence(
        "bad-date", "{given} is not between 1900 and 2199", "delete the key if there is no such end"
    ),
    "yes_no": Sentence("unknown-word", "{subject} must be `yes` or `no`, not {given}"),
    "number": Sentence(
        "bad-number", "{subject} must be a number, not {given}",
        "write plain digits, with a dot for decimals and without a unit: 70, 55.58, 2016006",
    ),
    "threshold": Sentence(
        "bad-number", "{subject} must be a number or the name of a parameter, not {given}",
        "write plain digits, with a dot for decimals and without a unit: 70, 55.58, 2016006",
    ),
    "operand": Sentence(
        "bad-number", "{subject} must be the name of a metric or a number, not {given}",
        "write plain digits, with a dot for decimals and without a unit: 70, 55.58, 2016006",
    ),
    "names": Sentence("wrong-type", "{subject} must be a name or a list of names, not {given}"),
    "title": Sentence("wrong-type", "{subject} must be a text, not {given}", "write a text, or `{{en: ..., id: ...}}`"),
    "wording": Sentence("wrong-type", ""),
    "range": Sentence(
        "bad-range", "{subject} must be a list of two ends",
        "write `[low, high]`, either of them `null` for no end; a point stands before decimals: 35.5",
    ),
    "range_order": Sentence(
        "bad-range", "the range begins at {low:.15g}, above its end {high:.15g}", "write the lower end first"
    ),
    "condition": Sentence(
        "bad-condition", "{subject} is not a condition", f"a condition has one of the keys {named(CONDITION_KEYS)}"
    ),
    "two_conditions": Sentence(
        "bad-condition", "`{second}` cannot stand beside `{first}` in one condition",
        "join two conditions by `all` or `any`",
    ),
    "limits": Sentence(
        "bad-condition", "a comparison has one threshold, or two that make a range, not {count}",
        "write `below`, `at_most`, `above`, `at_least` or `equal_to`",
    ),
    "quorum": Sentence(
        "bad-condition", "{asked} of {parts} parts can never be met", "ask for fewer, or list more parts"
    ),
    "metric": Sentence(
        "bad-metric", "{subject} is neither observed nor computed",
        "give it a `kind` if it is observed, or one of " + ", ".join(f"`{key}`" for key in OPERATIONS),
    ),
    "two_metrics": Sentence(
        "bad-metric", "`{second}` cannot stand beside `{first}` in one metric",
        "a metric is observed and has a `kind`, or is computed by one operation; name the steps of a calculation",
    ),
    "judgement_role": Sentence(
        "bad-metric", "{subject} is a judgement without the role that judges", "add `by`, such as `by: dinas-kesehatan`"
    ),
    "only_judgement": Sentence("bad-metric", "`by` belongs to metrics of kind `judgement` only", "delete it"),
    "judgement_number": Sentence("bad-metric", "a judgement is yes or no, and has no `{unwanted}`", "delete it"),
    "row": Sentence(
        "bad-row", "{subject} is not a row", "write `{{below: 10, value: 1}}`, or `{{otherwise: 3}}` at the end"
    ),
    "otherwise": Sentence("bad-row", "rows after `otherwise` can never hold", "write `otherwise` in the last row"),
    "two_values": Sentence("bad-parameter", "`dated` cannot stand beside `value`", "keep one of the two"),
    "no_value": Sentence("bad-parameter", "{subject} has no value", "add `value`, or `dated` values"),
    "dated_order": Sentence(
        "bad-parameter", "this date is not later than the one before", "order the values by date, each date once"
    ),
    "validity": Sentence("bad-validity", "`until` is earlier than `from`", "write the earlier day under `from`"),
    "lock": Sentence("bad-lock", "{subject} does not say what it forbids", "add `not_below` or `not_above`"),
    "two_locks": Sentence("bad-lock", "`not_above` cannot stand beside `not_below`", "write two locks"),
    "invariant": Sentence("bad-invariant", "{subject} says nothing", "add `never` or `earliest`"),
    "two_invariants": Sentence("bad-invariant", "`earliest` cannot stand beside `never`", "write two invariants"),
}  # fmt: skip
QUOTING_HELPS = {"string_type", "int_type", "number", "threshold", "operand", "names", "title"}
OF_WORDS = {"literal_error", "enum"}
OF_NUMBERS = {"number", "threshold", "operand"}
HEADS = {"metric": METRIC_KEYS, "condition": CONDITION_KEYS}
OF_KEYS = {"string_pattern_mismatch", "string_too_long"}


class Flawed(NamedTuple):
    """All that is wrong with the shape of a tree: the sections or entries, the first mistakes, and how many more.

    `in_part` says that only its first entries were looked at, because of their many mistakes.
    """

    broken: frozenset[Route]
    defects: Sequence[Defect] = ()
    unlisted: int = 0
    in_part: bool = False


class _Located(NamedTuple):
    route: Route
    on_key: bool
    error: ErrorDetails


def validated(model: type[M], source: Source) -> M:
    """Make a model of a file's tree. Raise Refused with everything that is wrong with its shape."""
    made = attempt(model, source.tree, source)
    if isinstance(made, Flawed):
        raise Refused(diagnosed(made.defects, source, unlisted=made.unlisted, in_part=made.in_part))
    return made


def attempt(model: type[M], tree: object, source: Source) -> M | Flawed:
    """Make a model of a tree, or say what is wrong with its shape."""
    whole = tree
    if isinstance(tree, dict) and is_large(tree):
        if large := oversized(tree):
            return Flawed(frozenset(large), [_said_of_large(route) for route in large])
        tree = worth_telling(model, tree, most=MOST_MISTAKES)
    blank = set(_blank(tree, ()))
    errors: list[_Located] = []
    try:
        made = model.model_validate(frozen(tree))
    except ValidationError as error:
        errors = [_located(one, tree) for one in error.errors(include_url=False)]
    else:
        if not blank:
            return made
    errors = [one for one in _without_echoes(errors) if one.route not in blank]
    if tree is not whole and isinstance(whole, dict):
        errors = [one for one in errors if one.error["type"] != "missing" or one.route[0] not in whole or one.route[1:]]
    errors.sort(key=lambda one: position(source, one.route, on_key=one.on_key))
    defects = [_said(one, model) for one in errors[:MOST_MISTAKES]]
    defects += [
        cut_text(tree, route, source) or _said_of_blank(route)
        for route in sorted(blank, key=lambda route: position(source, route))[:MOST_MISTAKES]
    ]
    return Flawed(
        frozenset(route[:2] for route in (*(one.route for one in errors), *blank)),
        defects,
        unlisted=len(errors) + len(blank) - len(defects),
        in_part=tree is not whole,
    )


def _blank(node: object, route: Route) -> Iterator[Route]:
    """Find keys without a value; in a list `null` may stand for something (the open end of a range)."""
    if isinstance(node, dict):
        for key, value in node.items():
            if value is None:
                yield (*route, key)
            elif isinstance(value, dict | list):
                yield from _blank(value, (*route, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if isinstance(value, dict | list):
                yield from _blank(value, (*route, index))


def _said_of_large(route: Route) -> Defect:
    message = f"{subject(route)} has more than {LARGEST_ENTRY:,} keys and values"
    return Defect(rule="too-many-nodes", route=route, message=message, help="name its parts and refer to them")


def _said_of_blank(route: Route) -> Defect:
    key, colon, value = str(route[-1]).partition(":")
    message = f"`{shown(str(route[-1]))}` has no value"
    remedy = f"put a space behind the colon: `{shown(f'{key}: {value}')}`" if colon else "write one, or delete the key"
    return Defect(rule="empty-value", route=route, message=message, help=remedy, on_key=True)


def _located(error: ErrorDetails, tree: object) -> _Located:
    location = [element for element in error["loc"] if not str(element).startswith(TAG)]
    at = error.get("ctx", {}).get("at", ())
    if error["type"] in OF_KEYS and location[-1:] == ["[key]"]:
        return _Located(tuple(location[:-1]), on_key=True, error=error)
    on_key = error["type"] == "extra_forbidden" or bool(at and isinstance(at[-1], str))
    return _Located(_route([*location, *at], tree), on_key=on_key, error=error)


def _route(location: Sequence[str | int], tree: object) -> Route:
    """Give the route in the file: elements that lead nowhere are left out, but for a last key, which is missing."""
    route: list[str | int] = []
    node = tree
    for count, element in enumerate(location, start=1):
        if isinstance(node, dict) and (element in node or count == len(location)):
            node = node.get(element)
        elif isinstance(node, list) and isinstance(element, int) and element < len(node):
            node = node[element]
        else:
            continue
        route.append(element)
    return tuple(route)


def _without_echoes(errors: Sequence[_Located]) -> list[_Located]:
    """Leave out what only repeats another mistake: `no entry` of a list whose entries are all bad."""
    others = [one.route for one in errors if one.error["type"] != "too_short"]
    if len(others) == len(errors):
        return list(errors)
    ways = {route[:length] for route in others for length in range(len(route) + 1)}
    return [one for one in errors if not (one.error["type"] == "too_short" and one.route in ways)]


def _said(one: _Located, model: type[BaseModel]) -> Defect:
    route, error = one.route, one.error
    kind, given = error["type"], error["input"]
    if isinstance(given, Unquoted) and kind in QUOTING_HELPS:
        rule, message, advice = given.fault()
        return Defect(rule=rule, route=route, message=message, help=advice)
    rule, sentence, advice = SENTENCES[kind]
    context = error.get("ctx", {})
    facts = context | {
        "key": shown(str(next((part for part in reversed(route) if isinstance(part, str)), "the file"))),
        "subject": subject(route),
        "given": "a number" if kind == "string_type" and _is_number(given) else described(given),
        "expected": str(context.get("expected", "")).replace("'", "`"),
    }
    if kind == "string_pattern_mismatch" and isinstance(given, str) and (near := _as_name(given)):
        advice = f"{_A_NAME}: `{near}`"
    if route[-1:] == ("by",) and kind == "string_pattern_mismatch":
        sentence = "`by` names a role by an identifier, and {given} is none"
        advice += "; its full name may stand in the `title`"
    if kind in OF_NUMBERS and isinstance(given, str):
        advice = advice_on(given) or advice
    word, known = _choice(kind, one, model)
    remedy = "" if word else _remedy(kind, one, model) or (advice.format_map(facts) if advice else "")
    return Defect(
        rule=rule,
        route=route,
        message=sentence.format_map(facts) if sentence else error["msg"],
        help=remedy,
        on_key=one.on_key,
        word=word,
        known=known,
    )


def _as_name(text: str) -> str:
    """Make a name of a text: `dinas-pupr` of `Dinas PUPR`; nothing where no letter is left."""
    return "-".join(re.findall("[a-z0-9]+", text.lower())).lstrip("0123456789-")[:LONGEST_NAME]


def _is_number(given: object) -> bool:
    """Say whether a number was written; how it was written (`1.10`) is not known any more."""
    return isinstance(given, int | float) and not isinstance(given, bool)


def subject(route: Route) -> str:
    """Name what a route leads to.

    >>> subject(("moves", 2, "after")), subject(("moves", 2)), subject(())
    ('`after`', 'an entry of `moves`', 'the file')
    """
    if not route:
        return "the file"
    if isinstance(route[-1], str):
        return f"`{shown(route[-1])}`"
    return f"an entry of {subject(tuple(part for part in route if isinstance(part, str)))}"


def described(given: object) -> str:
    """Say what stands in the file where something else is wanted.

    >>> described(70), described("2 wekks"), described(True), described({}), described(None)
    ('`70`', 'the text `2 wekks`', '`true`', '`{}`', 'nothing')
    """
    match given:
        case bool():
            return f"`{given}`".lower()
        case int() | float():
            return f"`{given:.15g}`" if "e" in str(given) else f"`{given}`"
        case Unquoted(text=text):
            return f"`{shown(text)}`"
        case str():
            return f"the text `{shown(given)}`" if given else "an empty text"
        case list() | tuple():
            return "a list" if given else "an empty list"
        case None:
            return "nothing"
        case _:
            return "named entries" if given else "`{}`"


def _choice(kind: str, one: _Located, model: type[BaseModel]) -> tuple[str, tuple[str, ...]]:
    """Give a word that was written and those that may have been meant."""
    given, context = one.error["input"], one.error.get("ctx", {})
    if kind == "extra_forbidden" and not _is_scale_of_ratio(one):
        return str(one.route[-1]), tuple(sorted(keys_at(model, one.error["loc"][:-1])))
    if kind in OF_WORDS and isinstance(given, str):
        words = tuple(str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", "))
        return (given, words) if difflib.get_close_matches(given, words, n=1) else ("", ())
    if kind in HEADS and isinstance(given, dict):
        misspelt = (key for key in list(given)[:8] if difflib.get_close_matches(key, HEADS[kind], n=1))
        return next(misspelt, ""), HEADS[kind]
    return "", ()


def _is_scale_of_ratio(one: _Located) -> bool:
    return one.route[-2:-1] == ("ratio",) and one.route[-1] in ("per", "scale")


def _remedy(kind: str, one: _Located, model: type[BaseModel]) -> str:
    given, location = one.error["input"], one.error["loc"]
    if kind == "missing" or kind in OF_WORDS:
        meaning = keys_at(model, location[:-1]).get(str(location[-1]), "")
        if kind in OF_WORDS and "`" not in meaning:
            return ""  # It does not say what the words stand for.
        return f"it says: {meaning[:1].lower()}{meaning[1:].removesuffix('.')}" if meaning else ""
    if kind == "extra_forbidden" and _is_scale_of_ratio(one):
        return "a `ratio` counts per one: write `per: {of, to, scale}` instead, as `scale: 100000`"
    named_keys = [part for part in location if isinstance(part, str)]
    return rewritten(kind, given, named_keys[-1] if named_keys else "")
