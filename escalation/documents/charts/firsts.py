"""The first week of each stage over many draws: a bar from P10 to P90 with P50 marked, or words if it never comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.lettering import SIZE, SMALL, rows, wrapped
from escalation.documents.charts.wording import percent, say, short_day
from escalation.policy import wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.documents.charts.canvas import Canvas
    from escalation.periods import Week
    from escalation.policy.values import Language

ROW = 0.5
THICK = 0.3
LATE = 0.4
"""From this part of the weeks on a text ends at the right end of the plot."""
LABEL = 140.0
PLOT = 225.0
"""Room for a label, and for a text in the plot, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWeek:
    """When something comes first: weeks, counted from 0, by which it has come in 10, 50 and 90 % of the draws.

    None where it has come in fewer within the horizon; `share` is the part of the draws in which it has, 0 to 1.
    `weeks` is its own horizon, where that is not the one of the picture.
    """

    label: str
    p10: int | None
    p50: int | None
    p90: int | None
    share: float
    weeks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firsts:
    """First weeks beside each other, in the `weeks` from `first` on."""

    first: Week
    weeks: int
    rows: tuple[FirstWeek, ...]

    def described(self, language: Language) -> str:
        """Say of each row when, and in how many of the draws."""
        said = []
        for row in self.rows:
            places = zip(("P10", "P50", "P90"), (row.p10, row.p50, row.p90), strict=True)
            weeks = ", ".join(f"{name} {self.first + week}" for name, week in places if week is not None)
            said.append(f"{row.label}: {weeks or say('never', language)} ({percent(row.share, language)} %)")
        return say("said.firsts", language, weeks=wording.weeks(self.weeks, language), rows="; ".join(said))

    def paint(self, canvas: Canvas) -> None:
        """Paint a row for each, the first on top."""
        language = canvas.language
        labels = []
        for row in self.rows:
            within = wording.weeks(row.weeks or self.weeks, language)
            share = say("within", language, percent=percent(row.share, language), weeks=within)
            labels.append(f"{wrapped(row.label, LABEL, SIZE)}\n{wrapped(share, LABEL, SMALL)}")
        axes = canvas.axes(rows(labels, ROW))
        for place, row in enumerate(self.rows):
            self._row(axes, place, row, canvas)
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        scales.of_weeks(axes, self.first, self.weeks, language, ticks=scales.BESIDE_ROWS)
        axes.grid(axis="x", color="#e6e6e6", linewidth=0.5)

    def _row(self, axes: Axes, place: int, row: FirstWeek, canvas: Canvas) -> None:
        language, end = canvas.language, (row.weeks or self.weeks) - 1
        if row.p10 is None:
            text = wrapped(say("never", language), PLOT - 20, SMALL)
            axes.text(0, place, text, size=SMALL, va="center", style="normal", color=palette.INK)
            return
        last = end if row.p90 is None else row.p90
        left = row.p10 - 0.5
        (bar,) = axes.barh(
            place, last + 0.5 - left, left=left, height=THICK, color=palette.BANDS[1], edgecolor=palette.MEDIAN, lw=0.6
        )
        self._explain(canvas, bar, "span")
        if row.p90 is None:
            (arrow,) = axes.plot(
                [end + 0.35], [place], marker=">", markersize=6, color=palette.MEDIAN, linestyle="none"
            )
            arrow.set_clip_on(False)
            self._explain(canvas, arrow, "beyond")
        if row.p50 is None:
            text = f"P50: {say('never-half', language)}"
        else:
            (mark,) = axes.plot([row.p50], [place], marker="D", markersize=5, color=palette.INK, linestyle="none")
            self._explain(canvas, mark, "half")
            text = f"P50: {self.first + row.p50}, {short_day(self.first + row.p50, language)}"
        is_late = (row.p10 if row.p50 is None else row.p50) > LATE * self.weeks
        axes.text(
            end + 0.4 if is_late else row.p10 - 0.4, place - THICK / 2 - 0.05, text, size=SMALL,
            ha="right" if is_late else "left", va="bottom",
        )  # fmt: skip

    @staticmethod
    def _explain(canvas: Canvas, artist: object, key: str) -> None:
        label = say(key, canvas.language)
        if label not in [known for _, known in canvas.explained]:
            canvas.explain(artist, label)  # type: ignore[arg-type]  # bars and lines are artists
