"""The axes of pictures: weeks with their last days, and numbers as people of a language write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalation.documents.charts.lettering import SIZE, wrapped
from escalation.documents.charts.wording import figure, say, short_day
from escalation.policy.wording import shared_decimals

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

    from escalation.periods import Week
    from escalation.policy.values import Language

MOST_TICKS = 5
BESIDE_ROWS = 4
"""The same beside rows with long labels."""
MOST_VALUES = 8
STEPS = [1, 2, 2.5, 5, 10]
"""Between two ticks, but for powers of ten: what people count in."""
LABEL = 330.0
UP_LABEL = 170.0
"""How long the label of an axis may be before it is broken, along the axis and up it, in points."""


def of_weeks(axes: Axes, first: Week, count: int, language: Language, *, ticks: int = MOST_TICKS) -> None:
    """Let the horizontal axis be weeks, numbered from 0, each in the middle of its column."""
    step = -(-count // ticks)
    places = range((count - 1) % step // 2, count, step)
    labels = [f"{first + place}\n{short_day(first + place, language)}" for place in places]
    axes.set_xticks([*places], labels)
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_xlabel(say("week", language))


def of_numbers(
    axis: Axis,
    language: Language,
    *,
    label: str,
    values: tuple[float, ...] = (),
    is_whole: bool = False,
    up: float = UP_LABEL,
) -> None:
    """Let an axis be numbers of one unit, written with the decimals they have.

    Ticks stand at the `values` on the axis if they are few, and at whole numbers if they are all whole, or `is_whole`.
    `up` is how long the label of a vertical axis may be before it is broken.
    """
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    def written(value: float, _place: int) -> str:
        decimals = shared_decimals(axis.get_majorticklocs())
        return figure(round(value, decimals), language, decimals=decimals)

    are_whole = is_whole or (bool(values) and all(value == int(value) for value in values))
    are_few = 0 < len(values) <= MOST_VALUES
    axis.set_major_locator(
        FixedLocator(values) if are_few else MaxNLocator(nbins=MOST_TICKS, integer=are_whole, steps=STEPS)
    )
    axis.set_major_formatter(FuncFormatter(written))
    room = LABEL if axis.axis_name == "x" else up  # type: ignore[attr-defined]  # not in the stubs
    axis.set_label_text(wrapped(label, room, SIZE))


def from_zero(axes: Axes) -> None:
    """Let the vertical axis begin at 0 where its figures are nearer to 0 than to each other."""
    low, high = axes.dataLim.intervaly
    if 0 <= low <= high / 2:
        axes.set_ylim(bottom=0)
    elif low / 2 <= high <= 0:
        axes.set_ylim(top=0)


def of_percent(axis: Axis, language: Language, *, label: str) -> None:
    """Let an axis be shares, from 0 to 1, written as percent."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _place: f"{figure(round(value * 100, 6), language)} %"))
    room = LABEL if axis.axis_name == "x" else UP_LABEL  # type: ignore[attr-defined]  # not in the stubs
    axis.set_label_text(wrapped(label, room, SIZE))
