"""A replay as plain text for people: what it was made from, what is supposed, the weeks, the assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from escalation.evaluation.replay import Adopt, Adoption
from escalation.evaluation.sentences import Speaker
from escalation.policy.model import Policy
from escalation.policy.values import ASSUMPTION
from escalation.policy.wording import number, phrase, weeks
from escalation.reports import beside
from escalation.reports.basis import Basis, head
from escalation.reports.text import columns
from escalation.whatif.scenarios import labels
from escalation.whatif.scenarios.scenario import Applied

COMPARED = ("stage", "recommendation", "to", "stage_after")
MOST_NAMED = 5
"""So many regions are named."""
WORDS = {
    "alike": (
        "Both replays have the same stages and recommendations in every week.",
        "Kedua hasil memiliki tahap dan rekomendasi yang sama pada setiap minggu.",
    ),
    "differing": (
        "The two replays differ in {count} of {all} region-weeks: {regions}",
        "Kedua hasil berbeda pada {count} dari {all} minggu-wilayah: {regions}",
    ),
    "more": ("{regions}; and {count} more regions", "{regions}; dan {count} wilayah lagi"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A replay that is done: one row for each region and week, and what it rests on.

    `plain` is the policy and its data as they are, `changed` what else is supposed in the rows beside it.
    """

    basis: Basis
    plain: Applied
    changed: Applied | None
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]


def replayed_text(replayed: Replayed, speaker: Speaker) -> str:
    """Print a replay."""
    policy = replayed.plain.policy
    lines = [*head(replayed.basis, speaker), *said(replayed, speaker)]
    heads = [speaker.say(f"column.{name}") for name in replayed.columns]
    rows = ([_shown(name, row[name], speaker) for name in replayed.columns] for row in replayed.rows)
    if replayed.changed is not None:
        lines.append(differing(replayed, speaker))
    lines += ["", *columns([heads, *rows])]
    if routes := tuple(_assumed(policy)):
        lines += ["", f"{speaker.say('label.all-assumptions')}:", *(f"  {speaker.assumption(one)}" for one in routes)]
    return "\n".join([*lines, "", speaker.say("decides")]) + "\n"


def differing(replayed: Replayed, speaker: Speaker) -> str:
    """Say in which weeks the two replays differ in the stage or the recommendation, a stretch of weeks at a time."""
    found: dict[str, list[tuple[str, bool]]] = {}
    first, second = (
        {(str(row["region"]), str(row["week"])): [row[name] for name in COMPARED] for row in replayed.rows
         if row["scenario"] == side}
        for side in ("baseline", "amended")
    )  # fmt: skip
    for (region, week), row in first.items():
        found.setdefault(region, []).append((week, row != second.get((region, week))))
    count = sum(is_other for weeks in found.values() for _, is_other in weeks)
    if not count:
        return phrase(WORDS, "alike", speaker.language)
    told = {region: ", ".join(_stretches(weeks)) for region, weeks in found.items() if any(one for _, one in weeks)}
    regions = "; ".join(f"{region} {weeks}" for region, weeks in [*told.items()][:MOST_NAMED])
    if len(told) > MOST_NAMED:
        left = number(len(told) - MOST_NAMED, speaker.language)
        regions = phrase(WORDS, "more", speaker.language, regions=regions, count=left)
    counts = {"count": number(count, speaker.language), "all": number(len(first), speaker.language)}
    return phrase(WORDS, "differing", speaker.language, regions=regions, **counts)


def _stretches(weeks: list[tuple[str, bool]]) -> Iterator[str]:
    for is_other, found in groupby(weeks, key=itemgetter(1)):
        first, *others = [week for week, _ in found]
        if is_other:
            yield f"{first}..{others[-1]}" if others else first


def said(replayed: Replayed, speaker: Speaker) -> Iterator[str]:
    """Say what the replay supposes, a sentence each."""
    yield adopted(replayed.plain.adoption, speaker)
    if replayed.changed is not None:
        yield from beside.supposed(replayed.changed, replayed.basis.observations, speaker)


def adopted(adoption: Adoption, speaker: Speaker) -> str:
    """Say what the replay supposes that people do."""
    match adoption.adopt:
        case Adopt.RECORDED:
            return speaker.say("adoption.recorded")
        case Adopt.NEVER:
            return speaker.say("adoption.never")
        case Adopt.FOLLOW:
            if adoption.lags:
                return labels.adoption(adoption).in_language(speaker.language)
            later = weeks(adoption.lag, speaker.language)
            said = speaker.say("adoption.later", weeks=later) if adoption.lag else speaker.say("adoption.now")
            bound = adoption.up_to
            return f"{said} {speaker.say('adoption.up-to', stage=speaker.stage(bound))}" if bound is not None else said


def _assumed(policy: Policy) -> Iterator[str]:
    """Name all moves, triggers and parameters whose numbers no source backs, by their routes."""
    for move in policy.moves:
        if ASSUMPTION in (move.source or ()):
            yield f"moves.{move.name}"
    for name, trigger in policy.triggers.items():
        if ASSUMPTION in (trigger.source or ()):
            yield f"triggers.{name}"
    for name, parameter in policy.parameters.items():
        sources = {*(parameter.source or ()), *(one for dated in parameter.dated or () for one in dated.source or ())}
        if ASSUMPTION in sources:
            yield f"parameters.{name}"


def _shown(name: str, value: object, speaker: Speaker) -> str:
    if isinstance(value, list):
        return ", ".join(speaker.metric(str(one)) for one in value)
    if value is None:
        return ""
    if name in ("recommendation", "scenario"):
        return speaker.say(f"word.{value}")
    return speaker.stage(str(value)) if name in ("stage", "to", "stage_after") else str(value)
