"""The weeks on record under other values of a policy's numbers, in the array engine and in the reference engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.library import Record, begun, replay
from escalation.evaluation.replay import Adoption
from escalation.observations import Observations
from escalation.policy.amend import amend
from escalation.policy.model import Policy
from escalation.policy.paths import route_of
from escalation.policy.source import Route
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Floats, Panel, panel
from escalation.whatif.arrays.paths import Tally
from escalation.whatif.arrays.trial import Trial, trial, with_longest
from escalation.whatif.arrays.words import WORD
from escalation.whatif.large.kept import Part
from escalation.whatif.retraced import added, ended, lived, some
from escalation.whatif.varied import Varied, number

AT_ONCE = 100_000_000
"""Region-weeks that are tried together, with all values: some 0.3 s of compiled code, 1 s of numpy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The weeks on record under other values, in the array engine and, for random ones, in the reference engine.

    `grid` looks back as far as the longest of the stays that are tried asks for.
    """

    policy: Policy
    grid: Panel
    observations: Observations
    live: tuple[Varied, ...]
    record: Record
    adoption: Adoption

    @classmethod
    def of(
        cls,
        policy: Policy,
        observations: Observations,
        live: Sequence[Varied],
        *,
        regions: Sequence[str] | None,
        record: Record,
        adoption: Adoption,
    ) -> Again:
        """Put the observations on a grid, but for regions without a stage on record. Raise RequestError for none."""
        asked = observations.regions if regions is None else regions
        chosen = begun(policy, observations, asked, record=record)
        grid = panel(with_longest(policy, _laid(policy, live)), observations, regions=chosen)
        if not grid.regions:
            raise RequestError(
                "no week of any region is on record",
                help="look at the findings on the data",
                indonesian=("tidak ada minggu yang tercatat untuk wilayah mana pun", "periksa temuan atas data"),
            )
        return cls(policy=policy, grid=grid, observations=observations, live=(*live,), record=record, adoption=adoption)

    def batches(self) -> list[list[int]]:
        """Cut the regions into those that are tried together, by their places: words of them."""
        pairs = prod(len(one.values) for one in self.live)
        size = WORD * max(AT_ONCE // (self.grid.weeks * pairs * WORD), 1)
        lanes = range(len(self.grid.regions))
        return [[*lanes[first : first + size]] for first in lanes[::size]]

    def trial(self, settings: Mapping[str, float], lanes: Sequence[int]) -> Trial:
        """Give all live values under an amended policy in some regions."""
        return trial(self.under(settings).only(lanes), _laid(self.policy, self.live))

    def under(self, settings: Mapping[str, float]) -> Panel:
        """Give the grid under an amended policy."""
        policy = with_longest(amend(self.policy, settings), _laid(self.policy, self.live))
        if policy.metrics == self.policy.metrics and _longest_stay(policy) <= _longest_stay(self.grid.policy):
            return replace(self.grid, policy=policy)
        return panel(policy, self.observations, regions=self.grid.regions)

    def marks(self, others: Sequence[Varied], *, paths: int) -> list[Counts]:
        """Choose random regions and values: for each amended policy [..., region], with the axes of the live values."""
        axes = [len(one.values) for one in (*others, *self.live)]
        found = np.zeros((*axes, len(self.grid.regions)), dtype=np.int64)
        found.flat[some(found.size, paths=paths)] = 1
        return [*found.reshape(-1, *found.shape[len(others) :])]

    def compared(self, settings: Mapping[str, float], tally: Tally, marks: Counts, lanes: Sequence[int]) -> Part:
        """Compute the marked regions and values again in the reference engine, and compare what was counted of them.

        Give the number of `paths`, and how many of each region are `differing`.
        """
        differing = np.zeros(len(self.grid.regions), dtype=np.int64)
        for place in map(tuple, np.argwhere(marks.any(axis=-1)).tolist()):
            own = [lanes[lane] for lane in np.flatnonzero(marks[place]).tolist()]
            live = {one.path: number(one.values[at]) for one, at in zip(self.live, place, strict=True)}
            if tally.marked is None or self._differs({**settings, **live}, own, tally.marked, place):
                differing[own] += 1
        return {"paths": marks.sum(), "differing": differing}

    def _differs(
        self, settings: Mapping[str, float], lanes: Sequence[int], marked: Tally, place: tuple[int, ...]
    ) -> bool:
        """Say whether regions come to something else in the reference engine, with one value of each number."""
        policy = amend(self.policy, settings)
        shape = {"first": marked.first, "weeks": len(marked.stage), "stages": len(policy.stages)}
        again = []
        for region in (self.grid.regions[lane] for lane in lanes):
            outcomes = replay(policy, self.observations, regions=[region], record=self.record, adoption=self.adoption)
            path = lived(policy, outcomes, self.record.get(region, ()), self.adoption)
            again.append(ended(path, **shape))
        reference = added(again)
        counted = {
            "stage": marked.stage,
            "recommended": marked.first_recommended,
            "undetermined": marked.undetermined,
            "changed": marked.changes,
            "undone": marked.undone,
        }
        at: tuple[slice | int, ...] = (slice(None), *place)
        if any(not np.array_equal(one[at], reference[name]) for name, one in counted.items()):
            return True
        return not np.array_equal(marked.shortest_stay[place], reference["shortest_stay"])


def _longest_stay(policy: Policy) -> int:
    """Count the weeks of the longest stay that a move asks for: a grid reaches back as far."""
    return max((move.after for move in policy.moves), default=0)


def _laid(policy: Policy, live: Sequence[Varied]) -> dict[Route, Floats]:
    """Lay the values of each number along an axis of their own between week and region."""
    found = {}
    for place, one in enumerate(live):
        shape = [1] * (len(live) + 2)
        shape[place + 1] = len(one.values)
        found[route_of(policy, one.path)] = np.array(one.values, dtype=np.float64).reshape(shape)
    return found
