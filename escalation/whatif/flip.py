"""Which single number would change a week's recommendation: exact tipping values, each confirmed on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from escalation.errors import RequestError
from escalation.evaluation.cost import check_cost
from escalation.evaluation.library import Record, evaluate_latest, stages_on_record, the_region, the_week
from escalation.evaluation.readings import Readings
from escalation.evaluation.step import Evaluation
from escalation.observations import Observations
from escalation.periods import Week
from escalation.policy.amend import amend
from escalation.policy.model import Policy
from escalation.whatif.answering import answers_with
from escalation.whatif.arrays.panel import lookback
from escalation.whatif.figure import figures, tip_of_figure
from escalation.whatif.large.kept import Each, Part, made
from escalation.whatif.numbers import Number, Sort, beside, changed, numbers
from escalation.whatif.standpoint import Answer, Figure, Standpoint, answer
from escalation.whatif.tipping import Undecided, crossings, float_at, place_of, written
from escalation.whatif.tips import DURATIONS, HAIR, Tip, Tips, Touch, laid_out, taken_up

BATCH = 16
"""Regions that are looked at together: some 2 s for each hundred weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The recommendation of a region in a week, and what would change it, the nearest first.

    `is_assumed` says that no stage is on record, and the first one is taken to be in force.
    """

    region: str
    week: Week
    stage: str
    present: Answer
    tips: tuple[Tips, ...]
    is_pending: bool = False
    is_assumed: bool = False


def flip(
    policy: Policy,
    observations: Observations,
    *,
    region: str | None = None,
    week: str | Week | None = None,
    record: Record | None = None,
    as_of: date | None = None,
) -> Flip:
    """Find for every number that bears on the recommendation of a week how little it must change to tip it.

    The week is the latest, the region the only one, where none is named; the stage is that on `record`. Raise
    RequestError where they do not fit, or nothing was known of the region by then.
    """
    chosen = the_region(observations, region)
    found = flips(policy, observations, regions=[chosen], week=week, record=record, as_of=as_of)
    if not found:
        raise RequestError(
            f"nothing was known of `{chosen}` by then",
            help="ask about a later week",
            indonesian=(f"belum ada yang diketahui tentang `{chosen}` saat itu", "tanyakan minggu yang lebih kemudian"),
        )
    return found[0]


def flips(
    policy: Policy,
    observations: Observations,
    *,
    regions: Sequence[str],
    week: str | Week | None = None,
    record: Record | None = None,
    as_of: date | None = None,
    each: Each = made,
) -> tuple[Flip, ...]:
    """Find what `flip` finds, of several regions in the time of few; one of which nothing was known is left out.

    `each` makes what some regions come to.
    """
    check_cost(policy, observations, regions, last=the_week(policy, week).number if week else None, as_of=as_of)
    batches = [regions[first : first + BATCH] for first in range(0, len(regions), BATCH)]

    @lru_cache(maxsize=1)
    def ready(place: int) -> list[_Search]:
        found = evaluate_latest(policy, observations, batches[place], week=week, record=record, as_of=as_of)
        amended = _Amended(policy)
        return [_search(now, observations, amended, record=record or {}, as_of=as_of) for now in found]

    def make(place: int) -> Part:
        _ask(ready(place))
        return laid_out([one.every() for one in ready(place)])

    parts = each([f"part-{place}" for place in range(len(batches))], make)
    return tuple(found for place, part in enumerate(parts) for found in _found(ready(place), part))


def _search(
    now: Evaluation, observations: Observations, amended: _Amended, *, record: Record, as_of: date | None
) -> _Search:
    """Begin to look at the region and week of an evaluation."""
    policy = now.ladder.policy
    begin, _ = observations.span(now.region, as_of=as_of) or (now.week, now.week)
    point = Standpoint(
        policy=policy,
        observations=observations,
        region=now.region,
        week=now.week,
        record=stages_on_record(policy, record, now.region, since=begin),
        as_of=as_of,
    )
    return _Search(
        point, now, amended, weeks=max(now.week - begin + 1, now.dwell) + 1, is_assumed=not record.get(now.region)
    )


def _ask(searches: Sequence[_Search]) -> None:
    """Ask for the answers with all values of all numbers, of all regions together."""
    asked: dict[str, list[tuple[_Search, Number]]] = {}
    for search in searches:
        for number in search.numbers:
            asked.setdefault(number.name, []).append((search, number))
    for pairs in asked.values():
        answers = answers_with(
            pairs[0][1],
            [search.point for search, _ in pairs],
            [[value for side in search.ways(number) for one in side for value in one] for search, number in pairs],
        )
        for (search, number), found in zip(pairs, answers, strict=True):
            search.answers[number.name] = found


def _found(searches: Sequence[_Search], part: Part) -> Iterator[Flip]:
    """Give what regions come to."""
    every = taken_up([number for search in searches for number in (*search.numbers, *search.figures)], part)
    for search in searches:
        yield search.flip([*islice(every, len(search.numbers) + len(search.figures))])


class _Amended:
    """The policy with another number in the place of one, as it is read anew; none where it may not have such."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._known: dict[tuple[str, float], Policy | None] = {}

    def with_number(self, number: Number, value: float) -> Policy | None:
        """Amend the policy; with a duration, which regions share, once for all of them."""
        key = number.name, value
        if key in self._known:
            return self._known[key]
        is_duration = number.sort in DURATIONS
        try:
            made = amend(self._policy, {number.name: int(value) if is_duration else value})
        except RequestError:
            made = None
        if is_duration:
            self._known[key] = made
        return made


