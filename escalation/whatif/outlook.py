"""What may become of regions in the weeks to come: many draws of the figures, one policy, counted week by week."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.standing import Standing
from escalation.periods import Week
from escalation.whatif.arrays import kernel
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import counted
from escalation.whatif.arrays.laid import Counts, Inputs, Ran
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.paths import law
from escalation.whatif.arrays.wiring import Wiring, wired
from escalation.whatif.arrays.words import ALL, NONE, Words, packed, spread, unpacked, words_for
from escalation.whatif.coming import Coming, Course, coming
from escalation.whatif.forecasts import picking
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.philox import number, uniforms
from escalation.whatif.forecasts.sample import Sample, every
from escalation.whatif.standing import standings

Done = TypeVar("Done")
FOLLOWED = number("followed")
COUNTED = ("stage", "undetermined", "undone", "entered", "recommended", "changes", "weeks_in")
TOLD, IN_THE_END = frozenset({"stage", "undetermined", "undone", "first", "called"}), frozenset({"changes", "weeks"})
"""The outputs and the states of a circuit that are looked at."""
CELLS = 3_000_000
"""Regions x weeks x draws that are worked on at once: 24 MB for each metric."""
WORTH_LOADING = 20_000_000
"""Region-weeks in all draws from which compiled draws are taken: loading them costs what numpy needs for so many."""
MOST_DRAWS = 1 << 18
"""Draws among which those that come to the same are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlook:
    """What became of regions in `draws` draws, in the weeks from `first` on: numbers of draws, int64.

    `stage` [week, region, stage] counts the draws in which a stage was in force while the week was evaluated;
    `undetermined` [week, region] those in which the policy could not say, `undone` [week, region] those in which the
    stage changes at the end of the week and takes back a change of the four weeks before; `entered` and `recommended`
    [week, region, stage] those in which a stage took effect, or was recommended, for the first time in that week.
    `changes` [region, number] counts by the number of changes, `weeks_in` [region, stage, number] by weeks in force.
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

    def within(self, counts: Counts) -> NDArray[np.float64]:
        """Give of `entered` or `recommended` the part of the draws up to each week, [week, region, stage]."""
        return np.cumsum(counts, axis=0) / self.draws

    def mean(self, numbers: Counts) -> NDArray[np.float64]:
        """Give the mean number of `changes` [region] or `weeks_in` [region, stage]."""
        found: NDArray[np.float64] = numbers @ np.arange(numbers.shape[-1]) / self.draws
        return found

    def quantile_weeks(self, counts: Counts, probability: float) -> NDArray[np.int64]:
        """Give of `entered` or `recommended` the first week by which it was so in a part of the draws, [region, stage].

        Weeks are counted from 0; -1 where it was so in fewer draws within the horizon.
        """
        reached = np.cumsum(counts, axis=0) >= probability * self.draws
        return np.where(reached.any(axis=0), reached.argmax(axis=0), -1)


class Setting(NamedTuple):
    """What all draws share."""

    wiring: Wiring
    start: Inputs
    due: Inputs
    figures: Coming

    def of(self, lanes: slice) -> Setting:
        """Give what the draws of some regions share."""
        start = {key: words[lanes] for key, words in self.start.items()}
        due = {key: words[:, lanes] if words.shape[1] > 1 else words for key, words in self.due.items()}
        return Setting(self.wiring, start, due, self.figures.of(lanes))

    def sample(self, region: str, draws: Draws) -> Sample:
        """Give draws of a region that stand for all those that come to the same."""
        is_chance = self.figures.course.adoption.probability < 1
        return every(draws) if is_chance else self.figures.sample(region, draws)

    def inputs(self, draws: Sequence[Draws]) -> Inputs:
        """Give the words of the circuit's inputs in the weeks to come; every region has its own draws."""
        followed = _followed(self.figures.course, draws)
        return {**self.figures.inputs(self.wiring, draws), **self.due, **followed}


def setting(course: Course) -> Setting:
    """Wire the policy, and find out where every region stands."""
    ladder = Ladder(course.policy)
    begun = standings(course, ladder)
    due = _due(course, begun)
    wiring = wired(ladder, course.adoption, is_steered=bool(due), horizon=course.weeks)
    allowed = {key: words[:, np.newaxis] for key, words in law(wiring, course.now + 1, course.weeks).items()}
    return Setting(wiring, starting(ladder, begun), allowed | due, coming(course))


def outlook(course: Course, draws: Draws, *, workers: int = 1) -> Outlook:
    """Run a policy over all draws of the figures to come, and count."""
    load_compiled(course.weeks * len(course.regions) * draws.count)
    all_draws = _counting(setting(course))
    stages, size = len(course.policy.stages), len(course.regions)
    tallied = (Key("changes"), *(Key("weeks", rank) for rank in range(stages)))
    found = {key: np.zeros((course.weeks, size), dtype=np.int64) for key in all_draws.wiring.circuit.outputs}
    numbers = {key: np.zeros((size, course.weeks + 1), dtype=np.int64) for key in tallied}
    for lanes, ran, weights in _in_order(partial(_run, all_draws), _batches(all_draws, draws), workers):
        for key, counts in ran.weeks.items():
            found[key][:, lanes] += counts
        for key, counts in numbers.items():
            counts[lanes] += _histogram(ran.ended, key, course.weeks, weights)
    return Outlook(
        first=Week(course.policy.calendar, course.now + 1),
        regions=course.regions,
        stages=tuple(stage.name for stage in course.policy.stages),
        draws=draws.count,
        stage=_by_stage(found, "stage", stages),
        undetermined=found[Key("undetermined")],
        undone=found[Key("undone")],
        entered=_by_stage(found, "first", stages),
        recommended=_by_stage(found, "called", stages),
        changes=numbers[Key("changes")],
        weeks_in=np.stack([numbers[Key("weeks", rank)] for rank in range(stages)], axis=1),
    )


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
    """Regions side by side, and for each a sample of its draws; all have the same size."""

    lanes: slice
    samples: list[Sample]


