"""The weekly data: reading them, strictly, and saying what is wrong with them."""

from escalation.observations.drafting import draft
from escalation.observations.figures import Locale
from escalation.observations.findings import RULES
from escalation.observations.reading import read
from escalation.observations.table import NO_WEEK, Entry, Observation, Observations, place, tabulate

__all__ = [
    "NO_WEEK",
    "RULES",
    "Entry",
    "Locale",
    "Observation",
    "Observations",
    "draft",
    "place",
    "read",
    "tabulate",
]
