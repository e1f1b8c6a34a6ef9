"""One or two numbers of a policy varied: what comes of each value, over the weeks on record or in the weeks to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.evaluation.library import Record
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.observations import Observations
from escalation.periods import Week
from escalation.policy.amend import amend
from escalation.policy.model import Policy
from escalation.policy.paths import route_of
from escalation.whatif.arrays.kernel import Backend
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.paths import Tally, tallied
from escalation.whatif.arrays.trial import is_at_once, is_duration
from escalation.whatif.checked import checked, paths_of
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.kept import Each, Part, made
from escalation.whatif.outcomes import Counted, Outcome, over_all
from escalation.whatif.outlook import Outlook
from escalation.whatif.retraced import PATHS, Retraced, added, together
from escalation.whatif.sweeping import Again
from escalation.whatif.varied import Varied, check, combined, number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sweep:
    """What comes of each value of one number, or of each pair of two.

    `counted` has an axis for each of `varied`; its cases are the regions, or regions and draws. The weeks are `weeks`
    from the week `start` on; without draws they are those on record.
    """

    varied: tuple[Varied, ...]
    regions: tuple[str, ...]
    start: Week
    weeks: int
    draws: Draws | None
    counted: Counted
    retraced: Retraced

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of the policy."""
        return self.counted.stages

    def of(self, outcome: Outcome) -> Floats:
        """Give an outcome at each value, as `Counted` does."""
        return self.counted.of(outcome)

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
    paths: int = PATHS,
    each: Each = made,
) -> Sweep:
    """Replay the weeks on record with each value: of most numbers all at once, of others one amended policy each.

    So many random `paths` are computed again in the reference engine. `each` makes what comes of a policy in some
    regions. Raise RequestError for values that the policy refuses.
    """
    check(of)
    live = [one for one in of if is_at_once(policy, route_of(policy, one.path))]
    others = [one for one in of if one not in live]
    shape = tuple(len(one.values) for one in (*others, *live))
    _try(policy, live)
    again = Again.of(policy, observations, live, regions=regions, record=record or {}, adoption=adoption)
    grid, chosen = again.grid, again.marks(others, paths=paths)
    run = partial(tallied, adoption=adoption, record=record or {}, backend=backend, workers=workers)
    work, size = [*product(combined(others), again.batches())], len(again.batches())

    def make(place: int) -> Part:
        settings, lanes = work[place]
        tried, marks = again.trial(settings, lanes), chosen[place // size][..., lanes]
        tally = run(tried.panel, parameters=tried.parameters, durations=tried.durations, marks=marks)
        return {**_of_tally(tally), **again.compared(settings, tally, marks, lanes)}

    parts = [*each([f"part-{place}" for place in range(len(work))], make)]
    policies = [_added(parts[first : first + size]) for first in range(0, len(parts), size)]
    weeks = range(grid.first + int(grid.begins.min()), grid.first + grid.weeks)
    counted = _counted(policies, shape, weeks, stages=(*policy.ranks,), cases=len(grid.regions), live=len(live))
    return Sweep(
        varied=tuple(of),
        regions=grid.regions,
        start=Week(policy.calendar, weeks[0]),
        weeks=len(weeks),
        draws=None,
        counted=counted.exchanged() if [*others, *live] != list(of) else counted,
        retraced=together(Retraced.of(grid.regions, one["paths"], one["differing"]) for one in parts),
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
    paths: int = PATHS,
    each: Each = made,
) -> Sweep:
    """Look ahead with each value, on the same draws of the figures to come.

    So many random `paths` are computed again in the reference engine. `each` makes what comes of a policy. Raise
    RequestError for values that the policy refuses.
    """
    check(of)
    combinations = [*combined(of)]
    chosen = np.random.default_rng(draws.seed).choice(len(combinations), paths)
    count = np.bincount(chosen, minlength=len(combinations)).tolist()

    def make(place: int) -> Part:
        own = course_with(course, combinations[place])
        return _of_outlook(checked(own, draws, paths=paths_of(own, draws, paths=count[place]), workers=workers))

    parts = [*each([f"part-{place}" for place in range(len(combinations))], make)]
    shape, cases = tuple(len(one.values) for one in of), draws.count * len(course.regions)
    stages = tuple(stage.name for stage in course.policy.stages)
    return Sweep(
        varied=tuple(of),
        regions=course.regions,
        start=Week(course.policy.calendar, course.now + 1),
        weeks=course.weeks,
        draws=draws,
        counted=_counted(parts, shape, range(course.weeks), stages=stages, cases=cases),
        retraced=together(Retraced.of(course.regions, one["paths"], one["differing"]) for one in parts),
    )


def course_with(course: Course, settings: Mapping[str, float]) -> Course:
    """Let a course go by an amended policy. Raise RequestError where its metrics would be others: so are its data."""
    policy = amend(course.policy, settings)
    if policy.metrics != course.policy.metrics:
        named = ", ".join(f"`{path}`" for path in settings)
        raise RequestError(
            f"{named} is a number of a metric, and the figures to come are forecast by it",
            help="vary numbers of triggers, moves and parameters, or leave --weeks out",
            indonesian=(
                f"{named} adalah angka dari suatu ukuran, dan angka mendatang diprakirakan dengannya",
                "ubah angka pemicu, langkah, dan parameter, atau hilangkan --weeks",
            ),
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
        "stays": tally.shortest_stay,
    }


def _of_outlook(found: Outlook) -> Part:
    """Count the weeks of all regions and draws."""
    counted = over_all(found)
    return {
        "first": np.array(0),
        "weeks": counted.weeks,
        "unsaid": counted.undetermined,
        "called": counted.called,
        "changes": counted.changes,
        "undone": counted.undone,
        "stays": counted.stays,
        "paths": found.paths.sum(),
        "differing": found.differing,
    }


def _added(parts: Sequence[Part]) -> Part:
    """Add up what some regions come to and what others do, under one policy."""
    return added(parts) | {"first": parts[0]["first"]}


def _counted(
    parts: Sequence[Part], shape: Sequence[int], weeks: range, *, stages: tuple[str, ...], cases: int, live: int = 0
) -> Counted:
    """Bring what several policies come to together, each of which may begin in a week of its own.

    The last `live` axes of `shape` are those of the parts; one on which nothing rests has one value there.
    """
    axes = tuple(shape[len(shape) - live :])

    def together(found: Iterable[NDArray[np.int64]], *tail: int) -> NDArray[np.int64]:
        wide = [np.broadcast_to(one, (*axes, *tail)) for one in found]
        return np.stack(wide).reshape((*shape, *tail))

    longest = max(one["stays"].shape[-1] for one in parts)
    called = ([one["called"][week - int(one["first"])] for one in parts] for week in weeks)
    return Counted(
        stages=stages,
        cases=cases,
        weeks=together((one["weeks"] for one in parts), len(stages)),
        undetermined=together(one["unsaid"] for one in parts),
        called=np.stack([together(one, len(stages)) for one in called]),
        changes=together(one["changes"] for one in parts),
        undone=together(one["undone"] for one in parts),
        stays=together((_widened(one["stays"], longest) for one in parts), longest),
    )


def _widened(stays: NDArray[np.int64], longest: int) -> NDArray[np.int64]:
    """Count up to so many weeks: a policy that looks back less far has fewer."""
    return np.pad(stays, [*[(0, 0)] * (stays.ndim - 1), (0, longest - stays.shape[-1])])
