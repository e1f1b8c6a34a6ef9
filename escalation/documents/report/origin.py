"""What one of several scenarios rests on: its policy and data where they are others, its title, what it supposes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from escalation.documents.report.model import SHORT
from escalation.policy.model import Policy
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import YES_NO, exactly, metric_title, phrase

WORDS = {
    "apart": ("policy {policy}; data {data}", "kebijakan {policy}; data {data}"),
    "assumed": (
        "`{name}` is {value} in every week to come (assumption)",
        "`{name}` {value} di setiap minggu mendatang (asumsi)",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The digests of the policy and the data of a scenario, its title and note, and what people are supposed to do.

    `methods` say by metric where its figures to come are from, and how well such forecasts have held.
    """

    policy: str
    data: str
    title: BothLanguages | None = None
    note: BothLanguages | None = None
    supposed: tuple[BothLanguages, ...] = ()
    methods: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def apart(origin: Origin, baseline: Origin, language: Language) -> Iterator[str]:
    """Give the digests of a scenario where they are not those of the baseline."""
    if (origin.policy, origin.data) != (baseline.policy, baseline.data):
        yield phrase(WORDS, "apart", language, policy=origin.policy[:SHORT], data=origin.data[:SHORT])


def own_methods(origin: Origin, baseline: Origin) -> dict[str, tuple[str, str]]:
    """Give the methods that are not those of the baseline, by metric."""
    return {metric: how for metric, how in origin.methods.items() if baseline.methods.get(metric) != how}


def methods_told(policy: Policy, methods: Mapping[str, tuple[str, str]], language: Language) -> Iterator[str]:
    """Say where the figures of each metric are from, of those that are alike in one sentence."""
    alike: dict[tuple[str, str], list[str]] = {}
    for metric, method in methods.items():
        alike.setdefault(method, []).append(metric_title(policy, metric, language))
    for (basis, held), metrics in alike.items():
        yield f"{', '.join(metrics)}: {basis}; {held}"


def each_method_told(methods: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Say where the figures of each metric, by its name in the policy, are from."""
    for metric, (basis, held) in methods.items():
        yield f"`{metric}`: {basis}; {held}"


def assumed_told(assumed: Mapping[str, float], language: Language) -> Iterator[str]:
    """Say which judgements are assumed in every week to come, by name; 1 for yes."""
    for name, value in assumed.items():
        yield phrase(WORDS, "assumed", language, name=name, value=exactly(value, YES_NO, language))
