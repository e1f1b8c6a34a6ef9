"""The weeks of each stage, the changes of stage and the shortest stay over the draws, as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from escalation.documents.charts.wording import percent
from escalation.documents.report import phrases
from escalation.documents.report.asked import Told
from escalation.documents.report.model import Table
from escalation.policy.values import Language
from escalation.policy.wording import number, phrase, rounded
from escalation.whatif.outcomes import Kind
from escalation.whatif.outlook import Outlook
from escalation.whatif.spreads import PERCENTS, Spread, spreads

WORDS = {
    "title": (
        "Over the draws: mean, what 5, 50 and 95 percent of them do not exceed, and the percent with any",
        "Atas semua undian: rata-rata, angka yang tidak dilampaui 5, 50 dan 95 persennya, dan persen yang mengalaminya",
    ),
    "short title": (
        "{region}: weeks in force, changes of stage and shortest stay over the draws",
        "{region}: minggu berlaku, perubahan tahap, dan masa terpendek atas semua undian",
    ),
    "all regions": (
        "Strictest stage, changes of stage and shortest stay over the draws: {scenario}",
        "Tahap paling ketat, perubahan tahap, dan masa terpendek atas semua undian: {scenario}",
    ),
    "quantiles": (
        "At 5, 50 (median) and 95 % stand the least numbers that at least so many percent of the draws do not exceed.",
        "Pada 5, 50 (median) dan 95 %: angka terkecil yang tidak dilampaui sekurang-kurangnya sekian persen undian.",
    ),
    "stay": (
        "Shortest stay: of a stage that takes effect and is left in these weeks; a draw without one counts as longer.",
        "Masa terpendek: tahap yang mulai dan berakhir dalam minggu-minggu ini; undian tanpa itu dihitung lebih lama.",
    ),
    "elsewhere": (
        "The weeks in each stage of a region: --region NAME, --format json, or the sheet `numbers` of --out FILE.xlsx.",
        "Minggu tiap tahap suatu wilayah: --region NAMA, --format json, atau lembar `numbers` dari --out BERKAS.xlsx.",
    ),
    "of": ("counted", "yang dihitung"),
    "mean": ("mean", "rata-rata"),
    "any": ("any", "ada"),
    "any-percent": ("any, % of the draws", "ada, % undian"),
    "half": ("median", "median"),
    Kind.WEEKS: ("{stage}, weeks", "{stage}, minggu"),
    Kind.CHANGES: ("changes of stage", "perubahan tahap"),
    Kind.SHORTEST_STAY: ("shortest stay, weeks", "masa terpendek, minggu"),
}  # fmt: skip
NONE = "–"


def word(key: str, language: Language, **filled: str) -> str:
    """Give a word of the table."""
    return phrase(WORDS, key, language, **filled)


def headed(key: str, language: Language) -> str:
    """Give the head of a column with a capital letter."""
    said = word(key, language)
    return said[:1].upper() + said[1:]


def said(language: Language) -> tuple[str, str]:
    """Say what a quantile is, and what the shortest stay."""
    return word("quantiles", language), word("stay", language)


def percents() -> Iterator[str]:
    """Give the heads of the quantiles."""
    return (f"{one} %" for one in PERCENTS)


def rows(outlook: Outlook, lane: int, stages: Sequence[str], language: Language) -> Iterator[tuple[str, ...]]:
    """Give a row for each number of a region: its name, mean, quantiles, and the percent of the draws with any."""
    for one in spreads(outlook, lane):
        name = word(one.of, language, stage="" if one.rank is None else stages[one.rank])
        yield name, *_figures(one, language), percent(one.share, language)


def _figures(one: Spread, language: Language) -> Iterator[str]:
    yield NONE if one.mean is None else rounded(one.mean, language)
    yield from (NONE if quantile is None else number(quantile, language) for quantile in one.quantiles)


def in_short(outlook: Outlook, lane: int, language: Language) -> tuple[str, str, str]:
    """Give the percent of the draws with any week in the strictest stage, and the medians of changes and of stays."""
    *_, strictest, changes, stay = spreads(outlook, lane)
    return percent(strictest.share, language), _median(changes, language), _median(stay, language)


def _median(one: Spread, language: Language) -> str:
    return NONE if one.median is None else number(one.median, language)


def short_heads(strictest: str, language: Language) -> tuple[str, str, str]:
    """Give the heads of what `in_short` gives."""
    changes, stay = (f"{word(name, language)}, {word('half', language)}" for name in (Kind.CHANGES, Kind.SHORTEST_STAY))
    return f"{strictest}: {word('any-percent', language)}", changes, stay


def table(
    told: Sequence[Told], lane: int, stages: Sequence[str], language: Language, *, called: Callable[[str], str]
) -> Table:
    """Give the rows of a region, scenario by scenario; `called` names a scenario for people."""
    heads = (headed("of", language), headed("mean", language), *percents(), headed("any-percent", language))
    return Table(
        title=word("short title", language, region=told[0].outlook.regions[lane]),
        columns=(phrases.phrase("scenario", language), *heads),
        rows=tuple((called(one.name), *row) for one in told for row in rows(one.outlook, lane, stages, language)),
        numbers=frozenset(range(2, 1 + len(heads))),
    )


def table_of_all(
    one: Told, lanes: Sequence[int], strictest: str, language: Language, *, called: Callable[[str], str]
) -> Table:
    """Give a row for each region: the weeks of the strictest stage, and the medians of changes and of stays."""
    weeks = word(Kind.WEEKS, language, stage=strictest)
    any_week, *medians = short_heads(strictest, language)
    heads = (
        *(f"{weeks}: {figure}" for figure in (word("mean", language), *percents())),
        any_week,
        *(one[:1].upper() + one[1:] for one in medians),
    )
    return Table(
        title=word("all regions", language, scenario=called(one.name)),
        columns=(phrases.phrase("region", language), *heads),
        rows=tuple((one.outlook.regions[lane], *_strictest(one.outlook, lane, language)) for lane in lanes),
        numbers=frozenset(range(1, 1 + len(heads))),
    )


def _strictest(outlook: Outlook, lane: int, language: Language) -> tuple[str, ...]:
    *_, weeks, _, _ = spreads(outlook, lane)
    return *_figures(weeks, language), *in_short(outlook, lane, language)
