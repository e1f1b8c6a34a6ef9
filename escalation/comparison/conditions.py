"""What changed in the condition of a trigger: a comparison, its operator or threshold, parts added and removed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from escalation.comparison.changes import Action, Change
from escalation.comparison.element import Element, verbatim
from escalation.comparison.pairing import pairs
from escalation.policy.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Count,
    JudgementLeaf,
    Not,
    TriggerLeaf,
    parts_of,
)
from escalation.policy.model import Policy
from escalation.policy.source import Route

Both = tuple[Route, Route]


def condition_changes(element: Element, old: Condition, new: Condition, at: Both) -> Iterator[Change]:
    """Compare two conditions part by part; `at` leads to them from the trigger."""
    if old == new:
        return
    match old, new:
        case (Comparison(), Comparison()) if old.metric == new.metric:
            yield from _comparison(element, old, new, at)
        case (AllOf(), AllOf()) | (AnyOf(), AnyOf()) | (Count(), Count()) | (Not(), Not()):
            if isinstance(old, Count) and isinstance(new, Count) and old.count.at_least != new.count.at_least:
                asked = (float(old.count.at_least), float(new.count.at_least))
                within = ("count", "at_least")
                yield element.changed("when.at_least", asked, at=((*at[0], *within), (*at[1], *within)))
            yield from _parts(element, old, new, at)
        case _:
            yield _replaced(element, at, subject=_subject(old))


def _replaced(element: Element, at: Both, *, subject: str = "") -> Change:
    said = [
        verbatim(policy, (*route, *within))
        for policy, route, within in zip((element.sides.old, element.sides.new), element.routes, at, strict=True)
    ]
    return element.changed("when", (said[0], said[1]), at=at, subject=subject)


def _comparison(element: Element, old: Comparison, new: Comparison, at: Both) -> Iterator[Change]:
    """Compare two comparisons of one metric."""
    metric = old.metric
    units = (element.sides.old.units[metric], element.sides.new.units[metric])
    before, after = dict(old.limits), dict(new.limits)
    kept = [operator for operator in before if operator in after]
    if len(kept) == len(before) == len(after):
        for operator in kept:
            if before[operator] != after[operator]:
                values = (before[operator], after[operator])
                where = ((*at[0], operator.value), (*at[1], operator.value))
                matters = figures(element.sides.old, values[0]) != figures(element.sides.new, values[1])
                yield element.changed(
                    "when.threshold", values, at=where, units=units, has_effect=matters, subject=metric
                )
    elif len(before) == len(after) == 1 and list(before.values()) == list(after.values()):
        (operator,), (other,) = before, after
        where = ((*at[0], operator.value), (*at[1], other.value))
        yield element.changed("when.operator", (operator, other), at=where, subject=metric)
    else:
        yield _replaced(element, at, subject=metric)
    if old.missing != new.missing:
        where = ((*at[0], "missing"), (*at[1], "missing"))
        yield element.changed("when.missing", (old.missing, new.missing), at=where, subject=metric)


def figures(policy: Policy, threshold: object) -> object:
    """Give the number that a threshold stands for, or the dated numbers."""
    parameter = policy.parameters[threshold] if isinstance(threshold, str) else None
    if parameter is None:
        return threshold
    if parameter.dated is None:
        return parameter.value
    return tuple((dated.from_, dated.value) for dated in parameter.dated)


def _parts(element: Element, old: Condition, new: Condition, at: Both) -> Iterator[Change]:
    before, after = list(parts_of(old, at[0])), list(parts_of(new, at[1]))
    found = pairs([part for _, part in before], [part for _, part in after], about=_about)
    for pair in found:
        if pair.old is None and pair.new is not None:
            yield _one_part(element, new=after[pair.new][0], beside=at[0])
        elif pair.new is None and pair.old is not None:
            yield _one_part(element, old=before[pair.old][0], beside=at[1])
        elif pair.old is not None and pair.new is not None:
            (old_at, one), (new_at, other) = before[pair.old], after[pair.new]
            yield from condition_changes(element, one, other, (old_at, new_at))
    order = [pair.new for pair in found if pair.old is not None and pair.new is not None]
    if order != sorted(order):
        values = tuple(_order(element, side, at[side]) for side in (0, 1))
        yield element.changed("when.order", (values[0], values[1]), at=at, has_effect=False, action=Action.REORDERED)


def _order(element: Element, side: int, within: Route) -> object:
    return verbatim((element.sides.old, element.sides.new)[side], (*element.routes[side], *within))


def _one_part(element: Element, *, beside: Route, old: Route | None = None, new: Route | None = None) -> Change:
    """Tell of a part that only one condition has."""
    side, policy = (1, element.sides.new) if old is None else (0, element.sides.old)
    within = old if old is not None else new or ()
    at = (within, beside) if side == 0 else (beside, within)
    said = verbatim(policy, (*element.routes[side], *within))
    return element.changed(
        "when.part", (said, None) if side == 0 else (None, said), at=at,
        action=Action.REMOVED if side == 0 else Action.ADDED,
    )  # fmt: skip


def _about(condition: Condition) -> Hashable:
    """Name what a part is about, so that a changed part is known again."""
    return type(condition), _subject(condition)


def _subject(condition: Condition) -> str:
    match condition:
        case Comparison(metric=name) | TriggerLeaf(trigger=name) | JudgementLeaf(judgement=name):
            return name
        case _:
            return ""
