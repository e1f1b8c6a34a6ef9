"""Numbers, dates and titles as people of a language write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from escalation.policy.metrics import PERCENT
from escalation.policy.model import Policy
from escalation.policy.values import Language, Wording

MONTHS = {
    Language.ENGLISH: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    Language.INDONESIAN: (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
}  # fmt: skip
UNITS: Mapping[str, str] = {
    "people": "orang",
    "people a week": "orang seminggu",
    "percentage points": "poin persen",
    "weeks": "minggu",
}
"""Units that Indonesian readers are shown in their language; others stay as the file writes them."""

USUAL_DECIMALS = 2
MOST_DECIMALS = 12
MOST_SHARED = 9
FLOAT_NOISE = 1e-9
"""What a difference of two rounded numbers may be off."""


SINGULAR = {
    "weeks": "week",
    "draws leave": "draw leaves",
    "draws": "draw",
    "values were": "value was",
    "values at the ends agree": "value at the ends agrees",
    "random paths agree": "random path agrees",
    "region-weeks are": "region-week is",
    "regions without a stage on record are": "region without a stage on record is",
    "regions are shown": "region is shown",
    "regions": "region",
    "stages": "stage",
    "months": "month",
    "origins": "origin",
    "cases": "case",
    "figures or rows": "figure or row",
    "figures": "figure",
    "chunks": "chunk",
}
"""What is counted, as it stands behind a number of one."""
PLURAL = re.compile(rf"\{{(\w+)\}} ({'|'.join(SINGULAR)})\b")

Phrases = Mapping[str, tuple[str, str]]
"""Sentences by key, English and Indonesian; braces hold what is filled in, ready printed."""


def phrase(phrases: Phrases, key: str, language: Language, **filled: object) -> str:
    """Give a sentence in a language.

    >>> phrase({"seen": ("{count} weeks of {of}", "{count} minggu dari {of}")}, "seen", Language.ENGLISH, count=1, of=2)
    '1 week of 2'
    """
    english, indonesian = phrases[key]
    if language is Language.INDONESIAN:
        return indonesian.format(**filled)
    return in_english(english, **filled)


def in_english(sentence: str, **filled: object) -> str:
    """Fill in an English sentence, in which what is counted right behind a number of one stands in the singular."""
    return PLURAL.sub(lambda found: _counted(found, filled), sentence).format(**filled)


def _counted(found: re.Match[str], filled: Mapping[str, object]) -> str:
    """Put a word into the singular where the number before it is one."""
    is_one = str(filled.get(found[1])) == "1"
    return f"{{{found[1]}}} {SINGULAR[found[2]] if is_one else found[2]}"


def counted(count: int, word: str) -> str:
    """Print a number with the English word for what is counted, given in the plural.

    >>> counted(1, "draws"), counted(2000, "draws")
    ('1 draw', '2,000 draws')
    """
    return f"{count:,} {SINGULAR[word] if count == 1 else word}"


def number(value: float, language: Language, *, decimals: int | None = None, apart_from: float | None = None) -> str:
    """Print a number: whole ones without decimals, others with two, or as many as keep it apart from a threshold.

    >>> number(1120590, Language.INDONESIAN), number(55.5846, Language.INDONESIAN), number(69.99961, Language.ENGLISH)
    ('1.120.590', '55,58', '70.00')
    >>> number(69.99961, Language.ENGLISH, apart_from=70)
    '69.99961'

    `decimals` are those of a metric that is rounded; a value with more, such as a difference, keeps the usual two.

    >>> number(12.9, Language.ENGLISH, decimals=1), number(12.95, Language.ENGLISH, decimals=1)
    ('12.9', '12.95')
    """
    places = 0 if value == int(value) else USUAL_DECIMALS
    if decimals is not None and abs(value - round(value, decimals)) <= FLOAT_NOISE:
        places = decimals
    if apart_from is not None and value != apart_from:
        while places < MOST_DECIMALS and round(value, places) == round(apart_from, places):
            places += 1
        if places > USUAL_DECIMALS:
            places = min(places + 1, MOST_DECIMALS)
    text = f"{value:,.{places}f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    return text.translate(str.maketrans(",.", ".,")) if language is Language.INDONESIAN else text


def rounded(value: float, language: Language, *, decimals: int = 1) -> str:
    """Print a number to so many decimals; what is not 0 is never printed as 0.

    >>> rounded(0.25, Language.INDONESIAN), rounded(0.0, Language.ENGLISH), rounded(0.03, Language.ENGLISH)
    ('0,2', '0.0', '<0.1')
    >>> rounded(-0.03, Language.ENGLISH), rounded(0.0004, Language.ENGLISH, decimals=3)
    ('>-0.1', '<0.001')
    """
    near = round(value, decimals)
    if near or not value:
        return number(near, language, decimals=decimals)
    least = number(10**-decimals, language, decimals=decimals)
    return f"<{least}" if value > 0 else f">-{least}"


def quantity(
    value: float,
    unit: str | None,
    language: Language,
    *,
    decimals: int | None = None,
    apart_from: float | None = None,
) -> str:
    """Print a number with its unit.

    >>> quantity(55.5846, "percent", Language.INDONESIAN), quantity(1120590, "people", Language.ENGLISH)
    ('55,58 %', '1,120,590 people')
    """
    text = number(value, language, decimals=decimals, apart_from=apart_from)
    if unit is None:
        return text
    return f"{text} {unit_text(unit, language)}"


def unit_text(unit: str, language: Language) -> str:
    """Print a unit: `%` for percent, the language's word where there is one."""
    if unit == PERCENT:
        return "%"
    return UNITS.get(unit, unit) if language is Language.INDONESIAN else unit


