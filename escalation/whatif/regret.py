"""Regret and worst case: how far each alternative lies behind the best one in every future, and which is least bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.observations import Observations
from escalation.periods import Week
from escalation.policy.model import Policy
from escalation.whatif.arrays.panel import Bools, Floats
from escalation.whatif.asking import moving
from escalation.whatif.coming import Course
from escalation.whatif.estimates import Means, Medians
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.large.kept import Each, made
from escalation.whatif.outcomes import Kind, Outcome
from escalation.whatif.payoffs import Payoffs, payoffs
from escalation.whatif.retraced import Retraced
from escalation.whatif.scenarios.scenario import Applied, applied
from escalation.whatif.scenarios.sides import Sides

Places = NDArray[np.int64]


class Prefer(StrEnum):
    """Which way an outcome is better: the asker says so."""

    FEWER = "fewer"
    MORE = "more"
    EARLIER = "earlier"
    LATER = "later"

    @property
    def sign(self) -> int:
        """1 where more is worse, -1 where it is better."""
        return 1 if self in (Prefer.FEWER, Prefer.EARLIER) else -1


SAME = 1e-9
"""Figures that differ by less are equal but for the noise of floating point."""
OF_WEEK = (Prefer.EARLIER, Prefer.LATER)


def preferred(text: str, outcome: Outcome) -> Prefer:
    """Read which way an outcome is better. Raise RequestError where the word does not fit it."""
    fitting = OF_WEEK if outcome.kind is Kind.FIRST else (Prefer.FEWER, Prefer.MORE)
    if text not in tuple(fitting):
        named = " or ".join(f"--prefer {one}" for one in fitting)
        what = "a week" if outcome.kind is Kind.FIRST else "a number"
        raise RequestError(
            f"`{outcome}` is {what}, which is not preferred `{text}`",
            help=f"write {named}",
            indonesian=(
                f"`{outcome}` tidak dapat dinilai dengan `{text}`",
                f"tulis {named.replace(' or ', ' atau ')}",
            ),
        )
    return Prefer(text)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Least:
    """What is the least bad by one figure of the alternatives, [place, alternative].

    `figure` is the worst outcome of each or its greatest regret, `future` the place of the future in which it is so.
    `is_least` says where no other is less bad, and `is_apart` where the draws tell an alternative apart from those.
    """

    figure: Floats
    future: Places
    is_least: Bools
    is_apart: Bools


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regret:
    """A payoff table and its regrets, [place, alternative, future]; places are the regions, then all where several.

    `payoff` is in the unit of the outcome: a part from 0 to 1, a mean number of weeks or changes; or the week, counted
    from 0, by which half of the draws have it, infinite if not within the horizon. `regret` is the difference to the
    best alternative in the same future, never below 0, from `low` to `high` with 95 % certainty (`low` may be below 0;
    they are infinite where the interval has no end); it is at least so many weeks where `is_at_least`: the later of the
    two is not within the horizon, and weeks behind it count alike. Where it is not `is_apart`, the draws do not tell
    the alternative apart from the best. `unsaid` is the part of the draws in which the policy cannot say in some week.
    `worst` has the outcomes in the worst future of each alternative, `greatest` the greatest regrets.
    """

    outcome: Outcome
    prefer: Prefer
    sides: Sides
    regions: tuple[str, ...]
    first: Week
    weeks: int
    draws: Draws
    payoff: Floats
    regret: Floats
    low: Floats
    high: Floats
    is_at_least: Bools
    is_apart: Bools
    unsaid: Floats
    worst: Least
    greatest: Least
    retraced: Retraced

    @property
    def places(self) -> tuple[str | None, ...]:
        """The regions, then none for all together, where there are several."""
        return self.regions if len(self.regions) == 1 else (*self.regions, None)

    @property
    def is_never(self) -> Bools:
        """Where half of the draws do not have it within the horizon, [place, alternative, future]."""
        return np.isinf(self.payoff)


class Estimates(Protocol):
    """Outcomes of pairs of an alternative and a future, and how sure sums of several are."""

    @property
    def values(self) -> Floats:
        """The outcomes, [place, pair], as numbers that can be added up."""

    def ends(self, place: int, terms: Mapping[int, int]) -> tuple[float, float]:
        """Give the ends of the 95 % interval of a sum of pairs, each taken so many times."""


def courses(
    sides: Sides, policy: Policy, observations: Observations, make: Callable[[Applied], Course]
) -> list[Course]:
    """Make a course of every alternative in every future, one alternative after the other.

    Figures are forecast once for a future, unless an alternative has other metrics. Raise RequestError where `make`
    does, naming the pair.
    """
    found: dict[tuple[int, int], Course] = {}
    for column, future in enumerate(sides.futures):
        for row, alternative in enumerate(sides.alternatives):
            done = applied(sides.pair(alternative, future), policy, observations)
            first = found.get((0, column))
            if first is not None and _is_like(first, done.policy):
                found[row, column] = replace(first, policy=done.policy, adoption=done.adoption)
                continue
            try:
                found[row, column] = make(done)
            except RequestError as error:
                english = f"the alternative `{alternative.name}` in the future `{future.name}`"
                raise error.of(english, f"pilihan `{alternative.name}` pada masa depan `{future.name}`") from None
    return [found[row, column] for row in range(len(sides.alternatives)) for column in range(len(sides.futures))]


def _is_like(course: Course, policy: Policy) -> bool:
    return policy.metrics == course.policy.metrics and moving(policy) == moving(course.policy)


def regret(
    sides: Sides,
    pairs: Sequence[Course],
    outcome: Outcome,
    prefer: Prefer,
    draws: Draws,
    *,
    workers: int = 1,
    each: Each = made,
) -> Regret:
    """Evaluate every alternative in every future on the same draws, and compare; `pairs` are those of `courses`.

    `each` makes what comes of some of the draws.
    """
    return compared(sides, prefer, draws, payoffs(pairs, outcome, draws, workers=workers, each=each), pairs[0])


def compared(sides: Sides, prefer: Prefer, draws: Draws, counted: Payoffs, first: Course) -> Regret:
    """Compare what all pairs come to, one alternative after the other; the `first` says which weeks are looked at."""
    is_first = counted.outcome.kind is Kind.FIRST
    table = _Table(
        estimates=Medians.of(counted, futures=len(sides.futures)) if is_first else Means.of(counted),
        shape=(len(counted.sums), len(sides.alternatives), len(sides.futures)),
        sign=prefer.sign,
        behind=counted.weeks if is_first else np.inf,
    )
    low, high = table.ends()
    return Regret(
        outcome=counted.outcome,
        prefer=prefer,
        sides=sides,
        regions=counted.regions,
        first=Week(first.policy.calendar, first.now + 1),
        weeks=counted.weeks,
        draws=draws,
        payoff=np.where(table.is_open, np.inf, table.values),
        regret=table.regrets,
        low=low,
        high=high,
        is_at_least=table.is_at_least,
        is_apart=low > 0,
        unsaid=(counted.unsaid / (draws.count * counted.sizes[:, np.newaxis])).reshape(table.shape),
        worst=table.worst(),
        greatest=table.greatest(),
        retraced=counted.retraced,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Table:
    """Outcomes, [place, alternative, future], of which those from `behind` on are not within the horizon."""

    estimates: Estimates
    shape: tuple[int, int, int]
    sign: int
    behind: float

    @cached_property
    def values(self) -> Floats:
        return self.estimates.values.reshape(self.shape)

    @cached_property
    def is_open(self) -> Bools:
        return self.values >= self.behind

    @cached_property
    def losses(self) -> Floats:
        return self.sign * self.values

    @cached_property
    def best(self) -> Places:
        found: Places = self.losses.argmin(axis=1)
        return found

    @cached_property
    def regrets(self) -> Floats:
        found: Floats = self.losses - self.losses.min(axis=1, keepdims=True)
        return found

    @cached_property
    def is_at_least(self) -> Bools:
        is_best_open = np.take_along_axis(self.is_open, self.best[:, np.newaxis], axis=1)
        return (self.regrets > 0) & (self.is_open | is_best_open)

    def _loss(self, _: int, row: int, column: int) -> Counter[int]:
        """Give the pairs of which a loss is the sum, each with how often it is taken: alike in all places."""
        return Counter({row * self.shape[2] + column: self.sign})

    def _regret(self, place: int, row: int, column: int) -> Counter[int]:
        """Give the pairs of which a regret is the sum."""
        return _less(self._loss(place, row, column), self._loss(place, int(self.best[place, column]), column))

    def ends(self) -> tuple[Floats, Floats]:
        """Give the ends of the intervals of all regrets."""
        found = [self.estimates.ends(at[0], self._regret(*at)) for at in np.ndindex(self.shape)]
        low, high = np.array(found).T
        return low.reshape(self.shape), high.reshape(self.shape)

    def worst(self) -> Least:
        """Find the least bad worst case."""
        future, worst = self.losses.argmax(axis=2), self.losses.max(axis=2)
        is_least = worst <= worst.min(axis=1, keepdims=True) + SAME
        payoff = np.where(self.is_open, np.inf, self.values)
        figure = np.take_along_axis(payoff, future[..., np.newaxis], axis=2)[..., 0]
        is_apart = self._apart(is_least, future, self._loss)
        return Least(figure=figure, future=future, is_least=is_least, is_apart=is_apart)

    def greatest(self) -> Least:
        """Find the least of the greatest regrets; of those that are as small, one that is at least so may be more."""
        future, greatest = self.regrets.argmax(axis=2), self.regrets.max(axis=2)
        is_least = greatest <= greatest.min(axis=1, keepdims=True) + SAME
        is_sure = is_least & ~self.is_at_least.any(axis=2)
        is_unsure = ~is_sure.any(axis=1, keepdims=True)
        is_least = np.where(is_unsure, is_least, is_sure)
        is_apart = self._apart(is_least, future, self._regret) & ~is_unsure
        return Least(figure=greatest, future=future, is_least=is_least, is_apart=is_apart)

    def _apart(self, is_least: Bools, future: Places, terms: Callable[[int, int, int], Counter[int]]) -> Bools:
        """Say which alternatives the draws tell apart from the least bad one, whichever its worst future is."""
        found = np.zeros(is_least.shape, dtype=bool)
        for place, row in np.argwhere(~is_least).tolist():
            leader = int(is_least[place].argmax())
            own = terms(place, row, int(future[place, row]))
            differences = (_less(own, terms(place, leader, column)) for column in range(self.shape[2]))
            found[place, row] = all(self.estimates.ends(place, one)[0] > 0 for one in differences)
        return found


def _less(terms: Counter[int], others: Counter[int]) -> Counter[int]:
    """Take a sum of pairs off another."""
    found = Counter(terms)
    found.subtract(others)
    return found
