"""What must hold between the parts of a policy: every name leads somewhere, nothing rests on itself or on too much."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.policy.conditions import Comparison, JudgementLeaf, Limits, TriggerLeaf, walk
from escalation.policy.defects import Defect
from escalation.policy.graph import Edges, circles, longest
from escalation.policy.measures import misnamed
from escalation.policy.metrics import Bands, Highest, InputMetric, Lag, Lowest
from escalation.policy.model import ANY, Policy
from escalation.policy.operands import look_back, operands
from escalation.policy.values import ASSUMPTION

if TYPE_CHECKING:
    from escalation.policy.source import Route

DEEPEST = 32
"""Metrics, or triggers, that rest on each other."""
LONGEST_LOOK_BACK = 1040
"""Weeks that a metric may look back through all that it rests on: twenty years."""
MOST_EXITS = 2_000
"""Pairs of a move and a stage that it leads out of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that a file defines, those of parts with mistakes of their own included.

    None: the section is missing or of no use, which has been said; what it should define is not looked for.
    """

    sources: Collection[str] | None
    parameters: Collection[str] | None
    metrics: Collection[str] | None
    judgements: Collection[str] | None
    triggers: Collection[str] | None
    stages: Collection[str] | None


def names_in(tree: object) -> Names:
    """Collect the names that a file's tree defines, whatever else is wrong with it."""
    top: Mapping[str, object] = tree if isinstance(tree, dict) else {}
    sources, metrics, stages = _named(top, "sources", {}), _named(top, "metrics"), top.get("stages")
    return Names(
        sources=None if sources is None else {**sources, ASSUMPTION: None},
        parameters=_named(top, "parameters", {}),
        metrics=metrics,
        judgements=None
        if metrics is None
        else {name: one for name, one in metrics.items() if isinstance(one, dict) and one.get("kind") == "judgement"},
        triggers=_named(top, "triggers"),
        stages=_stage_names(stages) if isinstance(stages, list) else None,
    )


def _named(
    top: Mapping[str, object], section: str, otherwise: dict[str, object] | None = None
) -> dict[str, object] | None:
    entries = top.get(section, otherwise)
    return entries if isinstance(entries, dict) else None


def _stage_names(stages: Sequence[object]) -> dict[str, None]:
    given = (stage.get("name") if isinstance(stage, dict) else stage for stage in stages)
    return {name: None for name in given if isinstance(name, str)}


def defects(policy: Policy, names: Names) -> Iterator[Defect]:
    """Find every name that leads nowhere, every circle, everything given twice, everything beyond the limits."""
    yield from _sources(policy, names)
    yield from _metrics(policy, names)
    yield from _conditions(policy, names)
    yield from _stages(policy, names)
    yield from _moves(policy, names)
    metrics = {name: [of for _, of in operands(metric)] for name, metric in policy.metrics.items()}
    triggers = {
        name: [leaf.trigger for _, leaf in walk(trigger.when, ()) if isinstance(leaf, TriggerLeaf)]
        for name, trigger in policy.triggers.items()
    }
    yield from _chains("metrics", metrics, "computed in a circle")
    yield from _chains("triggers", triggers, "resting on each other in a circle")
    if not any(circles(metrics)):
        yield from _look_back(policy, metrics)


def unknown(kind: str, name: str, route: Route, known: Collection[str] | None) -> Iterator[Defect]:
    """Find a name that is not defined."""
    if known is None or name in known:
        return
    yield Defect(
        rule=f"unknown-{kind}",
        route=route,
        message=f"`{name}` is not a {kind} of this policy",
        word=name,
        known=known,
        help="" if known else f"define it under `{kind}s`" if kind != "judgement" else "add a metric of this kind",
    )


def _sources(policy: Policy, names: Names) -> Iterator[Defect]:
    for route, cited in _citations(policy):
        for index, name in enumerate(cited or ()):
            yield from unknown("source", name, (*route, index), names.sources)
    if ASSUMPTION in policy.sources:
        yield Defect(
            rule="reserved-name",
            route=("sources", ASSUMPTION),
            message="`assumption` marks a number without a source, and cannot name one",
            help="choose another name",
            on_key=True,
        )


