"""A stress test of a policy over the weeks on record: what late, revised and missing data do to its recommendations.

The battery is fixed, so that two policies, or two versions of one, stand the same test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.evaluation.cost import check_cost
from escalation.evaluation.library import Record, begun
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.evaluation.step import Recommendation
from escalation.observations import Observations
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.whatif.arrays.panel import Panel, panel
from escalation.whatif.arrays.paths import HOLD, UNDETERMINED, Paths, replayed
from escalation.whatif.large.kept import Each, Part, made
from escalation.whatif.retraced import Retraced, replayed_again, some, together
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.scenarios.replaying import replay
from escalation.whatif.scenarios.scenario import BASELINE, Applied, Scenario, applied

MISSING_WEEKS = (1, 2, 4)
LATE_WEEKS = (1, 2)
REVISED_PERCENT = (-10, -5, -1, 1, 5, 10)
LAST_WEEKS = 4
NONE = Retraced(0)


class Sort(StrEnum):
    """What befalls the data."""

    MISSING = "missing"
    LATE = "late"
    REVISED = "revised"
    STOPPED = "stopped"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """One scenario of the battery.

    `amount` is the weeks that are missing or late, the percent of the revision, or the weeks up to the last one in
    which a supply stops; `metric` is empty for all metrics together.
    """

    sort: Sort
    metric: str
    amount: int
    edits: tuple[Edit, ...]

    @property
    def name(self) -> str:
        """Name it for machines: `missing first_doses 2`, `late all 1`."""
        return f"{self.sort} {self.metric or 'all'} {self.amount}".removesuffix(" 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What a strain does to the recommendations, in all regions together, beside the baseline.

    `otherwise` counts region-weeks in which another stage, or none, is recommended than in the baseline. An escalation
    is the first recommendation of a stricter stage in a region: `missed` are those that never come, `added` those that
    the baseline does not have, `later` and `earlier` those in another week; `most_weeks_later` is the longest delay.
    `undetermined` counts region-weeks in which the policy cannot say, the baseline's included.
    """

    strain: Strain
    otherwise: int
    missed: int
    added: int
    later: int
    earlier: int
    most_weeks_later: int
    undetermined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stress:
    """The battery carried out, the worst first; `escalations` and `undetermined` are those of the baseline.

    `retraced` says how many regions of single runs were replayed in the reference engine as well; where reports are
    late, it alone replays.
    """

    region_weeks: int
    escalations: int
    undetermined: int
    tolls: tuple[Toll, ...]
    adoption: Adoption = FOLLOW
    retraced: Retraced = NONE


def battery(policy: Policy, observations: Observations) -> tuple[Strain, ...]:
    """Give the strains that apply to a policy and its data: of metrics that are on record, up to the last week."""
    if not observations.weeks:
        raise RequestError(
            "no week of any region is on record",
            help="look at the findings on the data",
            indonesian=("tidak ada minggu yang tercatat untuk wilayah mana pun", "periksa temuan atas data"),
        )
    held = {metric for _, metric in observations.series}
    kinds = {name: metric.kind for name, metric in policy.inputs.items() if name in held}
    first = min(begin for begin, _ in observations.weeks.values())
    last = max(end for _, end in observations.weeks.values())
    return tuple(_strains(kinds, first, last))


def _strains(kinds: Mapping[str, Kind], first: int, last: int) -> Iterator[Strain]:
    weekly = tuple(name for name, kind in kinds.items() if kind not in (Kind.ATTRIBUTE, Kind.JUDGEMENT))
    for name in weekly:
        for weeks in MISSING_WEEKS:
            edit = Edit(alters=Alters.MISSING, metrics=(name,), first=last + 1 - weeks)
            yield Strain(sort=Sort.MISSING, metric=name, amount=weeks, edits=(edit,))
    for weeks in LATE_WEEKS if weekly else ():
        edit = Edit(alters=Alters.LATE, metrics=weekly, amount=float(weeks), is_all=True)
        yield Strain(sort=Sort.LATE, metric="", amount=weeks, edits=(edit,))
    for name in weekly:
        for percent in REVISED_PERCENT if kinds[name] in (Kind.CUMULATIVE, Kind.FLOW) else ():
            edit = Edit(alters=Alters.SCALE, metrics=(name,), amount=(100 + percent) / 100)
            yield Strain(sort=Sort.REVISED, metric=name, amount=percent, edits=(edit,))
        for weeks in _stops(first, last) if kinds[name] is Kind.CUMULATIVE else ():
            edit = Edit(alters=Alters.STOP, metrics=(name,), first=last + 1 - weeks)
            yield Strain(sort=Sort.STOPPED, metric=name, amount=weeks, edits=(edit,))
    for name in (name for name, kind in kinds.items() if kind is Kind.JUDGEMENT):
        edit = Edit(alters=Alters.MISSING, metrics=(name,))
        yield Strain(sort=Sort.UNJUDGED, metric=name, amount=0, edits=(edit,))


