"""Tornado: how far one outcome moves when each number of the policy is changed alone, the strongest on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.lettering import SIZE, SMALL, lettered, rows, wrapped
from escalation.documents.charts.wording import figure, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from escalation.documents.charts.canvas import Canvas
    from escalation.policy.values import Language

ROW = 0.42
LABEL = 145.0
DOWN, UP = "#a3c4e2", "#d65f1f"
"""Pale for the lower value of the input, dark for the higher: they differ in grey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An input, changed to a lower and to a higher value (as texts), and the outcome with each."""

    label: str
    lower: str
    low: float
    higher: str
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """An outcome in its unit, at present and with each input changed alone."""

    outcome: str
    unit: str
    present: float
    bars: tuple[Bar, ...]

    @property
    def ranked(self) -> list[Bar]:
        """The bars, the longest first."""
        return sorted(self.bars, key=lambda bar: -self._span(bar))

    def described(self, language: Language) -> str:
        """Say both outcomes of every input."""
        rows = "; ".join(
            f"{bar.label}: {bar.lower} → {figure(bar.low, language)}, {bar.higher} → {figure(bar.high, language)}"
            for bar in self.ranked
        )
        present = f"{figure(self.present, language)} {self.unit}".strip()
        return say("said.tornado", language, outcome=self.outcome, present=present, rows=rows)

    def paint(self, canvas: Canvas) -> None:
        """Paint a bar to each side of the present, the values of the input at its ends."""
        from matplotlib.patches import Patch

        labels = [wrapped(bar.label, LABEL, SIZE) for bar in self.ranked]
        axes, language = canvas.axes(rows(labels, ROW)), canvas.language
        for place, bar in enumerate(self.ranked):
            self._bar(axes, place, bar, canvas)
        for colour, key in ((DOWN, "lower"), (UP, "higher")):
            canvas.explain(Patch(facecolor=colour, edgecolor=palette.INK, linewidth=0.5), say(key, language))
        present = axes.axvline(self.present, color=palette.INK, linewidth=1)
        value = f"{figure(self.present, language)} {self.unit}".strip()
        canvas.explain(present, say("present", language, value=value))
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        widest = max((abs(one - self.present) for bar in self.bars for one in (bar.low, bar.high)), default=0) or 1
        axes.set_xlim(self.present - 1.35 * widest, self.present + 1.35 * widest)
        scales.of_numbers(axes.xaxis, language, label=f"{self.outcome} ({self.unit})" if self.unit else self.outcome)

    def _bar(self, axes: Axes, place: int, bar: Bar, canvas: Canvas) -> None:
        if bar.low == bar.high == self.present:
            text = say("changes-nothing", canvas.language)
            axes.text(self.present, place, f"  {text}", size=SMALL, va="center", ha="left")
            return
        is_crossed = (bar.low - self.present) * (bar.high - self.present) > 0
        for end, text, colour in ((bar.low, bar.lower, DOWN), (bar.high, bar.higher, UP)):
            height = 0.28 if is_crossed else 0.56
            at = place + (0 if not is_crossed else -0.15 if colour is DOWN else 0.15)
            axes.barh(at, end - self.present, left=self.present, height=height, color=colour, edgecolor=palette.INK,
                      linewidth=0.5)  # fmt: skip
            side = end - self.present or (bar.low - bar.high if colour is DOWN else bar.high - bar.low)
            shown = f" {lettered(text)} "
            axes.text(end, at, shown, size=SMALL, va="center", ha="left" if side > 0 else "right")

    def _span(self, bar: Bar) -> float:
        ends = (bar.low, bar.high, self.present)
        return max(ends) - min(ends)
