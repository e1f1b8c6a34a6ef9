"""Tornado: how far one outcome moves when each number of the policy is changed alone, the strongest on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.canvas import MARGIN, WIDTH
from escalation.documents.charts.lettering import POINTS, SIZE, SMALL, broadest, depth, lines, rows, wrapped
from escalation.documents.charts.wording import figure, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from escalation.documents.charts.canvas import Canvas
    from escalation.periods import Week
    from escalation.policy.values import Language

ROW = 0.42
LABEL = 145.0
TEXT = 74.0
"""How broad the value at the end of a bar may be before it is broken, in points."""
NAME = 62.0
"""How far the names of two outcomes on the axis must be apart, from middle to middle, in points."""
ROOM = WIDTH * POINTS - 2 * MARGIN - LABEL - 14
"""What is left for the bars and their values beside the labels, in points."""
MOST = 0.4
"""Of that the most that a value takes which is broader."""
GAP = 4.0
"""Between the texts beside two bars, in points."""
ROUNDS = 40
DOWN, UP = "#a3c4e2", "#d65f1f"
"""Pale for the lower value of the input, dark for the higher: they differ in grey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An input, changed to a lower and to a higher value (as texts), and the outcome with each.

    A text is empty where the input is not changed that way; the outcome is that at present. `least` and `greatest` are
    the outcomes anywhere between these, where they are known.
    """

    label: str
    lower: str
    low: float
    higher: str
    high: float
    least: float | None = None
    greatest: float | None = None

    @property
    def reached(self) -> tuple[float, ...]:
        """All outcomes."""
        return tuple(one for one in (self.low, self.high, self.least, self.greatest) if one is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """An outcome in its unit, at present and with each input changed alone.

    `told` says what it is at present. Of a week the outcomes are so many weeks after `first`. `beyond` is where
    those stand that have no figure, behind all that have one, and what they are.
    """

    outcome: str
    unit: str
    present: float
    bars: tuple[Bar, ...]
    told: str = ""
    first: Week | None = None
    beyond: tuple[float, str] | None = None

    @property
    def ranked(self) -> list[Bar]:
        """The bars, the longest first."""
        return sorted(self.bars, key=lambda bar: -self._span(bar))

    def _present(self, language: Language) -> str:
        return self.told or f"{self._named(self.present, language)} {self.unit}".strip()

    def _named(self, value: float, language: Language) -> str:
        """Write an outcome, a week by its name."""
        if self.beyond is not None and value == self.beyond[0]:
            return self.beyond[1]
        return figure(value, language) if self.first is None else str(self.first + round(value))

    def described(self, language: Language) -> str:
        """Say both outcomes of every input."""
        told = "; ".join(
            f"{bar.label}: " + ", ".join(f"{text} → {self._named(end, language)}" for text, end in _ends(bar))
            for bar in self.ranked
        )
        return say("said.tornado", language, outcome=self.outcome, present=self._present(language), rows=told)

    def paint(self, canvas: Canvas) -> None:
        """Paint a bar to each side of the present, the values of the input at its ends."""
        from matplotlib.patches import Patch

        labels = [wrapped(bar.label, LABEL, SIZE) for bar in self.ranked]
        heights = [max(rows([label], ROW), self._depth(bar)) for label, bar in zip(labels, self.ranked, strict=True)]
        axes, language = canvas.axes(sum(heights)), canvas.language
        for bar, (place, height) in zip(self.ranked, _places(heights), strict=True):
            self._bar(axes, place, height, bar, canvas)
        for colour, key in ((DOWN, "lower"), (UP, "higher")):
            canvas.explain(Patch(facecolor=colour, edgecolor=palette.INK, linewidth=0.5), say(key, language))
        self._reach(axes, heights, canvas)
        present = axes.axvline(self.present, color=palette.INK, linewidth=1)
        canvas.explain(present, say("present", language, value=self._present(language)))
        axes.set_yticks([place for place, _ in _places(heights)], labels)
        axes.set_ylim(sum(heights), 0)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(*self._limits(axes))
        scales.of_numbers(axes.xaxis, language, label="", values=self._ticks())
        if self.first is not None or self.beyond is not None:
            ticks = self._apart(axes)
            axes.set_xticks(ticks, [wrapped(self._named(one, language), TEXT, SIZE) for one in ticks])
        label = f"{self.outcome} ({self.unit})" if self.unit else self.outcome
        axes.xaxis.set_label_text(wrapped(label, ROOM, SIZE))

    def _bar(self, axes: Axes, place: float, row: float, bar: Bar, canvas: Canvas) -> None:
        if {*bar.reached} == {self.present}:
            text = say("changes-nothing", canvas.language)
            axes.text(self.present, place, f"  {text}", size=SMALL, va="center", ha="left")
            return
        is_crossed = self._is_crossed(bar)
        height = 0.28 * ROW if is_crossed else 0.56 * ROW
        for (text, end), colour in zip(_ends(bar, is_all=True), (DOWN, UP), strict=True):
            at = place + (0 if not is_crossed else -0.25 * row if colour is DOWN else 0.25 * row)
            axes.barh(at, end - self.present, left=self.present, height=height, color=colour, edgecolor=palette.INK,
                      linewidth=0.5)  # fmt: skip
            side = end - self.present or (bar.low - bar.high if colour is DOWN else bar.high - bar.low)
            outer = max(end, *bar.reached) if side > 0 else min(end, *bar.reached)
            beside = outer if not is_crossed or outer == end else end
            if text:
                broken = "\n".join(f" {line} " for line in lines(text, TEXT, SMALL))
                axes.text(beside, at, broken, size=SMALL, va="center", ha="left" if side > 0 else "right")

    def _is_crossed(self, bar: Bar) -> bool:
        """Say whether both bars of an input are on one side of the present."""
        return (bar.low - self.present) * (bar.high - self.present) > 0

    def _depth(self, bar: Bar) -> float:
        """Give how high the texts beside a bar are, in inches; those of one side stand below each other."""
        depths = [depth(wrapped(text, TEXT, SMALL), SMALL) + GAP for text, _ in _ends(bar)]
        return (2 * max(depths) if self._is_crossed(bar) else max(depths)) / POINTS

    def _reach(self, axes: Axes, heights: Sequence[float], canvas: Canvas) -> None:
        """Draw a line from a bar to the outcomes in between that are farther than its ends."""
        drawn = None
        for bar, (place, _) in zip(self.ranked, _places(heights), strict=True):
            near = (bar.low, bar.high, self.present)
            for end, edge in ((bar.least, min(near)), (bar.greatest, max(near))):
                if end is not None and not min(near) <= end <= max(near):
                    axes.plot([end], [place], "|", color=palette.INK, markersize=7)
                    (drawn,) = axes.plot([edge, end], [place, place], color=palette.INK, linewidth=1, dashes=(2, 1.5))
        if drawn is not None:
            canvas.explain(drawn, say("farther", canvas.language))

    @property
    def _known(self) -> tuple[float, float]:
        """The lowest and the highest outcome."""
        known = [self.present, *(end for bar in self.bars for end in bar.reached)]
        return min(known), max(known)

    def _ticks(self) -> tuple[float, ...]:
        """Give round outcomes, none of them beyond those that there are: the texts beside the bars need more room."""
        from matplotlib.ticker import MaxNLocator

        low, high = self._known
        found = MaxNLocator(nbins=scales.MOST_TICKS, steps=scales.STEPS, integer=self.first is not None)
        return tuple(float(one) for one in found.tick_values(low, high) if low <= one <= high) or (self.present,)

    def _apart(self, axes: Axes) -> list[float]:
        """Give those ticks, the last ones first, whose names do not touch, and the one of what has no figure."""
        low, high = axes.get_xlim()
        least = NAME / ROOM * (high - low)
        kept = [self.beyond[0]] if self.beyond is not None else []
        for tick in reversed(self._ticks()):
            if all(abs(tick - one) >= least for one in kept):
                kept.append(tick)
        return kept

    def _limits(self, axes: Axes) -> tuple[float, float]:
        """Give the ends of the scale between which bars have room, with the texts beside them."""
        texts = [
            (
                float(one.get_position()[0]),
                one.get_horizontalalignment(),
                min(broadest(one.get_text(), SMALL), MOST * ROOM),
            )
            for one in axes.texts
        ]
        low, high = first, last = self._known
        if low == high:
            low, high = low - 1, high + 1
        for _ in range(ROUNDS):
            scale = (high - low) / ROOM
            low = min([first, *(at - size * scale for at, side, size in texts if side == "right")])
            high = max([last, *(at + size * scale for at, side, size in texts if side == "left")])
        margin = 0.02 * (high - low)
        return low - margin, high + margin

    def _span(self, bar: Bar) -> float:
        ends = (*bar.reached, self.present)
        return max(ends) - min(ends)


def _ends(bar: Bar, *, is_all: bool = False) -> list[tuple[str, float]]:
    """Give the values of the input, as texts, with their outcomes; those that are none as well, where all are."""
    return [(text, end) for text, end in ((bar.lower, bar.low), (bar.higher, bar.high)) if text or is_all]


def _places(heights: Sequence[float]) -> list[tuple[float, float]]:
    """Give the middle of each row and its height, in inches from above."""
    return [(sum(heights[:place]) + one / 2, one) for place, one in enumerate(heights)]
