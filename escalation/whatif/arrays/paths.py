"""Many regions over their history at once: the stage and the recommendation of every week, as `replay` gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from escalation.evaluation.ladder import Ladder, LegalGuard
from escalation.evaluation.library import Record, stages_on_record
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption
from escalation.periods import Week, last_day_of
from escalation.whatif.arrays.answers import answers
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.ending import shortest_stays
from escalation.whatif.arrays.figures import Figures, Parameters
from escalation.whatif.arrays.kernel import Backend, counted, run
from escalation.whatif.arrays.laid import Counts, Inputs
from escalation.whatif.arrays.panel import Bools, Codes, Panel
from escalation.whatif.arrays.wiring import Wiring, wired
from escalation.whatif.arrays.words import Words, laned, packed, spread, unpacked

Number = TypeVar("Number", bound=np.generic)
HOLD, UNDETERMINED = -1, -2
Durations = Mapping[Key, Counts]
"""Lengths that are tried of `for T` and `after M`, by the place in the file; shaped as `Parameters`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """What the weeks of some regions come to; arrays [week, ..., region] from the week `first` on.

    `stage` is the rank of the stage in force while the week is evaluated, and `recommended` the place of the move
    recommended in the policy's file, HOLD or UNDETERMINED. Only where `active` is a week evaluated.
    """

    first: int
    regions: tuple[str, ...]
    active: Bools
    stage: Codes
    recommended: Codes
    after: Codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally:
    """How many regions of a panel: counts of regions from the week `first` on, int64.

    `stage` [week, ..., stage] have a stage in force in a week that is evaluated; of `undetermined` [week, ...] the
    policy cannot say; `first_recommended` [week, ..., stage] are recommended a stage for the first time. `changes`
    [week, ...] change their stage at the end of the week; `undone` [week, ...] of these are back within `SOON` weeks.
    `shortest_stay` [..., weeks] counts regions by their shortest stay, as `Outlook` does, and `marked` has all of this
    of some regions by themselves.
    """

    first: int
    stage: Counts
    undetermined: Counts
    first_recommended: Counts
    changes: Counts
    undone: Counts
    shortest_stay: Counts
    marked: Tally | None = None


def replayed(
    panel: Panel,
    *,
    adoption: Adoption = FOLLOW,
    record: Record | None = None,
    weeks: tuple[Week | None, Week | None] = (None, None),
    parameters: Parameters | None = None,
    durations: Durations | None = None,
    backend: Backend | None = None,
) -> Paths:
    """Replay all regions of a panel, each over its own weeks or those from the first to the last of `weeks`.

    `parameters` gives other values of parameters, many at once: arrays [1, ..., 1] with axes of their own between week
    and region, which the result has too. One of 50 and one of 40 values, shaped (1, 50, 1, 1) and (1, 1, 40, 1), give
    arrays [week, 50, 40, region]. `durations` gives lengths of streaks and stays in the same way, the longest
    of them being those of the panel's policy.
    """
    made = asked(panel, adoption, record or {}, weeks=weeks, parameters=parameters, durations=durations)
    outputs = run(made.wiring, made.inputs, backend=backend).weeks
    return decoded(made.wiring, outputs, panel, made.active)


def tallied(
    panel: Panel,
    *,
    adoption: Adoption = FOLLOW,
    record: Record | None = None,
    weeks: tuple[Week | None, Week | None] = (None, None),
    parameters: Parameters | None = None,
    durations: Durations | None = None,
    marks: Counts | None = None,
    backend: Backend | None = None,
    workers: int = 1,
) -> Tally:
    """Replay as `replayed` does, and count the regions in each week instead of keeping them.

    Those of `marks` [..., region], with the axes of the values that are tried, are counted by themselves as well, as
    often as it says.
    """
    made = asked(
        panel, adoption, record or {}, weeks=weeks, parameters=parameters, durations=durations, horizon=panel.weeks
    )
    weights = np.ones(len(panel.regions), dtype=np.int64)
    ranks = range(len(panel.policy.stages))
    of_stages = [Key(what, rank) for what in ("stage", "called") for rank in ranks]
    spare = [key for key in made.wiring.circuit.states if key.what == "spare"]
    wiring = made.wiring.only([*of_stages, Key("undetermined"), Key("changed"), Key("undone")], spare)
    ran = counted(wiring, made.inputs, weights=weights, marks=marks, backend=backend, workers=workers)
    stays = partial(_stays, ran.ended, panel.weeks)
    marked = _tally(panel, ran.marked, marks, stays) if marks is not None else None
    return replace(_tally(panel, ran.weeks, weights, stays), marked=marked)


