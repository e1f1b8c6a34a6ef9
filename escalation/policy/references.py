"""What must hold between the parts of a policy for it to have a meaning: every name leads somewhere, nothing in circles."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from escalation.policy.conditions import Comparison, JudgementLeaf, Limits, TriggerLeaf, walk
from escalation.policy.metrics import Bands, Highest, InputMetric, Kind, Lag, Lowest, operands
from escalation.policy.model import ANY, Policy
from escalation.policy.source import Route
from escalation.policy.values import ASSUMPTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something wrong at a place of the file; `other` is the route of the other half of a conflict."""

    rule: str
    route: Route
    message: str
    help: str = ""
    on_key: bool = False
    other: Route | None = None
    other_message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that a file defines, those of parts with mistakes of their own included."""

    sources: Collection[str]
    parameters: Collection[str]
    metrics: Collection[str]
    judgements: Collection[str]
    triggers: Collection[str]
    stages: Collection[str]


def names_in(tree: object) -> Names:
    """Collect the names that a file's tree defines, whatever else is wrong with it."""
    top: Mapping[str, object] = tree if isinstance(tree, dict) else {}

    def keys(section: str) -> Mapping[str, object]:
        entries = top.get(section)
        return entries if isinstance(entries, dict) else {}

    metrics = keys("metrics")
    stages = top.get("stages")
    return Names(
        sources=(*keys("sources"), ASSUMPTION),
        parameters=tuple(keys("parameters")),
        metrics=tuple(metrics),
        judgements=tuple(
            name for name, metric in metrics.items() if isinstance(metric, dict) and metric.get("kind") == "judgement"
        ),
        triggers=tuple(keys("triggers")),
        stages=tuple(
            str(stage["name"])
            for stage in (stages if isinstance(stages, list | tuple) else ())
            if isinstance(stage, dict) and "name" in stage
        ),
    )


def defects(policy: Policy, names: Names) -> Iterator[Defect]:
    """Find every name that leads nowhere, every circle and everything given twice."""
    yield from _sources(policy, names)
    yield from _metrics(policy, names)
    yield from _conditions(policy, names)
    yield from _stages(policy, names)
    yield from _moves(policy, names)
    metric_operands = {name: [of for _, of in operands(metric)] for name, metric in policy.metrics.items()}
    yield from _circles("cyclic-metrics", "metrics", metric_operands)
    trigger_leaves = {
        name: [leaf.trigger for _, leaf in walk(trigger.when, ()) if isinstance(leaf, TriggerLeaf)]
        for name, trigger in policy.triggers.items()
    }
    yield from _circles("cyclic-triggers", "triggers", trigger_leaves)


def unknown(kind: str, name: str, route: Route, known: Collection[str]) -> Iterator[Defect]:
    """Find a name that is not defined."""
    if name in known:
        return
    close = difflib.get_close_matches(name, known, n=1)
    remedy = f"did you mean `{close[0]}`?" if close else ("known: " + ", ".join(known) if known else "none is defined")
    yield Defect(rule=f"unknown-{kind}", route=route, message=f"`{name}` is not a {kind} of this policy", help=remedy)


def _sources(policy: Policy, names: Names) -> Iterator[Defect]:
    for route, cited in _citations(policy):
        for name in cited or ():
            yield from unknown("source", name, (*route, "source"), names.sources)
    if ASSUMPTION in policy.sources:
        yield Defect(
            rule="reserved-name",
            route=("sources", ASSUMPTION),
            message="`assumption` is what a number without a source is marked with, and cannot name a source",
            on_key=True,
        )


def _citations(policy: Policy) -> Iterator[tuple[Route, tuple[str, ...] | None]]:
    for section, named in (("parameters", policy.parameters), ("metrics", policy.metrics), ("triggers", policy.triggers)):
        for name, part in named.items():
            yield (section, name), part.source
    for name, parameter in policy.parameters.items():
        yield from ((("parameters", name, "dated", i), dated.source) for i, dated in enumerate(parameter.dated or ()))
    yield from ((("moves", index), move.source) for index, move in enumerate(policy.moves))
    yield from ((("locks", index), lock.source) for index, lock in enumerate(policy.locks))


def _metrics(policy: Policy, names: Names) -> Iterator[Defect]:
    for name, metric in policy.metrics.items():
        for inner, operand in operands(metric):
            route = ("metrics", name, *inner)
            yield from unknown("metric", operand, route, names.metrics)
            if operand in names.judgements:
                message = f"`{operand}` is a judgement; nothing can be computed from it"
                yield Defect(rule="judgement-as-number", route=route, message=message)
            if _is_rounded(policy, operand, ()) and not isinstance(metric, Highest | Lowest | Lag | Bands):
                message = f"only a rounded figure exists for `{operand}`; this would hide the rounding"
                remedy = "use highest, lowest, lag or bands, or the counts behind the figure"
                yield Defect(rule="rounded-operand", route=route, message=message, help=remedy)
        if isinstance(metric, InputMetric) and metric.reported and metric.decimals is not None:
            message = "a figure that is reported rounded is not rounded again"
            yield Defect(rule="rounded-operand", route=("metrics", name, "decimals"), message=message)
        if isinstance(metric, Bands):
            for index, row in enumerate(metric.bands.rows):
                yield from _thresholds(row, ("metrics", name, "bands", "rows", index), names)


