"""The default forecast: where each region stands now, and how far others, and it itself, went from where they stood.

A residual path is what a region's drive did in the weeks behind a week of the past, its origin, seen from its level
at that origin. A forecast lays such paths, whole, on the present level of a region; half of them are reversed, because
a past that only rose says nothing of the fall that follows it: in tests/bench/bench_forecast.py 80 % intervals that
use them as they are hold 50 % of what comes where an uptake saturates, and 41 % of the cases of New Jersey; with half
of them reversed it is 81 % and 75 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from escalation.errors import RequestError
from escalation.policy.values import BothLanguages
from escalation.policy.wording import counted
from escalation.whatif.arrays.panel import Bools, Floats
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.drive import Drive, carry_on, drive
from escalation.whatif.forecasts.lacking import too_few
from escalation.whatif.forecasts.laying import laying
from escalation.whatif.forecasts.past import Past, Places
from escalation.whatif.forecasts.picking import Picking
from escalation.whatif.forecasts.scale import Scale, scale_of

FEWEST_ORIGINS = 8
"""Where fewer weeks of origin have a path of the whole horizon, shorter ones are laid one behind the other.

From 4 to 20 the coverage in tests/bench/bench_forecast.py is the same within a few points.
"""
SHORTEST_BLOCK = 4
RECENT = 8
"""The latest figures are looked for in so many weeks before the origin of the forecast."""
MOST_PATHS = 2_000
"""More residual paths are thinned evenly: draws that pick the same path are followed once.

