"""Items of a list as a tree: which part stands below which, told from how they are numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from escalation.documents.drafting.blocks import Block, Style
from escalation.documents.drafting.model import Item

SENTENCE_MARKS = (".", ";", ":", ",")


@dataclass(slots=True, kw_only=True)
class _Node:
    block: Block
    below: list[_Node] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        """Whether the item is only the heading of what follows, as `1. Latar Belakang` in a circular."""
        return bool(self.block.mark or self.block.label) and not self.block.text.endswith(SENTENCE_MARKS)


def tree(held: Iterable[Block]) -> tuple[Item, ...]:
    """Build the tree: a number of a style that is open continues that list, one of another style begins a list below.

    A paragraph without a number begins anew at the top, or stands below the heading that is open; a list at the top
    goes on after it.
    """
    tops: list[_Node] = []
    styles: set[Style] = set()
    path: list[_Node] = []
    for block in held:
        node = _Node(block=block)
        path = _above(path, block, styles)
        (path[-1].below if path else tops).append(node)
        if not path and not block.label:
            styles.add(block.style)
        path = [*path, node]
    return tuple(_frozen(one) for one in tops)


def _above(path: list[_Node], block: Block, at_the_top: set[Style]) -> list[_Node]:
    """Give the items below which a block stands, outermost first."""
    if block.label:
        return []
    if block.style is Style.NONE:
        headings = [number for number, one in enumerate(path) if one.is_heading]
        return path[: headings[-1] + 1] if headings else []
    same = [number for number, one in enumerate(path) if one.block.style is block.style and not one.block.label]
    if same or block.style in at_the_top:
        return path[: same[0]] if same else []
    return path


def _frozen(node: _Node) -> Item:
    """Make the item; a list is at most as deep as there are styles, so that the recursion is bounded."""
    block = node.block
    return Item(
        mark=block.mark or block.label,
        style=block.style,
        passage=block.passage,
        at=block.at,
        items=tuple(_frozen(one) for one in node.below),
    )