def _citations(policy: Policy) -> Iterator[tuple[Route, tuple[str, ...] | None]]:
    yield from ((("parameters", name, "source"), parameter.source) for name, parameter in policy.parameters.items())
    yield from ((("metrics", name, "source"), metric.source) for name, metric in policy.metrics.items())
    yield from ((("triggers", name, "source"), trigger.source) for name, trigger in policy.triggers.items())
    for name, parameter in policy.parameters.items():
        for index, dated in enumerate(parameter.dated or ()):
            yield ("parameters", name, "dated", index, "source"), dated.source
    yield from ((("moves", index, "source"), move.source) for index, move in enumerate(policy.moves))
    yield from ((("locks", index, "source"), lock.source) for index, lock in enumerate(policy.locks))
    yield from ((("stages", index, "parent_norm"), stage.parent_norm) for index, stage in enumerate(policy.stages))
    for index, stage in enumerate(policy.stages):
        for inner, cited in stage.draft.citations() if stage.draft is not None else ():
            yield ("stages", index, "draft", *inner), cited
    if policy.jurisdiction is not None and policy.jurisdiction.founding_law is not None:
        yield ("jurisdiction",), (policy.jurisdiction.founding_law,)


def _metrics(policy: Policy, names: Names) -> Iterator[Defect]:
    rounded = _rounded(policy)
    for name, metric in policy.metrics.items():
        for inner, operand in operands(metric):
            route = ("metrics", name, *inner)
            yield from unknown("metric", operand, route, names.metrics)
            if operand in (names.judgements or ()):
                message = f"`{operand}` is a judgement; nothing can be computed from it"
                yield Defect(rule="judgement-as-number", route=route, message=message, help=_ask(operand))
            if operand in rounded and not isinstance(metric, Highest | Lowest | Lag | Bands):
                message = f"only a rounded figure exists for `{operand}`; this would hide the rounding"
                remedy = "use `highest`, `lowest`, `lag` or `bands`, or the counts behind the figure"
                yield Defect(rule="rounded-operand", route=route, message=message, help=remedy)
        if name in rounded and metric.decimals is not None:
            message = f"only a rounded figure exists for `{name}`; it is not rounded again"
            at = ("metrics", name, "decimals")
            yield Defect(rule="rounded-operand", route=at, message=message, help="delete it", on_key=True)
        if isinstance(metric, Bands):
            for index, row in enumerate(metric.bands.rows):
                yield from _thresholds(row, ("metrics", name, "bands", "rows", index), names)


def _ask(judgement: str) -> str:
    return f"ask for it in a condition: {{judgement: {judgement}, is: yes}}"


def _rounded(policy: Policy) -> set[str]:
    """Name the metrics of which only a rounded figure exists, and all that rest on one."""
    above: dict[str, list[str]] = {}
    for name, metric in policy.metrics.items():
        for _, operand in operands(metric):
            above.setdefault(operand, []).append(name)
    waiting = [name for name, metric in policy.metrics.items() if isinstance(metric, InputMetric) and metric.reported]
    found = set(waiting)
    while waiting:
        reached = [name for name in above.get(waiting.pop(), ()) if name not in found]
        found.update(reached)
        waiting += reached
    return found


def _conditions(policy: Policy, names: Names) -> Iterator[Defect]:
    for name, trigger in policy.triggers.items():
        for route, leaf in walk(trigger.when, ("triggers", name, "when")):
            match leaf:
                case Comparison(metric=metric):
                    yield from unknown("metric", metric, (*route, "metric"), names.metrics)
                    yield from _thresholds(leaf, route, names)
                    if metric in (names.judgements or ()):
                        message = f"`{metric}` is a judgement and has no size"
                        help_ = _ask(metric)
                        yield Defect(rule="judgement-as-number", route=(*route, "metric"), message=message, help=help_)
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
            route = ("stages", index, "name")
            message = "`any` stands for any stage, and cannot name one"
            yield Defect(rule="reserved-name", route=route, message=message, help="choose another name")
        if stage.draft is not None:
            yield from misnamed(stage.draft, ("stages", index, "draft"))
    for index, lock in enumerate(policy.locks):
        for key, name in (("not_below", lock.not_below), ("not_above", lock.not_above)):
            if name is not None:
                yield from unknown("stage", name, ("locks", index, key), names.stages)
    for index, invariant in enumerate(policy.invariants):
        if invariant.never:
            yield from unknown("stage", invariant.never.from_, ("invariants", index, "never", "from"), names.stages)
            yield from unknown("stage", invariant.never.to, ("invariants", index, "never", "to"), names.stages)
        if invariant.earliest:
            at = ("invariants", index, "earliest", "stage")
            yield from unknown("stage", invariant.earliest.stage, at, names.stages)


