"""What a draft of ours says at its end of its own figures: each with metric, region and week, thresholds and day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from escalation.documents.drafting.days import days
from escalation.documents.drafting.model import Draft

NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,9})?|[0-9]{1,9}(?:,[0-9]{1,9})?"
"""A number as Indonesian texts print it: `1.120.590`, `55,58`."""
REQUIRED = rf"(?P<asked>di bawah|di atas|paling sedikit|paling banyak|sama dengan) (?P<threshold>{NUMBER})(?![\w.])"
"""A threshold as drafts of ours say it."""

MADE_UP = "ILUSTRASI, BUKAN DATA"
"""How drafts on invented figures call them."""

_FIGURE = re.compile(r"(?:Angka|Figure): (?P<metric>\S+), (?P<region>.+), (?P<week>[0-9]{4}-W[0-9]{2}): (?P<value>.+)")
_THRESHOLD = re.compile(r"(?:Ambang|Threshold): (?P<metric>\S+): (?P<required>.+)")
_UNTIL = re.compile(r"(?:Data sampai dengan|Data up to): ")
_NUMBER = re.compile(NUMBER)
_UNIT = re.compile(r" ?(?P<unit>poin persen|%|persen|[a-z]+)?")
_REQUIRED = re.compile(REQUIRED)

Threshold = tuple[str, str]
"""What is asked of a figure, `di bawah`, and the number."""


@dataclass(slots=True, kw_only=True)
class Origin:
    """The figures that a draft says it rests on.

    `figures` have by number the units in which they stand, `asked` by number what is asked of the metrics that have it;
    `tells_thresholds` says that thresholds would be named, were there any.
    """

    figures: dict[str, set[str]] = field(default_factory=dict)
    asked: dict[str, set[Threshold]] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)
    weeks: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    tells_thresholds: bool = False

    @property
    def thresholds(self) -> set[str]:
        """The numbers of all thresholds."""
        return {number for one in self.asked.values() for _, number in one}


def origin(draft: Draft) -> Origin:
    """Read where the figures of a draft come from, as it says itself."""
    found, metrics = Origin(), dict[str, list[str]]()
    for text in (one.text for one in draft.trace):
        if told := _FIGURE.fullmatch(text):
            found.regions.add(told["region"])
            found.weeks.add(told["week"])
            for number in _NUMBER.finditer(told["value"]):
                metrics.setdefault(told["metric"], []).append(number[0])
                found.figures.setdefault(number[0], set()).add(unit_at(told["value"], number.end()))
        elif told := _THRESHOLD.fullmatch(text):
            found.tells_thresholds = True
            asked = {(one["asked"], one["threshold"]) for one in _REQUIRED.finditer(told["required"])}
            for value in metrics.get(told["metric"], []):
                found.asked.setdefault(value, set()).update(asked)
        elif _UNTIL.match(text):
            found.tells_thresholds = True
            found.days |= {one[0] for one in days(text)}
    return found


def unit_at(text: str, place: int) -> str:
    """Give the unit that stands at a place, `%` for `persen`; empty where none does.

    >>> unit_at("4 poin persen", 1), unit_at("58,06 persen", 5), unit_at("70", 2)
    ('poin persen', '%', '')
    """
    found = _UNIT.match(text, place)
    said = (found["unit"] or "") if found else ""
    return "%" if said == "persen" else said
