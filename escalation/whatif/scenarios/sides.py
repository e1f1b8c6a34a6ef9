"""Scenarios sorted by themselves: alternatives, of which people choose one, and futures, of which nobody does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

from escalation.diagnostics import Diagnostic, Place, Severity, in_order
from escalation.errors import Refused, RequestError
from escalation.evaluation.replay import FOLLOW
from escalation.whatif.scenarios.scenario import BASELINE

if TYPE_CHECKING:
    from escalation.whatif.scenarios.scenario import Scenario

MOST_PAIRS = 100
"""Pairs of an alternative and a future that are evaluated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Alternatives and futures over so many weeks to come.

    An alternative is a policy with what people do with its recommendations, the first the policy as it is; a future is
    how the figures go on, and how people respond, the first as they are forecast.
    """

    alternatives: tuple[Scenario, ...]
    futures: tuple[Scenario, ...]
    weeks: int

    def pair(self, alternative: Scenario, future: Scenario) -> Scenario:
        """Give the scenario of an alternative in a future."""
        return replace(future, **{name: getattr(alternative, name) for name in OF_ALTERNATIVES}, horizon=self.weeks)


OF_ALTERNATIVES = ("amendments", "adoption", "is_by_lead_time")
"""What of a scenario makes it an alternative; the rest is of futures."""


def sided(scenarios: Sequence[Scenario], *, weeks: int | None = None, otherwise: int) -> Sides:
    """Sort scenarios into alternatives and futures.

    They are about `weeks` weeks; without it about as many as their horizons say, or `otherwise`. Raise Refused, or for
    scenarios without a place RequestError, where one is neither or both, or looks at other weeks than another;
    RequestError where there is no alternative, or too many pairs.
    """
    found = [*(_misfit(one) for one in scenarios), *(_other_weeks(scenarios) if weeks is None else ())]
    if flaws := [one for one in found if one is not None]:
        if all(one.place.file for one in flaws):
            raise Refused(in_order(flaws))
        raise RequestError(flaws[0].message, help=flaws[0].help, indonesian=flaws[0].indonesian)
    horizons = (one.horizon for one in scenarios if one.horizon is not None)
    sides = Sides(
        alternatives=(BASELINE, *(one for one in scenarios if _alternative(one))),
        futures=(BASELINE, *(one for one in scenarios if _future(one))),
        weeks=weeks or next(horizons, otherwise),
    )
    if len(sides.alternatives) == 1:
        raise RequestError(
            "there is no alternative to the policy as it is: no scenario is one",
            help="write a scenario with `set`, `drop`, `add`, `order` or `adopt`, or give them as options",
            indonesian=(
                "tidak ada pilihan selain kebijakan apa adanya: tidak ada skenario yang merupakan pilihan",
                "tulis skenario dengan `set`, `drop`, `add`, `order` atau `adopt`, atau berikan sebagai opsi",
            ),
        )
    if (pairs := prod(map(len, (sides.alternatives, sides.futures)))) > MOST_PAIRS:
        raise RequestError(
            f"{pairs} pairs of an alternative and a future are too many",
            help=f"ask for {MOST_PAIRS}",
            indonesian=(
                f"{pairs} pasangan pilihan dan masa depan terlalu banyak",
                f"tanyakan paling banyak {MOST_PAIRS} pasangan",
            ),
        )
    return sides


def _alternative(one: Scenario) -> list[str]:
    """Name the keys that make a scenario an alternative."""
    keys = list(dict.fromkeys(amendment.does.value for amendment in one.amendments))
    return [*keys, *(["adopt"] if one.adoption != FOLLOW or one.is_by_lead_time else [])]


def _future(one: Scenario) -> list[str]:
    """Name the keys that make a scenario a future."""
    return [*(["data"] if one.edits else []), *(["response"] if one.response else [])]


def _misfit(one: Scenario) -> Diagnostic | None:
    """Say of a scenario that it is neither an alternative nor a future, or both."""
    alternative, future = (", ".join(f"`{key}`" for key in keys) for keys in (_alternative(one), _future(one)))
    if alternative and future:
        return _diagnostic(
            one,
            "alternative-and-future",
            f"`{one.name}` is an alternative ({alternative}) and a future ({future}) at once",
            f"write two scenarios, one with {alternative} and one with {future}: every alternative meets every future",
            (
                f"`{one.name}` mengubah pilihan ({alternative}) sekaligus masa depan ({future})",
                f"tulis dua skenario: {alternative} dan {future}: tiap pilihan dinilai pada tiap masa depan",
            ),
        )
    if not (alternative or future):
        said = f"`{one.name}` changes nothing: the policy and the forecast as they are take part without it"
        indonesian = f"`{one.name}` tidak mengubah apa pun: kebijakan dan prakiraan apa adanya sudah disertakan"
        return _diagnostic(one, "nothing-changed", said, "delete it", (indonesian, "hapus skenario itu"))
    return None


def _other_weeks(scenarios: Sequence[Scenario]) -> Iterator[Diagnostic]:
    """Name the scenarios with another horizon than the first that has one."""
    with_horizon = [one for one in scenarios if one.horizon is not None]
    for one in with_horizon[1:]:
        if one.horizon != (first := with_horizon[0]).horizon:
            said = f"`{one.name}` looks {one.horizon} weeks ahead, and `{first.name}` {first.horizon}"
            indonesian = (
                f"`{one.name}` menjangkau {one.horizon} minggu, sedangkan `{first.name}` {first.horizon} minggu",
                "samakan `horizon` keduanya, atau sebutkan dengan --weeks",
            )
            yield _diagnostic(
                one, "other-horizon", said, "give both the same `horizon`, or say it with --weeks", indonesian
            )


def _diagnostic(one: Scenario, rule: str, message: str, remedy: str, indonesian: tuple[str, str]) -> Diagnostic:
    place = one.place or Place(file="")
    return Diagnostic(
        rule=rule, severity=Severity.ERROR, message=message, place=place, help=remedy, indonesian=indonesian
    )
