"""How far each single number moves one outcome: over the weeks on record exactly, or in the weeks to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import prod
from typing import NamedTuple

import numpy as np

from escalation.errors import RequestError
from escalation.evaluation.library import Record, begun
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption
from escalation.observations import Observations
from escalation.periods import Week
from escalation.policy.amend import amend
from escalation.policy.model import Policy
from escalation.policy.paths import route_of
from escalation.whatif import sweep
from escalation.whatif.arrays.panel import Panel, panel
from escalation.whatif.arrays.trial import is_at_once
from escalation.whatif.cells import compared, cut
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.kept import Each, Make, Part, made
from escalation.whatif.levers import number_of
from escalation.whatif.numbers import every
from escalation.whatif.outcomes import Kind, Outcome
from escalation.whatif.paired import paired
from escalation.whatif.retraced import Retraced, some, together
from escalation.whatif.seek import Tried
from escalation.whatif.sweep import Sweep, course_with
from escalation.whatif.swings import LAG, Check, Reach, Swing, longest_first, reach, still
from escalation.whatif.varied import MOST_VALUES, Varied, number

BY, BY_WEEKS = 0.1, 2
"""How far numbers are changed where nobody says: a tenth of the range of a threshold, and weeks."""
BETWEEN = 2
"""So many values between the present one and each end of a threshold are tried where not all that can differ are."""
UNSAID = Outcome(kind=Kind.UNDETERMINED)
MOST_TRIED = 4_000_000_000
"""Region-weeks, with all values of a threshold, up to which all that can differ is tried: some seconds."""
MOST_POLICIES = 300
"""Amended policies that are tried of a number whose values make one each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """What one outcome is at `present`, and how far each number swings it, the longest first.

    In `unsaid` weeks, as a mean, the policy cannot say at present.

    Thresholds were changed by the part `by` of their range, weeks by `by_weeks`; where not all values that can differ
    were tried, `between` were on either side of the present one. The weeks are `weeks` from the week `start` on;
    without draws they are those on record.
    """

    outcome: Outcome
    present: float
    unsaid: float
    swings: tuple[Swing, ...]
    by: float
    by_weeks: int
    between: int
    regions: tuple[str, ...]
    start: Week
    weeks: int
    draws: Draws | None
    retraced: Retraced


class _Job(NamedTuple):
    """A sweep that is run: of some values of the number at a place, or of none, with another lag."""

    name: str
    place: int = 0
    of: tuple[Varied, ...] = ()
    lag: int | None = None

    def adopted(self, adoption: Adoption) -> Adoption:
        """Give the adoption with the lag."""
        return adoption if self.lag is None else replace(adoption, lag=self.lag)


class _Run(NamedTuple):
    """How a job is run, with so many paths computed again, how many cases there are for each value, and what is asked.

    Thresholds are changed by the part `by` of their range, weeks by `by_weeks`.
    """

    job: Callable[[_Job, int, Each], Sweep]
    cases: int
    by: float
    by_weeks: int
    between: int


def on_record(
    policy: Policy,
    observations: Observations,
    outcome: Outcome,
    *,
    by: float = BY,
    by_weeks: int = BY_WEEKS,
    between: int = BETWEEN,
    names: Sequence[str] = (),
    regions: Sequence[str] | None = None,
    record: Record | None = None,
    adoption: Adoption = FOLLOW,
    workers: int = 1,
    each: Each = made,
) -> Tornado:
    """Change each number alone, or those of `names`, and replay the weeks on record: all values that can differ.

    `each` makes what comes of some values. Raise RequestError for a name that is none.
    """
    asked = observations.regions if regions is None else regions
    chosen = begun(policy, observations, asked, record=record)
    grid = panel(policy, observations, regions=chosen)
    if not grid.regions:
        raise RequestError(
            "no week of any region is on record",
            help="look at the findings on the data",
            indonesian=("tidak ada minggu yang tercatat untuk wilayah mana pun", "periksa temuan atas data"),
        )

    def run(job: _Job, paths: int, each: Each) -> Sweep:
        return sweep.on_record(
            policy,
            observations,
            job.of,
            regions=regions,
            record=record,
            adoption=job.adopted(adoption),
            workers=workers,
            paths=paths,
            each=each,
        )

    reaches = _reaches(policy, adoption, names, by=by, by_weeks=by_weeks, check=partial(amend, policy))
    values = [_all(grid, one, between) for one in reaches]
    return _found(outcome, reaches, values, _Run(run, len(grid.regions), by, by_weeks, between), each)


