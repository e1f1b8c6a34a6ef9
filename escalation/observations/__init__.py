"""The weekly data: reading them, strictly, and saying what is wrong with them."""

from escalation.observations.table import NO_WEEK, Entry, Observation, Observations, tabulate

__all__ = ["NO_WEEK", "Entry", "Observation", "Observations", "tabulate"]
