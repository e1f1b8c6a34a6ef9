"""What every alternative comes to in every future, on the same draws: counts from which differences can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from escalation.errors import RequestError
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import run
from escalation.whatif.arrays.laid import Counts
from escalation.whatif.arrays.panel import Bools
from escalation.whatif.arrays.words import Words, unpacked, words_for
from escalation.whatif.checked import by_reference
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.kept import Each, Part, made
from escalation.whatif.outcomes import Kind, Outcome
from escalation.whatif.outlook import CELLS, load_compiled
from escalation.whatif.retraced import PATHS, Retraced, added, counts_of, lived, some
from escalation.whatif.setting import Setting, setting

LEAST = 64
A_PART = 20_000_000
"""Region-weeks in all pairs and draws that make a part, which may be kept: a quarter of a second or more."""


class Read(NamedTuple):
    """From what an outcome is read.

    In many draws from a `wire`: from a state of it `is_in_the_end`, the binary digits of a number, and otherwise from
    an output of every week. In the reference engine from `counts` of a path by week (`counts_of`).
    """

    wire: str
    counts: str
    is_in_the_end: bool = False


READ = {
    Kind.RECOMMENDED: Read("called", "recommended", is_in_the_end=True),
    Kind.FIRST: Read("called", "recommended"),
    Kind.WEEKS: Read("weeks", "stage", is_in_the_end=True),
    Kind.CHANGES: Read("changes", "changed", is_in_the_end=True),
    Kind.UNDONE: Read("undone", "undone"),
    Kind.UNDETERMINED: Read("undetermined", "undetermined"),
}
"""The outcomes by which alternatives are compared: numbers that every draw has, added up by weeks but for a week."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Payoffs:
    """What pairs of an alternative and a future come to in one outcome: int64, by places, which are regions, then all.

    Of each pair in each draw the outcome is a number; over all regions it is the sum of theirs. `sums` [place, pair]
    adds the numbers of all draws up, and `products` [place, pair, pair] the products of two pairs in the same draw. Of
    `first` the number is that of the week, and `called` [place, pair, week] counts the draws by it. `unsaid` [place,
    pair] counts those in which the policy cannot say in some week. `is_drawn` is false where no two draws can differ.
    """

    outcome: Outcome
    regions: tuple[str, ...]
    weeks: int
    draws: int
    is_drawn: bool
    sums: Counts
    products: Counts
    called: Counts
    unsaid: Counts
    retraced: Retraced

    @property
    def sizes(self) -> Counts:
        """How many regions each place has."""
        size = len(self.regions)
        return np.array([1] * size + [size] * (len(self.sums) - size))


def payoffs(
    courses: Sequence[Course], outcome: Outcome, draws: Draws, *, workers: int = 1, each: Each = made
) -> Payoffs:
    """Evaluate all courses, which are about the same regions and weeks, on the same draws.

    Random paths are computed again in the reference engine. `each` makes what comes of some of the draws. Raise
    RequestError for the shortest stay, of which there is no sum.
    """
    if outcome.kind not in READ:
        raise RequestError(
            f"alternatives are not compared by `{outcome}`: not every draw has one",
            help=f"compare them by `{Kind.CHANGES}` or `{Kind.UNDONE}`",
            indonesian=(
                f"pilihan tidak dibandingkan menurut `{outcome}`: tidak setiap undian memilikinya",
                f"bandingkan menurut `{Kind.CHANGES}` atau `{Kind.UNDONE}`",
            ),
        )
    first = courses[0]
    load_compiled(first.weeks * len(first.regions) * draws.count * len(courses))
    work = _Work(courses=tuple(courses), outcome=outcome, draws=draws, workers=workers)
    places = range(0, draws.count, work.size)
    parts = each([f"draws-{place}-{min(place + work.size, draws.count)}" for place in places], work.part)
    found: Part | None = None
    for part in parts:
        found = part if found is None else added([found, part])
    counts = dict(found or {})
    retraced = Retraced.of(first.regions, counts.pop("paths"), counts.pop("differing"))
    return Payoffs(
        outcome=outcome,
        regions=first.regions,
        weeks=first.weeks,
        draws=draws.count,
        is_drawn=any(_is_drawn(one) for one in courses),
        retraced=retraced,
        **counts,
    )


