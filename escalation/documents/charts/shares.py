"""The share of the draws in each stage, week by week, one above the other; below it the share that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.documents.charts import palette, scales
from escalation.documents.charts.wording import percent, say

if TYPE_CHECKING:
    from escalation.documents.charts.canvas import Canvas
    from escalation.periods import Week
    from escalation.policy.values import Language

HEIGHT = 2.1
BELOW = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Of each stage, from the mildest on, its share of the draws in every week from `first` on, from 0 to 1.

    `undetermined` is the share in which the policy cannot say what follows; in these a stage is in force all the same.
    """

    first: Week
    stages: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]
    undetermined: tuple[float, ...] = ()

    def described(self, language: Language) -> str:
        """Say how the draws are spread in the first week and in the last."""

        def spread(week: int) -> str:
            pairs = zip(self.stages, self.shares, strict=True)
            return ", ".join(f"{stage} {percent(shares[week], language)} %" for stage, shares in pairs)

        last = self.first + (len(self.shares[0]) - 1)
        return say("said.shares", language, first=str(self.first), begins=spread(0), last=str(last), ends=spread(-1))

    def paint(self, canvas: Canvas) -> None:
        """Paint a column for each week."""
        is_shown = any(self.undetermined)
        axes, *below = canvas.stacked(HEIGHT, BELOW) if is_shown else canvas.stacked(HEIGHT)
        weeks, language = len(self.shares[0]), canvas.language
        floor = [0.0] * weeks
        for rank, (stage, shares) in enumerate(zip(self.stages, self.shares, strict=True)):
            top = [low + share for low, share in zip(floor, shares, strict=True)]
            drawn = axes.fill_between(
                _edges(weeks),
                _doubled(floor),
                _doubled(top),
                facecolor=palette.stage(rank, len(self.stages)),
                hatch=palette.hatch(rank, len(self.stages)),
                edgecolor="#4d4d4d",
                linewidth=0.4,
            )
            canvas.explain(drawn, stage)
            floor = top
        axes.set_ylim(0, 1)
        scales.of_percent(axes.yaxis, language, label=say("share", language))
        lowest = axes
        for lowest in below:
            drawn = lowest.fill_between(
                _edges(weeks), _doubled(self.undetermined), hatch=palette.CANNOT_SAY, facecolor="white",
                edgecolor=palette.INK, linewidth=0.6,
            )  # fmt: skip
            canvas.explain(drawn, say("cannot", language))
            lowest.set_ylim(0, 1)
            scales.of_percent(lowest.yaxis, language, label="")
        scales.of_weeks(lowest, self.first, weeks, language)


def _edges(weeks: int) -> list[float]:
    return [week + shift for week in range(weeks) for shift in (-0.5, 0.5)]


def _doubled(values: list[float] | tuple[float, ...]) -> list[float]:
    return [value for value in values for _ in range(2)]
