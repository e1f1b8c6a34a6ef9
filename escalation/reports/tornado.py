"""A tornado for people and machines: how far each single number moves one outcome, the longest first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from escalation.documents.report.model import Cell
from escalation.evaluation.sentences import Speaker
from escalation.policy.values import Language
from escalation.policy.wording import exactly, number, phrase, rounded, weeks
from escalation.reports import flip, unsaid
from escalation.reports.basis import head
from escalation.reports.ground import Ground, ground_record, supposed, weeks_of
from escalation.reports.json_text import json_text
from escalation.reports.outcomes import NEVER, decimals_apart, plain, shown, title, unit
from escalation.reports.records import table
from escalation.reports.text import columns
from escalation.whatif.outcomes import Kind
from escalation.whatif.seek import Tried
from escalation.whatif.swings import Swing
from escalation.whatif.tipping import written
from escalation.whatif.tips import HAIR
from escalation.whatif.tornado import Tornado

COLUMNS = (
    "number", "sort", "unit", "at", "value", "result", "difference", "interval_low", "interval_high", "exact",
    "undetermined",
)  # fmt: skip
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
    "least-tried": ("least tried", "terendah yang dicoba"),
    "greatest-tried": ("greatest tried", "tertinggi yang dicoba"),
    "still": ("Change nothing: {numbers}", "Tidak mengubah apa pun: {numbers}"),
    "still-tried": (
        "Change nothing with the values tried: {numbers}",
        "Tidak mengubah apa pun dengan nilai yang dicoba: {numbers}",
    ),
    "none": ("No number changes it as far as that.", "Tidak ada angka yang mengubahnya sejauh itu."),
    "held": (
        "Changed less, to the end of their range: {numbers}",
        "Diubah lebih sedikit, sampai ujung rentangnya: {numbers}",
    ),
    "refused": ("{number} is not {value}: {reason}", "{number} tidak dijadikan {value}: {reason}"),
    "later": ("later or never", "lebih lambat atau tidak pernah"),
    "longer": ("longer or none", "lebih lama atau tidak ada"),
    "later-record": (
        "Later or never: on record, fewer than half of the regions have been recommended it.",
        "Lebih lambat atau tidak pernah: menurut catatan, kurang dari separuh wilayah pernah direkomendasikan.",
    ),
    "longer-record": (
        "Longer or none: on record, fewer than half of the regions have a stay that begins and ends.",
        "Lebih lama atau tidak ada: menurut catatan, kurang dari separuh wilayah memiliki masa yang mulai dan usai.",
    ),
    "later-draws": (
        "Later or never: within the horizon, it is recommended in fewer than half of the draws.",
        "Lebih lambat atau tidak pernah: dalam jangkauan, direkomendasikan pada kurang dari separuh undian.",
    ),
    "longer-draws": (
        "Longer or none: within the horizon, fewer than half of the draws have a stay that begins and ends.",
        "Lebih lama atau tidak ada: dalam jangkauan, kurang dari separuh undian memiliki masa yang mulai dan usai.",
    ),
    "fixed": (
        "Not changed, being 0 and without a range: {numbers}",
        "Tidak diubah, karena nilainya 0 dan tanpa rentang: {numbers}",
    ),
    "matched": (
        "Not changed, only this value being meant (`equal_to`); --number changes it all the same: {numbers}",
        "Tidak diubah, karena hanya nilai ini yang dimaksud (`equal_to`); --number tetap mengubahnya: {numbers}",
    ),
    "just-under": ("just under {value}", "sedikit di bawah {value}"),
    "just-over": ("just over {value}", "sedikit di atas {value}"),
    "exact": (
        "Exact: every value between the ends at which a comparison comes out otherwise was tried.",
        "Persis: setiap nilai di antara kedua ujung yang mengubah suatu perbandingan telah dicoba.",
    ),
    "some": (
        "Of these thresholds not all values that can differ were tried, there being too many: {numbers}",
        "Dari ambang ini tidak semua nilai yang dapat berbeda dicoba, karena terlalu banyak: {numbers}",
    ),
    "ahead": (
        "All values meet the same draws. Of lengths of time every week is tried, of thresholds the ends",
        "Semua nilai memakai undian yang sama. Untuk jangka waktu dicoba setiap minggu, untuk ambang kedua ujungnya",
    ),
    "ends": ("{ahead} alone.", "{ahead} saja."),
    "between": (
        "{ahead} and {count} between each of them and the present value: what lies between those is not known.",
        "{ahead} dan {count} nilai di antara tiap ujung dan nilai kini: yang di sela-selanya tidak diketahui.",
    ),
    "unsaid": ("With the values tried {said}.", "Dengan nilai yang dicoba {said}."),
    "unsaid-only": (
        "Change only in how many weeks the policy cannot say: {numbers}",
        "Hanya mengubah jumlah minggu yang tidak pasti: {numbers}",
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
    rows = [*swing_rows(swung, speaker)]
    lines = [
        *head(swung.ground.basis, speaker),
        *said(swung, speaker),
        "",
        title(tornado.outcome, speaker),
        present(swung, speaker),
        "",
    ]
    lines += columns(rows) if len(rows) > 1 else [phrase(PHRASES, "none", language)]
    lines += ["", *notes(swung, speaker), swung.ground.retraced, "", speaker.say("decides"), ""]
    return "\n".join(lines)


def present(swung: Swung, speaker: Speaker) -> str:
    """Say what the outcome is at present."""
    value = unsaid.beside(present_value(swung, speaker), swung.tornado.unsaid, speaker.language)
    return phrase(PHRASES, "present", speaker.language, value=value)


def present_value(swung: Swung, speaker: Speaker) -> str:
    """Print the outcome at present, with the decimals of the rows."""
    decimals = max((_decimals(one, swung) or 0 for one in swung.tornado.swings), default=0)
    return _outcome(swung.tornado.present, swung, speaker, decimals=decimals or None)


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
    """Write a value shortly, where that is still one with the same outcome; a change however small by its side."""
    reach = swing.reach
    change = value - reach.present
    if not reach.is_weeks and 0 < abs(change) <= HAIR * max(1.0, abs(reach.present)):
        beside = exactly(reach.present, _unit(swing, speaker), speaker.language)
        return phrase(PHRASES, "just-over" if change > 0 else "just-under", speaker.language, value=beside)
    return exactly(_short(value, swing), _unit(swing, speaker), speaker.language)


def _short(value: float, swing: Swing) -> float:
    """Give a value between the ends as people write it; exact ones, next to where a comparison changes, are long."""
    reach = swing.reach
    if not swing.is_exact or reach.is_weeks or value in (reach.present, reach.low, reach.high):
        return value
    outward = swing.tried if value > reach.present else swing.tried[::-1]
    values = [one.value for one in outward]
    place = values.index(value)
    last = next((one.value for one in outward[place:] if one[1:] != outward[place][1:]), math.inf)

    def holds(short: float) -> bool:
        return abs(short - reach.present) < abs(last - reach.present) and reach.low <= short <= reach.high

    return written(-math.inf if value > reach.present else math.inf, value, present=reach.present, holds=holds)


def _outcome(value: float, swung: Swung, speaker: Speaker, *, decimals: int | None) -> str:
    """Print an outcome with its unit."""
    kind, language = swung.tornado.outcome.kind, speaker.language
    if math.isinf(value):
        return beyond(kind, language)
    if kind is Kind.SHORTEST_STAY:
        return weeks(int(value), language)
    text = shown(kind, value, swung.tornado.start, language, decimals=decimals)
    return f"{text} {unit(kind, language)}".strip()


def _decimals(swing: Swing, swung: Swung) -> int | None:
    """Give the decimals that tell the outcomes of a row apart."""
    ends = (swing.present, swing.lower, swing.higher, swing.least, swing.greatest)
    of, values = swung.tornado.outcome.kind, [one.outcome for one in ends if one is not None]
    return decimals_apart(of, values, swung.tornado.start)


def beyond(kind: Kind, language: Language) -> str:
    """Say that half do not reach a week, or have no stay, in the weeks that are looked at."""
    return phrase(PHRASES, _beyond(kind), language)


def _beyond(kind: Kind) -> str:
    return "later" if kind is Kind.FIRST else "longer"


def swing_rows(swung: Swung, speaker: Speaker) -> Iterator[list[str]]:
    """Give a heading, and a row for each number that moves the outcome."""
    swings = [one for one in swung.tornado.swings if one.span]
    tried = "" if all(one.is_exact for one in swings) else "-tried"
    keys = ("number", "now", "lower", "higher", f"least{tried}", f"greatest{tried}")
    yield [phrase(PHRASES, key, speaker.language) for key in keys]
    for swing in swings:
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
    if end.value in swing.intervals:
        low, high = (rounded(100 * one, speaker.language) for one in swing.intervals[end.value])
        told = phrase(PHRASES, "interval", speaker.language, told=told, low=low, high=high)
    return unsaid.beside(told, end.unsaid, speaker.language)


def _reached(one: Tried, swing: Swing, swung: Swung, speaker: Speaker) -> str:
    """Tell the outcome that is least or greatest, with the value nearest to the present one."""
    if one.value == swing.reach.present:
        return phrase(PHRASES, "as-now", speaker.language)
    return unsaid.beside(_told(one, swing, swung, speaker), one.unsaid, speaker.language)


def _told(one: Tried, swing: Swing, swung: Swung, speaker: Speaker) -> str:
    outcome = _outcome(one.outcome, swung, speaker, decimals=_decimals(swing, swung))
    return phrase(PHRASES, "at", speaker.language, outcome=outcome, value=value_of(one.value, swing, speaker))


def notes(swung: Swung, speaker: Speaker) -> Iterator[str]:
    """Say what does not move it, and what was not tried as far."""
    language, swings = speaker.language, swung.tornado.swings
    yield from _told_beyond(swung, speaker)
    yield from _told_unsaid(swung, speaker)
    still = [one for one in swings if not one.span and len(one.tried) > 1 and not _moves_unsaid(one)]
    unchanged = [one for one in swings if len(one.tried) == 1 and not one.reach.refused]
    lists = {
        "still": [one for one in still if one.is_exact],
        "still-tried": [one for one in still if not one.is_exact],
        "held": [one for one in swings if one.reach.is_held and one.span],
        "matched": [one for one in unchanged if one.reach.is_matched],
        "fixed": [one for one in unchanged if not one.reach.is_matched],
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
        key, between = "between" if swung.tornado.between else "ends", swung.tornado.between
        yield phrase(PHRASES, key, language, ahead=phrase(PHRASES, "ahead", language), count=between)
        if any(one.intervals and one.span for one in swings):
            yield phrase(PHRASES, "intervals", language)
    elif some := [label(one, speaker) for one in swings if not one.is_exact]:
        yield phrase(PHRASES, "some", language, numbers=", ".join(some))
    else:
        yield phrase(PHRASES, "exact", language)


def _moves_unsaid(swing: Swing) -> bool:
    return swing.unsaid[0] != swing.unsaid[1]


def _told_unsaid(swung: Swung, speaker: Speaker) -> Iterator[str]:
    """Say in how many weeks the policy cannot say, and which numbers change nothing else."""
    tornado, language = swung.tornado, speaker.language
    is_mean = tornado.draws is not None or len(tornado.regions) > 1
    every = [weeks for one in tornado.swings for weeks in one.unsaid] or [tornado.unsaid]
    yield phrase(PHRASES, "unsaid", language, said=unsaid.sentence((min(every), max(every)), language, is_mean=is_mean))
    if alone := [label(one, speaker) for one in tornado.swings if not one.span and _moves_unsaid(one)]:
        yield phrase(PHRASES, "unsaid-only", language, numbers=", ".join(alone))


def _told_beyond(swung: Swung, speaker: Speaker) -> Iterator[str]:
    """Say what an outcome is that has no figure, where there is one."""
    tornado = swung.tornado
    outcomes = (tornado.present, *(one.greatest.outcome for one in tornado.swings))
    if any(map(math.isinf, outcomes)):
        of = "record" if tornado.draws is None else "draws"
        yield phrase(PHRASES, f"{_beyond(tornado.outcome.kind)}-{of}", speaker.language)


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
        "result": plain(tornado.outcome.kind, one.outcome, tornado.start),
        "difference": one.outcome - tornado.present if is_finite else None,
        "interval_low": low,
        "interval_high": high,
        "exact": swing.is_exact,
        "undetermined": one.unsaid,
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
            "outcome": str(tornado.outcome),
            "present": plain(tornado.outcome.kind, tornado.present, tornado.start),
            "present_undetermined": tornado.unsaid,
            "by": tornado.by,
            "by_weeks": tornado.by_weeks,
            "between": tornado.between,
            "notes": [*notes(swung, speaker)],
            "rows": tornado_rows(swung, speaker),
        }
    )
