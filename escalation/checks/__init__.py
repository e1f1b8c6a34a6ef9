"""What a policy that can be read may still do wrong, and which of its numbers nothing backs."""

from escalation.checks import units
from escalation.checks.assumed import assumptions
from escalation.checks.registry import RULES, Rule, check

__all__ = ["FAMILIES", "RULES", "Rule", "assumptions", "check"]

FAMILIES = (units,)
"""The modules that hold rules; importing one registers them."""
