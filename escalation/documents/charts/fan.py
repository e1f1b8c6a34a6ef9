"""Fan chart: what is on record of a metric, and the bands in which its paths run on, against the thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from escalation.documents.charts import scales
from escalation.documents.charts.palette import BANDS, DASHES, GREY, INK, MEDIAN, RISK, THRESHOLD
from escalation.documents.charts.wording import figure, percent, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.documents.charts.canvas import Canvas
    from escalation.periods import Week
    from escalation.policy.values import Language

HEIGHT = 2.4
Figures = tuple[float | None, ...]
"""One for each week; none where there is no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A threshold of the metric, week by week: a dated parameter is a line with steps."""

    label: str
    values: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The interval that holds a `share` of the paths, in every week to come."""

    share: float
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """A metric in its unit: `history` in the weeks from `first` on, then the weeks to come.

    `thresholds` have figures for the weeks of both. `bands` are sorted from the widest to the narrowest. `at_risk`
    names weeks, counted from `first`, that are shaded, and `risk` says what they are.
    """

    metric: str
    unit: str
    first: Week
    history: Figures
    median: tuple[float, ...]
    bands: tuple[Band, ...]
    samples: tuple[tuple[float, ...], ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    at_risk: tuple[int, ...] = ()
    risk: str = ""

    @property
    def weeks(self) -> int:
        """The weeks on record and to come."""
        return len(self.history) + len(self.median)

    def described(self, language: Language) -> str:
        """Say where the median ends, and the middle one of the bands."""
        middle = self.bands[len(self.bands) // 2]
        return say(
            "said.fan",
            language,
            metric=self.metric,
            unit=self.unit,
            last=str(self.first + (self.weeks - 1)),
            median=figure(self.median[-1], language),
            percent=percent(middle.share, language),
            low=figure(middle.low[-1], language),
            high=figure(middle.high[-1], language),
        )

    def paint(self, canvas: Canvas) -> None:
        """Paint the bands, the paths, the record, and the thresholds above all."""
        axes, language = canvas.axes(HEIGHT), canvas.language
        shade(axes, self.at_risk, self.risk, canvas)
        coming = range(len(self.history), self.weeks)
        for band, colour in zip(self.bands, BANDS[-len(self.bands) :], strict=True):
            label = say("band", language, percent=percent(band.share, language))
            canvas.explain(axes.fill_between(coming, band.low, band.high, color=colour, linewidth=0), label)
        for place, path in enumerate(self.samples):
            (drawn,) = axes.plot(coming, path, color=GREY, linewidth=0.4, alpha=0.7)
            if place == 0:
                canvas.explain(drawn, say("samples", language))
        (drawn,) = axes.plot(coming, self.median, color=MEDIAN)
        canvas.explain(drawn, say("median", language))
        record(axes, self.history, canvas)
        draw_thresholds(axes, self.thresholds, canvas)
        scales.of_weeks(axes, self.first, self.weeks, language)
        scales.of_numbers(axes.yaxis, language, label=f"{self.metric} ({self.unit})" if self.unit else self.metric)
        axes.grid(axis="y", color="#e6e6e6", linewidth=0.5)


def record(axes: Axes, history: Figures, canvas: Canvas) -> None:
    """Draw what is on record, each figure with a dot; the line breaks where one is missing."""
    known = [float("nan") if value is None else value for value in history]
    size = 3.0 if len(known) <= 60 else 1.0  # noqa: PLR2004 - more dots run together
    (drawn,) = axes.plot(range(len(known)), known, color=INK, marker="o", markersize=size, linewidth=1.2)
    canvas.explain(drawn, say("recorded", canvas.language))


def draw_thresholds(axes: Axes, thresholds: Sequence[Threshold], canvas: Canvas) -> None:
    """Draw each threshold as a line with steps between the weeks."""
    for place, one in enumerate(thresholds):
        values = [float("nan") if value is None else value for value in one.values]
        dashes = DASHES[1 + place % (len(DASHES) - 1)]
        edges = [week + shift for week in range(len(values)) for shift in (-0.5, 0.5)]
        doubled = [value for value in values for _ in range(2)]
        (drawn,) = axes.plot(edges, doubled, color=THRESHOLD, linewidth=1.3, dashes=dashes)
        canvas.explain(drawn, one.label)


def shade(axes: Axes, weeks: Sequence[int], label: str, canvas: Canvas) -> None:
    """Shade weeks, those in a row together."""
    runs = [[week for _, week in run] for _, run in groupby(enumerate(weeks), key=lambda pair: pair[1] - pair[0])]
    for place, run in enumerate(runs):
        drawn = axes.axvspan(run[0] - 0.5, run[-1] + 0.5, facecolor=RISK, edgecolor="#d8c25a", linewidth=0.4)
        if place == 0:
            canvas.explain(drawn, label)
