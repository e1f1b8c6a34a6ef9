"""What a scenario changes beside the baseline, on the same draws, as people read it."""

from __future__ import annotations

from escalation.documents.charts.wording import percent
from escalation.policy.values import Language
from escalation.policy.wording import number, phrase
from escalation.whatif.paired import Paired

WORDS = {
    "title": (
        "Beside the baseline, on the same draws: percent of the draws in which a stage is recommended",
        "Dibandingkan dengan acuan, pada undian yang sama: persen undian yang merekomendasikan suatu tahap",
    ),
    "nothing": (
        "Beside the baseline, on the same draws: no stage is recommended in other draws",
        "Dibandingkan dengan acuan, pada undian yang sama: tidak ada tahap yang direkomendasikan di undian lain",
    ),
    "scenario": ("scenario", "skenario"),
    "region": ("region", "wilayah"),
    "stage": ("stage", "tahap"),
    "baseline": ("baseline", "acuan"),
    "with it": ("with it", "dengan itu"),
    "difference": ("difference, points", "selisih, poin"),
    "interval": ("95 % interval", "selang 95 %"),
    "to": (" to ", " sampai "),
}
FIGURES = ("baseline", "with it", "difference", "interval")
"""The heads of what `figures` gives."""


def word(key: str, language: Language) -> str:
    """Give a word of the table."""
    return phrase(WORDS, key, language)


def is_changed(paired: Paired, lane: int, rank: int) -> bool:
    """Say whether a stage is recommended to a region in other draws."""
    return bool(paired.more[lane, rank] or paired.less[lane, rank])


def figures(paired: Paired, lane: int, rank: int, language: Language) -> tuple[str, str, str, str]:
    """Give the probability in percent before and after, the difference in points, and its interval."""
    before = float(paired.before[lane, rank] / paired.draws)
    difference, side = float(paired.difference[lane, rank]), float(paired.either_side[lane, rank])

    def points(part: float) -> str:
        return number(round(100 * part, 1), language, decimals=1)

    after = round(before + difference, 12)
    interval = word("to", language).join(map(points, (difference - side, difference + side)))
    return percent(before, language), percent(after, language), points(difference), interval