def to_come(
    course: Course,
    outcome: Outcome,
    draws: Draws,
    *,
    by: float = BY,
    by_weeks: int = BY_WEEKS,
    between: int = BETWEEN,
    names: Sequence[str] = (),
    workers: int = 1,
    each: Each = made,
) -> Tornado:
    """Change each number alone, or those of `names`, and look ahead on the same draws.

    Lengths of time take all whole weeks; thresholds the ends, and so many values `between` each and the present one.
    That a stage is recommended in the only region has the 95 % interval of the difference at the ends. `each` makes
    what comes of some values. Raise RequestError for a name that is none.
    """

    def run(job: _Job, paths: int, each: Each) -> Sweep:
        own = replace(course, adoption=job.adopted(course.adoption))
        return sweep.to_come(own, job.of, draws, workers=workers, paths=paths, each=each)

    check = partial(course_with, course)
    reaches = _reaches(course.policy, course.adoption, names, by=by, by_weeks=by_weeks, check=check)
    values = [(one.tried(between), one.is_weeks) for one in reaches]
    cases = draws.count * len(course.regions)
    found = _found(outcome, reaches, values, _Run(run, cases, by, by_weeks, between), each)
    swings = tuple(_compared(course, outcome, draws, one) for one in found.swings)
    return replace(found, swings=swings)


def _reaches(
    policy: Policy, adoption: Adoption, names: Sequence[str], *, by: float, by_weeks: int, check: Check
) -> list[Reach]:
    """Say how far each number is changed, and the lag, which is none of a policy, where all moves have the same.

    A number of which only the value itself is meant is changed where it is named.
    """
    has_lag = adoption.adopt is Adopt.FOLLOW and not adoption.lags
    if LAG in names and not has_lag:
        raise RequestError(
            "there is no single lag: recommendations are not followed, or each step has its own",
            help="adopt by `rule: follow`, or leave out --number adopt.lag",
            indonesian=(
                "tidak ada satu jeda: rekomendasi tidak diikuti, atau tiap langkah memiliki jedanya sendiri",
                "pakai `rule: follow`, atau hilangkan --number adopt.lag",
            ),
        )
    numbers = [*every(policy).values()]
    if names:
        asked = (number_of(policy, name, others=(LAG,)) for name in names if name != LAG)
        numbers = [*{one.name: one for one in asked}.values()]
    found = [
        still(one) if one.is_matched and not names else reach(policy, one, by=by, by_weeks=by_weeks, check=check)
        for one in numbers
    ]
    if LAG in names or (has_lag and not names):
        lag, least = adoption.lag, max(adoption.lag - by_weeks, 0)
        is_held = lag < by_weeks
        found.append(Reach(name=LAG, number=None, present=lag, low=least, high=lag + by_weeks, is_held=is_held))
    return found


Values = tuple[list[float], bool]
"""The values of a number that are tried besides the present one, and whether they stand for all there are."""