def _is_drawn(course: Course) -> bool:
    """Say whether two draws can differ."""
    pickings = (one.picking(region) for one in course.forecasts.values() for region in course.regions)
    return course.adoption.probability < 1 or any(one is None or one.ways > 1 for one in pickings)


class Path(NamedTuple):
    """A draw of a region in a pair, all by their places."""

    pair: int
    lane: int
    draw: int


@dataclass(frozen=True, kw_only=True, eq=False)
class _Work:
    """What is to be done, cut by draws."""

    courses: tuple[Course, ...]
    outcome: Outcome
    draws: Draws
    workers: int

    @cached_property
    def settings(self) -> list[Setting]:
        return [_only(setting(course), self.rank, self.outcome.kind) for course in self.courses]

    @cached_property
    def rank(self) -> int:
        return self.outcome.rank(self.courses[0].policy.ranks)

    @cached_property
    def size(self) -> int:
        """How many draws make a part."""
        course = self.courses[0]
        most = A_PART // (course.weeks * len(course.regions) * len(self.courses))
        return max(most // LEAST, 1) * LEAST

    @cached_property
    def paths(self) -> list[Path]:
        shape = (len(self.courses), len(self.courses[0].regions), self.draws.count)
        chosen = some(int(np.prod(shape)), seed=self.draws.seed, paths=PATHS)
        return [Path(*map(int, one)) for one in zip(*np.unravel_index(chosen, shape), strict=True)]

    def part(self, place: int) -> Part:
        """Count some of the draws."""
        first = place * self.size
        end = min(first + self.size, self.draws.count)
        return added([self._counted(*ends) for ends in self._batches(first, end)])

    def _batches(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut draws into those that fit into memory."""
        course = self.courses[0]
        back = max(one.figures.back for one in self.settings)
        size = max(CELLS // ((course.weeks + back) * len(course.regions)) // LEAST, 1) * LEAST
        yield from ((one, min(one + size, end)) for one in range(first, end, size))

    def _counted(self, first: int, end: int) -> dict[str, Counts]:
        draws = self.draws.only(np.arange(first, end))
        with ThreadPoolExecutor(self.workers) as pool:
            found = [*pool.map(partial(by_draw, self.outcome.kind, self.rank, draws), self.settings)]
        numbers: Counts = np.stack([one for one, _ in found], axis=1)
        unsaid: Bools = np.stack([one for _, one in found], axis=1)
        again, differing = self._retraced(first, end, numbers, unsaid)
        is_first = self.outcome.kind is Kind.FIRST
        nothing = np.zeros(0, dtype=np.int64)
        return {
            "sums": _with_all(numbers.sum(axis=-1)),
            "products": nothing if is_first else _products(numbers),
            "called": _with_all(_histogram(numbers, self.courses[0].weeks)) if is_first else nothing,
            "unsaid": _with_all(unsaid.sum(axis=-1)),
            "paths": again,
            "differing": differing,
        }

    def _retraced(self, first: int, end: int, numbers: Counts, unsaid: Bools) -> tuple[Counts, Counts]:
        """Compute the chosen paths among some draws again; give by region how many there are, and how many differ."""
        again, differing = np.zeros((2, len(self.courses[0].regions)), dtype=np.int64)
        for path in self.paths:
            if first <= path.draw < end:
                at = (path.lane, path.pair, path.draw - first)
                again[path.lane] += 1
                differing[path.lane] += (int(numbers[at]), bool(unsaid[at])) != self._reference(path)
        return again, differing

    def _reference(self, path: Path) -> tuple[int, bool]:
        """Give the outcome of a path as the reference engine has it, and whether the policy cannot say in some week."""
        course = self.courses[path.pair]
        region = course.regions[path.lane]
        (outcomes,) = by_reference(replace(course, regions=(region,)), self.draws.only(np.array([path.draw])))
        lives = lived(course.policy, outcomes, course.record.get(region, ()), course.adoption)
        counts = counts_of(lives, first=course.now + 1, weeks=course.weeks, stages=len(course.policy.stages))
        return _number(counts, self.outcome.kind, self.rank), bool(counts["undetermined"].any())


def _number(counts: Mapping[str, Counts], kind: Kind, rank: int) -> int:
    """Give an outcome of one path from what is counted of it."""
    found = counts[READ[kind].counts]
    found = found[:, rank] if found.ndim > 1 else found
    if kind is Kind.FIRST:
        return int(found.argmax()) if found.any() else len(found)
    return int(found.sum())


def _only(all_draws: Setting, rank: int, kind: Kind) -> Setting:
    """Leave of the wiring what an outcome is read from, and the stages where people respond to them."""
    circuit, read = all_draws.wiring.circuit, READ[kind]
    states = [key for key in circuit.states if read.is_in_the_end and (key.what, key.of) == (read.wire, rank)]
    outputs = [] if read.is_in_the_end else [Key(read.wire, rank)]
    if all_draws.figures.course.response:
        outputs += [key for key in circuit.outputs if key.what == "stage"]
    return all_draws._replace(wiring=all_draws.wiring.only([*outputs, Key("undetermined")], states))


def by_draw(kind: Kind, rank: int, draws: Draws, all_draws: Setting) -> tuple[Counts, Bools]:
    """Give an outcome in each draw, int64 [region, draw], and whether the policy cannot say in some week.

    `recommended` is 0 or 1; `first` the week, counted from 0, and that behind the last where it is in none.
    """
    course, read = all_draws.figures.course, READ[kind]
    regions = len(course.regions)
    ran = run(all_draws.wiring, all_draws.inputs([draws] * regions), start=all_draws.start)
    whole = (regions, words_for(draws.count))

    def bits(words: Words) -> Bools:
        return unpacked(np.broadcast_to(words, whole), draws.count)

    unsaid = bits(np.bitwise_or.reduce(ran.weeks[Key("undetermined")], axis=0))
    if read.is_in_the_end:
        digits = {key.digit: bits(words) for key, words in ran.ended.items() if (key.what, key.of) == (read.wire, rank)}
        return np.sum([held.astype(np.int64) << digit for digit, held in digits.items()], axis=0), unsaid
    weeks = map(bits, ran.weeks[Key(read.wire, rank)])
    if kind is not Kind.FIRST:
        return np.sum([*weeks], axis=0, dtype=np.int64), unsaid
    found = np.full((regions, draws.count), course.weeks, dtype=np.int64)
    for week, where in enumerate(weeks):
        found[where] = week
    return found, unsaid


def _with_all(counts: Counts) -> Counts:
    """Add the sum over all regions to counts by regions, where there are several."""
    return counts if len(counts) == 1 else np.concatenate([counts, counts.sum(axis=0, keepdims=True)])


def _products(numbers: Counts) -> Counts:
    """Add the products of pairs up over draws, [place, pair, pair]; numbers [region, pair, draw].

    In floating point they are exact: a batch holds fewer draws than would pass 2**53.
    """
    held = _with_all(numbers).astype(np.float64)
    return (held @ held.transpose(0, 2, 1)).astype(np.int64)


def _histogram(numbers: Counts, weeks: int) -> Counts:
    """Count the draws by their number, [region, pair, week]; those behind the last week are left out."""
    regions, pairs, _ = numbers.shape
    places = np.arange(regions * pairs).reshape(regions, pairs, 1) * (weeks + 1) + numbers
    found = np.bincount(places.ravel(), minlength=regions * pairs * (weeks + 1))
    return found.reshape(regions, pairs, weeks + 1)[..., :weeks].astype(np.int64)
