"""Past coverage: how often the intervals of a method would have held what then came, from origins in the past."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from escalation.errors import RequestError
from escalation.policy.values import Language
from escalation.policy.wording import number, phrase
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.baselines import LastRate
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.drive import has_population
from escalation.whatif.forecasts.forecast import DEFAULT, Method, prepare
from escalation.whatif.forecasts.past import Past

WORDS = {
    "not measured": (
        "past coverage not measured: the data are too short",
        "cakupan masa lalu tidak terukur: data terlalu pendek",
    ),
    "held": ("{level} % intervals held {share} %", "selang {level} % memuat {share} %"),
    "coverage": (
        "past coverage {weeks} weeks ahead: {held} ({counted})",
        "cakupan masa lalu {weeks} minggu ke depan: {held} ({counted})",
    ),
    "counted": (
        "forecasts: {forecasts}, regions: {regions}, weeks of origin: {origins}",
        "prakiraan: {forecasts}, wilayah: {regions}, minggu asal: {origins}",
    ),
}
LEVELS = (0.5, 0.8, 0.95)
AHEAD = (1, 2, 4, 8, 12, 26, 52)
SCENARIOS = 500
MOST_ORIGINS = 12
MOST_REGIONS = 50
"""More regions from the same weeks of origin add little: they share the surprises of those weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """What became of the forecasts so many weeks ahead."""

    weeks: int
    forecasts: int
    held: tuple[float, ...]
    """Of each level the share of intervals that held what came, from 0 to 1."""
    crps: float
    """The mean continuous ranked probability score: the error of a distribution, in the unit of the coverage."""
    crps_beside: float
    """The same of the simple method, on the same weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCoverage:
    """The past coverage of a method; no horizons where the past is too short to measure it.

    Scores are in percent of the population where one is known, and otherwise in the unit of the metric.
    """

    metric: str
    method: str
    beside: str
    levels: tuple[float, ...]
    horizons: tuple[Horizon, ...]
    origins: int
    regions: int
    is_percent: bool

    def __str__(self) -> str:
        """Say in a line what stands beside a fan chart."""
        return self.told(Language.ENGLISH)

    def told(self, language: Language) -> str:
        """Say in a line what stands beside a fan chart."""
        if not self.horizons:
            return phrase(WORDS, "not measured", language)
        last = self.horizons[-1]
        held = ", ".join(
            phrase(WORDS, "held", language, level=f"{100 * level:.0f}", share=f"{100 * share:.0f}")
            for level, share in zip(self.levels, last.held, strict=True)
        )
        forecasts = number(last.forecasts, language)
        counted = phrase(WORDS, "counted", language, forecasts=forecasts, regions=self.regions, origins=self.origins)
        return phrase(WORDS, "coverage", language, weeks=last.weeks, held=held, counted=counted)


class _Scored(NamedTuple):
    """One forecast against what came."""

    weeks: int
    held: tuple[bool, ...]
    crps: float
    crps_beside: float


def coverage(
    past: Past,
    *,
    weeks: int,
    by: Method = DEFAULT,
    beside: Method | None = None,
    regions: Sequence[str] | None = None,
    levels: Sequence[float] = LEVELS,
    origins: int = MOST_ORIGINS,
    seed: int = 0,
) -> PastCoverage:
    """Forecast from at most so many weeks of the past, spread evenly, and compare with what came in those behind.

    Of more than 50 regions, 50 are taken, spread evenly over their names, unless `regions` names those to take.
    Each forecast sees nothing later than its origin. Revised figures are taken as they are known now, which makes the
    past look better known than it was. Forecasts from one week share its surprises: twelve weeks of origin with a
    hundred regions are twelve pieces of evidence, not 1,200.
    """
    count = min(len(past.names), MOST_REGIONS)
    evenly = [past.names[place * len(past.names) // count] for place in range(count)]
    chosen = evenly if regions is None else [*regions]
    ahead = sorted({one for one in AHEAD if one < weeks} | {weeks})
    simple = LastRate() if beside is None else beside
    starts = _origins(past, weeks, by, most=origins)
    found = [
        scored
        for start in starts
        for scored in _scores(
            past,
            chosen,
            start,
            ahead=ahead,
            methods=(by, simple),
            levels=levels,
            draws=Draws(seed=seed, count=SCENARIOS),
        )
    ]
    return PastCoverage(
        metric=past.metric,
        method=by.name,
        beside=simple.name,
        levels=tuple(levels),
        horizons=tuple(_summary(one, found) for one in ahead if any(scored.weeks == one for scored in found)),
        origins=len(starts),
        regions=len(chosen),
        is_percent=has_population(past),
    )


def _origins(past: Past, weeks: int, by: Method, *, most: int) -> list[int]:
    """Choose weeks of origin (`Week.number`), evenly, the last one included, from those the method can begin at."""
    for first in range(past.first, past.last - weeks + 1):
        try:
            by.fit(past.until(first), weeks=weeks)
        except RequestError:
            continue
        possible = past.last - weeks - first + 1
        count = min(most, possible)
        return [past.last - weeks - step * possible // count for step in reversed(range(count))]
    return []


def _scores(
    past: Past,
    regions: Iterable[str],
    origin: int,
    *,
    ahead: Sequence[int],
    methods: tuple[Method, Method],
    levels: Sequence[float],
    draws: Draws,
) -> list[_Scored]:
    """Score the forecasts of one origin; regions that one of the two methods cannot forecast are left out."""
    prepared = [prepare(past, weeks=max(ahead), origin=origin, by=one) for one in methods]
    known = prepared[0].past
    found = []
    for region in regions:
        try:
            paths, simple = (one.forecast(region, draws).paths for one in prepared)
        except RequestError:
            continue
        row = past.row(region)
        unit = known.populations[row, -1] / 100 if has_population(known) else 1.0
        for weeks in ahead:
            came = past.values[row, origin - past.first + weeks]
            if np.isfinite(came):
                drawn, beside = paths[:, weeks - 1], simple[:, weeks - 1]
                scores = crps(drawn, came) / unit, crps(beside, came) / unit
                found.append(_Scored(weeks, held(drawn, came, levels), *scores))
    return found


def held(drawn: Floats, came: float, levels: Sequence[float]) -> tuple[bool, ...]:
    """Say for each level whether the central interval of a sample held what came, its ends included."""
    tails = np.array([(1 - level) / 2 for level in levels])
    lower, upper = np.quantile(drawn, np.stack([tails, 1 - tails]))
    return tuple(bool(one) for one in (lower <= came) & (came <= upper))


def crps(drawn: Floats, came: float) -> float:
    """Give the continuous ranked probability score of a sample: its mean distance from what came, less half its own.

    >>> crps(np.array([1.0, 3.0]), 2.0), crps(np.array([5.0]), 2.0)
    (0.5, 3.0)
    """
    ranked, count = np.sort(drawn), len(drawn)
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float(np.abs(drawn - came).mean() - (weights * ranked).sum() / count**2)


def _summary(weeks: int, found: Iterable[_Scored]) -> Horizon:
    scored = [one for one in found if one.weeks == weeks]
    return Horizon(
        weeks=weeks,
        forecasts=len(scored),
        held=tuple(float(share) for share in np.mean([one.held for one in scored], axis=0)),
        crps=float(np.mean([one.crps for one in scored])),
        crps_beside=float(np.mean([one.crps_beside for one in scored])),
    )
