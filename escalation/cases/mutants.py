"""Mutants: policies that differ from one in a single small thing, which its cases should notice."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from escalation.cases.goals import neighbours, thresholds
from escalation.errors import Refused
from escalation.evaluation.ladder import Ladder
from escalation.policy.conditions import AllOf, AnyOf, Comparison, Count, walk
from escalation.policy.load import made
from escalation.policy.metrics import Highest, Lowest
from escalation.policy.model import Policy
from escalation.policy.numerals import plain
from escalation.policy.source import Route
from escalation.policy.values import Language

Change = Callable[[dict[str, object]], None]
SWAPPED = {"below": "at_most", "at_most": "below", "above": "at_least", "at_least": "above"}
GAPS = ("unknown", "hold", "break")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A changed policy: what was changed, said in the words of the file, and where."""

    route: Route
    change: str
    in_indonesian: str
    policy: Policy

    def said(self, language: Language) -> str:
        """Say in a language what was changed."""
        return self.in_indonesian if language is Language.INDONESIAN else self.change


def mutants(ladder: Ladder) -> Iterator[Mutant]:
    """Give every mutant of a policy that can be read, in the order of the kinds of change."""
    policy = ladder.policy
    kinds = (_thresholds, _lengths, _guards, _parts, _gaps, _entries)
    changes = [change for kind in kinds for change in kind(policy)] + [*_orders(ladder)]
    for route, (said, in_indonesian), change in changes:
        tree = copy.deepcopy(policy.source.tree)
        change(cast("dict[str, object]", tree))
        digest = hashlib.sha256(f"{policy.digest}\n{route}\n{said}".encode()).hexdigest()
        try:
            changed = made(replace(policy.source, tree=tree, digest=digest))
        except Refused:
            continue
        yield Mutant(route=route, change=said, in_indonesian=in_indonesian, policy=changed)


_Said = tuple[str, str]
_Told = Iterator[tuple[Route, _Said, Change]]


def _becomes(before: str, after: str) -> _Said:
    return f"{before} becomes {after}", f"{before} menjadi {after}"


def _is_dropped(what: str, in_indonesian: str = "") -> _Said:
    return f"{what} is dropped", f"{in_indonesian or what} dihapus"


def _thresholds(policy: Policy) -> _Told:
    """Move each threshold by its smallest step both ways, and let it hold, or not, for what lies on it."""
    for one in thresholds(policy):
        operator = one.operator.value
        value: float | str | None = one.threshold
        if isinstance(value, str):
            value = policy.parameters[value].value
        if value is not None:
            for moved in neighbours(policy, one.metric, value):
                if moved is not None:
                    said = _becomes(f"`{operator}: {plain(value)}`", plain(moved))
                    yield one.route, said, _setting(one.route, moved)
        if operator in SWAPPED:
            said = _becomes(f"`{operator}`", f"`{SWAPPED[operator]}`")
            yield one.route, said, _renaming(one.route, SWAPPED[operator])
    yield from _dated(policy)


def _dated(policy: Policy) -> _Told:
    """Move the values of dated parameters, wherever they are compared."""
    compared = {one.threshold: one.metric for one in thresholds(policy) if isinstance(one.threshold, str)}
    for name, metric in compared.items():
        for index, dated in enumerate(policy.parameters[str(name)].dated or ()):
            route = ("parameters", str(name), "dated", index, "value")
            for moved in neighbours(policy, metric, dated.value):
                if moved is not None:
                    yield route, _becomes(f"`value: {plain(dated.value)}`", plain(moved)), _setting(route, moved)


def _lengths(policy: Policy) -> _Told:
    """Make every `for` and `after` a week longer and shorter."""
    lengths: list[tuple[Route, int, int]] = [
        (("triggers", name, "for"), trigger.for_, 1) for name, trigger in policy.triggers.items()
    ]
    lengths += [(("moves", index, "after"), move.after, 0) for index, move in enumerate(policy.moves)]
    for route, weeks, least in lengths:
        for other in (weeks - 1, weeks + 1):
            if other >= least:
                said = _becomes(f"`{route[-1]}: {_weeks(weeks)}`", _weeks(other))
                yield route, said, _setting(route, _weeks(other))


def _weeks(count: int) -> str:
    return f"{count} week{'' if count == 1 else 's'}"


