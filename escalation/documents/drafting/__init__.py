"""What a draft of a legal instrument does against the rules on how such texts are written."""

from escalation.documents.drafting import (
    amounts,
    bases,
    ceilings,
    citing,
    closing,
    definitions,
    elucidation,
    enacting,
    figures,
    force,
    grounds,
    lapsed,
    lists,
    naming,
    obligation,
    opening,
    penalties,
    points,
    references,
    regions,
    repeals,
    sanctions,
    soft,
    structure,
    title,
    wording,
)
from escalation.documents.drafting.files import DraftFile, read_draft, read_text
from escalation.documents.drafting.harness import check, names_instrument
from escalation.documents.drafting.registry import RULES, DraftRule

__all__ = ["FAMILIES", "RULES", "DraftFile", "DraftRule", "check", "names_instrument", "read_draft", "read_text"]

FAMILIES = (
    title,
    regions,
    opening,
    grounds,
    bases,
    citing,
    lapsed,
    enacting,
    naming,
    structure,
    points,
    definitions,
    lists,
    references,
    sanctions,
    penalties,
    ceilings,
    amounts,
    figures,
    wording,
    obligation,
    soft,
    force,
    repeals,
    closing,
    elucidation,
)
"""The modules that hold rules; importing one registers them."""
