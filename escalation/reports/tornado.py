"""A tornado for people and machines: how far each single number moves one outcome, the longest first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from escalation.documents.report.model import Cell
from escalation.evaluation.sentences import Speaker
from escalation.policy.values import Language
from escalation.policy.wording import exactly, number, phrase, rounded, weeks
from escalation.reports import flip
from escalation.reports.basis import head
from escalation.reports.ground import Ground, ground_record, supposed, weeks_of
from escalation.reports.json_text import json_text
from escalation.reports.outcomes import NEVER, plain, shown, title, unit
from escalation.reports.records import table
from escalation.reports.text import columns
from escalation.whatif.outcomes import Kind
from escalation.whatif.seek import Tried
from escalation.whatif.swings import Swing
from escalation.whatif.tipping import written
from escalation.whatif.tornado import Tornado

COLUMNS = ("number", "sort", "unit", "at", "value", "outcome", "difference", "interval_low", "interval_high", "exact")
SHEET = tuple(
    (name, str if name in ("number", "sort", "unit", "at", "outcome", "exact") else float) for name in COLUMNS
)
PHRASES = {
    "alone": (
        "Each number is changed alone. How far is an assumption of whoever asks: lengths of time by {weeks},",
        "Setiap angka diubah sendirian. Seberapa jauh adalah asumsi penanya: jangka waktu sebesar {weeks},",
    ),
    "by": (
        "thresholds by {percent} % of their range, or of themselves where they have none",
        "ambang sebesar {percent} % dari rentangnya, atau dari nilainya bila tanpa rentang",
    ),
    "present": ("At present: {value}", "Sekarang: {value}"),
    "number": ("Number, the longest swing first", "Angka, ayunan terpanjang lebih dahulu"),
    "now": ("now", "kini"),
    "lower": ("lower", "lebih rendah"),
    "higher": ("higher", "lebih tinggi"),
    "least": ("least", "terendah"),
    "greatest": ("greatest", "tertinggi"),
    "as-now": ("as now", "seperti kini"),
    "at": ("{outcome} with {value}", "{outcome} dengan {value}"),
    "interval": ("{told} ({low} to {high})", "{told} ({low} sampai {high})"),
    "lag": (
        "Weeks from recommendation to effect (`adopt.lag`)",
        "Minggu dari rekomendasi sampai berlaku (`adopt.lag`)",
    ),
    "still": ("Change nothing: {numbers}", "Tidak mengubah apa pun: {numbers}"),
    "none": ("No number changes it as far as that.", "Tidak ada angka yang mengubahnya sejauh itu."),
    "held": (
        "Changed less, to the end of their range: {numbers}",
        "Diubah lebih sedikit, sampai ujung rentangnya: {numbers}",
    ),
    "refused": ("{number} is not {value}: {reason}", "{number} tidak dijadikan {value}: {reason}"),
    "never": ("never", "tidak pernah"),
    "no-stay": ("no stay", "tidak ada"),
    "fixed": (
        "Not changed, being 0 and without a range: {numbers}",
        "Tidak diubah, karena nilainya 0 dan tanpa rentang: {numbers}",
    ),
    "exact": (
        "Exact: every value between the ends at which a comparison comes out otherwise was tried.",
        "Persis: setiap nilai di antara kedua ujung yang mengubah suatu perbandingan telah dicoba.",
    ),
    "ends": (
        "Of these thresholds the ends alone were tried, there being too many values between: {numbers}",
        "Dari ambang ini hanya ujungnya yang dicoba, karena terlalu banyak nilai di antaranya: {numbers}",
    ),
    "ahead": (
        "All values meet the same draws. Of thresholds the ends are tried, of lengths of time every week between.",
        "Semua nilai memakai undian yang sama. Untuk ambang dicoba kedua ujungnya, untuk jangka waktu setiap minggu.",
    ),
    "intervals": (
        "In brackets: the 95 % interval of the difference from the present, in percentage points.",
        "Dalam kurung: selang 95 % selisih dari keadaan sekarang, dalam poin persen.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Swung:
    """A tornado with what it rests on."""

    tornado: Tornado
    ground: Ground


def tornado_text(swung: Swung, speaker: Speaker) -> str:
    """Print the outcome at present, and a row for each number that moves it."""
    tornado, language = swung.tornado, speaker.language
    present = phrase(PHRASES, "present", language, value=_outcome(tornado.present, swung, speaker))
    rows = [*swing_rows(swung, speaker)]
    lines = [
        *head(swung.ground.basis, speaker),
        *said(swung, speaker),
        "",
        title(tornado.outcome, speaker),
        present,
        "",
    ]
    lines += columns(rows) if len(rows) > 1 else [phrase(PHRASES, "none", language)]
    lines += ["", *notes(swung, speaker), swung.ground.retraced.told(language), "", speaker.say("decides"), ""]
    return "\n".join(lines)


def present(swung: Swung, speaker: Speaker) -> str:
    """Say what the outcome is at present."""
    return phrase(PHRASES, "present", speaker.language, value=_outcome(swung.tornado.present, swung, speaker))


def said(swung: Swung, speaker: Speaker) -> Iterator[str]:
    """Say what a tornado rests on, a sentence each."""
    language, tornado = speaker.language, swung.tornado
    yield weeks_of(swung.ground, speaker)
    alone = phrase(PHRASES, "alone", language, weeks=weeks(tornado.by_weeks, language))
    yield f"{alone} {phrase(PHRASES, 'by', language, percent=number(round(100 * tornado.by, 9), language))}"
    yield from supposed(swung.ground, speaker)


def label(swing: Swing, speaker: Speaker) -> str:
    """Name a number for people."""
    of = swing.reach.number
    return phrase(PHRASES, "lag", speaker.language) if of is None else flip.label(of, speaker)


def _unit(swing: Swing, speaker: Speaker) -> str | None:
    return "weeks" if swing.reach.number is None else flip.unit(swing.reach.number, speaker)


def value_of(value: float, swing: Swing, speaker: Speaker) -> str:
    """Write a value shortly, where that is still one with the same outcome."""
    return exactly(_short(value, swing), _unit(swing, speaker), speaker.language)


def _short(value: float, swing: Swing) -> float:
    """Give a value between the ends as people write it; exact ones, next to where a comparison changes, are long."""
    reach = swing.reach
    if reach.is_weeks or value in (reach.present, reach.low, reach.high):
        return value
    outward = swing.tried if value > reach.present else swing.tried[::-1]
    values = [one.value for one in outward]
    place = values.index(value)
    last = next((one.value for one in outward[place:] if one.outcome != outward[place].outcome), math.inf)

    def holds(short: float) -> bool:
        return abs(short - reach.present) < abs(last - reach.present) and reach.low <= short <= reach.high

    return written(-math.inf if value > reach.present else math.inf, value, present=reach.present, holds=holds)


def _outcome(value: float, swung: Swung, speaker: Speaker) -> str:
    """Print an outcome with its unit."""
    kind, language = swung.tornado.outcome.kind, speaker.language
    if math.isinf(value):
        return never(kind, language)
    text = shown(kind, value, swung.tornado.start, language)
    return f"{text} {unit(kind, language)}".strip()


def never(kind: Kind, language: Language) -> str:
    """Say that a week is not reached, or that there is no stay."""
    return phrase(PHRASES, "never" if kind is Kind.FIRST else "no-stay", language)


def swing_rows(swung: Swung, speaker: Speaker) -> Iterator[list[str]]:
    """Give a heading, and a row for each number that moves the outcome."""
    keys = ("number", "now", "lower", "higher", "least", "greatest")
    yield [phrase(PHRASES, key, speaker.language) for key in keys]
    for swing in swung.tornado.swings:
        if swing.span:
            yield [
                label(swing, speaker),
                value_of(swing.reach.present, swing, speaker),
                *(_end(one, swing, swung, speaker) for one in (swing.lower, swing.higher)),
                *(_reached(one, swing, swung, speaker) for one in (swing.least, swing.greatest)),
            ]


def _end(end: Tried | None, swing: Swing, swung: Swung, speaker: Speaker) -> str:
    """Tell the outcome at an end, with the interval of the difference where there is one."""
    if end is None:
        return NEVER
    told = _told(end, swing, swung, speaker)
    if end.value not in swing.intervals:
        return told
    low, high = (rounded(100 * one, speaker.language) for one in swing.intervals[end.value])
    return phrase(PHRASES, "interval", speaker.language, told=told, low=low, high=high)


def _reached(one: Tried, swing: Swing, swung: Swung, speaker: Speaker) -> str:
    """Tell the outcome that is least or greatest, with the value nearest to the present one."""
    if one.value == swing.reach.present:
        return phrase(PHRASES, "as-now", speaker.language)
    return _told(one, swing, swung, speaker)


def _told(one: Tried, swing: Swing, swung: Swung, speaker: Speaker) -> str:
    outcome, value = _outcome(one.outcome, swung, speaker), value_of(one.value, swing, speaker)
    return phrase(PHRASES, "at", speaker.language, outcome=outcome, value=value)


def notes(swung: Swung, speaker: Speaker) -> Iterator[str]:
    """Say what does not move it, and what was not tried as far."""
    language, swings = speaker.language, swung.tornado.swings
    lists = {
        "still": [one for one in swings if not one.span and len(one.tried) > 1],
        "held": [one for one in swings if one.reach.is_held and one.span],
        "fixed": [one for one in swings if len(one.tried) == 1 and not one.reach.refused],
    }
    for key, found in lists.items():
        if found:
            yield phrase(PHRASES, key, language, numbers=", ".join(label(one, speaker) for one in found))
    for one in swings:
        for refused in one.reach.refused:
            value = exactly(refused.value, _unit(one, speaker), language)
            reason = refused.reason[language is Language.INDONESIAN]
            yield phrase(PHRASES, "refused", language, number=label(one, speaker), value=value, reason=reason)
    if swung.ground.draws is not None:
        yield phrase(PHRASES, "ahead", language)
        if any(one.intervals and one.span for one in swings):
            yield phrase(PHRASES, "intervals", language)
    elif ends := [label(one, speaker) for one in swings if not one.is_exact]:
        yield phrase(PHRASES, "ends", language, numbers=", ".join(ends))
    else:
        yield phrase(PHRASES, "exact", language)


def tornado_rows(swung: Swung, speaker: Speaker) -> list[dict[str, Cell]]:
    """Give rows for each number: at present, at its ends, and where the outcome is least and greatest."""
    found = []
    for swing in swung.tornado.swings:
        places = ("present", "lower", "higher", "least", "greatest")
        for at, one in ((at, getattr(swing, at)) for at in places):
            if one is not None:
                found.append(_row(at, one, swing, swung, speaker))
    return found


def _row(at: str, one: Tried, swing: Swing, swung: Swung, speaker: Speaker) -> dict[str, Cell]:
    tornado = swung.tornado
    low, high = swing.intervals.get(one.value, (None, None))
    is_finite = math.isfinite(one.outcome) and math.isfinite(tornado.present)
    return {
        "number": swing.reach.name,
        "sort": swing.reach.number.sort.value if swing.reach.number is not None else "lag",
        "unit": _unit(swing, speaker),
        "at": at,
        "value": one.value,
        "outcome": plain(tornado.outcome.kind, one.outcome, tornado.start),
        "difference": one.outcome - tornado.present if is_finite else None,
        "interval_low": low,
        "interval_high": high,
        "exact": swing.is_exact,
    }


def tornado_csv(swung: Swung, speaker: Speaker) -> str:
    """Print the rows as CSV."""
    return table(COLUMNS, tornado_rows(swung, speaker))


def tornado_json(swung: Swung, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    tornado = swung.tornado
    return json_text(
        {
            **ground_record(swung.ground, speaker),
            "outcome": {"kind": tornado.outcome.kind.value, "stage": tornado.outcome.stage},
            "present": plain(tornado.outcome.kind, tornado.present, tornado.start),
            "by": tornado.by,
            "by_weeks": tornado.by_weeks,
            "supposed": [*said(swung, speaker)],
            "notes": [*notes(swung, speaker)],
            "rows": tornado_rows(swung, speaker),
        }
    )