def weeks(count: int, language: Language) -> str:
    """Print a number of weeks.

    >>> weeks(1, Language.ENGLISH), weeks(2, Language.ENGLISH), weeks(2, Language.INDONESIAN)
    ('1 week', '2 weeks', '2 minggu')
    """
    if language is Language.INDONESIAN:
        return f"{count} minggu"
    return f"{count} week" if count == 1 else f"{count} weeks"


def day(when: date, language: Language) -> str:
    """Print a date in full.

    >>> day(date(2021, 9, 12), Language.INDONESIAN)
    '12 September 2021'
    """
    return f"{when.day} {MONTHS[language][when.month - 1]} {when.year}"


def shared_decimals(values: Iterable[float]) -> int:
    """Count the decimals with which all values print as they are: the numbers of an axis or of one column.

    >>> shared_decimals([5.0, 7.5, 10.0]), shared_decimals([0.0, 20000.0]), shared_decimals([0.1, 0.30000000000000004])
    (1, 0, 1)
    """
    known = [float(value) for value in values]
    greatest = max((abs(value) for value in known), default=0.0)
    for decimals in range(MOST_SHARED):
        if all(abs(round(value, decimals) - value) <= FLOAT_NOISE * greatest for value in known):
            return decimals
    return MOST_SHARED


def title(wording: Wording | None, name: str, language: Language) -> str:
    """Give a title in a language, or the name where the file has none."""
    return wording.in_language(language) if wording is not None else name


def stage_title(policy: Policy, name: str, language: Language) -> str:
    """Give the title of a stage."""
    return title(policy.stage(name).title, name, language)


def metric_title(policy: Policy, name: str, language: Language) -> str:
    """Give the title of a metric, or the name itself, of whatever else a message names."""
    metric = policy.metrics.get(name)
    return title(metric.title, name, language) if metric is not None else name


def role(name: str) -> str:
    """Give the name of a role as people read it.

    >>> role("DPRD-dan-Wali-Kota"), role("water_board")
    ('DPRD dan Wali Kota', 'water board')
    """
    return name.replace("-", " ").replace("_", " ")


def trigger_title(policy: Policy, name: str, language: Language) -> str:
    """Give the title of a trigger."""
    return title(policy.triggers[name].title, name, language)


MOST_LISTED = 5
"""So many names are listed in a sentence; of more their number is told, and JSON lists all."""


def listed(names: Collection[str], language: Language) -> str:
    """List names, of many the first five and how many more there are.

    >>> listed(["Bekasi Utara", "Medan Satria"], Language.ENGLISH), listed("ABCDEFG", Language.INDONESIAN)
    ('Bekasi Utara, Medan Satria', 'A, B, C, D, E dan 2 lagi')
    """
    some, more = ", ".join([*names][:MOST_LISTED]), len(names) - MOST_LISTED
    if more <= 0:
        return some
    and_, left = ("dan", "lagi") if language is Language.INDONESIAN else ("and", "more")
    return f"{some} {and_} {number(more, language)} {left}"


YES_NO = "yes or no"
"""Stands where units do, for a judgement: 1 is yes."""


def exactly(value: float, unit: str | None, language: Language) -> str:
    """Print a number with its unit, with all the decimals it is written with.

    >>> exactly(69.4735, "percent", Language.INDONESIAN), exactly(1, "weeks", Language.ENGLISH)
    ('69,4735 %', '1 week')
    >>> exactly(0, YES_NO, Language.INDONESIAN)
    'tidak'
    """
    if unit == YES_NO:
        english, indonesian = ("yes", "ya") if value else ("no", "tidak")
        return indonesian if language is Language.INDONESIAN else english
    if unit == "weeks":
        return weeks(int(value), language)
    exponent = Decimal(repr(value)).as_tuple().exponent if value != int(value) else 0
    return quantity(value, unit, language, decimals=-int(exponent))
