"""Which of several scenarios have one and the same picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from escalation.documents.report.asked import Told

Drawn = TypeVar("Drawn")


def by_name(told: Sequence[Told]) -> dict[str, Told]:
    """Give outlooks by the names of their scenarios."""
    return {one.name: one for one in told}


def together(drawn: Iterable[tuple[Told, Drawn]]) -> list[tuple[Drawn, list[Told]]]:
    """Give each drawing once, with the outlooks that have it; those that suppose other things stay apart."""
    found: list[tuple[Drawn, list[Told]]] = []
    for one, drawing in drawn:
        origin = one.origin
        for known, told in found:
            first = told[0].origin
            if known == drawing and (first.supposed, first.methods) == (origin.supposed, origin.methods):
                told.append(one)
                break
        else:
            found.append((drawing, [one]))
    return found
