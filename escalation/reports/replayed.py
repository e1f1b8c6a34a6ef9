"""A replay as plain text for people: what it was made from, what is supposed, the weeks, the assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from escalation.evaluation.replay import Adopt, Adoption
from escalation.evaluation.sentences import Speaker
from escalation.policy.model import Policy
from escalation.policy.values import ASSUMPTION
from escalation.policy.wording import weeks
from escalation.reports import beside
from escalation.reports.basis import Basis, head
from escalation.reports.text import columns
from escalation.whatif.scenarios import labels
from escalation.whatif.scenarios.scenario import Applied


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
    lines += ["", *columns([heads, *rows])]
    if routes := tuple(_assumed(policy)):
        lines += ["", f"{speaker.say('label.all-assumptions')}:", *(f"  {speaker.assumption(one)}" for one in routes)]
    return "\n".join([*lines, "", speaker.say("decides")]) + "\n"


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
