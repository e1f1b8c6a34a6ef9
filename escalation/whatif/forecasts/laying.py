"""What the compiled engine needs to know to lay residual paths on the level of a region."""

from __future__ import annotations

from typing import NamedTuple

from escalation.policy.metrics import Kind
from escalation.whatif.forecasts.drive import Drive, has_population, limits
from escalation.whatif.forecasts.past import Past, is_whole
from escalation.whatif.forecasts.scale import Odds, Ratios, Scale, Steps

ODDS, RATIOS, STEPS = 0, 1, 2
"""The scale of the residuals."""
AS_DRIVEN, SUMS, SHARES = 0, 1, 2
"""How the figures follow from their drive: they are the drive, add it up, or lose its share of what is left."""


class Laying(NamedTuple):
    """What all draws of a region share: the scale of the residuals, how figures follow, what they are held to.

    Of `Odds` `one`, `other` and `floor` are the low bound, the high one and the floor, of `Ratios` the bound, the sign
    and the floor, of `Steps` `one` is the unit of the region. `recent` weeks of a block give the level of the next one;
    the first `lead` weeks lead up to the weeks to come.
    """

    scale: int
    one: float
    other: float
    floor: float
    carrying: int
    level: float
    latest: float
    top: float
    left: float
    low: float
    high: float
    recent: int
    lead: int
    is_whole: bool
    is_cumulative: bool


def laying(past: Past, driven: Drive, scale: Scale, *, row: int, level: float, block: int) -> Laying | None:
    """Give it for a row of the past and its level; nothing for a scale that the compiled engine does not know."""
    numbers = _numbers(scale, row)
    if numbers is None:
        return None
    latest = float(past.values[row, past.latest(row)])
    population = float(past.populations[row, past.latest(row)]) if has_population(past) else latest
    carrying = AS_DRIVEN if past.kind is not Kind.CUMULATIVE else SHARES if has_population(past) else SUMS
    low, high = limits(past, row)
    return Laying(
        *numbers,
        carrying=carrying,
        level=level,
        latest=latest,
        top=max(population, latest),
        left=max(population - latest, 0.0),
        low=low,
        high=high,
        recent=min(driven.recent, block),
        lead=past.lead(row),
        is_whole=is_whole(past),
        is_cumulative=past.kind is Kind.CUMULATIVE,
    )


def _numbers(scale: Scale, row: int) -> tuple[int, float, float, float] | None:
    match scale:
        case Odds(low=low, high=high, floor=floor):
            return ODDS, float(low), float(high), float(floor)
        case Ratios(bound=bound, sign=sign, floor=floor):
            return RATIOS, float(bound), float(sign), float(floor)
        case Steps(unit=unit):
            return STEPS, float(unit[row]), 0.0, 0.0
        case _:
            return None
