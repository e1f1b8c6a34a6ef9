"""Which entry of the one file is which of the other: by name, by content, by what they are about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Pair(NamedTuple):
    """The places of an entry in the old and in the new list; None where it is in one only."""

    old: int | None
    new: int | None


def pairs(old: Sequence[T], new: Sequence[T], about: Callable[[T], Hashable]) -> list[Pair]:
    """Pair equal entries first, then those about the same thing; the others were removed or added.

    >>> pairs(["a1", "b1"], ["b2", "a1", "c1"], about=lambda text: text[0])
    [Pair(old=0, new=1), Pair(old=1, new=0), Pair(old=None, new=2)]
    """
    found: dict[int, int] = {}
    for is_same in (lambda one, other: one == other, lambda one, other: about(one) == about(other)):
        for place, one in enumerate(old):
            if place in found:
                continue
            free = (index for index, other in enumerate(new) if index not in found.values() and is_same(one, other))
            if (index := next(free, None)) is not None:
                found[place] = index
    taken = set(found.values())
    return [Pair(place, found.get(place)) for place in range(len(old))] + [
        Pair(None, index) for index in range(len(new)) if index not in taken
    ]


def in_both(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """Give the names that both sides have, in the order of the first.

    >>> in_both(["a", "b", "c"], ["c", "a"])
    ('a', 'c')
    """
    known = set(other)
    return tuple(name for name in one if name in known)