def _moves(policy: Policy, names: Names) -> Iterator[Defect]:
    yield from _twice("move", "moves", [move.name for move in policy.moves])
    exits = 0
    for index, move in enumerate(policy.moves):
        route = ("moves", index)
        yield from unknown("stage", move.to, (*route, "to"), names.stages)
        yield from unknown("trigger", move.trigger, (*route, "trigger"), names.triggers)
        for at, judgement in enumerate(move.requires or ()):
            yield from unknown("judgement", judgement, (*route, "requires", at), names.judgements)
        if move.from_ == (ANY,):
            exits += len(policy.stages) - 1
            continue
        exits += len(move.from_)
        for at, origin in enumerate(move.from_):
            yield from _origin(policy, names, index, at, origin)
    if exits > MOST_EXITS:
        message = f"the moves lead out of stages in {exits:,} ways; {MOST_EXITS:,} is the most"
        yield Defect(rule="too-many-moves", route=("moves",), message=message, on_key=True)


def _origin(policy: Policy, names: Names, index: int, at: int, origin: str) -> Iterator[Defect]:
    move, route = policy.moves[index], ("moves", index, "from", at)
    if origin == ANY:
        message = "`any` stands alone: it means every other stage"
        yield Defect(rule="stage-named-twice", route=route, message=message, help="write `from: any`")
        return
    yield from unknown("stage", origin, route, names.stages)
    if origin == move.to:
        message = f"the move `{move.name}` leads from `{origin}` to itself"
        yield Defect(rule="move-to-itself", route=("moves", index, "to"), message=message)
    if origin in move.from_[:at]:
        yield Defect(rule="stage-named-twice", route=route, message=f"`{origin}` is named twice", help="delete it")


def _twice(kind: str, section: str, given: Sequence[str]) -> Iterator[Defect]:
    first: dict[str, int] = {}
    for index, name in enumerate(given):
        if name in first:
            yield Defect(
                rule=f"duplicate-{kind}",
                route=(section, index, "name"),
                message=f"the {kind} `{name}` is given twice",
                help="choose another name",
                related=(((section, first[name], "name"), "it stands here first"),),
            )
        first.setdefault(name, index)


def _chains(section: str, edges: Edges, how: str) -> Iterator[Defect]:
    found = list(circles(edges))
    for circle in found:
        way = " -> ".join(f"`{name}`" for name in _shortened(circle))
        yield Defect(rule=f"cyclic-{section}", route=(section, circle[0]), message=f"{how}: {way}", on_key=True)
    depths = {} if found else longest(edges, dict.fromkeys(edges, 1))
    for name, depth in depths.items():
        if depth > DEEPEST and not any(depths.get(below, 0) > DEEPEST for below in edges[name]):
            message = f"`{name}` rests on {depth - 1} {section} below each other; {DEEPEST - 1} is the most"
            yield Defect(rule="too-deep", route=(section, name), message=message, on_key=True)


def _shortened(circle: list[str]) -> list[str]:
    return circle if len(circle) <= DEEPEST else [*circle[: DEEPEST // 2], "...", circle[-1]]


def _look_back(policy: Policy, edges: Edges) -> Iterator[Defect]:
    weeks = longest(edges, {name: look_back(metric) for name, metric in policy.metrics.items()})
    for name, total in weeks.items():
        if total > LONGEST_LOOK_BACK and not any(weeks.get(below, 0) > LONGEST_LOOK_BACK for below in edges[name]):
            message = f"`{name}` looks {total:,} weeks back; {LONGEST_LOOK_BACK:,} is the most"
            yield Defect(rule="too-far-back", route=("metrics", name), message=message, on_key=True)