def _is_rounded(policy: Policy, name: str, path: tuple[str, ...]) -> bool:
    metric = policy.metrics.get(name)
    if metric is None or name in path:
        return False
    if isinstance(metric, InputMetric):
        return metric.reported is not None
    if isinstance(metric, Bands):
        return False
    return any(_is_rounded(policy, of, (*path, name)) for _, of in operands(metric))


def _conditions(policy: Policy, names: Names) -> Iterator[Defect]:
    for name, trigger in policy.triggers.items():
        for route, leaf in walk(trigger.when, ("triggers", name, "when")):
            match leaf:
                case Comparison(metric=metric):
                    yield from unknown("metric", metric, (*route, "metric"), names.metrics)
                    yield from _thresholds(leaf, route, names)
                    if metric in names.judgements:
                        message = f"`{metric}` is a judgement and has no size"
                        remedy = f"write {{judgement: {metric}, is: yes}}"
                        yield Defect(
                            rule="judgement-as-number", route=(*route, "metric"), message=message, help=remedy
                        )
                case TriggerLeaf(trigger=other):
                    yield from unknown("trigger", other, (*route, "trigger"), names.triggers)
                case JudgementLeaf(judgement=judgement):
                    yield from unknown("judgement", judgement, (*route, "judgement"), names.judgements)
                case _:
                    pass


def _thresholds(limits: Limits, route: Route, names: Names) -> Iterator[Defect]:
    for operator, threshold in limits.limits:
        if isinstance(threshold, str):
            yield from unknown("parameter", threshold, (*route, operator.value), names.parameters)


def _stages(policy: Policy, names: Names) -> Iterator[Defect]:
    yield from _twice("stage", "stages", [stage.name for stage in policy.stages])
    for index, stage in enumerate(policy.stages):
        if stage.name == ANY:
            yield Defect(rule="reserved-name", route=("stages", index, "name"), message="`any` stands for any stage")
    for index, lock in enumerate(policy.locks):
        for key in ("not_below", "not_above"):
            if (name := getattr(lock, key)) is not None:
                yield from unknown("stage", name, ("locks", index, key), names.stages)
    for index, invariant in enumerate(policy.invariants):
        if invariant.never:
            yield from unknown("stage", invariant.never.from_, ("invariants", index, "never", "from"), names.stages)
            yield from unknown("stage", invariant.never.to, ("invariants", index, "never", "to"), names.stages)
        if invariant.earliest:
            route = ("invariants", index, "earliest", "stage")
            yield from unknown("stage", invariant.earliest.stage, route, names.stages)


def _moves(policy: Policy, names: Names) -> Iterator[Defect]:
    yield from _twice("move", "moves", [move.name for move in policy.moves])
    for index, move in enumerate(policy.moves):
        route = ("moves", index)
        yield from unknown("stage", move.to, (*route, "to"), names.stages)
        yield from unknown("trigger", move.trigger, (*route, "trigger"), names.triggers)
        for judgement in move.requires or ():
            yield from unknown("judgement", judgement, (*route, "requires"), names.judgements)
        if move.from_ != (ANY,):
            for origin in move.from_:
                yield from unknown("stage", origin, (*route, "from"), names.stages)
            if move.to in move.from_:
                message = f"the move `{move.name}` leads from `{move.to}` to itself"
                yield Defect(rule="move-to-itself", route=(*route, "to"), message=message)
            if len(set(move.from_)) < len(move.from_):
                yield Defect(rule="stage-named-twice", route=(*route, "from"), message="a stage is named twice")


def _twice(kind: str, section: str, given: list[str]) -> Iterator[Defect]:
    for index, name in enumerate(given):
        first = given.index(name)
        if first < index:
            yield Defect(
                rule=f"duplicate-{kind}",
                route=(section, index, "name"),
                message=f"the {kind} `{name}` is given twice",
                other=(section, first, "name"),
                other_message="it stands here first",
            )


def _circles(rule: str, section: str, edges: Mapping[str, Iterable[str]]) -> Iterator[Defect]:
    said: set[str] = set()
    for start in edges:
        path = _circle_from(start, edges)
        if path and not said.intersection(path):
            said.update(path)
            message = "computed in a circle: " if section == "metrics" else "rest on each other in a circle: "
            yield Defect(
                rule=rule, route=(section, start), message=message + " -> ".join(f"`{n}`" for n in path), on_key=True
            )


def _circle_from(start: str, edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Find a way from a name back to itself, without recursion: a chain may be as long as the file."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        for following in edges.get(name, ()):
            if following == start:
                path = [start, name]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1] if path[-1] == start else path
            if following not in came_from:
                came_from[following] = name
                waiting.append(following)
    return []
