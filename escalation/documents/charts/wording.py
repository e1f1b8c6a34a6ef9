"""What pictures say of themselves, in English and Indonesian."""

from __future__ import annotations

import math
from datetime import date

from escalation.periods import Week
from escalation.policy.values import Language
from escalation.policy.wording import MONTHS, number, phrase

TEXTS: dict[str, tuple[str, str]] = {
    "week": ("Week, and its last day", "Minggu, dan hari terakhirnya"),
    "recorded": ("on record", "tercatat"),
    "median": ("median", "median"),
    "band": ("{percent} % of the paths", "{percent} % lintasan"),
    "samples": ("some of the paths", "beberapa lintasan"),
    "share": ("share of the draws", "bagian dari semua undian"),
    "cannot": ("the policy cannot say", "kebijakan belum dapat menentukan"),
    "no-data": ("no week evaluated", "tidak ada minggu yang dievaluasi"),
    "within": ("{percent} % within {weeks}", "{percent} % dalam {weeks}"),
    "never": (
        "not within the horizon: in fewer than 10 % of the draws",
        "tidak dalam jangkauan: pada kurang dari 10 % undian",
    ),
    "never-half": ("in fewer than half of the draws", "pada kurang dari separuh undian"),
    "beyond": ("later, or never", "lebih lambat, atau tidak pernah"),
    "span": ("from P10 to P90 of the draws", "dari P10 sampai P90 semua undian"),
    "half": ("P50: half of the draws by then", "P50: separuh undian sampai saat itu"),
    "present": ("at present: {value}", "sekarang: {value}"),
    "present-outcome": ("as at present: {value}", "seperti sekarang: {value}"),
    "answer": ("answer: {value}", "jawaban: {value}"),
    "lower": ("with the lower value", "dengan nilai yang lebih rendah"),
    "higher": ("with the higher value", "dengan nilai yang lebih tinggi"),
    "farther": ("farther with a value in between", "lebih jauh dengan nilai di antaranya"),
    "changes-nothing": ("changes nothing", "tidak mengubah apa pun"),
    "no-limit": ("no limit in the pack", "tidak ada batas waktu dalam paket"),
    "no-day": ("the day is not known", "tanggalnya tidak diketahui"),
    "limit-sure": ("limit of the law", "batas waktu menurut hukum"),
    "limit-doubtful": ("limit, not confirmed", "batas waktu, belum dipastikan"),
    "range": ("range to plan with, no limit", "rentang perencanaan, bukan batas waktu"),
    "usual": ("usually", "biasanya"),
    "only-rows": (
        "{shown} of {all} regions are shown; the others are in summary.csv.",
        "{shown} dari {all} wilayah ditampilkan; yang lain ada dalam summary.csv.",
    ),
    "chance": ("chance {low} to {high} %", "peluang {low} sampai {high} %"),
    "chance.least": ("chance below {high} %", "peluang di bawah {high} %"),
    "chance.most": ("chance {low} % and more", "peluang {low} % ke atas"),
    "came-true": ("came true by the figures on record", "terjadi menurut angka yang tercatat"),
    "cannot-on-record": (
        "the policy cannot say by the figures on record",
        "kebijakan belum dapat menentukan menurut angka yang tercatat",
    ),
    "cannot-often": (
        "the policy cannot say in half of the draws or more",
        "kebijakan belum dapat menentukan pada separuh undian atau lebih",
    ),
    "not-on-record": ("not on record yet: not known", "belum tercatat: belum diketahui"),
    "said.crosses": (
        "{outcome}: {regions} regions, {first} to {last}. Came true in {true} of {recorded} region-weeks on record.",
        "{outcome}: {regions} wilayah, {first} sampai {last}. Terjadi pada {true} dari {recorded} minggu-wilayah.",
    ),
    "said.fan": (
        "{metric}, in {unit}. In {last} the median is {median}; {percent} % of the paths are from {low} to {high}.",
        "{metric}, dalam {unit}. Pada {last} mediannya {median}; {percent} % lintasan dari {low} sampai {high}.",
    ),
    "said.shares": (
        "Share of the draws in each stage by week. In {first}: {begins}. In {last}: {ends}.",
        "Bagian undian pada tiap tahap per minggu. Pada {first}: {begins}. Pada {last}: {ends}.",
    ),
    "said.firsts": ("First weeks within {weeks}. {rows}.", "Minggu pertama dalam {weeks}. {rows}."),
    "said.heat": (
        "{outcome} by {x}, from {x_low} to {x_high}, and {y}, from {y_low} to {y_high}: {low} to {high}.",
        "{outcome} menurut {x}, {x_low} sampai {x_high}, dan {y}, {y_low} sampai {y_high}: {low} sampai {high}.",
    ),
    "said.grid": ("{outcome}. {rows}.", "{outcome}. {rows}."),
    "said.curves": (
        "{outcome} by {x}, from {x_low} to {x_high}. {rows}.",
        "{outcome} menurut {x}, dari {x_low} sampai {x_high}. {rows}.",
    ),
    "only-first": (
        "The first {shown} of {all} are shown; all stand in the table.",
        "{shown} yang pertama dari {all} ditampilkan; semuanya ada di tabel.",
    ),
    "said.bars": ("{outcome}. {rows}.", "{outcome}. {rows}."),
    "said.tornado": (
        "{outcome}, at present {present}, when one number is changed. {rows}.",
        "{outcome}, sekarang {present}, bila satu angka diubah. {rows}.",
    ),
    "said.gantt": (
        "From {start}. Latest days: {limits}. Without a limit: {without}.",
        "Sejak {start}. Hari terakhir: {limits}. Tanpa batas waktu: {without}.",
    ),
    "said.range": (
        "{label}: at the earliest {least}, usually {usual}, at the latest {most}.",
        "{label}: paling cepat {least}, biasanya {usual}, paling lambat {most}.",
    ),
    "said.strip": (
        "Stage of {regions} regions in the weeks {first} to {last}. In {last}: {ends}.",
        "Tahap {regions} wilayah pada minggu {first} sampai {last}. Pada {last}: {ends}.",
    ),
    "said.episode": (
        "{metric}, in {unit}, from {first} to {last}, against {thresholds}. Stages: {stages}.",
        "{metric}, dalam {unit}, dari {first} sampai {last}, terhadap {thresholds}. Tahap: {stages}.",
    ),
}

