"""The ladder as a picture: a standalone SVG, the mildest stage at the bottom, moves up on the left, down on the right.

A move between neighbours is an arrow in the gap between them. Any other runs in a lane outside the stages. The label of
a move stands in the gap next to the stage that it leads to, and a line with a dot joins it to its arrow.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.evaluation.catalogue import sentence
from escalation.policy.values import Language
from escalation.reports.rails import Rail, described, heading, rails, titles, word

if TYPE_CHECKING:
    from escalation.evaluation.ladder import Ladder

# Sizes in pixels of a picture 480 wide: on a phone 360 wide the small text is then 11 pixels high.
WIDTH = 480
NARROWEST_STAGE = 300
MARGIN = 14
LANE = 18
PORT = 14
ARROW = 9
SMALL, SMALL_LINE = 15, 19
LARGE, LARGE_LINE = 17, 22
BELOW_HEADING = 6
BETWEEN = 12
LOWEST_GAP = 56

# Two colours of Okabe and Ito's palette, darkened until their contrast with white is above 5 to 1.
UPWARD, DOWNWARD, INK, MARKED = "#a34700", "#005b94", "#1a1a1a", "#fff3bf"
FONTS = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

# Advance widths in ems of DejaVu Sans, the widest of the fonts that such pictures are usually shown in.
BOLDER = 1.13
NARROW = frozenset("ijlI|!.,:;'`()[]{}ftr-/\\ ")
WIDE = frozenset("mwMWOQGD@%&—…")
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The label of a rail, wrapped, and where it stands."""

    rail: Rail
    lines: tuple[str, ...]
    top: float = 0.0

    @property
    def height(self) -> float:
        """The height of its lines."""
        return len(self.lines) * SMALL_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The moves of one direction: those in the gaps, and those outside with the number of the lane of each."""

    upward: bool
    inner: tuple[Rail, ...]
    lanes: tuple[tuple[Rail, int], ...]

    @property
    def rails(self) -> tuple[Rail, ...]:
        """All moves of the side."""
        return (*self.inner, *(rail for rail, _ in self.lanes))

    @property
    def breadth(self) -> int:
        """The width that the lanes take."""
        return LANE * (1 + max((lane for _, lane in self.lanes), default=-1))

    def gap(self, rail: Rail) -> int:
        """Number the gap that holds the label, counted by the stage below it."""
        return rail.goal - 1 if self.upward else rail.goal

    def ports(self, rank: int) -> tuple[Rail, ...]:
        """Order the ends of lanes on a stage from above so that none crosses a lane that begins or ends there."""
        leaving = [(lane, rail) for rail, lane in self.lanes if rank in rail.origins]
        entering = [(lane, rail) for rail, lane in self.lanes if rail.goal == rank]
        leaving.sort(key=lambda one: one[0])
        entering.sort(key=lambda one: -one[0])
        ordered = [rail for _, rail in (*leaving, *entering)]
        return tuple(ordered if self.upward else reversed(ordered))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything stands."""

    width: float
    left: float
    right: float
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    blocks: tuple[Block, ...]
    height: float


def svg(ladder: Ladder, *, language: Language = Language.ENGLISH, in_force: str | None = None) -> str:
    """Draw the ladder as a standalone SVG without scripts or fonts of its own; the same ladder gives the same bytes."""
    marked = ladder.policy.ranks[in_force] if in_force is not None else None
    tag = sentence("label.stage", language)
    found = tuple(rails(ladder, language))
    sides = tuple(_side(found, upward=upward) for upward in (True, False))
    breadth = sum(side.breadth for side in sides)
    width = max(WIDTH, NARROWEST_STAGE + breadth + 2 * MARGIN)
    top = wrapped(heading(ladder, language), width - 2 * MARGIN, LARGE)
    stages = [wrapped(name, width - breadth - 2 * MARGIN - 24, LARGE) for name in titles(ladder, language)]
    layout = _lay_out(
        sides, stages, marked, width, MARGIN + LARGE_LINE * len(top) + BELOW_HEADING + SMALL_LINE + BETWEEN
    )
    drawn = [_text(MARGIN, MARGIN + LARGE, top, LARGE, weight="bold"), *_directions(sides, layout, language, len(top))]
    for side in sides:
        drawn += [line for rail in side.rails for line in _rail(rail, side, layout)]
    for rank, lines in enumerate(stages):
        drawn += _stage(rank, lines, layout, tag if rank == marked else "")
    name = ladder.policy.name
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width:g} {layout.height:g}" '
        f'width="{layout.width:g}" height="{layout.height:g}" style="max-width:100%;height:auto" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" lang="{language}" font-family="{FONTS}" fill="{INK}">'
    )
    said = [
        f'<title id="{name}-title">{escaped(heading(ladder, language))}</title>',
        f'<desc id="{name}-desc">{escaped(described(ladder, language, in_force))}</desc>',
    ]
    paper = f'<rect width="{layout.width:g}" height="{layout.height:g}" fill="#ffffff"/>'
    return "\n".join([opening, *said, paper, *drawn, "</svg>\n"])


