"""Bars: one outcome of several undertakings side by side, in the order in which they are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.lettering import SIZE, SMALL, rows, wrapped
from escalation.documents.charts.wording import figure, say

if TYPE_CHECKING:
    from escalation.documents.charts.canvas import Canvas
    from escalation.policy.values import Language

ROW = 0.3
LABEL = 190.0
MOST_BARS = 40
COLOUR = "#a3c4e2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """An outcome in its unit, by label; of more than 40 the first 40 are painted."""

    outcome: str
    unit: str
    values: tuple[tuple[str, float], ...]

    def described(self, language: Language) -> str:
        """Say the outcome of each."""
        rows = "; ".join(f"{label}: {figure(value, language)}" for label, value in self.values)
        return say("said.bars", language, outcome=self.outcome, rows=rows)

    def paint(self, canvas: Canvas) -> None:
        """Paint a bar for each, with its figure at the end."""
        shown, language = self.values[:MOST_BARS], canvas.language
        labels = [wrapped(label, LABEL, SIZE) for label, _ in shown]
        axes = canvas.axes(rows(labels, ROW))
        for place, (_, value) in enumerate(shown):
            axes.barh(place, value, height=0.6, color=COLOUR, edgecolor=palette.INK, linewidth=0.5)
            axes.text(value, place, f" {figure(value, language)}", size=SMALL, va="center", ha="left")
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.set_xlim(0, 1.15 * max(value for _, value in shown) or 1)
        axes.tick_params(axis="y", length=0)
        scales.of_numbers(axes.xaxis, language, label=self.unit)
        if len(shown) < len(self.values):
            counts = {"shown": figure(len(shown), language), "all": figure(len(self.values), language)}
            canvas.note(say("only-first", language, **counts))
