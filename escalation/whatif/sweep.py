"""One or two numbers of a policy varied: what comes of each value, over the weeks on record or in the weeks to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.evaluation.library import Record, replay
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.evaluation.step import Recommendation, is_adoptable
from escalation.observations import Observations
from escalation.periods import Week
from escalation.policy.amend import amend
from escalation.policy.model import Policy
from escalation.policy.paths import route_of
from escalation.policy.source import Route
from escalation.whatif.arrays.kernel import Backend
from escalation.whatif.arrays.panel import Floats, Panel, panel
from escalation.whatif.arrays.paths import HOLD, UNDETERMINED, Tally, replayed, tallied
from escalation.whatif.arrays.trial import Trial, is_at_once, is_duration, trial, with_longest
from escalation.whatif.arrays.words import WORD
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.kept import Each, Part, made
from escalation.whatif.outlook import Outlook, outlook
from escalation.whatif.retraced import PATHS, Retraced, retraced
from escalation.whatif.varied import Varied, check, combined, number

AT_ONCE = 100_000_000
"""Region-weeks that are tried together, with all values: some 0.3 s of compiled code, 1 s of numpy."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sweep:
    """What comes of each value of one number, or of each pair of two: arrays with an axis for each of `varied`.

    `in_force` [..., stage] is the part, from 0 to 1, of all weeks of all regions (and draws) in which a stage is in
    force; `undetermined` [...] that in which the policy cannot say. `recommended` [..., stage] is the part of the
    regions (and draws) that are recommended a stage at least once, `first` [..., stage] the first week, counted from
    0, by which half of them are, and -1 where fewer are; `changes` [...] is their mean number of changes of stage, and
    `undone` [...] of those that take the one before back within four weeks.
    The weeks are `weeks` from the week `start` on; without draws they are those on record.
    """

    varied: tuple[Varied, ...]
    regions: tuple[str, ...]
    stages: tuple[str, ...]
    start: Week
    weeks: int
    draws: Draws | None
    in_force: Floats
    undetermined: Floats
    recommended: Floats
    first: NDArray[np.int64]
    changes: Floats
    undone: Floats
    retraced: Retraced

    @property
    def present(self) -> tuple[int, ...] | None:
        """The place of the policy's own values; none where they are not among those tried."""
        if any(one.present not in one.values for one in self.varied):
            return None
        return tuple(one.values.index(one.present) for one in self.varied if one.present is not None)


def on_record(
    policy: Policy,
    observations: Observations,
    of: Sequence[Varied],
    *,
    regions: Sequence[str] | None = None,
    record: Record | None = None,
    adoption: Adoption = FOLLOW,
    workers: int = 1,
    backend: Backend | None = None,
    each: Each = made,
) -> Sweep:
    """Replay the weeks on record with each value: of most numbers all at once, of others one amended policy each.

    `each` makes what comes of a policy in some regions. Raise RequestError for values that the policy refuses.
    """
    check(of)
    live = [one for one in of if is_at_once(policy, route_of(policy, one.path))]
    others = [one for one in of if one not in live]
    shape = tuple(len(one.values) for one in (*others, *live))
    _try(policy, live)
    again = _Again.of(policy, observations, live, regions=regions, record=record or {}, adoption=adoption)
    grid = again.grid
    run = partial(tallied, adoption=adoption, record=record or {}, backend=backend, workers=workers)
    work = [*product(combined(others), again.batches())]

    def make(place: int) -> Part:
        settings, lanes = work[place]
        tried = again.trial(settings, lanes)
        return _of_tally(run(tried.panel, parameters=tried.parameters, durations=tried.durations))

    parts, size = [*each([f"part-{place}" for place in range(len(work))], make)], len(again.batches())
    policies = [_added(parts[first : first + size]) for first in range(0, len(parts), size)]
    weeks = range(grid.first + int(grid.begins.min()), grid.first + grid.weeks)
    found = _Counted.of(policies, shape, weeks, cases=len(grid.regions), live=len(live))
    return Sweep(
        varied=tuple(of),
        regions=grid.regions,
        stages=tuple(stage.name for stage in policy.stages),
        start=Week(policy.calendar, weeks[0]),
        weeks=len(weeks),
        draws=None,
        retraced=again.retraced(of),
        **found.parts(is_exchanged=[*others, *live] != list(of)),
    )


