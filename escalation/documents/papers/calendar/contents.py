"""All that the template of the calendar sees."""

from __future__ import annotations

from dataclasses import dataclass

from escalation.documents.layout.tree import Picture
from escalation.documents.papers.marks import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step, approval or duty: what is done, by whom and whether it must be, its limit, and the law behind it."""

    number: str
    act: str
    about: tuple[str, ...]
    limit: str
    latest: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarContext:
    """The checklist and calendar of one act."""

    heading: dict[str, str]
    form: str
    about: str
    start: str
    remarks: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    planning: tuple[str, ...]
    in_force: tuple[str, ...]
    pictures: tuple[Picture, ...]
    working: tuple[str, ...]
    off_until: str
    off: tuple[str, ...]
    marks: Marks
