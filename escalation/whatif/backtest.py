"""A policy against the stages that were really in force: agreement, moves, alarms, always beside "nothing changes"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.whatif.arrays.panel import Bools, Codes, Panel
from escalation.whatif.arrays.paths import UNDETERMINED, Paths, replayed
from escalation.whatif.arrays.telling import SOON
from escalation.whatif.retraced import Retraced, replayed_again, some

NOT_KNOWN = -1
FARTHEST = 12
"""Weeks before an escalation on record in which the policy may have given its stage already."""


class Differing(NamedTuple):
    """A region and week (`Week.number`) with the stage that the policy gives, and the one that was in force.

    `is_undetermined` says that the policy cannot say in the week, so that its stage is the one before.
    """

    region: str
    week: int
    policy: str
    record: str
    is_undetermined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How often a stage changes over all regions, and how often it goes back within four weeks."""

    changes: int
    flips: int


Ranks = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRegion:
    """One region: how many weeks count, and the escalations on record and of the policy.

    `given` and `held` are the ranks of the stages that the policy gives and of those on record, in the weeks from
    `first` (`Week.number`) on; none where a week does not count. The other names are those of `Backtest`.
    """

    region: str
    first: int
    given: Ranks
    held: Ranks
    weeks: int
    agree: int
    baseline_weeks: int
    baseline_agree: int
    undetermined: int
    escalations: int
    leads: tuple[int, ...]
    alarms: int
    false_alarms: int

    @property
    def missed(self) -> int:
        """How many escalations on record the policy does not give."""
        return self.escalations - len(self.leads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """Region-weeks in which a stage is on record, and what the policy gives for them when it is followed.

    `agree` of `weeks` have the stage on record; of the baseline, in which the stage of the week before goes on,
    `baseline_agree` of `baseline_weeks` do. `stricter` and `milder` have a stricter or milder one. `loss` weighs the
    steps in the weeks that the baseline has too: a step that is too mild counts `miss_weight` times. Of `escalations`
    on record `same_week` are given by the policy in their week; `leads` counts by how many weeks earlier it gives at
    least that stage (negative: later). `retraced` says how many regions were replayed in the reference engine as well.
    """

    weeks: int
    agree: int
    baseline_weeks: int
    baseline_agree: int
    stricter: int
    milder: int
    miss_weight: float
    loss: float
    baseline_loss: float
    escalations: int
    same_week: int
    missed: int
    false_alarms: int
    leads: Mapping[int, int]
    policy_moves: Moves
    record_moves: Moves
    differing: tuple[Differing, ...]
    undetermined_weeks: tuple[Differing, ...]
    regions: tuple[OfRegion, ...]
    retraced: Retraced

    @property
    def undetermined(self) -> int:
        """In how many region-weeks the policy cannot say."""
        return len(self.undetermined_weeks)

    @property
    def undetermined_agree(self) -> int:
        """How many of these have the stage on record."""
        return sum(one.policy == one.record for one in self.undetermined_weeks)


def backtest(
    panel: Panel,
    record: Mapping[str, tuple[StageInForce, ...]],
    observations: Observations,
    *,
    adoption: Adoption = FOLLOW,
    miss_weight: float = 1.0,
) -> Backtest:
    """Compare a policy with the stages on record, in the weeks of the data from the first stage on record of a region.

    The observations are those of the panel: some regions are replayed in the reference engine as well. Raise
    RequestError where no region has a stage on record in the weeks of the data.
    """
    paths, again = replayed(panel, adoption=adoption), some(len(panel.regions)).tolist()
    grids = _grids(paths, _on_record(panel, record))
    steps = grids.steps
    regions = tuple(_of_region(panel, lane, grids) for lane in range(len(panel.regions)))
    leads = Counter(lead for one in regions for lead in one.leads)
    return Backtest(
        weeks=sum(one.weeks for one in regions),
        agree=sum(one.agree for one in regions),
        baseline_weeks=sum(one.baseline_weeks for one in regions),
        baseline_agree=sum(one.baseline_agree for one in regions),
        stricter=int((steps > 0).sum()),
        milder=int((steps < 0).sum()),
        miss_weight=miss_weight,
        loss=_loss(np.where(grids.baseline, steps, 0), miss_weight),
        baseline_loss=_loss(grids.baseline_steps, miss_weight),
        escalations=sum(one.escalations for one in regions),
        same_week=leads[0],
        missed=sum(one.missed for one in regions),
        false_alarms=sum(one.false_alarms for one in regions),
        leads=dict(sorted(leads.items())),
        policy_moves=_moves(grids.given, grids.counts),
        record_moves=_moves(grids.held, grids.counts),
        differing=_weeks(panel, grids, steps != 0),
        undetermined_weeks=_weeks(panel, grids, grids.unsaid),
        regions=regions,
        retraced=replayed_again(panel.policy, observations, paths, again, adoption=adoption),
    )


def _nothing_on_record() -> RequestError:
    return RequestError(
        "no stage is on record in the weeks of the data",
        help="name the file with --standings",
        indonesian=("tidak ada tahap yang tercatat pada minggu-minggu data", "sebutkan berkasnya dengan --standings"),
    )


def _nothing_changes(held: Codes, counts: Bools) -> tuple[Bools, Codes]:
    """Give the weeks in which the baseline has a guess, the stage of the week before, and its steps from the record."""
    before = np.vstack([np.full((1, held.shape[1]), NOT_KNOWN), held[:-1]])
    baseline = counts & (before != NOT_KNOWN)
    return baseline, np.where(baseline, before - held, 0)


class _Grids(NamedTuple):
    """Arrays [week, region]: ranks given and on record, and the weeks that count, in the baseline as well.

    `steps` from the record, `baseline_steps` those of the stage of the week before. In weeks that are `unsaid` the
    policy cannot say.
    """

    given: Codes
    held: Codes
    counts: Bools
    baseline: Bools
    steps: Codes
    baseline_steps: Codes
    unsaid: Bools

    @property
    def agrees(self) -> Bools:
        """The weeks with the stage on record."""
        found: Bools = self.counts & (self.steps == 0)
        return found

    @property
    def baseline_agrees(self) -> Bools:
        """The weeks in which the stage of the week before is the one on record."""
        found: Bools = self.baseline & (self.baseline_steps == 0)
        return found


def _grids(paths: Paths, held: Codes) -> _Grids:
    """Set stages beside those on record. Raise RequestError where none is on record in the weeks of the data."""
    counts = paths.active & (held != NOT_KNOWN)
    if not counts.any():
        raise _nothing_on_record()
    baseline, changes = _nothing_changes(held, counts)
    return _Grids(
        given=paths.after,
        held=held,
        counts=counts,
        baseline=baseline,
        steps=np.where(counts, paths.after - held, 0),
        baseline_steps=changes,
        unsaid=counts & (paths.recommended == UNDETERMINED),
    )


def _of_region(panel: Panel, lane: int, grids: _Grids) -> OfRegion:
    given, held, counts = grids.given[:, lane], grids.held[:, lane], grids.counts[:, lane]
    found = _escalations(given, held, counts)
    return OfRegion(
        region=panel.regions[lane],
        first=panel.first,
        given=_ranks(given, counts),
        held=_ranks(held, counts),
        weeks=int(counts.sum()),
        agree=int(grids.agrees[:, lane].sum()),
        baseline_weeks=int(grids.baseline[:, lane].sum()),
        baseline_agree=int(grids.baseline_agrees[:, lane].sum()),
        undetermined=int(grids.unsaid[:, lane].sum()),
        escalations=found.escalations,
        leads=tuple(found.leads),
        alarms=found.alarms,
        false_alarms=found.false_alarms,
    )


def _ranks(stages: Codes, counts: Bools) -> Ranks:
    return tuple(stage if counted else None for stage, counted in zip(stages.tolist(), counts.tolist(), strict=True))


def _weeks(panel: Panel, grids: _Grids, where: Bools) -> tuple[Differing, ...]:
    names = [stage.name for stage in panel.policy.stages]
    return tuple(
        Differing(
            panel.regions[lane],
            panel.first + week,
            names[grids.given[week, lane]],
            names[grids.held[week, lane]],
            bool(grids.unsaid[week, lane]),
        )
        for lane, week in np.argwhere(where.T).tolist()
    )


def _loss(steps: Codes, miss_weight: float) -> float:
    return float(steps[steps > 0].sum() - miss_weight * steps[steps < 0].sum())


def _on_record(panel: Panel, record: Mapping[str, tuple[StageInForce, ...]]) -> Codes:
    """Give the rank of the stage on record, [week, region]."""
    found = np.full((panel.weeks, len(panel.regions)), NOT_KNOWN, dtype=np.int16)
    for lane, region in enumerate(panel.regions):
        for one in record.get(region, ()):
            found[max(one.since - panel.first, 0) :, lane] = panel.policy.ranks[one.stage]
    return found


class _Escalations(NamedTuple):
    """The escalations on record of one region, how much earlier the policy gave them, and those it gave without any."""

    escalations: int
    leads: list[int]
    alarms: int
    false_alarms: int


def _escalations(given: Codes, held: Codes, counts: Bools) -> _Escalations:
    """Look for the stage of each escalation on record in the policy's weeks around it."""
    weeks = np.flatnonzero(counts[1:] & counts[:-1]) + 1
    risen = [int(week) for week in weeks if held[week] > held[week - 1]]
    leads = []
    for week in risen:
        reached = [one for one in _around(week, len(given)) if counts[one] and given[one] >= held[week]]
        if reached and given[week] >= held[week]:
            start = week
            while start - 1 in reached:
                start -= 1
            leads.append(week - start)
        elif later := [one for one in reached if one > week]:
            leads.append(week - later[0])
    alarms = [int(week) for week in weeks if given[week] > given[week - 1]]
    false = sum(not any(held[one] >= given[week] for one in _around(week, len(held))) for week in alarms)
    return _Escalations(len(risen), leads, len(alarms), false)


def _around(week: int, end: int) -> range:
    return range(max(week - FARTHEST, 0), min(week + FARTHEST + 1, end))


def _moves(stages: Codes, counts: Bools) -> Moves:
    """Count changes from week to week, and those that are undone within four weeks."""
    changes = flips = 0
    for lane in range(stages.shape[1]):
        series = stages[counts[:, lane], lane]
        changed = np.flatnonzero(np.diff(series)) + 1
        changes += len(changed)
        flips += sum(
            bool(one - before <= SOON and series[one] == series[before - 1])
            for before, one in pairwise(changed.tolist())
        )
    return Moves(changes=changes, flips=flips)
