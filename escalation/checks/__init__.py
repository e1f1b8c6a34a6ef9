"""What a policy that can be read may still do wrong, and which of its numbers nothing backs."""

from escalation.checks import (
    authority,
    drafts,
    geometry,
    ladder,
    moves,
    names,
    order,
    parts,
    proofs,
    provenance,
    reach,
    suppression,
    times,
    units,
)
from escalation.checks.assumed import assumptions
from escalation.checks.harness import check
from escalation.checks.registry import RULES, Rule

__all__ = ["FAMILIES", "RULES", "Rule", "assumptions", "check"]

FAMILIES = (
    names,
    units,
    geometry,
    parts,
    ladder,
    moves,
    reach,
    order,
    proofs,
    times,
    provenance,
    authority,
    drafts,
    suppression,
)
"""The modules that hold rules; importing one registers them."""
