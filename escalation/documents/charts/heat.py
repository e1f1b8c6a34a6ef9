"""Heat map of one outcome over two inputs, with the line on which the outcome stays as it is at present."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.lettering import SMALL
from escalation.documents.charts.stakes import Input, edges
from escalation.documents.charts.wording import figure, say
from escalation.errors import RequestError

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from escalation.documents.charts.canvas import Canvas
    from escalation.policy.values import Language

HEIGHT = 3.1
MOST_WRITTEN = 8
MIDDLE = 0.55
"""Of the colours those below it are dark, and letters on them white."""
"""Up to so many columns the figures stand in the cells."""
COLOURS = "cividis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """An outcome in its unit: `cells` are rows of `y`, columns of `x`; none where it cannot be said.

    `present` is the outcome at the present values of the two inputs.
    """

    outcome: str
    unit: str
    x: Input
    y: Input
    cells: tuple[tuple[float | None, ...], ...]
    present: float | None = None

    @property
    def known(self) -> list[float]:
        """All outcomes that can be said."""
        return [cell for row in self.cells for cell in row if cell is not None]

    def described(self, language: Language) -> str:
        """Say what was varied how far, and the range of the outcome."""
        ends = {
            f"{axis}_{end}": figure(one.values[place], language)
            for axis, one in (("x", self.x), ("y", self.y))
            for end, place in (("low", 0), ("high", -1))
        }
        known = self.known or [float("nan")]
        return say(
            "said.heat",
            language,
            outcome=self.outcome,
            x=self.x.named,
            y=self.y.named,
            low=figure(min(known), language) if self.known else "–",
            high=f"{figure(max(known), language)} {self.unit}".strip() if self.known else "–",
            **ends,
        )

    def paint(self, canvas: Canvas) -> None:
        """Paint the cells, the scale beside them, and where the present stands."""
        if not self.known:
            raise RequestError(f"of {self.outcome} nothing can be said at any of the values")
        axes, language = canvas.beside(HEIGHT), canvas.language
        axes.set_facecolor("white")
        axes.patch.set(hatch=palette.CANNOT_SAY, edgecolor=palette.GREY)
        values = [[float("nan") if cell is None else cell for cell in row] for row in self.cells]
        low, high = min(self.known), max(self.known)
        # As outlines the cells show seams in browsers, and 2,500 of them take half a megabyte.
        mesh = axes.pcolormesh(
            edges(self.x.values),
            edges(self.y.values),
            values,
            cmap=COLOURS,
            vmin=low,
            vmax=high if high > low else low + 1,
            rasterized=True,
        )
        bar = canvas.figure.colorbar(mesh, ax=axes, pad=0.02, aspect=25)
        label = f"{self.outcome} ({self.unit})" if self.unit else self.outcome
        scales.of_numbers(bar.ax.yaxis, language, label=label, values=(low,) if low == high else ())
        self._write(axes, language)
        self._draw_line(axes, canvas)
        self._mark(axes, canvas)
        if len(self.known) < sum(len(row) for row in self.cells):
            canvas.explain(_box(), say("cannot", language))
        scales.of_numbers(axes.xaxis, language, label=self.x.named, values=self.x.values)
        scales.of_numbers(axes.yaxis, language, label=self.y.named, values=self.y.values)

    def _write(self, axes: Axes, language: Language) -> None:
        if not self._is_written:
            return
        low, high = min(self.known), max(self.known)
        decimals = 0 if high - low >= 10 or all(cell == int(cell) for cell in self.known) else 1  # noqa: PLR2004
        for y, row in zip(self.y.values, self.cells, strict=True):
            for x, cell in zip(self.x.values, row, strict=True):
                if cell is not None:
                    colour = "white" if (cell - low) / (high - low or 1) < MIDDLE else palette.INK
                    text = figure(round(cell, decimals), language, decimals=decimals)
                    axes.text(x, y, text, ha="center", va="center", size=SMALL, color=colour)

    @property
    def _is_written(self) -> bool:
        return len(self.x.values) <= MOST_WRITTEN and len(self.y.values) <= MOST_WRITTEN

    def _mark(self, axes: Axes, canvas: Canvas) -> None:
        """Mark the present values of both inputs by a ring, or a frame around the cell where figures are written."""
        x, y = self.x.present, self.y.present
        if x is None or y is None:
            return
        from matplotlib.patches import Rectangle

        artist: Artist
        if self._is_written and x in self.x.values and y in self.y.values:
            left, bottom = (edges(one.values)[one.values.index(at)] for one, at in ((self.x, x), (self.y, y)))
            right, top = (edges(one.values)[one.values.index(at) + 1] for one, at in ((self.x, x), (self.y, y)))
            for colour, width in (("white", 4), (palette.INK, 1.8)):
                # Snapped to pixels, the lines of a side may fall apart; clipped, a side at the edge is half a line.
                artist = Rectangle(
                    (left, bottom),
                    right - left,
                    top - bottom,
                    fill=False,
                    edgecolor=colour,
                    linewidth=width,
                    snap=False,
                    clip_on=False,
                    zorder=4,
                )
                axes.add_patch(artist)
        else:
            for colour, width in (("white", 3.2), (palette.INK, 1.6)):
                (artist,) = axes.plot(
                    [x], [y], "o", markersize=9, markerfacecolor="none", markeredgecolor=colour, markeredgewidth=width
                )
        values = f"{figure(x, canvas.language)} × {figure(y, canvas.language)}"
        canvas.explain(artist, say("present", canvas.language, value=values))

    def _draw_line(self, axes: Axes, canvas: Canvas) -> None:
        """Draw where the outcome stays as it is at present."""
        is_grid = len(self.x.values) > 1 and len(self.y.values) > 1
        if self._is_written or self.present is None or not is_grid:
            return
        if not min(self.known) < self.present < max(self.known):
            return
        values = [[float("nan") if cell is None else cell for cell in row] for row in self.cells]
        axes.contour(self.x.values, self.y.values, values, levels=[self.present], colors="white", linewidths=3)
        drawn = axes.contour(
            self.x.values,
            self.y.values,
            values,
            levels=[self.present],
            colors=palette.INK,
            linewidths=1.4,
            linestyles="dashed",
        )
        value = f"{figure(self.present, canvas.language)} {self.unit}".strip()
        canvas.explain(drawn.legend_elements()[0][0], say("present-outcome", canvas.language, value=value))


def _box() -> Artist:
    from matplotlib.patches import Patch

    return Patch(facecolor="white", edgecolor=palette.GREY, hatch=palette.CANNOT_SAY)
