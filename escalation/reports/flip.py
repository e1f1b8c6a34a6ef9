"""Tipping values for people and machines: which single number would change the recommendation, the nearest first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from escalation.documents.report import verbs
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.step import Recommendation
from escalation.periods import week_text
from escalation.policy.metrics import Kind
from escalation.policy.values import BothLanguages
from escalation.policy.wording import YES_NO, exactly, phrase, title
from escalation.reports.basis import Basis, head
from escalation.reports.ground import frame_record
from escalation.reports.json_text import json_text
from escalation.reports.records import table
from escalation.reports.text import columns
from escalation.whatif.flip import Flip
from escalation.whatif.numbers import Number, Sort
from escalation.whatif.standpoint import Answer
from escalation.whatif.tips import Tip, Tips

COLUMNS = (
    "region", "week", "stage", "recommendation", "to", "number", "sort", "figure_week", "unit", "present", "side",
    "last", "first", "written", "then", "then_to", "nearness", "touch",
)  # fmt: skip
PHRASES = {
    "title": ("{policy}: what would change the recommendation", "{policy}: yang akan mengubah rekomendasi"),
    "now": ("{region}, {week}: {recommendation}", "{region}, {week}: {recommendation}"),
    "stage": ("Stage in force: {stage}", "Tahap yang berlaku: {stage}"),
    "supposed": (
        "One number is changed at a time; streaks are counted anew with it, the stage in force stays as on record.",
        "Satu angka diubah setiap kali; rentetan minggu dihitung ulang, tahap yang berlaku tetap seperti tercatat.",
    ),
    "confirmed": (
        "Each value is confirmed on both sides in the reference engine.",
        "Setiap nilai diperiksa di kedua sisi dengan mesin rujukan.",
    ),
    "exact": ("The exact values: --format csv.", "Nilai persisnya: --format csv."),
    "number": ("Number, the nearest first", "Angka, yang terdekat lebih dahulu"),
    "present": ("now", "kini"),
    "tips": ("tips at", "berubah pada"),
    "then": ("then", "maka"),
    "lower": ("{value} (less)", "{value} (lebih kecil)"),
    "higher": ("{value} (more)", "{value} (lebih besar)"),
    "any lower": ("anything less than {value}: {why}", "berapa pun di bawah {value}: {why}"),
    "any higher": ("anything more than {value}: {why}", "berapa pun di atas {value}: {why}"),
    "on a threshold": ("it lies on a threshold", "tepat pada ambang"),
    "touch.figure": ("a figure lies on it", "ada angka tepat padanya"),
    "touch.table": ("another limit of its table is the same", "batas lain tabelnya sama"),
    "touch.match": ("only this value is meant", "hanya nilai ini yang dimaksud"),
    "steady": ("Cannot change it alone:", "Tidak dapat mengubahnya sendirian:"),
    "cannot": ("undetermined", "belum dapat ditentukan"),
    "undecided": ("Cannot be told:", "Tidak dapat ditentukan:"),
    "pending": (
        "A decision waits to take effect: nothing else is recommended until then, whatever the numbers.",
        "Suatu keputusan menunggu berlaku: sampai saat itu tidak ada rekomendasi lain, berapa pun angkanya.",
    ),
    "for": ("`for` of “{title}”", "`for` dari “{title}”"),
    "after": ("`after` of “{title}”", "`after` dari “{title}”"),
    "figure": ("{title}, figure of {week}", "{title}, angka {week}"),
    "judgement": ("{title}, judged in {week}", "{title}, penilaian {week}"),
    "threshold": ("threshold `{path}`: {title}", "ambang `{path}`: {title}"),
    "parameter": ("{title} (`{path}`)", "{title} (`{path}`)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flipped:
    """Tipping values of some regions, with the data they rest on, and what of policy and data is supposed."""

    flips: tuple[Flip, ...]
    basis: Basis
    changes: tuple[BothLanguages, ...] = ()


def ordered(found: Flip) -> list[tuple[Tips, Tip, float]]:
    """Give the tipping values of a region one by one, each with its nearness, the nearest first."""
    rows = [(tips, tip, tips.nearness(tip)) for tips in found.tips for tip in tips.known]
    return sorted(rows, key=lambda row: row[0].order(row[1]))


def flip_text(flipped: Flipped, speaker: Speaker) -> str:
    """Print the tipping values of each region as a table."""
    language = speaker.language
    lines = [*head(flipped.basis, speaker), *(one.in_language(language) for one in flipped.changes)]
    for found in flipped.flips:
        lines += ["", *_region(found, speaker)]
    exact = phrase(PHRASES, "exact", language)
    return "\n".join([*lines, "", held(speaker), confirmed(speaker), exact, "", speaker.say("decides"), ""])


def supposed(flipped: Flipped, speaker: Speaker) -> tuple[str, ...]:
    """Say what is supposed, what is held and what is counted anew."""
    return (*(one.in_language(speaker.language) for one in flipped.changes), held(speaker))


def held(speaker: Speaker) -> str:
    """Say what is held and what is counted anew with each number."""
    return phrase(PHRASES, "supposed", speaker.language)


def confirmed(speaker: Speaker) -> str:
    """Say that values are confirmed."""
    return phrase(PHRASES, "confirmed", speaker.language)


def _region(found: Flip, speaker: Speaker) -> Iterator[str]:
    language = speaker.language
    yield from at_present(found, speaker)
    if found.is_pending:
        yield phrase(PHRASES, "pending", language)
        return
    rows = [
        [
            label(tips.number, speaker),
            exactly(tips.number.present, unit(tips.number, speaker), language),
            _value(tips, tip, speaker),
            recommended(tip.then, found.stage, speaker),
        ]
        for tips, tip, _ in ordered(found)
    ]
    if rows:
        yield ""
        yield from columns([[phrase(PHRASES, key, language) for key in ("number", "present", "tips", "then")], *rows])
    for heading, others in unchanging(found, speaker):
        yield from ("", heading, *(f"  {one}" for one in others))


def at_present(found: Flip, speaker: Speaker) -> Iterator[str]:
    """Say what is recommended, and which stage is in force."""
    language, said = speaker.language, recommended(found.present, found.stage, speaker)
    yield phrase(PHRASES, "now", language, region=found.region, week=found.week, recommendation=said)
    yield phrase(PHRASES, "stage", language, stage=speaker.stage(found.stage))


def unchanging(found: Flip, speaker: Speaker) -> Iterator[tuple[str, list[str]]]:
    """Give the numbers that cannot change the recommendation, and those of which it cannot be told, with headings."""
    for key, is_undecided in (("steady", False), ("undecided", True)):
        others = [
            f"{label(one.number, speaker)}: {exactly(one.number.present, unit(one.number, speaker), speaker.language)}"
            for one in found.tips
            if one.is_undecided is is_undecided and one.lower is None and one.higher is None
        ]
        if others:
            yield phrase(PHRASES, key, speaker.language), others


def _value(tips: Tips, tip: Tip, speaker: Speaker) -> str:
    """Write a tipping value, and on which side of the present it lies; of a change however small, why it is."""
    if tips.touch is not None and tips.is_hair(tip):
        value = exactly(tips.number.present, unit(tips.number, speaker), speaker.language)
        is_figure = tips.number.sort is Sort.FIGURE
        why = phrase(PHRASES, "on a threshold" if is_figure else f"touch.{tips.touch}", speaker.language)
        return phrase(PHRASES, f"any {_side(tips, tip)}", speaker.language, value=value, why=why)
    value = exactly(tip.written, unit(tips.number, speaker), speaker.language)
    return phrase(PHRASES, _side(tips, tip), speaker.language, value=value)


def _side(tips: Tips, tip: Tip) -> str:
    return "lower" if tip is tips.lower else "higher"


def recommended(answer: Answer, stage: str, speaker: Speaker) -> str:
    """Say what is recommended."""
    if answer.recommendation is Recommendation.UNDETERMINED:
        return phrase(PHRASES, "cannot", speaker.language)
    to = speaker.stage(answer.to) if answer.to is not None else ""
    return speaker.say(f"recommendation.{answer.recommendation}", to=to, stage=speaker.stage(stage))


def label(number: Number, speaker: Speaker) -> str:
    """Name a number for people."""
    language, policy = speaker.language, speaker.policy
    match number.sort:
        case Sort.FIGURE:
            key = "judgement" if policy.inputs[number.name].kind is Kind.JUDGEMENT else "figure"
            week = week_text(policy.calendar, number.week or 0)
            return phrase(PHRASES, key, language, title=speaker.metric(number.name), week=week)
        case Sort.FOR:
            trigger = str(number.route[1])
            return phrase(PHRASES, "for", language, title=title(policy.triggers[trigger].title, trigger, language))
        case Sort.AFTER:
            move = policy.moves[int(number.route[1])]
            return phrase(PHRASES, "after", language, title=title(move.title, move.name, language))
        case Sort.THRESHOLD if number.route[0] == "parameters":
            wording = policy.parameters[str(number.route[1])].title
            if wording is None:
                return f"`{number.name}`"
            return phrase(PHRASES, "parameter", language, title=wording.in_language(language), path=number.name)
    metrics = ", ".join(speaker.metric(name) for name in number.metrics)
    return phrase(PHRASES, "threshold", language, path=number.name, title=metrics)


def unit(number: Number, speaker: Speaker) -> str | None:
    """Give the unit of a number, as the policy has it."""
    policy = speaker.policy
    if number.sort in (Sort.FOR, Sort.AFTER):
        return "weeks"
    if number.sort is Sort.FIGURE and policy.inputs[number.name].kind is Kind.JUDGEMENT:
        return YES_NO
    if number.route[:1] == ("parameters",) and (own := policy.parameters[str(number.route[1])].unit) is not None:
        return own
    return policy.units[number.metrics[0]]


def flip_rows(flipped: Flipped, speaker: Speaker) -> list[dict[str, object]]:
    """Give a row for each tipping value, and one for each number that has none, the nearest first in each region."""
    rows: list[dict[str, object]] = []
    for found in flipped.flips:
        rows += [_row(found, tips, speaker) | _tipping(tips, tip, near) for tips, tip, near in ordered(found)]
        rows += [
            _row(found, tips, speaker) | {"side": "undecided" if tips.is_undecided else "none"}
            for tips in found.tips
            if tips.lower is None and tips.higher is None
        ]
    return rows


def _row(found: Flip, tips: Tips, speaker: Speaker) -> dict[str, object]:
    one = tips.number
    return {
        "region": found.region,
        "week": str(found.week),
        "stage": found.stage,
        "recommendation": found.present.recommendation.value,
        "to": found.present.to,
        "number": one.name,
        "sort": one.sort.value,
        "figure_week": None if one.week is None else week_text(speaker.policy.calendar, one.week),
        "unit": unit(one, speaker),
        "present": one.present,
    }


def _tipping(tips: Tips, tip: Tip, nearness: float) -> dict[str, object]:
    return {
        "side": _side(tips, tip),
        "last": tip.last,
        "first": tip.first,
        "written": tip.written,
        "then": tip.then.recommendation.value,
        "then_to": tip.then.to,
        "nearness": nearness if math.isfinite(nearness) else None,
        "touch": tips.touch.value if tips.touch is not None and tips.is_hair(tip) else None,
    }


def flip_csv(flipped: Flipped, speaker: Speaker) -> str:
    """Print the rows as CSV."""
    return table(COLUMNS, flip_rows(flipped, speaker))


def flip_json(flipped: Flipped, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    document = {
        **frame_record(
            flipped.basis,
            speaker,
            regions=(one.region for one in flipped.flips),
            horizon=None,
            supposed=supposed(flipped, speaker),
            retraced=confirmed(speaker),
        ),
        "decision_pending": [one.region for one in flipped.flips if one.is_pending],
        "rows": flip_rows(flipped, speaker),
    }
    return json_text(document)


def told_in_reports(flipped: Flipped, speaker: Speaker) -> Iterator[verbs.Flip]:
    """Give the tipping values as a report has them."""
    for found in flipped.flips:
        for tips, tip, nearness in ordered(found):
            yield verbs.Flip(
                region=found.region,
                label=label(tips.number, speaker),
                unit=unit(tips.number, speaker) or "",
                present=tips.number.present,
                tips_at=tip.written,
                tips=_value(tips, tip, speaker),
                change=nearness,
                then=recommended(tip.then, found.stage, speaker),
                is_idle=tips.is_idle(tip),
            )
