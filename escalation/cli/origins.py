"""Weeks of origin as an option names them: single ones and stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from escalation.periods import Week
    from escalation.policy.model import Policy

MOST = 200
"""Weeks of origin of one stretch."""


def origins_of(policy: Policy, given: Sequence[str]) -> list[Week]:
    """Read weeks of origin, single ones and stretches such as `2021-W20..2021-W40/4`, ascending.

    Raise NotAWeek for a text that is none, RequestError for a stretch that is none, and for more than 200 weeks.
    """
    found = {week.number: week for text in given for week in _stretch(policy, text)}
    return [found[number] for number in sorted(found)]


def _stretch(policy: Policy, text: str) -> Iterator[Week]:
    from escalation.errors import RequestError
    from escalation.evaluation.library import the_week

    ends, slash, every = text.partition("/")
    first, dots, last = ends.partition("..")
    begin, end = the_week(policy, first), the_week(policy, last if dots else first)
    is_step = every.isascii() and every.isdigit() and int(every) > 0 and dots if slash else True
    if not is_step or end - begin < 0:
        remedy = "write it as 2021-W20..2021-W40/4, the earlier week first: every fourth week"
        advice = "tulis sebagai 2021-W20..2021-W40/4, minggu yang lebih awal dahulu: setiap minggu keempat"
        indonesian = (f"`{text}` bukan rentang minggu", advice)
        raise RequestError(f"`{text}` is no stretch of weeks", help=remedy, indonesian=indonesian)
    step = int(every or 1)
    if (end - begin) // step + 1 > MOST:
        raise RequestError(
            f"`{text}` has more than {MOST} weeks of origin",
            help="take every fourth: /4",
            indonesian=(f"`{text}` memuat lebih dari {MOST} minggu asal", "ambil setiap minggu keempat: /4"),
        )
    yield from (begin + ahead for ahead in range(0, end - begin + 1, step))
