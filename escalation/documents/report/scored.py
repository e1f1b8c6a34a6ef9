"""What is said of forecasts from past weeks and of what came, and their scores as tables, for all readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from escalation.documents.charts.wording import percent
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import MOST_DECIMALS, day, listed, number, phrase, rounded, stage_title
from escalation.whatif.hindcast import Hindcast
from escalation.whatif.remarks import remarks
from escalation.whatif.scores import BINS, Score
from escalation.whatif.week_outcomes import WeekKind, WeekOutcome

BRIER_DECIMALS = 3
WORDS = {
    "at-least": ("{stage} or stricter in force", "{stage} atau lebih ketat berlaku"),
    "at-least.last": ("{stage} in force", "{stage} berlaku"),
    "recommended": ("{stage} recommended by then", "{stage} sudah direkomendasikan"),
    "origin": (
        "Forecast from what was known by the end of {origin} ({day}): {first} to {last}; weeks on record: {recorded}.",
        "Prakiraan dari yang diketahui pada akhir {origin} ({day}): {first} sampai {last}; {recorded} tercatat.",
    ),
    "origins": (
        "Weeks of origin: {count}, the first {first}; methods, past coverage and conditions are those of the last one.",
        "Minggu asal: {count}, yang pertama {first}; metode, cakupan masa lalu, dan syarat adalah milik yang terakhir.",
    ),
    "came": (
        "What came: the figures on record, replayed from the stages in force then by the same rule and assumptions.",
        "Kenyataan: angka tercatat diputar ulang dari tahap yang berlaku saat itu, dengan aturan dan asumsi yang sama.",
    ),
    "followed": (
        "No stage was on record by then: the policy is taken to have been followed since the first week of the data.",
        "Belum ada tahap yang tercatat saat itu: kebijakan dianggap diikuti sejak minggu pertama data.",
    ),
    "not the same": (
        "Without --from, `forecast` takes the first stage where none is on record: the two are not the same forecast.",
        "Tanpa --from, `forecast` memakai tahap pertama bila belum ada catatan: keduanya bukan prakiraan yang sama.",
    ),
    "followed.of": (
        "Taken to have followed the policy since the first week of the data, having no stage on record: {regions}.",
        "Dianggap mengikuti kebijakan sejak minggu pertama data, karena tahapnya belum tercatat saat itu: {regions}.",
    ),
    "undated": (
        "Figures without a date of publication count as known from their week on, as they are on record now.",
        "Angka tanpa tanggal terbit dianggap diketahui sejak minggunya, sebagaimana tercatat sekarang.",
    ),
    "left out": ("{origin}: nothing was known of {regions}.", "{origin}: belum ada yang diketahui tentang {regions}."),
    "settled": (
        "Not scored while the stage was known for certain: the first week, and until a later decision can be in force.",
        "Tidak dinilai selama tahapnya sudah pasti: minggu pertama, dan sampai keputusan berikutnya dapat berlaku.",
    ),
    "carried": (
        "“Nothing changes”: the stage of then goes on, but for decisions that were on record.",
        "“Tidak ada yang berubah”: tahap saat itu berlanjut, kecuali keputusan yang sudah tercatat.",
    ),
    "ending": (
        "By the end of {origin} the data end before {week} in: {regions}.",
        "Sampai akhir {origin} data berakhir sebelum {week} di: {regions}.",
    ),
    "dependent": (
        "Intervals are too narrow: region-weeks of an origin share its surprises (weeks of origin: {origins}).",
        "Selang terlalu sempit: minggu-wilayah dari satu minggu asal berbagi kejutan (minggu asal: {origins}).",
    ),
    "brier": (
        "Brier score: the mean square of the chance less what came (1 or 0); the smaller the better, 0 is perfect.",
        "Skor Brier: rata-rata kuadrat peluang dikurangi kenyataan (1 atau 0); makin kecil makin baik, 0 sempurna.",
    ),
    "scores": ("Scores", "Skor"),
    "summary": (
        "Brier score, beside that of “nothing changes”",
        "Skor Brier, dibandingkan dengan “tidak ada yang berubah”",
    ),
    "better": (
        "{outcome}: better than “nothing changes” by the Brier score, {score} beside {unchanged}.",
        "{outcome}: lebih baik daripada “tidak ada yang berubah” menurut skor Brier, {score} banding {unchanged}.",
    ),
    "worse": (
        "{outcome}: worse than “nothing changes” by the Brier score, {score} beside {unchanged}.",
        "{outcome}: lebih buruk daripada “tidak ada yang berubah” menurut skor Brier, {score} banding {unchanged}.",
    ),
    "alike": (
        "{outcome}: no better and no worse than “nothing changes” by the Brier score, {score}.",
        "{outcome}: sama baiknya dengan “tidak ada yang berubah” menurut skor Brier, {score}.",
    ),
    "nothing scored": ("{outcome}: nothing can be scored.", "{outcome}: tidak ada yang dapat dinilai."),
    "outcome": ("Outcome", "Hasil"),
    "region-weeks": ("Region-weeks", "Minggu-wilayah"),
    "true": ("Came true", "Terjadi"),
    "score": ("Brier score", "Skor Brier"),
    "unchanged": ("Nothing changes", "Tidak ada yang berubah"),
    "known": ("Known then", "Sudah pasti"),
    "cannot": ("Cannot say", "Tidak pasti"),
    "not on record": ("Not on record", "Belum tercatat"),
    "reliability": ("How often it came true: {outcome}", "Seberapa sering terjadi: {outcome}"),
    "chance": ("Chance", "Peluang"),
    "mean": ("Mean chance, %", "Rata-rata peluang, %"),
    "share": ("Came true, %", "Terjadi, %"),
    "interval": ("95 % interval, %", "Selang 95 %, %"),
    "range": ("{low}–{high} %", "{low}–{high} %"),
}
SCORES = ("outcome", "region-weeks", "true", "score", "unchanged", "known", "cannot", "not on record")
RELIABILITY = ("chance", "region-weeks", "mean", "true", "share", "interval")


def word(key: str, language: Language, **filled: str) -> str:
    """Give a word or a sentence."""
    return phrase(WORDS, key, language, **filled)


def called(policy: Policy, outcome: WeekOutcome, language: Language) -> str:
    """Name an outcome."""
    is_last = outcome.kind is WeekKind.AT_LEAST and outcome.stage == policy.stages[-1].name
    key = "at-least.last" if is_last else outcome.kind.value
    return word(key, language, stage=stage_title(policy, outcome.stage, language))


def origin_said(one: Hindcast, language: Language) -> str:
    """Say from what a forecast was made, and of which weeks."""
    first, origin = one.outlook.first, one.then.origin
    return word(
        "origin",
        language,
        origin=str(origin),
        day=day(origin.last_day, language),
        first=str(first),
        last=str(first + (one.outlook.weeks - 1)),
        recorded=number(int(one.on_record.any(axis=1).sum()), language),
    )


def origins_said(found: Sequence[Hindcast], language: Language) -> Iterator[str]:
    """Say from what the forecast of the last week of origin was made, and how many there are."""
    yield origin_said(found[-1], language)
    if len(found) > 1:
        yield word("origins", language, count=number(len(found), language), first=str(found[0].then.origin))


def supposed(found: Sequence[Hindcast], outcomes: Sequence[WeekOutcome], language: Language) -> Iterator[str]:
    """Say what is supposed of the stages and of the figures, and what the scores do not say."""
    yield from (remark.in_language(language) for remark in remarks(found[-1].course))
    yield word("came", language)
    if followed := {region: None for one in found for region in one.then.followed if region in one.outlook.regions}:
        is_all = all({*one.outlook.regions} <= {*one.then.followed} for one in found)
        yield word("followed" if is_all else "followed.of", language, regions=listed(followed, language))
        yield word("not the same", language)
    if not all(one.then.is_dated for one in found):
        yield word("undated", language)
    if ending := found[-1].ending:
        named = listed([f"{region} ({week})" for region, week in ending.items()], language)
        last = found[-1].outlook.first + -1
        yield word("ending", language, origin=str(found[-1].then.origin), week=str(last), regions=named)
    for one in found:
        if one.left_out:
            yield word("left out", language, origin=str(one.then.origin), regions=listed(one.left_out, language))
    if any(outcome.kind is WeekKind.AT_LEAST for outcome in outcomes):
        yield word("settled", language)
    yield word("carried", language)
    yield word("brier", language)
    yield word("dependent", language, origins=number(len(found), language))


def score_rows(policy: Policy, scores: Sequence[Score], language: Language) -> list[tuple[str, ...]]:
    """Give the cells of the table `SCORES`, a row for each outcome."""
    return [
        (
            called(policy, one.outcome, language),
            number(one.region_weeks, language),
            number(one.true, language),
            *(_brier(value, language) for value in (one.brier, one.unchanged)),
            number(one.settled, language),
            number(one.cannot_say, language),
            number(one.not_on_record, language),
        )
        for one in scores
    ]


def _brier(value: float | None, language: Language) -> str:
    return "–" if value is None else rounded(value, language, decimals=BRIER_DECIMALS)


def compared(policy: Policy, scores: Sequence[Score], language: Language) -> Iterator[str]:
    """Say of each outcome whether the forecasts scored better than that nothing changes."""
    for one in scores:
        outcome = called(policy, one.outcome, language)
        if one.brier is None or one.unchanged is None:
            yield word("nothing scored", language, outcome=outcome)
            continue
        score, unchanged = _apart(one.brier, one.unchanged, language)
        yield word(one.comparison or "alike", language, outcome=outcome, score=score, unchanged=unchanged)


def _apart(score: float, unchanged: float, language: Language) -> tuple[str, str]:
    """Print two scores with as many decimals as tell them apart, three at least."""
    pairs = (
        (rounded(score, language, decimals=decimals), rounded(unchanged, language, decimals=decimals))
        for decimals in range(BRIER_DECIMALS, MOST_DECIMALS + 1)
    )
    usual = next(pairs)
    return usual if usual[0] != usual[1] else next((one for one in pairs if one[0] != one[1]), usual)


def reliability_rows(score: Score, language: Language) -> list[tuple[str, ...]]:
    """Give the cells of the table `RELIABILITY`, a row for each tenth with region-weeks."""
    return [
        (
            word("range", language, low=str(one.low), high=str(one.low + 100 // BINS)),
            number(one.region_weeks, language),
            percent(one.chance, language),
            number(one.true, language),
            percent(one.true / one.region_weeks, language),
            "–".join(percent(end, language) for end in one.interval),
        )
        for one in score.bins
    ]
