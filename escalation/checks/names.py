"""Rules on names: what is defined, and used by nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.checks.registry import Finding, rule
from escalation.diagnostics import Severity
from escalation.policy.conditions import Comparison, JudgementLeaf, Limits, TriggerLeaf, walk
from escalation.policy.metrics import Bands, Kind
from escalation.policy.operands import operands
from escalation.policy.values import ASSUMPTION

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route

DELETE = "delete it, or use it"


@rule("unused-parameter", severity=Severity.WARNING, help=DELETE, on_key=True)
def unused_parameter(policy: Policy) -> Iterator[Finding]:
    """A parameter is compared with nothing.

    Whoever changes it believes to change the policy. Often a threshold was written as a number where the parameter was
    meant.

    Bad:

        parameters:
          target: {unit: percent, value: 70, source: assumption}
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: 70}, missing: unknown}

    Good:

        parameters:
          target: {unit: percent, value: 70, source: assumption}
        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: target}, missing: unknown}
    """
    used = {limit for limits in _all_limits(policy) for _, limit in limits.limits if isinstance(limit, str)}
    for name in policy.parameters:
        if name not in used:
            yield ("parameters", name), f"nothing is compared with `{name}`"


@rule("unused-metric", severity=Severity.WARNING, help=DELETE, on_key=True)
def unused_metric(policy: Policy) -> Iterator[Finding]:
    """A metric stands in no condition, and nothing is computed from it.

    Its figures are collected for no rule. A metric that is shown only, beside those that decide, may say so in a
    suppression.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
          storage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: 70}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          done: {when: {metric: coverage, at_least: 70}, missing: unknown}
    """
    used = {operand for metric in policy.metrics.values() for _, operand in operands(metric)}
    used |= {leaf.metric for leaf in _leaves(policy) if isinstance(leaf, Comparison)}
    for name in policy.metrics:
        if name not in used and name not in policy.judgements and not _is_group(policy, name):
            yield ("metrics", name), f"`{name}` stands in no condition, and nothing is computed from it"


@rule("unused-judgement", severity=Severity.WARNING, help=DELETE, on_key=True)
def unused_judgement(policy: Policy) -> Iterator[Finding]:
    """A judgement is asked for by no move and no condition.

    A role is asked to judge, and whatever it says changes nothing: a guard was probably forgotten.

    Bad:

        metrics:
          sites_ready: {kind: judgement, by: health-office}

    Good:

        metrics:
          sites_ready: {kind: judgement, by: health-office}
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low, requires: [sites_ready]}
    """
    used = {name for move in policy.moves for name in move.requires or ()}
    used |= {leaf.judgement for leaf in _leaves(policy) if isinstance(leaf, JudgementLeaf)}
    for name in policy.judgements:
        if name not in used:
            yield ("metrics", name), f"no move and no condition asks for the judgement `{name}`"


@rule("unused-trigger", severity=Severity.WARNING, help=DELETE, on_key=True)
def unused_trigger(policy: Policy) -> Iterator[Finding]:
    """A trigger starts no move, and no other trigger rests on it.

    Met or not, nothing follows from it. Often the move that it was written for names another one.

    Bad:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}

    Good:

        metrics:
          coverage: {unit: percent, kind: level}
        triggers:
          low: {when: {metric: coverage, below: 70}, missing: unknown}
        moves:
          - {name: up, from: mild, to: strict, trigger: low}
    """
    used = {move.trigger for move in policy.moves}
    used |= {leaf.trigger for leaf in _leaves(policy) if isinstance(leaf, TriggerLeaf)}
    for name in policy.triggers:
        if name not in used:
            yield ("triggers", name), f"no move starts from `{name}`, and no trigger rests on it"


@rule("uncited-source", severity=Severity.INFO, help="cite it where it belongs, or delete it", on_key=True)
def uncited_source(policy: Policy) -> Iterator[Finding]:
    """A source is cited nowhere.

    Readers look for what comes from it. It may be that a number lost its source when the file was edited.

    Bad:

        sources:
          plan: {title: Drought plan}

    Good:

        sources:
          plan: {title: Drought plan}
        parameters:
          target: {unit: percent, value: 70, source: plan}
    """
    cited = {name for _, names in citations(policy) for name in names}
    for name in policy.sources:
        if name not in cited:
            yield ("sources", name), f"`{name}` is cited nowhere"


def citations(policy: Policy) -> Iterator[tuple[Route, tuple[str, ...]]]:
    """Give what every part of a policy cites as its source, each with the route of the part."""
    for name, parameter in policy.parameters.items():
        yield ("parameters", name), parameter.source or ()
        for index, dated in enumerate(parameter.dated or ()):
            yield ("parameters", name, "dated", index), dated.source or ()
    yield from ((("metrics", name), metric.source or ()) for name, metric in policy.metrics.items())
    yield from ((("triggers", name), trigger.source or ()) for name, trigger in policy.triggers.items())
    yield from ((("moves", index), move.source or ()) for index, move in enumerate(policy.moves))
    yield from ((("locks", index), lock.source or ()) for index, lock in enumerate(policy.locks))
    yield from ((("stages", index), stage.parent_norm or ()) for index, stage in enumerate(policy.stages))
    for index, draft in ((index, stage.draft) for index, stage in enumerate(policy.stages) if stage.draft is not None):
        yield from ((("stages", index, "draft", *inner), cited) for inner, cited in draft.citations())
        yield ("stages", index, "draft", "legal_basis"), draft.legal_basis or ()
    if policy.jurisdiction is not None and policy.jurisdiction.founding_law is not None:
        yield ("jurisdiction",), (policy.jurisdiction.founding_law,)


def documents(policy: Policy, cited: tuple[str, ...] | None) -> tuple[str, ...]:
    """Name the documents among what is cited, `assumption` left out."""
    return tuple(name for name in cited or () if name != ASSUMPTION and name in policy.sources)


def _is_group(policy: Policy, name: str) -> bool:
    """Say whether a metric is the attribute by which others are grouped."""
    inputs = policy.inputs
    return name in inputs and inputs[name].kind is Kind.ATTRIBUTE and any(one.group == name for one in inputs.values())


def _leaves(policy: Policy) -> Iterator[object]:
    for trigger in policy.triggers.values():
        yield from (part for _, part in walk(trigger.when, ()))


def _all_limits(policy: Policy) -> Iterator[Limits]:
    yield from (leaf for leaf in _leaves(policy) if isinstance(leaf, Comparison))
    for metric in policy.metrics.values():
        if isinstance(metric, Bands):
            yield from metric.bands.rows
