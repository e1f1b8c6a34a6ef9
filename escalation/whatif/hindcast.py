"""Forecasts from weeks of the past, each from what was known by then, beside what the figures on record came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import Record
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption
from escalation.observations import NO_WEEK, Observations
from escalation.observations.standings import StageInForce
from escalation.periods import Week, week_text
from escalation.policy.model import Policy
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Bools, Codes, Floats, panel
from escalation.whatif.arrays.paths import replayed
from escalation.whatif.asking import course
from escalation.whatif.checked import checked
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import DEFAULT, Method
from escalation.whatif.outlook import Outlook
from escalation.whatif.retraced import Retraced, together
from escalation.whatif.scenarios.scenario import BASELINE, applied
from escalation.whatif.week_outcomes import WeekKind, WeekOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What was known by the end of a week of origin.

    Of the regions of `followed` no stage was on record: `record` has for them what follows where the policy was
    followed from the first week of the data on. `is_dated` says that every figure has a date since when it is known.
    """

    origin: Week
    observations: Observations
    record: Record
    followed: tuple[str, ...]
    is_dated: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hindcast:
    """A forecast of one origin, and what came; arrays are [week, region], with the weeks and regions of `outlook`.

    `came` has the same weeks by the figures on record, followed by the same rule from the same stages, as one draw.
    It counts only where `on_record`. `carried` has the ranks of the stages if no decision but those on record by then
    takes effect. By region, weeks counted from the first, nothing can be recommended before `asked_from`, while a
    decision is pending, and no later decision be in force before `free_from`. `left_out` names the regions of which
    nothing was known by then.
    """

    then: Then
    course: Course
    outlook: Outlook
    came: Outlook
    on_record: Bools
    carried: Codes
    asked_from: Codes
    free_from: Codes
    left_out: tuple[str, ...]

    @property
    def ending(self) -> dict[str, Week]:
        """Give the last week of the regions whose data, as known then, end before those of others."""
        ends = {region: self.then.observations.weeks[region][1] for region in self.outlook.regions}
        calendar, now = self.course.policy.calendar, self.course.now
        return {region: Week(calendar, end) for region, end in ends.items() if end < now}

    @property
    def retraced(self) -> Retraced:
        """Say how many paths, forecast and come true, agree with the reference engine."""
        return together([self.outlook.retraced, self.came.retraced])

    @property
    def cannot_say(self) -> Bools:
        """Say where the policy cannot say by the figures on record."""
        found: Bools = self.on_record & (self.came.undetermined > 0)
        return found

    @property
    def stages(self) -> Codes:
        """Give the rank of the stage in force by the figures on record."""
        found: Codes = self.came.stage.argmax(axis=-1).astype(np.int16)
        return found

    def chance(self, outcome: WeekOutcome) -> Floats:
        """Give the part of the draws in which an outcome comes true, from 0 to 1."""
        found: Floats = self.counts(outcome) / self.outlook.draws
        return found

    def counts(self, outcome: WeekOutcome) -> Counts:
        """Give the number of draws in which an outcome comes true."""
        return _counts(self.outlook, outcome)

    def truly(self, outcome: WeekOutcome) -> Bools:
        """Say where an outcome came true by the figures on record."""
        found: Bools = self.on_record & (_counts(self.came, outcome) > 0)
        return found

    def unchanged(self, outcome: WeekOutcome) -> Floats:
        """Give 1 where an outcome comes true if nothing changes, otherwise 0.

        The stage of the origin goes on but for decisions that were on record by then, and none is recommended.
        """
        if outcome.kind is WeekKind.RECOMMENDED:
            return np.zeros(self.on_record.shape)
        return (self.carried >= self.outlook.stages.index(outcome.stage)).astype(np.float64)

    def settled(self, outcome: WeekOutcome) -> Bools:
        """Say in which region-weeks on record an outcome was known by then for certain, and the policy can say."""
        begin = self.free_from if outcome.kind is WeekKind.AT_LEAST else self.asked_from
        found: Bools = self.on_record & ~self.cannot_say & (np.arange(self.outlook.weeks)[:, np.newaxis] < begin)
        return found

    def scored(self, outcome: WeekOutcome) -> Bools:
        """Say which region-weeks count: those on record in which the policy can say, unless known for certain."""
        return self.on_record & ~self.cannot_say & ~self.settled(outcome)


