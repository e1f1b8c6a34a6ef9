"""What two policies share, so that they can be compared: the metrics their conditions rest on, and the stages."""

from __future__ import annotations

from escalation.checks.exact.cells import bases
from escalation.policy.conditions import Comparison, walk
from escalation.policy.model import Policy
from escalation.policy.operands import operands


def strangers(old: Policy, new: Policy) -> str:
    """Say what keeps two policies from being compared on the same inputs; the empty text where nothing does."""
    if old.calendar is not new.calendar:
        return "they count weeks by different calendars"
    stages = [[name for name in one.ranks if name in other.ranks] for one, other in ((old, new), (new, old))]
    if not stages[0]:
        return "they have no stage in common"
    if stages[0] != stages[1]:
        return "the stages that both have come in another order"
    one_sided = [sorted(resting(one) - other.metrics.keys()) for one, other in ((old, new), (new, old))]
    if all(one_sided):
        named = ", ".join(f"`{name}`" for names in one_sided for name in names)
        return f"each rests on figures that the other does not know: {named}"
    shared = resting(old) & resting(new)
    changed = sorted(name for name in shared if _definition(old, name) != _definition(new, name))
    if changed:
        return f"{', '.join(f'`{name}`' for name in changed)} {'are' if len(changed) > 1 else 'is'} defined otherwise"
    return ""


def resting(policy: Policy) -> set[str]:
    """Name the axes of the conditions, and all that they are computed from."""
    found = set(policy.judgements)
    waiting = [
        base
        for trigger in policy.triggers.values()
        for _, leaf in walk(trigger.when, ())
        if isinstance(leaf, Comparison)
        for base in bases(policy, leaf.metric)
    ]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [operand for _, operand in operands(policy.metrics[name])]
    return found


def _definition(policy: Policy, name: str) -> object:
    return policy.metrics[name].model_dump(exclude={"title", "note", "source"})


def with_metrics_of(policy: Policy, other: Policy) -> Policy:
    """Give a policy that knows the metrics of another one, too, so that both can be asked about the same figures."""
    added = resting(other) - resting(policy)
    if not added:
        return policy
    metrics = policy.metrics | {name: metric for name, metric in other.metrics.items() if name in added}
    fields = {name: getattr(policy, name) for name in type(policy).model_fields}
    known = type(policy).model_construct(**fields | {"metrics": metrics})
    known._source = policy.source  # noqa: SLF001 - the same file, with more metrics
    return known


def steps_up(policies: tuple[Policy, Policy], one: str, other: str) -> int:
    """Say whether a stage is stricter (1) or milder (-1) than another one; 0 where their ladders do not tell.

    A stage that only one of the policies has is placed by the stages that both have.
    """
    signs: set[int] = set()
    old, new = policies[0].ranks, policies[1].ranks
    signs.update(
        (ranks[other] > ranks[one]) - (ranks[other] < ranks[one])
        for ranks in (old, new)
        if {one, other} <= ranks.keys()
    )
    for low, high in ((old, new), (new, old)):
        for both in low.keys() & high.keys():
            if one in low and other in high and low[one] <= low[both] and high[both] <= high[other]:
                signs.add(1)
            if other in low and one in high and low[other] <= low[both] and high[both] <= high[one]:
                signs.add(-1)
    return signs.pop() if len(signs) == 1 else 0
