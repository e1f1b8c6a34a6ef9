"""Lines of one outcome over one input: how far a policy moves with a threshold, or a probability with the uptake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.stakes import Input
from escalation.documents.charts.wording import figure, say

if TYPE_CHECKING:
    from escalation.documents.charts.canvas import Canvas
    from escalation.policy.values import Language

HEIGHT = 2.3
MOST_MARKED = 40
MARKERS = "osD^vP*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """An outcome at each value of the input; none where it cannot be said."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Series over one input; shares are from 0 to 1 and shown as percent.

    `limit` is what the outcome is to stay under or above, with the words for it, and `answer` the input that does.
    """

    outcome: str
    unit: str
    x: Input
    series: tuple[Series, ...]
    is_share: bool = False
    limit: tuple[str, float] | None = None
    answer: float | None = None

    def described(self, language: Language) -> str:
        """Say where each line begins and ends, and the answer."""
        said = []
        for one in self.series:
            ends = [self._figure(value, language) for value in (one.values[0], one.values[-1])]
            said.append(f"{one.label}: {ends[0]} → {ends[1]}")
        if self.answer is not None:
            said.append(say("answer", language, value=f"{figure(self.answer, language)} {self.x.unit}".strip()))
        return say(
            "said.curves",
            language,
            outcome=self.outcome,
            x=self.x.named,
            x_low=figure(self.x.values[0], language),
            x_high=figure(self.x.values[-1], language),
            rows="; ".join(said),
        )

    def paint(self, canvas: Canvas) -> None:
        """Paint the lines, and what stands across them."""
        axes, language = canvas.axes(HEIGHT), canvas.language
        for place, one in enumerate(self.series):
            colour, dashes = palette.line(place)
            (drawn,) = axes.plot(
                self.x.values,
                [float("nan") if value is None else value for value in one.values],
                color=colour,
                dashes=dashes or (None, None),
                marker=MARKERS[place % len(MARKERS)] if len(one.values) <= MOST_MARKED else None,
                markersize=3.5,
            )
            canvas.explain(drawn, one.label)
        if self.limit is not None:
            line = axes.axhline(self.limit[1], color=palette.THRESHOLD, linewidth=1.2, dashes=(4, 2))
            canvas.explain(line, self.limit[0])
        for value, key, dashes in ((self.x.present, "present", (1.0, 1.5)), (self.answer, "answer", (6.0, 2.0))):
            if value is not None:
                line = axes.axvline(value, color=palette.INK, linewidth=1, dashes=dashes)
                shown = f"{figure(value, language)} {self.x.unit}".strip()
                canvas.explain(line, say(key, language, value=shown))
        scales.of_numbers(axes.xaxis, language, label=self.x.named, values=self.x.values)
        if self.is_share:
            axes.set_ylim(-0.02, 1.02)
            scales.of_percent(axes.yaxis, language, label=self.outcome)
        else:
            scales.of_numbers(
                axes.yaxis, language, label=f"{self.outcome} ({self.unit})" if self.unit else self.outcome
            )
        axes.grid(axis="y", color="#e6e6e6", linewidth=0.5)

    def _figure(self, value: float | None, language: Language) -> str:
        if value is None:
            return say("cannot", language)
        if self.is_share:
            return f"{figure(round(value * 100, 1), language)} %"
        return f"{figure(value, language)} {self.unit}".strip()
