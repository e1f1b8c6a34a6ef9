"""Charts of a study: each metric that a move compares, against its thresholds, with the stages in force below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from escalation.documents.charts.canvas import Painting, require
from escalation.documents.charts.fan import Threshold
from escalation.documents.charts.frame import Drawing, Frame
from escalation.documents.charts.strip import Episode, Ranks, Row
from escalation.documents.layout.tree import Media, Picture
from escalation.documents.papers.contents import Subject
from escalation.documents.papers.phrases import SENTENCES
from escalation.documents.papers.timing import comparisons
from escalation.evaluation.records import ConditionReport
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.trend import Past
from escalation.periods import Week
from escalation.policy.wording import phrase, quantity, unit_text

WEEKS = 26
"""Weeks that a chart shows, the one evaluated the last."""


FEWEST = 6
"""Weeks that a chart shows however few are known; those before the first figure and stage are left out."""


def charts(subject: Subject, speaker: Speaker, *, number: int = 1, is_made_up: bool = False) -> Iterator[Picture]:
    """Draw a chart for each metric that moves out of the stage in force compare, in the order of the policy.

    Thresholds are those of the week evaluated; `number` keeps the charts of one region apart from those of
    others, `is_made_up` has them say that the figures are an illustration. Raise RequestError where matplotlib is not
    installed.
    """
    require()
    asked: dict[str, list[ConditionReport]] = {}
    for move in subject.explanation.moves:
        for guard in move.guards:
            for one in comparisons(guard):
                if one.threshold is not None:
                    asked.setdefault(one.subject, []).append(one)
    for past in subject.pasts:
        if past.metric in asked and any(value is not None for value in past.values):
            episode, frame = _chart(subject, past, asked[past.metric], speaker)
            name = f"{past.metric}-{number}"
            yield picture(name, episode, _said_made_up(frame, speaker) if is_made_up else frame)


def _said_made_up(frame: Frame, speaker: Speaker) -> Frame:
    said = speaker.say("illustration")
    return replace(frame, title=f"{frame.title} ({phrase(SENTENCES, 'illustration.cell', speaker.language)})",
                   caption=(said, *frame.caption))  # fmt: skip


def picture(name: str, drawing: Drawing, frame: Frame) -> Picture:
    """Make a drawing a picture that a template can name; it is drawn once, however often it is asked for."""
    painting = Painting(drawing, frame)

    @cache
    def draw(media: Media) -> bytes:
        return painting.png() if media == "png" else painting.svg(prefix=f"{name}-")

    return Picture(name=name, title=frame.title, alt=drawing.described(frame.language), draw=draw)


def _chart(subject: Subject, past: Past, asked: list[ConditionReport], speaker: Speaker) -> tuple[Episode, Frame]:
    policy, language = speaker.policy, speaker.language
    unit = policy.units[past.metric]
    levels: dict[float, dict[str, None]] = {}
    for one in asked:
        if one.threshold is not None:
            words = quantity(one.threshold, one.unit, language)
            levels.setdefault(one.threshold, {})[f"{speaker.say(f'operator.{one.operator}')} {words}"] = None
    ranks = _ranks(subject, past, speaker)
    begins = _begins(past, ranks)
    values, length = past.values[begins:], len(past.values) - begins
    episode = Episode(
        metric=speaker.metric(past.metric),
        unit=unit_text(unit, language) if unit is not None else "",
        first=Week(policy.calendar, past.first + begins),
        values=values,
        thresholds=tuple(
            Threshold(label="; ".join(labels), values=(level,) * length) for level, labels in levels.items()
        ),
        stages=tuple(speaker.stage(stage.name) for stage in policy.stages),
        rows=(Row(region=subject.explanation.region, ranks=ranks[begins:]),),
    )
    caption = (f"{policy.name}, sha256 {policy.digest[:12]}; {subject.explanation.week}",)
    return episode, Frame(title=speaker.metric(past.metric), language=language, caption=caption)


def _begins(past: Past, ranks: Ranks) -> int:
    """Give the first week of which there is a figure or a stage, but leave FEWEST weeks."""
    known = (place for place, (value, rank) in enumerate(zip(past.values, ranks, strict=True))
             if value is not None or rank is not None)  # fmt: skip
    return max(0, min(next(known), len(past.values) - FEWEST))


def _ranks(subject: Subject, past: Past, speaker: Speaker) -> Ranks:
    """Give the rank of the stage on record in each week; none before the first one."""
    ranks = speaker.policy.ranks
    explanation = subject.explanation
    entered = [(one.since, one.stage) for one in subject.stages] or [
        (Week.parse(explanation.since, speaker.policy.calendar).number, explanation.stage)
    ]
    weeks = range(past.first, past.first + len(past.values))
    stages = ([stage for since, stage in entered if since <= week] for week in weeks)
    return tuple(ranks[found[-1]] if found else None for found in stages)
