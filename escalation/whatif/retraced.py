"""Random paths of a run, computed again in the reference engine: what the run has counted of them must be the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.evaluation.library import Record, replay
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome
from escalation.evaluation.step import Recommendation, is_adoptable
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import phrase
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.paths import UNDETERMINED, Paths
from escalation.whatif.arrays.telling import SOON

PATHS = 40
"""Random paths of a run that are computed again."""
WORDS = {
    "agree": (
        "{agree} of {paths} random paths agree with the reference engine",
        "{agree} dari {paths} lintasan acak sama dengan mesin rujukan",
    ),
    "differs": ("; {count} of {region} do not", "; {count} di {region} berbeda"),
}
Ways = NDArray[np.int64]


class Retraced(NamedTuple):
    """How many random paths were computed in both engines, and how many of which region differ."""

    paths: int
    differing: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, regions: Sequence[str], paths: Counts, differing: Counts) -> Retraced:
        """Add up how many paths were computed again, and name the regions of those `differing`, [region] or empty."""
        told = zip(regions, differing.tolist(), strict=False)
        return cls(int(paths.sum()), tuple((region, count) for region, count in told if count))

    def __str__(self) -> str:
        """Say it as outputs do."""
        return self.told(Language.ENGLISH)

    def told(self, language: Language) -> str:
        """Say it as outputs do."""
        agree = self.paths - sum(count for _, count in self.differing)
        found = phrase(WORDS, "agree", language, agree=agree, paths=self.paths)
        return found + "".join(
            phrase(WORDS, "differs", language, count=count, region=region) for region, count in self.differing[:3]
        )


def together(checks: Iterable[Retraced]) -> Retraced:
    """Add checks up."""
    all_checks = [*checks]
    differing = (one for check in all_checks for one in check.differing)
    return Retraced(sum(check.paths for check in all_checks), (*differing,))


def agreed(checks: Sequence[Retraced]) -> Retraced:
    """Add checks up. Raise RequestError where the two engines differ in one."""
    found = together(checks)
    if found.differing:
        raise disagreeing(str(found))
    return found


def disagreeing(said: str) -> RequestError:
    """Give the error of a run whose counts are not those of the reference engine."""
    return RequestError(
        f"the two engines do not agree: {said}",
        help="report this with the policy and the data",
        indonesian=(f"kedua mesin tidak sejalan: {said}", "laporkan hal ini beserta kebijakan dan datanya"),
    )


def some(of: int, *, seed: int = 0, paths: int = PATHS) -> Ways:
    """Choose among so many paths, ascending."""
    found = np.random.default_rng(seed).choice(of, min(paths, of), replace=False)
    return np.sort(found.astype(np.int64))


class Lived(NamedTuple):
    """One week of a path in the reference engine: ranks of stages, -1 for none.

    `after` is the stage in force at its end by what is followed; what is on record for the next week is no change.
    """

    week: int
    stage: int
    recommended: int
    is_undetermined: bool
    after: int


def lived(
    policy: Policy, outcomes: Iterable[Outcome], record: Sequence[StageInForce] = (), adoption: Adoption | None = None
) -> list[Lived]:
    """Give the weeks of a path from what the reference engine says of them."""
    found = []
    begin: int | None = None
    is_recorded = adoption is not None and adoption.adopt is Adopt.RECORDED
    for outcome in outcomes:
        one = outcome.evaluation
        begin = one.week if begin is None else begin
        stage, after = policy.ranks[one.stage], policy.ranks[outcome.stage_after]
        if any(two.since == one.week + 1 and (is_recorded or _is_due(two, begin)) for two in record):
            after = stage
        recommended = policy.ranks[str(one.to)] if is_adoptable(one) else -1
        found.append(Lived(one.week, stage, recommended, one.recommendation is Recommendation.UNDETERMINED, after))
    return found


def _is_due(one: StageInForce, begin: int) -> bool:
    """Say whether a stage on record was decided before the first week that is evaluated, and takes effect after it."""
    return one.decided is not None and one.decided <= begin < one.since


def followed(policy: Policy, paths: Paths, lane: int) -> list[Lived]:
    """Give the weeks of a path as the array engine has them."""
    goals = [policy.ranks[move.to] for move in policy.moves]
    return [
        Lived(
            paths.first + week,
            int(paths.stage[week, lane]),
            goals[code] if (code := int(paths.recommended[week, lane])) >= 0 else -1,
            code == UNDETERMINED,
            int(paths.after[week, lane]),
        )
        for week in np.flatnonzero(paths.active[:, lane]).tolist()
    ]


def replayed_again(
    policy: Policy,
    observations: Observations,
    paths: Paths,
    lanes: Iterable[int],
    *,
    record: Record | None = None,
    adoption: Adoption = FOLLOW,
) -> Retraced:
    """Replay some regions of a run in the reference engine, and compare every week."""
    count, differing = 0, []
    for lane in lanes:
        region = paths.regions[lane]
        outcomes = replay(policy, observations, regions=[region], record=record, adoption=adoption)
        count += 1
        if lived(policy, outcomes, (record or {}).get(region, ()), adoption) != followed(policy, paths, lane):
            differing.append((region, 1))
    return Retraced(count, (*differing,))


def counts_of(path: Sequence[Lived], *, first: int, weeks: int, stages: int) -> dict[str, Counts]:
    """Count a path as a run counts it: by week from `first` on, and in the end by numbers."""
    shapes: dict[str, tuple[int, ...]] = {
        **dict.fromkeys(("stage", "entered", "recommended"), (weeks, stages)),
        **dict.fromkeys(("undetermined", "changed", "undone"), (weeks,)),
    }
    found: dict[str, Counts] = {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes.items()}
    changes: list[Lived] = []
    seen = {"entered": set[int](), "recommended": set[int]()}
    for one in path:
        week = one.week - first
        found["stage"][week, one.stage] = 1
        found["undetermined"][week] = one.is_undetermined
        changed = one.after if one.after != one.stage else -1
        for name, rank in (("entered", changed), ("recommended", one.recommended)):
            if rank >= 0 and rank not in seen[name]:
                seen[name].add(rank)
                found[name][week, rank] = 1
        if changed >= 0:
            found["changed"][week] = 1
            changes.append(one)
    for before, one in pairwise(changes):
        found["undone"][one.week - first] = one.week - before.week <= SOON and one.after == before.stage
    return found


def ended(path: Sequence[Lived], *, first: int, weeks: int, stages: int) -> dict[str, Counts]:
    """Count a path as `counts_of` does, and by its changes of stage, the weeks of each stage and its shortest stay."""
    counts = counts_of(path, first=first, weeks=weeks, stages=stages)
    changes, shortest = (np.zeros(weeks + 1, dtype=np.int64) for _ in range(2))
    weeks_in = np.zeros((stages, weeks + 1), dtype=np.int64)
    changes[counts["changed"].sum()] = 1
    shortest[shortest_stay(path)] = 1
    weeks_in[np.arange(stages), counts["stage"].sum(axis=0)] = 1
    return {**counts, "changes": changes, "weeks_in": weeks_in, "shortest_stay": shortest}


def shortest_stay(path: Sequence[Lived]) -> int:
    """Give the least weeks for which a stage was in force that was entered and left on a path; 0 where none was.

    The stay that runs in its first week is not counted, nor that of the stage in force in the end.
    """
    stays = [len([*same]) for _, same in groupby([*(one.stage for one in path), *(one.after for one in path[-1:])])]
    return min(stays[1:-1], default=0)


def added(paths: Sequence[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Add the counts of paths up."""
    return {name: np.sum([one[name] for one in paths], axis=0) for name in paths[0]}