GREATEST = 1e12
"""Greater figures are written as powers of ten: their digits would fill the picture."""


def say(key: str, language: Language, **facts: str) -> str:
    """Give a text in a language."""
    return phrase(TEXTS, key, language, **facts)


def figure(value: float, language: Language, *, decimals: int | None = None) -> str:
    """Write a figure: as `number` does, great ones as powers of ten.

    >>> figure(2016006, Language.INDONESIAN), figure(2.5e15, Language.INDONESIAN)
    ('2.016.006', '2,5e+15')
    """
    if math.isnan(value):
        return "–"
    if abs(value) < GREATEST:
        return number(value, language, decimals=decimals)
    text = f"{value:.3g}"
    return text.replace(".", ",") if language is Language.INDONESIAN else text


def percent(share: float, language: Language) -> str:
    """Write a share as whole percent, with a decimal near the ends, and never 0 or 100 for what is neither.

    >>> percent(0.5, Language.ENGLISH), percent(0.0004, Language.ENGLISH), percent(0.9999, Language.INDONESIAN)
    ('50', '<0.1', '>99,9')
    """
    shown = share * 100
    if shown in (0, 100):
        return f"{shown:.0f}"
    if not 0.1 <= shown <= 99.9:  # noqa: PLR2004 - of one decimal
        text = "<0.1" if shown < 50 else ">99.9"  # noqa: PLR2004 - the nearer end
    else:
        text = f"{shown:.0f}" if 1 <= shown <= 99 else f"{shown:.1f}"  # noqa: PLR2004 - as the first line says
    return text.replace(".", ",") if language is Language.INDONESIAN else text


def short_day(week: Week, language: Language) -> str:
    """Write the last day of a week shortly.

    >>> from escalation.periods import Calendar
    >>> short_day(Week.parse("2021-W33", Calendar.ISO), Language.INDONESIAN)
    '22 Agu 2021'
    """
    return day_text(week.last_day, language)


def day_text(day: date, language: Language) -> str:
    """Write a day shortly.

    >>> day_text(date(2021, 8, 22), Language.ENGLISH)
    '22 Aug 2021'
    """
    return f"{day.day} {MONTHS[language][day.month - 1][:3]} {day.year}"