def _counts(found: Outlook, outcome: WeekOutcome) -> Counts:
    """Count the draws in which an outcome comes true, [week, region]."""
    rank = found.stages.index(outcome.stage)
    if outcome.kind is WeekKind.AT_LEAST:
        return np.asarray(found.stage[..., rank:].sum(axis=-1))
    return np.cumsum(found.recommended[..., rank], axis=0)


def known_then(policy: Policy, observations: Observations, origin: Week, record: Record | None = None) -> Then:
    """Leave out what was not known by the last day of a week: figures, and stages decided or in force only later.

    Raise RequestError where nothing was known by then.
    """
    then = observations.as_known(origin.last_day)
    if not then.weeks:
        first = min((first for first, _ in observations.weeks.values()), default=None)
        raise _nothing_known(origin, None if first is None else week_text(policy.calendar, first))
    decided = {
        region: tuple(one for one in stages if (one.decided or one.since) <= origin.number)
        for region, stages in (record or {}).items()
    }
    now = max(last for _, last in then.weeks.values())
    begun = {region for region, stages in decided.items() if stages and stages[0].since <= now + 1}
    followed = tuple(region for region in then.regions if region not in begun)
    figures = (one for found in then.series.values() for one in found if one.week != NO_WEEK)
    return Then(
        origin=origin,
        observations=then,
        record={region: decided[region] for region in begun} | _followed(policy, then, followed),
        followed=followed,
        is_dated=all(one.known for one in figures),
    )


def _nothing_known(origin: Week, first: str | None) -> RequestError:
    begin = (
        ("they have no weeks", "tidak ada minggu di dalamnya")
        if first is None
        else (f"they begin in {first}", f"data mulai pada {first}")
    )
    return RequestError(
        f"nothing of the data was known by the end of {origin}",
        help=f"name a later week: {begin[0]}",
        indonesian=(f"belum ada data yang diketahui sampai akhir {origin}", f"sebutkan minggu berikutnya: {begin[1]}"),
    )


def _followed(
    policy: Policy, observations: Observations, regions: Sequence[str]
) -> dict[str, tuple[StageInForce, ...]]:
    """Give the stages of regions without a record, had the policy been followed from the first week of the data on."""
    if not regions:
        return {}
    grid = panel(policy, observations, regions=regions)
    paths = replayed(grid)
    found = {}
    for lane, region in enumerate(grid.regions):
        weeks = np.flatnonzero(paths.active[:, lane])
        ranks = [*paths.stage[weeks, lane].tolist(), int(paths.after[weeks[-1], lane])]
        first = grid.first + int(weeks[0])
        runs = (next(run) for _, run in groupby(enumerate(ranks), key=lambda one: one[1]))
        # A stage takes effect at the end of a week, and is seen in the next one.
        begun = {first + max(place - 1, 0): policy.stages[rank].name for place, rank in runs}
        found[region] = tuple(StageInForce(stage=stage, since=since) for since, stage in begun.items())
    return found


