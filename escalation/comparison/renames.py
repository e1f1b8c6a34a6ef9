"""Elements that have another name and are otherwise the same: the old policy is read under the names of the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace

from escalation.comparison.changes import Action, Change
from escalation.comparison.element import facet
from escalation.policy.conditions import Comparison, Limits, TriggerLeaf, walk
from escalation.policy.load import made
from escalation.policy.metrics import Bands, InputMetric
from escalation.policy.model import Move, Policy, Stage
from escalation.policy.operands import operands
from escalation.policy.source import Route
from escalation.policy.values import Document

SECTIONS = ("parameters", "metrics", "triggers", "stages", "moves")
LISTS = ("stages", "moves")
WORDING = ("title", "note")

Names = Mapping[str, Mapping[str, str]]
"""By section: the new name of each old one."""


def matched(old: Policy, new: Policy) -> tuple[Policy, tuple[Change, ...]]:
    """Give the old policy under the names of the new one, and a change for each element that is called otherwise.

    An element is the same where one side alone has it, the other side alone has just one that is defined in the same
    way, title and note apart, and no second one can be meant. Inputs keep their names: the data are found by them.
    """
    under, found = old, []
    while step := next(_renamed(under, new), None):
        section, names = step
        found += [_change(section, was, now, under, new) for was, now in names.items()]
        under = _called(under, {section: names})
    return under, tuple(sorted(found, key=lambda change: SECTIONS.index(change.section)))


def renamed_inputs(old: Policy, new: Policy) -> Mapping[str, str]:
    """Name the inputs that only the old policy has, and for each the one of the new that is defined in the same way."""
    return _pairs(_inputs(old, new), _inputs(new, old))


def _inputs(policy: Policy, other: Policy) -> dict[str, Hashable]:
    return {name: _definition(one) for name, one in policy.inputs.items() if name not in other.metrics}


def _renamed(old: Policy, new: Policy) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Give the sections in which names can be told to have changed: what rests on others shows after they are found."""
    for section in SECTIONS:
        names = _pairs(_only(section, old, new), _only(section, new, old))
        if names:
            yield section, names


def _only(section: str, policy: Policy, other: Policy) -> dict[str, Hashable]:
    """Give the definitions of what a policy alone has; with a stage goes its place on the ladder."""
    if section == "stages":
        ladder = len(policy.stages)
        return {
            one.name: (ladder, rank, _definition(one, leave_out=("name", "note")))
            for rank, one in enumerate(policy.stages)
            if one.name not in other.ranks
        }
    if section == "moves":
        known = {move.name for move in other.moves}
        return {
            one.name: _definition(one, leave_out=("name", *WORDING)) for one in policy.moves if one.name not in known
        }
    elements, others = getattr(policy, section), getattr(other, section)
    return {
        name: _definition(one)
        for name, one in elements.items()
        if name not in others and not isinstance(one, InputMetric)
    }


def _definition(one: Document, *, leave_out: Iterable[str] = WORDING) -> Hashable:
    return one.model_copy(update=dict.fromkeys(leave_out))


def _pairs(old: Mapping[str, Hashable], new: Mapping[str, Hashable]) -> dict[str, str]:
    """Pair what is defined in the same way, where there is one on each side.

    >>> _pairs({"a": 1, "b": 2, "c": 2}, {"x": 2, "y": 1})
    {'a': 'y'}
    """
    counts = Counter(old.values()), Counter(new.values())
    by_definition = {definition: name for name, definition in new.items()}
    return {name: by_definition[one] for name, one in old.items() if counts[0][one] == counts[1][one] == 1}


def _change(section: str, was: str, now: str, old: Policy, new: Policy) -> Change:
    sides = ((old, was), (new, now))
    before, after = (facet(policy, _route(policy, section, name), name) for policy, name in sides)
    return Change(
        section=section, name=now, aspect="", action=Action.RENAMED, old=before, new=after, has_effect=False
    )  # fmt: skip


def _route(policy: Policy, section: str, name: str) -> Route:
    if section not in LISTS:
        return (section, name)
    entries: tuple[Stage | Move, ...] = policy.stages if section == "stages" else policy.moves
    return (section, next(index for index, one in enumerate(entries) if one.name == name), "name")


def _called(policy: Policy, names: Names) -> Policy:
    """Make a policy again with other names, each value at its place in the file."""
    source = policy.source
    written = {
        route: names[section][name] for route, section, name in _references(policy) if name in names.get(section, {})
    }
    spans = {_moved(route, names): span for route, span in source.spans.items()}
    return made(replace(source, tree=_rewritten(source.tree, (), written, names), spans=spans))


def _rewritten(node: object, route: Route, written: Mapping[Route, str], names: Names) -> object:
    if isinstance(node, dict):
        parts = {key: _rewritten(one, (*route, key), written, names) for key, one in node.items()}
        return {_moved((*route, key), names)[-1]: one for key, one in parts.items()}
    if isinstance(node, list):
        return [_rewritten(one, (*route, index), written, names) for index, one in enumerate(node)]
    return written.get(route, node)


def _moved(route: Route, names: Names) -> Route:
    """Lead to where an element stands under its new name."""
    match route:
        case (str() as section, str() as name, *rest):
            return (section, names.get(section, {}).get(name, name), *rest)
        case _:
            return route


def _references(policy: Policy) -> Iterator[tuple[Route, str, str]]:
    """Give the route, section and name of every place at which an element is named, those of lists themselves too."""
    for name, metric in policy.metrics.items():
        yield from ((("metrics", name, *within), "metrics", operand) for within, operand in operands(metric))
        for index, row in enumerate(metric.bands.rows if isinstance(metric, Bands) else ()):
            yield from _thresholds(row, ("metrics", name, "bands", "rows", index))
    for name, trigger in policy.triggers.items():
        for route, leaf in walk(trigger.when, ("triggers", name, "when")):
            if isinstance(leaf, Comparison):
                yield (*route, "metric"), "metrics", leaf.metric
                yield from _thresholds(leaf, route)
            elif isinstance(leaf, TriggerLeaf):
                yield (*route, "trigger"), "triggers", leaf.trigger
    for index, move in enumerate(policy.moves):
        yield ("moves", index, "name"), "moves", move.name
        yield ("moves", index, "trigger"), "triggers", move.trigger
    yield from ((route, "stages", name) for route, name in _stages(policy))


def _thresholds(limits: Limits, route: Route) -> Iterator[tuple[Route, str, str]]:
    for operator, limit in limits.limits:
        if isinstance(limit, str):
            yield (*route, operator.value), "parameters", limit


def _stages(policy: Policy) -> Iterator[tuple[Route, str]]:
    for index, stage in enumerate(policy.stages):
        yield ("stages", index, "name"), stage.name
    for index, move in enumerate(policy.moves):
        yield ("moves", index, "to"), move.to
        yield ("moves", index, "from"), move.from_[0]  # one name may stand without brackets
        yield from ((("moves", index, "from", at), name) for at, name in enumerate(move.from_))
    for index, lock in enumerate(policy.locks):
        named = (("not_below", lock.not_below), ("not_above", lock.not_above))
        yield from ((("locks", index, key), name) for key, name in named if name is not None)
    for index, one in enumerate(policy.invariants):
        if one.never is not None:
            yield ("invariants", index, "never", "from"), one.never.from_
            yield ("invariants", index, "never", "to"), one.never.to
        elif one.earliest is not None:
            yield ("invariants", index, "earliest", "stage"), one.earliest.stage
