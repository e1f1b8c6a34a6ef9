"""The ladder as a diagram, generated from its machine: Mermaid text, and SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.evaluation.catalogue import sentence
from escalation.policy.values import Language
from escalation.reports.diagram_svg import svg
from escalation.reports.rails import described, heading, rails, titles

if TYPE_CHECKING:
    from escalation.evaluation.ladder import Ladder

__all__ = ["mermaid", "svg"]

SAFE = frozenset(" .,-/()'")


def mermaid(ladder: Ladder, *, language: Language = Language.ENGLISH, in_force: str | None = None) -> str:
    """Give the ladder as a Mermaid state diagram, the mildest stage at the bottom and the one in force marked.

    Stages are called s0, s1, ... from the mildest, because a stage may bear the name of a Mermaid keyword.
    """
    stages = titles(ladder, language)
    marked = ladder.policy.ranks[in_force] if in_force is not None else None
    mark = f" ({sentence('label.stage', language).lower()})"
    lines = ["stateDiagram-v2"]
    lines.append(f"    accTitle: {_inert(heading(ladder, language))}")
    lines.append(f"    accDescr: {_inert(described(ladder, language, in_force))}")
    lines.append("    direction BT")
    for rank, name in enumerate(stages):
        lines.append(f'    state "{_inert(name)}{mark if rank == marked else ""}" as s{rank}')
    # Mermaid sets stages in the order in which it meets upward moves, which therefore stand first.
    ways = [(origin > rail.goal, origin, rail) for rail in rails(ladder, language) for origin in rail.origins]
    for _, origin, rail in sorted(ways, key=lambda way: (way[0], way[1], way[2].goal)):
        lines.append(f"    s{origin} --> s{rail.goal}: {'<br/>'.join(_inert(line) for line in rail.label)}")
    if marked is not None:
        lines.append("    classDef inForce fill:#fff3bf,stroke:#1a1a1a,stroke-width:4px,color:#1a1a1a,font-weight:bold")
        lines.append(f"    class s{marked} inForce")
    return "\n".join(lines) + "\n"


def _inert(text: str) -> str:
    """Write whatever could be Mermaid's own, or HTML, by its number.

    >>> _inert('<b>"50 %"; --> x')
    '#60;b#62;#34;50 #37;#34;#59; --#62; x'
    """
    return "".join(char if char.isalnum() or char in SAFE else f"#{ord(char)};" for char in text)