def _run(all_draws: Setting, batch: _Batch) -> tuple[slice, Ran[Counts], Counts]:
    """Run a batch; give also the weights of its draws, [region, draw]."""
    some, weights = all_draws.of(batch.lanes), np.array([one.weights for one in batch.samples])
    inputs = some.inputs([one.draws for one in batch.samples])
    return batch.lanes, counted(some.wiring, inputs, weights=weights, start=some.start), weights


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


def _due(course: Course, standings: Sequence[Standing]) -> dict[Key, Words]:
    """Let decisions that are pending take effect in their week, words [week, region, 1]; nothing without any."""
    pending = [standing.pending for standing in standings]
    if not any(pending):
        return {}
    shape = (course.weeks, len(pending), 1)
    enter = np.zeros((len(course.policy.stages), *shape), dtype=bool)
    waiting = np.zeros(shape, dtype=bool)
    for lane, one in enumerate(pending):
        if one is not None:
            week = one.effective - course.now - 1
            waiting[:week, lane] = True
            if week < course.weeks:
                enter[course.policy.ranks[one.to], week, lane] = True
    found = {Key("enter", rank): spread(one) for rank, one in enumerate(enter)}
    return found | {
        Key("waiting"): spread(waiting),
        Key("fresh"): NONE.reshape(1, 1, 1),
        Key("active"): ALL.reshape(1, 1, 1),
    }


def _followed(course: Course, draws: Sequence[Draws]) -> dict[Key, Words]:
    """Say in which weeks and draws a recommendation is followed, where that is a matter of chance."""
    if course.adoption.probability >= 1:
        return {}
    weeks = range(course.now + 1, course.now + 1 + course.weeks)
    regions = list(zip(draws, course.regions, strict=True))
    chances = [[chances_of(own, region, week) for own, region in regions] for week in weeks]
    return {Key("accept"): packed(np.array(chances) < course.adoption.probability)}


def chances_of(draws: Draws, region: str, week: int) -> Floats:
    """Give for each draw the number, from 0 up to 1, that says whether people follow in a region and week."""
    counter = {"region": number(region), "block": week, "stream": FOLLOWED}
    found: Floats = uniforms(draws.seed, scenario=draws.scenarios, **counter)[0]
    return found


def _by_stage(found: Mapping[Key, Counts], what: str, stages: int) -> Counts:
    return np.stack([found[Key(what, rank)] for rank in range(stages)], axis=-1)


def _batches(all_draws: Setting, draws: Draws) -> Iterator[_Batch]:
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
                for cut in range(0, _width(batch), most):
                    end = min(cut + most, _width(batch))
                    yield _Batch(slice(lane + 1 - len(batch), lane + 1), [one.cut(cut, end) for one in batch])
                batch = []


def _width(batch: Sequence[Sample]) -> int:
    return max(len(one.weights) for one in batch)


def starting(ladder: Ladder, standings: Sequence[Standing]) -> Inputs:
    """Give the states of a circuit with which regions begin, words [region, 1]."""
    policy = ladder.policy
    numbers: dict[Key, list[int]] = {}
    longest = max([1, *(move.after for move in policy.moves)])
    for standing in standings:
        numbers.setdefault(Key("dwell"), []).append(min(standing.dwell + 1, longest))
        for rank, stage in enumerate(policy.stages):
            numbers.setdefault(Key("stage", rank), []).append(int(stage.name == standing.stage))
        for index, (trigger, streak) in enumerate(zip(policy.triggers.values(), standing.streaks, strict=True)):
            numbers.setdefault(Key("least", index), []).append(min(streak.least, trigger.for_ - 1))
            numbers.setdefault(Key("most", index), []).append(min(streak.most, trigger.for_ - 1))
    return {
        key._replace(digit=digit): spread((np.array(given) >> digit & 1).astype(bool)[:, np.newaxis])
        for key, given in numbers.items()
        for digit in range(max(given).bit_length())
    }


def _histogram(ended: Mapping[Key, Words], key: Key, weeks: int, weights: Counts) -> Counts:
    """Count the lanes of each region by a number that the circuit has kept, [region, number]."""
    regions, lanes = weights.shape
    held = np.zeros(weights.shape, dtype=np.uint16)
    for digit in range(weeks.bit_length()):
        words = np.broadcast_to(ended[key._replace(digit=digit)], (regions, words_for(lanes)))
        held |= unpacked(words, lanes).view(np.uint8) * np.uint16(1 << digit)
    places = held + (weeks + 1) * np.arange(regions)[:, np.newaxis]
    found = np.bincount(places.ravel(), weights.ravel(), minlength=(weeks + 1) * regions)
    return found.reshape(regions, weeks + 1).astype(np.int64)