With 120 regions and 200 weeks 18,840 paths, thinned to so many, move the probabilities of stages by 0.4 points on
average and 1.4 at most; another seed with 10,000 draws moves them by 0.3 and 1.1.
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pool:
    """Residual paths [way, path, week], as they were and reversed, in the order of their weeks of origin.

    `weekly` [week, path of both ways] has the same numbers in the order in which the compiled engine reads them.
    `starts` and `sizes` [path] give of each path the first one and the number of those that share its origin.
    """

    paths: Floats
    weekly: Floats
    starts: Places
    sizes: Places
    origins: int
    lenders: tuple[int, ...]
    """The rows that lend paths."""

    @property
    def block(self) -> int:
        """How many weeks a path has."""
        return int(self.paths.shape[2])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedResiduals:
    """What the past lends to every region: its residual paths, and the scale they are in."""

    past: Past
    weeks: int
    driven: Drive
    scale: Scale
    pool: Pool

    def paths(self, region: str, draws: Draws) -> Floats:
        """Draw the paths of a region, [scenario, week], from the week behind its latest figure on.

        Paths longer than a block are made of several, each laid on where the one before has led. Raise RequestError
        where a region has too few figures lately.
        """
        row = self.past.row(region)
        weeks = self.weeks + self.past.lead(row)
        levels = np.full(draws.count, self._level(row))
        blocks: list[Floats] = []
        picking, ways = self.picking(region), self.pool.paths.reshape(-1, self.pool.block)
        for block in range(picking.blocks):
            residuals = ways[picking.picked(draws, block)]
            blocks.append(self.scale.apply(levels[:, np.newaxis], residuals, row))
            levels = _mean(blocks[-1][:, -self.driven.recent :])
        return carry_on(self.past, row, np.concatenate(blocks, axis=1)[:, :weeks])

    def lay(self, found: Floats, region: str, draws: Draws, *, lane: int) -> bool:
        """Set a lane of `found`, [week, lane, scenario], to settled paths by the compiled engine, or say it cannot."""
        from escalation.whatif.forecasts import fast  # noqa: PLC0415 - an extra, and slow to load

        row, picking = self.past.row(region), self.picking(region)
        by = laying(self.past, self.driven, self.scale, row=row, level=self._level(row), block=self.pool.block)
        picked = np.array([picking.picked(draws, block) for block in range(picking.blocks)])
        return by is not None and fast.lay(by, self.pool.weekly, picked, found, lane)

    def picking(self, region: str) -> Picking:
        """Say how the draws of a region pick among the residual paths."""
        row = self.past.row(region)
        blocks = -(-(self.weeks + self.past.lead(row)) // self.pool.block)
        return Picking(name=self.past.names[row], blocks=blocks, starts=self.pool.starts, sizes=self.pool.sizes)

    def basis(self, region: str) -> BothLanguages:
        """Say what was drawn from."""
        lenders = self.pool.lenders
        is_alone = lenders == (self.past.row(region),)
        whose = "own residuals only" if is_alone else f"residuals of {counted(len(lenders), 'regions')}"
        milik = "residu sendiri saja" if is_alone else f"residu {len(lenders)} wilayah"
        driven, block, origins = self.driven.told, self.pool.block, self.pool.origins
        return BothLanguages(
            en=f"{whose}, of the {driven.en}: paths of {counted(block, 'weeks')} from {counted(origins, 'origins')}, "
            "half of them reversed",
            id=f"{milik}, dari {driven.id}: lintasan {block} minggu dari {origins} minggu asal, separuhnya dibalik",
        )

    def _level(self, row: int) -> float:
        lately = self.driven.values[row, -RECENT:]
        held = lately[np.isfinite(lately)][-self.driven.recent :]
        if len(held) < self.driven.recent:
            raise self._too_few(row, len(held))
        return float(held.mean())

    def _too_few(self, row: int, held: int) -> RequestError:
        past, recent = self.past, self.driven.recent
        what, apa = ("steps", "langkah") if self.driven.is_step else ("figures", "angka")
        region, week = past.names[row], past.week(past.last)
        said = (
            f"`{past.metric}` of {region} has {held} weekly {what} in the {RECENT} weeks up to {week}; "
            f"a forecast needs {recent}"
        )
        kata = (
            f"`{past.metric}` di {region} memiliki {held} {apa} mingguan dalam {RECENT} minggu sampai {week}; "
            f"prakiraan memerlukan {recent}"
        )
        return too_few(past.metric, past.kind, (said, kata), has_others=len(past.names) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualPaths:
    """The default method; `is_reversing` is switched off only to measure what it is worth."""

    name: str = "residual-paths"
    is_reversing: bool = True

    def fit(self, past: Past, *, weeks: int) -> FittedResiduals:
        """Take the residual paths from the past. Raise RequestError where it has too few weeks in a row."""
        driven = drive(past)
        scale = scale_of(driven)
        block, origins = _block(past, driven, weeks)
        pool = _pool(driven, scale, block, origins, is_reversing=self.is_reversing)
        return FittedResiduals(past=past, weeks=weeks, driven=driven, scale=scale, pool=pool)


def _block(past: Past, driven: Drive, weeks: int) -> tuple[int, Bools]:
    """Give the longest path up to so many weeks that enough origins have, and which [row, origin] have it."""
    shortest = min(weeks, SHORTEST_BLOCK)
    for block in range(weeks, shortest - 1, -1):
        origins = _runs(np.isfinite(driven.values), driven.recent + block)
        if np.count_nonzero(origins.any(axis=0)) >= FEWEST_ORIGINS:
            return block, origins
    needed = driven.recent + shortest + FEWEST_ORIGINS - 1 + driven.is_step
    if _longest_run(past) >= needed:
        raise RequestError(
            f"the figures of `{past.metric}` leave no share of those not yet reached in {needed} weeks in a row: "
            "the count is at its population, or above it",
            help="correct the figures, or the population; or say how many people are reached: --uptake METRIC=PEOPLE",
            indonesian=(
                (
                    f"menurut angka `{past.metric}`, tidak ada lagi yang belum terjangkau selama {needed} minggu: "
                    "jumlahnya sama dengan populasinya, atau melebihinya"
                ),
                "perbaiki angka atau populasinya; atau sebutkan berapa orang yang dijangkau: --uptake METRIC=PEOPLE",
            ),
        )
    longest = _longest_run(past)
    said = (
        f"`{past.metric}` is on record for at most {counted(longest, 'weeks')} in a row; a forecast needs {needed}",
        f"`{past.metric}` tercatat paling lama {longest} minggu berturut-turut; prakiraan memerlukan {needed}",
    )
    raise too_few(past.metric, past.kind, said)


def _runs(held: Bools, length: int) -> Bools:
    """Say of each place, [row, place], whether so many values from there on are held."""
    counts = np.cumsum(np.pad(held, ((0, 0), (1, 0))), axis=1)
    return counts[:, length:] - counts[:, :-length] == length


def _longest_run(past: Past) -> int:
    held = np.isfinite(past.values)
    length = 0
    while length < held.shape[1] and _runs(held, length + 1).any():
        length += 1
    return length


def _pool(driven: Drive, scale: Scale, block: int, origins: Bools, *, is_reversing: bool) -> Pool:
    place, row = np.nonzero(origins.T)
    if len(place) > MOST_PATHS:
        kept = np.arange(MOST_PATHS) * len(place) // MOST_PATHS
        place, row = place[kept], row[kept]
    before = sliding_window_view(driven.values, driven.recent, axis=1)[row, place]
    after = sliding_window_view(driven.values, block, axis=1)[row, place + driven.recent]
    paths = scale.between(before.mean(axis=1)[:, np.newaxis], after, row)
    _, starts, inverse, sizes = np.unique(place, return_index=True, return_inverse=True, return_counts=True)
    both = np.stack([paths, scale.reverse(paths) if is_reversing else paths])
    return Pool(
        paths=both,
        weekly=np.ascontiguousarray(both.reshape(-1, block).T),
        starts=starts[inverse],
        sizes=sizes[inverse],
        origins=len(starts),
        lenders=tuple(int(one) for one in np.unique(row)),
    )


def _mean(values: Floats) -> Floats:
    """Give the mean of each row, added from the first on: floats give another last digit in another order."""
    total: Floats = values[:, 0]
    for week in range(1, values.shape[1]):
        total = total + values[:, week]
    mean: Floats = total / values.shape[1]
    return mean