def _side(found: Iterable[Rail], *, upward: bool) -> Side:
    """Give each rail that is not between neighbours the nearest lane that is free along its way, short ones first."""
    mine = [rail for rail in found if rail.is_upward is upward]
    inner = tuple(rail for rail in mine if rail.span[1] - rail.span[0] == 1)
    lanes: list[tuple[Rail, int]] = []
    for rail in sorted((one for one in mine if one not in inner), key=lambda one: one.span[1] - one.span[0]):
        taken = {lane for other, lane in lanes if other.span[0] <= rail.span[1] and rail.span[0] <= other.span[1]}
        lanes.append((rail, next(lane for lane in range(len(lanes) + 1) if lane not in taken)))
    return Side(upward=upward, inner=inner, lanes=tuple(lanes))


def _lay_out(
    sides: Sequence[Side], stages: Sequence[Sequence[str]], marked: int | None, width: float, top: float
) -> Layout:
    left, right = MARGIN + sides[0].breadth, width - MARGIN - sides[1].breadth
    tops, heights = [0.0] * len(stages), [0.0] * len(stages)
    blocks: list[Block] = []
    at = top
    for rank in reversed(range(len(stages))):
        ports = max(len(side.ports(rank)) for side in sides)
        text = len(stages[rank]) * LARGE_LINE + (SMALL_LINE if rank == marked else 0)
        tops[rank], heights[rank] = at, max(text + 20, PORT * (ports + 1))
        at += heights[rank]
        if rank:
            stacks = [
                _stacked([rail for rail in side.rails if side.gap(rail) == rank - 1], side, sides, right - left, at)
                for side in sides
            ]
            blocks += [block for stack in stacks for block in stack]
            ends = [block.top + block.height + BETWEEN + ARROW for stack in stacks for block in stack]
            at = max([at + LOWEST_GAP, *ends])
    return Layout(
        width=width, left=left, right=right, tops=tuple(tops), heights=tuple(heights), blocks=tuple(blocks),
        height=at + MARGIN,
    )  # fmt: skip


def _stacked(mine: Sequence[Rail], side: Side, sides: Sequence[Side], room: float, top: float) -> list[Block]:
    """Stand the labels of one gap and side one below the other; they have half the room, or all if the rest is free."""
    shared = all(any(one.gap(rail) == side.gap(mine[0]) for rail in one.rails) for one in sides) if mine else False
    stacked: list[Block] = []
    at = top + BETWEEN + ARROW
    for rail in mine:
        indent = _indent(side, side.gap(rail))
        block = Block(rail=rail, lines=_label(rail, (room / 2 if shared else room) - indent - 8), top=at)
        stacked.append(block)
        at += block.height + BETWEEN
    return stacked


def _label(rail: Rail, room: float) -> tuple[str, ...]:
    parts = [rail.label[0], *(f"+ {part}" for part in rail.label[1:])]
    return tuple(line for part in parts for line in wrapped(part, room, SMALL))


def _arrows_in(side: Side, gap: int) -> list[Rail]:
    return [rail for rail in side.inner if side.gap(rail) == gap]


def _indent(side: Side, gap: int) -> float:
    """How far from the edge of the stages the labels of a gap begin: behind its arrows."""
    return 14 + LANE * len(_arrows_in(side, gap)) + 6


def _rail(rail: Rail, side: Side, layout: Layout) -> list[str]:
    """Draw a move: its line, its arrow, its label, and what joins them."""
    colour = UPWARD if side.upward else DOWNWARD
    edge, inwards = (layout.left, 1) if side.upward else (layout.right, -1)
    gap = side.gap(rail)
    block = next(one for one in layout.blocks if one.rail is rail)
    arrows = _arrows_in(side, gap)
    middle = block.top + SMALL_LINE / 2
    if rail in arrows:
        x = edge + inwards * (14 + LANE * arrows.index(rail))
        above, below = layout.tops[gap + 1] + layout.heights[gap + 1], layout.tops[gap]
        start, end = (below, above) if side.upward else (above, below)
        drawn = [_line([(x, start), (x, end)], colour), _head(x, end, colour, dy=-1 if side.upward else 1)]
    else:
        lane = next(number for one, number in side.lanes if one is rail)
        x = edge - inwards * (LANE * lane + 12)
        goal = _port(rail, rail.goal, side, layout)
        starts = [_port(rail, origin, side, layout) for origin in rail.origins]
        far = max(starts) if side.upward else min(starts)
        drawn = [_line([(edge, far), (x, far), (x, goal), (edge, goal)], colour)]
        drawn.append(_head(edge, goal, colour, dx=inwards))
        drawn += [line for y in starts if y != far for line in (_line([(edge, y), (x, y)], colour), _dot(x, y, colour))]
    text = edge + inwards * _indent(side, gap)
    if rail not in arrows or len([one for one in side.rails if side.gap(one) == gap]) > 1:
        drawn += [_line([(x, middle), (text - inwards * 4, middle)], colour, width=1), _dot(x, middle, colour)]
    anchor = "start" if side.upward else "end"
    drawn.append(_text(text, block.top + SMALL - 1, block.lines, SMALL, anchor=anchor))
    return ["<g>", f"<title>{escaped(rail.move)}</title>", *drawn, "</g>"]


