"""What must hold inside a draft: measures have names of their own, and sanctions name measures that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from escalation.policy.defects import Defect

if TYPE_CHECKING:
    from escalation.policy.draft import Draft
    from escalation.policy.source import Route


def misnamed(draft: Draft, route: Route) -> Iterator[Defect]:
    """Find measures of a draft that share a name, and sanctions for the breach of one that it does not have."""
    first: dict[str, int] = {}
    for index, measure in enumerate(draft.measures):
        if measure.name in first:
            yield Defect(
                rule="duplicate-measure",
                route=(*route, "measures", index, "name"),
                message=f"the measure `{measure.name}` is given twice",
                help="choose another name",
                related=(((*route, "measures", first[measure.name], "name"), "it stands here first"),),
            )
        elif measure.name is not None:
            first[measure.name] = index
    for inner, names in draft.breaches():
        for at, name in enumerate(names):
            if name not in first:
                yield Defect(
                    rule="unknown-measure",
                    route=(*route, *inner, at),
                    message=f"`{name}` is not a measure of this draft",
                    word=name,
                    known=tuple(first),
                    help="" if first else "give the measure a `name`",
                )
