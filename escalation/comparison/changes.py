"""The records of a comparison in words: one change each, with the value and the place on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from escalation.diagnostics import Place


class Action(StrEnum):
    """What happened to an element or to one of its aspects."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One side of a change: the value as the policy holds it, its unit, its place in the file.

    `value` is a number, a text, a count of weeks, a date, a title, a tuple of these, or `Verbatim`; None where the file
    says nothing.
    """

    value: object
    place: Place
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A part of a file in the file's own words, on one line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: of an element (`aspect` is empty) or of one aspect of it.

    `section` is the key of the policy file (`policy` for what stands at its top), `name` the element's. `subject` is
    the metric, trigger or judgement that a changed part of a condition is about. A side is None where the element does
    not exist there; of a renamed element both sides are its names, and `name` is the new one. `has_effect` says that a
    recommendation may change; without it none can.
    """

    section: str
    name: str
    aspect: str
    action: Action
    old: Facet | None
    new: Facet | None
    has_effect: bool
    subject: str = ""

    @property
    def key(self) -> str:
        """The stable name of this kind of change, such as `parameters.value` or `moves.added`.

        >>> Change(section="moves", name="up", aspect="", action=Action.ADDED, old=None, new=None, has_effect=True).key
        'moves.added'
        """
        return f"{self.section}.{self.aspect or self.action}"
