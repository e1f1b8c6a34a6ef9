"""Outcomes in words: what they are called, their unit, and how a figure is printed."""

from __future__ import annotations

import math
from collections.abc import Iterable

from escalation.documents.charts.wording import percent
from escalation.evaluation.sentences import Speaker
from escalation.periods import Week
from escalation.policy.values import Language
from escalation.policy.wording import MOST_DECIMALS, number, phrase, rounded
from escalation.whatif.outcomes import Kind, Outcome

NEVER = "–"
IN_WEEKS = (Kind.WEEKS, Kind.UNDETERMINED, Kind.SHORTEST_STAY)
WORDS = {
    "of.recommended": ("{stage}: recommended at all, percent", "{stage}: pernah direkomendasikan, persen"),
    "of.first": (
        "{stage}: the week by which half have been recommended it",
        "{stage}: minggu saat setengahnya direkomendasikan",
    ),
    "of.weeks": ("{stage}: weeks in force, mean", "{stage}: minggu berlaku, rata-rata"),
    "of.undetermined": ("Weeks in which the policy cannot say, mean", "Minggu yang tidak pasti, rata-rata"),
    "of.changes": ("Changes of stage, mean", "Perubahan tahap, rata-rata"),
    "of.undone": (
        "Changes of stage that are undone within four weeks, mean",
        "Perubahan tahap yang dibatalkan dalam empat minggu, rata-rata",
    ),
    "of.shortest-stay": (
        "Shortest stay, weeks that half of all do not exceed, none counting as longer",
        "Masa terpendek, minggu yang tidak dilampaui separuh dari semuanya, tanpa itu dihitung lebih lama",
    ),
    "unit.weeks": ("weeks", "minggu"),
}


def title(of: Outcome, speaker: Speaker) -> str:
    """Name an outcome, with what its figures are."""
    stage = "" if of.stage is None else speaker.stage(of.stage)
    return phrase(WORDS, f"of.{of.kind.value}", speaker.language, stage=stage)


def unit(kind: Kind, language: Language) -> str:
    """Give the unit of figures in pictures, where parts are drawn in percent; a week has none, and a number neither."""
    if kind is Kind.RECOMMENDED:
        return "%"
    return phrase(WORDS, "unit.weeks", language) if kind in IN_WEEKS else ""


def shown(kind: Kind, value: float, start: Week, language: Language, *, decimals: int | None = None) -> str:
    """Print an outcome: parts in percent, means with a decimal, a week, counted from `start`, by its name.

    Parts and means have so many `decimals` where that is said.
    """
    if kind is Kind.RECOMMENDED:
        return percent(value, language) if decimals is None else rounded(100 * value, language, decimals=decimals)
    if math.isinf(value):
        return NEVER
    if kind is Kind.FIRST:
        return str(start + int(value))
    if kind is Kind.SHORTEST_STAY:
        return number(int(value), language)
    return rounded(value, language, decimals=decimals or 1)


def decimals_apart(kind: Kind, values: Iterable[float], start: Week) -> int | None:
    """Give the fewest decimals with which no two outcomes that differ print alike; none where the usual ones do."""
    known = {*values}
    tried: tuple[int | None, ...] = (None, *range(1, MOST_DECIMALS))
    for decimals in tried:
        if len({shown(kind, one, start, Language.ENGLISH, decimals=decimals) for one in known}) == len(known):
            return decimals
    return MOST_DECIMALS


def plain(kind: Kind, value: float, start: Week) -> float | str | None:
    """Give an outcome to machines: parts from 0 to 1, means, weeks, `first` as a week by its name, none for never."""
    if math.isinf(value):
        return None
    return str(start + int(value)) if kind is Kind.FIRST else value
