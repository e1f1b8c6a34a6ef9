"""Calendar strip: the stage of each region, week by week; and a metric against its thresholds with the stages below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from escalation.documents.charts import fan, palette, scales
from escalation.documents.charts.fan import Figures, Threshold
from escalation.documents.charts.lettering import POINTS, SMALL, breadth, broadest, depth, wrapped
from escalation.documents.charts.wording import figure, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

    from escalation.documents.charts.canvas import Canvas
    from escalation.periods import Week
    from escalation.policy.values import Language

MOST_ROWS = 60
ROW = 0.17
LABEL = 130.0
BROAD = 60.0
"""Names of regions so broad leave room for fewer weeks below; in points."""
HEIGHT = 1.5
UNSAID = -1
Ranks = tuple[int | None, ...]
"""The rank of the stage in each week, 0 for the mildest, UNSAID where the policy cannot say; none: not evaluated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A region and its stages."""

    region: str
    ranks: Ranks


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The stages of regions in the weeks from `first` on; of more than 60 regions the first 60 are painted."""

    first: Week
    stages: tuple[str, ...]
    rows: tuple[Row, ...]

    def described(self, language: Language) -> str:
        """Count the regions in each stage in the last week."""
        last = [row.ranks[-1] for row in self.rows]
        counts = [(stage, last.count(rank)) for rank, stage in enumerate(self.stages)]
        if any(UNSAID in row.ranks for row in self.rows):
            counts.append((say("cannot", language), last.count(UNSAID)))
        ends = ", ".join(f"{stage} {count}" for stage, count in counts)
        return say(
            "said.strip",
            language,
            regions=figure(len(self.rows), language),
            first=str(self.first),
            last=str(self.first + (len(self.rows[0].ranks) - 1)),
            ends=ends,
        )

    def paint(self, canvas: Canvas) -> None:
        """Paint a row for each region, the first on top."""
        shown, language = self.rows[:MOST_ROWS], canvas.language
        labels = [wrapped(row.region, LABEL, SMALL) for row in shown]
        axes = canvas.axes(row_height(labels) * len(shown))
        draw_stages(axes, [row.ranks for row in shown], self.stages, canvas)
        axes.set_yticks(range(len(shown)), labels)
        scales.of_weeks(axes, self.first, len(shown[0].ranks), language, ticks=scales.BESIDE_ROWS)
        if len(shown) < len(self.rows):
            counts = {"shown": figure(len(shown), language), "all": figure(len(self.rows), language)}
            canvas.note(say("only-rows", language, **counts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A metric in its unit against its thresholds, and the stages below, in the weeks from `first` on."""

    metric: str
    unit: str
    first: Week
    values: Figures
    thresholds: tuple[Threshold, ...]
    stages: tuple[str, ...]
    rows: tuple[Row, ...]

    def described(self, language: Language) -> str:
        """Say what is shown against what, and when the stages of the first row began."""
        runs = [
            f"{self.stages[rank]} {self.first + week}"
            for week, _, rank in _runs(self.rows[0].ranks)
            if rank is not None and rank != UNSAID
        ]
        return say(
            "said.episode",
            language,
            metric=self.metric,
            unit=self.unit,
            first=str(self.first),
            last=str(self.first + (len(self.values) - 1)),
            thresholds=", ".join(one.label for one in self.thresholds) or "–",
            stages=", ".join(runs),
        )

    def paint(self, canvas: Canvas) -> None:
        """Paint the metric above and the stages below, over the same weeks."""
        labels = [wrapped(row.region, LABEL, SMALL) for row in self.rows]
        axes, below = canvas.stacked(HEIGHT, 1.2 * row_height(labels) * len(self.rows))
        language = canvas.language
        fan.record(axes, self.values, canvas)
        fan.draw_thresholds(axes, self.thresholds, canvas)
        scales.from_zero(axes)
        scales.of_numbers(axes.yaxis, language, label=self._label(), is_whole=self._is_whole, up=HEIGHT * POINTS)
        axes.grid(axis="y", color="#e6e6e6", linewidth=0.5)
        draw_stages(below, [row.ranks for row in self.rows], self.stages, canvas)
        below.set_yticks(range(len(self.rows)), labels)
        is_narrow = max(broadest(label, SMALL) for label in labels) > BROAD
        ticks = scales.BESIDE_ROWS if is_narrow else scales.MOST_TICKS
        scales.of_weeks(below, self.first, len(self.values), language, ticks=ticks)

    @property
    def _is_whole(self) -> bool:
        """Whether all figures are whole numbers, as levels and weeks are."""
        shown = (*self.values, *(value for one in self.thresholds for value in one.values))
        return all(value is None or value == int(value) for value in shown)

    def _label(self) -> str:
        """Name metric and unit beside the axis; the unit alone where both are longer than it, as the title may be."""
        both = f"{self.metric} ({self.unit})" if self.unit else self.metric
        return both if breadth(both) <= HEIGHT * POINTS else self.unit


def row_height(labels: Sequence[str]) -> float:
    """Give how high the rows must be for their labels, in inches."""
    return max(ROW, max(depth(label, SMALL) for label in labels) / POINTS + 0.03)


def draw_stages(axes: Axes, rows: Sequence[Ranks], stages: Sequence[str], canvas: Canvas) -> None:
    """Draw the runs of each stage, and explain the stages of the ladder, all of them."""
    for rank, stage in enumerate(stages):
        look = Look(palette.stage(rank, len(stages)), palette.hatch(rank, len(stages)))
        draw_runs(axes, rows, rank, look)
        canvas.explain(look.patch(), stage)
    for other, hatch, key in ((UNSAID, palette.CANNOT_SAY, "cannot"), (None, palette.NOT_ON_RECORD, "no-data")):
        if any(other in ranks for ranks in rows):
            look = Look("white", hatch)
            draw_runs(axes, rows, other, look)
            canvas.explain(look.patch(), say(key, canvas.language))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)


class Look(NamedTuple):
    """How a stage is told from others."""

    colour: str
    hatch: str
    edge: str = palette.GREY

    def patch(self) -> Patch:
        """Give what stands for it in the legend."""
        from matplotlib.patches import Patch

        return Patch(facecolor=self.colour, hatch=self.hatch, edgecolor=palette.GREY, linewidth=0.4)


def draw_runs(axes: Axes, rows: Sequence[Ranks], rank: int | None, look: Look) -> None:
    """Draw the runs of a rank in rows, the first on top."""
    for place, ranks in enumerate(rows):
        spans = [(week - 0.5, weeks) for week, weeks, found in _runs(ranks) if found == rank]
        if spans:
            axes.broken_barh(
                spans,
                (place - 0.42, 0.84),
                facecolor=look.colour,
                hatch=look.hatch,
                edgecolor=look.edge,
                linewidth=0.3,
            )


def _runs(ranks: Ranks) -> Iterator[tuple[int, int, int | None]]:
    """Give the runs of equal stages: the week in which each begins, its weeks, and the rank."""
    week = 0
    for rank, run in groupby(ranks):
        weeks = len(list(run))
        yield week, weeks, rank
        week += weeks
