"""What all draws of a course share: the wired policy, where every region stands, and what is decided already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import Adopt
from escalation.evaluation.standing import Standing
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.kernel import run
from escalation.whatif.arrays.laid import Inputs
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.arrays.paths import law
from escalation.whatif.arrays.wiring import Wiring, wired
from escalation.whatif.arrays.words import ALL, NONE, Words, packed, spread
from escalation.whatif.coming import NO_RESPONSE, Coming, Course, coming
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.philox import number, uniforms
from escalation.whatif.forecasts.sample import Sample, every
from escalation.whatif.lifting import Factors, factors_of
from escalation.whatif.standing import standings

FOLLOWED = number("followed")


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
        return self._with(draws, self.response(draws))

    def _with(self, draws: Sequence[Draws], factors: Factors) -> Inputs:
        followed = _followed(self.figures.course, draws)
        return {**self.figures.inputs(self.wiring, draws, factors), **self.due, **followed}

    def response(self, draws: Sequence[Draws]) -> Factors:
        """Work out how people respond to the stages in force, which follow from how they respond.

        The stage of a week rests on the weeks before it: each round has one week more right at the least, and what two
        rounds come to alike is it.
        """
        course, ranks = self.figures.course, self.figures.course.policy.ranks
        if not course.response:
            return NO_RESPONSE
        stages = self.wiring.only(Key("stage", rank) for rank in ranks.values())
        shape = (course.weeks, len(course.regions), draws[0].count)
        factors = NO_RESPONSE
        before: dict[Key, Words] | None = None
        while True:
            found = run(stages, self._with(draws, factors), start=self.start).weeks
            if before is not None and all(np.array_equal(words, before[key]) for key, words in found.items()):
                return factors
            before, factors = found, factors_of(course.response, found, ranks, shape)


def setting(course: Course) -> Setting:
    """Wire the policy, and find out where every region stands."""
    ladder = Ladder(course.policy)
    begun = standings(course, ladder)
    due = _due(course, begun)
    wiring = wired(ladder, course.adoption, is_steered=bool(due), horizon=course.weeks)
    allowed = {key: words[:, np.newaxis] for key, words in law(wiring, course.now + 1, course.weeks).items()}
    return Setting(wiring, starting(ladder, begun), allowed | due, coming(course))


class Awaited(NamedTuple):
    """A stage on record that takes effect in a week to come, counted from the first, and since when it is decided."""

    rank: int
    week: int
    decided: int
    is_change: bool = True


def awaited(course: Course, region: str, standing: Standing) -> list[Awaited]:
    """Give the stages on record that take effect: of a decision that is pending, or all where the record goes on."""
    first, ranks = course.now + 1, course.policy.ranks
    if course.adoption.adopt is not Adopt.RECORDED:
        pending = standing.pending
        return [] if pending is None else [Awaited(ranks[pending.to], pending.effective - first, 0)]
    later = [one for one in course.record.get(region, ()) if one.since > first]
    return [
        Awaited(
            rank=ranks[one.stage],
            week=one.since - first,
            decided=max((one.decided or one.since) - first, 0),
            is_change=one.stage != before,
        )
        for one, before in zip(later, [standing.stage, *(one.stage for one in later)], strict=False)
    ]


def _due(course: Course, standings: Sequence[Standing]) -> dict[Key, Words]:
    """Let stages on record take effect in their week, words [week, region, 1]; nothing without any."""
    waited = [awaited(course, *pair) for pair in zip(course.regions, standings, strict=True)]
    if not any(waited):
        return {}
    shape = (course.weeks, len(waited), 1)
    enter = np.zeros((len(course.policy.stages), *shape), dtype=bool)
    waiting = np.zeros(shape, dtype=bool)
    for lane, stages in enumerate(waited):
        for one in stages:
            waiting[one.decided : one.week, lane] = True
            if one.is_change and one.week < course.weeks:
                enter[one.rank, one.week, lane] = True
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