def _all(grid: Panel, reach: Reach, between: int) -> Values:
    """Give the ends, and of each part throughout which no comparison changes the value nearest to the present.

    Where those are too many, there are so many `between` the present value and each end.
    """
    if reach.number is None or reach.is_weeks or reach.low == reach.high:
        return reach.tried(between), True
    cells = cut(reach.low, reach.high, set[float]().union(*compared(grid, reach.number)))
    is_many = len(cells) * grid.weeks * len(grid.regions) > MOST_TRIED
    if is_many or (len(cells) > MOST_POLICIES and not is_at_once(grid.policy, route_of(grid.policy, reach.name))):
        return reach.tried(between), False
    nearest = {cell.nearest(reach.present) for cell in cells}
    return sorted({*nearest, reach.low, reach.high} - {reach.present}), True


def _found(outcome: Outcome, reaches: Sequence[Reach], values: Sequence[Values], run: _Run, each: Each) -> Tornado:
    """Run the policy as it is, and each number by itself; of all cases some random ones in both engines."""
    jobs = [_Job("present")]
    for place, (one, (tried, _)) in enumerate(zip(reaches, values, strict=True)):
        jobs += _jobs(one, tried, place)
    sizes = [run.cases * prod(len(one.values) for one in job.of) for job in jobs]
    counts = np.bincount(np.searchsorted(np.cumsum(sizes), some(sum(sizes)), side="right"), minlength=len(jobs))
    sweeps = [
        run.job(job, paths, _named(each, f"{place}-{job.name}"))
        for place, (job, paths) in enumerate(zip(jobs, counts.tolist(), strict=True))
    ]
    base = sweeps[0]
    present, unsaid = (float(base.of(one)) for one in (outcome, UNSAID))
    found = [[Tried(one.present, present, unsaid)] for one in reaches]
    for job, swept in zip(jobs[1:], sweeps[1:], strict=True):
        at = job.of[0].values if job.of else (float(job.lag or 0),)
        came = (swept.of(one).ravel().tolist() for one in (outcome, UNSAID))
        found[job.place] += [Tried(*one) for one in zip(at, *came, strict=True)]
    swings = (
        Swing(reach=one, tried=(*sorted(tried),), is_exact=is_exact)
        for one, tried, (_, is_exact) in zip(reaches, found, values, strict=True)
    )
    return Tornado(
        outcome=outcome,
        present=present,
        unsaid=unsaid,
        swings=longest_first(swings, never=base.weeks),
        by=run.by,
        by_weeks=run.by_weeks,
        between=run.between,
        regions=base.regions,
        start=base.start,
        weeks=base.weeks,
        draws=base.draws,
        retraced=together(one.retraced for one in sweeps),
    )


def _jobs(reach: Reach, values: Sequence[float], place: int) -> list[_Job]:
    """Cut the values of a number into those that one sweep takes; of the lag each is one."""
    if reach.number is None:
        return [_Job(f"lag-{value:g}", place, lag=int(value)) for value in values]
    return [
        _Job(
            f"number-{place}-{first}",
            place,
            (Varied(path=reach.name, values=(*values[first : first + MOST_VALUES],), present=reach.present, unit=""),),
        )
        for first in range(0, len(values), MOST_VALUES)
    ]


def _named(each: Each, name: str) -> Each:
    """Give the parts of one sweep names that those of the others have not."""

    def parts(names: Sequence[str], make: Make) -> Iterator[Part]:
        return each([f"{name}-{one}" for one in names], make)

    return parts


def _compared(course: Course, outcome: Outcome, draws: Draws, swing: Swing) -> Swing:
    """Add to the ends of a swing the interval of the difference from the present, where that is cheap."""
    if outcome.kind is not Kind.RECOMMENDED or len(course.regions) > 1:
        return swing
    rank = outcome.rank(course.policy.ranks)
    intervals = {}
    for end in (swing.lower, swing.higher):
        if end is not None:
            if swing.reach.number is None:
                own = replace(course, adoption=replace(course.adoption, lag=int(end.value)))
            else:
                own = course_with(course, {swing.reach.name: number(end.value)})
            low, high = paired(course, own, draws).interval
            intervals[end.value] = (float(low[0, rank]), float(high[0, rank]))
    return replace(swing, intervals=intervals)
