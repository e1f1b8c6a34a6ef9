"""What changed in the policy's own words: element by element, not line by line."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from escalation.comparison.changes import Action, Change
from escalation.comparison.conditions import condition_changes
from escalation.comparison.drafts import draft_changes
from escalation.comparison.element import Element, Sides, facet, verbatim
from escalation.comparison.pairing import in_both, pairs
from escalation.comparison.usage import used
from escalation.policy.metrics import PERCENT, Bands, InputMetric, Metric, Ratio
from escalation.policy.model import Invariant, Lock, Move, Parameter, Policy, Stage, Trigger
from escalation.policy.operands import operation_of
from escalation.policy.source import Route
from escalation.policy.values import Document

D = TypeVar("D", bound=Document)

TOP = ("name", "version", "title", "note", "jurisdiction", "calendar", "instruments")
"""The keys at the top of a file that are no section; of these only the calendar has an effect."""


def changes(old: Policy, new: Policy) -> tuple[Change, ...]:
    """List what changed, in the order of the language; none: the two say the same."""
    sides = Sides(old=old, new=new, used=used(old) | used(new))
    return (
        *_top(sides),
        *_parameters(sides),
        *_metrics(sides),
        *_triggers(sides),
        *_stages(sides),
        *_moves(sides),
        *_listed(sides, "locks", old.locks, new.locks, _about_lock),
        *_listed(sides, "invariants", old.invariants, new.invariants, _about_invariant),
        *_sources(sides),
        *_simplifications(sides),
    )


def _top(sides: Sides) -> Iterator[Change]:
    for key in TOP:
        old, new = getattr(sides.old, key), getattr(sides.new, key)
        if old != new:
            said = [
                verbatim(policy, (key,)) if key == "jurisdiction" and value is not None else value
                for policy, value in ((sides.old, old), (sides.new, new))
            ]
            yield Change(
                section="policy",
                name="",
                aspect=key,
                action=Action.CHANGED,
                old=facet(sides.old, (key,), said[0]),
                new=facet(sides.new, (key,), said[1]),
                has_effect=key == "calendar",
            )


def _by_name(sides: Sides, section: str, old: Mapping[str, D], new: Mapping[str, D]) -> Iterator[Change | Element]:
    """Give the elements that one side has as changes, and those that differ as elements to look into."""
    for name, one in old.items():
        if name not in new:
            yield sides.one_sided(section, name, old=(section, name))
        elif one != new[name]:
            at: Route = (section, name)
            yield Element(sides=sides, section=section, name=name, old=one, new=new[name], routes=(at, at))
    yield from (sides.one_sided(section, name, new=(section, name)) for name in new if name not in old)


def _parameters(sides: Sides) -> Iterator[Change]:
    for one in _by_name(sides, "parameters", sides.old.parameters, sides.new.parameters):
        if isinstance(one, Change):
            yield one
        elif isinstance(one.old, Parameter) and isinstance(one.new, Parameter):
            # A parameter's own unit and range are for people and for the checker: the engine compares numbers.
            yield from one.keys(leave_out=["dated"], inert=["unit", "range"])
            if one.old.dated != one.new.dated:
                yield from _dated(one, one.old, one.new)


def _dated(element: Element, old: Parameter, new: Parameter) -> Iterator[Change]:
    """Compare the values that are in force from a day on; the day is their name."""
    units = (old.unit, new.unit)
    before, after = ({dated.from_: index for index, dated in enumerate(one.dated or ())} for one in (old, new))
    for day in sorted({*before, *after}):
        sides = [
            (one.dated or ())[places[day]] if day in places else None for one, places in ((old, before), (new, after))
        ]
        if sides[0] == sides[1]:
            continue
        at = [("dated", places[day], "value") if day in places else ("dated",) for places in (before, after)]
        values = [(day, side.value) if side is not None else None for side in sides]
        action = Action.ADDED if sides[0] is None else Action.REMOVED if sides[1] is None else Action.CHANGED
        if values[0] != values[1]:
            yield element.changed("dated", (values[0], values[1]), at=(at[0], at[1]), units=units, action=action)
        else:
            cited = [side.source if side is not None else None for side in sides]
            yield element.changed("source", (cited[0], cited[1]), at=(at[0], at[1]), has_effect=False)


def _metrics(sides: Sides) -> Iterator[Change]:
    for one in _by_name(sides, "metrics", sides.old.metrics, sides.new.metrics):
        if isinstance(one, Change):
            yield one
        else:
            yield from _metric(one, one.old, one.new)  # type: ignore[arg-type]


def _metric(element: Element, old: Metric, new: Metric) -> Iterator[Change]:
    if type(old) is not type(new):
        yield from _definition(element, old, new)
        yield from element.keys(leave_out=type(old).model_fields.keys() - {"title", "note", "source"})
        return
    if _operation(old) != _operation(new):
        yield from _definition(element, old, new)
    operation = operation_of(old) if not isinstance(old, InputMetric) else ""
    yield from element.keys(leave_out=[operation], inert=[] if _unit_matters(old, new) else ["unit"])


def _operation(metric: Metric) -> object:
    return None if isinstance(metric, InputMetric) else getattr(metric, operation_of(metric))


def _unit_matters(old: Metric, new: Metric) -> bool:
    """Say whether other units mean other numbers: a share times 100, another range."""
    is_scaled = isinstance(old, Ratio) and (old.unit == PERCENT) != (new.unit == PERCENT)
    return is_scaled or old.bounds != new.bounds


def _definition(element: Element, old: Metric, new: Metric) -> Iterator[Change]:
    """Tell of another operation or other operands; of tables with as many rows, row by row."""
    if isinstance(old, Bands) and isinstance(new, Bands):
        before, after = old.bands, new.bands
        if before.of == after.of and len(before.rows) == len(after.rows):
            for index, (row, other) in enumerate(zip(before.rows, after.rows, strict=True)):
                if row != other:
                    at: Route = ("bands", "rows", index)
                    yield element.changed("bands", _verbatim(element, (at, at)), at=(at, at), subject=str(index + 1))
            return
    ats = tuple(_head(metric) for metric in (old, new))
    yield element.changed("definition", _verbatim(element, ((), ())), at=(ats[0], ats[1]))


def _head(metric: Metric) -> Route:
    return ("kind",) if isinstance(metric, InputMetric) else (operation_of(metric),)


def _verbatim(element: Element, at: tuple[Route, Route]) -> tuple[object, object]:
    old, new = (
        verbatim(policy, (*route, *within))
        for policy, route, within in zip((element.sides.old, element.sides.new), element.routes, at, strict=True)
    )
    return old, new


def _triggers(sides: Sides) -> Iterator[Change]:
    for one in _by_name(sides, "triggers", sides.old.triggers, sides.new.triggers):
        if isinstance(one, Change):
            yield one
        elif isinstance(one.old, Trigger) and isinstance(one.new, Trigger):
            yield from condition_changes(one, one.old.when, one.new.when, (("when",), ("when",)))
            yield from one.keys(leave_out=["when"])


def _stages(sides: Sides) -> Iterator[Change]:
    yield from _named(sides, "stages", sides.old.stages, sides.new.stages)
    yield from _order(sides, "stages", tuple(sides.old.ranks), tuple(sides.new.ranks), has_effect=True)


def _moves(sides: Sides) -> Iterator[Change]:
    yield from _named(sides, "moves", sides.old.moves, sides.new.moves)
    names = [tuple(move.name for move in policy.moves) for policy in (sides.old, sides.new)]
    yield from _order(sides, "moves", names[0], names[1], has_effect=_priorities_differ(sides))


def _priorities_differ(sides: Sides) -> bool:
    """Say whether two moves out of one stage come in another order: only there does the order decide."""
    for stage in in_both(sides.old.ranks, sides.new.ranks):
        names = [
            [move.name for move in policy.moves if stage in policy.origins(move)] for policy in (sides.old, sides.new)
        ]
        if in_both(names[0], names[1]) != in_both(names[1], names[0]):
            return True
    return False


def _named(sides: Sides, section: str, old: Sequence[Stage | Move], new: Sequence[Stage | Move]) -> Iterator[Change]:
    """Compare the entries of a list that have names."""
    places = {one.name: index for index, one in enumerate(new)}
    for index, one in enumerate(old):
        at: Route = (section, index)
        if one.name not in places:
            yield sides.one_sided(section, one.name, old=at)
            continue
        there = places[one.name]
        element = Element(
            sides=sides, section=section, name=one.name, old=one, new=new[there], routes=(at, (section, there))
        )
        yield from element.keys(leave_out=["draft"])
        yield from draft_changes(element)
    known = {one.name for one in old}
    yield from (sides.one_sided(section, name, new=(section, at)) for name, at in places.items() if name not in known)


def _order(
    sides: Sides, section: str, old: tuple[str, ...], new: tuple[str, ...], *, has_effect: bool
) -> Iterator[Change]:
    before, after = in_both(old, new), in_both(new, old)
    if before != after:
        yield Change(
            section=section,
            name="",
            aspect="order",
            action=Action.REORDERED,
            old=facet(sides.old, (section,), before),
            new=facet(sides.new, (section,), after),
            has_effect=has_effect,
        )


def _about_lock(lock: Lock) -> Hashable:
    return lock.not_below, lock.not_above


def _about_invariant(invariant: Invariant) -> Hashable:
    return invariant.never, invariant.earliest.stage if invariant.earliest is not None else None


def _listed(sides: Sides, section: str, old: Sequence[D], new: Sequence[D], about: object) -> Iterator[Change]:
    """Compare the entries of a list that have no names: what is about the same stages is one entry."""
    for pair in pairs(old, new, about=about):  # type: ignore[arg-type]
        old_at, new_at = ((section, place) if place is not None else None for place in pair)
        if pair.old is None or pair.new is None:
            number = (pair.old if pair.old is not None else pair.new or 0) + 1
            yield sides.one_sided(section, str(number), old=old_at, new=new_at)
        elif old[pair.old] != new[pair.new]:
            element = Element(
                sides=sides, section=section, name=str(pair.new + 1), old=old[pair.old], new=new[pair.new],
                routes=((section, pair.old), (section, pair.new)),
            )  # fmt: skip
            yield from element.keys()


def _sources(sides: Sides) -> Iterator[Change]:
    for one in _by_name(sides, "sources", sides.old.sources, sides.new.sources):
        if isinstance(one, Change):
            yield one
        else:
            yield from one.keys()


def _simplifications(sides: Sides) -> Iterator[Change]:
    section = "simplifications"
    for pair in pairs(sides.old.simplifications, sides.new.simplifications, about=id):
        if pair.old is None or pair.new is None:
            yield Change(
                section=section,
                name=str((pair.old if pair.old is not None else pair.new or 0) + 1),
                aspect="",
                action=Action.REMOVED if pair.new is None else Action.ADDED,
                old=facet(sides.old, (section, pair.old), sides.old.simplifications[pair.old])
                if pair.old is not None
                else None,
                new=facet(sides.new, (section, pair.new), sides.new.simplifications[pair.new])
                if pair.new is not None
                else None,
                has_effect=False,
            )
