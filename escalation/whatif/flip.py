"""Which single number would change a week's recommendation: exact tipping values, each confirmed on both sides."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from escalation.errors import RequestError
from escalation.evaluation.library import Record, evaluate_latest, the_region
from escalation.evaluation.readings import Readings
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.amend import amend
from escalation.policy.model import Policy
from escalation.whatif.arrays.panel import lookback
from escalation.whatif.figure import figures, tip_of_figure
from escalation.whatif.numbers import Number, Sort, beside, changed, numbers
from escalation.whatif.standpoint import Answer, Standpoint, answer
from escalation.whatif.tipping import Crossing, Undecided, crossings, written

DURATIONS = (Sort.FOR, Sort.AFTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """Where the recommendation tips: with `last` it is as at present, with its neighbour `first` it is `then`.

    Neighbours are floats next to each other, of weeks and of counts whole numbers. `written` is a number that a person
    would write, at or beyond `first` and close to it, with the same recommendation.
    """

    last: float
    first: float
    written: float
    then: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tips:
    """A number with the nearest lower and higher values at which the recommendation tips; none: it never does.

    `nearness` is the smaller change, relative to the range of what is changed (`extent`); infinite where nothing tips.
    `is_undecided` says that tipping values of this number could not be told.
    """

    number: Number
    lower: Tip | None
    higher: Tip | None
    extent: float
    is_undecided: bool = False

    @property
    def nearness(self) -> float:
        """The smaller change, relative to the extent."""
        changes = [abs(tip.written - self.number.present) for tip in (self.lower, self.higher) if tip is not None]
        return min(changes, default=math.inf) / self.extent


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
    found = list(evaluate_latest(policy, observations, [chosen], week=week, record=record, as_of=as_of))
    if not found:
        raise RequestError(f"nothing was known of `{chosen}` by then", help="ask about a later week")
    (now,) = found
    span = observations.span(chosen, as_of=as_of) or (now.week, now.week)
    stages = (record or {}).get(chosen, ())
    point = Standpoint(
        policy=policy,
        observations=observations,
        region=chosen,
        week=now.week,
        record=stages or (StageInForce(stage=policy.stages[0].name, since=span[0]),),
        as_of=as_of,
    )
    search = _Search(point, answer(now), weeks=max(now.week - span[0] + 1, now.dwell) + 1, dwell=now.dwell)
    every = [search.tips(one) for one in numbers(now.ladder, now.stage)] if now.before.pending is None else []
    every += [search.tips_of_figure(one) for one in figures(point, now.ladder, now.stage)] if every else []
    return Flip(
        region=chosen,
        week=Week(policy.calendar, now.week),
        stage=now.stage,
        present=search.present,
        tips=tuple(sorted(every, key=lambda one: one.nearness)),
        is_pending=now.before.pending is not None,
        is_assumed=not stages,
    )


class _Search:
    """Looks for tipping values from one standpoint, `dwell` weeks into the stage; no streak or stay reaches `weeks`."""

    def __init__(self, point: Standpoint, present: Answer, *, weeks: int, dwell: int) -> None:
        self.point = point
        self.present = present
        self.weeks = weeks
        self.dwell = dwell
        self.readings = point.readings()

    def tips(self, number: Number) -> Tips:
        """Give the tipping values of a number of the policy."""
        lower, higher = self._durations(number) if number.sort in DURATIONS else self._thresholds(number)
        return Tips(number=number, lower=lower, higher=higher, extent=self._extent(number))

    def tips_of_figure(self, number: Number) -> Tips:
        """Give the tipping values of an observed figure."""
        found: list[Tip | None] = []
        for is_up in (False, True):
            try:
                tipped = tip_of_figure(self.point, number, self.present, is_up=is_up)
            except Undecided:
                return Tips(number=number, lower=None, higher=None, extent=1.0, is_undecided=True)
            found.append(None if tipped is None else self._tip(number, tipped, self._answer_with_figure(number)))
        return Tips(number=number, lower=found[0], higher=found[1], extent=self._extent(number))

    def _durations(self, number: Number) -> tuple[Tip | None, Tip | None]:
        """Try every length of a streak up to one that none can reach, and of a stay the two beside the present one."""
        present, lowest = int(number.present), int(number.low or 0)
        with_value = self._with(number)
        tried = range(lowest, self.weeks + 1)
        if number.sort is Sort.AFTER:
            tried = range(max(self.dwell, lowest), self.dwell + 2)
        lower = next((one for one in reversed(tried) if one < present and with_value(one) != self.present), None)
        higher = next((one for one in tried if one > present and with_value(one) != self.present), None)
        return (
            None if lower is None else self._tip(number, Crossing(lower + 1, lower), with_value),
            None if higher is None else self._tip(number, Crossing(higher - 1, higher), with_value),
        )

    def _thresholds(self, number: Number) -> tuple[Tip | None, Tip | None]:
        """Try a threshold beyond every value that it is compared with."""
        cuts = crossings(self._values(number))
        low = -math.inf if number.low is None else number.low
        high = math.inf if number.high is None else number.high
        up = (Crossing(one.below, one.above) for one in cuts if one.above > number.present and one.above <= high)
        down = (Crossing(one.above, one.below) for one in reversed(cuts) if low <= one.below < number.present)
        found = []
        for side in (down, up):
            tipped = next((one for one in side if self._with(number)(one[1]) != self.present), None)
            found.append(None if tipped is None else self._tip(number, tipped, self._with(number)))
        return found[0], found[1]

    def _values(self, number: Number) -> Iterator[float]:
        """Give all that a threshold was compared with up to the week, and where rounded figures may lie."""
        yield from beside(self.point.policy, number)
        begin = (self.readings.span or (self.point.week, 0))[0] - lookback(self.point.policy)
        for metric in number.metrics:
            for week in range(begin, self.point.week + 1):
                reading = self.readings.at(metric, week)
                if reading.value is not None:
                    yield reading.value
                if reading.interval is not None:
                    yield from (reading.interval.low, reading.interval.high)

    def _with(self, number: Number) -> Callable[[float], Answer]:
        policy = self.point.policy
        return lambda value: self.point.with_policy(changed(policy, number, value), self.readings)

    def _answer_with_figure(self, number: Number) -> Callable[[float], Answer]:
        return lambda value: self.point.with_figure(number.name, value).answer()

    def _tip(self, number: Number, tipped: Crossing, with_value: Callable[[float], Answer]) -> Tip | None:
        """Confirm a tipping value on both sides; none where the policy may not have such a number."""
        last, first = tipped
        then = with_value(first)
        short = first
        if not number.is_whole:
            low = -math.inf if number.low is None else number.low
            high = math.inf if number.high is None else number.high
            short = written(
                last, first, present=number.present, holds=lambda one: low <= one <= high and with_value(one) == then
            )
        for value, expected in ((last, self.present), (first, then), (short, then)):
            if (confirmed := self._confirmed(number, value)) is None:
                return None
            if confirmed != expected:
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
            observations = point.with_figure(number.name, value).observations
        else:
            try:
                policy = amend(policy, {number.name: int(value) if number.sort in DURATIONS else value})
            except RequestError:
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
