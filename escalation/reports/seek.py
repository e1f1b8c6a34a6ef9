"""Values of one input that reach a goal, for people and machines."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from escalation.documents.charts.curves import Curves, Series
from escalation.documents.charts.stakes import Input
from escalation.documents.charts.wording import percent
from escalation.evaluation.sentences import Speaker
from escalation.policy.values import Language
from escalation.policy.wording import exactly, number, phrase, unit_text, weeks
from escalation.reports import flip, unsaid
from escalation.reports.basis import head
from escalation.reports.ground import Ground, ground_record, supposed, weeks_of
from escalation.reports.json_text import json_text
from escalation.reports.records import plain, table
from escalation.whatif.levers import CAMPAIGN, UPTAKE, number_of
from escalation.whatif.seek import Goal, Lever, Sought, Stretch, Tried
from escalation.whatif.seeking import beside_ends
from escalation.whatif.tipping import written

SEEN = 5
"""A picture shows the values up to so many times the largest end of a stretch."""
WHOLE_TO_THOUSANDTHS = (2, 3, 4, 5)
"""Decimals of a share: of percent none to three."""
COLUMNS = ("region", "input", "unit", "value", "result", "reached", "undetermined")
PHRASES = {
    "title": ("{policy}: which values reach the goal", "{policy}: nilai yang mencapai sasaran"),
    "recommended": (
        "Sought: the probability that {stage} is recommended within {weeks} is {limit}",
        "Dicari: peluang {stage} direkomendasikan dalam {weeks} {limit}",
    ),
    "weeks": (
        "Sought: the weeks on record in the stage {stage} are {limit}",
        "Dicari: jumlah minggu tercatat pada tahap {stage} {limit}",
    ),
    "below": ("below {limit}", "di bawah {limit}"),
    "at_most": ("at most {limit}", "paling banyak {limit}"),
    "above": ("above {limit}", "di atas {limit}"),
    "at_least": ("at least {limit}", "paling sedikit {limit}"),
    "by": ("By: {label}, from {low} to {high}", "Dengan mengubah: {label}, dari {low} sampai {high}"),
    "uptake": ("weekly uptake of {title}", "tambahan mingguan {title}"),
    "campaign": ("a campaign on top of what is drawn, {title}", "kampanye di luar yang diundi, {title}"),
    "reached": ("{region}: reached from {first} to {last}", "{region}: tercapai dari {first} sampai {last}"),
    "only": ("{region}: reached with {first} only", "{region}: tercapai hanya dengan {first}"),
    "all": (
        "{region}: reached throughout, from {first} to {last}",
        "{region}: tercapai di seluruh rentang, dari {first} sampai {last}",
    ),
    "none": ("{region}: not reached by any value in the range", "{region}: tidak tercapai dengan nilai mana pun"),
    "independent": (
        "{region}: the outcome does not depend on this input",
        "{region}: hasilnya tidak bergantung pada masukan ini",
    ),
    "unchanged": (
        "{region}: no value changes the outcome, as far as the policy can say",
        "{region}: tidak ada nilai yang mengubah hasilnya, sejauh kebijakan dapat menentukan",
    ),
    "with": ("with {value}: {outcome}", "dengan {value}: {outcome}"),
    "present": ("at present, with {value}: {outcome}", "sekarang, dengan {value}: {outcome}"),
    "exact": (
        "Exact: every value at which a comparison comes out otherwise was tried.",
        "Persis: setiap nilai yang mengubah suatu perbandingan telah dicoba.",
    ),
    "looked": (
        "{count} values were looked at, to the step of {step} where the goal begins or ceases to be reached.",
        "{count} nilai diperiksa, sampai langkah {step} di tempat sasaran mulai atau berhenti tercapai.",
    ),
    "rises": ("{region}: the outcome only rises with the input.", "{region}: hasil hanya naik bersama masukan."),
    "falls": ("{region}: the outcome only falls with the input.", "{region}: hasil hanya turun bersama masukan."),
    "both": (
        "{region}: the outcome both rises and falls with the input; other answers may lie between the values.",
        "{region}: hasil naik dan turun bersama masukan; mungkin ada jawaban lain di antara nilai-nilai itu.",
    ),
    "both-exact": (
        "{region}: the outcome both rises and falls with the input; every stretch is listed.",
        "{region}: hasil naik dan turun bersama masukan; setiap rentang nilai dicantumkan.",
    ),
    "draws": ("Every value meets the same draws.", "Setiap nilai memakai undian yang sama."),
    "agreed": (
        "{count} of {count} values at the ends agree with the reference engine",
        "{count} dari {count} nilai di ujung rentang sama dengan mesin rujukan",
    ),
    "curve-recommended": (
        "{region}: probability that {stage} is recommended within {weeks}",
        "{region}: peluang {stage} direkomendasikan dalam {weeks}",
    ),
    "curve-weeks": ("{region}: weeks on record in {stage}", "{region}: minggu tercatat pada {stage}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was sought and found, with what it rests on."""

    goal: Goal
    lever: Lever
    sought: tuple[Sought, ...]
    ground: Ground


