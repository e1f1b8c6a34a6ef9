"""The report of forecasts from past weeks: their scores, and maps of the chances with crosses where they came true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from escalation.documents.charts.crosses import Crosses, Region
from escalation.documents.charts.strip import MOST_ROWS
from escalation.documents.charts.wording import say
from escalation.documents.report.model import Chart, Provenance, Report, Section, Sheet, Table
from escalation.documents.report.scored import (
    RELIABILITY,
    SCORES,
    called,
    compared,
    origin_said,
    reliability_rows,
    score_rows,
    word,
)
from escalation.documents.report.verbs import Headed, made
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import number
from escalation.whatif.hindcast import Hindcast
from escalation.whatif.scores import Score
from escalation.whatif.week_outcomes import WeekOutcome


class Mapped(NamedTuple):
    """A forecast that has maps, and what they rest on."""

    found: Hindcast
    source: Provenance


def hindcast_report(
    headed: Headed, policy: Policy, mapped: Sequence[Mapped], scores: Sequence[Score], sheet: Sheet
) -> Report:
    """Make the report of forecasts from some weeks of origin, ascending, with a map of each outcome and origin."""
    language = headed.language
    outcomes = [score.outcome for score in scores]
    maps = (_maps(one, policy, outcomes, language) for one in reversed(mapped))
    return made(headed, (_scores(policy, scores, language), *maps), sheet)


def _scores(policy: Policy, scores: Sequence[Score], language: Language) -> Section:
    summary = Table(
        title=word("summary", language),
        columns=tuple(word(key, language) for key in SCORES),
        rows=tuple(score_rows(policy, scores, language)),
        numbers=frozenset(range(1, len(SCORES))),
    )
    said = tuple(compared(policy, scores, language))
    return Section(
        heading=word("scores", language), paragraphs=said, parts=(summary, *_reliability(policy, scores, language))
    )


def _reliability(policy: Policy, scores: Sequence[Score], language: Language) -> Iterator[Table]:
    for score in scores:
        if score.bins:
            yield Table(
                title=word("reliability", language, outcome=called(policy, score.outcome, language)),
                columns=tuple(word(key, language) for key in RELIABILITY),
                rows=tuple(reliability_rows(score, language)),
                numbers=frozenset(range(1, len(RELIABILITY))),
            )


def _maps(mapped: Mapped, policy: Policy, outcomes: Sequence[WeekOutcome], language: Language) -> Section:
    """Map one origin, the regions with the greatest chances first."""
    one, source = mapped
    origin, said = str(one.then.origin), origin_said(one, language)
    charts = tuple(
        Chart(
            title=f"{(title := called(policy, outcome, language))}: {origin}",
            drawing=Crosses(outcome=title, first=one.outlook.first, rows=_rows(one, outcome)),
            caption=(said,),
            source=source,
        )
        for outcome in outcomes
    )
    return Section(heading=origin, paragraphs=(said, *_shortened(len(one.outlook.regions), language)), parts=charts)


def _shortened(regions: int, language: Language) -> Iterator[str]:
    if regions > MOST_ROWS:
        yield say("only-rows", language, shown=number(MOST_ROWS, language), all=number(regions, language))


def _rows(one: Hindcast, outcome: WeekOutcome) -> tuple[Region, ...]:
    chances, truly = one.chance(outcome).T.tolist(), one.truly(outcome).T.tolist()
    on_record, cannot_say = one.on_record.T.tolist(), one.cannot_say.T.tolist()
    undetermined = (one.outlook.undetermined / one.outlook.draws).T.tolist()
    rows = [
        Region(
            region=region,
            chances=tuple(chances[lane]),
            came=tuple(came if known else None for came, known in zip(truly[lane], on_record[lane], strict=True)),
            cannot_say=tuple(cannot_say[lane]),
            undetermined=tuple(undetermined[lane]),
        )
        for lane, region in enumerate(one.outlook.regions)
    ]
    return tuple(sorted(rows, key=lambda row: -sum(row.chances)))