def _stays(ended: Mapping[Key, Words], weeks: int, weights: Counts) -> Counts:
    """Count regions by their shortest stay, with the axes of all values that are tried."""
    shape = np.broadcast_shapes(*(words.shape[:-1] for key, words in ended.items() if key.what == "spare"))
    return shortest_stays(ended, weeks, np.broadcast_to(weights, (*shape, weights.shape[-1])))


def _tally(panel: Panel, counts: Mapping[Key, Counts], weights: Counts, stays: Callable[[Counts], Counts]) -> Tally:
    ranks = range(len(panel.policy.stages))
    return Tally(
        first=panel.first,
        stage=np.stack([counts[Key("stage", rank)] for rank in ranks], axis=-1),
        undetermined=counts[Key("undetermined")],
        first_recommended=np.stack([counts[Key("called", rank)] for rank in ranks], axis=-1),
        changes=counts[Key("changed")],
        undone=counts[Key("undone")],
        shortest_stay=stays(weights),
    )


def weeks_in(
    panel: Panel,
    stage: str,
    *,
    adoption: Adoption = FOLLOW,
    record: Record | None = None,
    parameters: Parameters | None = None,
    durations: Durations | None = None,
) -> tuple[Counts, Counts]:
    """Replay as `replayed` does; count the weeks in a stage, and those that cannot be told, [..., region] each."""
    made = asked(panel, adoption, record or {}, parameters=parameters, durations=durations)
    keys = (Key("stage", panel.policy.ranks[stage]), Key("undetermined"))
    words = run(made.wiring.only(keys), made.inputs).weeks
    found = [(unpacked(words[key], len(panel.regions)) & made.active).sum(axis=0, dtype=np.int64) for key in keys]
    return found[0], found[1]


def recommended_last(
    panel: Panel,
    record: Record,
    *,
    parameters: Parameters | None = None,
    durations: Durations | None = None,
) -> Codes:
    """Give what is recommended in the last week of a panel, from the stages on record; codes as those of `Paths`."""
    last = Week(panel.policy.calendar, panel.first + panel.weeks - 1)
    recorded = Adoption(adopt=Adopt.RECORDED)
    made = asked(panel, recorded, record, weeks=(last, last), parameters=parameters, durations=durations)
    moves = {move.name: place for place, move in enumerate(panel.policy.moves)}
    codes = {Key("undetermined"): UNDETERMINED}
    codes |= {Key("recommend", place): moves[exit_.move.name] for place, exit_ in enumerate(made.wiring.exits)}
    outputs = run(made.wiring.only(codes), made.inputs).weeks
    lanes = len(panel.regions)
    found = np.full((*outputs[Key("undetermined")].shape[1:-1], lanes), HOLD, dtype=np.int16)
    for key, code in codes.items():
        found[unpacked(outputs[key][-1], lanes)] = code
    return found


class Asked(NamedTuple):
    """A wired policy with its inputs in all weeks, and the weeks and regions that are evaluated."""

    wiring: Wiring
    inputs: Inputs
    active: Bools


def asked(
    panel: Panel,
    adoption: Adoption,
    record: Record,
    *,
    weeks: tuple[Week | None, Week | None] = (None, None),
    parameters: Parameters | None = None,
    durations: Durations | None = None,
    horizon: int | None = None,
) -> Asked:
    """Wire the policy, and give its inputs in all weeks, with the axes of what is tried between week and region."""
    axes = max((one.ndim - 2 for one in (*(parameters or {}).values(), *(durations or {}).values())), default=0)
    wiring = wired(Ladder(panel.policy), adoption, is_steered=True, horizon=horizon, tried=durations or ())
    steering = _steering(panel, adoption, record, weeks)
    values = {name: _widened(grid, axes) for name, grid in panel.values.items()}
    figures = Figures(panel.policy, values, first=panel.first, parameters=parameters)
    given = law(wiring, panel.first, panel.weeks) | steering.inputs() | _followed(panel, adoption)
    inputs = answers(figures, wiring.questions) | {key: _widened(words, axes) for key, words in given.items()}
    inputs |= _lengths(wiring, durations or {})
    return Asked(wiring, inputs, _widened(steering.active, axes))


def _lengths(wiring: Wiring, durations: Durations) -> dict[Key, Words]:
    """Give the binary digits of the lengths that are tried; what a streak is to reach is one less."""
    found = {}
    for key in wiring.circuit.inputs:
        if (lengths := durations.get(key._replace(digit=0))) is not None:
            found[key] = laned((lengths - (key.what == "for")) >> key.digit & 1 == 1)
    return found


def _followed(panel: Panel, adoption: Adoption) -> dict[Key, Words]:
    """Say in which weeks a recommendation is followed, where that is a matter of chance."""
    if adoption.probability >= 1 or adoption.chance is None:
        return {}
    chances = [[adoption.chance(one, panel.first + week) for one in panel.regions] for week in range(panel.weeks)]
    return {Key("accept"): packed(np.array(chances) < adoption.probability)}