def seek_text(found: Found, speaker: Speaker) -> str:
    """Print where the goal is reached in each region, with the outcomes on both sides of every end."""
    return "\n".join(
        [
            *head(found.ground.basis, speaker),
            sought_for(found, speaker),
            _by(found.lever, speaker),
            *rests_on(found, speaker),
            "",
            *(line for one in found.sought for line in _answer(one, found, speaker)),
            *(line for one in found.sought for line in (*_course(one, speaker), _unsaid(one, found, speaker))),
            _looked(found, speaker),
            found.ground.retraced,
            "",
            speaker.say("decides"),
            "",
        ]
    )


def sought_for(found: Found, speaker: Speaker) -> str:
    """Say what is sought."""
    goal, language = found.goal, speaker.language
    limit = phrase(PHRASES, goal.operator.value, language, limit=_outcome(goal.limit, found, speaker))
    ahead = weeks(found.ground.weeks, language)
    return phrase(PHRASES, goal.outcome.kind.value, language, stage=speaker.stage(goal.stage), weeks=ahead, limit=limit)


def answered(found: Found, speaker: Speaker) -> Iterator[str]:
    """Say by what it is sought, and where the goal is reached, a sentence for each region."""
    yield _by(found.lever, speaker)
    for one in found.sought:
        yield "; ".join(line.strip() for line in _answer(one, found, speaker))
        yield _unsaid(one, found, speaker)


def _by(lever: Lever, speaker: Speaker) -> str:
    low, high = (exactly(end, lever.unit, speaker.language) for end in (lever.low, lever.high))
    return phrase(PHRASES, "by", speaker.language, label=label(lever, speaker), low=low, high=high)


def label(lever: Lever, speaker: Speaker) -> str:
    """Name an input for people."""
    kind, _, metric = lever.name.partition(":")
    if kind in (UPTAKE, CAMPAIGN):
        return phrase(PHRASES, kind, speaker.language, title=speaker.metric(metric))
    return flip.label(number_of(speaker.policy, lever.name), speaker)


def rests_on(found: Found, speaker: Speaker) -> Iterator[str]:
    """Say what every result must carry: what was drawn, where figures come from, and what is supposed."""
    yield weeks_of(found.ground, speaker)
    if found.ground.draws is not None:
        yield phrase(PHRASES, "draws", speaker.language)
    yield from supposed(found.ground, speaker)


def _answer(sought: Sought, found: Found, speaker: Speaker) -> Iterator[str]:
    language, lever = speaker.language, found.lever
    if not sought.depends:
        yield phrase(PHRASES, "unchanged" if sought.unsaid[1] else "independent", language, region=sought.region)
    if not sought.stretches:
        yield phrase(PHRASES, "none", language, region=sought.region)
    for stretch in sought.stretches:
        is_all = stretch == (sought.tried[0].value, sought.tried[-1].value)
        key = "all" if is_all else "only" if stretch.first == stretch.last else "reached"
        first, last = (exactly(end, lever.unit, language) for end in shown(stretch, lever))
        yield phrase(PHRASES, key, language, region=sought.region, first=first, last=last)
    for one in beside_ends(sought, found.goal) if lever.step else ():
        value = exactly(one.value, lever.unit, language)
        yield "  " + phrase(PHRASES, "with", language, value=value, outcome=_came(one, found, speaker))
    present = present_of(sought, lever)
    if present is not None:
        value = exactly(lever.present or 0, lever.unit, language)
        yield "  " + phrase(PHRASES, "present", language, value=value, outcome=_came(present, found, speaker))


def shown(stretch: Stretch, lever: Lever) -> Stretch:
    """Give the ends of a stretch as people write them, inside it; exact ones have too many digits."""
    if lever.step:
        return stretch
    width = lever.high - lever.low

    def inner(outside: float, end: float) -> float:
        return written(outside, end, present=end + width, holds=lambda one: stretch.first <= one <= stretch.last)

    first = stretch.first if stretch.first == lever.low else inner(-math.inf, stretch.first)
    last = stretch.last if stretch.last == lever.high else inner(math.inf, stretch.last)
    return Stretch(first, last)


def present_of(sought: Sought, lever: Lever) -> Tried | None:
    """Give what comes of the present value of the input; none where it has none, or it was not looked at."""
    present = lever.present
    if present is None:
        return None
    for one, other in pairwise((*sought.tried, sought.tried[-1])):
        if one.value == present or (sought.is_exact and one.value < present < other.value):
            return one
    return None


