"""The exact analysis of a policy, made once for all rules that ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.checks.exact.analysis import analyse
from escalation.checks.exact.answers import Analysis

if TYPE_CHECKING:
    from escalation.policy.model import Policy

KEPT = "_analysis"


def analysis_of(policy: Policy) -> Analysis:
    """Analyse a policy, once: the answer is kept with it."""
    found = policy.__dict__.get(KEPT)
    if not isinstance(found, Analysis):
        found = policy.__dict__[KEPT] = analyse(policy, examples=False)
    return found


def places(policy: Policy) -> dict[str, int]:
    """Give the place of each move in the file by its name."""
    return {move.name: index for index, move in enumerate(policy.moves)}