def _try(policy: Policy, live: Sequence[Varied]) -> None:
    """Raise RequestError where the policy refuses an end of the values, one with the other, or a part of a week."""
    for ends in product(*((one.values[0], one.values[-1]) for one in live)):
        amend(policy, {one.path: number(value) for one, value in zip(live, ends, strict=True)})
    for one in live:
        if is_duration(route_of(policy, one.path)):
            for value in one.values:
                if value != int(value):
                    amend(policy, {one.path: value})


def to_come(
    course: Course,
    of: Sequence[Varied],
    draws: Draws,
    *,
    workers: int = 1,
    each: Each = made,
) -> Sweep:
    """Look ahead with each value, on the same draws of the figures to come.

    `each` makes what comes of a policy. Raise RequestError for values that the policy refuses.
    """
    check(of)
    combinations = [*combined(of)]

    def make(place: int) -> Part:
        return _of_outlook(outlook(_course(course, combinations[place]), draws, workers=workers))

    parts = [*each([f"part-{place}" for place in range(len(combinations))], make)]
    shape, cases = tuple(len(one.values) for one in of), draws.count * len(course.regions)
    found = _Counted.of(parts, shape, range(course.weeks), cases=cases)
    chosen = np.random.default_rng(draws.seed).choice(len(combinations), PATHS)
    checks = [
        retraced(_course(course, combinations[place]), draws, paths=int(paths))
        for place, paths in zip(*np.unique(chosen, return_counts=True), strict=True)
    ]
    return Sweep(
        varied=tuple(of),
        regions=course.regions,
        stages=tuple(stage.name for stage in course.policy.stages),
        start=Week(course.policy.calendar, course.now + 1),
        weeks=course.weeks,
        draws=draws,
        retraced=Retraced(sum(one.paths for one in checks), tuple(wrong for one in checks for wrong in one.differing)),
        **found.parts(),
    )


def _course(course: Course, settings: Mapping[str, float]) -> Course:
    """Let a course go by an amended policy. Raise RequestError where its metrics would be others: so are its data."""
    policy = amend(course.policy, settings)
    if policy.metrics != course.policy.metrics:
        named = ", ".join(f"`{path}`" for path in settings)
        raise RequestError(
            f"{named} is a number of a metric, and the figures to come are forecast by it",
            help="vary numbers of triggers, moves and parameters, or leave --weeks out",
        )
    return replace(course, policy=policy)


def _of_tally(tally: Tally) -> Part:
    """Count the weeks of some regions; `called` has the week `first` first."""
    return {
        "first": np.array(tally.first),
        "weeks": tally.stage.sum(axis=0),
        "unsaid": tally.undetermined.sum(axis=0),
        "called": tally.first_recommended,
        "changes": tally.changes.sum(axis=0),
        "undone": tally.undone.sum(axis=0),
    }


def _of_outlook(found: Outlook) -> Part:
    """Count the weeks of all regions and draws."""
    return {
        "first": np.array(0),
        "weeks": found.stage.sum(axis=(0, 1)),
        "unsaid": found.undetermined.sum(),
        "called": found.recommended.sum(axis=1),
        "changes": found.changes.sum(axis=0) @ np.arange(found.changes.shape[-1]),
        "undone": found.undone.sum(),
    }