def _course(sought: Sought, speaker: Speaker) -> Iterator[str]:
    """Say whether the outcome only rises or falls."""
    if sought.depends:
        is_rising = sought.tried[-1].outcome > sought.tried[0].outcome
        key = "rises" if is_rising else "falls"
        if not sought.is_monotone:
            key = "both-exact" if sought.is_exact else "both"
        yield phrase(PHRASES, key, speaker.language, region=sought.region)


def _unsaid(sought: Sought, found: Found, speaker: Speaker) -> str:
    said = unsaid.sentence(sought.unsaid, speaker.language, is_mean=found.goal.is_ahead)
    return f"{sought.region}: {said}."


def _looked(found: Found, speaker: Speaker) -> str:
    language = speaker.language
    if all(one.is_exact for one in found.sought):
        return phrase(PHRASES, "exact", language)
    count = number(sum(len(one.tried) for one in found.sought), language)
    step = exactly(found.lever.step, None, language)
    return phrase(PHRASES, "looked", language, count=count, step=step)


def _outcome(value: float, found: Found, speaker: Speaker) -> str:
    if found.goal.is_ahead:
        return f"{_percent(value, found, speaker)} %"
    return weeks(int(value), speaker.language)


def _came(one: Tried, found: Found, speaker: Speaker) -> str:
    return unsaid.beside(_outcome(one.outcome, found, speaker), one.unsaid, speaker.language)


def _percent(share: float, found: Found, speaker: Speaker) -> str:
    """Write a share with as many decimals as tell on which side of the goal it lies."""
    goal = found.goal
    sides = [goal.is_reached(round(share, digits)) == goal.is_reached(share) for digits in WHOLE_TO_THOUSANDTHS]
    decimals = sides.index(True) if any(sides) else 0
    if decimals == 0:
        return percent(share, speaker.language)
    text = f"{100 * share:.{decimals}f}"
    return text.replace(".", ",") if speaker.language is Language.INDONESIAN else text


def seek_rows(found: Found) -> list[dict[str, object]]:
    """Give a row for each value that was tried."""
    return [
        {
            "region": sought.region,
            "input": found.lever.name,
            "unit": found.lever.unit,
            "value": one.value,
            "result": one.outcome,
            "reached": found.goal.is_reached(one.outcome),
            "undetermined": one.unsaid,
        }
        for sought in found.sought
        for one in sought.tried
    ]


def seek_csv(found: Found) -> str:
    """Print the rows as CSV."""
    return table(COLUMNS, seek_rows(found))


def seek_json(found: Found, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    document = {
        **ground_record(found.ground, speaker),
        "outcome": str(found.goal.outcome),
        "sought": {
            "operator": found.goal.operator.value,
            "limit": found.goal.limit,
            "sentence": sought_for(found, speaker),
        },
        "input": plain(found.lever),
        "answers": [
            {
                "region": one.region,
                "depends": one.depends,
                "monotone": one.is_monotone,
                "exact": one.is_exact,
                "undetermined": [*one.unsaid],
                "stretches": [plain(stretch) for stretch in one.stretches],
            }
            for one in found.sought
        ],
        "rows": seek_rows(found),
    }
    return json_text(document)


def curves(found: Found, speaker: Speaker) -> Iterator[Curves]:
    """Give a picture of each region: the outcome over the input, the goal, and where it is reached."""
    language, lever, goal = speaker.language, found.lever, found.goal
    unit = unit_text(lever.unit, language) if lever.unit else ""
    for sought in found.sought:
        ends = _ends(sought, lever)
        near = [one for one in sought.tried if not ends or one.value <= SEEN * max(ends)]
        ahead = weeks(found.ground.weeks, language)
        key = f"curve-{goal.outcome.kind.value}"
        yield Curves(
            outcome=phrase(PHRASES, key, language, region=sought.region, stage=speaker.stage(goal.stage), weeks=ahead),
            unit="",
            x=Input(
                label=label(lever, speaker),
                unit=unit,
                values=tuple(one.value for one in near),
                present=lever.present,
            ),
            series=(Series(label=sought.region, values=tuple(one.outcome for one in near)),),
            is_share=goal.is_ahead,
            limit=(
                phrase(PHRASES, goal.operator.value, language, limit=_outcome(goal.limit, found, speaker)),
                goal.limit,
            ),
            answer=ends[0] if len(ends) == 1 else None,
        )


def _ends(sought: Sought, lever: Lever) -> list[float]:
    """Give the ends of stretches inside the range."""
    whole = (sought.tried[0].value, sought.tried[-1].value)
    found = [(end, seen) for one in sought.stretches for end, seen in zip(one, shown(one, lever), strict=True)]
    return [seen for end, seen in found if end not in whole]
