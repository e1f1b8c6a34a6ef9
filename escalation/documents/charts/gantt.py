"""Bars over days: what has a limit from its first day to its last, what has none, and a range to plan with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from escalation.documents.charts import palette
from escalation.documents.charts.lettering import POINTS, SMALL, depth, wrapped
from escalation.documents.charts.wording import day_text, say
from escalation.policy.wording import day

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

    from escalation.documents.charts.canvas import Canvas
    from escalation.policy.values import Language

LABEL = 175.0
"""In points: how broad the names of bars may be."""
MOST_BARS = 40
MOST_TICKS = 4
GAP, SHORTEST, THICK = 5.0, 43.0, 8.0
"""In points, as the rows are counted: between two rows, of all of them, and of a bar."""
AFTER = 0.24
"""Room for the last day behind a bar, as a share of the days."""
SURE, DOUBTFUL = "#0072b2", "#a3c4e2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What lies between two days, both or none; `is_certain` says that the law behind it is confirmed.

    `has_limit` tells a limit of which the day is not known from none.
    """

    label: str
    first: date | None
    last: date | None
    is_certain: bool
    has_limit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Days to plan with: at the earliest, usually, at the latest."""

    label: str
    least: date
    usual: date
    most: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt:
    """Bars in order from a start, and a range below them; of more than 40 bars the first 40 are painted."""

    start: date
    bars: tuple[Bar, ...]
    span: Range | None

    def described(self, language: Language) -> str:
        """Say the last day of every bar, and the range."""
        limits = "; ".join(f"{one.label}: {day(one.last, language)}" for one in self.bars if one.last is not None)
        without = "; ".join(one.label for one in self.bars if not one.has_limit)
        said = say(
            "said.gantt", language, start=day(self.start, language), limits=limits or "–", without=without or "–"
        )
        if self.span is None:
            return said
        least, usual, most = (day(when, language) for when in (self.span.least, self.span.usual, self.span.most))
        return f"{said} {say('said.range', language, label=self.span.label, least=least, usual=usual, most=most)}"

    def paint(self, canvas: Canvas) -> None:
        """Paint a row for each bar, the first on top, and the range at the bottom."""
        shown, language = self.bars[:MOST_BARS], canvas.language
        names = [one.label for one in shown] + ([self.span.label] if self.span is not None else [])
        labels = [wrapped(name, LABEL, SMALL) for name in names]
        ends = [0.0, *accumulate(depth(label, SMALL) + GAP for label in labels)]
        middles = [(above + below) / 2 for above, below in pairwise(ends)]
        axes = canvas.axes(max(SHORTEST, ends[-1]) / POINTS)
        axes.set_yticks(middles, labels)
        axes.set_ylim(ends[-1], 0)
        axes.tick_params(axis="y", length=0)
        for bar, middle in zip(shown, middles, strict=False):
            self._bar(axes, middle, bar, canvas)
        if self.span is not None:
            self._range(axes, middles[-1], self.span, canvas)
        self._scale(axes, language)
        self._explain(canvas)

    def _bar(self, axes: Axes, place: float, bar: Bar, canvas: Canvas) -> None:
        if bar.first is None or bar.last is None:
            text = say("no-day" if bar.has_limit else "no-limit", canvas.language)
            axes.text(self.start.toordinal(), place, f"  {text}", size=SMALL, va="center", color=palette.GREY)
            return
        first, last = bar.first.toordinal(), bar.last.toordinal()
        colour, hatch = (SURE, "") if bar.is_certain else (DOUBTFUL, palette.CANNOT_SAY)
        axes.barh(place, last - first, left=first, height=THICK, facecolor=colour, hatch=hatch, edgecolor=palette.INK,
                  linewidth=0.5)  # fmt: skip
        _dated(axes, last, place, canvas)

    def _range(self, axes: Axes, place: float, span: Range, canvas: Canvas) -> None:
        least, usual, most = (when.toordinal() for when in (span.least, span.usual, span.most))
        axes.barh(place, most - least, left=least, height=THICK, facecolor=palette.RISK, hatch=palette.CANNOT_SAY,
                  edgecolor=palette.INK, linewidth=0.5)  # fmt: skip
        axes.plot([usual], [place], marker="D", markersize=6, color=palette.INK, linestyle="none")
        _dated(axes, most, place, canvas)

    def _scale(self, axes: Axes, language: Language) -> None:
        days = [one.last for one in self.bars if one.last is not None]
        last = max([self.start, *days, *([self.span.most] if self.span is not None else [])])
        length = max(1, (last - self.start).days)
        step = -(-length // MOST_TICKS)
        places = range(self.start.toordinal(), last.toordinal() + 1, step)
        texts = (day_text(date.fromordinal(place), language) for place in places)
        axes.set_xticks([*places], [" ".join(text.split()[:2]) + "\n" + text.split()[-1] for text in texts])
        axes.set_xlim(self.start.toordinal(), last.toordinal() + AFTER * length)

    def _explain(self, canvas: Canvas) -> None:
        from matplotlib.lines import Line2D

        dated, language = [one for one in self.bars if one.last is not None], canvas.language
        if any(one.is_certain for one in dated):
            canvas.explain(_patch(SURE, ""), say("limit-sure", language))
        if not all(one.is_certain for one in dated):
            canvas.explain(_patch(DOUBTFUL, palette.CANNOT_SAY), say("limit-doubtful", language))
        if self.span is not None:
            canvas.explain(_patch(palette.RISK, palette.CANNOT_SAY), say("range", language))
            usual = Line2D([], [], marker="D", markersize=6, color=palette.INK, linestyle="none")
            canvas.explain(usual, say("usual", language))


def _patch(colour: str, hatch: str) -> Patch:
    """Give what stands for a kind of bar in the legend."""
    from matplotlib.patches import Patch

    return Patch(facecolor=colour, hatch=hatch, edgecolor=palette.INK, linewidth=0.5)


def _dated(axes: Axes, when: int, place: float, canvas: Canvas) -> None:
    text = day_text(date.fromordinal(when), canvas.language)
    axes.text(when, place, f" {text}", size=SMALL, va="center", ha="left")
