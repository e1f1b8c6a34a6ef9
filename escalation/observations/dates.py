"""Dates as people write them in tables: 12/09/2021 is read only where the order of day and month is declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

LOCAL = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", re.ASCII)
TIMED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?", re.ASCII)
"""A date with a time of day behind it, as databases write them; with a time zone it might be another day."""
LAST_MONTH = 12


class Order(StrEnum):
    """What stands first in 12/09/2021: the day, as in Indonesia, or the month, as in the United States."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


def isoformat(text: str, order: Order | None) -> str:
    """Give a date as 2021-09-12, where it is one in the order declared; any other text as it is.

    >>> isoformat("12/09/2021", Order.DAY_FIRST), isoformat("12/09/2021", None), isoformat("2021-09-12 00:00:00", None)
    ('2021-09-12', '12/09/2021', '2021-09-12')
    """
    if timed := TIMED.fullmatch(text):
        return timed[1]
    local = LOCAL.fullmatch(text) if order is not None else None
    if local is None:
        return text
    day, month = (local[1], local[3]) if order is Order.DAY_FIRST else (local[3], local[1])
    return f"{local[4]}-{month:0>2}-{day:0>2}"


def is_local(text: str) -> bool:
    """Say whether a text is a date whose order must be declared."""
    return LOCAL.fullmatch(text) is not None


def orders_of(cells: Sequence[str]) -> set[Order]:
    """Give the orders in which all cells could be dates such as 12/09/2021; none where they are no such dates.

    >>> sorted(orders_of(["12/09/2021", "19/09/2021"])), sorted(orders_of(["12/09/2021"])), orders_of(["2021-09-12"])
    ([<Order.DAY_FIRST: 'dmy'>], [<Order.DAY_FIRST: 'dmy'>, <Order.MONTH_FIRST: 'mdy'>], set())
    """
    found = [match for cell in cells if (match := LOCAL.fullmatch(cell))]
    if not found or len(found) * 10 < len(cells) * 9:
        return set()
    first_is_day = all(int(match[3]) <= LAST_MONTH for match in found)
    first_is_month = all(int(match[1]) <= LAST_MONTH for match in found)
    return {order for order, fits in zip(Order, (first_is_day, first_is_month), strict=True) if fits}
