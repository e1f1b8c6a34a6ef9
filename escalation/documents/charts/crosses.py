"""Map of the chance of an outcome by region and week, with a cross in the cells where it came true."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.lettering import SMALL, wrapped
from escalation.documents.charts.strip import LABEL, MOST_ROWS, Look, draw_runs, row_height
from escalation.documents.charts.wording import figure, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.documents.charts.canvas import Canvas
    from escalation.periods import Week
    from escalation.policy.values import Language

EDGES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where one shade of the chance ends and the next begins."""
OFTEN = 0.5
DARK = 4
"""The first of the shades on which grey is not seen."""
ACROSS = 230.0
"""The width that all weeks have beside names of regions, in points."""
LARGEST, SMALLEST = 6.0, 2.5
"""Of a cross, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region week by week: the chance, from 0 to 1, and what came.

    `came` says whether it came true by the figures on record, none where they have not reached the week yet; where
    `cannot_say`, the policy cannot say by them. `undetermined` is the part of the draws in which it cannot.
    """

    region: str
    chances: tuple[float, ...]
    came: tuple[bool | None, ...]
    cannot_say: tuple[bool, ...]
    undetermined: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosses:
    """An outcome in regions in the weeks from `first` on; of more than 60 regions the first 60 are painted."""

    outcome: str
    first: Week
    rows: tuple[Region, ...]

    def described(self, language: Language) -> str:
        """Count the region-weeks in which it came true."""
        came = [one for row in self.rows for one in row.came if one is not None]
        return say(
            "said.crosses",
            language,
            outcome=self.outcome,
            regions=figure(len(self.rows), language),
            first=str(self.first),
            last=str(self.first + (len(self.rows[0].chances) - 1)),
            true=figure(sum(came), language),
            recorded=figure(len(came), language),
        )

    def paint(self, canvas: Canvas) -> None:
        """Paint a row for each region, the first on top."""
        shown, language = self.rows[:MOST_ROWS], canvas.language
        labels = [wrapped(row.region, LABEL, SMALL) for row in shown]
        axes = canvas.axes(row_height(labels) * len(shown))
        shades = [tuple(bisect_right(EDGES, one) for one in row.chances) for row in shown]
        _draw_chances(axes, shades, canvas)
        _draw_hatches(axes, shown, shades, canvas)
        _draw_crosses(axes, shown, canvas)
        axes.set_yticks(range(len(shown)), labels)
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        scales.of_weeks(axes, self.first, len(shown[0].chances), language, ticks=scales.BESIDE_ROWS)
        if len(shown) < len(self.rows):
            counts = {"shown": figure(len(shown), language), "all": figure(len(self.rows), language)}
            canvas.note(say("only-rows", language, **counts))


def _draw_chances(axes: Axes, shades: Sequence[tuple[int, ...]], canvas: Canvas) -> None:
    """Draw the runs of each shade, and explain all shades."""
    ends = [f"{100 * edge:.0f}" for edge in EDGES]
    for shade, colour in enumerate(palette.CHANCES):
        look = Look(colour, "")
        draw_runs(axes, shades, shade, look)
        key = "chance.least" if shade == 0 else "chance.most" if shade == len(EDGES) else "chance"
        low, high = ends[shade - 1] if shade else "", ends[shade] if shade < len(ends) else ""
        canvas.explain(look.patch(), say(key, canvas.language, low=low, high=high))


def _draw_hatches(axes: Axes, shown: Sequence[Region], shades: Sequence[tuple[int, ...]], canvas: Canvas) -> None:
    """Hatch what is not on record yet, and where the policy cannot say; in white on the dark shades."""
    hatched: dict[tuple[str, str], Sequence[Sequence[bool]]] = {
        ("not-on-record", palette.NOT_ON_RECORD): [[one is None for one in row.came] for row in shown],
        ("cannot-on-record", palette.CANNOT_SAY): [row.cannot_say for row in shown],
        ("cannot-often", palette.OFTEN_CANNOT_SAY): [[one >= OFTEN for one in row.undetermined] for row in shown],
    }
    for (key, hatch), rows in hatched.items():
        if any(any(row) for row in rows):
            inks = [
                tuple(int(one) * (2 if shade >= DARK else 1) for one, shade in zip(*pair, strict=True))
                for pair in zip(rows, shades, strict=True)
            ]
            draw_runs(axes, inks, 1, Look("none", hatch))
            draw_runs(axes, inks, 2, Look("none", hatch, "white"))
            canvas.explain(Look("white", hatch).patch(), say(key, canvas.language))


def _draw_crosses(axes: Axes, shown: Sequence[Region], canvas: Canvas) -> None:
    """Draw a cross in each cell that came true, on a paler one: it is seen on every shade."""
    cells = [(week, place) for place, row in enumerate(shown) for week, came in enumerate(row.came) if came]
    weeks, places = [week for week, _ in cells], [place for _, place in cells]
    size = max(SMALLEST, min(LARGEST, 0.6 * ACROSS / len(shown[0].chances)))
    _, drawn = (
        axes.plot(weeks, places, "x", markersize=size, markeredgecolor=colour, markeredgewidth=width)[0]
        for colour, width in (("white", 2.6), (palette.INK, 1.2))
    )
    canvas.explain(drawn, say("came-true", canvas.language))
