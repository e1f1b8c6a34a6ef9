"""The time of a search: weeks in which the law differs one by one, and what comes before and after them as one each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from escalation.checks.exact.budget import Budget, NotProved
from escalation.evaluation.ladder import Ladder, LegalGuard
from escalation.periods import Calendar, Week, last_day_of
from escalation.policy.model import Policy

UNDATED_WEEK = "2025-W01"
"""Where a week has to be named although the policy is the same in all."""


class Times(NamedTuple):
    """The moments of a search. The first and the last of a world stand for any number of weeks with the same law.

    `weeks` are the numbers of their weeks, `laws` number the laws in force in them. So many as `size` are one world: in
    each the attributes of a region have other values, and keep them.
    """

    calendar: Calendar
    weeks: tuple[int, ...]
    laws: tuple[int, ...]
    size: int

    def in_worlds(self, count: int) -> Times:
        """Give the moments of so many worlds, one after the other, the laws of each with numbers of their own."""
        each = max(self.laws) + 1
        laws = tuple(world * each + law for world in range(count) for law in self.laws)
        return self._replace(weeks=self.weeks * count, laws=laws)

    def after(self, moment: int) -> tuple[int, ...]:
        """Give the moments that can come a week later."""
        place = moment % self.size
        if place == self.size - 1:
            return (moment,)
        return (moment, moment + 1) if place == 0 else (moment + 1,)

    def week_of(self, law: int) -> int:
        """Give a week in which a law is in force."""
        return self.weeks[self.laws.index(law)]

    def start(self, moments: Sequence[int]) -> int:
        """Give the first week of a sequence of moments: the number of the week."""
        places = [moment % self.size for moment in moments]
        last = self.size - 1
        for index, place in enumerate(places):
            if 0 < place < last:
                return self.weeks[place] - index
        if places[0] == last:
            return self.weeks[last]
        return self.weeks[0] - places.count(0) + 1


def times(ladders: Sequence[Ladder], budget: Budget) -> Times:
    """Find the moments at which the law of some policies can differ. Raise NotProved where there are too many."""
    calendar = ladders[0].policy.calendar
    changes = sorted({Week.of(day, calendar).number for one in ladders for day in _days(one.policy)})
    if not changes:
        return Times(calendar, (Week.parse(UNDATED_WEEK, calendar).number,), (0,), 1)
    weeks = range(changes[0] - 1, changes[-1] + 2)
    if len(weeks) > budget.weeks:
        raise NotProved(f"its dates span {len(weeks)} weeks, and at most {budget.weeks} are searched one by one")
    numbers: dict[object, int] = {}
    laws = []
    for week in weeks:
        signature = tuple(_law(one, last_day_of(calendar, week)) for one in ladders)
        laws.append(numbers.setdefault(signature, len(numbers)))
    return _trimmed(Times(calendar, tuple(weeks), tuple(laws), len(weeks)))


def _trimmed(found: Times) -> Times:
    """Leave out weeks at either end in which the law is that of the first or last."""
    first, last = 0, len(found.weeks) - 1
    while first < last and found.laws[first + 1] == found.laws[0]:
        first += 1
    while last > first and found.laws[last - 1] == found.laws[-1]:
        last -= 1
    return Times(found.calendar, found.weeks[first : last + 1], found.laws[first : last + 1], last + 1 - first)


def _days(policy: Policy) -> Iterator[date]:
    """Give the days from which the law can be another."""
    for parameter in policy.parameters.values():
        yield from (dated.from_ for dated in parameter.dated or ())
    for period in (*(move.valid for move in policy.moves if move.valid is not None), *policy.locks):
        if period.from_ is not None:
            yield period.from_
        if period.until is not None:
            yield period.until + timedelta(days=1)


def _law(ladder: Ladder, day: date) -> tuple[object, ...]:
    """Give all that a date decides: the values of the parameters in use, and the answers of the legal guards."""
    policy = ladder.policy
    named = {name: parameter.on(day) for name, parameter in policy.parameters.items() if parameter.dated is not None}
    guards = (
        guard.allows(day)
        for exits in ladder.exits.values()
        for exit_ in exits
        for guard in exit_.guards
        if isinstance(guard, LegalGuard)
    )
    return (*named.values(), *guards)
