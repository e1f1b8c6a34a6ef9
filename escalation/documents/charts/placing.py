"""The places of axes on a sheet: their labels get the room that they take, which is reckoned and not tried.

All in points. matplotlib's own layout draws a picture twice to find the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from escalation.documents.charts.lettering import POINTS, SIZE, SMALL, broadest, depth

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

TICK = 3.5 + 3.5
"""The length of a tick, and the room between it and its label."""
PAD = 4.0
"""Between the labels of the ticks and the label of the axis."""
GAP = 9.0
"""Between two axes one above the other."""
LEAST = 60.0
"""How broad axes are at least."""


def below(axes: Axes) -> float:
    """Give the room that the labels below axes take."""
    label = axes.get_xlabel()
    return _ticks_below(axes) + (PAD + depth(label, SIZE) if label else 0)


def place(stack: Sequence[Axes], heights: Sequence[float], *, left: float, top: float, width: float) -> None:
    """Place axes one above the other in a width, so that no label leaves it; `top` is counted from the bottom."""
    figure = stack[0].figure
    sheet_width, sheet_height = (side * POINTS for side in figure.get_size_inches())  # type: ignore[union-attr]
    before = max(_left_of(axes) for axes in stack)
    across = max(LEAST, min([width - before, *_broadest(stack, width - before)]))
    for axes, height in zip(stack, heights, strict=True):
        top -= height
        axes.set_position(
            ((left + before) / sheet_width, top / sheet_height, across / sheet_width, height / sheet_height)
        )
        axes.yaxis.set_label_coords(-_ticks_left(axes) / across, 0.5)
        axes.xaxis.set_label_coords(0.5, -(_ticks_below(axes) + PAD) / height)
        top -= GAP


def _broadest(stack: Sequence[Axes], room: float) -> Iterator[float]:
    """Give how broad axes may be for each text that stands out of them to the right: it begins at a share of them."""
    for axes in stack:
        low, high = axes.get_xlim()
        for at, size in _texts(axes):
            share = (at - low) / (high - low)
            if share > 0:
                yield (room - size) / share


def _texts(axes: Axes) -> Iterator[tuple[float, float]]:
    """Give where each text in axes and of the ticks below stands, and how far it reaches to the right of that."""
    if axes.xaxis.get_visible():
        for at, text in _labels(axes.xaxis):
            yield at, broadest(text, SMALL) / 2
    for one in axes.texts:
        part = {"left": 1.0, "center": 0.5, "right": 0.0}[one.get_horizontalalignment()]
        yield one.get_position()[0], part * broadest(one.get_text(), float(one.get_fontsize()))


def _left_of(axes: Axes) -> float:
    label = axes.get_ylabel()
    return _ticks_left(axes) + (depth(label, SIZE) if label else 0)


def _ticks_left(axes: Axes) -> float:
    """Give the distance of the label of the vertical axis from it."""
    return TICK + max((broadest(text, SMALL) for _, text in _labels(axes.yaxis)), default=0) + PAD


def _ticks_below(axes: Axes) -> float:
    return TICK + max((depth(text, SMALL) for _, text in _labels(axes.xaxis)), default=0)


def _labels(axis: Axis) -> list[tuple[float, str]]:
    """Give the labels of the ticks that are in view, and where they stand."""
    low, high = sorted(axis.get_view_interval())
    places = list(axis.get_majorticklocs())
    labels = zip(places, axis.get_major_formatter().format_ticks(places), strict=True)
    return [(at, text) for at, text in labels if low <= at <= high]
