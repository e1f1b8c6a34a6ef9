"""Days that a draft names: `6 Maret 2022`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from escalation.policy.values import Language
from escalation.policy.wording import MONTHS

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS[Language.INDONESIAN], start=1)}
DAY = rf"(?P<day>[0-9]{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>[0-9]{{4}})\b"
"""The pattern of a day; letters of any size are meant."""
_DAY = re.compile(rf"(?<![0-9.]){DAY}", re.IGNORECASE)


def days(text: str) -> Iterator[re.Match[str]]:
    """Find the days that a text names, those that the calendar does not have among them."""
    return _DAY.finditer(text)


def day_of(found: re.Match[str]) -> date | None:
    """Give the day that was found; None where there is no such day.

    >>> [day_of(one) for one in days("6 Maret 2022 dan 31 April 2022")]
    [datetime.date(2022, 3, 6), None]
    """
    with suppress(ValueError):
        return date(int(found["year"]), _MONTHS[found["month"].lower()], int(found["day"]))
    return None