def _guards(policy: Policy) -> _Told:
    """Drop each guard of each move, and each lock."""
    for index, move in enumerate(policy.moves):
        for key in ("valid", "after"):
            if getattr(move, key):
                said = _is_dropped(f"`{key}` of `{move.name}`", f"`{key}` dari `{move.name}`")
                yield ("moves", index, key), said, _dropping(("moves", index, key))
        for name in move.requires or ():
            left = [one for one in move.requires or () if one != name]
            route: Route = ("moves", index, "requires")
            change = _setting(route, left) if left else _dropping(route)
            said = (
                f"`{name}` is no longer required by `{move.name}`",
                f"`{name}` tidak lagi disyaratkan oleh `{move.name}`",
            )
            yield route, said, change
    for index in range(len(policy.locks)):
        yield ("locks", index), _is_dropped("the lock", "kunci ini"), _dropping(("locks", index))


def _parts(policy: Policy) -> _Told:
    """Drop each part of the conditions that have several."""
    for name, trigger in policy.triggers.items():
        for route, part in walk(trigger.when, ("triggers", name, "when")):
            match part:
                case AllOf(parts=parts):
                    keys: Route = (*route, "all")
                case AnyOf(parts=parts):
                    keys = (*route, "any")
                case Count(count=quorum):
                    parts, keys = quorum.parts, (*route, "count", "of")
                case _:
                    continue
            said = _is_dropped("this part of the condition", "bagian syarat ini")
            if len(parts) > 1:
                for index in range(len(parts)):
                    yield (*keys, index), said, _dropping((*keys, index))


def _gaps(policy: Policy) -> _Told:
    """Let weeks and figures that are missing do something else."""
    for name, trigger in policy.triggers.items():
        for other in GAPS:
            if other != trigger.missing:
                route: Route = ("triggers", name, "missing")
                yield route, _becomes(f"`missing: {trigger.missing}`", f"`{other}`"), _setting(route, other)
        for part_route, part in walk(trigger.when, ("triggers", name, "when")):
            if isinstance(part, Comparison) and part.missing is not None:
                route, other = (*part_route, "missing"), "unmet" if part.missing == "met" else "met"
                yield route, _becomes(f"`missing: {part.missing}`", f"`{other}`"), _setting(route, other)
                yield route, _is_dropped(f"`missing: {part.missing}`"), _dropping(route)
    for name, metric in policy.metrics.items():
        if isinstance(metric, Highest | Lowest):
            key = "highest" if isinstance(metric, Highest) else "lowest"
            several = metric.highest if isinstance(metric, Highest) else metric.lowest
            other = "unknown" if several.missing == "ignore" else "ignore"
            route = ("metrics", name, key, "missing")
            yield route, _becomes(f"`missing: {several.missing}`", f"`{other}`"), _setting(route, other)


def _entries(policy: Policy) -> _Told:
    """Count streaks since entry where they are counted from the first week, and the other way round."""
    for name, trigger in policy.triggers.items():
        route: Route = ("triggers", name, "since")
        if trigger.since is None:
            said = "`since: entry` is added", "`since: entry` ditambahkan"
            yield ("triggers", name), said, _setting(route, "entry")
        else:
            yield route, _is_dropped("`since: entry`"), _dropping(route)


def _orders(ladder: Ladder) -> _Told:
    """Let two moves that follow each other out of a stage change places; the order of others means nothing."""
    places = {move.name: index for index, move in enumerate(ladder.policy.moves)}
    pairs = {
        (places[one.move.name], places[other.move.name]): (one.move.name, other.move.name)
        for exits in ladder.exits.values()
        for one, other in pairwise(exits)
    }
    for (first, second), (name, other) in pairs.items():
        said = f"`{other}` comes before `{name}`", f"`{other}` mendahului `{name}`"
        yield ("moves", second), said, _swapping(first, second)


def _holder(tree: dict[str, object], route: Route) -> dict[str, object] | list[object]:
    """Find the list or mapping that holds what a route leads to."""
    node: object = tree
    for key in route[:-1]:
        node = node[key] if isinstance(node, dict | list) else None  # type: ignore[index]
    return cast("dict[str, object] | list[object]", node)


def _setting(route: Route, value: object) -> Change:
    def change(tree: dict[str, object]) -> None:
        holder = _holder(tree, route)
        holder[route[-1]] = value  # type: ignore[index]

    return change


def _dropping(route: Route) -> Change:
    def change(tree: dict[str, object]) -> None:
        holder = _holder(tree, route)
        del holder[route[-1]]  # type: ignore[arg-type]

    return change


def _renaming(route: Route, key: str) -> Change:
    def change(tree: dict[str, object]) -> None:
        holder = cast("dict[str, object]", _holder(tree, route))
        holder[key] = holder.pop(str(route[-1]))

    return change


def _swapping(first: int, second: int) -> Change:
    def change(tree: dict[str, object]) -> None:
        moves = cast("list[object]", tree["moves"])
        moves[first], moves[second] = moves[second], moves[first]

    return change
