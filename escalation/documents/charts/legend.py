"""What the looks in a picture mean: samples with labels in columns below the axes, reckoned and not tried.

All in points. matplotlib's own legend took a fifth of the time of a picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from escalation.documents.charts.lettering import LINE, POINTS, SMALL, broadest, depth, line_count, wrapped

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

SAMPLE, BESIDE, BETWEEN = 2.0 * SMALL, 0.8 * SMALL, 1.2 * SMALL
"""How broad a sample is, the room between it and its label, and that between two columns."""
HIGH = 0.7 * SMALL
"""How high the sample of an area is."""
GAP = 0.45 * SMALL
MOST_LINES = 3
"""Of a label in a legend of several columns."""

Column = list[tuple["Artist", str]]


def columns(entries: Sequence[tuple[Artist, str]], room: float) -> list[Column]:
    """Arrange what is explained in as many columns as there is room for, the labels broken to fit."""
    for count, width in ((4, room), (3, room), (2, room), (2, room / 2)):
        broken = [(artist, wrapped(label, width - 5 * SMALL, SMALL)) for artist, label in entries]
        if count > len(broken) or max(line_count(label) for _, label in broken) > MOST_LINES:
            continue
        found = list(_divided(broken, count))
        if sum(map(_breadth, found)) + (count - 1) * BETWEEN <= room:
            return found
    return [[(artist, wrapped(label, room - 5 * SMALL, SMALL)) for artist, label in entries]] if entries else []


def height(found: Sequence[Column]) -> float:
    """Give the height of a legend."""
    return max((sum(depth(label, SMALL) + GAP for _, label in column) for column in found), default=0.0)


def draw(figure: Figure, found: Sequence[Column], *, left: float, top: float) -> None:
    """Draw a legend on a figure that has its size; `top` is counted from the bottom."""
    width, high = (side * POINTS for side in figure.get_size_inches())
    for column in found:
        at = top
        for artist, label in column:
            _sample(figure, artist, left, at - SMALL * LINE / 2)
            figure.text((left + SAMPLE + BESIDE) / width, at / high, label, size=SMALL, va="top")
            at -= depth(label, SMALL) + GAP
        left += _breadth(column) + BETWEEN


def _divided(entries: Column, count: int) -> Iterator[Column]:
    """Divide entries among columns; the first hold one more where they cannot all hold as many."""
    each, more = divmod(len(entries), count)
    start = 0
    for place in range(count):
        end = start + each + (place < more)
        yield entries[start:end]
        start = end


def _breadth(column: Column) -> float:
    return SAMPLE + BESIDE + max(broadest(label, SMALL) for _, label in column)


def _sample(figure: Figure, artist: Artist, left: float, middle: float) -> None:
    """Draw a short line or a small area that looks like an artist."""
    from matplotlib.collections import PolyCollection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch, Rectangle

    width, high = (side * POINTS for side in figure.get_size_inches())
    sample: Artist
    if isinstance(artist, Line2D):
        ends = [left, left + SAMPLE / 2, left + SAMPLE]
        sample = Line2D([], [])
        sample.update_from(artist)
        sample.set_data([at / width for at in ends], [middle / high] * 3)
        sample.set_markevery([1])
    else:
        sample = Rectangle((left / width, (middle - HIGH / 2) / high), SAMPLE / width, HIGH / high)
        if isinstance(artist, Patch):
            sample.update_from(artist)
        elif isinstance(artist, PolyCollection):
            (broad, *_) = cast("Sequence[float]", artist.get_linewidth())
            edge, *_ = [*cast("Sequence[str]", artist.get_edgecolor()), "none"]
            sample.set(facecolor=artist.get_facecolor()[0], hatch=artist.get_hatch(), linewidth=broad)
            sample.set_edgecolor(edge)
    sample.set_transform(figure.transFigure)
    sample.set_clip_path(None)
    sample.set_clip_box(None)
    figure.add_artist(sample)
