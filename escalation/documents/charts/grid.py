"""Grid: an amount of every row in every column, both named; pale where there is none, and written in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette
from escalation.documents.charts.lettering import LINE, SIZE, SMALL, breadth, wrapped
from escalation.documents.charts.wording import say

if TYPE_CHECKING:
    from escalation.documents.charts.canvas import Canvas
    from escalation.policy.values import Language

MOST_COLUMNS, MOST_ROWS = 6, 24
"""So many are painted: more names do not fit below and beside each other."""
ROOM = 366.0
"""For the names of the rows and the cells together, in points."""
LABEL = 130.0
LEAST_ROW = 0.34
BETWEEN = 4.0
DARK = 0.5
"""Of the greatest amount; letters on darker cells are white."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Amounts, none below 0, of `rows` in `columns`, `cells` [row][column] each with its `texts`, as it is written."""

    outcome: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    across: str
    """What the columns are."""

    def described(self, language: Language) -> str:
        """Give all cells in words."""
        rows = "; ".join(
            f"{row}: " + ", ".join(f"{column} {text}" for column, text in zip(self.columns, texts, strict=True))
            for row, texts in zip(self.rows, self.texts, strict=True)
        )
        return say("said.grid", language, outcome=self.outcome, rows=rows)

    def paint(self, canvas: Canvas) -> None:
        """Paint a row of cells for each row, the first on top."""
        from matplotlib.colors import LinearSegmentedColormap

        names = [wrapped(name, LABEL, SMALL) for name in self.rows]
        beside = max(breadth(line, SMALL) for name in names for line in name.split("\n"))
        heads = [wrapped(name, (ROOM - beside) / len(self.columns) - BETWEEN, SMALL) for name in self.columns]
        height = max(LEAST_ROW, max(name.count("\n") + 1 for name in names) * SMALL * LINE / 72 + 0.1)
        axes = canvas.axes(height * len(names))
        greatest = max(max(row) for row in self.cells)
        axes.pcolormesh(
            [place - 0.5 for place in range(len(heads) + 1)],
            [place - 0.5 for place in range(len(names) + 1)],
            self.cells,
            cmap=LinearSegmentedColormap.from_list("amounts", palette.AMOUNTS),
            vmin=0,
            vmax=greatest or 1,
            edgecolors="white",
            linewidth=1.5,
        )
        for y, row in enumerate(self.cells):
            for x, cell in enumerate(row):
                colour = "white" if cell > DARK * greatest else palette.INK
                axes.text(x, y, self.texts[y][x], ha="center", va="center", size=SIZE, color=colour)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xticks(range(len(heads)), heads)
        axes.set_yticks(range(len(names)), names)
        axes.tick_params(length=0)
        axes.set_xlabel(self.across)
        for spine in axes.spines.values():
            spine.set_visible(False)
