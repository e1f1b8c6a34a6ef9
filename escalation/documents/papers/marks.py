"""What every paper carries: that it is a machine's draft for consideration, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escalation import __version__
from escalation.documents.papers.phrases import HEADINGS, MADE_WITH
from escalation.evaluation.faults import illustrates
from escalation.evaluation.records import Explanation
from escalation.observations import Observations
from escalation.policy.model import Policy
from escalation.policy.values import Language

SHORT = 12
"""Digits of a digest in the foot of a page; the end of the paper has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The word for a draft, the sentence that a machine made it, and its origin: in short, and line by line.

    Where a figure is made up, the sentence says it first.
    """

    draft: str
    machine: str
    origin: str
    short: str
    trace: tuple[str, ...]


def marks(
    policy: Policy,
    observations: Observations,
    explanations: Iterable[Explanation],
    language: Language,
    *,
    made_with: tuple[tuple[str, str], ...] = (),
) -> Marks:
    """Mark a paper on evaluations; `made_with` names what it rests on besides the policy and the data (MADE_WITH)."""
    index = 1 if language is Language.INDONESIAN else 0
    told = tuple(explanations)
    made_from = (*_trace(policy, observations, told), *made_with)
    engine = f"escalation {__version__}"
    weeks = ", ".join(dict.fromkeys(one.week for one in told))
    is_made_up = any(illustrates(observations, one) for one in told)
    illustration = f"{HEADINGS['illustration'][index]} " if is_made_up else ""
    digests = f"{policy.name}, sha256 {policy.digest[:SHORT]}; data sha256 {observations.digest[:SHORT]}"
    return Marks(
        draft=HEADINGS["draft"][index],
        machine=illustration + HEADINGS["machine"][index],
        origin=HEADINGS["trace"][index],
        short="; ".join(one for one in (digests, weeks, engine) if one),
        trace=(*(f"{MADE_WITH[key][index]} {text}" for key, text in made_from), engine),
    )


def _trace(
    policy: Policy, observations: Observations, explanations: tuple[Explanation, ...]
) -> Iterator[tuple[str, str]]:
    version = f" {policy.version}" if policy.version else ""
    yield "policy", f"{policy.name}{version} ({policy.source.file}) sha256 {policy.digest}"
    yield "observations", f"{observations.file} sha256 {observations.digest}"
    for week in dict.fromkeys(one.week for one in explanations):
        yield "evaluated", week
    if explanations and explanations[0].as_of is not None:
        yield "as_of", explanations[0].as_of.isoformat()