def _port(rail: Rail, rank: int, side: Side, layout: Layout) -> float:
    """Give the height at which a lane meets a stage."""
    ports = side.ports(rank)
    return layout.tops[rank] + layout.heights[rank] * (ports.index(rail) + 1) / (len(ports) + 1)


def _stage(rank: int, lines: Sequence[str], layout: Layout, tag: str) -> list[str]:
    left, width = layout.left, layout.right - layout.left
    top, height = layout.tops[rank], layout.heights[rank]
    used = len(lines) * LARGE_LINE + (SMALL_LINE if tag else 0)
    first = top + (height - used) / 2 + LARGE
    middle = left + width / 2
    stroke, fill = (4, MARKED) if tag else (1.5, "#ffffff")
    box = (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="6" fill="{fill}" '
        f'stroke="{INK}" stroke-width="{stroke}"/>'
    )
    drawn = [box, _text(middle, first, lines, LARGE, anchor="middle", weight="bold")]
    if tag:
        drawn.append(_text(middle, first + len(lines) * LARGE_LINE - 2, [f"● {tag}"], SMALL, anchor="middle"))
    return drawn


def _directions(sides: Sequence[Side], layout: Layout, language: Language, lines: int) -> list[str]:
    """Say below the heading what the two sides mean."""
    y = MARGIN + LARGE_LINE * lines + BELOW_HEADING + SMALL - 2
    up, down = sides
    drawn = []
    if up.rails:
        drawn.append(_text(MARGIN, y, [f"↑ {word('upwards', language)}"], SMALL, colour=UPWARD))
    if down.rails:
        far = layout.width - MARGIN
        drawn.append(_text(far, y, [f"{word('downwards', language)} ↓"], SMALL, anchor="end", colour=DOWNWARD))
    return drawn


def _line(points: Sequence[tuple[float, float]], colour: str, *, width: float = 2) -> str:
    path = " L".join(f"{x:g} {y:g}" for x, y in points)
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"/>'


def _head(x: float, y: float, colour: str, *, dx: int = 0, dy: int = 0) -> str:
    back, half = ARROW, ARROW / 2
    corners = [
        (x, y),
        (x - dx * back - dy * half, y - dy * back - dx * half),
        (x - dx * back + dy * half, y - dy * back + dx * half),
    ]
    points = " ".join(f"{across:g},{down:g}" for across, down in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _dot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="3.5" fill="{colour}"/>'


def _text(
    x: float, y: float, lines: Sequence[str], size: int, *, anchor: str = "start", weight: str = "", colour: str = ""
) -> str:
    step = LARGE_LINE if size == LARGE else SMALL_LINE
    bold = f' font-weight="{weight}"' if weight else ""
    fill = f' fill="{colour}"' if colour else ""
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + step * index:g}">{escaped(line)}</tspan>' for index, line in enumerate(lines)
    )
    return f'<text font-size="{size}" text-anchor="{anchor}"{bold}{fill}>{spans}</text>'


def escaped(text: str) -> str:
    """Write a text so that XML takes it for nothing else.

    >>> escaped('<script>"&"')
    '&lt;script&gt;&quot;&amp;&quot;'
    """
    return html.escape(NO_XML.sub("\ufffd", text))


def wrapped(text: str, room: float, size: int) -> list[str]:
    """Break a text into lines that are no wider than the room; a word that is wider is broken too.

    >>> wrapped("Coverage is below target", 120, 15), wrapped("xxxxxxxxxxxx", 60, 15)
    (['Coverage is', 'below target'], ['xxxxxx', 'xxxxxx'])
    """
    lines = [""]
    for whole in text.split():
        for word_ in _pieces(whole, room, size):
            longer = f"{lines[-1]} {word_}".strip()
            if breadth(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(word_)
    return [line for line in lines if line] or [""]


def _pieces(whole: str, room: float, size: int) -> list[str]:
    pieces = [""]
    for char in whole:
        if pieces[-1] and breadth(pieces[-1] + char, size) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def breadth(text: str, size: int) -> float:
    """Estimate how wide a text is, rather too wide than too narrow."""
    return size * (BOLDER if size == LARGE else 1) * sum(_em(char) for char in text)


def _em(char: str) -> float:
    if char in NARROW:
        return 0.4
    if char in WIDE:
        return 0.95
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1.05
    if char.isascii():
        return 0.72 if char.isupper() else 0.62
    return 0.0 if unicodedata.combining(char) else 0.8
