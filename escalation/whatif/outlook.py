"""What may become of regions in the weeks to come: many draws of the figures, one policy, counted week by week."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from escalation.periods import Week
from escalation.whatif.arrays import kernel
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.ending import histogram, shortest_stays
from escalation.whatif.arrays.kernel import counted
from escalation.whatif.arrays.laid import Counted, Counts
from escalation.whatif.arrays.words import Words
from escalation.whatif.coming import Course
from escalation.whatif.forecasts import picking
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.sample import Sample
from escalation.whatif.quantiles import reached
from escalation.whatif.retraced import Retraced
from escalation.whatif.setting import Setting, setting

Done = TypeVar("Done")
COUNTED = ("stage", "undetermined", "undone", "entered", "recommended", "changes", "weeks_in", "shortest_stay")
CHECKED = ("paths", "differing")
TOLD = frozenset({"stage", "undetermined", "undone", "first", "called"})
IN_THE_END = frozenset({"changes", "weeks", "spare"})
"""The outputs and the states of a circuit that are looked at."""
CELLS = 3_000_000
"""Regions x weeks x draws that are worked on at once: 24 MB for each metric."""
WORTH_LOADING = 20_000_000
"""Region-weeks in all draws from which compiled draws are taken: loading them costs what numpy needs for so many."""
MOST_DRAWS = 1 << 18
"""Draws among which those that come to the same are looked for."""


def nothing() -> Counts:
    """Give no counts."""
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlook:
    """What became of regions in `draws` draws, in the weeks from `first` on: numbers of draws, int64.

    `stage` [week, region, stage] counts the draws in which a stage was in force while the week was evaluated;
    `undetermined` [week, region] those in which the policy could not say, `undone` [week, region] those in which the
    stage changes at the end of the week and takes back a change of the four weeks before; `entered` and `recommended`
    [week, region, stage] those in which a stage took effect, or was recommended, for the first time in that week.
    `changes` [region, number] counts by the number of changes, `weeks_in` [region, stage, number] by weeks in force.
    `shortest_stay` [region, weeks] counts by the least weeks that a stage which took effect by a change in these weeks
    was in force until it was left in them; 0 are the draws without such a stay.
    `paths` [region] were computed again in the reference engine; of those `differing` [region] it gives other counts.
    """

    first: Week
    regions: tuple[str, ...]
    stages: tuple[str, ...]
    draws: int
    stage: Counts
    undetermined: Counts
    undone: Counts
    entered: Counts
    recommended: Counts
    changes: Counts
    weeks_in: Counts
    shortest_stay: Counts
    paths: Counts = field(default_factory=nothing)
    differing: Counts = field(default_factory=nothing)

    @property
    def retraced(self) -> Retraced:
        """Say how many paths agree with the reference engine."""
        return Retraced.of(self.regions, self.paths, self.differing)

    @property
    def weeks(self) -> int:
        """How many weeks it looks ahead."""
        return len(self.stage)

    @property
    def digest(self) -> str:
        """The SHA-256 of all counts and of what they are counts of: however the work was cut, it is the same."""
        what = [str(self.first), list(self.regions), list(self.stages), self.draws]
        found = hashlib.sha256(json.dumps(what).encode())
        for name in COUNTED:
            counts = getattr(self, name)
            found.update(json.dumps([name, counts.shape]).encode())
            found.update(np.ascontiguousarray(counts, dtype="<i8").tobytes())
        return found.hexdigest()

    def likeliest(self, unsaid: int) -> NDArray[np.int64]:
        """Give the rank of the likeliest stage, [week, region]; `unsaid` where in most draws the policy cannot say."""
        return np.where(2 * self.undetermined > self.draws, unsaid, self.stage.argmax(axis=-1))

    def within(self, counts: Counts) -> NDArray[np.float64]:
        """Give of `entered` or `recommended` the part of the draws up to each week, [week, region, stage]."""
        return np.cumsum(counts, axis=0) / self.draws

    def mean(self, numbers: Counts) -> NDArray[np.float64]:
        """Give the mean number of `changes` [region] or `weeks_in` [region, stage]."""
        found: NDArray[np.float64] = numbers @ np.arange(numbers.shape[-1]) / self.draws
        return found

    def quantile_weeks(self, counts: Counts, percent: int) -> NDArray[np.int64]:
        """Give of `entered` or `recommended` the first week by which it was so in a part of the draws, [region, stage].

        Weeks are counted from 0; -1 where it was so in fewer draws within the horizon.
        """
        return reached(counts, percent, of=self.draws, axis=0)


def outlook(course: Course, draws: Draws, *, workers: int = 1) -> Outlook:
    """Run a policy over all draws of the figures to come, and count."""
    return marked(course, draws, {}, workers=workers).whole


class Marked(NamedTuple):
    """An outlook, and what a run has counted on the way of some of its paths by themselves.

    `paths` gives by region the places of their draws among all.
    """

    whole: Outlook
    counts: Mapping[str, Counts]
    paths: Mapping[str, Counts]


def marked(course: Course, draws: Draws, paths: Mapping[str, Counts], *, workers: int = 1) -> Marked:
    """Run a policy over all draws, and count; some `paths`, by region the places of their draws, also by themselves."""
    load_compiled(course.weeks * len(course.regions) * draws.count)
    all_draws = _counting(setting(course))
    sums, own = _Sums(all_draws), _Sums(all_draws)
    seen: dict[str, list[int]] = {}
    for batch, ran in _in_order(partial(_run, all_draws), _batches(all_draws, draws, paths), workers):
        sums.add(batch.lanes, ran.weeks, ran.ended, np.array([one.weights for one in batch.samples]))
        if batch.marks.any():
            own.add(batch.lanes, ran.marked, ran.ended, batch.marks)
        for region, place in batch.paths:
            seen.setdefault(region, []).append(place)
    whole = Outlook(
        first=Week(course.policy.calendar, course.now + 1),
        regions=course.regions,
        stages=tuple(stage.name for stage in course.policy.stages),
        draws=draws.count,
        **sums.counts(),
    )
    return Marked(whole, own.counts(), {region: np.array(places) for region, places in seen.items()})


class _Sums:
    """What batches of a course have counted so far."""

    def __init__(self, all_draws: Setting) -> None:
        course = all_draws.figures.course
        size, self.stages, self.horizon = len(course.regions), len(course.policy.stages), course.weeks
        outputs = all_draws.wiring.circuit.outputs
        self.weeks = {key: np.zeros((self.horizon, size), dtype=np.int64) for key in outputs}
        self.changes, self.shortest = (np.zeros((size, self.horizon + 1), dtype=np.int64) for _ in range(2))
        self.weeks_in = np.zeros((size, self.stages, self.horizon + 1), dtype=np.int64)

    def add(self, lanes: slice, weeks: Mapping[Key, Counts], ended: Mapping[Key, Words], weights: Counts) -> None:
        """Add the counts of a batch of regions, and how often each number was reached."""
        for key, counts in weeks.items():
            self.weeks[key][:, lanes] += counts
        self.changes[lanes] += self._histogram(ended, Key("changes"), weights)
        for rank in range(self.stages):
            self.weeks_in[lanes, rank] += self._histogram(ended, Key("weeks", rank), weights)
        self.shortest[lanes] += shortest_stays(ended, self.horizon, weights)

    def _histogram(self, ended: Mapping[Key, Words], key: Key, weights: Counts) -> Counts:
        return histogram(ended, key, self.horizon, weights)[:, : self.horizon + 1]

    def counts(self) -> dict[str, Counts]:
        """Give the counts of an outlook, by their names."""
        return {
            "stage": _by_stage(self.weeks, "stage", self.stages),
            "undetermined": self.weeks[Key("undetermined")],
            "undone": self.weeks[Key("undone")],
            "entered": _by_stage(self.weeks, "first", self.stages),
            "recommended": _by_stage(self.weeks, "called", self.stages),
            "changes": self.changes,
            "weeks_in": self.weeks_in,
            "shortest_stay": self.shortest,
        }


def _counting(all_draws: Setting) -> Setting:
    """Leave of the wiring what is counted."""
    circuit = all_draws.wiring.circuit
    outputs = [key for key in circuit.outputs if key.what in TOLD]
    ended = [key for key in circuit.states if key.what in IN_THE_END]
    return all_draws._replace(wiring=all_draws.wiring.only(outputs, ended))


def load_compiled(region_weeks: int) -> None:
    """Load the compiled engine, where it is installed and pays for so many region-weeks in all draws."""
    if region_weeks >= WORTH_LOADING and find_spec("numba") is not None:
        for compiled in (kernel.COMPILED, picking.COMPILED):
            import_module(compiled)


class _Batch(NamedTuple):
    """Regions side by side, and for each a sample of its draws; all have the same size.

    `marks` [region, draw] says how many of the `paths`, given by region and place, that are counted by themselves each
    draw stands for.
    """

    lanes: slice
    samples: list[Sample]
    marks: Counts
    paths: list[tuple[str, int]]


def _run(all_draws: Setting, batch: _Batch) -> tuple[_Batch, Counted]:
    """Run a batch."""
    some, weights = all_draws.of(batch.lanes), np.array([one.weights for one in batch.samples])
    inputs = some.inputs([one.draws for one in batch.samples])
    marks = batch.marks if batch.marks.any() else None
    return batch, counted(some.wiring, inputs, weights=weights, marks=marks, start=some.start)


def _in_order(work: Callable[[_Batch], Done], batches: Iterator[_Batch], workers: int) -> Iterator[Done]:
    """Do the work on threads, and never have more batches in memory than they need."""
    if workers == 1:
        yield from map(work, batches)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Done]] = deque()
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        yield from (one.result() for one in waiting)


def _by_stage(found: Mapping[Key, Counts], what: str, stages: int) -> Counts:
    return np.stack([found[Key(what, rank)] for rank in range(stages)], axis=-1)


def _batches(all_draws: Setting, draws: Draws, paths: Mapping[str, Counts]) -> Iterator[_Batch]:
    """Cut the work into parts that fit into memory: regions side by side, with samples of the same size.

    The draws themselves do not depend on it.
    """
    course = all_draws.figures.course
    most = max(CELLS // (course.weeks + all_draws.figures.back), 64)
    for first in range(0, draws.count, MOST_DRAWS):
        part = draws.only(np.arange(first, min(first + MOST_DRAWS, draws.count)))
        batch: list[Sample] = []
        for lane, region in enumerate(course.regions):
            batch.append(all_draws.sample(region, part))
            if _width(batch) * (len(batch) + 1) > most or lane + 1 == len(course.regions):
                lanes = slice(lane + 1 - len(batch), lane + 1)
                for cut in range(0, _width(batch), most):
                    end = min(cut + most, _width(batch))
                    yield _batch(lanes, course.regions, [one.cut(cut, end) for one in batch], paths, first)
                batch = []


def _batch(
    lanes: slice, regions: Sequence[str], samples: list[Sample], paths: Mapping[str, Counts], first: int
) -> _Batch:
    """Mark in samples of draws, of all those from the place `first` on, the paths that are counted by themselves."""
    marks = np.zeros((len(samples), _width(samples)), dtype=np.int64)
    marked: list[tuple[str, int]] = []
    for row, (region, sample) in enumerate(zip(regions[lanes], samples, strict=True)):
        for place in paths.get(region, ()):
            lane = sample.places[place - first] if 0 <= place - first < len(sample.places) else -1
            if 0 <= lane < len(sample.weights) and sample.weights[lane]:
                marks[row, lane] += 1
                marked.append((region, int(place)))
    return _Batch(lanes, samples, marks, marked)


def _width(batch: Sequence[Sample]) -> int:
    return max(len(one.weights) for one in batch)