def hindcast(
    policy: Policy,
    observations: Observations,
    origin: Week,
    *,
    record: Record | None = None,
    regions: Sequence[str] | None = None,
    weeks: int,
    draws: Draws,
    assumed: Mapping[str, float] | None = None,
    uptakes: Mapping[str, float] | None = None,
    by: Method = DEFAULT,
    adoption: Adoption = FOLLOW,
    workers: int = 1,
) -> Hindcast:
    """Forecast from what was known by the end of a past week, and replay what came.

    The weeks are those behind the latest figures known by then. Figures without a date count as known from their week
    on, as they are on record now. What is `assumed` of judgements holds in both, and so does the adoption rule; in it
    nothing may be left to chance. Raise RequestError as `course` does, and where nothing was known by then, nothing
    that came is on record, or people do what is on record.
    """
    refuse_recorded(adoption)
    then = known_then(policy, observations, origin, record)
    known, left_out = _known(then, regions if regions is not None else observations.regions)
    made = applied(replace(BASELINE, adoption=adoption), policy, then.observations)
    ahead = course(made, record=then.record, regions=known, weeks=weeks, assumed=assumed, uptakes=uptakes, by=by)
    on_record = _on_record(ahead, observations, origin)
    carried, asked_from, free_from = _settled(ahead)
    return Hindcast(
        then=then,
        course=ahead,
        outlook=checked(ahead, draws, workers=workers),
        came=checked(replace(ahead, observations=observations, forecasts={}), replace(draws, count=1)),
        on_record=on_record,
        carried=carried,
        asked_from=asked_from,
        free_from=free_from,
        left_out=left_out,
    )


def refuse_recorded(adoption: Adoption) -> None:
    """Raise RequestError where people do what is on record: of what was decided later nothing was known."""
    if adoption.adopt is Adopt.RECORDED:
        raise RequestError(
            "the stages on record after a past week were not known by then, so no forecast follows them",
            help="suppose that people follow, with a lag or up to a stage, or ask `backtest`",
            indonesian=(
                "tahap yang tercatat setelah minggu lampau belum diketahui saat itu: prakiraan tidak mengikutinya",
                "andaikan rekomendasi diikuti, dengan jeda atau sampai suatu tahap, atau gunakan `backtest`",
            ),
        )


def _settled(ahead: Course) -> tuple[Codes, Codes, Codes]:
    """Give the stages if nothing is decided any more, and from when on something can be recommended and be in force."""
    ladder, ranks, rule = Ladder(ahead.policy), ahead.policy.ranks, ahead.adoption
    most = len(ranks) - 1 if rule.up_to is None else ranks[rule.up_to]
    weeks = np.arange(ahead.weeks)
    carried, asked_from, free_from = [], [], []
    for standing in ahead.begun(ladder):
        pending = standing.pending
        stage, due = (standing.stage, 0) if pending is None else (pending.to, pending.effective - (ahead.now + 1))
        lags = [rule.lag_of(one.move.name) for one in ladder.exits[stage] if ranks[one.move.to] <= most]
        # What is recommended in a week is in force in the one behind its lag.
        is_free = rule.adopt is Adopt.FOLLOW and lags
        free_from.append(due + min(lags) + 1 if is_free else ahead.weeks)
        asked_from.append(due)
        carried.append(np.where(weeks < due, ranks[standing.stage], ranks[stage]))
    return (
        np.stack(carried, axis=1).astype(np.int16),
        np.array(asked_from, dtype=np.int16),
        np.array(free_from, dtype=np.int16),
    )


def _known(then: Then, regions: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Part regions by whether anything was known of them. Raise RequestError where nothing was of any."""
    known = [region for region in regions if region in then.observations.weeks]
    if not known:
        raise RequestError(
            f"nothing of the regions was known by the end of {then.origin}",
            help="name a later week",
            indonesian=(
                f"belum ada yang diketahui tentang wilayah itu sampai akhir {then.origin}",
                "sebutkan minggu berikutnya",
            ),
        )
    return known, tuple(region for region in regions if region not in then.observations.weeks)


def _on_record(ahead: Course, observations: Observations, origin: Week) -> Bools:
    """Say which weeks of the regions of a course the data have reached. Raise RequestError where they are none."""
    weeks = np.arange(ahead.now + 1, ahead.now + 1 + ahead.weeks)[:, np.newaxis]
    found: Bools = weeks <= np.array([observations.weeks[region][1] for region in ahead.regions])
    if not found.any():
        last = week_text(ahead.policy.calendar, max(last for _, last in observations.weeks.values()))
        raise RequestError(
            f"nothing that came after {origin} is on record",
            help=f"the data end in {last}: name an earlier week",
            indonesian=(
                f"yang terjadi setelah {origin} belum tercatat",
                f"data berakhir pada {last}: sebutkan minggu lebih awal",
            ),
        )
    return found
