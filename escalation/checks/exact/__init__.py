"""Exact analysis: everything a policy can come to, proved or refuted, with an example that the engine confirms."""

from escalation.checks.exact.analysis import analyse
from escalation.checks.exact.answers import Analysis, Claim, Conflict, Firing, Flap, Proof, Reach
from escalation.checks.exact.budget import Budget
from escalation.checks.exact.contrast import Contrast, Relation, contrast
from escalation.checks.exact.witness import Witness, replayed

__all__ = [
    "Analysis",
    "Budget",
    "Claim",
    "Conflict",
    "Contrast",
    "Firing",
    "Flap",
    "Proof",
    "Reach",
    "Relation",
    "Witness",
    "analyse",
    "contrast",
    "replayed",
]