def _added(parts: Sequence[Part]) -> Part:
    """Add up what some regions come to and what others do, under one policy."""
    return {name: np.sum([part[name] for part in parts], axis=0) for name in parts[0]} | {"first": parts[0]["first"]}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Counted:
    """Numbers of weeks and of cases, which are regions or regions and draws, at each value.

    `weeks` [..., stage], `unsaid` [...], `called` [week, ..., stage] for the first time, `changes` [...] and `undone`
    [...] of all cases.
    """

    weeks: NDArray[np.int64]
    unsaid: NDArray[np.int64]
    called: NDArray[np.int64]
    changes: NDArray[np.int64]
    undone: NDArray[np.int64]
    cases: int

    @classmethod
    def of(cls, parts: Sequence[Part], shape: Sequence[int], weeks: range, *, cases: int, live: int = 0) -> _Counted:
        """Bring what several policies come to together, each of which may begin in a week of its own.

        The last `live` axes of `shape` are those of the parts; one on which nothing rests has one value there.
        """
        stages = parts[0]["weeks"].shape[-1]
        axes = tuple(shape[len(shape) - live :])

        def together(found: Iterable[NDArray[np.int64]], *tail: int) -> NDArray[np.int64]:
            wide = [np.broadcast_to(one, (*axes, *tail)) for one in found]
            return np.stack(wide).reshape(*shape, *tail)

        called = ([one["called"][week - int(one["first"])] for one in parts] for week in weeks)
        return cls(
            weeks=together((one["weeks"] for one in parts), stages),
            unsaid=together(one["unsaid"] for one in parts),
            called=np.stack([together(one, stages) for one in called]),
            changes=together(one["changes"] for one in parts),
            undone=together(one["undone"] for one in parts),
            cases=cases,
        )

    def parts(self, *, is_exchanged: bool = False) -> dict[str, Any]:
        """Give the arrays of a sweep, the axes of two numbers exchanged where they are counted the other way round."""
        all_weeks = np.maximum(self.weeks.sum(axis=-1), 1)
        so_far = self.called.cumsum(axis=0)
        is_half = 2 * so_far >= self.cases
        found = {
            "in_force": self.weeks / all_weeks[..., np.newaxis],
            "undetermined": self.unsaid / all_weeks,
            "recommended": so_far[-1] / self.cases,
            "first": np.where(is_half.any(axis=0), is_half.argmax(axis=0), -1),
            "changes": self.changes / self.cases,
            "undone": self.undone / self.cases,
        }
        return {name: one.swapaxes(0, 1) for name, one in found.items()} if is_exchanged else found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
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
    ) -> _Again:
        """Put the observations on a grid. Raise RequestError where there are none."""
        grid = panel(with_longest(policy, _laid(policy, live)), observations, regions=regions)
        if not grid.regions:
            raise RequestError("no week of any region is on record", help="look at the findings on the data")
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

    def retraced(self, of: Sequence[Varied]) -> Retraced:
        """Compute random values and regions in both engines, and compare stage and recommendation of every week."""
        random = np.random.default_rng(0)
        differing = []
        for _ in range(PATHS):
            settings = {one.path: number(float(random.choice(one.values))) for one in of}
            region = self.grid.regions[int(random.integers(len(self.grid.regions)))]
            if self._weeks_of_arrays(settings, region) != self._weeks_of_reference(settings, region):
                differing.append((region, 0))
        return Retraced(PATHS, tuple(differing))

    def _weeks_of_arrays(self, settings: Mapping[str, float], region: str) -> list[tuple[int, int, str]]:
        live = {one.path for one in self.live}
        own = self.under({path: value for path, value in settings.items() if path not in live})
        tried = trial(
            own.alone(region),
            {route_of(self.policy, path): np.array([[settings[path]]], dtype=np.float64) for path in live},
        )
        found = replayed(
            tried.panel,
            adoption=self.adoption,
            record=self.record,
            parameters=tried.parameters,
            durations=tried.durations,
        )
        names = {HOLD: str(Recommendation.HOLD), UNDETERMINED: str(Recommendation.UNDETERMINED)}
        names |= {place: move.name for place, move in enumerate(self.policy.moves)}
        return [
            (found.first + week, int(found.stage[week, 0]), names[int(found.recommended[week, 0])])
            for week in np.flatnonzero(found.active[:, 0]).tolist()
        ]

    def _weeks_of_reference(self, settings: Mapping[str, float], region: str) -> list[tuple[int, int, str]]:
        policy = amend(self.policy, settings)
        outcomes = replay(policy, self.observations, regions=[region], record=self.record, adoption=self.adoption)
        return [
            (one.week, policy.ranks[one.stage], str(one.move if is_adoptable(one) else one.recommendation))
            for one in (outcome.evaluation for outcome in outcomes)
        ]


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