def _stops(first: int, last: int) -> tuple[int, ...]:
    """Give how many weeks up to the last one a supply stops: the last four, and the second half of the record."""
    return tuple(sorted({min(LAST_WEEKS, last - first), (last - first + 1) // 2} - {0}))


def stress(
    policy: Policy,
    observations: Observations,
    *,
    record: Record | None = None,
    base: Scenario = BASELINE,
    each: Each = made,
) -> Stress:
    """Replay the weeks on record under every strain; what people do with recommendations is that of `base`.

    Late reports are compared with a baseline in which each week is evaluated on what was known by its last day, as they
    are; all others with one in which the newest figures are known at once.

    `each` makes what some regions come to in one replay. Raise RequestError where no week is on record, and where
    chance decides whether a recommendation is followed.
    """
    adoption = applied(base, policy, observations).adoption
    if adoption.probability < 1:
        raise RequestError(
            "a stress test compares what follows from data, and here chance decides as well",
            help="leave `probability` out of what people do",
            indonesian=(
                "uji tekanan membandingkan akibat dari data, padahal di sini peluang juga menentukan",
                "hilangkan `probability` dari apa yang dilakukan orang",
            ),
        )
    strains = battery(policy, observations)
    begun(policy, observations, observations.regions, record=record)
    check_cost(policy, observations, observations.regions, last=None)
    is_any_late = any(strain.sort is Sort.LATE for strain in strains)
    baselines = [_Run(replace(base, name=BASELINE.name), is_as_known=one) for one in (False, True)[: 1 + is_any_late]]
    runs = [_Run(replace(base, name=one.name, edits=one.edits), is_as_known=one.sort is Sort.LATE) for one in strains]
    courses = _courses([*baselines, *runs], policy, observations, record, each)
    baseline, *as_known = islice(courses, len(baselines))
    strained = [*courses]
    tolls = [
        _toll(strain, as_known[0] if run.is_as_known else baseline, course)
        for strain, run, course in zip(strains, runs, strained, strict=True)
    ]
    return Stress(
        region_weeks=int(baseline.active.sum()),
        escalations=len(baseline.escalated),
        undetermined=int((baseline.goal == UNDETERMINED).sum()),
        tolls=tuple(sorted(tolls, key=_badness)),
        adoption=adoption,
        retraced=together(one.retraced for one in (baseline, *strained)),
    )


def _badness(toll: Toll) -> tuple[int, ...]:
    """Order by what is worst: escalations missed, the longest delay, those added, then what else is different."""
    return (-toll.missed, -toll.most_weeks_later, -toll.later, -toll.added, -toll.otherwise, -toll.undetermined)


class _Course(NamedTuple):
    """What is recommended: `goal` [week, region] is the rank of a stage, UNDETERMINED, or HOLD where not active.

    `escalated` gives by region and stage the first week in which that stage is recommended as a stricter one.
    """

    active: NDArray[np.bool_]
    goal: NDArray[np.int16]
    escalated: dict[tuple[int, int], int]
    retraced: Retraced


class _Run(NamedTuple):
    """A replay of the weeks on record, each on what was known by its last day or all on the newest figures."""

    scenario: Scenario
    is_as_known: bool

    @property
    def batch(self) -> int:
        """How many regions are a part of it: the reference engine takes two seconds, where each week is alone."""
        return 16 if self.is_as_known else 1024

    def name(self, lanes: range) -> str:
        """Name a part of it, as files are named."""
        kind = "-as-known" if self.is_as_known else ""
        return f"{self.scenario.name.replace(' ', '-')}{kind}-regions-{lanes[0]}-{lanes[-1] + 1}"


def _courses(
    runs: Sequence[_Run], policy: Policy, observations: Observations, record: Record | None, each: Each
) -> Iterator[_Course]:
    """Give the course of each run, made part by part."""
    regions = [region for region in observations.regions if observations.span(region) is not None]
    lanes = range(len(regions))
    parts_of = [[lanes[first : first + run.batch] for first in lanes[:: run.batch]] for run in runs]
    work = [(number, own) for number, parts in enumerate(parts_of) for own in parts]
    chosen = _chosen(runs, len(lanes))

    @lru_cache(maxsize=1)
    def ready(number: int) -> tuple[Applied, Panel]:
        run = runs[number]
        found = replace(applied(run.scenario, policy, observations), is_as_known=run.is_as_known)
        return found, panel(policy, found.observations)

    def make(place: int) -> Part:
        number, own = work[place]
        found, grid = ready(number)
        if found.is_as_known:
            return _of_outcomes(found, grid.only(own), record)
        paths = replayed(grid.only(own), record=record, adoption=found.adoption)
        again = [place for place, lane in enumerate(own) if (number, lane) in chosen]
        checked = replayed_again(policy, found.observations, paths, again, record=record, adoption=found.adoption)
        return {**_of_paths(policy, paths), **_checks(checked, again, paths.regions)}

    made_so_far = each([runs[number].name(own) for number, own in work], make)
    for parts in parts_of:
        yield _course([*islice(made_so_far, len(parts))], regions)


def _chosen(runs: Sequence[_Run], regions: int) -> set[tuple[int, int]]:
    """Choose random regions of random runs of the array engine: the number of the run and the place of the region."""
    numbers = [number for number, run in enumerate(runs) if not run.is_as_known]
    return {(numbers[one // regions], one % regions) for one in some(len(numbers) * regions).tolist()}


def _of_paths(policy: Policy, paths: Paths) -> Part:
    ranks = np.array([policy.ranks[move.to] for move in policy.moves], dtype=np.int16)
    moved = ranks[np.maximum(paths.recommended, 0)] if len(ranks) else paths.stage
    goal = np.where(paths.recommended >= 0, moved, np.where(paths.recommended == HOLD, paths.stage, UNDETERMINED))
    return {"active": paths.active, "goal": goal.astype(np.int16), "stage": paths.stage}


def _checks(checked: Retraced, again: Sequence[int], regions: Sequence[str]) -> Part:
    """Say of each region whether it was replayed again, and whether it differs, [1, region]."""
    differing = [regions.index(region) for region, _ in checked.differing]
    paths, wrong = (np.isin(np.arange(len(regions)), places)[np.newaxis] for places in (again, differing))
    return {"paths": paths, "differing": wrong}


def _of_outcomes(found: Applied, grid: Panel, record: Record | None) -> Part:
    policy, lanes = found.policy, {region: lane for lane, region in enumerate(grid.regions)}
    active = np.zeros((grid.weeks, len(lanes)), dtype=bool)
    goal, stage = (np.zeros((grid.weeks, len(lanes)), dtype=np.int16) for _ in range(2))
    for outcome in replay(found, regions=grid.regions, record=record):
        one = outcome.evaluation
        place = one.week - grid.first, lanes[one.region]
        active[place] = True
        stage[place] = policy.ranks[one.stage]
        is_known = one.recommendation is not Recommendation.UNDETERMINED
        goal[place] = policy.ranks[one.to or one.stage] if is_known else UNDETERMINED
    checks = _checks(NONE, (), grid.regions)
    return {"active": active, "goal": goal, "stage": stage, **checks}


def _course(parts: Sequence[Part], regions: Sequence[str]) -> _Course:
    """Put the regions of the parts of a run beside each other."""
    active, goal, stage, paths, differing = (
        np.concatenate([one[key] for one in parts], axis=1) for key in ("active", "goal", "stage", "paths", "differing")
    )
    escalated: dict[tuple[int, int], int] = {}
    for week, lane in np.argwhere(active & (goal > stage)):
        escalated.setdefault((int(lane), int(goal[week, lane])), int(week))
    retraced = Retraced.of(regions, paths, differing[0].astype(np.int64))
    return _Course(active, np.where(active, goal, HOLD).astype(np.int16), escalated, retraced)


def _toll(strain: Strain, baseline: _Course, strained: _Course) -> Toll:
    both = baseline.escalated.keys() & strained.escalated.keys()
    delays = [strained.escalated[one] - baseline.escalated[one] for one in both]
    return Toll(
        strain=strain,
        otherwise=int((baseline.goal != strained.goal).sum()),
        missed=len(baseline.escalated.keys() - strained.escalated.keys()),
        added=len(strained.escalated.keys() - baseline.escalated.keys()),
        later=sum(delay > 0 for delay in delays),
        earlier=sum(delay < 0 for delay in delays),
        most_weeks_later=max([0, *delays]),
        undetermined=int((strained.goal == UNDETERMINED).sum()),
    )