def _widened(grid: NDArray[Number], axes: int) -> NDArray[Number]:
    """Give a grid [week, lane] so many axes between the two."""
    return grid.reshape(len(grid), *[1] * axes, grid.shape[-1])


def law(wiring: Wiring, first: int, weeks: int) -> dict[Key, Words]:
    """Give for each move the weeks in which the law allows it, words [week, 1]."""
    policy = wiring.ladder.policy
    days = [last_day_of(policy.calendar, first + week) for week in range(weeks)]
    found = {}
    for place, exit_ in enumerate(wiring.exits):
        legal = [guard for guard in exit_.guards if isinstance(guard, LegalGuard)]
        allowed = np.array([all(guard.allows(day) for guard in legal) for day in days])
        found[Key("law", place)] = spread(allowed[:, np.newaxis])
    return found


class _Steering(NamedTuple):
    """What is on record, by week and region: stages that take effect, the first week, what waits, what is evaluated."""

    enter: Bools
    fresh: Bools
    waiting: Bools
    active: Bools

    def inputs(self) -> dict[Key, Words]:
        entering = {Key("enter", rank): packed(one) for rank, one in enumerate(self.enter)}
        others = {"fresh": self.fresh, "waiting": self.waiting, "active": self.active}
        return entering | {Key(name): packed(one) for name, one in others.items()}


def _steering(
    panel: Panel,
    adoption: Adoption,
    record: Record,
    weeks: tuple[Week | None, Week | None],
) -> _Steering:
    policy, shape = panel.policy, (panel.weeks, len(panel.regions))
    found = _Steering(
        np.zeros((len(policy.stages), *shape), dtype=bool), *(np.zeros(shape, dtype=bool) for _ in range(3))
    )
    opening, closing = (None if week is None else week.number - panel.first for week in weeks)
    for lane, region in enumerate(panel.regions):
        first, last = int(panel.begins[lane]), int(panel.ends[lane])
        given = stages_on_record(policy, record, region, since=first + panel.first)
        stages = [_Entry(policy.ranks[one.stage], one.since - panel.first, _place(one.decided, panel)) for one in given]
        begin = max(first if opening is None else opening, first, stages[0].since)
        end = last if closing is None else closing
        found.fresh[first, lane] = True
        if begin <= end:
            found.active[begin : end + 1, lane] = True
            _enter(found, lane, stages, begin, is_recorded=adoption.adopt is Adopt.RECORDED)
    return found


class _Entry(NamedTuple):
    """A stage on record, its weeks counted from the first of the panel."""

    rank: int
    since: int
    decided: int | None


def _place(week: int | None, panel: Panel) -> int | None:
    return None if week is None else week - panel.first


def _enter(found: _Steering, lane: int, stages: list[_Entry], begin: int, *, is_recorded: bool) -> None:
    """Set where stages on record take effect in one region, and where a decision on record is pending."""
    found.enter[stages[0].rank, : max(stages[0].since, 0) + 1, lane] = True
    for one in stages[1:]:
        if one.since <= begin:
            found.enter[:, max(one.since, 0), lane] = False
            found.enter[one.rank, max(one.since, 0), lane] = True
    rank = [one.rank for one in stages if one.since <= begin][-1]
    later = [one for one in stages if one.since > begin]
    if not is_recorded:
        later = [one for one in later if one.decided is not None and one.decided <= begin][:1]
    for one in later:
        is_change = one.rank != rank
        if is_change and one.since < len(found.fresh):
            found.enter[one.rank, one.since, lane] = True
            rank = one.rank
        if one.decided is not None:
            ends = one.since if is_recorded or is_change else one.since + 1
            found.waiting[max(one.decided, begin) : ends, lane] = True


def decoded(wiring: Wiring, outputs: Mapping[Key, Words], panel: Panel, active: Bools) -> Paths:
    """Turn the outputs of a circuit into the stage and the recommendation of each week."""
    policy, lanes = panel.policy, len(panel.regions)
    moves = {move.name: place for place, move in enumerate(policy.moves)}
    shape = (*outputs[Key("undetermined")].shape[:-1], lanes)
    recommended = np.full(shape, HOLD, dtype=np.int16)
    recommended[unpacked(outputs[Key("undetermined")], lanes)] = UNDETERMINED
    for place, exit_ in enumerate(wiring.exits):
        recommended[unpacked(outputs[Key("recommend", place)], lanes)] = moves[exit_.move.name]
    stage, after = (np.zeros(shape, dtype=np.int16) for _ in range(2))
    for rank in range(1, len(policy.stages)):
        stage[unpacked(outputs[Key("stage", rank)], lanes)] = rank
        after[unpacked(outputs[Key("after", rank)], lanes)] = rank
    return Paths(
        first=panel.first, regions=panel.regions, active=active, stage=stage, recommended=recommended, after=after
    )