class Way(NamedTuple):
    """Two neighbouring values of a number, the second farther from the present one."""

    last: float
    first: float


class _Search:
    """Looks for tipping values from one standpoint; no streak or stay reaches `weeks`.

    `answers` has, by the name of a number, the answers with all the values in its `ways`.
    """

    def __init__(self, point: Standpoint, now: Evaluation, amended: _Amended, *, weeks: int, is_assumed: bool) -> None:
        self.point = point
        self.now = now
        self.present = answer(now)
        self.amended = amended
        self.weeks = weeks
        self.is_assumed = is_assumed
        self.readings = point.readings()
        self.numbers = [*numbers(now.ladder, now.stage)] if now.before.pending is None else []
        self.figures = [*figures(point, now.ladder, now.stage)] if self.numbers else []
        self.answers: dict[str, dict[float, Answer]] = {}

    def every(self) -> list[Tips]:
        """Give the tipping values of all numbers and figures."""
        return [*map(self.tips, self.numbers), *map(self.tips_of_figure, self.figures)]

    def flip(self, every: Sequence[Tips]) -> Flip:
        """Give the answer with all tipping values, the nearest first."""
        return Flip(
            region=self.point.region,
            week=Week(self.point.policy.calendar, self.point.week),
            stage=self.now.stage,
            present=self.present,
            tips=tuple(sorted(map(self._touched, every), key=lambda one: one.nearest)),
            is_pending=self.now.before.pending is not None,
            is_assumed=self.is_assumed,
        )

    def tips(self, number: Number) -> Tips:
        """Give the tipping values of a number of the policy."""
        found: list[Tip | None] = []
        with_value = self._with(number)
        for side in self.ways(number):
            tipped = self._tipped(number, side)
            found.append(None if tipped is None else self._tip(number, tipped, with_value(tipped.first), with_value))
        return Tips(number=number, lower=found[0], higher=found[1], extent=self._extent(number))

    def _tipped(self, number: Number, side: Sequence[Way]) -> Way | None:
        """Find where the answer is another for the first time on a way.

        Where it is so on this side of a value compared, as of a table whose limits are equal but for the tolerance, the
        place is found by halving.
        """
        answers, near = self.answers[number.name], number.present
        for way in side:
            if not number.is_whole and answers[way.last] != self.present:
                return self._halved(number, place_of(near), place_of(way.last))
            if answers[way.first] != self.present:
                return way
            near = way.first
        return None

    def _halved(self, number: Number, same: int, other: int) -> Way:
        """Find neighbouring floats, by their places, on one of which the answer is as at present and on one not."""
        with_value = self._with(number)
        while abs(other - same) > 1:
            middle = (same + other) // 2
            if with_value(float_at(middle)) == self.present:
                same = middle
            else:
                other = middle
        return Way(float_at(same), float_at(other))

    def tips_of_figure(self, number: Number) -> Tips:
        """Give the tipping values of an observed figure."""
        figure = Figure(self.point, number.name)
        found: list[Tip | None] = []
        for is_up in (False, True):
            try:
                tipped = tip_of_figure(figure, number, self.present, is_up=is_up)
            except Undecided:
                return Tips(number=number, lower=None, higher=None, extent=1.0, is_undecided=True)
            then = self.present if tipped is None else figure.answer(tipped[1])
            found.append(None if tipped is None else self._tip(number, Way(*tipped), then, figure.answer))
        return Tips(number=number, lower=found[0], higher=found[1], extent=self._extent(number))

    def ways(self, number: Number) -> tuple[list[Way], list[Way]]:
        """Give the values to try on the ways down and up, each with its neighbour towards the present one.

        Of a streak these are all lengths up to one that none can reach, of a stay the two beside the present one, of a
        threshold those just beyond every value that it is compared with.
        """
        if number.sort in DURATIONS:
            present, lowest = int(number.present), int(number.low or 0)
            tried = range(lowest, self.weeks + 1)
            if number.sort is Sort.AFTER:
                tried = range(max(self.now.dwell, lowest), self.now.dwell + 2)
            down = [Way(one + 1, one) for one in reversed(tried) if one < present]
            return down, [Way(one - 1, one) for one in tried if one > present]
        cuts = crossings(self._values(number))
        low, high = number.ends
        down = [Way(one.above, one.below) for one in reversed(cuts) if low <= one.below < number.present]
        return down, [Way(one.below, one.above) for one in cuts if one.above > number.present and one.above <= high]

    def _values(self, number: Number) -> Iterator[float]:
        """Give all that a threshold was compared with up to the week, and where rounded figures may lie."""
        yield from beside(self.point.policy, number)
        yield from self._observed(number)

    def _observed(self, number: Number) -> Iterator[float]:
        begin = (self.readings.span or (self.point.week, 0))[0] - lookback(self.point.policy)
        for metric in number.metrics:
            for week in range(begin, self.point.week + 1):
                reading = self.readings.at(metric, week)
                if reading.value is not None:
                    yield reading.value
                if reading.interval is not None:
                    yield from (reading.interval.low, reading.interval.high)

    def _touched(self, tips: Tips) -> Tips:
        """Say what lies on a number of which a change however small tips."""
        number = tips.number
        if not any(map(tips.is_hair, tips.known)):
            return tips
        touch = Touch.MATCH if number.is_matched else Touch.FIGURE
        near = HAIR * max(1.0, abs(number.present))

        def lies(values: Iterable[float]) -> bool:
            return any(abs(value - number.present) <= near for value in values)

        if touch is Touch.FIGURE and lies(beside(self.point.policy, number)) and not lies(self._observed(number)):
            touch = Touch.TABLE
        return replace(tips, touch=touch)

    def _with(self, number: Number) -> Callable[[float], Answer]:
        policy = self.point.policy
        return lambda value: self.point.with_policy(changed(policy, number, value), self.readings)

    def _tip(self, number: Number, tipped: Way, then: Answer, with_value: Callable[[float], Answer]) -> Tip | None:
        """Confirm a tipping value on both sides; none where the policy may not have such a number."""
        last, first = tipped
        short = first
        if not number.is_whole:
            low, high = number.ends
            short = written(
                last, first, present=number.present, holds=lambda one: low <= one <= high and with_value(one) == then
            )
        expected = {last: self.present, first: then, short: then}
        expected.pop(number.present, None)
        for value, wanted in expected.items():
            if (confirmed := self._confirmed(number, value)) is None:
                return None
            if confirmed != wanted or then == self.present:
                raise RequestError(
                    f"the tipping value {first!r} of `{number.name}` is not confirmed",
                    help="report this with the policy and the data",
                )
        return Tip(last=last, first=first, written=short, then=then)

    def _confirmed(self, number: Number, value: float) -> Answer | None:
        """Ask the engine as `evaluate` does, with the amendment or the other figure; none where it is refused."""
        point = self.point
        policy, observations = point.policy, point.observations
        if number.sort is Sort.FIGURE:
            observations = Figure(point, number.name).with_value(value).observations
        elif (amended := self.amended.with_number(number, value)) is not None:
            policy = amended
        else:
            return None
        (found,) = evaluate_latest(
            policy,
            observations,
            [point.region],
            week=Week(policy.calendar, point.week),
            record={point.region: point.record},
            as_of=point.as_of,
        )
        return answer(found)

    def _extent(self, number: Number) -> float:
        """Give what a change is measured by: weeks on record, a range, or the spread of the values on record."""
        if number.sort in DURATIONS:
            return float(self.weeks)
        names = number.metrics or (number.name,)
        ends = (number.low, number.high) if number.sort is Sort.THRESHOLD else (None, None)
        if None in ends:
            ends = self.point.policy.metrics[names[0]].bounds
        low, high = ends
        if low is not None and high is not None and high > low:
            return high - low
        return self._spread(self.readings, names) or abs(number.present) or 1.0

    def _spread(self, readings: Readings, names: tuple[str, ...]) -> float:
        begin = (readings.span or (self.point.week, 0))[0]
        found = [readings.at(name, week).value for name in names for week in range(begin, self.point.week + 1)]
        known = [one for one in found if one is not None]
        return max(known) - min(known) if known else 0.0
