"""How far a search may go, and what is said where it may not go on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that one analysis may look at; beyond it the answer is `not proved`.

    `combinations` counts cells of axes taken together and what is judged on them, `letters` the kinds of weeks that the
    conditions tell apart, `nodes` standings before a week, `steps` weeks and the parts of conditions judged in them,
    `weeks` those between the first and the last date.
    """

    combinations: int = 400_000
    letters: int = 8_000
    nodes: int = 60_000
    steps: int = 1_500_000
    weeks: int = 1_500


class NotProved(Exception):
    """A policy leaves what can be analysed, or the budget is used up; the text says why."""
