"""What scenarios change beside the baseline, on the same draws, as people read it; and what of them is not compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from escalation.documents.charts.wording import percent
from escalation.documents.report.asked import Told
from escalation.policy.values import Language
from escalation.policy.wording import phrase, rounded
from escalation.whatif.outlook import Outlook
from escalation.whatif.paired import MOST_REGIONS, Paired, alike

WORDS = {
    "title": (
        "Beside the baseline, on the same draws: percent of the draws in which a stage is recommended",
        "Dibandingkan dengan acuan, pada undian yang sama: persen undian yang merekomendasikan suatu tahap",
    ),
    "nothing": (
        "Beside the baseline, on the same draws: no stage is recommended in other draws",
        "Dibandingkan dengan acuan, pada undian yang sama: tidak ada tahap yang direkomendasikan di undian lain",
    ),
    "unknown": (
        "cannot say in some week (weeks, mean: {before}; with it {after})",
        "tidak pasti di suatu minggu (minggu, rata-rata: {before}; dengan itu {after})",
    ),
    "regions": (
        "{scenario}: not compared draw by draw, as that is done of {most} regions at most; choose some with --region",
        "{scenario}: tidak dibandingkan per undian, paling banyak untuk {most} wilayah; pilih dengan --region",
    ),
    "horizon": (
        "{scenario}: not compared draw by draw, since it looks at other weeks than the baseline",
        "{scenario}: tidak dibandingkan per undian, karena minggunya lain daripada acuan",
    ),
    "weeks differ": (
        "{scenario}: the same stages are recommended in the same draws; only the weeks of that, or in force, differ",
        "{scenario}: tahap yang sama direkomendasikan di undian yang sama; hanya minggunya atau berlakunya berbeda",
    ),
    "same": (
        "{scenario}: nothing is other than with the baseline, in any week",
        "{scenario}: tidak ada yang lain daripada acuan, di minggu mana pun",
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


def word(key: str, language: Language, **filled: str) -> str:
    """Give a word of the table."""
    return phrase(WORDS, key, language, **filled)


def headed(key: str, language: Language) -> str:
    """Give the head of a column as the tables of a report have it, with a capital letter."""
    said = word(key, language)
    return said[:1].upper() + said[1:]


def rows(told: Sequence[Told], stages: Sequence[str], language: Language) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Give of every scenario, the baseline first, what it changes: its name, the place of a region, and the cells.

    The cells are the outcome, a stage by its title in `stages` or that the policy cannot say, and its figures. Outcomes
    of which nothing changes are left out.
    """
    before = told[0].outlook
    for one in told:
        for lane in range(len(before.regions)) if one.paired is not None else ():
            for place in range(len(stages) + 1):
                if one.paired is not None and _is_changed(one.paired, (before, one.outlook), lane, place):
                    outcome = stages[place] if place < len(stages) else _unknown(before, one.outlook, lane, language)
                    yield one.name, lane, (outcome, *figures(one.paired, lane, place, language))


def remarks(
    told: Sequence[Told], language: Language, *, lane: int | None = None, called: Callable[[str], str] = str
) -> Iterator[str]:
    """Say which scenarios are not compared with the baseline, and what of those that are no row says.

    `called` names a scenario for people.
    """
    baseline, *others = told
    for one in others:
        key = _remark(baseline.outlook, one, lane)
        if key:
            yield word(key, language, scenario=called(one.name), most=str(MOST_REGIONS))


def _remark(before: Outlook, one: Told, lane: int | None) -> str:
    after = one.outlook
    if one.paired is None:
        return "regions" if (before.first, before.weeks) == (after.first, after.weeks) else "horizon"
    lanes = range(len(before.regions)) if lane is None else (lane,)
    outcomes = range(one.paired.before.shape[1])
    if any(_is_changed(one.paired, (before, after), at, place) for at in lanes for place in outcomes):
        return ""
    looked_at = ("stage", "entered", "recommended", "undetermined")
    is_same = all(alike(before, after, name, lanes) for name in looked_at)
    return "same" if is_same else "weeks differ"


def _is_changed(paired: Paired, outlooks: tuple[Outlook, Outlook], lane: int, place: int) -> bool:
    """Say whether an outcome is that of other draws; that the policy cannot say, also whether of other weeks."""
    if paired.more[lane, place] or paired.less[lane, place]:
        return True
    return place == len(paired.stages) and not alike(*outlooks, "undetermined", (lane,))


def _unknown(before: Outlook, after: Outlook, lane: int, language: Language) -> str:
    means = {
        key: rounded(float(one.undetermined[:, lane].sum()) / one.draws, language)
        for key, one in (("before", before), ("after", after))
    }
    return word("unknown", language, **means)


def figures(paired: Paired, lane: int, place: int, language: Language) -> tuple[str, str, str, str]:
    """Give the probability in percent before and after, the difference in points, and its interval."""
    before = float(paired.before[lane, place] / paired.draws)
    difference = float(paired.difference[lane, place])

    def points(part: float) -> str:
        return rounded(100 * part, language)

    after = round(before + difference, 12)
    interval = word("to", language).join(points(float(end[lane, place])) for end in paired.interval)
    return percent(before, language), percent(after, language), points(difference), interval
